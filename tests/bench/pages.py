"""The sample collection, typeset once under ``var/samples``."""

from pathlib import Path

from tests.samples import truth
from tests.samples.truth import PageTruth
from tests.samples.typeset import build

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "samples"
LANGUAGES = {
    ("hans", "h"): "chi_sim",
    ("hant", "h"): "chi_tra",
    ("hans", "v"): "chi_sim_vert",
    ("hant", "v"): "chi_tra_vert",
}
PSM = {"h": "6", "v": "5"}


def load(limit: int | None = None) -> list[PageTruth]:
    """The pages with their truth; with ``limit`` so many, evenly spread."""
    build(FOLDER)
    pages = list(truth.read(FOLDER / "truth.jsonl"))
    if limit is None or limit >= len(pages):
        return pages
    return [pages[i * len(pages) // limit] for i in range(limit)]
