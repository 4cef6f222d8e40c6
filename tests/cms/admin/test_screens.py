"""Every screen of the archive in the admin: who may open it, and in what language."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import acquisitions, decisions, records
from archive.models import (
    Batch,
    Folio,
    Job,
    OpennessDecision,
    Record,
    Subject,
    Term,
)
from cms import takedown
from cms.admin.authority_log import merged_states, note_merge
from cms.admin.authority_merging import merge_url
from cms.admin.bulk import action_url
from cms.admin.decisions import ApproveDecisions, ProposeOpenness, RefuseDecisions
from cms.admin.deletion import DeleteThroughService
from cms.admin.folio_release import ReleaseFolios
from cms.admin.jobs import RetryJobs
from cms.admin.workflow_actions import PublishRecords, ReturnRecords, SubmitRecords
from cms.models import TakedownRequest, VisitCount
from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.screens import (
    DATA,
    OWN_NAMES,
    allowed,
    lines_in_chinese,
    lines_in_latin,
)
from tests.factories import (
    ADMINISTRATOR,
    ARCHIVIST,
    PUBLIC,
    RESEARCHER,
    REVIEWER,
    FolioFactory,
    RecordFactory,
    UserFactory,
    authority,
    former,
    record_with_pages,
    registered,
    subject,
)

RECORD = "wagtailsnippets_archive_record"
CHOOSER = "wagtailsnippetchoosers_archive_record"
TAG = "wagtailsnippets_taggit_tag"


class World:
    """A record with a page, a failed job, a proposal, a tag and a subject."""

    def __init__(self) -> None:
        self.record: Record = record_with_pages("Text", title="Title", tags=["tag"])
        self.folio = Folio.objects.get(record=self.record)
        waiting = FolioFactory.create(record=self.record)
        Job.objects.filter(folio=waiting).update(failed=True, error="broken")
        self.job = Job.objects.get(folio=waiting)
        proposer = UserFactory.create(username="proposer")
        (self.decision,) = decisions.propose([self.record], PUBLIC, "reason", proposer)
        self.tag = self.record.tags.get()
        self.fonds: Record = RecordFactory.create(level="fonds", title="Title")
        Subject.objects.update(broader=None)
        Subject.objects.all().delete()  # the seed is Chinese in every language
        Term.objects.all().delete()
        self.subject = subject("test", alternatives=["Text"], source="Source")
        self.batch = Batch.objects.create(kind="import", label="test")
        self.acquisition = registered(
            proposer, source_name="Source", description="Text", number="ZJ2026-0001"
        )
        self.authority = authority("Name", former("Source", "1950-1992"), note="Text")
        self.twin = authority("Name")
        links = [[self.authority.number, "creator"]]
        changes = {"authorities": links, "person_names": "test"}
        records.edit(self.record, changes, proposer)
        note_merge(self.authority, merged_states([self.twin]), proposer)
        self.asked = takedown.receive(takedown.Asked("Text", "text", "Text", "Name"))
        takedown.work_on(self.asked, "working", "Text", proposer)
        TakedownRequest.objects.update(number="20260101-2345")  # without letters
        VisitCount.objects.create(
            day=timezone.localdate(), path="/Text/", language="zh-hans", count=3
        )
        self.item = acquisitions.add_item(
            self.acquisition, title="Title", material="photograph"
        )


def bulk(action: type, model: type, pk: int) -> str:
    return action_url(action, model, [pk], "/admin/")


FILE_SHEETS = ("contents", "file-note", "cover")
FONDS_SHEETS = ("fonds-guide", "file-list", "filing-list")


def of_file(form: str) -> Callable[[World], str]:
    return lambda w: reverse("archive_print", args=[w.record.pk, form])


def of_fonds(form: str) -> Callable[[World], str]:
    return lambda w: reverse("archive_print", args=[w.fonds.pk, form])


# Screen → its address, and the groups that may open it.
SCREENS: dict[str, tuple[Callable[[World], str], str]] = {
    "records": (lambda w: reverse(f"{RECORD}:list"), "archivist reviewer admin"),
    "record results": (
        lambda w: reverse(f"{RECORD}:list_results"),
        "archivist reviewer admin",
    ),
    "new record": (lambda w: reverse(f"{RECORD}:add"), "archivist admin"),
    "edit record": (
        lambda w: reverse(f"{RECORD}:edit", args=[w.record.pk]),
        "archivist admin",
    ),
    "look at record": (
        lambda w: reverse(f"{RECORD}:inspect", args=[w.record.pk]),
        "archivist reviewer admin",
    ),
    "history of record": (
        lambda w: reverse(f"{RECORD}:history", args=[w.record.pk]),
        "archivist admin",
    ),
    "delete record": (
        lambda w: reverse(f"{RECORD}:delete", args=[w.record.pk]),
        "archivist admin",
    ),
    "choose record": (
        lambda w: reverse(f"{CHOOSER}:choose"),
        "archivist reviewer admin",
    ),
    "choose record results": (
        lambda w: reverse(f"{CHOOSER}:choose_results"),
        "archivist reviewer admin",
    ),
    "chosen record": (
        lambda w: reverse(f"{CHOOSER}:chosen", args=[w.record.pk]),
        "archivist reviewer admin",
    ),
    "chosen records": (
        lambda w: f"{reverse(f'{CHOOSER}:chosen_multiple')}?id={w.record.pk}",
        "archivist reviewer admin",
    ),
    "propose": (
        lambda w: bulk(ProposeOpenness, Record, w.record.pk),
        "archivist reviewer admin",
    ),
    "delete records": (
        lambda w: bulk(DeleteThroughService, Record, w.record.pk),
        "archivist admin",
    ),
    "folios": (lambda w: reverse("folio:index"), "archivist reviewer admin"),
    "folio results": (
        lambda w: reverse("folio:index_results"),
        "archivist reviewer admin",
    ),
    "folio": (
        lambda w: reverse("folio:edit", args=[w.folio.pk]),
        "archivist reviewer admin",
    ),
    "failed folio": (
        lambda w: reverse("folio:edit", args=[w.job.folio_id]),
        "archivist reviewer admin",
    ),
    "decisions": (lambda w: reverse("decision:index"), "archivist reviewer admin"),
    "decision": (
        lambda w: reverse("decision:inspect", args=[w.decision.pk]),
        "archivist reviewer admin",
    ),
    "approve": (
        lambda w: bulk(ApproveDecisions, OpennessDecision, w.decision.pk),
        "reviewer admin",
    ),
    "refuse": (
        lambda w: bulk(RefuseDecisions, OpennessDecision, w.decision.pk),
        "reviewer admin",
    ),
    "grants": (lambda w: reverse("grant:index"), "archivist reviewer admin"),
    "new grant": (lambda w: reverse("grant:add"), "reviewer admin"),
    "jobs": (lambda w: reverse("job:index"), "archivist reviewer admin"),
    "retry": (lambda w: bulk(RetryJobs, Job, w.job.pk), "archivist admin"),
    "batches": (lambda w: reverse("batch:index"), "archivist reviewer admin"),
    "batch": (
        lambda w: reverse("batch:inspect", args=[w.batch.pk]),
        "archivist reviewer admin",
    ),
    "undo batch": (
        lambda w: reverse("batch:undo", args=[w.batch.pk]),
        "archivist admin",
    ),
    "import": (lambda w: reverse("batch:import"), "archivist admin"),
    "export": (lambda w: reverse("batch:export"), "archivist reviewer admin"),
    "tags": (lambda w: reverse(f"{TAG}:list"), "archivist reviewer admin"),
    "change tag": (
        lambda w: f"{reverse('archive_tags_change')}?id={w.tag.pk}",
        "archivist admin",
    ),
    "promote tag": (
        lambda w: reverse("archive_tags_promote", args=[w.tag.pk]),
        "archivist admin",
    ),
    "delete tag": (
        lambda w: reverse(f"{TAG}:delete", args=[w.tag.pk]),
        "archivist admin",
    ),
    "subjects": (lambda w: reverse("subject:index"), "archivist reviewer admin"),
    "subjects found": (
        lambda w: f"{reverse('subject:index_results')}?q=test",
        "archivist reviewer admin",
    ),
    "subject": (
        lambda w: reverse("subject:inspect", args=[w.subject.pk]),
        "archivist reviewer admin",
    ),
    "new subject": (lambda w: reverse("subject:add"), "archivist admin"),
    "edit subject": (
        lambda w: reverse("subject:edit", args=[w.subject.pk]),
        "archivist admin",
    ),
    "delete subject": (
        lambda w: reverse("subject:delete", args=[w.subject.pk]),
        "archivist admin",
    ),
    "history of subject": (
        lambda w: reverse("subject:history", args=[w.subject.pk]),
        "archivist admin",
    ),
    "merge subject": (
        lambda w: reverse("archive_subjects_merge", args=[w.subject.pk]),
        "archivist admin",
    ),
    "import subjects": (
        lambda w: reverse("archive_subjects_import"),
        "archivist admin",
    ),
    "export subjects": (
        lambda w: reverse("archive_subjects_export"),
        "archivist reviewer admin",
    ),
    "edit many": (
        lambda w: f"{reverse('archive_bulk_edit')}?id={w.record.pk}",
        "archivist admin",
    ),
    "release pages": (
        lambda w: bulk(ReleaseFolios, Folio, w.folio.pk),
        "archivist admin",
    ),
    "templates": (lambda w: reverse("template:index"), "archivist reviewer admin"),
    "new template": (lambda w: reverse("template:add"), "archivist admin"),
    "submit": (
        lambda w: bulk(SubmitRecords, Record, w.record.pk),
        "archivist admin",
    ),
    "publish": (
        lambda w: bulk(PublishRecords, Record, w.record.pk),
        "reviewer admin",
    ),
    "return": (
        lambda w: bulk(ReturnRecords, Record, w.record.pk),
        "reviewer admin",
    ),
    "record's changes": (
        lambda w: reverse("archive_history", args=[w.record.pk]),
        "archivist reviewer admin",
    ),
    "drop changes": (
        lambda w: reverse("archive_discard", args=[w.record.pk]),
        "archivist admin",
    ),
    "move record": (
        lambda w: reverse("archive_move", args=[w.record.pk]),
        "archivist admin",
    ),
    "place record": (
        lambda w: reverse("archive_place", args=[w.record.pk]),
        "archivist admin",
    ),
    "numbering": (
        lambda w: reverse("archive_numbering", args=[w.record.pk]),
        "archivist reviewer admin",
    ),
    "code templates": (
        lambda w: reverse("codetemplate:index"),
        "archivist reviewer admin",
    ),
    "new code template": (
        lambda w: reverse("codetemplate:add"),
        "archivist admin",
    ),
    "my work": (lambda w: reverse("archive_my_work"), "archivist reviewer admin"),
    "completeness": (
        lambda w: reverse("archive_completeness"),
        "archivist reviewer admin",
    ),
    "acquisitions": (
        lambda w: reverse("acquisition:index"),
        "archivist reviewer admin",
    ),
    "new acquisition": (lambda w: reverse("acquisition:add"), "archivist admin"),
    "edit acquisition": (
        lambda w: reverse("acquisition:edit", args=[w.acquisition.pk]),
        "archivist admin",
    ),
    "acquisition": (
        lambda w: reverse("acquisition:inspect", args=[w.acquisition.pk]),
        "archivist reviewer admin",
    ),
    "history of acquisition": (
        lambda w: reverse("acquisition:history", args=[w.acquisition.pk]),
        "archivist admin",
    ),
    "new thing": (
        lambda w: reverse("archive_acquisition_item_add", args=[w.acquisition.pk]),
        "archivist admin",
    ),
    "thing": (
        lambda w: reverse(
            "archive_acquisition_item_edit", args=[w.acquisition.pk, w.item.pk]
        ),
        "archivist admin",
    ),
    "accession": (
        lambda w: reverse("archive_acquisition_accession", args=[w.acquisition.pk]),
        "archivist admin",
    ),
    "give back": (
        lambda w: reverse("archive_acquisition_return", args=[w.acquisition.pk]),
        "archivist admin",
    ),
    "authorities": (
        lambda w: reverse("authority:index"),
        "archivist reviewer admin",
    ),
    "authority results": (
        lambda w: reverse("authority:index_results"),
        "archivist reviewer admin",
    ),
    "new authority": (lambda w: reverse("authority:add"), "archivist admin"),
    "edit authority": (
        lambda w: reverse("authority:edit", args=[w.authority.pk]),
        "archivist admin",
    ),
    "authority": (
        lambda w: reverse("authority:inspect", args=[w.authority.pk]),
        "archivist reviewer admin",
    ),
    "history of authority": (
        lambda w: reverse("authority:history", args=[w.authority.pk]),
        "archivist admin",
    ),
    "delete authority": (
        lambda w: reverse("authority:delete", args=[w.twin.pk]),
        "archivist admin",
    ),
    "merge authorities": (
        lambda w: merge_url([w.authority.pk, w.twin.pk]),
        "archivist admin",
    ),
    "duplicate authorities": (
        lambda w: reverse("archive_authorities_duplicates"),
        "archivist reviewer admin",
    ),
    "names without authority": (
        lambda w: reverse("archive_authorities_unlinked"),
        "archivist reviewer admin",
    ),
    "likely duplicates": (
        lambda w: reverse("archive_duplicates"),
        "archivist reviewer admin",
    ),
    "takedowns": (
        lambda w: reverse("takedown:index"),
        "archivist reviewer admin",
    ),
    "takedown": (
        lambda w: reverse("takedown:edit", args=[w.asked.pk]),
        "archivist reviewer admin",
    ),
    "visits": (lambda w: reverse("archive_visits"), "admin"),
    "visits by month": (lambda w: f"{reverse('archive_visits')}?by=month", "admin"),
    "divide volume": (
        lambda w: reverse("archive_volume", args=[w.record.pk]),
        "archivist reviewer admin",
    ),
}
# Sheets to print: in Chinese whoever asks, with a bar in the user's language
# (``test_finding_aids``).
PAPERS: dict[str, tuple[Callable[[World], str], str]] = {
    **{form: (of_file(form), "archivist reviewer admin") for form in FILE_SHEETS},
    **{form: (of_fonds(form), "archivist reviewer admin") for form in FONDS_SHEETS},
    "list": (
        lambda w: reverse("archive_print_list", args=["file-list"]),
        "archivist reviewer admin",
    ),
    "table file": (
        lambda w: f"{reverse('archive_print_list', args=['file-list'])}?as=xlsx",
        "archivist reviewer admin",
    ),
}
OPENED = {**SCREENS, **PAPERS}
GROUPS = {
    "archivist": ARCHIVIST,
    "reviewer": REVIEWER,
    "admin": ADMINISTRATOR,
    "researcher": RESEARCHER,
}


@pytest.mark.parametrize("screen", OPENED)
@pytest.mark.parametrize("group", GROUPS)
def test_a_screen_opens_for_those_groups_only_that_work_with_it(
    client_of: ClientOf, screen: str, group: str
) -> None:
    address, groups = OPENED[screen]
    world = World()

    assert allowed(client_of(GROUPS[group]), address(world)) is (
        group in groups.split()
    )


@pytest.mark.parametrize("screen", OPENED)
def test_nobody_gets_anywhere_without_signing_in(groups: None, screen: str) -> None:
    response = Client().get(OPENED[screen][0](World()))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("screen", OPENED)
def test_an_account_of_no_house_group_gets_nothing_whatever_it_is_permitted(
    client_of: ClientOf, screen: str
) -> None:
    """Somebody ticked all boxes for a group that is not of the house."""
    address, _groups = OPENED[screen]
    world = World()
    user = UserFactory.create(groups=["outsiders"])
    outsiders = user.groups.get()
    house = UserFactory.create(groups=[ADMINISTRATOR]).groups.get()
    outsiders.permissions.set(house.permissions.all())

    assert not allowed(client_of(user=user), address(world))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_english_to_an_english_reader(
    client_of: ClientOf, screen: str
) -> None:
    response = client_of(ADMINISTRATOR, language="en").get(SCREENS[screen][0](World()))

    assert response.status_code == 200
    assert not lines_in_chinese(response) - OWN_NAMES


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_chinese_to_everyone_else(
    client_of: ClientOf, screen: str
) -> None:
    response = client_of(ADMINISTRATOR).get(SCREENS[screen][0](World()))

    assert response.status_code == 200
    assert not lines_in_latin(response, DATA)
