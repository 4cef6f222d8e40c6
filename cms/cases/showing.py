"""What stands around the text of a case: its concepts, others like it, its uses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.utils.translation import gettext as _

from cms.cases.similar import similar
from cms.cases.uses import uses
from cms.knowledge.articles import Article, articles, in_english
from cms.languages.translated import original_of


@dataclass(frozen=True, slots=True)
class About:
    """A concept of a case; ``article`` of the regulation, where one is on it.

    ``url`` leads to that article, else to the cases on the concept.
    """

    label: str
    article: Article | None
    url: str

    @property
    def name(self) -> str:
        if self.article is None:
            return self.label
        return _("%(article)s，%(label)s") % {
            "article": self.article.name,
            "label": self.label,
        }


def around(case: Any) -> dict[str, Any]:
    """``about``, ``similar`` and ``taught_in``, as everyone may see them."""
    original = original_of(case)
    original = original.specific if original is not None else case
    subjects = list(original.subjects.order_by("path"))
    return {
        "about": about(subjects, original),
        "similar": similar(original, subjects),
        "taught_in": uses(original, "lesson", "course"),
    }


def about(subjects: list[Any], case: Any) -> list[About]:
    by_label = {one.subject: one for one in articles() if one.subject}
    guide = apps.get_model("cms", "RegulationPage").objects.live().public().first()
    return [_about(one, by_label.get(one.label), guide, case) for one in subjects]


def _about(subject: Any, article: Article | None, guide: Any, case: Any) -> About:
    label = (subject.label_en if in_english() else "") or subject.label
    if article is not None and guide is not None:
        return About(label, article, f"{guide.get_url() or ''}#{article.anchor}")
    section = case.get_parent().get_url() or ""
    query = urlencode({"subject": subject.number})
    return About(label, None, f"{section}?{query}")
