"""Talking to the person at the terminal, in Chinese and English."""

import sys
from collections.abc import Callable

from tools.errors import ToolError


def say(chinese: str, english: str) -> None:
    """One step, on one line, at once even into a pipe."""
    print(f"» {chinese} · {english}", flush=True)


def run_or_exit(main: Callable[[], int]) -> None:
    """Run a command; a ``ToolError`` becomes its text and exit code 2."""
    try:
        code = main()
    except ToolError as error:
        print(f"\n{error}\n", file=sys.stderr, flush=True)
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
