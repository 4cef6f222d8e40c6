"""The certificate as it is printed: A4 across, the place of the seal left blank."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from cms.chinese_dates import chinese_date
from cms.models.certificates import Certificate
from cms.pdf import pdf_of


def certificate_pdf(one: Certificate, root: str) -> bytes:
    """``root`` is the site's scheme and host, for the code that leads to the page.

    Always in Chinese, as it was issued.
    """
    with translation.override(settings.LANGUAGE_CODE):
        address = root + reverse("certificate", args=[one.code])
        context = {
            "certificate": one,
            "address": address,
            "shown_address": address.partition("://")[2].rstrip("/"),
            "qr": _qr(address),
            "issued_on": chinese_date(one.issued_on),
            "hours": f"{one.hours.normalize():f}",
        }
        return pdf_of(render_to_string("cms/print/class_certificate.html", context))


def _qr(address: str) -> SafeString:
    made = segno.make(address, error="m", micro=False)
    # Of our own address, drawn by segno: modules as one path, nothing of it is text.
    return SafeString(made.svg_inline(border=0, omitsize=True, svgclass="qr"))
