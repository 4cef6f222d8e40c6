"""个人信息核查: nothing of some kinds goes out before a second person cleared it.

What is cleared is one text: any change of a word makes it another one, while saving
it again unchanged does not. The detectors of ``archive.personal_data`` help; whether
they find something or nothing, it is a person's word that counts.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from archive.personal_data import Kind, find
from cms.editing import leaves, plain, rules
from cms.editing.errors import NoteMissing, NotThisPerson, TextChanged, Uncleared
from cms.editing.leaves import Leaf
from cms.models.personal_data import PersonalDataClearance

CLEAR: Final = "cms.personal_data.clear"
RIGHT: Final = "cms.add_personaldataclearance"
LABELS: Final[dict[Kind, Promise]] = {
    Kind.RESIDENT_ID: _("身份证号"),
    Kind.MOBILE: _("手机号"),
    Kind.LANDLINE: _("固定电话"),
    Kind.BANK_CARD: _("银行卡号"),
    Kind.PLATE: _("车牌号"),
    Kind.EMAIL: _("电子邮箱"),
    Kind.NAME: _("姓名"),
}
_AROUND = 12
# Of Wagtail's own fields, those that readers see.
_READ = frozenset({"title", "seo_title", "search_description", "slug"})


@dataclass(frozen=True, slots=True)
class Hint:
    """``found`` with its surroundings; ``place`` says in words where it stands."""

    kind: str
    label: str
    before: str
    found: str
    after: str
    place: str
    doubtful: bool


def is_checked(obj: Any) -> bool:
    """Whether a page of this kind needs a clearance."""
    return bool(getattr(obj, "checks_personal_data", False))


def hints(obj: Any) -> tuple[Hint, ...]:
    """What the detectors find in a page; () where its kind is not checked."""
    return tuple(hints_in(leaves.of(obj))) if is_checked(obj) else ()


def hints_in(found: Iterable[Leaf]) -> Iterable[Hint]:
    """Also in what is quoted: a quotation names a person just as well."""
    for leaf in found:
        if leaf.kind not in ("text", "html"):
            continue
        text = plain.read(leaf.value).text if leaf.kind == "html" else leaf.value
        for one in find(text):
            yield Hint(
                one.kind.value,
                str(LABELS[one.kind]),
                text[max(0, one.start - _AROUND) : one.start],
                one.found,
                text[one.end : one.end + _AROUND],
                leaf.place,
                one.doubtful,
            )


def digest_of(revision: Revision) -> str:
    """SHA-256 of what the revision says: its own fields, without its bookkeeping."""
    content = revision.content
    model: Any = revision.content_type.model_class()
    inherited = {field.name for field in Page._meta.get_fields()} - _READ
    names = {field.name for field in model._meta.get_fields()} - inherited
    relations = {one.get_accessor_name() for one in get_all_child_relations(model)}
    said = {
        name: _children(value) if name in relations else value
        for name, value in content.items()
        if name in names
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _children(rows: Any) -> Any:
    """Without the numbers that rows get when the page is published."""
    if not isinstance(rows, list):
        return rows
    return [
        {name: value for name, value in row.items() if name not in ("pk", "page")}
        for row in rows
    ]


def clearance_of(
    page: Any, revision: Revision, authors: set[int]
) -> PersonalDataClearance | None:
    """The newest word on exactly this text, by somebody who is none of ``authors``."""
    given = PersonalDataClearance.objects.filter(
        page_id=page.pk, digest=digest_of(revision)
    )
    found: PersonalDataClearance | None = given.exclude(by__in=authors).first()
    return found


def current(page: Any) -> PersonalDataClearance | None:
    """That of the newest draft."""
    revision = page.get_latest_revision()
    if revision is None:
        return None
    return clearance_of(page, revision, rules.authors(page))


def require(page: Any, revision: Revision) -> PersonalDataClearance | None:
    """The clearance of what is about to go out; ``Uncleared`` where there is none.

    None where the page's kind is not checked.
    """
    if not is_checked(page):
        return None
    found = clearance_of(page, revision, rules.authors(page))
    if found is None:
        raise Uncleared
    return found


def refusal(page: Any, user: Any) -> str:
    """Why this account may not clear the newest draft; "" if it may."""
    if not user.has_perm(RIGHT):
        return str(_("您的角色不核查个人信息。"))
    if page.get_latest_revision() is None:
        return str(_("这一页还没有保存过。"))
    if user.pk in rules.authors(page):
        return str(_("写了这一稿的人不能核查它，请由他人办理。"))
    return ""


def clear(
    page: Any, user: Any, *, note: str, revision: int | None
) -> PersonalDataClearance:
    """Say that ``revision``, which must be the newest, may go out.

    ``ReviewError`` says why not: not this person, no note, or the text was changed
    since it was read.
    """
    if not note.strip():
        raise NoteMissing
    with transaction.atomic():
        held = Page.objects.select_for_update().get(pk=page.pk).specific
        if said := refusal(held, user):
            raise NotThisPerson(said)
        newest = held.get_latest_revision()
        if newest.pk != revision:
            raise TextChanged(_("您打开之后内容有了改动，请重新核查。"))
        found = hints(newest.as_object())
        cleared = PersonalDataClearance.objects.create(
            page=Page.objects.get(pk=held.pk),
            revision=newest.pk,
            title=str(newest.as_object())[:255],
            digest=digest_of(newest),
            findings=dict(Counter(one.kind for one in found)),
            note=note.strip(),
            by=user,
            name=_name_of(user),
        )
        data = {"revision": newest.pk, "digest": cleared.digest}
        log(held, CLEAR, user=user, revision=newest, data=data)
    return cleared


def told(cleared: PersonalDataClearance | None) -> dict[str, Any]:
    """For the sign-off sheet: who, when, on how many hints, with which note."""
    if cleared is None:
        return {}
    return {
        "name": cleared.name,
        "at": timezone.localtime(cleared.at).strftime("%Y-%m-%d %H:%M"),
        "findings": sum(cleared.findings.values()),
        "note": cleared.note,
        "digest": cleared.digest,
    }


def _name_of(user: Any) -> str:
    # ``finishing`` asks this module.
    from cms.editing.finishing import name_of

    return name_of(user)
