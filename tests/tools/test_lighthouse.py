"""What counts of a report of Lighthouse, and which pages miss a goal."""

from typing import Any

import pytest

from tests import lighthouse
from tests.lighthouse import Measured
from tools.showcase import Place

HOME, OTHER = Place("home", "/"), Place("record", "/catalogue/X/")


def report(**scores: float) -> dict[str, Any]:
    """As Lighthouse writes it, with 1.0 where nothing is said."""
    return {
        "categories": {
            name: {
                "score": scores.get(name.replace("-", "_"), 1.0),
                "auditRefs": [{"id": "slow", "weight": 1}],
            }
            for name in lighthouse.CATEGORIES
        },
        "audits": {
            "cumulative-layout-shift": {"numericValue": 0.001},
            "slow": {"title": "Slow", "displayValue": "3.6 s", "score": 0.4},
            "network-requests": {
                "details": {
                    "items": [
                        {"resourceType": "Document", "transferSize": 9000},
                        {"resourceType": "Image", "transferSize": 80000},
                    ]
                }
            },
        },
    }


def measured(place: Place, **changed: Any) -> Measured:
    told: dict[str, Any] = {
        "place": place,
        "preset": "phone",
        "scores": (100, 100, 100, 100),
        "shift": 0.0,
        "early": 30_000,
        "total": 90_000,
        "requests": 6,
        "failed": (),
        **changed,
    }
    return Measured(**told)


def test_bytes_before_images_and_what_failed_are_read_from_the_report() -> None:
    one = lighthouse.read(report(performance=0.894), OTHER, "phone")
    assert one.scores == (89, 100, 100, 100)
    assert (one.early, one.total, one.requests) == (9000, 89000, 2)
    assert "Slow (3.6 s)" in one.failed
    assert one.missed() == ["performance 89"]


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({}, []),
        ({"scores": (95, 95, 95, 95)}, []),
        ({"scores": (100, 94, 100, 54)}, ["accessibility 94", "seo 54"]),
        ({"shift": 0.02}, ["layout shift 0.020"]),
        ({"early": 151 * 1024}, ["151 KB before images"]),
        ({"requests": 16}, ["16 requests"]),
    ],
)
def test_a_page_that_misses_a_goal_is_named_with_it(
    changed: dict[str, Any], missed: list[str]
) -> None:
    assert measured(HOME, **changed).missed() == missed


def test_only_the_front_page_has_a_limit_of_bytes_and_requests() -> None:
    assert measured(OTHER, early=900_000, requests=40).missed() == []
