"""Personal data in texts that are to be public: where a person must look.

Detectors point, they do not judge: what they find is shown with its context, and what
they do not know stays for the reader. Rules: 个人信息保护法 of 2021; GB 11643-1999 for
resident IDs; ISO/IEC 7812-1 (Luhn) for cards; GA 36-2018 for plates.
"""

from archive.personal_data.found import Finding, Kind
from archive.personal_data.names import names
from archive.personal_data.numbers import numbers

__all__ = ["Finding", "Kind", "find"]


def find(text: str) -> tuple[Finding, ...]:
    """What ``text`` may tell of people, in its order; none overlaps another.

    Where two detectors claim the same characters, the longer finding stands.
    """
    found = sorted(
        [*numbers(text), *names(text)], key=lambda one: (-one.length, one.start)
    )
    kept: list[Finding] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))
