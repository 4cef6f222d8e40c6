"""``/certificates/``: whether a certificate was issued here, and its PDF.

The pages are for whoever holds a code. They are kept by nobody: not by caches, not by
search engines, not in the counts of visits.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cms import pdf
from cms.forms.certificates import VerifyForm
from cms.models import Certificate
from cms.readers import address_of
from cms.training import certificates
from cms.training.certificate_pdf import certificate_pdf


def look_up(request: HttpRequest) -> HttpResponse:
    """The form; a code that we know leads to its page."""
    if request.method != "POST":
        return _form(request, VerifyForm())
    form = VerifyForm(request.POST, address=address_of(request))
    if not form.is_valid():
        return _form(request, form)
    found = certificates.verify(form.cleaned_data["code"])
    if found is None:
        return _form(request, form, unknown=True)
    return HttpResponseRedirect(reverse("certificate", args=[found.code]))


def show(request: HttpRequest, code: str) -> HttpResponse:
    """Valid or revoked; every code that is none gets the same answer, with 404."""
    found = certificates.verify(code)
    if found is None:
        return _personal(request, "cms/training/certificate_unknown.html", status=404)
    if found.code != code:
        return HttpResponseRedirect(reverse("certificate", args=[found.code]))
    return _personal(request, "cms/training/certificate.html", {"certificate": found})


def as_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """To print; of one that was revoked there is only the page that says so."""
    found = certificates.verify(code)
    if found is None:
        return _personal(request, "cms/training/certificate_unknown.html", status=404)
    if found.is_revoked or found.code != code:
        return HttpResponseRedirect(reverse("certificate", args=[found.code]))
    response = pdf.response(_filename(found), certificate_pdf(found, _root(request)))
    return _kept_by_nobody(response)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]


def _filename(one: Certificate) -> str:
    return f"certificate-{one.code}.pdf"


def _form(
    request: HttpRequest, form: VerifyForm, unknown: bool = False
) -> HttpResponse:
    context = {"form": form, "unknown": unknown}
    return _personal(request, "cms/training/certificates.html", context)


def _personal(
    request: HttpRequest,
    template: str,
    context: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    request.is_personal = True  # type: ignore[attr-defined]
    return _kept_by_nobody(render(request, template, context, status=status))
