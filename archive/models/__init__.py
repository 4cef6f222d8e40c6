"""The tables of the archive; services in the modules beside change them."""

from .decisions import Grant, OpennessDecision
from .folio import Folio, MasterFile
from .jobs import Job
from .outbox import Exclusion, OutboxRow, Tombstone
from .record import FormerReferenceCode, Record, TaggedRecord
from .transcript import Transcript

__all__ = [
    "Exclusion",
    "Folio",
    "FormerReferenceCode",
    "Grant",
    "Job",
    "MasterFile",
    "OpennessDecision",
    "OutboxRow",
    "Record",
    "TaggedRecord",
    "Tombstone",
    "Transcript",
]
