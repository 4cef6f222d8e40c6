"""Objects for tests, made through the services that make the real ones."""
# factory_boy says that it is typed, and is so only in part.
# mypy: disallow-untyped-calls=False, disallow-untyped-decorators=False

import io
import itertools
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.declarations import LazyAttribute, SubFactory
from factory.declarations import Sequence as Numbered
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation
from PIL import Image

from archive import acquisitions, decisions, outbox, records
from archive.authorities import registry
from archive.authorities.registry import Name
from archive.boxes import pack
from archive.folios import NewFolio, add_folios
from archive.models import (
    Acquisition,
    Authority,
    Folio,
    Job,
    MasterFile,
    Record,
    Subject,
    Transcript,
)
from archive.subjects import editing
from archive.vocabulary import (
    Clearance,
    DescriptionStatus,
    Direction,
    Disclosure,
    Level,
    OpenStatus,
    Script,
    Secrecy,
)
from cms.models import User
from media import masters
from media.values import Box, Master

ARCHIVIST = "档案员 archivist"
REVIEWER = "审核员 reviewer"
ADMINISTRATOR = "管理员 administrator"
RESEARCHER = "研究人员 researcher"
EDITOR = "编辑 editor"

PASSWORD = "password-of-a-test"

# What opens a record to everyone (the formula of archive.openness).
PUBLIC: dict[str, str | bool] = {
    "open_status": OpenStatus.OPEN.value,
    "secrecy": Secrecy.PUBLIC.value,
    "disclosure_status": Disclosure.ACTIVE.value,
    "publication_right": Clearance.CLEARED.value,
    "personal_information": Clearance.CLEARED.value,
    "copyright_status": Clearance.CLEARED.value,
}
READING_ROOM: dict[str, str | bool] = {
    **PUBLIC,
    "disclosure_status": Disclosure.ON_REQUEST.value,
}
CATALOGUE_ONLY: dict[str, str | bool] = {
    **PUBLIC,
    "open_status": OpenStatus.CONTROLLED.value,
    "catalogue_approved": True,
}

_colours = itertools.count(1)


class UserFactory(DjangoModelFactory[User]):
    """An account; ``groups=[ARCHIVIST]`` puts it into groups by their names."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Numbered(lambda n: f"user-{n}")
    password = Password(PASSWORD)

    @post_generation
    def groups(self, create: bool, names: Iterable[str] | None, **_: Any) -> None:
        for name in names or ():
            group, _created = Group.objects.get_or_create(name=name)
            self.groups.add(group)


class RecordFactory(DjangoModelFactory[Record]):
    """A closed record, created by ``archive.records.create``."""

    class Meta:
        model = Record

    parent: Any = None
    level = Level.FILE.value
    reference_code = Numbered(lambda n: f"T001-WS·{n:05d}")
    title = Numbered(lambda n: f"演示案卷第 {n} 号")

    @classmethod
    def _create(cls, model_class: type[Record], *args: Any, **kwargs: Any) -> Record:
        return records.create(kwargs.pop("parent", None), **kwargs)


class MasterFileFactory(DjangoModelFactory[MasterFile]):
    """A small real image in the master storage, of a colour of its own."""

    class Meta:
        model = MasterFile

    @classmethod
    def _create(
        cls, model_class: type[MasterFile], *args: Any, **kwargs: Any
    ) -> MasterFile:
        master = stored_image(**kwargs)
        row, _created = MasterFile.objects.get_or_create(
            sha256=master.sha256,
            defaults={
                "name": master.name,
                "size": master.size,
                "format": master.format,
                "width": master.width,
                "height": master.height,
                "dpi": master.dpi,
            },
        )
        return row


class FolioFactory(DjangoModelFactory[Folio]):
    """The next page of ``record``, its recognition not yet done."""

    class Meta:
        model = Folio

    record = SubFactory(RecordFactory)
    quarantined = False

    @classmethod
    def _create(cls, model_class: type[Folio], *args: Any, **kwargs: Any) -> Folio:
        record = kwargs.pop("record")
        image = kwargs.pop("master", None) or stored_image()
        name = kwargs.pop("original_filename", "page.png")
        page = NewFolio(image, name, kwargs.pop("label", ""))
        (folio,) = add_folios(record, [page])
        for field, value in kwargs.items():
            setattr(folio, field, value)
        if kwargs:
            folio.save()
        return folio


class TranscriptFactory(DjangoModelFactory[Transcript]):
    """The text in force of ``folio``, as if OCR had read it: its job is done.

    The boxes lie on a grid, 20 pixels a character, a line for each line.
    """

    class Meta:
        model = Transcript

    folio = SubFactory(FolioFactory)
    key = Numbered(lambda n: f"test-engine-{n}")
    text = "演示材料"
    boxes = LazyAttribute(lambda made: pack(grid(made.text)))
    direction = Direction.HORIZONTAL.value
    script = Script.HANS.value
    confidence = 90.0
    engine = "test-engine"
    engine_version = "1"
    seconds = 0.1

    @classmethod
    def _create(
        cls, model_class: type[Transcript], *args: Any, **kwargs: Any
    ) -> Transcript:
        transcript: Transcript = super()._create(model_class, *args, **kwargs)
        folio = transcript.folio
        folio.transcript = transcript
        folio.save(update_fields=["transcript"])
        Job.objects.filter(folio=folio).delete()
        outbox.changed([folio.record_id])
        return transcript


def grid(text: str, pitch: int = 20) -> list[Box | None]:
    """A box for each character of horizontal ``text``, None for line feeds."""
    boxes: list[Box | None] = []
    row = column = 0
    for char in text:
        if char == "\n":
            boxes.append(None)
            row, column = row + 1, 0
        else:
            boxes.append(Box(column * pitch, row * pitch, pitch - 2, pitch - 2))
            column += 1
    return boxes


def stored_image(
    width: int = 200, height: int = 100, colour: tuple[int, int, int] | None = None
) -> Master:
    """A PNG of one colour, another at each call, put into the master storage."""
    number = next(_colours)
    colour = colour or (255 - number % 256, 255 - number // 256 % 256, 200)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        Image.new("RGB", (width, height), colour).save(path, dpi=(300, 300))
        return masters.store(path)


def picture() -> SimpleUploadedFile:
    """A small PNG as a browser uploads it."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 180, 160)).save(content, "PNG")
    return SimpleUploadedFile("picture.png", content.getvalue(), "image/png")


