"""What the archive refuses to do, by name; ``str(error)`` is fit for a person."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from archive.vocabulary import Role


class ArchiveError(Exception):
    """Base of all errors of this package."""


class InvalidReferenceCode(ArchiveError):
    """A reference code that cannot be one."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "档号“%(code)s”无效：不能为空，不能超过 120 字，"
                "不能含有 %(refused)s 和控制字符。"
            )
            % {"code": code[:60], "refused": "/ ? # % \\"}
        )


class ReferenceCodeTaken(ArchiveError):
    """The code belongs, or once belonged, to another record."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("档号“%(code)s”已被使用，或曾被使用；档号不得重复使用。") % {"code": code}
        )


class CodesTaken(ArchiveError):
    """Several codes are not to be had; none was given."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            _("下列档号已被使用、曾被使用或重复，没有改动任何档号：%(codes)s")
            % {"codes": "、".join(codes[:20]) + ("……" if len(codes) > 20 else "")}
        )


class CodeOffTemplate(ArchiveError):
    """The template of the fonds is strict, and the code does not follow it."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)


class NotSiblings(ArchiveError):
    """Only among the children of one parent there is an order."""

    def __init__(self) -> None:
        super().__init__(_("只能在同一上级之下调整顺序，请先移动到那个上级。"))


class UnknownField(ArchiveError):
    """A field that a record does not have, or that is changed elsewhere."""

    def __init__(self, name: str) -> None:
        super().__init__(_("档案没有可在此修改的字段“%(name)s”。") % {"name": name})


class InvalidValue(ArchiveError):
    """A value outside the vocabulary of its field."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(
            _("字段“%(name)s”不接受“%(value)s”。") % {"name": name, "value": value}
        )


class ValueTooLong(ArchiveError):
    """A value longer than its field."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            _("字段“%(name)s”不得超过 %(limit)d 字。") % {"name": name, "limit": limit}
        )


class CycleRefused(ArchiveError):
    """A record may not come to lie below itself."""

    def __init__(self) -> None:
        super().__init__(_("不能把档案移到它自己或它的下级之中；请另选上级。"))


class TreeTooDeep(ArchiveError):
    """The path of the record would not fit its column."""

    def __init__(self) -> None:
        super().__init__(_("层级过深，不能再向下建立档案。"))


class OpeningRefused(ArchiveError):
    """Only two people's decision opens a record; another place in the tree does not."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "移到这里会使档案比现在更开放，而开放须经审核。"
                "请先把要移动的档案审定为“控制”，移动之后再提出开放。"
            )
        )


class InvalidRange(ArchiveError):
    """Two page numbers from 1 on, the first not after the last, or none."""

    def __init__(self) -> None:
        super().__init__(
            _("起始页号和终止页号须同时填写，从 1 起，起始页号不能大于终止页号。")
        )


class PageNotThere(ArchiveError):
    """The volume has no page of this number."""

    def __init__(self, page: int) -> None:
        super().__init__(_("案卷没有第 %(page)d 页。") % {"page": page})


class RangesRefused(ArchiveError):
    """Pages that some items cannot have; ``problems`` says why, by the item's id."""

    NOT_HERE = "not here"
    NO_RANGE = "no range"
    OUTSIDE = "outside"

    def __init__(self, problems: Mapping[int, str]) -> None:
        self.problems = {pk: self.said(one) for pk, one in problems.items()}
        super().__init__(_("有的件页号不对，全部没有保存；请改正标出的各行。"))

    @classmethod
    def said(cls, problem: str) -> str:
        """In words for a person."""
        return {
            cls.NOT_HERE: _("这一件已不在此案卷之中。"),
            cls.OUTSIDE: _("案卷没有这么多页。"),
        }.get(problem, str(InvalidRange()))


class PagesWouldOpen(ArchiveError):
    """Only two people's decision opens a page; dividing a volume does not."""

    def __init__(self, code: str, pages: Sequence[int]) -> None:
        super().__init__(
            _(
                "这样改会使“%(code)s”的第 %(pages)s 页让更多人看到，而开放须经审核。"
                "请先把这些页划给同样不开放的另一件，或先审定这一件的开放。"
            )
            % {"code": code, "pages": "、".join(map(str, pages[:20]))}
        )


