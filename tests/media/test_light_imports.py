"""What a process that never touches a pixel does not load."""

import subprocess
import sys


def test_errors_and_values_load_no_imaging_library() -> None:
    code = (
        "import sys, media.errors, media.values;"
        "sys.exit(bool({'pyvips', 'PIL', 'pytesseract'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
