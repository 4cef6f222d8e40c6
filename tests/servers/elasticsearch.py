"""A real Elasticsearch for the tests.

with elasticsearch_server() as server:
    Elasticsearch(server.url)
"""

import contextlib
import fcntl
import http.client
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.errors import Unavailable
from tests.servers.java import find_jdk
from tests.servers.process import free_port, running, server_directory

VERSION = "9.5.3"
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"
CACHE = Path(__file__).resolve().parents[2] / "var" / "elasticsearch"
HEAP = "512m"
STARTS_WITHIN = 180.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running node: its address and its process id."""

    url: str
    pid: int


@contextlib.contextmanager
def elasticsearch_server() -> Iterator[Server]:
    """Run one empty node on loopback until the block ends.

    Raises ``Unavailable`` where no JDK, no distribution or no start is to be had.
    """
    java_home = find_jdk()
    home = distribution()
    port = free_port()
    with server_directory("es-") as directory:
        configure(home, directory, port)
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(directory),
            "ES_JAVA_HOME": str(java_home),
            "ES_PATH_CONF": str(directory / "config"),
            "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
            "ES_TMPDIR": str(directory / "tmp"),
        }
        with running(
            [str(home / "bin" / "elasticsearch")],
            directory=directory,
            environment=environment,
            ready=lambda: answers(port),
            seconds=STARTS_WITHIN,
        ) as process:
            yield Server(url=f"http://127.0.0.1:{port}", pid=process.pid)


def answers(port: int) -> bool:
    """Whether the node's cluster is up on that port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=2s")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def configure(home: Path, directory: Path, port: int) -> None:
    """Write a node's configuration into ``directory``, readable by its user."""
    config = directory / "config"
    shutil.copytree(home / "config", config)
    settings = {
        "cluster.name": "tests",
        "node.name": "tests",
        "path.data": directory / "data",
        "path.logs": directory / "logs",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": free_port(),
        "discovery.type": "single-node",
        "xpack.security.enabled": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "action.destructive_requires_name": "false",
    }
    lines = [f"{name}: {value}" for name, value in settings.items()]
    (config / "elasticsearch.yml").write_text("\n".join(lines) + "\n")
    (directory / "tmp").mkdir()
    owner = directory.stat()
    if os.geteuid() == 0:
        for path in (*directory.rglob("*"),):
            os.chown(path, owner.st_uid, owner.st_gid)


def distribution() -> Path:
    """The unpacked server, made once under ``var/elasticsearch`` and kept."""
    home = CACHE / f"elasticsearch-{VERSION}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.is_dir():
            unpack(find_zip() or download_zip(), home)
    require_readable(home)
    return home


def unpack(archive: Path, home: Path) -> None:
    """Unpack the zip so that ``home`` appears whole or not at all."""
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        with zipfile.ZipFile(archive) as source:
            for member in source.infolist():
                path = Path(source.extract(member, scratch))
                executable = member.is_dir() or member.external_attr >> 16 & 0o100
                path.chmod(0o755 if executable else 0o644)
        (unpacked,) = Path(scratch).iterdir()
        unpacked.chmod(0o755)
        unpacked.rename(home)


def require_readable(home: Path) -> None:
    """The server's user must be able to walk down to ``home``."""
    if os.geteuid() != 0:
        return
    for folder in (home, *home.parents):
        if not folder.stat().st_mode & 0o001:
            raise Unavailable(
                f"{folder} is closed to other users, and Elasticsearch will not run "
                "as root: open the folder or run the tests as an ordinary user"
            )


def zip_path() -> Path:
    """Where Maven keeps the distribution."""
    repository = Path(
        os.environ.get("MAVEN_REPOSITORY", Path.home() / ".m2" / "repository")
    )
    group = ARTIFACT.replace(":", ".").split(".")
    return repository.joinpath(*group, VERSION, f"elasticsearch-{VERSION}.zip")


def find_zip() -> Path | None:
    """The distribution in the local Maven repository, if it is there and whole."""
    path = zip_path()
    return path if zipfile.is_zipfile(path) else None


def download_zip() -> Path:
    """Have Maven fetch the distribution."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable(
            f"Elasticsearch {VERSION} is not in the local Maven repository "
            "and there is no mvn to fetch it (Debian package: maven)"
        )
    command = [
        maven,
        "-q",
        "dependency:get",
        f"-Dartifact={ARTIFACT}:{VERSION}:zip",
        "-Dtransitive=false",
    ]
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=900, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable("mvn did not fetch Elasticsearch in 15 minutes") from error
    path = find_zip()
    if path is None:
        raise Unavailable(
            f"mvn could not fetch Elasticsearch: {result.stdout.strip()[-500:]}"
        )
    return path
