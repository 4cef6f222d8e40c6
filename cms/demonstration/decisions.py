"""Publishes and opens the samples as a real house does: two people for each step.

The table is a CSV file with the heads 档号, 处理, 依据. 处理 is a key of
``TREATMENTS``; the row whose 档号 is ``*`` speaks for all records not named.
"""

import csv
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from archive import decisions, workflow
from archive.models import OpennessDecision, Record
from archive.vocabulary import (
    Clearance,
    DescriptionStatus,
    Disclosure,
    OpenStatus,
    Secrecy,
)
from cms.demonstration.errors import DemonstrationError

_CLEARED = {
    "secrecy": Secrecy.PUBLIC.value,
    "publication_right": Clearance.CLEARED.value,
    "personal_information": Clearance.CLEARED.value,
    "copyright_status": Clearance.CLEARED.value,
}
TREATMENTS: dict[str, dict[str, str | bool]] = {
    "开放": {
        **_CLEARED,
        "open_status": OpenStatus.OPEN.value,
        "disclosure_status": Disclosure.ACTIVE.value,
        "catalogue_approved": True,
    },
    "仅目录": {
        **_CLEARED,
        "open_status": OpenStatus.CONTROLLED.value,
        "disclosure_status": Disclosure.NOT_APPLICABLE.value,
        "catalogue_approved": True,
    },
    "阅览室": {
        **_CLEARED,
        "open_status": OpenStatus.OPEN.value,
        "disclosure_status": Disclosure.ON_REQUEST.value,
        "catalogue_approved": False,
    },
    "馆内": {
        **_CLEARED,
        "open_status": OpenStatus.CONTROLLED.value,
        "disclosure_status": Disclosure.WITHHELD.value,
        "catalogue_approved": False,
    },
}
EVERY_OTHER = "*"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of a record, and what that rests on."""

    treatment: str
    reason: str


def read(path: Path) -> dict[str, Verdict]:
    """Reference code (or ``*``) → verdict; ``DemonstrationError`` on a bad table."""
    with path.open(encoding="utf-8", newline="") as file:
        verdicts = {
            row["档号"]: Verdict(row["处理"], row["依据"])
            for row in csv.DictReader(file)
        }
    unknown = {verdict.treatment for verdict in verdicts.values()} - set(TREATMENTS)
    if unknown or EVERY_OTHER not in verdicts:
        raise DemonstrationError(
            _("%(file)s：处理方式有误，或缺少“*”一行") % {"file": path.name}
        )
    return verdicts


def decide(
    codes: Collection[str],
    verdicts: dict[str, Verdict],
    proposer: str,
    approver: str,
) -> int:
    """Carry the verdicts out on those records that no one has decided on; how many.

    ``codes`` are the reference codes of the samples: other records in the same
    database are left alone. ``proposer`` and ``approver`` are user names.
    """
    users = {
        user.get_username(): user
        for user in get_user_model().objects.filter(username__in=[proposer, approver])
    }
    groups: defaultdict[Verdict, list[Record]] = defaultdict(list)
    undecided = Record.objects.filter(reference_code__in=codes).exclude(
        pk__in=OpennessDecision.objects.values("record_id")
    )
    for record in undecided.order_by("path"):
        verdict = verdicts.get(record.reference_code, verdicts[EVERY_OTHER])
        groups[verdict].append(record)
    with transaction.atomic():
        drafts = [
            record
            for records in groups.values()
            for record in records
            if record.description_status == DescriptionStatus.DRAFT
        ]
        workflow.submit(drafts, users[proposer])
        workflow.publish(drafts, users[approver])
        proposals = [
            proposal
            for verdict, records in groups.items()
            for proposal in decisions.propose(
                records,
                TREATMENTS[verdict.treatment],
                verdict.reason,
                users[proposer],
            )
        ]
        decisions.approve(proposals, users[approver])
    return len(proposals)
