"""The house as programs are told of it, and what all such values are made of."""

from typing import Any

from cms.models import SiteDetails

Data = dict[str, Any]

CONTEXT = "https://schema.org"


def organisation(details: SiteDetails, root: str) -> Data:
    """The house: who holds the records. ``root`` is the site's scheme and host."""
    address = {"@type": "PostalAddress", "streetAddress": details.address}
    return without_blanks(
        {
            "@type": "ArchiveOrganization",
            "@id": f"{root}/#house",
            "name": details.holder,
            "url": f"{root}/",
            "address": address if details.address else details.place,
            "telephone": details.telephone,
            "email": details.email,
        }
    )


def without_blanks(data: Data) -> Data:
    """Without what there is nothing to say of."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def day(moment: Any) -> str:
    return moment.isoformat() if moment else ""
