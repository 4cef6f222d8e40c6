"""What people do in the admin and on the site, done as a browser would do it.

Each action tries it and answers whether it was done, seen in the database or in
what came back. ``docs/roles.md`` says which role may do which.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Page, Site

from archive import acquisitions, decisions, records, workflow
from archive.models import (
    Acquisition,
    Batch,
    Change,
    CodeTemplate,
    Folio,
    Grant,
    Job,
    OpennessDecision,
    Record,
)
from archive.openness import Access
from archive.vocabulary import DescriptionStatus
from cms.admin.bulk import action_url
from cms.admin.decisions import ApproveDecisions, ProposeOpenness
from cms.admin.folio_release import ReleaseFolios
from cms.admin.jobs import RetryJobs
from cms.admin.workflow_actions import PublishRecords, ReturnRecords, SubmitRecords
from cms.models import HomePage, SiteDetails, User
from cms.models.desk import DescriptionTemplate
from cms.models.uploads import SiteImage
from tests.factories import (
    PUBLIC,
    READING_ROOM,
    FolioFactory,
    RecordFactory,
    UserFactory,
    decide,
    open_record,
    picture,
    published,
    record_with_pages,
    registered,
)

RECORD = "wagtailsnippets_archive_record"
COMPLETE = {
    "repository_code": "D001",
    "creators": "演示单位",
    "date_original": "1963",
    "custodial_history": "演示",
    "retention_code": "永久",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An account signed in, at the reading room's own network."""

    user: User
    client: Client

    def post(self, name: str, /, *args: Any, **sent: Any) -> Any:
        return self.client.post(reverse(name, args=args), sent)

    def get(self, name: str, /, *args: Any, **query: Any) -> Any:
        return self.client.get(reverse(name, args=args), query)

    def act(self, action: type, *rows: Any, **sent: Any) -> Any:
        ids = [row.pk for row in rows]
        return self.client.post(action_url(action, type(rows[0]), ids, "/admin/"), sent)

    def form(self, name: str, *args: Any) -> dict[str, Any]:
        """The values of a form as it opens; nothing where it does not."""
        context = self.get(name, *args).context or {}
        form = context.get("form")
        if form is None:
            return {}
        values = {one: form[one].value() for one in form.fields}
        return {one: value for one, value in values.items() if value is not None}


Action = Callable[[Actor], bool]
ACTIONS: dict[str, Action] = {}


def action(name: str) -> Callable[[Action], Action]:
    """Register the function as how somebody does what ``name`` says."""

    def register(function: Action) -> Action:
        ACTIONS[name] = function
        return function

    return register


def described(**fields: Any) -> Record:
    """A record with all that is required of a fonds, by somebody else."""
    made: Record = RecordFactory.create(level="fonds", **COMPLETE, **fields)
    return made


def status(record: Record) -> str:
    return Record.objects.get(pk=record.pk).description_status


@action("enter the admin")
def enter(actor: Actor) -> bool:
    return bool(actor.get("wagtailadmin_home").status_code == 200)


@action("look at records")
def look(actor: Actor) -> bool:
    record = RecordFactory.create()
    return record.title in actor.get(f"{RECORD}:list").text


@action("create a record")
def create(actor: Actor) -> bool:
    given = actor.form(f"{RECORD}:add")
    sent = {**given, "level": "fonds", "reference_code": "N001", "title": "新"}
    actor.post(f"{RECORD}:add", **sent, tags="")
    return Record.objects.filter(reference_code="N001").exists()


@action("describe a record")
def describe(actor: Actor) -> bool:
    record = RecordFactory.create()
    given = actor.form(f"{RECORD}:edit", record.pk)
    sent = {**given, "title": "改过的题名", "tags": ""}
    actor.post(f"{RECORD}:edit", record.pk, **sent)
    return Record.objects.get(pk=record.pk).title == "改过的题名"


@action("edit many records")
def edit_many(actor: Actor) -> bool:
    record = RecordFactory.create()
    address = f"{reverse('archive_bulk_edit')}?id={record.pk}"
    change = {"action": "set", "field": "genre", "value": "通知"}
    shown = actor.client.post(address, {**change, "preview": "1"})
    mark = (shown.context or {}).get("mark", "")
    actor.client.post(address, {**change, "apply": "1", "mark": mark})
    return Record.objects.get(pk=record.pk).genre == "通知"