class RecordNotEmpty(ArchiveError):
    """Only a record with neither children nor pages may be deleted."""

    def __init__(self) -> None:
        super().__init__(_("档案还有下级或页面，不能删除。"))


class ClassifiedRefused(ArchiveError):
    """State secrets never enter this system."""

    def __init__(self, value: str) -> None:
        super().__init__(
            _(
                "不接受密级“%(value)s”：国家秘密不得存入本系统。"
                "请立即停止操作，并按保密规定处理原件。"
            )
            % {"value": value}
        )


class IncompleteDescription(ArchiveError):
    """What DA/T 18 requires at the level is missing (labels of the elements)."""

    def __init__(self, code: str, missing: Iterable[str]) -> None:
        super().__init__(
            _("档案“%(code)s”缺少必备项：%(missing)s。请补齐后再发布。")
            % {"code": code, "missing": "、".join(missing)}
        )


class RequiredEmptied(ArchiveError):
    """A published description keeps what is required."""

    def __init__(self, code: str, missing: Iterable[str]) -> None:
        super().__init__(
            _("档案“%(code)s”的著录已经发布，必备项不能清空：%(missing)s。")
            % {"code": code, "missing": "、".join(missing)}
        )


class NotPublished(ArchiveError):
    """Nobody outside the house sees a description that nobody has reviewed."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("档案“%(code)s”的著录尚未发布，不能开放。请先提交审核并发布。")
            % {"code": code}
        )


class NothingToReview(ArchiveError):
    """The record has nothing that was submitted."""

    def __init__(self, code: str) -> None:
        super().__init__(_("档案“%(code)s”没有待审的著录。") % {"code": code})


class NothingToSubmit(ArchiveError):
    """The record is published and has no changes that wait."""

    def __init__(self, code: str) -> None:
        super().__init__(_("档案“%(code)s”没有可提交的改动。") % {"code": code})


class OwnDescription(ArchiveError, PermissionError):
    """Two different people: one describes, the other publishes."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("档案“%(code)s”由您著录或提交，须由另一人发布。") % {"code": code}
        )


class SubmittedAnew(ArchiveError):
    """What was looked at is no longer what would be published."""

    def __init__(self) -> None:
        super().__init__(
            _("您核对之后，著录又改过或重新提交过，没有发布；请返回再核对一次。")
        )


class SamePerson(ArchiveError, PermissionError):
    """Two different people decide on openness."""

    def __init__(self) -> None:
        super().__init__(_("初审与审定须由两人分别完成。"))


class AlreadyDecided(ArchiveError):
    """A proposal is approved or refused once."""

    def __init__(self) -> None:
        super().__init__(_("该项审核已经办结。"))


class DecisionOutdated(ArchiveError):
    """The record is no longer what it was when the proposal was made."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("档案“%(code)s”的现值已与初审时不同，请重新提出。") % {"code": code}
        )


class ReasonMissing(ArchiveError):
    """Every decision names what it rests on."""

    def __init__(self) -> None:
        super().__init__(_("请写明依据。"))


class InvalidGrant(ArchiveError):
    """A grant that lifts nobody, or is over before it begins, or is one's own."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class LogIsAppendOnly(ArchiveError):
    """Decisions are never changed or removed."""

    def __init__(self) -> None:
        super().__init__(_("审核记录只能追加，不得修改或删除。"))


class ParticularRefused(ArchiveError):
    """A particular that the material does not have, or that is no text."""

    def __init__(self, name: str, material: str = "") -> None:
        kind = material or _("未注明种类的材料")
        super().__init__(
            _("“%(name)s”不是%(kind)s的特征项；请先选对材料种类，或去掉这一项。")
            % {"name": name, "kind": kind}
        )


