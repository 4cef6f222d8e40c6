"""Evidence: the words on the scan that bear a claim out, and other uses of a scan.

Blocks keep ids; what a reader gets of them comes from ``cms.evidence.claims``. While a
page is edited they are seen as the public sees them, too: what is not public cannot be
chosen, and words quoted from a record that was closed are not shown in the form.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.admin.choosing import PlaceInput, RecordInput
from cms.evidence.claims import Claim, Evidence, Flaw, Sources, gather, is_public
from cms.evidence.places import Point, Region, read_point, read_region
from search.passages import Passage, nearest


class RecordBlock(blocks.FieldBlock):
    """The id of a record that the public may read in full."""

    def __init__(
        self, required: bool = True, help_text: Any = None, **kwargs: Any
    ) -> None:
        self.field = forms.IntegerField(
            required=required,
            help_text=help_text,
            min_value=1,
            widget=RecordInput(reverse_lazy("public_records")),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and not is_public(cleaned):
            raise ValidationError(not_public())
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    class Meta:
        label = _("档案")
        icon = "doc-full-inverse"


class WordsBlock(blocks.TextBlock):
    """Words of a record: kept out of indexes and comparisons, which show no record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"rows": 2, "search_index": False, **kwargs})

    def get_comparison_class(self) -> type[Any]:
        from cms.blocks.comparing import WordsComparison

        return WordsComparison


class PlaceBlock(blocks.FieldBlock):
    """A point or a region of the page chosen in the same block, in per cent."""

    def __init__(self, kind: str = "point", required: bool = True, **kwargs: Any):
        self.kind = kind
        self.field = forms.CharField(
            required=required,
            max_length=60,
            help_text=kwargs.pop("help_text", None),
            widget=PlaceInput(reverse_lazy("public_records"), kind),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        read = read_point if self.kind == "point" else read_region
        if cleaned and read(cleaned) is None:
            raise ValidationError(_wrong_place(self.kind))
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class ClaimBlock(blocks.StructBlock):
    """Anything that names a record and a page; may have words that stand on it."""

    def claim(self, value: Mapping[str, Any] | None) -> Claim | None:
        """None where record or page is left open."""
        if not value or not value.get("record") or not value.get("page"):
            return None
        words = (value.get("words") or "").strip()
        return Claim(int(value["record"]), int(value["page"]), words)

    def found(
        self, value: Mapping[str, Any], context: Mapping[str, Any] | None
    ) -> Evidence | None:
        """The evidence, out of the page's ``sources`` where it has them."""
        claim = self.claim(value)
        sources: Sources | None = (context or {}).get("sources")
        if sources is None:
            sources = gather((), [claim] if claim else ())
        return sources.evidence(claim)

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "found": self.found(value, parent_context)}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: what is said of a record is shown with it and goes with it.

        An index would keep the explanation of words that nobody may read any more.
        """
        return []

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        claim = self.claim(cleaned)
        if claim is None:
            return cleaned
        sources = gather((), [claim])
        flaw = sources.flaw(claim)
        if flaw is not None:
            field, message = _told(flaw, claim, sources)
            errors = {field: ValidationError(message)}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_form_state(self, value: Any) -> Any:
        state = super().get_form_state(value)
        if state.get("words") and not is_public(value.get("record")):
            state = {**state, "words": ""}
        return state


class EvidenceBlock(ClaimBlock):
    """证据: a link to the passage on the scan, the words boxed."""

    record = RecordBlock(label=_("档案"))
    page = blocks.IntegerBlock(label=_("第几页"), min_value=1)
    words = WordsBlock(
        label=_("原文"),
        help_text=_("照页上的文字写，一字不改；简体、繁体写法都能对上。"),
    )
    label = blocks.CharBlock(
        label=_("说明"), required=False, help_text=_("留空则写题名和页次。")
    )

    class Meta:
        label = _("证据")
        icon = "crosshairs"
        template = "cms/blocks/evidence.html"


class FolioBlock(ClaimBlock):
    """A page of a record, whole or a region of it."""

    record = RecordBlock(label=_("档案"), required=False)
    page = blocks.IntegerBlock(label=_("第几页"), min_value=1, required=False)
    region = PlaceBlock(
        "region",
        label=_("局部"),
        required=False,
        help_text=_("左、上、宽、高，各为整页的百分之几；留空则为整页。"),
    )

    def region_of(self, value: Mapping[str, Any]) -> Region | None:
        return read_region(value.get("region") or "")

    class Meta:
        label = _("档案的一页")
        icon = "doc-full"


def point_of(value: Mapping[str, Any]) -> Point | None:
    return read_point(value.get("point") or "")


def not_public() -> str:
    return gettext(
        "这件档案没有向公众全文开放，不能用在页面上。请另选一件，或删去这一项。"
    )


def _told(flaw: Flaw, claim: Claim, sources: Sources) -> tuple[str, str]:
    """The field at fault, and what to do."""
    if flaw is Flaw.CLOSED:
        return "record", not_public()
    if flaw is Flaw.NO_PAGE:
        view = sources.record(claim.record)
        last = view.last_page if view else 0
        message = gettext(
            "没有可以公开的第 %(page)s 页。这件档案到第 %(last)s 页为止。"
        )
        return "page", message % {"page": claim.page, "last": last}
    page = sources.page_of(claim)
    near = nearest(Passage(claim.words, page)) if page else ""
    if near:
        message = gettext(
            "第 %(page)s 页上没有这些字。相近的一处是：“%(near)s”。"
            "请照页上识别的文字写；识别有误的，请档案员校对。"
        )
        return "words", message % {"page": claim.page, "near": near}
    message = gettext("第 %(page)s 页上没有这些字，也没有相近的。请核对页次。")
    return "words", message % {"page": claim.page}


def _wrong_place(kind: str) -> str:
    if kind == "point":
        return gettext("请写两个数，以逗号分开，如 42.5,30（自左、自上，百分之几）。")
    return gettext(
        "请写四个数，以逗号分开，如 10,20,40,30（左、上、宽、高，百分之几），"
        "不要超出整页。"
    )


def found_in(
    listed: Any, parent_context: Mapping[str, Any] | None
) -> list[tuple[Evidence, str]]:
    """The pieces of a list of evidence that the public sees, each with its label."""
    found = [
        (bound.block.found(bound.value, parent_context), bound.value["label"])
        for bound in listed.bound_blocks
    ]
    return [each for each in found if each[0]]
