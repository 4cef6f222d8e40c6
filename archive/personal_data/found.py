"""What a detector hands over."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a finding may be."""

    RESIDENT_ID = "resident_id"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PLATE = "plate"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """``text[start:end]`` is ``found``, in code points.

    ``doubtful``: it has the form, but a check digit is wrong or a word for it is
    missing: an error of typing or of recognition, or something else.
    """

    kind: Kind
    start: int
    end: int
    found: str
    doubtful: bool = False

    @property
    def length(self) -> int:
        return self.end - self.start
