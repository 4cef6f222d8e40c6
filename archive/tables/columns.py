"""Column heads, and what the cells below them may hold."""

import re
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from archive import materials
from archive.dates import read
from archive.description import EDITABLE, check, label
from archive.errors import ArchiveError, ClassifiedRefused, InvalidValue
from archive.links import LINKS
from archive.models import Record
from archive.vocabulary import (
    CLASSIFIED,
    Calendar,
    Certainty,
    Disclosure,
    Level,
    Material,
    OpenStatus,
    Secrecy,
)

from .cells import MAX_CELL_BYTES
from .problems import Problems

# Heads that are not a field's own name: standards, section 1, and common usage.
_HEADS = {
    "上级档号": "parent",
    "上级": "parent",
    "文件": "files",
    "日期": "date_original",
    "日期（原文）": "date_original",
    "日期（EDTF）": "date_edtf",
    "文号": "document_number",
    "组织机构沿革": "admin_bio_history",
    "人物生平": "admin_bio_history",
    "主题词": "subjects",
    "关键词": "subjects",
    "语言": "language",
    "文字": "language",
    "备注": "note",
}
_NOT_FIELDS = ("parent", "files")
_OPENNESS_BY_DECISION = (
    "open_status",
    "publication_right",
    "personal_information",
    "copyright_status",
    "catalogue_approved",
)
_FIELDS = (
    *sorted(EDITABLE - {"particulars"}),
    "reference_code",
    "secrecy",
    "disclosure_status",
    *_OPENNESS_BY_DECISION,
)
_WORDS: dict[str, dict[str, str]] = {
    "level": {
        "全宗": Level.FONDS,
        "类别": Level.SERIES,
        "类": Level.SERIES,
        "目录": Level.SERIES,
        "案卷": Level.FILE,
        "卷": Level.FILE,
        "件": Level.ITEM,
    },
    "secrecy": {"公开": Secrecy.PUBLIC, "内部": Secrecy.INTERNAL},
    "disclosure_status": {
        "不适用": Disclosure.NOT_APPLICABLE,
        "主动公开": Disclosure.ACTIVE,
        "依申请公开": Disclosure.ON_REQUEST,
        "不予公开": Disclosure.WITHHELD,
    },
    "calendar": {
        "公历": Calendar.GREGORIAN,
        "民国纪年": Calendar.REPUBLIC,
        "年号纪年": Calendar.ERA,
        "干支纪年": Calendar.CYCLE,
        "农历": Calendar.LUNAR,
    },
    "material": {
        "文书": Material.DOCUMENT,
        "照片": Material.PHOTOGRAPH,
        "实物": Material.OBJECT,
        "口述": Material.ORAL_HISTORY,
    },
    "date_certainty": {
        "确定": Certainty.CERTAIN,
        "大约": Certainty.APPROXIMATE,
        "存疑": Certainty.UNCERTAIN,
        "考证": Certainty.INFERRED,
    },
}
_NUMBERS = ("first_page", "last_page")
_PARTICULARS = "particulars."
_YES_NO = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}
_CLASSIFIED = re.compile("|".join(sorted(CLASSIFIED)))


def attribute_of(head: str) -> str | None:
    """The attribute that a head names, in Chinese or itself; None: no such head."""
    return _attributes().get(head.strip().replace("(", "（").replace(")", "）"))


def gathered(fields: dict[str, Any]) -> dict[str, Any]:
    """``fields`` with the particulars, each from a column of its own, as one value."""
    plain = {
        name: value
        for name, value in fields.items()
        if not name.startswith(_PARTICULARS)
    }
    given = {
        name.removeprefix(_PARTICULARS): value
        for name, value in fields.items()
        if name.startswith(_PARTICULARS)
    }
    return {**plain, "particulars": given} if given else plain


def needs_decision(attribute: str) -> bool:
    """Whether only a decision by two people may set this."""
    return attribute in _OPENNESS_BY_DECISION


def classified_word(text: str) -> str:
    """The first marking of a state secret in ``text``, or ""."""
    found = _CLASSIFIED.search(text)
    return found[0] if found else ""


