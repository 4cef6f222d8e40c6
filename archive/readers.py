"""The reader of a request, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.openness import Audience


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking: their audience, and the records they may see at a higher one.

    ``grants`` maps a record's id to the audience it was granted at.
    """

    audience: Audience = Audience.PUBLIC
    grants: Mapping[int, Audience] = field(default_factory=dict)

    @property
    def granted(self) -> dict[Audience, list[int]]:
        """The ids of the granted records, by the audience they were granted at."""
        granted: dict[Audience, list[int]] = {}
        for record_id, audience in self.grants.items():
            granted.setdefault(audience, []).append(record_id)
        return granted

    def audience_for(self, record_id: int) -> Audience:
        return max(self.audience, self.grants.get(record_id, self.audience))


ANONYMOUS = Reader()
