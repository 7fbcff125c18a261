"""What the page of the desk shows of an opened report."""

from django.http import HttpRequest

from tawthiq.archive.models import Report
from tawthiq.casework.queries.reading_corrections import history
from tawthiq.casework.rules import may_decide_readings
from tawthiq.records.event import Event
from tawthiq.records.reading_correction import MANY, Slot
from tawthiq.records.span import Span
from tawthiq.web import labels
from tawthiq.web.desk.deciding import NEW, slot_of
from tawthiq.web.desk.meanings import slot_name
from tawthiq.web.desk.opened import SELECTABLE, Named, Opened
from tawthiq.web.desk.selection import WORDS_SHOWN, Word, whole_number, words
from tawthiq.web.desk.shown import RecordShown, events_shown, marks, statements_shown, taken_out
from tawthiq.web.highlighting import Piece, pieces, stretches
from tawthiq.web.middleware import sight

ADDED = (Slot.WHEN, Slot.PLACE, Slot.BY, Slot.VICTIM, Slot.COUNT)


def page_context(request: HttpRequest, there: Opened) -> dict[str, object]:
    """The context of desk/desk.html."""
    events, statements = events_shown(there), statements_shown(there)
    effect = request.GET.get("effect", "")
    choosing = there.named(request.GET.get("choose", "")) if request.GET.get("choose") != NEW else _new_event(there)
    splitting = there.named(request.GET.get("split", ""))
    needs_words = choosing is not None or splitting is not None
    return {
        "report": there.report,
        "there": there,
        "events": events,
        "statements": statements,
        "blocks": _blocks(there, [*events, *statements]),
        "left": sum(record.left for record in (*events, *statements)),
        "total": sum(len(record.values) for record in (*events, *statements)),
        "taken_out": taken_out(there),
        "unfit": there.settled.unfit,
        "changed": there.kept.changed,
        "undo": _undo(there),
        "choosing": choosing,
        "choosing_name": slot_name(choosing.slot) if choosing and choosing.slot else "",
        "splitting": splitting if splitting and splitting.is_event and splitting.slot is None else None,
        "split_parts": _parts(splitting, events) if splitting else (),
        "acts": labels.ACTS.items(),
        "words": _window(request, there, choosing) if needs_words else None,
        "added": [(slot.value, slot_name(slot)) for slot in ADDED],
        "has_when": {f"e{at}": event.when is not None for at, event in enumerate(_events(there))},
        "may_decide": may_decide_readings(request.user),
        "effect": effect if effect in ("done", "later", "failed", "unfit") else "",
        "finished": "finished" in request.GET,
        "just_reviewed": _number_of(request),
        "current": request.GET.get("at", "")[:32],
    }


def _events(there: Opened) -> tuple[Event, ...]:
    return there.settled.reading.events


def _new_event(there: Opened) -> Named:
    return slot_of(NEW, there)[0]


def _number_of(request: HttpRequest) -> int | None:
    """The report that was just marked as reviewed, for the line that offers to take that back."""
    number = whole_number(request.GET.get("reviewed", ""))
    seen = sight(request).reports(Report.objects.filter(pk=number)) if number is not None else Report.objects.none()
    return number if seen.exists() else None


def _undo(there: Opened) -> dict[str, object] | None:
    """The last act about the report, while it is in force: who did it, when, and how many values it was about."""
    last = history(there.report.capture.identifier).first()
    mine = [row for row, _ in there.kept.rows if last is not None and row.act == last.act]
    if last is None or not mine:
        return None
    return {"act": last.act, "by": last.by, "at": last.at, "count": len(mine), "kind": mine[0].get_kind_display()}


def _blocks(there: Opened, records: list[RecordShown]) -> list[tuple[str, Span, list[Piece]]]:
    """The text zone by zone, with the marks of values; readers' comments among them, to be folded."""
    zones = [(zone.kind, Span(zone.start, zone.end)) for zone in there.report.zones.all()]
    found = list(marks(records, there))
    blocks = []
    for stretch in stretches(zones, len(there.text)):
        if stretch.span.of(there.text).strip():
            inside = found if stretch.kind in SELECTABLE else []
            blocks.append((stretch.kind, stretch.span, pieces(there.text, stretch.span, inside)))
    return blocks


def _parts(splitting: Named, events: list[RecordShown]) -> list[object]:
    """The values of an event that may go to another one."""
    own = next((event for event in events if event.token == splitting.token), None)
    return [value for value in own.values if value.slot in MANY | {Slot.WHEN}] if own else []


def _window(request: HttpRequest, there: Opened, choosing: Named | None) -> dict[str, object]:
    """A stretch of the numbered words: around the value, or from the word that the address asks for."""
    every = words(there)
    asked = whole_number(request.GET.get("words", ""))
    start = (asked or 1) - 1
    if asked is None and choosing is not None and choosing.value is not None:
        at = next((w.number for w in every if w.span.end > choosing.value.anchor.start), 1)
        start = max(0, at - WORDS_SHOWN // 2) if at > WORDS_SHOWN // 2 else 0
    start = min(start, max(0, len(every) - 1))
    shown = every[start : start + WORDS_SHOWN]
    before = max(1, start + 1 - WORDS_SHOWN) if start else None
    after = start + WORDS_SHOWN + 1 if start + WORDS_SHOWN < len(every) else None
    first, last = _chosen(every, choosing)
    return {"shown": shown, "before": before, "after": after, "first": first, "last": last, "total": len(every)}


def _chosen(every: list[Word], choosing: Named | None) -> tuple[int | None, int | None]:
    """The numbers of the words in which the value stands now."""
    if choosing is None or choosing.value is None:
        return None, None
    span = choosing.value.anchor.span
    inside = [word.number for word in every if word.span.overlaps(span)]
    return (inside[0], inside[-1]) if inside else (None, None)
