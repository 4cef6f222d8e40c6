"""Recognition jobs (识别任务): what is waiting, what failed and why, try again."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BaseColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    TitleColumn,
)
from wagtail.admin.views import generic
from wagtail.log_actions import log

from archive import jobs
from archive.models import Job
from cms.admin.bulk import ServiceBulkAction, done
from cms.admin.viewset import WIDE, HoldingViewSet


class JobFilterSet(WagtailFilterSet):
    failed = django_filters.BooleanFilter(label=gettext_lazy("已放弃"))
    code = django_filters.CharFilter(
        label=gettext_lazy("档号"), field_name="folio__record__reference_code"
    )

    class Meta:
        model = Job
        fields: list[str] = []


class IndexView(generic.IndexView):
    template_name = "cms/admin/bulk_index.html"
    default_ordering = "-failed"
    any_permission_required = ["view", "change"]

    page_title = verbose_name_plural = pgettext_lazy("plural", "识别任务")

    def get_base_queryset(self) -> QuerySet[Job]:
        return Job.objects.select_related("folio__record")

    @property
    def columns(self) -> list[BaseColumn]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="job"),
            TitleColumn(
                "record",
                label=_("档号"),
                accessor="folio.record.reference_code",
                classname="archive-code",
                get_url=lambda job: reverse("folio:edit", args=(job.folio_id,)),
            ),
            Column("folio", label=_("页"), classname="archive-nowrap"),
            Column("state", label=_("状态"), accessor=state, sort_key="failed"),
            Column(
                "attempts", label=_("已试次数"), sort_key="attempts", classname=WIDE
            ),
            Column("error", label=_("失败原因")),
            DateColumn(
                "created_at",
                label=_("建立时间"),
                sort_key="created_at",
                classname=WIDE,
            ),
        ]


class RetryJobs(ServiceBulkAction):
    display_name = gettext_lazy("重试")
    aria_label = gettext_lazy("重试所选任务")
    action_type = "retry"
    permission = "change"
    models = [Job]
    question = gettext_lazy("让这些已放弃的任务从头再试：")

    @classmethod
    def execute_action(
        cls, objects: list[Job], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        jobs.retry(Job.objects.filter(pk__in=[job.pk for job in objects]))
        for job in objects:
            page = job.folio.sequence
            log(job.folio.record, "archive.retry", user=user, data={"page": page})
        return done(objects)

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext(
            "%(count)d 项任务将重试。", "%(count)d 项任务将重试。", count
        ) % {"count": count}


class JobViewSet(HoldingViewSet):
    model = Job
    name = "job"
    url_prefix = "archive/jobs"
    icon = "cogs"
    menu_label = pgettext_lazy("plural", "识别任务")
    index_view_class = IndexView
    filterset_class = JobFilterSet


def state(job: Job) -> str:
    if job.failed:
        return _("已放弃")
    if job.token is not None:
        return _("识别中")
    return _("待重试") if job.error else _("等待中")
