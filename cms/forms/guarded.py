"""A form for strangers: a field that only machines fill in, and a time to think.

Nothing is asked of people that they could fail: no picture to read, no script, no
cookie but the one against forgery. What the guards refuse is told in the same words
as any other mistake, and what was typed stays in the form. How much comes from one
address is counted in memory for an hour, and only a keyed digest bears the address.
"""

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

MIN_SECONDS = 3
"""No person reads and fills in a form in less."""
MAX_SECONDS = 24 * 3600

HONEYPOT = "website"
_HOUR = 3600
_SALT = "cms.forms.guarded"
_WITHOUT_FRAME = (forms.CheckboxInput, forms.RadioSelect)


class GuardedForm(forms.Form):
    """Subclasses add their fields; ``purpose`` keeps stamps of one form from another.

    ``address`` is where the request comes from (``cms.readers.address_of``); so many
    complete forms an hour are taken from it. The template includes
    ``cms/parts/guards.html``: both fields, out of sight and out of the way of the
    keyboard and of screen readers.
    """

    purpose = ""
    most_an_hour = 5

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = address
        for field in self.fields.values():
            if not isinstance(field.widget, _WITHOUT_FRAME):
                field.widget.attrs.setdefault("class", "field")
        self.fields[HONEYPOT] = forms.CharField(required=False, max_length=200)
        self.fields["stamp"] = forms.CharField(
            required=False,
            max_length=200,
            widget=forms.HiddenInput,
            initial=self._sign,
        )

    @property
    def is_of_a_program(self) -> bool:
        """Whether the field that no person fills in has been filled in."""
        return bool(self.data.get(HONEYPOT))

    @property
    def new_stamp(self) -> str:
        """For the form as it is shown again: the old stamp where it still counts."""
        stamp = self.data.get("stamp", "") if self.is_bound else ""
        return stamp if self._age(stamp) is not None else self._sign()

    def fields_to_fill_in(self) -> list[BoundField]:
        """What people see."""
        return [one for one in self.visible_fields() if one.name != HONEYPOT]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.pop(HONEYPOT, ""):
            raise ValidationError(_("没有收到。请把名为“网站”的一栏留空，再提交一次。"))
        age = self._age(cleaned.pop("stamp", ""))
        if age is None:
            raise ValidationError(_("这一页打开得太久了，请核对内容后再提交一次。"))
        if age < MIN_SECONDS:
            raise ValidationError(_("提交得太快，请稍等几秒，核对后再提交一次。"))
        if not self.errors and not self._counted():
            raise ValidationError(
                _("这个网络一小时内提交的次数太多。请过一小时再试，或与本馆联系。")
            )
        return cleaned

    @property
    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"{_SALT}.{self.purpose}")

    def _sign(self) -> str:
        # Of one length, so that a page says nothing by its length.
        return self._signer.sign_object(f"{time.time():.6f}")

    def _age(self, stamp: str) -> float | None:
        """Seconds since the form was shown; None for a stamp not ours, or too old."""
        try:
            shown = self._signer.unsign_object(stamp, max_age=MAX_SECONDS)
        except signing.BadSignature:
            return None
        return time.time() - float(shown)

    def _counted(self) -> bool:
        """Count a form of this address; False where there were too many."""
        told = f"{int(time.time()) // _HOUR} {self._address}"
        digest = salted_hmac(f"{_SALT}.{self.purpose}", told, algorithm="sha256")
        key = f"{self.purpose}-{digest.hexdigest()}"
        cache.add(key, 0, _HOUR)
        return int(cache.incr(key)) <= self.most_an_hour
