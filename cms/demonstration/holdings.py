"""What the demonstration shows beside the samples: authorities, one acquisition, codes.

All of it is labelled as demonstration. Organisations, places and the person are
invented and say so in their names; the one real place has its names and their source
from the project's own documentation. Only the ordinary services are used, and what is
there already is left alone.
"""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from archive import acquisitions, records
from archive.authorities import registry
from archive.authorities.registry import Name
from archive.codes import Scheme
from archive.models import Acquisition, Authority, CodeTemplate, Record, Relation
from archive.vocabulary import AuthorityKind, Material, NameKind, Role, Secrecy
from cms.admin import acquisition_log

FONDS = "Y001"
SERIES = "Y001-SW"
OBJECT = "Y001-SW·2026·Y-001"
CODES = frozenset({SERIES, OBJECT})
"""The codes of the records that this module makes."""

_INVENTED = "为演示系统虚设，并无其事。"
_FORMER, _VARIANT = NameKind.FORMER.value, NameKind.VARIANT.value
_ORGANISATION = AuthorityKind.ORGANISATION.value
_PLACE = AuthorityKind.PLACE.value


def add(by: str) -> None:
    """Add what is missing, in the name of the user called ``by``."""
    user = get_user_model().objects.get(username=by)
    with transaction.atomic():
        if not Authority.objects.filter(is_demonstration=True).exists():
            _relate(_authorities(user), user)
        fonds = Record.objects.filter(reference_code=FONDS, parent=None).first()
        if fonds is None:
            return
        if not Acquisition.objects.filter(is_demonstration=True).exists():
            _accession(_register(user), fonds, user)
        CodeTemplate.objects.get_or_create(
            fonds=fonds, defaults={"scheme": Scheme.DAT13_VOLUME.value}
        )


def _authorities(user: AbstractBaseUser) -> dict[str, Authority]:
    """By preferred name."""
    county = _authority(user, _PLACE, [Name("样本县")], note=_INVENTED)
    town = _authority(
        user,
        _PLACE,
        [
            Name("样本县样本镇", dates_original="1984年起"),
            Name("样本县样本区", _FORMER, dates_original="1950年—1983年"),
            Name("样本镇", _VARIANT),
        ],
        broader=county,
        history="虚设的地点：档案上显示其日期当时的名称，旁边注明今名。",
        note=_INVENTED,
    )
    committee = _authority(
        user,
        _ORGANISATION,
        [Name("样本调解委员会"), Name("样本调委会", _VARIANT)],
        dates_original="1953年起",
        note=_INVENTED,
    )
    others = [
        _authority(user, _ORGANISATION, [Name(name)], note=_INVENTED)
        for name in ("样本档案阅览室", "样本培训班", "演示编写组")
    ]
    person = _authority(
        user, AuthorityKind.PERSON.value, [Name("演示人物甲")], note=_INVENTED
    )
    real = _authority(
        user,
        _PLACE,
        [
            Name("绍兴市诸暨市枫桥镇"),
            Name("宁波专区诸暨县枫桥区", _FORMER, dates_original="1963年"),
            Name("枫桥镇", _VARIANT),
        ],
        note="真实地名，演示材料与此地无关；旧名的起止时间未考，只写已知的一年。",
        sources="本系统《档案员手册》“人物、机构与地点”一节，转录自第二手资料，使用前请核对。",
    )
    return {one.name: one for one in (county, town, committee, *others, person, real)}


def _authority(
    user: AbstractBaseUser, kind: str, names: list[Name], **fields: Any
) -> Authority:
    made = registry.create(kind, names, is_demonstration=True, **fields)
    log(made, "wagtail.create", user=user)
    return made


def _relate(found: dict[str, Authority], user: AbstractBaseUser) -> None:
    """The samples' creators, as they are typed, and the place of the committee's."""
    town = found["样本县样本镇"].number
    edits = []
    # The samples are few. What already has relations was somebody's own work.
    for record in Record.objects.filter(
        is_demonstration=True, creators__in=found
    ).exclude(pk__in=Relation.objects.values("record")):
        pairs = [[found[record.creators].number, Role.CREATOR.value]]
        if record.creators == "样本调解委员会":
            pairs.append([town, Role.PLACE_OF_ORIGIN.value])
        edits.append((record, {"authorities": pairs}))
    records.edit_many(edits, user)


def _register(user: AbstractBaseUser) -> Acquisition:
    made = acquisitions.register(
        by=user,
        received_on=date(2026, 3, 2),
        basis=Acquisition.Basis.DONATION.value,
        source_kind=Acquisition.SourceKind.ORGANISATION.value,
        source_name="样本调解委员会",
        contact="演示，没有联系方式",
        description="为演示征集登记而虚设的一批材料：实物一件，照片一组。",
        quantity=2,
        condition="完好",
        secrecy=Secrecy.PUBLIC.value,
        is_demonstration=True,
        agreement_number="演示协议一号",
        agreement_on=date(2026, 3, 2),
        may_publish="yes",
        may_exhibit="yes",
        may_copy="yes",
        may_study="yes",
    )
    acquisition_log.note(made, "acquisition", user)
    for fields in (
        {
            "title": "调解登记用的木匣（演示）",
            "material": Material.OBJECT.value,
            "date_original": "2026",
            "particulars": {
                "size": "26 cm × 18 cm × 9 cm",
                "substance": "杉木",
                "condition": "完好，匣盖有一道划痕",
            },
        },
        {
            "title": "样本村议事场景（演示，照片未入藏）",
            "material": Material.PHOTOGRAPH.value,
            "quantity": 3,
            "date_original": "2026-02",
            "particulars": {
                "event": "村民小组议事（虚设）",
                "time": "2026年2月",
                "place": "样本县样本镇",
                "people": "演示人物甲（虚设）",
                "photographer": "演示编写组",
            },
        },
    ):
        item = acquisitions.add_item(made, **fields)
        acquisition_log.note(made, "item_add", user, about=item.title)
    return made


def _accession(acquisition: Acquisition, fonds: Record, user: AbstractBaseUser) -> None:
    """The object becomes a record; the photographs wait, which shows how that looks."""
    if Record.objects.filter(reference_code__in=CODES).exists():
        return
    acquisitions.appraise(acquisition)
    acquisition_log.note(acquisition, "appraise", user)
    series = records.create(
        fonds,
        by=user,
        reference_code=SERIES,
        level="series",
        title="实物",
        date_original="2026",
        creators="样本调解委员会",
        custodial_history="为演示系统而设，没有实体档案。",
        retention_code="永久",
        secrecy=Secrecy.PUBLIC.value,
        disclosure_status="active",
        is_demonstration=True,
        note="本类为演示系统而设，并非历史文物。",
    )
    thing = acquisition.items.get(material=Material.OBJECT)
    (made,) = acquisitions.accession(
        acquisition, series, "item", [acquisitions.Entry(thing.pk, OBJECT)], user
    )
    acquisition_log.note(acquisition, "accession", user, about=made.reference_code)
    changes: dict[str, Any] = {
        "scope_content": "为演示实物的著录而虚设：尺寸、质地、完残在“特征项”中。",
        "note": "本件为演示系统而编写，并非历史文物。",
    }
    numbers = Authority.objects.filter(is_demonstration=True)
    known = dict(numbers.values_list("name", "number"))
    pairs = [
        [known[name], role.value]
        for name, role in (
            ("样本调解委员会", Role.CREATOR),
            ("演示人物甲", Role.MENTIONED),
            ("样本县样本镇", Role.PLACE_OF_ORIGIN),
        )
        if name in known
    ]
    records.edit(made, {**changes, "authorities": pairs}, user)
