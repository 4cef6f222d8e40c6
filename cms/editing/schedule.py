"""Pages that were to appear, or to vanish, by now."""

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models.reusable import ReusableText


def publish_due() -> int:
    """Publish and take down what is due; how many there were.

    What is due to appear was passed by three reviews: only the end of them schedules
    anything.
    """
    due = due_now()
    if due:
        call_command("publish_scheduled")
    return due


def due_now() -> int:
    """How many revisions and pages wait to be published or taken down."""
    now = timezone.now()
    ended = Q(live=True, expire_at__lt=now)
    due: int = Revision.objects.filter(approved_go_live_at__lt=now).count()
    due += Page.objects.filter(ended).count()
    return due + ReusableText.objects.filter(ended).count()
