"""Tesseract as a person would run it: one process a page, no pipeline."""

import os
import subprocess
from pathlib import Path

TEXT, WORD_LEVEL = 11, "5"


def tsv_words(
    image: Path, language: str, psm: str, dpi: int | None = None
) -> list[str]:
    """The words of a page in reading order; ``dpi`` None leaves it to the file."""
    command = ["tesseract", str(image), "stdout", "-l", language, "--psm", psm]
    if dpi is not None:
        command += ["--dpi", str(dpi)]
    done = subprocess.run(
        [*command, "tsv"],
        capture_output=True,
        encoding="utf-8",
        # As the adapter does: Tesseract's own threads make it slower.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
    )
    rows = (row.split("\t") for row in done.stdout.splitlines())
    return [
        row[TEXT].strip()
        for row in rows
        if row[0] == WORD_LEVEL and len(row) > TEXT and row[TEXT].strip()
    ]
