"""Pages keep their subjects when the thesaurus is put in order.

A concept that is merged into another is deleted, and with it the rows that tie pages
to it. The archive knows nothing of pages: so they are told here, when it goes.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, pre_delete

from archive.models import FormerSubjectNumber, Subject
from cms.models.subjects import SubjectKey, SubjectsField


def connect() -> None:
    """Once, when the site starts."""
    pre_delete.connect(
        _before, sender=Subject, dispatch_uid="cms.knowledge.heirs.before"
    )
    post_delete.connect(
        _after, sender=Subject, dispatch_uid="cms.knowledge.heirs.after"
    )


def _before(instance: Any, **kwargs: Any) -> None:
    """What bears the concept bears its heir, too; Django deletes the other rows.

    It empties the keys that point to the concept, so it is noted whose they are.
    """
    heir = _heir(instance)
    instance.handed_over = []
    if heir is None:
        return
    for model, field in _fields():
        if isinstance(field, SubjectsField):
            _add(field, instance.pk, heir)
        else:
            rows = model._default_manager.filter(**{field.name: instance.pk})
            held = list(rows.values_list("pk", flat=True))
            instance.handed_over.append((model, field.name, held, heir))


def _after(instance: Any, **kwargs: Any) -> None:
    for model, name, held, heir in getattr(instance, "handed_over", ()):
        model._default_manager.filter(pk__in=held).update(**{name: heir})


def _heir(subject: Subject) -> int | None:
    """The id of the concept that it was merged into; None where it was deleted."""
    former = FormerSubjectNumber.objects.filter(number=subject.number)
    return former.values_list("subject", flat=True).first()


def _fields() -> Iterator[tuple[Any, Any]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, SubjectsField | SubjectKey):
                yield model, field


def _add(field: Any, gone: int, heir: int) -> None:
    through = field.remote_field.through
    owner, subject = f"{field.m2m_field_name()}_id", field.m2m_reverse_field_name()
    rows = through._default_manager
    bearing = set(rows.filter(**{subject: gone}).values_list(owner, flat=True))
    have = set(rows.filter(**{subject: heir}).values_list(owner, flat=True))
    rows.bulk_create(
        through(**{owner: pk, f"{subject}_id": heir}) for pk in sorted(bearing - have)
    )
