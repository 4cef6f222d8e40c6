"""Sending the forms as a person would who has read them."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

_STAMP = re.compile(r'name="stamp" value="([^"]+)"')
_ROWS = re.compile(r'name="rows" value="([^"]+)"')


def stamp_of(html: str) -> str:
    found = _STAMP.search(html)
    assert found is not None, html[:2000]
    return found[1]


def rows_of(html: str) -> str:
    found = _ROWS.search(html)
    assert found is not None
    return found[1]


def send(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, **fields: Any
) -> Any:
    """Open the form, wait, and send it."""
    stamp = stamp_of(client.get(address).text)
    return sent(client, monkeypatch, address, {**fields, "stamp": stamp})


def sent(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    data: dict[str, Any],
    seconds: int = 10,
) -> Any:
    """Send it so much later than it is."""
    later: Callable[[], float] = time.time
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: later() + seconds)
        return client.post(address, data)
