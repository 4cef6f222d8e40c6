"""What became of a row, for the report."""

from django.utils.translation import gettext as _

from archive.folios import NewFolio, pages_wait
from archive.models import Record

from .files import listed
from .pages import Places
from .report import Report
from .rows import Row


def enter(
    row: Row, record: Record | None, places: Places, report: Report, *, created: bool
) -> None:
    """Count the record and its pages, and tell what a person should know of them.

    ``record`` is None where a dry run would make it.
    """
    report.created += created
    report.existing += not created
    report.pages += len(places.new)
    report.pages_existing += places.present
    for page, sequence in places.conflicts:
        message = _(
            "第 %(n)d 页是同名的另一影像，没有替换，这个文件没有导入；"
            "如须另存为一页，请改用别的文件名。"
        )
        report.problem(
            row.number, row.head("files"), message % {"n": sequence}, page.filename
        )
    _notice_late(row, places, report)
    _notice_renamed(row, places, report)
    if record is not None and places.new and pages_wait(record):
        report.pages_waiting += len(places.new)
        message = _(
            "档案已经开放，新增的 %(n)d 页未经审核，先行隔离，只有馆内可见；"
            "请核对后在后台解除隔离。"
        )
        _notice(row, "reference_code", message % {"n": len(places.new)}, report)


def notice_differences(row: Row, record: Record, report: Report) -> None:
    """An ingest describes new records only; say where the table differs."""
    if row.number == 0:
        return
    parent = record.parent.reference_code if record.parent else ""
    differing = [
        row.head(name)
        for name, value in row.fields.items()
        if name != "tags" and getattr(record, name) != value
    ]
    if parent != row.parent_code:
        differing.append(row.head("parent"))
    if differing:
        message = _("档案已存在，著录没有改动；与表中不同的项：%(heads)s。")
        heads = "、".join(filter(None, differing))
        _notice(row, "reference_code", message % {"heads": heads}, report)


def _notice_late(row: Row, places: Places, report: Report) -> None:
    if places.late:
        message = _(
            "这 %(n)d 个文件本应排在已有各页之间；页次不能改动，"
            "已排在最后（自第 %(first)d 页起）：%(files)s"
        )
        values = {"n": len(places.late), "first": places.late[0].sequence}
        files = listed([page.filename for page in places.late])
        _notice(row, "files", message % {**values, "files": files}, report)


def _notice_renamed(row: Row, places: Places, report: Report) -> None:
    if places.renamed:
        message = _("这 %(n)d 个文件与已有的页影像相同，没有重复导入：%(files)s")
        files = listed([_pair(page, number) for page, number in places.renamed])
        values = {"n": len(places.renamed), "files": files}
        _notice(row, "files", message % values, report)


def _pair(page: NewFolio, sequence: int) -> str:
    return _("%(file)s（第 %(n)d 页）") % {"file": page.filename, "n": sequence}


def _notice(row: Row, attribute: str, message: str, report: Report) -> None:
    report.notice(row.number, row.head(attribute), message, row.folder)