@action("move a record")
def move(actor: Actor) -> bool:
    record, parent = RecordFactory.create(), RecordFactory.create(level="fonds")
    actor.post("archive_move", record.pk, parent=parent.pk, apply="1")
    return Record.objects.get(pk=record.pk).parent_id == parent.pk


@action("reorder records")
def reorder(actor: Actor) -> bool:
    fonds = RecordFactory.create(level="fonds")
    first, second = (RecordFactory.create(parent=fonds) for _n in range(2))
    actor.post("archive_place", second.pk, before=first.reference_code)
    ordered = Record.objects.filter(parent=fonds).order_by("position", "pk")
    return list(ordered) == [second, first]


@action("renumber records")
def renumber(actor: Actor) -> bool:
    fonds = RecordFactory.create(level="fonds", reference_code="M001")
    for code in ("M001-003", "M001-002"):
        RecordFactory.create(parent=fonds, reference_code=code)
    actor.post("archive_numbering", fonds.pk, level="file")
    return Batch.objects.filter(kind=Batch.Kind.RENUMBER).exists()


@action("delete an empty record")
def delete(actor: Actor) -> bool:
    record = RecordFactory.create()
    actor.post(f"{RECORD}:delete", record.pk)
    return not Record.objects.filter(pk=record.pk).exists()


@action("restore an old value")
def restore(actor: Actor) -> bool:
    record = RecordFactory.create(note="原来")
    records.edit(record, {"note": "后来"}, UserFactory.create())
    change = Change.objects.get(record=record, action="edit")
    actor.post("archive_restore", record.pk, change.pk)
    return Record.objects.get(pk=record.pk).note == "原来"


@action("import a table")
def import_table(actor: Actor) -> bool:
    table = "档号,著录层级,题名\nI001,全宗,导入的\n".encode()
    file = SimpleUploadedFile("table.csv", table)
    answer = actor.post("batch:import", file=file)
    columns = ("reference_code", "level", "title")
    sent = {f"column{n}": name for n, name in enumerate(columns)}
    address = answer.headers.get("Location", reverse("batch:import"))
    actor.client.post(address, {**sent, "run": "1"})
    return Record.objects.filter(reference_code="I001").exists()


@action("export the catalogue")
def export(actor: Actor) -> bool:
    record = RecordFactory.create()
    answer = actor.post("batch:export", format="csv", layout="catalogue")
    body = b"".join(answer) if answer.streaming else answer.content
    return record.reference_code in body.decode("utf-8", "replace")


@action("undo a batch")
def undo(actor: Actor) -> bool:
    batch = Batch.objects.create(kind=Batch.Kind.EDIT, label="演示")
    record = RecordFactory.create(note="原来")
    records.edit(record, {"note": "批量"}, None, batch)
    actor.post("batch:undo", batch.pk, how="all")
    return Record.objects.get(pk=record.pk).note == "原来"


@action("submit a description")
def submit(actor: Actor) -> bool:
    record = described()
    actor.act(SubmitRecords, record)
    return status(record) == DescriptionStatus.REVIEW


@action("publish another's description")
def publish(actor: Actor) -> bool:
    record = described()
    workflow.submit([record], UserFactory.create())
    actor.act(PublishRecords, record)
    return status(record) == DescriptionStatus.PUBLISHED


@action("publish one's own description")
def publish_own(actor: Actor) -> bool:
    record = described(by=actor.user)
    workflow.submit([record], actor.user)
    actor.act(PublishRecords, record)
    return status(record) == DescriptionStatus.PUBLISHED


@action("return a description")
def send_back(actor: Actor) -> bool:
    record = described()
    workflow.submit([record], UserFactory.create())
    actor.act(ReturnRecords, record, comment="请补充")
    return status(record) == DescriptionStatus.DRAFT


@action("propose openness")
def propose(actor: Actor) -> bool:
    (record,) = published([RecordFactory.create()])
    sent = {**PUBLIC, "catalogue_approved": "", "reason": "依据"}
    actor.act(ProposeOpenness, record, **sent)
    return OpennessDecision.objects.filter(record=record).exists()


