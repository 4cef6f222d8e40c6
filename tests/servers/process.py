"""Starting a server as an unprivileged user and stopping it by its id."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.servers.errors import Unavailable

UNPRIVILEGED_USERS = ("nobody", "postgres")


def free_port() -> int:
    """A loopback TCP port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged_user() -> pwd.struct_passwd | None:
    """The account to run servers as, or None when we are not root anyway."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Unavailable("running as root and there is no user to drop to (nobody)")


@contextlib.contextmanager
def server_directory(prefix: str) -> Iterator[Path]:
    """A short-lived directory that belongs to the user the server runs as.

    It lies directly under the temporary folder: the path of a Unix socket may not
    be longer than 107 bytes.
    """
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        directory = Path(name)
        user = unprivileged_user()
        if user is not None:
            os.chown(directory, user.pw_uid, user.pw_gid)
        yield directory


def run(
    command: Sequence[str], *, directory: Path, environment: Mapping[str, str]
) -> None:
    """Run a preparing command as the server's user; ``Unavailable`` if it fails."""
    user = unprivileged_user()
    result = subprocess.run(
        command,
        cwd=directory,
        env=dict(environment),
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if result.returncode != 0:
        raise Unavailable(f"{command[0]} failed: {result.stderr.strip()[-500:]}")


@contextlib.contextmanager
def running(
    command: Sequence[str],
    *,
    directory: Path,
    environment: Mapping[str, str],
    ready: Callable[[], bool],
    seconds: float,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; raises ``Unavailable`` if it never answers.

    ``ready`` is asked a few times a second for at most ``seconds``.
    """
    user = unprivileged_user()
    log = directory / "output.log"
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                [*dies_with_parent(stop_signal), *command],
                cwd=directory,
                env=dict(environment),
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise Unavailable(f"{command[0]} cannot be run: {error}") from error
    try:
        wait_until_ready(process, ready, seconds, log)
        yield process
    finally:
        stop(process, stop_signal)


def dies_with_parent(stop_signal: signal.Signals) -> list[str]:
    """A prefix that has the kernel stop the server should we be killed (Linux)."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    return [setpriv, "--pdeathsig", stop_signal.name.removeprefix("SIG"), "--"]


def wait_until_ready(
    process: subprocess.Popen[bytes],
    ready: Callable[[], bool],
    seconds: float,
    log: Path,
) -> None:
    """Return when the server answers, else ``Unavailable`` with the end of its log."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.2)
    tail = log.read_text(errors="replace")[-1500:]
    raise Unavailable(f"{process.args!r} did not come up in {seconds:.0f} s: {tail}")


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    """End the server: politely, and after 20 seconds by SIGKILL."""
    if process.poll() is None:
        process.send_signal(stop_signal)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            # The whole session: a launcher's server must not outlive it.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)
