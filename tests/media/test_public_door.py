import subprocess
import sys

import pytest

import media


@pytest.mark.parametrize("name", media.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(media, name) is not None


def test_other_names_are_errors() -> None:
    with pytest.raises(AttributeError):
        media.no_such_name  # noqa: B018


def test_importing_the_package_loads_no_imaging_library() -> None:
    code = (
        "import sys, media, media.errors, media.values;"
        "sys.exit(bool({'pyvips', 'PIL', 'pytesseract'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
