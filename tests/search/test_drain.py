"""An index that is lost or refuses a document: said, mended, never passed over."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from archive import records
from archive.models import OutboxRow, Record
from archive.readers import ANONYMOUS
from search.consistency import compare
from search.drain import drain
from search.engines.base import IndexDocument
from search.engines.embedded import EmbeddedEngine
from search.errors import SearchUnavailable, WriteRejected
from search.index import engine
from search.service import SearchParams, search
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_index")]


def total(q: str) -> int:
    return search(SearchParams(q=q), ANONYMOUS).total


def drain_all() -> None:
    while drain():
        pass


@pytest.fixture
def pair() -> tuple[Record, Record]:
    """Two open records, both in the index."""
    first = factories.open_record(factories.RecordFactory.create(title="矛盾纠纷甲"))
    second = factories.open_record(factories.RecordFactory.create(title="矛盾纠纷乙"))
    drain_all()
    assert total("矛盾纠纷") == 2
    return first, second


def lose_the_index(settings: Settings) -> None:
    engine().close()
    place = Path(settings.SEARCH["PATH"])
    for file in place.parent.glob(f"{place.name}*"):
        file.unlink()


def test_a_lost_index_is_said_to_be_lost_until_it_is_made_anew(
    pair: tuple[Record, Record], settings: Settings
) -> None:
    lose_the_index(settings)
    assert drain() == 0
    records.edit(pair[0], {"title": "矛盾纠纷丙"}, None)
    waiting = OutboxRow.objects.count()
    for _ in range(2):
        with pytest.raises(SearchUnavailable):
            drain()
        with pytest.raises(SearchUnavailable):
            total("矛盾纠纷")
    assert OutboxRow.objects.count() == waiting
    call_command("reindex")
    assert total("矛盾纠纷") == 2
    drain_all()
    assert not compare(engine())


def test_a_new_installation_makes_its_index(settings: Settings) -> None:
    lose_the_index(settings)
    drain()
    assert total("") == 0
    lose_the_index(settings)
    factories.open_record(factories.RecordFactory.create(title="矛盾纠纷"))
    drain_all()
    assert total("矛盾纠纷") == 1


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Titles that the engine refuses."""
    titles: set[str] = set()
    write = EmbeddedEngine.write

    def choosy(
        self: EmbeddedEngine, documents: Sequence[IndexDocument], *args: Any, **kw: Any
    ) -> None:
        if any(document.title in titles for document in documents):
            raise WriteRejected(str(titles))
        write(self, documents, *args, **kw)

    monkeypatch.setattr(EmbeddedEngine, "write", choosy)
    return titles


def test_a_refused_record_is_named_until_the_engine_takes_it(
    pair: tuple[Record, Record], refused: set[str]
) -> None:
    refused.add("矛盾纠纷丙")
    records.edit(pair[0], {"title": "矛盾纠纷丙"}, None)
    drain_all()
    assert OutboxRow.objects.filter(failed=True).exists()
    assert total("矛盾纠纷") == 1
    with pytest.raises(CommandError):
        call_command("check_index")
    with pytest.raises(CommandError, match=pair[0].reference_code):
        call_command("reindex")
    assert total("矛盾纠纷") == 1
    refused.clear()
    call_command("reindex")
    call_command("check_index")
    assert total("矛盾纠纷") == 2
    assert not OutboxRow.objects.exists()


def test_a_refused_record_that_is_mended_is_refused_no_longer(
    pair: tuple[Record, Record], refused: set[str]
) -> None:
    refused.add("矛盾纠纷丙")
    records.edit(pair[0], {"title": "矛盾纠纷丙"}, None)
    drain_all()
    records.edit(pair[0], {"title": "矛盾纠纷丁"}, None)
    drain_all()
    call_command("check_index")
    assert total("矛盾纠纷") == 2
