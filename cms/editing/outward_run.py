"""Which outside links are asked about, and what is kept of the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from cms.editing import leaves
from cms.editing.links import is_outside, links_in, own_hosts
from cms.editing.outward import Answer, Asker
from cms.models.outward import LinkCheck

State = LinkCheck.State
_STATES = {
    "works": State.WORKS,
    "broken": State.BROKEN,
    "unknown": State.UNKNOWN,
    "refused": State.REFUSED,
    "no such host": State.UNKNOWN,
}
MAX_LENGTH = 1000


@dataclass(slots=True)
class Outcome:
    """How many links were asked about, and how many are in which state now."""

    asked: int = 0
    works: int = 0
    broken: int = 0
    unknown: int = 0
    refused: int = 0


def addresses() -> list[str]:
    """Every outside address of a live page, once."""
    hosts = own_hosts()
    pages = Page.objects.live().specific()
    found = (
        link.target
        for _page, of_page in leaves.of_many(pages)
        for link in links_in(of_page)
        if link.kind == "url" and len(link.target) <= MAX_LENGTH
    )
    return list(dict.fromkeys(one for one in found if is_outside(one, hosts)))


def run(asker: Asker, days: int, limit: int | None = None) -> Outcome:
    """Ask about what was not asked in ``days`` days, or did not work; one at a time.

    Addresses that no page has any more are forgotten. A machine that reaches nobody
    calls no link broken: that a name is not known counts only if others answered.
    """
    wanted = addresses()
    LinkCheck.objects.exclude(url__in=wanted).delete()
    fresh = timezone.now() - timedelta(days=days)
    settled = LinkCheck.objects.filter(checked_at__gte=fresh, state=State.WORKS)
    known = set(settled.values_list("url", flat=True))
    outcome, nameless, reached = Outcome(), [], False
    for url in _by_turns([one for one in wanted if one not in known])[:limit]:
        answer = asker.ask(url)
        reached = reached or answer.status is not None
        if answer.verdict == "no such host":
            nameless.append(url)
        _keep(url, answer, _STATES[answer.verdict], outcome)
    if reached:
        for url in nameless:
            outcome.asked -= 1
            outcome.unknown -= 1
            _keep(url, Answer("broken"), State.BROKEN, outcome)
    return outcome


def _keep(url: str, answer: Answer, state: LinkCheck.State, outcome: Outcome) -> None:
    now = timezone.now()
    before = LinkCheck.objects.filter(url=url).first()
    since = before.failed_since if before is not None else None
    if state == State.BROKEN:
        since = since or now
    elif state != State.UNKNOWN:
        since = None
    LinkCheck.objects.update_or_create(
        url=url,
        defaults={
            "state": state.value,
            "status": answer.status,
            "checked_at": now,
            "failed_since": since,
        },
    )
    outcome.asked += 1
    setattr(outcome, state.value, getattr(outcome, state.value) + 1)


def _by_turns(urls: Iterable[str]) -> list[str]:
    """One of each site, then the second of each: no site is asked in a row."""
    sites: dict[str, list[str]] = {}
    for url in urls:
        sites.setdefault(url.split("/")[2].lower(), []).append(url)
    ordered = []
    while sites:
        for site in list(sites):
            ordered.append(sites[site].pop(0))
            if not sites[site]:
                del sites[site]
    return ordered
