"""Pins ``requirements*.txt`` from the short lists in ``requirements*.in``.

And ``package-lock.json`` from ``package.json``.

The files name versions only: where the packages come from is pip's own
configuration on the machine that installs them.
"""

import os
import subprocess
import sys

from tools import node
from tools.packages import ROOT

OPTIONS = (
    "--quiet",
    "--upgrade",
    "--strip-extras",
    "--allow-unsafe",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-emit-options",
    "--annotation-style=line",
)


def main() -> int:
    environment = {**os.environ, "CUSTOM_COMPILE_COMMAND": "make requirements"}
    for name in ("requirements", "requirements-dev"):
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS]
        command += ["--output-file", f"{name}.txt", f"{name}.in"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    node.pin()
    return 0


if __name__ == "__main__":
    sys.exit(main())
