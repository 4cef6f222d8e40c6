"""``manage.py check_index``: in plain words, with an exit code."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from archive.models import Record
from archive.openness import Access
from search.drain import drain
from tests.factories import RecordFactory, open_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_index")]


def check() -> str:
    out = StringIO()
    call_command("check_index", stdout=out)
    return out.getvalue()


def test_all_is_well_once_everything_is_drained() -> None:
    open_record(RecordFactory.create())
    with pytest.raises(CommandError, match="索引与数据库不一致：缺 1 条"):
        check()
    while drain():
        pass
    assert "索引与数据库一致" in check()


def test_a_record_open_against_the_rules_is_named() -> None:
    record = RecordFactory.create(reference_code="Y001-WS-001")
    RecordFactory.create(parent=record, reference_code="Y001-WS-001-002")
    while drain():
        pass
    Record.objects.filter(pk=record.pk).update(public_access=Access.FULL)
    with pytest.raises(CommandError) as caught:
        check()
    assert "1 条档案的开放范围与审核规则不符：Y001-WS-001。" in str(caught.value)


def test_it_is_looked_at_even_when_the_engine_is_down(settings: Settings) -> None:
    record = RecordFactory.create(reference_code="Y001-WS-001")
    Record.objects.filter(pk=record.pk).update(reading_room_access=Access.CATALOGUE)
    settings.SEARCH = {
        **settings.SEARCH,
        "ENGINE": "elasticsearch",
        "HOSTS": ["http://127.0.0.1:9"],
    }
    with pytest.raises(CommandError) as caught:
        check()
    assert "检索引擎不可用" in str(caught.value)
    assert "Y001-WS-001" in str(caught.value)
