"""What the thesaurus refuses, by name; ``str(error)`` tells the remedy, too."""

from django.utils.translation import gettext as _

from archive.errors import ArchiveError


class LabelMissing(ArchiveError):
    """Every concept has a preferred label."""

    def __init__(self) -> None:
        super().__init__(_("请填写正式词。"))


class LabelTaken(ArchiveError):
    """A name leads to one concept at most."""

    def __init__(self, name: str, number: str, label: str) -> None:
        super().__init__(
            _(
                "“%(name)s”已是“%(label)s”（%(number)s）的词（不分简繁、大小写）；"
                "请换一个词，或把两个主题词合并。"
            )
            % {"name": name, "number": number, "label": label}
        )


class InvalidNumber(ArchiveError):
    """A number that cannot be one."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "编号“%(number)s”无效：只用字母、数字和 . - _，以字母或数字开头，"
                "不超过 40 字；留空则由系统编号。"
            )
            % {"number": number}
        )


class NumberTaken(ArchiveError):
    """A number is given once and for all."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("编号“%(number)s”已被使用或曾被使用，不得重复；请留空由系统编号。")
            % {"number": number}
        )


class UnknownSubject(ArchiveError):
    """Neither a number nor a name of the thesaurus."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("主题词表中没有“%(name)s”；请先建立它，或改为已有的词或编号。")
            % {"name": name}
        )


class BroaderCycle(ArchiveError):
    """No concept lies above itself."""

    def __init__(self, label: str, broader: str) -> None:
        super().__init__(
            _("“%(label)s”不能以“%(broader)s”为上位词：它会成为自己的上位词。")
            % {"label": label, "broader": broader}
        )


class SubjectTooDeep(ArchiveError):
    """More levels than a path holds."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("“%(label)s”的层级过深，请换一个上位词。") % {"label": label}
        )


class RelatedRefused(ArchiveError):
    """SKOS S27: what is broader or narrower is not also related."""

    def __init__(self, label: str, other: str) -> None:
        super().__init__(
            _("“%(label)s”与“%(other)s”已有上下位关系（或是同一个），不能再作相关词。")
            % {"label": label, "other": other}
        )


class SubjectInUse(ArchiveError):
    """Only what nothing hangs on is deleted without a replacement."""

    def __init__(self, label: str, records: int, narrower: int) -> None:
        super().__init__(
            _(
                "“%(label)s”有 %(records)d 条档案、%(narrower)d 个下位词，"
                "不能直接删除；请并入另一个主题词，档案和词都会保留。"
            )
            % {"label": label, "records": records, "narrower": narrower}
        )


class MergeRefused(ArchiveError):
    """A concept is merged into another one."""

    def __init__(self) -> None:
        super().__init__(_("请选择另一个主题词作为合并的去向。"))
