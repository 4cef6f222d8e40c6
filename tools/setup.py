"""Brings a fresh machine to where the project runs.

    python3 -m tools.setup [--dev]

Uses the standard library only, and looks before it installs: with everything in
place it takes a fraction of a second. Exit code 2: something is missing that it
may not install; the text names it and the command that would.
"""

import sys

OLDEST = (3, 11)


def require_python() -> None:
    """Must stay readable to a Python that is too old."""
    if sys.version_info < OLDEST:
        found = f"{sys.version_info[0]}.{sys.version_info[1]}"
        sys.exit(
            f"需要 Python 3.11 或更新版本，当前为 {found}；"
            "可指定另一个：make PYTHON=/path/to/python3 …\n"
            f"Python 3.11 or newer is needed, this is {found}; "
            "name another: make PYTHON=/path/to/python3 …"
        )


def main() -> int:
    from tools import debian, node, packages, translations

    dev = "--dev" in sys.argv[1:]
    debian.provide(debian.DEVELOPMENT if dev else debian.RUNNING)
    packages.provide(["requirements.txt", *(["requirements-dev.txt"] if dev else [])])
    if dev:
        node.provide()
    translations.provide()
    return 0


if __name__ == "__main__":
    require_python()
    from tools.console import run_or_exit

    run_or_exit(main)
