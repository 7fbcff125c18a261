"""Importing tables: bringing one along, saying what its columns hold, the dry run, letting its rows in, taking that back.

Every step is a form that works without script. A dry run saves nothing; confirming carries the mapping that was seen, and the
number of the last import about the item: who was quicker is told.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawthiq.archive.models import Capture
from tawthiq.casework.domain import table_imports as domain
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import TableImport
from tawthiq.casework.queries.table_imports import headings_digest, history, in_force, last_revision, mapping_of
from tawthiq.casework.rules import may_import_tables, may_work_at_desk
from tawthiq.page.table_text import table_text
from tawthiq.pipeline.table_capture import mapped_table
from tawthiq.pipeline.table_file import LARGEST, TABLE_TYPES
from tawthiq.reading.table_contract import mapping_from_json, mapping_to_json
from tawthiq.records.errors import TawthiqError
from tawthiq.records.event import Act
from tawthiq.records.table import TableMapping, TableReading
from tawthiq.web import labels
from tawthiq.web.charts.sheets import as_csv
from tawthiq.web.desk.choices import known_places
from tawthiq.web.desk.selection import whole_number
from tawthiq.web.importing.effect import is_waiting, take_effect
from tawthiq.web.importing.form import mapped, roles
from tawthiq.web.importing.kept import keep, table_of
from tawthiq.web.importing.shown import (
    PROBLEMS_SHOWN,
    Changes,
    changes,
    problem_count,
    problems_shown,
    role_names,
    rows_shown,
)
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

LONGEST_MAPPING = 500_000


@dataclass(frozen=True, slots=True)
class Older:
    """An import in force of a table with the same headings, which the person may see."""

    capture: Capture
    row: TableImport


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The tables in the evidence with what was imported, and the form that brings one along."""
    if not may_work_at_desk(request.user):
        raise Http404
    told, status = "", 200
    if request.method == "POST":
        if not may_import_tables(request.user):
            raise PermissionDenied
        kept = _kept(request)
        if isinstance(kept, Capture):
            return redirect("import-table", kept.pk)
        told, status = kept, 400
    tables = Capture.objects.filter(content_type__in=TABLE_TYPES.values()).order_by("-number")
    context = page_of(request, sight(request).captures(tables))
    standing = in_force()
    context["rows"] = [(capture, standing.get(capture.identifier)) for capture in context["page"]]
    context |= {"told": told, "may_import": may_import_tables(request.user), "largest": LARGEST // 1_000_000}
    return render(request, "importing/list.html", context, status=status)


def _kept(request: HttpRequest) -> Capture | str:
    """The item of the file that is sent, or what to say instead."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        return _("Choose a file that holds a table.")
    if file.size > LARGEST:
        return _("The file is too large. Split the table.")
    try:
        found = keep(file.name or "", file.read(), request.user.get_username(), sight(request))
    except TawthiqError as error:
        return str(error)
    return found or _("The file is kept. Another run is at work; the table appears here when it is done.")


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, number: int) -> HttpResponse:
    """One table: what its columns hold, and after a POST the dry run of that, which saves nothing."""
    capture = _capture(request, number)
    if request.method == "POST" and not may_import_tables(request.user):
        raise PermissionDenied
    return _page(request, capture)


@require_POST
def problems(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that stays open or out, as a table to send back to who filled the other one."""
    capture = _capture(request, number, importing=True)
    try:
        mapping = _sent_mapping(request)
        read = mapped_table(capture.source, table_of(capture), mapping, known_places())
    except TawthiqError as error:
        return _page(request, capture, told=str(error), status=422)
    heading = (_("Row"), _("Column"), _("Cell"), _("What is wrong"), _("What to do"), _("Comes in"))
    listed = (
        (each.row, each.column, each.text, each.what, each.advice, _("no") if each.out else _("yes"))
        for each in problems_shown(read, mapping)
    )
    response = HttpResponse(as_csv(heading, listed), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tawthiq-import-{number}.csv"'
    return response


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Let the rows in by the mapping that was seen in the dry run."""
    capture = _capture(request, number, importing=True)
    by = request.user.get_username()
    try:
        mapping = _sent_mapping(request)
        counts = domain.counts_of(mapped_table(capture.source, table_of(capture), mapping, known_places()))
        older = _older(request, capture, mapping.headings)
        replaces = tuple(each.capture.identifier for each in older if str(each.capture.pk) == request.POST.get("older"))
        new = domain.NewImport(capture.identifier, capture.sha256, mapping, counts, replaces)
        domain.import_table(settings.ARCHIVE_FOLDER, new, _seen(request), by)
    except Overtaken as error:
        told = _("Somebody imported this table or took that back in the meantime (%(who)s). Nothing was saved.")
        return _page(request, capture, told=told % {"who": error.item}, status=409)
    except TawthiqError as error:
        return _page(request, capture, told=str(error), status=422)
    effect = take_effect(domain.affected(capture.identifier), sum(counts.values()))
    return redirect(f"{reverse('import-table', args=[number])}?effect={effect.value}")


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an import back: the rows go, the evidence stays; with `read` in the form, only finish what was left for later."""
    capture = _capture(request, number, importing=True)
    standing = in_force().get(capture.identifier)
    rows = sum(standing.content["rows"].values()) if standing else 0
    if "read" not in request.POST:
        try:
            domain.withdraw(settings.ARCHIVE_FOLDER, capture.identifier, _seen(request), request.user.get_username())
        except Overtaken as error:
            told = _("Somebody imported this table or took that back in the meantime (%(who)s). Nothing was saved.")
            return _page(request, capture, told=told % {"who": error.item}, status=409)
    effect = take_effect(domain.affected(capture.identifier), rows)
    return redirect(f"{reverse('import-table', args=[number])}?effect={effect.value}")


def _capture(request: HttpRequest, number: int, *, importing: bool = False) -> Capture:
    found = sight(request).captures(Capture.objects.filter(pk=number)) if number < 2**62 else Capture.objects.none()
    capture = found.first()
    if capture is None:
        raise Http404
    if importing and not may_import_tables(request.user):
        raise PermissionDenied
    return capture


def _seen(request: HttpRequest) -> int:
    seen = whole_number(request.POST.get("seen", ""))
    return -1 if seen is None else seen


def _sent_mapping(request: HttpRequest) -> TableMapping:
    """The mapping of the form. Raises UnreadableInput for anything else."""
    sent = request.POST.get("mapping", "")
    try:
        value = json.loads(sent) if len(sent) <= LONGEST_MAPPING else None
    except (ValueError, RecursionError):
        value = None
    return mapping_from_json(value)


def _older(request: HttpRequest, capture: Capture, headings: tuple[str, ...]) -> list[Older]:
    """Imports in force of other tables with the same headings that this person may see."""
    digest = headings_digest(headings)
    rows = {key: row for key, row in in_force().items() if digest and row.headings == digest}
    rows.pop(capture.identifier, None)
    seen = sight(request).captures(Capture.objects.filter(identifier__in=sorted(rows))).order_by("-number")
    return [Older(each, rows[each.identifier]) for each in seen]


def _page(request: HttpRequest, capture: Capture, *, told: str = "", status: int = 200) -> HttpResponse:
    revision = last_revision(capture.identifier)
    standing = in_force().get(capture.identifier)
    context: dict[str, Any] = {
        "capture": capture,
        "told": told,
        "revision": revision,
        "standing": standing,
        "waiting": bool(revision) and is_waiting(capture),
        "effect": request.GET.get("effect", ""),
        "history": list(history(capture.identifier)[:20]) if revision else [],
        "may_import": may_import_tables(request.user),
    }
    request.items_shown = [capture.pk]  # type: ignore[attr-defined]
    try:
        cells = table_of(capture)
    except TawthiqError as error:
        return render(request, "importing/table.html", {**context, "error": error}, status=status)
    text = table_text(cells, capture.identifier)
    sent = {key: str(value) for key, value in request.POST.items()} if request.method == "POST" else {}
    first = mapped(cells, text, {})
    older = _older(request, capture, first.mapping.headings)
    saved = mapping_of(standing or older[0].row) if standing or older else None
    there = mapped(cells, text, sent, saved)
    checking = request.method == "POST" and "check" in request.POST and not there.fault and not told
    context |= {
        "table": cells,
        "there": there,
        "roles": roles(),
        "acts": [(act.value, labels.label("act", act.value)) for act in Act],
        "parties": sorted(labels.actors(labels.active_language()).items(), key=lambda each: each[1]),
        "older": older,
        "chosen_older": request.POST.get("older", ""),
        "fault": there.fault if request.method == "POST" and "look" not in request.POST else "",
    }
    if checking:
        read = mapped_table(capture.source, cells, there.mapping, known_places())
        context |= _dry_run(read, there.mapping)
        context["changes"] = _changes(older, request.POST.get("older", ""), read)
    return render(request, "importing/table.html", context, status=status)


def _dry_run(read: TableReading, mapping: TableMapping) -> dict[str, Any]:
    return {
        "read": read,
        "shown": rows_shown(read, mapping.speaker),
        "problems": problems_shown(read, mapping, PROBLEMS_SHOWN),
        "problem_count": problem_count(read),
        "columns": role_names(mapping),
        "mapping_json": json.dumps(mapping_to_json(mapping), ensure_ascii=False, sort_keys=True),
    }


def _changes(older: list[Older], chosen: str, read: TableReading) -> Changes | None:
    """What changed since the older version that was chosen; None without one, or where it cannot be read any more."""
    found = next((each for each in older if str(each.capture.pk) == chosen), None)
    if found is None:
        return None
    try:
        return changes(mapped_table(found.capture.source, table_of(found.capture), mapping_of(found.row)), read)
    except TawthiqError:
        return None