def read_cells(
    row: int, cells: dict[str, str], heads: dict[str, str], report: Problems
) -> dict[str, Any] | None:
    """Field values of a row, without ``parent`` and ``files``; None if it is bad.

    ``cells`` is by attribute; ``heads`` gives each its head for the report.
    """
    fields: dict[str, Any] = {}
    good = True
    for attribute, cell in cells.items():
        head = heads.get(attribute, attribute)
        if len(cell.encode()) > MAX_CELL_BYTES:
            good = False
            message = _("单元格超过 %(n)d kB，请缩短。") % {"n": MAX_CELL_BYTES // 1000}
            report.problem(row, head, message)
            continue
        if attribute in ("parent", "files", "reference_code"):
            continue
        try:
            value = value_of(attribute, cell.strip())
        except ArchiveError as error:
            good = False
            report.problem(row, head, error)
            continue
        except ValueError:
            good = False
            report.problem(row, head, choices(attribute, cell))
            continue
        if value is not None:
            fields[attribute] = value
    if good:
        notice_dates(row, fields, heads, report)
    return gathered(fields) if good else None


def value_of(attribute: str, cell: str) -> Any:
    """A cell's value; None where it says nothing. ``ValueError``: not a choice."""
    if attribute in LINKS:
        link = LINKS[attribute]
        return link.checked(link.from_cell(cell)) or None
    if cell == "" or needs_decision(attribute):
        return None
    if attribute == "secrecy" and (word := classified_word(cell)):
        raise ClassifiedRefused(word)
    if attribute == "is_demonstration":
        if cell.lower() not in _YES_NO:
            raise ValueError
        return _YES_NO[cell.lower()]
    if attribute in _WORDS:
        words = _WORDS[attribute]
        if cell not in words and cell not in words.values():
            raise ValueError
        return str(words.get(cell, cell))
    return _plain_value(attribute, cell)


def _plain_value(attribute: str, cell: str) -> Any:
    if attribute.startswith(_PARTICULARS):
        materials.checked({attribute.removeprefix(_PARTICULARS): cell})
        return cell
    if attribute in _NUMBERS:
        if not cell.strip().isdecimal() or len(cell) > 9:
            raise InvalidValue(label(attribute), cell)
        return int(cell)
    check(attribute, cell)
    return cell


def choices(attribute: str, cell: str) -> str:
    words = ["是", "否"] if attribute == "is_demonstration" else _WORDS[attribute]
    return _("不接受“%(cell)s”；可填：%(words)s。") % {
        "cell": cell[:40],
        "words": "、".join(words),
    }


def notice_dates(
    row: int, fields: dict[str, Any], heads: dict[str, str], report: Problems
) -> None:
    for attribute in ("date_original", "date_edtf"):
        reading = read(fields.get(attribute, ""))
        if reading.problem:
            message = _("%(why)s已照录原文，但不能按日期检索。")
            report.notice(row, heads[attribute], message % {"why": reading.problem})
        elif reading.ambiguous and not fields.get("date_edtf"):
            message = _("原文没有写明是哪一年，暂按 %(dates)s 检索；请在著录时选定。")
            report.notice(row, heads[attribute], message % {"dates": reading.edtf})


def notice_of_openness(attribute: str) -> str:
    """What a column on openness is answered with."""
    if attribute == "open_status":
        labels = "、".join(str(label) for label in OpenStatus.labels)
        return _(
            "“开放标识”（%(labels)s）没有导入：开放须经初审、审定两人办理，"
            "导入的档案一律为未审核。"
        ) % {"labels": labels}
    return _("此列没有导入：须经初审、审定两人办理。")


@cache
def _attributes() -> dict[str, str]:
    """Attribute by head: its own name, its label in the source language, others."""
    with override("zh-hans"):
        labels = {
            str(getattr(Record._meta.get_field(name), "verbose_name", name)): name
            for name in _FIELDS
        }
        labels |= {str(link.label): name for name, link in LINKS.items()}
    particulars = materials.columns()
    names = {
        name: name for name in (*_FIELDS, *_NOT_FIELDS, *LINKS, *particulars.values())
    }
    return {**particulars, **labels, **_HEADS, **names}


def attribute_choices() -> list[str]:
    """The attributes that a person may give to a column, in a stable order."""
    fields = [name for name in _FIELDS if not needs_decision(name)]
    return [
        "reference_code",
        "parent",
        *sorted(set(fields) - {"reference_code"}),
        *sorted(set(materials.columns().values()) - {"material"}),
        *LINKS,
    ]
