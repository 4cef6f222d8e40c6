"""Nu, the W3C's checker of HTML, for as many documents as one likes at once."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.servers.errors import Unavailable
from tests.servers.java import find_jdk
from tools.node import package_file

JAR = "vnu-jar/build/dist/vnu.jar"
OLDEST_JAVA = 11


@dataclass(frozen=True, slots=True)
class Finding:
    """What Nu says of one place in the document called ``name``."""

    name: str
    line: int
    message: str
    extract: str


def check(documents: Mapping[str, str], folder: Path) -> list[Finding]:
    """Every error and warning in these documents; they are written to ``folder``,
    which holds nothing else.

    Raises ``Unavailable`` where there is no Java, or npm has not installed Nu.
    """
    jar = package_file(JAR)
    java = find_jdk(OLDEST_JAVA) / "bin" / "java"
    folder.mkdir()
    names: dict[str, str] = {}
    for number, (name, text) in enumerate(documents.items()):
        path = folder / f"{number}.html"
        path.write_text(text, encoding="utf-8")
        names[path.name] = name
    command = [str(java), "-Xss4m", "-jar", str(jar), "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stderr)["messages"]
    except ValueError as error:
        raise Unavailable(f"Nu did not run: {done.stderr.strip()[-300:]}") from error
    return [
        Finding(
            name=names[Path(unquote(urlsplit(one["url"]).path)).name],
            line=int(one.get("lastLine", 0)),
            message=one["message"],
            extract=one.get("extract", "").strip(),
        )
        for one in told
    ]
