"""Changing tags: renamed, merged, promoted to a subject, each looked at first."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.log_actions import log

from archive import tagging
from archive.errors import ArchiveError
from archive.models import Batch, Record, Subject
from archive.subjects.found import read
from archive.tagging import Effect
from cms.admin.permissions import may
from cms.admin.subject_forms import SubjectField
from cms.admin.suggest import attributes

LIST = "wagtailsnippets_taggit_tag:list"
MAX_MERGED = 100
MAX_RECORDS = 20_000
"""More than a request should change; the command line has no limit."""


class TooManyRecords(ArchiveError):
    """A request would take too long for so many."""

    def __init__(self, records: int) -> None:
        message = _(
            "涉及 %(n)d 条档案，超过一次请求所能修改的 %(most)d 条；"
            "请由管理员用命令 manage.py tags 办理。"
        )
        super().__init__(message % {"n": records, "most": MAX_RECORDS})


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("改为"),
        max_length=100,
        widget=forms.TextInput(attrs=attributes("tag")),
        help_text=gettext_lazy("填写新名称，或填写已有的标签而并入它。"),
    )

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]


class PromotionForm(forms.Form):
    subject = SubjectField(
        label=gettext_lazy("主题词"),
        required=False,
        help_text=gettext_lazy(
            "填写已有的主题词；留空则以标签的名称新建一个（候选）。"
        ),
    )
    take_off = forms.BooleanField(
        label=gettext_lazy("从档案上去掉这个标签"), required=False
    )

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]


def change(request: HttpRequest) -> HttpResponse:
    """``?id=`` (several): one name in the place of all these tags."""
    if not (may(request.user, Tag, "change") and may(request.user, Record, "change")):
        raise PermissionDenied
    ids = [one for one in request.GET.getlist("id") if one.isdecimal()]
    tags = list(Tag.objects.filter(pk__in=ids[:MAX_MERGED]).order_by("name"))
    if not tags:
        raise Http404
    form = NameForm(request.POST or None, initial={"name": tags[0].name})
    context = {
        "form": form,
        "tags": tags,
        "title": _("合并标签") if len(tags) > 1 else _("修改标签"),
        "single": tags[0] if len(tags) == 1 else None,
    }

    def effect() -> Effect:
        name = form.cleaned_data["name"]
        context["target"] = tagging.named(name)
        context["what"] = _("“%(old)s”改为“%(new)s”") % {
            "old": "；".join(one.name for one in tags),
            "new": name,
        }
        return tagging.effect_of_merge(tags, name)

    def apply() -> Batch | None:
        user: Any = request.user
        for one in tags:
            log(one, "wagtail.edit", user=user)
        return tagging.merge(tags, form.cleaned_data["name"], user)

    return _step(request, form, context, effect, apply)


def promote(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a tag a subject of all who bear it."""
    needed = (
        (Tag, "change"),
        (Subject, "add"),
        (Subject, "change"),
        (Record, "change"),
    )
    if not all(may(request.user, model, action) for model, action in needed):
        raise PermissionDenied
    tag = get_object_or_404(Tag, pk=pk)
    known = read(f'"{tag.name}"')
    first = {"subject": known[0].label if known else ""}
    form = PromotionForm(request.POST or None, initial=first)
    context = {
        "form": form,
        "tags": [tag],
        "title": _("标签升为主题词"),
        "single": None,
    }

    def effect() -> Effect:
        subject = form.cleaned_data["subject"]
        context["what"] = _("标签“%(tag)s”升为主题词“%(subject)s”") % {
            "tag": tag.name,
            "subject": subject.label if subject else tag.name,
        }
        return tagging.effect_of_promotion(tag, subject)

    def apply() -> Batch | None:
        user: Any = request.user
        given = form.cleaned_data
        log(tag, "wagtail.edit", user=user)
        subject, batch = tagging.promote(
            tag, given["subject"], user, take_off=given["take_off"]
        )
        action = "wagtail.edit" if given["subject"] else "wagtail.create"
        log(subject, action, user=user)
        return batch

    return _step(request, form, context, effect, apply)


def _step(
    request: HttpRequest,
    form: forms.Form,
    context: dict[str, Any],
    effect: Callable[[], Effect],
    apply: Callable[[], Batch | None],
) -> HttpResponse:
    """First what would happen; with ``apply``, and while that holds, it happens."""
    if request.method == "POST" and form.is_valid():
        try:
            looked = effect()
            if looked.records > MAX_RECORDS:
                raise TooManyRecords(looked.records)
            mark = f"{looked.records} {looked.already} {context['what']}"
            if "apply" in request.POST and request.POST.get("mark") == mark:
                return _done(request, apply())
        except ArchiveError as error:
            form.add_error(None, str(error))
        else:
            if "apply" in request.POST:
                messages.warning(request, _("预览之后档案又有改动，请再核对一次。"))
            context |= {"effect": looked, "mark": mark}
            context["more"] = looked.records - len(looked.first)
    return TemplateResponse(request, "cms/admin/tag_step.html", context)


def _done(request: HttpRequest, batch: Batch | None) -> HttpResponse:
    if batch is None:
        messages.success(request, _("已修改；没有档案需要改动。"))
        return redirect(reverse(LIST))
    done = _("已修改 %(n)d 条档案；可以在这个批次中整批撤销。")
    messages.success(request, done % {"n": batch.changes.count()})
    return redirect(reverse("batch:inspect", args=(batch.pk,)))
