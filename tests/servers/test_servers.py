"""The launchers themselves: real servers come up, and go away again."""

import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.servers import elasticsearch, java, postgresql, process
from tests.servers.errors import Unavailable
from tests.servers.fixtures import give_up


def alive(pid: int) -> bool:
    """Whether it runs; one that has ended and that nobody waits for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def make_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_postgresql_starts_answers_and_stops() -> None:
    try:
        with postgresql.postgresql_server() as server:
            with psycopg.connect(server.dsn) as connection:
                row = connection.execute("SHOW server_version_num").fetchone()
            assert row is not None
            assert int(row[0]) >= 150_000
            psycopg.connect(server.url).close()
            pid, directory = server.pid, server.socket_directory
            assert alive(pid)
    except Unavailable as error:
        give_up(f"PostgreSQL: {error}")
    assert not alive(pid)
    assert not directory.exists()


def test_a_server_that_dies_at_once_is_unavailable_with_its_last_words() -> None:
    started = time.monotonic()
    with process.server_directory("dies-") as directory:
        server = process.running(
            ["/bin/sh", "-c", "echo out of luck; exit 3"],
            directory=directory,
            environment={},
            ready=lambda: False,
            seconds=60,
        )
        with pytest.raises(Unavailable, match="out of luck"), server:
            pass
    assert time.monotonic() - started < 10


def test_a_server_that_never_answers_is_stopped() -> None:
    with process.server_directory("mute-") as directory:
        server = process.running(
            ["/bin/sleep", "60"],
            directory=directory,
            environment={},
            ready=lambda: False,
            seconds=0.5,
        )
        with pytest.raises(Unavailable, match="did not come up"), server:
            pass


def test_a_server_does_not_run_as_root() -> None:
    user = process.unprivileged_user()
    with process.server_directory("user-") as directory:
        seen = directory / "uid"
        with process.running(
            ["/bin/sh", "-c", f"id -u > {seen}; sleep 60"],
            directory=directory,
            environment={"PATH": os.environ["PATH"]},
            ready=lambda: seen.exists() and bool(seen.read_text()),
            seconds=10,
        ):
            uid = int(seen.read_text())
    assert uid != 0
    assert uid == (user.pw_uid if user else os.getuid())


_LEFT_ALONE = """
import sys, time
from pathlib import Path
from tests.servers.process import running, server_directory
with server_directory("left-") as directory:
    up = directory / "up"
    with running(["/bin/sh", "-c", f"touch {up}; exec sleep 60"], directory=directory,
                 environment={}, ready=up.exists, seconds=30) as server:
        print(server.pid, directory, flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs util-linux")
def test_a_server_does_not_outlive_tests_that_are_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _LEFT_ALONE],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as tests:
        assert tests.stdout is not None
        number, directory = tests.stdout.readline().split()
        pid = int(number)
        assert alive(pid)
        tests.kill()
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    shutil.rmtree(directory)
    assert not alive(pid)


def test_a_jdk_is_judged_by_running_it(tmp_path: Path) -> None:
    make_program(tmp_path / "old/bin/java", "echo 'openjdk version \"17.0.2\"' >&2")
    make_program(tmp_path / "new/bin/java", "echo 'openjdk version \"25\"' >&2")
    make_program(tmp_path / "broken/bin/java", "exit 1")
    assert java.java_version(tmp_path / "old") == 17
    assert java.java_version(tmp_path / "new") == 25
    assert java.java_version(tmp_path / "broken") is None
    assert java.java_version(tmp_path / "none") is None


def test_without_a_new_jdk_the_reason_names_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program(tmp_path / "old/bin/java", "echo 'openjdk version \"17.0.2\"' >&2")
    monkeypatch.setattr(java, "_places", lambda: iter([tmp_path / "old"]))
    with pytest.raises(Unavailable, match=r"ES_JAVA_HOME") as caught:
        java.find_jdk()
    assert "17" in str(caught.value)


def test_without_maven_the_reason_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(elasticsearch, "find_zip", lambda: None)
    with pytest.raises(Unavailable, match="maven"):
        elasticsearch.download_zip()


def test_a_missing_server_is_a_skip_and_with_ci_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no JDK"):
        give_up("no JDK")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="no JDK"):
        give_up("no JDK")


def test_a_free_port_is_free() -> None:
    assert not elasticsearch.answers(process.free_port())


def test_the_log_is_read_even_when_it_is_not_utf8() -> None:
    with process.server_directory("bytes-") as directory:
        server = process.running(
            ["/bin/sh", "-c", r"printf '\377\376 the end'; exit 1"],
            directory=directory,
            environment={},
            ready=lambda: False,
            seconds=20,
        )
        with pytest.raises(Unavailable, match="the end"), server:
            pass


def test_a_program_that_cannot_be_run_is_unavailable() -> None:
    with process.server_directory("none-") as directory:
        server = process.running(
            [str(directory / "nothing")],
            directory=directory,
            environment={},
            ready=lambda: False,
            seconds=20,
        )
        with pytest.raises(Unavailable, match="nothing"), server:
            pass
