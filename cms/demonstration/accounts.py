"""The demonstration's accounts: each role has one, editors two, since a page is
reviewed by three people who did not write it. Passwords are made at random.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

ROLES = {
    "archivist": "档案员 archivist",
    "reviewer": "审核员 reviewer",
    "editor": "编辑 editor",
    "editor2": "编辑 editor",
    "trainer": "教师 trainer",
    "researcher": "研究人员 researcher",
    "organiser": "组织者 organiser",
    "admin": "管理员 administrator",
}
"""User name → group. ``admin`` is a superuser besides."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a person needs to come in."""

    username: str
    password: str
    role: str


def provide(path: Path) -> list[Account]:
    """The accounts that ``path`` keeps, made where they are missing.

    The file is readable to its owner only. A password that someone changed in
    the site stays changed; one that the file no longer knows is made anew.
    """
    kept = {account.username: account for account in read(path)}
    accounts = [
        kept.get(name) or Account(name, secrets.token_urlsafe(9), role)
        for name, role in ROLES.items()
    ]
    if [account for account in accounts if account.username not in kept]:
        write(path, accounts)
    for account in accounts:
        store(account, renew=account.username not in kept)
    return accounts


def read(path: Path) -> list[Account]:
    if not path.exists():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Account(**row) for row in rows]


def write(path: Path, accounts: list[Account]) -> None:
    """Replace the file in one step; no one else can read it at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(account) for account in accounts], file, ensure_ascii=False)
    new.replace(path)


def store(account: Account, *, renew: bool) -> None:
    """Have the account in the database; ``renew`` sets its password again."""
    users = get_user_model().objects
    with transaction.atomic():
        user, created = users.get_or_create(
            username=account.username,
            defaults={"is_superuser": account.username == "admin"},
        )
        if created or renew:
            user.set_password(account.password)
            user.save(update_fields=["password"])
        if created:
            user.groups.add(Group.objects.get(name=account.role))
