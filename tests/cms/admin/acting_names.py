"""What people do with authorities, subjects and tags; see ``acting``."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.authorities import registry
from archive.authorities.registry import Name
from archive.models import Authority, Subject
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.factories import RecordFactory

__all__ = ["ACTIONS"]


@action("make an authority")
def make_authority(actor: Actor) -> bool:
    row = {"name": "样本社", "kind": "preferred", "dates_original": "", "language": ""}
    sent = {f"names-0-{field}": value for field, value in row.items()}
    sent |= {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0"}
    actor.post("authority:add", kind="organisation", **sent)
    return Authority.objects.filter(name="样本社").exists()


@action("merge authorities")
def merge_authorities(actor: Actor) -> bool:
    kept, other = (
        registry.create("organisation", [Name(name)]) for name in ("样本社", "样本会")
    )
    sent = {"id": [kept.pk, other.pk], "survivor": kept.pk}
    actor.post("archive_authorities_merge", **sent)
    return not Authority.objects.filter(pk=other.pk).exists()


@action("edit a subject")
def edit_subject(actor: Actor) -> bool:
    subject = Subject.objects.get(label="法治")
    given = actor.form("subject:edit", subject.pk)
    actor.post("subject:edit", subject.pk, **{**given, "scope_note": "改过的注释"})
    return Subject.objects.get(pk=subject.pk).scope_note == "改过的注释"


@action("import the thesaurus")
def import_thesaurus(actor: Actor) -> bool:
    file = SimpleUploadedFile("table.csv", "正式词\n样本词\n".encode())
    answer = actor.post("archive_subjects_import", file=file)
    nowhere = reverse("archive_subjects_import")
    actor.client.post(answer.headers.get("Location", nowhere), {"run": "1"})
    return Subject.objects.filter(label="样本词").exists()


@action("rename a tag")
def rename_tag(actor: Actor) -> bool:
    record = RecordFactory.create(tags=["旧名"])
    address = f"{reverse('archive_tags_change')}?id={record.tags.get().pk}"
    _look_and_apply(actor, address, name="新名")
    return list(record.tags.names()) == ["新名"]


@action("merge tags")
def merge_tags(actor: Actor) -> bool:
    record = RecordFactory.create(tags=["甲", "乙"])
    ids = "&".join(f"id={tag.pk}" for tag in record.tags.all())
    address = f"{reverse('archive_tags_change')}?{ids}"
    _look_and_apply(actor, address, name="甲")
    return list(record.tags.names()) == ["甲"]


@action("promote a tag")
def promote_tag(actor: Actor) -> bool:
    record = RecordFactory.create(tags=["样本词"])
    address = reverse("archive_tags_promote", args=[record.tags.get().pk])
    _look_and_apply(actor, address, subject="")
    return Subject.objects.filter(label="样本词").exists()


def _look_and_apply(actor: Actor, address: str, **sent: str) -> None:
    """Look at what would change, then have it done."""
    shown = actor.client.post(address, sent)
    mark = (shown.context or {}).get("mark", "")
    actor.client.post(address, {**sent, "apply": "1", "mark": mark})
