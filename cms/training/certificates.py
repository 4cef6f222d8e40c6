"""Issuing, revoking and verifying certificates of completion."""

import re
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.forms.numbers import unguessable
from cms.models.certificates import Certificate
from cms.models.classes import TrainingClass
from cms.models.lessons import LessonPage
from cms.models.occasions import Registration
from cms.models.users import User
from cms.training.progress import Progress, progress_for, progress_of

_LENGTH = 12
_TRIES = 5


class CertificateError(Exception):
    """Why nothing was issued or revoked, in words for who asked."""


def issue(
    one: TrainingClass, registration: Registration, institution: str, user: User
) -> Certificate:
    """The certificate of a learner who has completed the class.

    One who has a certificate in force keeps that one. ``CertificateError`` says what
    is wanting.
    """
    progress = progress_for(one, registration)
    if progress is None:
        raise CertificateError(_("这位学员没有名额，不能颁发证书。"))
    if progress.wanting:
        told = {"name": registration.name, "why": "；".join(progress.wanting)}
        raise CertificateError(_("%(name)s 还不能结业：%(why)s。") % told)
    return progress.certificate or _issue(one, progress, institution, user)


def issue_all(one: TrainingClass, institution: str, user: User) -> list[Certificate]:
    """Those of all who have completed the class and have none; the ones made."""
    return [
        _issue(one, progress, institution, user)
        for progress in progress_of(one)
        if not progress.wanting and progress.certificate is None
    ]


def revoke(certificate: Certificate, reason: str, user: User) -> None:
    """It stays, and says from now on that it is revoked, and why."""
    reason = reason.strip()
    if not reason:
        raise CertificateError(_("请写撤销的理由，核验时会显示。"))
    with transaction.atomic():
        held = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if held.is_revoked:
            raise CertificateError(_("这份证书已经撤销。"))
        held.revoked_at, held.revoked_by = timezone.now(), user
        held.revoke_reason = reason[:200]
        held.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])


def verify(code: str) -> Certificate | None:
    """The certificate of a code however somebody typed it, revoked ones too."""
    return Certificate.objects.filter(code=spelt(code)).first()


def spelt(code: str) -> str:
    """A code as it is stored and printed: ``ABCD-EFGH-JKMN``."""
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())[: _LENGTH + 1]
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def hours_of(one: TrainingClass) -> Decimal:
    """学时: as the class says, or of all published lessons of its curriculum."""
    if one.hours is not None:
        return one.hours
    if one.curriculum is None:
        return Decimal(0)
    lessons = LessonPage.objects.descendant_of(one.curriculum).live()
    return lessons.aggregate(total=Sum("hours"))["total"] or Decimal(0)


def _issue(
    one: TrainingClass, progress: Progress, institution: str, user: User
) -> Certificate:
    today = timezone.localdate()
    who = progress.registration
    for attempt in range(_TRIES):
        used = Certificate.objects.filter(year=today.year).aggregate(m=Max("serial"))
        try:
            with transaction.atomic():
                return Certificate.objects.create(
                    code=spelt(unguessable(_LENGTH)),
                    year=today.year,
                    serial=(used["m"] or 0) + 1,
                    name=who.name,
                    unit=who.unit,
                    curriculum=one.curriculum_title,
                    class_number=one.number,
                    hours=hours_of(one),
                    first_day=one.first_day,
                    last_day=one.last_day,
                    institution=institution,
                    issued_on=today,
                    issued_by=user,
                    is_demonstration=one.is_demonstration,
                    training_class=one,
                    registration=who,
                )
        except IntegrityError:
            # Somebody else took the number, or issued this very certificate.
            held = Certificate.objects.filter(registration=who, revoked_at=None).first()
            if held is not None:
                return held
            if attempt == _TRIES - 1:
                raise
    raise AssertionError
