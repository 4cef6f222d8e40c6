"""How far the learners of a class are, and their certificates."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.admin.class_attendance import class_to_run
from cms.admin.classes import RUN
from cms.models import Certificate
from cms.models.site import site_details
from cms.training import certificates
from cms.training.certificates import CertificateError
from cms.training.progress import progress_of


@never_cache
def learners(request: HttpRequest, pk: int) -> HttpResponse:
    """A line for each who has a place; then the certificates that were issued."""
    one = class_to_run(request, pk)
    progress = progress_of(one)
    context = {
        "one": one,
        "progress": progress,
        "ready": sum(not p.wanting and p.certificate is None for p in progress),
        "issued": one.certificates.select_related("issued_by", "revoked_by"),
    }
    return TemplateResponse(request, "cms/admin/class_learners.html", context)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """To ``learner``, or without one to all who have completed the class."""
    one = class_to_run(request, pk)
    user: Any = request.user
    details = site_details(request)
    institution = details.organiser or details.holder
    learner = request.POST.get("learner", "")
    try:
        if learner:
            who = get_object_or_404(
                one.occasion.registrations, pk=int(learner) if learner.isdigit() else 0
            )
            made = [certificates.issue(one, who, institution, user)]
        else:
            made = certificates.issue_all(one, institution, user)
    except CertificateError as refused:
        messages.error(request, str(refused))
    else:
        _say(request, len(made))
    return HttpResponseRedirect(reverse("class_learners", args=[pk]))


@never_cache
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, which whoever verifies the certificate reads."""
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    held = get_object_or_404(Certificate, pk=pk)
    problem = ""
    if request.method == "POST":
        user: Any = request.user
        try:
            certificates.revoke(held, request.POST.get("reason", ""), user)
        except CertificateError as refused:
            problem = str(refused)
        else:
            messages.success(
                request, _("已撤销 %(number)s。") % {"number": held.number}
            )
            return HttpResponseRedirect(_back(held))
    context = {"held": held, "problem": problem, "back": _back(held)}
    return TemplateResponse(request, "cms/admin/class_revoke.html", context)


def _back(held: Certificate) -> str:
    if held.training_class_id is None:
        return reverse("classes:index")
    return reverse("class_learners", args=[held.training_class_id])


def _say(request: HttpRequest, made: int) -> None:
    if made:
        told = ngettext("已颁发 %(n)s 份证书。", "已颁发 %(n)s 份证书。", made)
        messages.success(request, told % {"n": made})
    else:
        messages.info(request, _("没有可以颁发的证书。"))
