"""Tags and filters of training pages."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import ngettext

from cms.training import joined, quizzes

register = template.Library()


@register.filter
def in_hours(hours: Decimal) -> str:
    """学时 in words, without zeros at the end: 3, 1.5."""
    exact = Decimal(hours)
    told = ngettext("%(n)s 学时", "%(n)s 学时", 1 if exact == 1 else 2)
    return told % {"n": f"{exact.normalize():f}"}


@register.simple_tag(takes_context=True)
def joined_panels(context: Context, where: Any) -> list[str]:
    """What other parts of the site put beside or below a curriculum."""
    return joined.panels(where, context["page"], context["request"])


@register.simple_tag
def quiz_of(block: Any) -> quizzes.Quiz:
    """The quiz of a bound block of a lesson."""
    return quizzes.of_block(block.id, block.value)