class AcquisitionNumberTaken(ArchiveError):
    """Two acquisitions never share a number."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("征集号“%(number)s”已被使用；请留空由系统编号，或另填一个。")
            % {"number": number}
        )


class WrongStep(ArchiveError):
    """An acquisition goes from registered to appraised to accessioned."""

    def __init__(self, step: str, status: str) -> None:
        super().__init__(
            _("此项征集的状态是“%(status)s”，不能办理“%(step)s”。")
            % {"status": status, "step": step}
        )


class NothingToAccession(ArchiveError):
    """No item was chosen, or those chosen are in the holdings already."""

    def __init__(self) -> None:
        super().__init__(_("没有可入藏的件：请勾选尚未入藏的件。"))


class CodeMissing(ArchiveError):
    """The first of the things to be accessioned needs a reference code."""

    def __init__(self) -> None:
        super().__init__(
            _("请填写档号：第一件必填；以下各件留空时，接着上一件的末尾数字编。")
        )


class InvalidName(ArchiveError):
    """A name that an authority cannot have, or names without a preferred one."""

    @classmethod
    def blank(cls) -> "InvalidName":
        return cls(_("名称不能为空。"))

    @classmethod
    def with_marks(cls, name: str, refused: str) -> "InvalidName":
        return cls(
            _("名称“%(name)s”中不能有 %(refused)s 和控制字符；括注请用圆括号。")
            % {"name": name.replace("\x00", "␀"), "refused": " ".join(refused)}
        )

    @classmethod
    def without_preferred(cls) -> "InvalidName":
        return cls(_("须有一个、也只能有一个名称是“规范名称”。"))


class BroaderRefused(ArchiveError):
    """Places alone lie in one another, and none in itself."""

    @classmethod
    def not_a_place(cls, name: str) -> "BroaderRefused":
        return cls(_("“%(name)s”不是地点；只有地点有上级和下级地点。") % {"name": name})

    @classmethod
    def within_itself(cls, name: str) -> "BroaderRefused":
        return cls(_("“%(name)s”不能位于它自己或它的下级之中。") % {"name": name})

    @classmethod
    def too_deep(cls, limit: int) -> "BroaderRefused":
        return cls(_("地点的层级不能超过 %(limit)d 层。") % {"limit": limit})


class AuthorityInUse(ArchiveError):
    """Only an authority that nothing refers to may be deleted."""

    def __init__(self, name: str, records: int, below: int) -> None:
        super().__init__(
            _(
                "“%(name)s”还关联着 %(records)d 条档案，有 %(below)d 个下级地点，"
                "不能删除；如与别的规范记录重复，请合并。"
            )
            % {"name": name, "records": records, "below": below}
        )


class CannotMerge(ArchiveError):
    """Two or more of one kind are merged, and all of them must be there."""

    @classmethod
    def too_few(cls) -> "CannotMerge":
        return cls(_("请至少选两条规范记录。"))

    @classmethod
    def gone(cls) -> "CannotMerge":
        return cls(_("所选的规范记录有的已被合并或删除，请重新选择。"))

    @classmethod
    def of_kinds(cls) -> "CannotMerge":
        return cls(_("人物、机构、地点不能互相合并；请先改正类型。"))


class UnknownAuthority(ArchiveError):
    """A name or number that no authority has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("没有名为“%(name)s”的规范记录；请先建立，或改用已有的名称或规范号。")
            % {"name": name}
        )


class AmbiguousAuthority(ArchiveError):
    """A name that several have: the number says which is meant."""

    def __init__(self, name: str, options: Sequence[str]) -> None:
        super().__init__(
            _("“%(name)s”可指 %(options)s；请写明规范号，如“%(name)s〔%(first)s〕”。")
            % {
                "name": name,
                "options": _("、").join(options[:5]),
                "first": options[0].rpartition("（")[2].rstrip("）"),
            }
        )


class NumberOfAnother(ArchiveError):
    """The number belongs to one that was never called so."""

    def __init__(self, number: str, name: str, typed: str) -> None:
        super().__init__(
            _("规范号 %(number)s 是“%(name)s”，不是“%(typed)s”；请改正其一。")
            % {"number": number, "name": name, "typed": typed}
        )


class UnknownRole(ArchiveError):
    """A word that is no role."""

    def __init__(self, word: str) -> None:
        super().__init__(
            _("没有“%(word)s”这种关系；可填：%(roles)s。")
            % {"word": word, "roles": _("、").join(map(str, Role.labels))}
        )


class RoleUnfit(ArchiveError):
    """A role that this kind of authority cannot have."""

    def __init__(self, role: str, name: str, kind: str) -> None:
        super().__init__(
            _("“%(name)s”是%(kind)s，不能是“%(role)s”；请改选关系或名称。")
            % {"name": name, "kind": kind, "role": Role(role).label}
        )
