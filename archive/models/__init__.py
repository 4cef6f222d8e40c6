"""The tables of the archive; services in the modules beside change them."""

from .acquisitions import Acquisition, AcquisitionItem, AcquisitionSequence
from .authorities import (
    Authority,
    AuthorityName,
    AuthoritySequence,
    FormerNumber,
    Relation,
    TypedName,
)
from .code_template import CodeTemplate
from .decisions import Grant, OpennessDecision
from .folio import Folio, MasterFile
from .history import Batch, Change
from .jobs import Job
from .outbox import Exclusion, Generation, OutboxRow, Tombstone
from .record import FormerReferenceCode, Record, TaggedRecord
from .subjects import FormerSubjectNumber, RecordTerm, Subject, Term
from .tags import TagSpelling
from .transcript import Transcript
from .workflow import Review

__all__ = [
    "Acquisition",
    "AcquisitionItem",
    "AcquisitionSequence",
    "Authority",
    "AuthorityName",
    "AuthoritySequence",
    "Batch",
    "Change",
    "CodeTemplate",
    "Exclusion",
    "Folio",
    "FormerNumber",
    "FormerReferenceCode",
    "FormerSubjectNumber",
    "Generation",
    "Grant",
    "Job",
    "MasterFile",
    "OpennessDecision",
    "OutboxRow",
    "Record",
    "RecordTerm",
    "Relation",
    "Review",
    "Subject",
    "TagSpelling",
    "TaggedRecord",
    "Term",
    "Tombstone",
    "Transcript",
    "TypedName",
]
