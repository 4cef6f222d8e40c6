"""Prepares the demonstration and serves it until Ctrl-C.

    python -m tools.demo

The environment: ``PORT`` (default 8000), ``DATA_DIR`` (default ``var/``), the
search engine as in ``cms/settings``; with ``DEMO_SERVE=0`` it prepares and ends.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.console import run_or_exit, say
from tools.errors import ToolError
from tools.packages import ROOT
from tools.serve import Service, serve

MANAGE = (sys.executable, "manage.py")
DECISIONS = ROOT / "tools" / "demo_decisions.csv"
WEB_THREADS = 8


def main() -> int:
    environment = demo_environment(os.environ)
    data = Path(environment["DATA_DIR"])
    port = wanted_port(environment)
    serving = environment.get("DEMO_SERVE", "1") != "0"
    if serving:
        require_free(port)
    samples = data / "samples"
    say("排印样本", "typesetting the sample collection")
    step([sys.executable, "-m", "tests.samples.typeset", str(samples)], environment)
    say("装入、审核、识别、索引", "loading, deciding, recognising, indexing")
    step(
        [*MANAGE, "demo", str(samples), "--decisions", str(DECISIONS)],
        environment,
    )
    if not serving:
        return 0
    require_free(port)
    return serve(services(port), environment, port, lambda: greet(data, port))


def demo_environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of every process of the demonstration.

    This machine counts as the reading room unless told otherwise, so that the
    researcher's account shows what the reading room sees.
    """
    return {
        "DATA_DIR": str(ROOT / "var"),
        "READING_ROOM_NETWORKS": "127.0.0.0/8,::1/128",
        **given,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "DEBUG": "0",
        "PYTHONUNBUFFERED": "1",
    }


def wanted_port(environment: Mapping[str, str]) -> int:
    text = environment.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ToolError(
            f"PORT={text} 不是端口号（1-65535）\n"
            f"PORT={text} is not a port number (1-65535)"
        )
    return int(text)


def require_free(port: int) -> None:
    """``ToolError`` when something listens on the port already."""
    with socket.socket() as probe:
        # As the web server does: a port in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ToolError(
                f"端口 {port} 不可用（{error.strerror}）。"
                "演示可能已在运行；也可以换一个端口：\n"
                f"Port {port} cannot be used ({error.strerror}). "
                "The demonstration may be running already; or take another port:\n\n"
                f"    PORT={port + 1 if port < 65535 else 8000} make demo"
            ) from error


def step(command: list[str], environment: Mapping[str, str]) -> None:
    """Run one step with its output in view; ``ToolError`` when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=dict(environment), check=False)
    if done.returncode != 0:
        shown = " ".join(command[1:4])
        raise ToolError(
            f"这一步未成功（见上文）：{shown}\nThis step failed (see above): {shown}"
        )


def services(port: int) -> list[Service]:
    """The web server and the worker."""
    gunicorn = (
        *(sys.executable, "-m", "gunicorn", "cms.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--threads", str(WEB_THREADS)),
        *("--graceful-timeout", "5"),
        *("--log-level", "warning", "--no-control-socket"),
    )
    return [
        Service("网页服务 · web server", gunicorn),
        Service("后台处理 · worker", (*MANAGE, "worker")),
    ]


def greet(data: Path, port: int) -> None:
    """Say where the demonstration is and who may come in."""
    accounts = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
    print(f"\n  首页 · home         http://127.0.0.1:{port}/")
    print(f"  检索 · search       http://127.0.0.1:{port}/search/")
    print(f"  后台 · admin        http://127.0.0.1:{port}/admin/")
    print("\n  演示账号 · demonstration accounts")
    for account in accounts:
        name, password = account["username"], account["password"]
        print(f"    {name:<12} {password:<18} {account['role']}")
    print("\n  按 Ctrl-C 结束 · Ctrl-C to stop\n", flush=True)


if __name__ == "__main__":
    run_or_exit(main)
