"""Reference codes (档号): one spelling, their components, and the next number."""

from .schemes import (
    Components,
    Scheme,
    components_of,
    format_code,
    from_stored,
    parse_code,
    problem_of,
)
from .spelling import MAX_LENGTH, MIDDLE_DOT, normalise

__all__ = [
    "MAX_LENGTH",
    "MIDDLE_DOT",
    "Components",
    "Scheme",
    "components_of",
    "format_code",
    "from_stored",
    "normalise",
    "parse_code",
    "problem_of",
]