@action("approve another's proposal")
def approve(actor: Actor) -> bool:
    return _approved(actor, UserFactory.create())


@action("approve one's own proposal")
def approve_own(actor: Actor) -> bool:
    return _approved(actor, actor.user)


def _approved(actor: Actor, proposer: User) -> bool:
    (record,) = published([RecordFactory.create()])
    (made,) = decisions.propose([record], PUBLIC, "依据", proposer)
    actor.act(ApproveDecisions, made)
    return Record.objects.get(pk=record.pk).public_access == Access.FULL


@action("grant access")
def grant(actor: Actor) -> bool:
    reader, record = UserFactory.create(), RecordFactory.create()
    until = timezone.localdate() + timedelta(days=7)
    sent = {"username": reader.username, "record": record.pk, "audience": 1}
    actor.post("grant:add", **sent, until=str(until))
    return Grant.objects.filter(reader=reader, record=record).exists()


@action("correct a text")
def correct(actor: Actor) -> bool:
    folio = Folio.objects.get(record=record_with_pages("原文"))
    version = actor.form("folio:edit", folio.pk).get("version", "")
    actor.post("folio:edit", folio.pk, text="改正", version=version)
    transcript = Folio.objects.get(pk=folio.pk).transcript
    return transcript is not None and transcript.text == "改正"


@action("release a page")
def release(actor: Actor) -> bool:
    folio = FolioFactory.create(quarantined=True)
    actor.act(ReleaseFolios, folio, seen="on")
    return not Folio.objects.get(pk=folio.pk).quarantined


@action("retry recognition")
def retry(actor: Actor) -> bool:
    job = Job.objects.get(folio=FolioFactory.create())
    Job.objects.filter(pk=job.pk).update(failed=True)
    actor.act(RetryJobs, job)
    return not Job.objects.get(pk=job.pk).failed


@action("make a template")
def make_template(actor: Actor) -> bool:
    actor.post("template:add", name="演示通知", level="item", genre="通知")
    return DescriptionTemplate.objects.exists()


@action("set a code template")
def set_code_template(actor: Actor) -> bool:
    fonds = RecordFactory.create(level="fonds", reference_code="C001")
    given = {**actor.form("codetemplate:add"), "scheme": "dat13_volume"}
    actor.post("codetemplate:add", **{**given, "fonds": fonds.pk})
    return CodeTemplate.objects.filter(fonds=fonds).exists()


@action("register an acquisition")
def register(actor: Actor) -> bool:
    sent = {
        **actor.form("acquisition:add"),
        "received_on": "2026-04-01",
        "basis": "donation",
        "source_kind": "person",
        "source_name": "样本捐赠人",
        "description": "样本一批",
    }
    actor.post("acquisition:add", **sent)
    return Acquisition.objects.exists()


@action("accession things")
def accession(actor: Actor) -> bool:
    acquisition = registered(UserFactory.create())
    item = acquisitions.add_item(acquisition, title="样本", material="document")
    acquisitions.appraise(acquisition)
    fonds = RecordFactory.create(level="fonds")
    sent = {f"take-{item.pk}": "on", f"code-{item.pk}": "A-001", "level": "item"}
    actor.post("archive_acquisition_accession", acquisition.pk, parent=fonds.pk, **sent)
    return Record.objects.filter(reference_code="A-001").exists()


@action("print a donation certificate")
def certificate(actor: Actor) -> bool:
    acquisition = registered(UserFactory.create(), source_name="样本捐赠人")
    answer = actor.get("archive_acquisition_certificate", acquisition.pk)
    return "样本捐赠人" in answer.text


@action("print a finding aid")
def finding_aid(actor: Actor) -> bool:
    record = RecordFactory.create(title="打印的题名")
    answer = actor.get("archive_print", record.pk, "contents")
    return answer.streaming and "打印的题名" in answer.getvalue().decode()