def record_with_pages(*texts: str, **fields: Any) -> Record:
    """A closed record with one recognised page for each text."""
    record = RecordFactory.create(**fields)
    for text in texts:
        TranscriptFactory.create(folio__record=record, text=text)
    record.refresh_from_db()
    return record


def open_record(record: Record, **values: str | bool) -> Record:
    """Open to the public, or as ``values`` say, by two people; refreshed.

    Its ancestors stay as they are: open them first.
    """
    return decide([record], values or PUBLIC)[0]


def open_with_ancestors(record: Record, **values: str | bool) -> Record:
    """Open the ancestors to the public, then the record as ``open_record`` does."""
    decide(Record.objects.filter(pk__in=record.ancestor_ids), PUBLIC)
    return open_record(record, **values)


def decide(
    decided: Iterable[Record], values: Mapping[str, str | bool]
) -> Sequence[Record]:
    """Set openness fields by the ordinary service and two accounts."""
    decided = published(decided)
    proposals = decisions.propose(decided, values, "测试", UserFactory.create())
    decisions.approve(proposals, UserFactory.create())
    for record in decided:
        record.refresh_from_db()
    return decided


def published(records: Iterable[Record]) -> list[Record]:
    """The records as if their descriptions had been published.

    Most tests say less of a record than the standard requires. How one is really
    published, ``tests/archive/test_workflow.py`` shows.
    """
    chosen = list(records)
    Record.objects.filter(pk__in=[record.pk for record in chosen]).update(
        description_status=DescriptionStatus.PUBLISHED
    )
    return chosen


def authority(
    name: str = "样本机构",
    *others: Name,
    kind: str = "organisation",
    used: str = "",
    **fields: Any,
) -> Authority:
    """An authority called ``name`` (``used``: when), and by the ``others``."""
    names = [Name(name, dates_original=used), *others]
    return registry.create(kind, names, **fields)


def former(name: str, used: str = "") -> Name:
    """A name that an authority once had."""
    return Name(name, "former", dates_original=used)


def registered(by: User, **fields: Any) -> Acquisition:
    """An acquisition in the register, a person's donation unless ``fields`` differ."""
    usual: dict[str, Any] = {
        "received_on": date(2026, 4, 1),
        "basis": Acquisition.Basis.DONATION.value,
        "source_kind": Acquisition.SourceKind.PERSON.value,
        "source_name": "样本捐赠人",
        "description": "样本材料一批",
    }
    return acquisitions.register(by=by, **{**usual, **fields})


def subject(label: str, **fields: Any) -> Subject:
    """A concept of the thesaurus, created by the service."""
    return editing.create(label=label, **fields)
