"""A form that notices when what it shows was changed by another person meanwhile.

For what has no log of changes by field; a record's form merges (``others_work``).
"""

import hashlib
import json
from collections.abc import MutableMapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

FIELD = "seal"


class _Seal(forms.CharField):
    """Sent along with the form, and never a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SealMixin:
    """Refuses once to save over another state than the one that was shown."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    initial: MutableMapping[str, Any]
    data: Any

    def seal(self, state: Any) -> None:
        """For ``__init__``: ``state`` is all that the form edits, as it is stored."""
        text = json.dumps(state, sort_keys=True, default=str)
        self.fields[FIELD] = _Seal(required=False)
        self.initial[FIELD] = hashlib.sha256(text.encode()).hexdigest()[:16]

    def heed_seal(self) -> None:
        """For ``clean``. Saving a second time says that one's own text counts."""
        shown = self.cleaned_data.pop(FIELD, "")
        now = self.initial.get(FIELD)
        if not shown or now is None or shown == now:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix(FIELD)] = now  # type: ignore[attr-defined]
        told = _(
            "您打开之后，别人保存了改动（或有别的并入）。您填的还在这里，没有保存；"
            "请另开一页对照。再保存一次，就以您填的为准。"
        )
        self.add_error(None, told)  # type: ignore[attr-defined]
