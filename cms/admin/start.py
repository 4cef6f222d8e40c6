"""Where to begin: the archive's panel on the first page of the admin."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.ui.components import Component

from archive.models import Acquisition, Authority, Record
from cms.admin.permissions import may

RECORDS = "wagtailsnippets_archive_record"


@dataclass(frozen=True, slots=True)
class Step:
    """A place to go, and what is done there."""

    label: str
    what: str
    url: str


class StartPanel(Component):
    """Links to daily work, each for those who may do it; it says nothing of records."""

    name = "archive_start"
    template_name = "cms/admin/start_panel.html"
    order = 10

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def steps(self) -> list[Step]:
        return [step for model, action, step in _all() if may(self.user, model, action)]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"steps": self.steps}


def _all() -> list[tuple[type[Model], str, Step]]:
    """What must be allowed on which model, and the step."""

    def step(label: str, what: str, name: str) -> Step:
        return Step(label, what, reverse(name))

    mine = step(_("我的工作"), _("退回的、草稿、等您审核的"), "archive_my_work")
    find = step(
        pgettext("plural", "档案"),
        _("查找、著录、批量修改、打印目录"),
        f"{RECORDS}:list",
    )
    new = step(_("新建档案"), _("全宗、类别、案卷或件"), f"{RECORDS}:add")
    table = step(_("导入著录表"), _("先检查，再写入，可以整批撤销"), "batch:import")
    came = step(_("登记征集"), _("捐赠、寄存、征集、复制、借展"), "acquisition:add")
    names = step(
        pgettext("plural", "规范记录"),
        _("人物、机构与地点的名称和关系"),
        "authority:index",
    )
    lacks = step(
        _("著录完整性"), _("缺少的必备项，没有著录的影像"), "archive_completeness"
    )
    return [
        (Record, "view", mine),
        (Record, "view", find),
        (Record, "add", new),
        (Record, "add", table),
        (Acquisition, "add", came),
        (Authority, "view", names),
        (Record, "view", lacks),
    ]
