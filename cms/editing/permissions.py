"""What accounts may do with pages, beyond what their groups permit."""

from wagtail.models import PagePermissionTester


class ReviewedPagePermissions(PagePermissionTester):  # type: ignore[misc]
    """Nobody publishes past the reviews, administrators included.

    Who has the right to publish may take a page down at once, and restrict it.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_publish())

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())
