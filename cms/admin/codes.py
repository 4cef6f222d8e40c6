"""Reference codes in the form: the next one, and what is wrong with the one typed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from archive import codes, tree
from archive.codes import Scheme
from archive.codes.proposals import propose, template_of
from archive.errors import InvalidReferenceCode, ReferenceCodeTaken
from archive.models import Record
from archive.vocabulary import Level
from cms.admin.permissions import may


def check_code(request: HttpRequest) -> JsonResponse:
    """``?parent=&level=&code=&record=`` → JSON.

    ``record`` is the id of the one that is being edited: its own code is free to it.
    ``proposal`` is the next free code, ``told`` says so; a ``problem`` would be
    refused, a ``note`` is only told.
    """
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    parent = _record(request.GET.get("parent", ""))
    level = request.GET.get("level", "")
    record = _record(request.GET.get("record", ""))
    typed = request.GET.get("code", "")
    problem, note = _judged(typed, parent, level, record) if typed else ("", "")
    proposal = propose(parent, level) if record is None or problem else ""
    told = _("下一个号：%(code)s") % {"code": proposal} if proposal else ""
    answer = {"proposal": proposal, "told": told, "problem": problem, "note": note}
    return JsonResponse(answer)


def _judged(
    typed: str, parent: Record | None, level: str, record: Record | None
) -> tuple[str, str]:
    """What is wrong with the code, and what is odd about it."""
    try:
        code = codes.normalise(typed)
    except InvalidReferenceCode as error:
        return str(error), ""
    own = record is not None and (
        code == record.reference_code or record.former_codes.filter(code=code).exists()
    )
    if not own and tree.taken([code]):
        return str(ReferenceCodeTaken(code)), ""
    template = template_of(parent) if parent is not None else None
    if template is None or level not in (Level.FILE, Level.ITEM):
        return "", ""
    said = codes.problem_of(Scheme(template.scheme), code)
    return (said, "") if template.strict else ("", said)


def _record(pk: str) -> Record | None:
    return Record.objects.filter(pk=pk).first() if pk.isdecimal() else None
