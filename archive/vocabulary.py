"""Closed vocabularies of the description (DA/T 18-2022; standards, section 1-3).

A value outside its vocabulary is not an error here: whoever decides on openness
must treat it as unknown.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    FONDS = "fonds", _("全宗")
    SERIES = "series", _("类别")
    FILE = "file", _("案卷")
    ITEM = "item", _("件")


class DescriptionStatus(models.TextChoices):
    """Where the description of a record stands; only a published one can be opened."""

    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审")
    PUBLISHED = "published", _("已发布")


class Material(models.TextChoices):
    """What a thing is made of and made for; each has particulars of its own."""

    DOCUMENT = "document", _("文书")
    PHOTOGRAPH = "photograph", _("照片")
    OBJECT = "object", _("实物")
    ORAL_HISTORY = "oral", _("口述")


class OpenStatus(models.TextChoices):
    """开放标识."""

    OPEN = "open", _("开放")
    CONTROLLED = "controlled", _("控制")
    DEFERRED = "deferred", _("延期开放")
    UNREVIEWED = "unreviewed", _("未审核")


class Secrecy(models.TextChoices):
    """密级: state secrets never enter this system (保守国家秘密法 2024)."""

    PUBLIC = "public", _("公开")
    INTERNAL = "internal", _("内部")


# Markings of state secrets, in any of the scripts a cell may be typed in.
CLASSIFIED = frozenset({"绝密", "機密", "机密", "秘密", "絕密"})


class Disclosure(models.TextChoices):
    """公开属性; NOT_APPLICABLE where the material is older than the attribute."""

    NOT_APPLICABLE = "not_applicable", _("不适用")
    ACTIVE = "active", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    WITHHELD = "withheld", _("不予公开")


class Clearance(models.TextChoices):
    """The state of one question that stands between a record and the public."""

    CLEARED = "cleared", _("已核准")
    RESTRICTED = "restricted", _("受限")
    UNKNOWN = "unknown", _("未核查")


class Calendar(models.TextChoices):
    """How the document itself counts."""

    GREGORIAN = "gregorian", _("公历")
    REPUBLIC = "republic", _("民国纪年")
    ERA = "era", _("年号纪年")
    CYCLE = "cycle", _("干支纪年")
    LUNAR = "lunar", _("农历")


class Certainty(models.TextChoices):
    CERTAIN = "certain", _("确定")
    APPROXIMATE = "approximate", _("大约")
    UNCERTAIN = "uncertain", _("存疑")
    INFERRED = "inferred", _("考证")


class Direction(models.TextChoices):
    HORIZONTAL = "h", _("横排")
    VERTICAL = "v", _("竖排")


class Script(models.TextChoices):
    HANS = "hans", _("简体")
    HANT = "hant", _("繁体")


class AuthorityKind(models.TextChoices):
    """What an authority record is about (ISAAR(CPF) 5.1.1, and places)."""

    PERSON = "person", _("人物")
    ORGANISATION = "organisation", _("机构")
    PLACE = "place", _("地点")


class NameKind(models.TextChoices):
    """What a name is to the one that bears it (ISAAR(CPF) 5.1.2 to 5.1.5)."""

    PREFERRED = "preferred", _("规范名称")
    FORMER = "former", _("曾用名称")
    VARIANT = "variant", _("异名")


class Role(models.TextChoices):
    """What an authority has to do with a record; ``FITTING`` says who can have it."""

    CREATOR = "creator", pgettext_lazy("role", "责任者")
    RECIPIENT = "recipient", _("收件者")
    PHOTOGRAPHER = "photographer", _("摄影者")
    INTERVIEWEE = "interviewee", _("受访者")
    INTERVIEWER = "interviewer", _("采访者")
    MENTIONED = "mentioned", _("涉及")
    PLACE = "place", _("地点")
    PLACE_OF_ORIGIN = "origin", _("形成地点")


_AGENTS = frozenset({AuthorityKind.PERSON.value, AuthorityKind.ORGANISATION.value})
_PEOPLE = frozenset({AuthorityKind.PERSON.value})
_PLACES = frozenset({AuthorityKind.PLACE.value})
FITTING: dict[str, frozenset[str]] = {
    Role.CREATOR: _AGENTS,
    Role.RECIPIENT: _AGENTS,
    Role.PHOTOGRAPHER: _AGENTS,
    Role.INTERVIEWEE: _PEOPLE,
    Role.INTERVIEWER: _AGENTS,
    Role.MENTIONED: _AGENTS,
    Role.PLACE: _PLACES,
    Role.PLACE_OF_ORIGIN: _PLACES,
}
"""Role → the kinds of authority that can have it."""
