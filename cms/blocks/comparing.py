"""Comparing versions of a page without showing the words of records."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin.compare import BlockComparison


class WordsComparison(BlockComparison):
    """Says that quoted words changed, not what they are: the record may be closed."""

    def htmlvalue(self, val: Any) -> str:
        return escape(_("（原文从略）") if val else "")

    def htmldiff(self) -> str:
        if self.has_changed():
            return escape(_("（原文有改动，从略）"))
        return self.htmlvalue(self.val_b)
