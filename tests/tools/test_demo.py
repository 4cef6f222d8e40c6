"""The demonstration's command: ports, accounts, decisions, and a second run."""

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from archive import codes, materials
from archive.authorities import registry
from archive.authorities.registry import Name
from archive.models import Acquisition, Authority, CodeTemplate, Record, Relation
from archive.openness import Access
from archive.records import create
from cms.demonstration import accounts, decisions, holdings
from cms.demonstration.errors import DemonstrationError
from tests.samples.typeset import build
from tools.demo import DECISIONS, demo_environment, require_free, wanted_port
from tools.errors import ToolError
from tools.packages import ROOT

HEADS = (
    "上级档号,档号,著录层级,档案馆代码,档案保管沿革,日期,责任者,保管期限,"
    "题名,密级,文件\n"
)
TABLE = (
    HEADS
    + ",Y001,全宗,演示,自拟,2026,演示编写组,永久,演示全宗,公开,\n"
    + "Y001,Y001-1,件,,,2026,,,调解员培训讲义,公开,mediation-course/*\n"
    + "Y001,Y001-2,件,,,2026,,,调解须知,公开,mediation-notes/*\n"
)


def test_a_port_in_use_is_refused_with_another_to_take() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(ToolError, match=f"PORT={port + 1} make demo"):
            require_free(port)


