"""Links from page to page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page

from cms import searchquery
from search.service import SearchParams

register = template.Library()


@register.filter
def page_numbers(page: Page[Any]) -> Iterable[int]:
    """Numbers to show in a pager; 0 stands for a gap."""
    numbers = page.paginator.get_elided_page_range(
        page.number, on_each_side=2, on_ends=1
    )
    return (number if isinstance(number, int) else 0 for number in numbers)


@register.simple_tag
def search_page_url(params: SearchParams, number: int) -> str:
    return searchquery.with_page(params, number)
