"""What stands between a draft and its readers: checks of the text, three reviews.

The functions here are the doors for those who come while the models are being made
(Wagtail's settings, the panels of pages): behind them are ``checks``, ``finishing``.
"""

from typing import Any


def findings_of(obj: Any) -> Any:
    """See ``checks.check``."""
    from cms.editing.checks import check

    return check(obj)


def clearance_state(page: Any) -> Any:
    """See ``cms.admin.personal_data.state``."""
    from cms.admin.personal_data import state

    return state(page)


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """See ``finishing.publish_reviewed``."""
    from cms.editing import finishing

    finishing.publish_reviewed(workflow_state, user)