@pytest.mark.parametrize("port", ["web", "0", "65536", "-1", "八千"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(ToolError, match="1-65535"):
        wanted_port({"PORT": port})


def test_the_environment_decides_but_not_over_debug_and_settings() -> None:
    given = {"READING_ROOM_NETWORKS": "10.0.0.0/8", "DEBUG": "1", "PORT": "9"}
    environment = demo_environment(given)
    assert environment["READING_ROOM_NETWORKS"] == "10.0.0.0/8"
    assert environment["DEBUG"] == "0"
    assert environment["DJANGO_SETTINGS_MODULE"] == "cms.settings.development"


def test_passwords_are_random_and_kept_where_only_the_owner_reads(
    db: None, tmp_path: Path
) -> None:
    here = accounts.provide(tmp_path / "here" / "accounts.json")
    path = tmp_path / "there" / "accounts.json"
    there = accounts.provide(path)
    passwords = [account.password for account in (*here, *there)]
    assert len(set(passwords)) == 2 * len(accounts.ROLES)
    assert min(map(len, passwords)) >= 12
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert accounts.read(path) == there


def test_the_last_passwords_made_are_those_that_open_the_door(
    db: None, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.json"
    accounts.provide(path)
    path.unlink()
    for account in accounts.provide(path):
        user = get_user_model().objects.get(username=account.username)
        assert user.check_password(account.password)
        assert [group.name for group in user.groups.all()] == [account.role]


def test_a_password_that_someone_changed_stays(db: None, tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    accounts.provide(path)
    user = get_user_model().objects.get(username="archivist")
    user.set_password("chosen by a person")
    user.save()
    accounts.provide(path)
    user.refresh_from_db()
    assert user.check_password("chosen by a person")


@pytest.mark.parametrize(
    ("treatment", "public", "reading_room"),
    [
        ("开放", Access.FULL, Access.FULL),
        ("仅目录", Access.CATALOGUE, Access.CATALOGUE),
        ("阅览室", Access.NONE, Access.FULL),
        ("馆内", Access.NONE, Access.NONE),
    ],
)
def test_a_treatment_does_what_its_name_says(
    db: None, tmp_path: Path, treatment: str, public: Access, reading_room: Access
) -> None:
    accounts.provide(tmp_path / "accounts.json")
    described = {"repository_code": "演示", "custodial_history": "自拟"}
    described |= {"date_original": "2026", "creators": "演示编写组"}
    record = create(
        None,
        by=None,
        batch=None,
        reference_code="Y009",
        level="fonds",
        title="演示全宗",
        **described,
    )
    verdicts = {"*": decisions.Verdict(treatment, "演示")}
    assert decisions.decide({"Y009"}, verdicts, "archivist", "reviewer") == 1
    record.refresh_from_db()
    assert record.public_access == public
    assert record.reading_room_access == reading_room
    assert decisions.decide({"Y009"}, verdicts, "archivist", "reviewer") == 0


def test_what_is_shown_beside_the_samples_is_labelled_and_added_once(
    db: None, tmp_path: Path
) -> None:
    accounts.provide(tmp_path / "accounts.json")
    fields: dict[str, Any] = {
        "level": "fonds",
        "creators": "样本调解委员会",
        "is_demonstration": True,
    }
    create(None, by=None, reference_code="Y001", title="演示全宗", **fields)
    counts = []
    for _time in range(2):
        holdings.add("archivist")
        models = (Authority, Relation, Record, Acquisition, CodeTemplate)
        counts.append([model.objects.count() for model in models])
    assert counts[0] == counts[1]
    assert min(counts[0]) > 0
    for model in (Authority, Record, Acquisition):
        assert not model.objects.filter(is_demonstration=False).exists()
    made = Record.objects.get(reference_code=holdings.OBJECT)
    assert materials.missing(made.material, made.particulars) == []
    assert made.public_access == Access.NONE
    scheme = codes.Scheme(CodeTemplate.objects.get().scheme)
    assert codes.problem_of(scheme, made.reference_code) == ""


def test_nobody_s_own_relations_are_changed_by_the_demonstration(
    db: None, tmp_path: Path
) -> None:
    accounts.provide(tmp_path / "accounts.json")
    own = registry.create("organisation", [Name("自己的")])
    fields: dict[str, Any] = {
        "level": "fonds",
        "creators": "演示编写组",
        "is_demonstration": True,
    }
    links = [[own.number, "mentioned"]]
    create(
        None, by=None, reference_code="Y008", title="甲", authorities=links, **fields
    )
    holdings.add("archivist")
    assert list(Relation.objects.values_list("authority", flat=True)) == [own.pk]


def test_the_table_of_decisions_names_records_that_the_samples_have() -> None:
    verdicts = decisions.read(DECISIONS)
    table = (ROOT / "tests" / "samples" / "records.csv").read_text(encoding="utf-8")
    assert [code for code in verdicts if code != "*" and f",{code}," not in table] == []
    assert {verdict.treatment for verdict in verdicts.values()} == set(
        decisions.TREATMENTS
    )


def test_a_table_with_an_unknown_treatment_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("档号,处理,依据\n*,公之于众,演示\n", encoding="utf-8")
    with pytest.raises(DemonstrationError, match=r"table\.csv"):
        decisions.read(table)


@pytest.mark.ocr
def test_from_nothing_to_found_pages_and_a_second_run_duplicates_nothing(
    tmp_path: Path,
) -> None:
    samples = tmp_path / "samples"
    build(samples, only=["mediation-course/1", "mediation-notes/1"])
    (samples / "records.csv").write_text(TABLE, encoding="utf-8")
    first, first_state = run_demo(samples, tmp_path / "data")
    again, again_state = run_demo(samples, tmp_path / "data")
    assert "档案 5 条，2 页" in first
    assert "档案 5 条，2 页" in again
    assert first_state == again_state
    assert first_state["found"] == 3
    assert first_state["opened"] == [True, True]


STATE = """
import json
from archive.models import *
from archive.openness import Access
from archive.readers import ANONYMOUS
from cms.demonstration.holdings import CODES
from search.service import ONLY_RECORDS, SearchParams, search
models = (Folio, Job, OpennessDecision, OutboxRow, Record, Transcript, Authority)
models += (AuthorityName, Relation, Acquisition, AcquisitionItem, Batch, CodeTemplate)
state = {model.__name__: model.objects.count() for model in models}
records = SearchParams(q="调解", filters=dict(ONLY_RECORDS))
state["found"] = search(records, ANONYMOUS).total
opened = Record.objects.filter(reference_code__in=CODES).order_by("path")
state["opened"] = [record.public_access == Access.FULL for record in opened]
print(json.dumps(state))
"""


def run_demo(samples: Path, data: Path) -> tuple[str, dict[str, Any]]:
    """Run ``manage.py demo`` on its own data; its output and what is there then."""
    environment = demo_environment({**os.environ, "DATA_DIR": str(data)})
    outputs = []
    for command in (
        ["demo", str(samples), "--decisions", str(DECISIONS)],
        ["shell", "--no-imports", "-c", STATE],
    ):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    return outputs[0], json.loads(outputs[1])
