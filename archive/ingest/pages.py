"""Where the pages of a batch go in a record that may have pages already."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.models import Folio, Record
from archive.records import NewFolio


class Places:
    """Sorts a batch into ``new`` pages, ``conflicts``, and how many are ``present``.

    A page is present where the record has the same master at the same place, and
    in conflict where it has another one there: nothing is replaced. A batch that
    shares neither a file name nor a master with the record is taken to continue
    it, after its last page.
    """

    def __init__(self, record: Record | None, batch: Sequence[NewFolio]) -> None:
        there = record.folios.select_related("master") if record else ()
        folios = {folio.sequence: folio for folio in there}
        if folios and not _shares(batch, folios.values()):
            batch = [
                replace(page, sequence=(page.sequence or 0) + max(folios))
                for page in batch
            ]
        self.new: list[NewFolio] = []
        self.conflicts: list[tuple[NewFolio, int]] = []
        self.present = 0
        for page in batch:
            folio = folios.get(page.sequence or 0)
            if folio is None:
                self.new.append(page)
            elif folio.master.sha256 == page.master.sha256:
                self.present += 1
            else:
                self.conflicts.append((page, folio.sequence))


def _shares(batch: Sequence[NewFolio], folios: Collection[Folio]) -> bool:
    masters = {folio.master.sha256 for folio in folios}
    names = {folio.original_filename for folio in folios}
    return any(
        page.filename in names or page.master.sha256 in masters for page in batch
    )
