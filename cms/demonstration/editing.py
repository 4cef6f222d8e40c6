"""Pages that show how pages come about: written, reviewed, one still waiting.

Each step is taken by another of the demonstration's accounts, by the same service
that the admin uses.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Page, Site, TaskState

from cms.editing import first_wordings, rules
from cms.models import ReusableText, StandardPage

AUTHOR = "editor"
REVIEWERS = ("editor2", "reviewer", "admin")
"""Who gives 初审, 复审, 终审."""

_NOTE = "演示材料说明"
_HOW = "how-pages-are-reviewed"
_CITING = "citing"


def add() -> None:
    """Make what is missing; pages that somebody moved or renamed are not made anew."""
    first_wordings.provide()
    with transaction.atomic():
        note = ReusableText.objects.filter(name=_NOTE).first() or _note()
        above = Page.objects.filter(slug="about", depth=3).first()
        if above is None:
            above = Site.objects.get(is_default_site=True).root_page
        if not Page.objects.filter(slug=_HOW).exists():
            _pass(_draft(above, _how(note)))
        if not Page.objects.filter(slug=_CITING).exists():
            _submit(_draft(above, _citing()))


def _note() -> ReusableText:
    note = ReusableText(
        name=_NOTE,
        live=False,
        text="<p>本站的样本和页面都是为演示系统而编写的，不是史料，也不代表任何单位的意见。</p>",
    )
    note.save()
    note.save_revision(user=_user(AUTHOR))
    _pass(ReusableText.objects.get(pk=note.pk))
    return ReusableText.objects.get(pk=note.pk)


def _how(note: ReusableText) -> StandardPage:
    return StandardPage(
        title="网页怎样审核发布",
        slug=_HOW,
        summary="每个页面发布之前经过初审、复审、终审，由三个没有参与写作的人办理。",
        body=[
            ("heading", "三审"),
            (
                "text",
                "<p>编辑或教师写好页面后提交。初审看事实和文字，复审看内容是否妥当，"
                "终审决定是否发布。三审由三个人办理，作者不审自己写的；"
                "每一审都要核对保密，并在审签单上留名。</p>"
                "<p>提交之后改动一个字，三审也要重新开始。</p>",
            ),
            ("heading", "审签单"),
            (
                "text",
                "<p>终审通过时生成发布审签单，写明标题、作者、三审的人和时间、意见，"
                "以及当时的表述提示，此后不再改变，可以打印存档。</p>",
            ),
            ("reusable", note),
        ],
    )


def _citing() -> StandardPage:
    """Waits for its first review, with something for the checks to find."""
    return StandardPage(
        title="怎样引用本馆的档案",
        slug=_CITING,
        summary="每份档案的页面都有写好的引文，可以直接复制。",
        body=[
            ("heading", "引文从哪里来"),
            (
                "text",
                "<p>打开一份档案，页面下方有“引用”一栏，按 GB/T 7714 的格式写好。"
                '枫桥经验陈列馆的样本都是演示材料，引用时请注明。<a href="/catalogue/">'
                "点击这里</a>。</p>",
            ),
        ],
    )


def _draft(above: Page, page: StandardPage) -> StandardPage:
    page.live = False
    page.is_demonstration = True
    page.locale = above.locale
    page.owner = _user(AUTHOR)
    Page.objects.get(pk=above.pk).add_child(instance=page)
    page.save_revision(user=page.owner, log_action=True)
    made: StandardPage = StandardPage.objects.get(pk=page.pk)
    return made


def _submit(obj: Any) -> None:
    obj.get_workflow().start(obj, _user(AUTHOR))


def _pass(obj: Any) -> None:
    _submit(obj)
    for name in REVIEWERS:
        state = TaskState.objects.get(
            workflow_state__in=obj.workflow_states,
            status=TaskState.STATUS_IN_PROGRESS,
        )
        rules.decide(state, _user(name), "approve", secrecy_checked=True)


def _user(name: str) -> Any:
    return get_user_model().objects.get(username=name)
