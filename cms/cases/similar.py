"""Cases like another: of the same concepts, kind or method; and why."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from cms.cases import collecting
from cms.knowledge.articles import in_english
from cms.languages import translated

MOST: Final = 3
_SUBJECT, _TYPE, _METHOD = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Similar:
    """``reason`` says in a line what the two have in common."""

    page: Any
    reason: str


def similar(case: Any, subjects: list[Any], most: int = MOST) -> list[Similar]:
    """The likest ``most`` to ``case`` (an original), the likest first.

    Shared concepts weigh more than the kind of dispute, that more than the method;
    the method alone is no likeness. A constant number of queries.
    """
    others = collecting.originals().exclude(pk=case.pk).prefetch_related("subjects")
    labels = {one.pk: _label(one) for one in subjects}
    methods = {_key(one): str(one) for one in case.methods.all()}
    scored = []
    for other in others:
        shared = [labels[one.pk] for one in other.subjects.all() if one.pk in labels]
        same_type = other.dispute_id == case.dispute_id
        ways = {_key(one) for one in other.methods.all()}
        common = [name for key, name in methods.items() if key in ways]
        if not shared and not same_type:
            continue
        score = _SUBJECT * len(shared) + _TYPE * same_type + _METHOD * len(common)
        told = _told([*([case.dispute.label] if same_type else []), *common], shared)
        scored.append((score, other.pk, other, told))
    scored.sort(key=lambda one: (-one[0], one[1]))
    best = scored[:most]
    pages = translated.readable([one[2] for one in best])
    return [Similar(page, one[3]) for page, one in zip(pages, best, strict=True)]


def _told(same: list[str], subjects: list[str]) -> str:
    """What is the same: the type and the ways, then the first shared concept."""
    parts = [_("、").join(same)] if same else []
    parts += [_("主题“%(label)s”") % {"label": subjects[0]}] if subjects else []
    return _("同为%(what)s") % {"what": _("；").join(parts)}


def _key(method: Any) -> tuple[str, str]:
    return (method.method, method.mediation)


def _label(subject: Any) -> str:
    return (subject.label_en if in_english() else "") or subject.label
