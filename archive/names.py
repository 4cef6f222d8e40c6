"""Several names in one text."""

import re


def split_names(names: str) -> tuple[str, ...]:
    """The names in a text that separates them by a semicolon of either width."""
    return tuple(name.strip() for name in re.split("[;；]", names) if name.strip())