@action("divide a volume")
def divide(actor: Actor) -> bool:
    volume = record_with_pages("一", "二")
    actor.post("archive_volume", volume.pk, begin="1", page="2", title="新的一件")
    return Record.objects.filter(parent=volume, first_page=2, last_page=2).exists()


@action("write a page")
def write_page(actor: Actor) -> bool:
    home = Site.objects.get(is_default_site=True).root_page
    name = ("wagtailadmin_pages:add", "cms", "homepage", home.pk)
    # The only kind of page there is, of which a site has one.
    with patch.object(HomePage, "max_count", None):
        sent = {**_page(actor, *name), "title": "草稿一", "slug": "draft"}
        actor.post(*name, **sent)
    return Page.objects.filter(title="草稿一", live=False).exists()


@action("change another's page")
def change_page(actor: Actor) -> bool:
    page = others_page()
    name = ("wagtailadmin_pages:edit", page.pk)
    actor.post(*name, **{**_page(actor, *name), "title": "改过"})
    changed = HomePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return bool(changed.title == "改过")


@action("publish a page")
def publish_page(actor: Actor) -> bool:
    page = others_page(owner=actor.user)
    name = ("wagtailadmin_pages:edit", page.pk)
    sent = {**_page(actor, *name), "action-publish": "1"}
    actor.post(*name, **sent)
    return Page.objects.get(pk=page.pk).live


@action("unpublish a page")
def unpublish_page(actor: Actor) -> bool:
    page = others_page()
    page.get_latest_revision().publish()
    actor.post("wagtailadmin_pages:unpublish", page.pk)
    return not Page.objects.get(pk=page.pk).live


def others_page(owner: User | None = None) -> HomePage:
    home = Site.objects.get(is_default_site=True).root_page
    page = HomePage(title="草稿", live=False, owner=owner or UserFactory.create())
    home.add_child(instance=page)
    page.save_revision(user=page.owner)
    return page


def _page(actor: Actor, *name: Any) -> dict[str, Any]:
    """The values of a page's form as it opens, with those that forms in it need."""
    given = actor.form(*name)
    counts = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    comments = {f"comments-{key}": value for key, value in counts.items()}
    return {**given, **comments}


@action("upload an image")
def upload(actor: Actor) -> bool:
    actor.post("wagtailimages:add", title="图", file=picture(), collection=_root())
    return SiteImage.objects.exists()


@action("change another's image")
def change_image(actor: Actor) -> bool:
    image = SiteImage.objects.create(
        title="图",
        file=picture(),
        width=8,
        height=8,
        uploaded_by_user=UserFactory.create(),
    )
    sent = {"title": "改过", "collection": _root(), "description": "", "tags": ""}
    actor.post("wagtailimages:edit", image.pk, **sent)
    return SiteImage.objects.get(pk=image.pk).title == "改过"


def _root() -> int:
    return int(Collection.get_first_root_node().pk)


@action("change the site's details")
def site_details(actor: Actor) -> bool:
    site = Site.objects.get(is_default_site=True)
    actor.post("wagtailsettings:edit", "cms", "sitedetails", site.pk, organiser="馆")
    return SiteDetails.objects.filter(organiser="馆").exists()


@action("manage accounts")
def accounts(actor: Actor) -> bool:
    sent = {**actor.form("wagtailusers_users:add"), "username": "someone"}
    sent |= {"first_name": "某", "last_name": "某", "email": "someone@example.org"}
    password = "a-long-password-of-a-test"
    actor.post("wagtailusers_users:add", **sent, password1=password, password2=password)
    return User.objects.filter(username="someone").exists()


@action("read what only the house may")
def read_closed(actor: Actor) -> bool:
    record = RecordFactory.create(title="未开放的题名")
    return _shown(actor, record)


@action("read in the reading room")
def read_in_the_room(actor: Actor) -> bool:
    record = RecordFactory.create(title="阅览室的题名")
    decide([record], READING_ROOM)
    return _shown(actor, record)


@action("read what everyone may")
def read_open(actor: Actor) -> bool:
    record = RecordFactory.create(title="公开的题名")
    open_record(record)
    return _shown(actor, record)


def _shown(actor: Actor, record: Record) -> bool:
    return record.title in actor.client.get(f"/catalogue/{record.reference_code}/").text
