"""The items of evidence: their list, their custody facts, and the preserved bytes as a download."""

from hashlib import sha256
from pathlib import PurePosixPath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.captures import capture_of
from tawthiq.archive.comparing import captures_at
from tawthiq.archive.models import Capture
from tawthiq.archive.queries.evidence import captures
from tawthiq.casework.queries.corrections import last_revision
from tawthiq.casework.rules import may_restrict
from tawthiq.pipeline.media_process import may_have_facts
from tawthiq.pipeline.table_file import may_be_table
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import EvidenceDiffers, TawthiqError
from tawthiq.records.visit import PartKind
from tawthiq.web.access.marks import note_restrictions
from tawthiq.web.custody import open_archive
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.visit_shown import PICTURES, visit_shown

_EXTENSIONS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
PART_ENDINGS = {
    PartKind.DOM.value: ".html",
    PartKind.FRAME_DOM.value: ".html",
    PartKind.SCREENSHOT.value: ".png",
    PartKind.FRAMED_SCREENSHOT.value: ".png",
    PartKind.PDF.value: ".pdf",
}
PNG = b"\x89PNG\r\n\x1a\n"


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All items, or those in one state of reading."""
    state = request.GET.get("state", "")
    state = state if state in Capture.State.values else ""
    context = page_of(request, sight(request).captures(captures(state)))
    note_restrictions(request, (capture.identifier for capture in context["page"]))
    return render(request, "evidence/list.html", {**context, "state": state, "states": Capture.State.values})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One item: what is known of how it came here, and whether it could be read."""
    seen = sight(request)
    capture = seen.captures(Capture.objects.select_related("report").filter(pk=number)).first()
    if capture is None:
        raise Http404
    note_restrictions(request, [capture.identifier])
    context = {
        "capture": capture,
        "revision": last_revision(capture.identifier),
        "visit": visit_shown(capture),
        "captures": seen.captures(captures_at(capture)).count() if capture.address else 0,
        "may_restrict": may_restrict(request.user),
        "may_be_table": may_be_table(capture.source, capture.content_type),
        "has_media": may_have_facts(capture.content_type),
    }
    return render(request, "evidence/detail.html", context)


@require_safe
def payload(request: HttpRequest, number: int) -> HttpResponse:
    """The preserved payload as it was served, always as a file to save: it is hostile and never shown here."""
    row = sight(request).captures(Capture.objects.filter(pk=number)).first()
    if row is None:
        raise Http404
    try:
        data = _verified(row)
    except TawthiqError as error:
        return render(request, "evidence/unreadable.html", {"capture": row, "error": error}, status=500)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(row)}"'
    return _sandboxed(response)


@require_safe
def picture(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """A picture that was made of a page, shown: it is our own or the browser's painting, never the page's file."""
    row, data, kind = _part(request, number, part)
    if isinstance(data, TawthiqError):
        return render(request, "evidence/unreadable.html", {"capture": row, "error": data}, status=500)
    if kind not in PICTURES or not data.startswith(PNG):
        raise Http404
    return _sandboxed(HttpResponse(data, content_type="image/png"))


@require_safe
def part(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """One part made from a page, always as a file to save."""
    row, data, kind = _part(request, number, part)
    if isinstance(data, TawthiqError):
        return render(request, "evidence/unreadable.html", {"capture": row, "error": data}, status=500)
    response = HttpResponse(data, content_type="application/octet-stream")
    name = PurePosixPath(_file_name(row)).stem
    response["Content-Disposition"] = f'attachment; filename="{name}-{part}{PART_ENDINGS.get(kind, ".bin")}"'
    return _sandboxed(response)


def _part(request: HttpRequest, number: int, part: int) -> tuple[Capture, bytes | TawthiqError, str]:
    """The item, the bytes of one of its parts, or why they cannot be had, and its kind. Raises Http404."""
    visits = Capture.objects.filter(pk=number, kind=SourceKind.BROWSER.value)
    row = sight(request).captures(visits).first()
    if row is None:
        raise Http404
    try:
        with open_archive() as folder:
            parts = folder.visit_facts(capture_of(row))["parts"]
            if part >= len(parts):
                raise Http404
            return row, folder.visit_part(capture_of(row), part).payload, str(parts[part]["kind"])
    except TawthiqError as error:
        return row, error, ""


def _sandboxed(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _verified(row: Capture) -> bytes:
    """The payload, once its digest is what the log says."""
    with open_archive() as folder:
        data = folder.record(capture_of(row)).payload
    if sha256(data).hexdigest() != row.sha256:
        raise EvidenceDiffers(
            item=row.path,
            happened="the preserved bytes are not those that the log recorded",
            advice="run `tawthiq verify` and keep the folder as it is",
        )
    return data


def _file_name(row: Capture) -> str:
    """A plain file name: the item's identifier, and an ending for what is text."""
    media_type = row.content_type.partition(";")[0].strip().lower()
    safe = "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter in "-_" else "-" for letter in row.identifier
    )
    return str(PurePosixPath(safe or "item").with_suffix(_EXTENSIONS.get(media_type, ".bin")))
