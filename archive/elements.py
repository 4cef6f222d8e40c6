"""The elements of archival description (著录项目) and where each is required.

DA/T 18-2022: each element's obligation for an item (件), a file (卷), a series (类)
and a fonds (全宗). One owner of the list: what a record may be described with, what
is shown and in which order, and what must not be missing all follow from it.
"""

from dataclasses import dataclass
from enum import Enum

from archive.vocabulary import Level


class Obligation(Enum):
    REQUIRED = "M"
    CONDITIONAL = "C"
    OPTIONAL = "O"
    NOT_USED = "-"


class Area(Enum):
    """The parts of a description, in their order."""

    IDENTITY = "identity"
    CONTEXT = "context"
    CONTENT = "content"
    USE = "use"
    WHEREABOUTS = "whereabouts"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Element:
    """``name`` is the record's attribute that stands for it; ``parts`` all of them,
    ``telling`` those of which one must have a value for the element to be said.

    ``obligations``: one letter each for item, file, series, fonds. ``isadg`` is the
    rule of ISAD(G). ``inherited``: a unit that does not say it has what the unit
    above says (ISAD(G) 2.4: what is common is told once, at the highest level).
    ``decided``: set by a decision on openness, never by describing. ``internal``:
    for people of the house.
    """

    name: str
    area: Area
    obligations: str
    isadg: str = ""
    parts: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    inherited: bool = False
    decided: bool = False
    internal: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return self.parts or (self.name,)

    @property
    def said_by(self) -> tuple[str, ...]:
        return self.telling or self.fields

    def obligation(self, level: str) -> Obligation:
        """At a level outside the vocabulary everything is optional."""
        if level not in _COLUMN:
            return Obligation.OPTIONAL
        return Obligation(self.obligations[_COLUMN[level]])


_COLUMN: dict[str, int] = {
    Level.ITEM: 0,
    Level.FILE: 1,
    Level.SERIES: 2,
    Level.FONDS: 3,
}

ELEMENTS = (
    Element("repository_code", Area.IDENTITY, "OOOM", "3.1.1", inherited=True),
    Element("reference_code", Area.IDENTITY, "MMMM", "3.1.1"),
    Element(
        "title",
        Area.IDENTITY,
        "MMMM",
        "3.1.2",
        parts=("title", "parallel_title", "subtitle"),
        telling=("title",),
    ),
    Element("document_number", Area.IDENTITY, "C---"),
    Element("level", Area.IDENTITY, "MMMM", "3.1.4"),
    Element(
        "date_display",
        Area.IDENTITY,
        "MMMM",
        "3.1.3",
        parts=(
            "date_original",
            "date_display",
            "date_edtf",
            "calendar",
            "date_certainty",
            "date_basis",
        ),
        telling=("date_original", "date_display", "date_edtf"),
    ),
    Element("creators", Area.IDENTITY, "MMMM", "3.2.1", inherited=True),
    Element("admin_bio_history", Area.CONTEXT, "---O", "3.2.2"),
    Element("custodial_history", Area.CONTEXT, "OOOM", "3.2.3", inherited=True),
    Element("scope_content", Area.CONTENT, "OOOO", "3.3.1"),
    Element("person_names", Area.CONTENT, "OO--"),
    Element("draft_status", Area.CONTENT, "O---"),
    Element("genre", Area.CONTENT, "O---"),
    Element("attachments", Area.CONTENT, "O---"),
    Element(
        "extent_medium",
        Area.CONTENT,
        "COOO",
        "3.1.5",
        parts=("extent_medium", "first_page", "last_page"),
        telling=("extent_medium",),
    ),
    # Ours: the standard tells kinds of material apart by the category of the code.
    Element("material", Area.CONTENT, "OOOO"),
    Element("file_size", Area.CONTENT, "OO--"),
    Element("file_format", Area.CONTENT, "OO--"),
    Element("creation_method", Area.CONTENT, "OO--"),
    Element("arrangement", Area.CONTENT, "--OO", "3.3.4"),
    Element("retention_code", Area.CONTENT, "MM--", "3.3.2", inherited=True),
    Element("destruction", Area.CONTENT, "OC--", "3.3.2"),
    Element("open_status", Area.USE, "MM--", "3.4.1", decided=True),
    Element("secrecy", Area.USE, "C---", "3.4.1", decided=True),
    Element("disclosure_status", Area.USE, "O---", "3.4.1", decided=True),
    Element("language", Area.USE, "O---", "3.4.3", inherited=True),
    Element("subjects", Area.USE, "O---"),
    Element("class_numbers", Area.USE, "OO--"),
    Element("microform_no", Area.WHEREABOUTS, "OOOO", internal=True),
    Element("storage_location", Area.WHEREABOUTS, "OOOO", internal=True),
    Element("originals_location", Area.WHEREABOUTS, "OOOO", "3.5.1", inherited=True),
    Element("copies_location", Area.WHEREABOUTS, "OOOO", "3.5.2", inherited=True),
    Element("related_units", Area.WHEREABOUTS, "--OO", "3.5.3"),
    Element("note", Area.NOTES, "OOOO", "3.6.1"),
    Element("described_by", Area.NOTES, "OOOO", "3.7.1"),
    Element("described_on", Area.NOTES, "OOOO", "3.7.3"),
)

BY_NAME = {element.name: element for element in ELEMENTS}
FIELDS = tuple(field for element in ELEMENTS for field in element.fields)
"""Every attribute that an element stands in, in order."""
