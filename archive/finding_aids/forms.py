"""The forms of paper finding aids, with the column heads that the standards name.

The heads are those of the paper, in Chinese in any language of the interface.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Record
from archive.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of sheet; ``heads`` is empty where it is no table.

    ``levels``: the records that have one. ``lists`` is the level of its rows,
    ``children`` whether they lie directly below the record. ``for_readers``: whether
    there is a copy that holds only what the public may see.
    """

    name: str
    title: str
    levels: tuple[str, ...]
    heads: tuple[str, ...] = ()
    lists: str = ""
    children: bool = False
    landscape: bool = False
    for_readers: bool = True


FONDS_GUIDE = Form("fonds-guide", "全宗介绍", (Level.FONDS,))
FILE_LIST = Form(
    "file-list",
    "案卷目录",
    (Level.FONDS, Level.SERIES),
    ("案卷号", "题名", "起止日期", "保管期限", "件数", "页数", "备注"),
    lists=Level.FILE,
)
# DA/T 22-2015 (standards, section 2).
FILING_LIST = Form(
    "filing-list",
    "归档文件目录",
    (Level.FONDS, Level.SERIES),
    ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"),
    lists=Level.ITEM,
    landscape=True,
)
# GB/T 9705-2008, as are the note at the end of a file and its cover.
CONTENTS = Form(
    "contents",
    "卷内文件目录",
    (Level.FILE,),
    ("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注"),
    lists=Level.ITEM,
    children=True,
)
FILE_NOTE = Form("file-note", "卷内备考表", (Level.FILE,), for_readers=False)
COVER = Form("cover", "案卷封面", (Level.FILE,), for_readers=False)

FORMS: dict[str, Form] = {
    form.name: form
    for form in (FONDS_GUIDE, FILE_LIST, FILING_LIST, CONTENTS, FILE_NOTE, COVER)
}


def forms_of(record: Record) -> list[Form]:
    """The sheets that a record of this level has, the first the most usual."""
    return [form for form in FORMS.values() if record.level in form.levels]


def forms_of_lists() -> Iterable[Form]:
    """Those that may be printed of any choice of records."""
    return (FILING_LIST, FILE_LIST)
