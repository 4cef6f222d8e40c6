"""Asking other sites whether what our pages link to is still there.

Only http and https, only addresses of the public internet, and the very address that
was judged is the one that is connected to: a link in a page cannot make the server
look into the house's own network. A site is asked once a second at most.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

Verdict = Literal["works", "broken", "unknown", "refused", "no such host"]
Resolve = Callable[[str, int], list[str]]

PORTS = frozenset({80, 443, 8080, 8443})
MOST_REDIRECTS = 5
SECONDS_AN_ANSWER = 10.0
SECONDS_A_LINK = 30.0
SECONDS_BETWEEN = 1.0
# NAT64 (RFC 6052, 8215) and addresses "compatible" with IPv4 (RFC 4291).
_TRANSLATED = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))
)
_GONE = frozenset({400, 404, 410})
# The site is there, and does not want to be asked by a machine.
_KEEPS_TO_ITSELF = frozenset({401, 403, 405, 406, 407, 418, 429, 451, 999})


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is the last HTTP status, None where there was none."""

    verdict: Verdict
    status: int | None = None


class _Refused(Exception):
    """Not an address to be asked."""


class _NoSuchHost(Exception):
    """The name is not known, as far as can be told from here."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host; ``OSError`` as ``socket.getaddrinfo`` raises it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether this IP address is one of the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # A gateway would turn it into the address that is written in it.
        within = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(ip in network for network in _TRANSLATED):
            within.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(one and not _is_global(one) for one in within):
            return False
        ip = ip.ipv4_mapped or ip
    return _is_global(ip)


def _is_global(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast


class Asker:
    """``ask(url)``; remembers when it asked which site last."""

    def __init__(
        self,
        resolve: Resolve = resolve,
        is_public: Callable[[str], bool] = is_public,
        ports: Iterable[int] = PORTS,
        pause: float = SECONDS_BETWEEN,
    ) -> None:
        self._resolve, self._is_public = resolve, is_public
        self._ports, self._pause = frozenset(ports), pause
        self._asked: dict[str, float] = {}

    def ask(self, url: str) -> Answer:
        """Follows redirects, each judged anew; never raises."""
        try:
            return self._follow(url)
        except (_Refused, ValueError):
            return Answer("refused")
        except _NoSuchHost:
            return Answer("no such host")
        except (OSError, http.client.HTTPException):
            return Answer("unknown")

    def _follow(self, url: str) -> Answer:
        for _step in range(MOST_REDIRECTS + 1):
            status, location = self._get(url)
            if 300 <= status < 400 and location:
                url = urljoin(url, location)
                continue
            return Answer(_verdict(status), status)
        return Answer("broken", status)

    def _get(self, url: str) -> tuple[int, str]:
        """HEAD, and GET where a site does not answer that well."""
        status, location = self._request("HEAD", url)
        if status >= 400:
            status, location = self._request("GET", url)
        return status, location

    def _request(self, method: str, url: str) -> tuple[int, str]:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise _Refused
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if port not in self._ports or parts.username or parts.password:
            raise _Refused
        host = parts.hostname.encode("idna").decode()
        address = self._judged(host, port)
        self._wait(host)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            path = f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}"
        connection = _connect(parts.scheme, host, address, port)
        return _exchange(connection, method, path)

    def _judged(self, host: str, port: int) -> str:
        try:
            addresses = self._resolve(host, port)
        except socket.gaierror as error:
            raise _NoSuchHost from error
        # One private address among public ones is enough to be suspicious.
        if not addresses or not all(map(self._is_public, addresses)):
            raise _Refused
        return addresses[0]

    def _wait(self, host: str) -> None:
        before = self._asked.get(host)
        if before is not None:
            time.sleep(max(0.0, before + self._pause - time.monotonic()))
        self._asked[host] = time.monotonic()


def _verdict(status: int) -> Verdict:
    if status < 400 or status in _KEEPS_TO_ITSELF:
        return "works"
    return "broken" if status in _GONE else "unknown"


class _Plain(http.client.HTTPConnection):
    """Connects to ``address``, whatever the name says by now."""

    def __init__(self, host: str, address: str, port: int) -> None:
        super().__init__(host, port, timeout=SECONDS_AN_ANSWER)
        self._address = address

    def connect(self) -> None:
        where = (self._address, self.port)
        self.sock = socket.create_connection(where, SECONDS_AN_ANSWER)


class _Secure(_Plain):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _connect(scheme: str, host: str, address: str, port: int) -> _Plain:
    kind = _Secure if scheme == "https" else _Plain
    return kind(host, address, port)


def _exchange(connection: _Plain, method: str, path: str) -> tuple[int, str]:
    """Status and ``Location``; the body is not read."""
    headers = {"User-Agent": _user_agent(), "Accept": "*/*"}
    # A site that drips a byte at a time is not waited for.
    clock = threading.Timer(SECONDS_A_LINK, _cut, [connection])
    clock.start()
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        clock.cancel()
        connection.close()


def _cut(connection: _Plain) -> None:
    if connection.sock is not None:
        connection.sock.close()


def _user_agent() -> str:
    return f"link-check (+{settings.WAGTAILADMIN_BASE_URL})"
