"""``python -m tests.bench``: all measurements, one table.

--only ocr-speed,ocr-accuracy,elasticsearch,embedded,catalogue
--records N     records of the largest catalogue (100,000); smaller ones beside it
--corpus FILE   JSON Lines (.xz) of title and text instead of our own texts
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import django

from tests.bench.table import Row, render

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", default="", help="names, separated by commas")
    parser.add_argument("--corpus", type=Path, help="JSON Lines, plain or .xz")
    parser.add_argument("--limit", type=int, default=1_000, help="documents")
    parser.add_argument("--pages", type=int, help="sample pages for accuracy")
    parser.add_argument("--records", type=int, default=100_000, help="catalogue")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    wanted = [name for name in options.only.split(",") if name]
    benches = all_benches(options)
    unknown = set(wanted) - set(benches)
    if unknown:
        parser.error(f"--only: {', '.join(unknown)}; known: {', '.join(benches)}")
    rows: list[Row] = []
    for name in wanted or benches:
        print(f"» {name}", flush=True)
        rows += benches[name]()
    print(f"\n{render(rows)}")


def all_benches(options: argparse.Namespace) -> dict[str, Callable[[], list[Row]]]:
    django.setup()
    from tests.bench import (
        catalogue,
        elasticsearch,
        embedded,
        ocr_accuracy,
        ocr_speed,
        texts,
    )

    def documents() -> list[texts.Text]:
        return texts.load(options.corpus, options.limit)

    rounds: int = options.rounds
    sizes = catalogue.sizes(options.records)
    return {
        "ocr-speed": lambda: ocr_speed.run(min(rounds, 3)),
        "ocr-accuracy": lambda: ocr_accuracy.run(options.pages),
        "elasticsearch": lambda: elasticsearch.run(documents(), rounds),
        "embedded": lambda: embedded.run(documents(), rounds),
        "catalogue": lambda: catalogue.run(sizes, min(rounds, 3)),
    }


if __name__ == "__main__":
    main()
