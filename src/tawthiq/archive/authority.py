"""People's decisions about actors and places, as reading asks for them, and which reports read otherwise by them.

A report's stamp names the authority it was read with. When another one is in force, the names that mean something else are
worked out from the two, and only the reports in which one of them stands are read again; the others would read the same,
and get the stamp that says so. The result is the same as reading everything again.

Decisions are casework, a room above: `Authorities` is handed down to whoever reads.
"""

import re
from typing import Protocol

from django.db import transaction

from tawthiq.archive.models import Capture, Report
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.page.report import report_spans
from tawthiq.reading.occurring import ChangedNames, changed_names
from tawthiq.records.authority import Overlay
from tawthiq.records.page import ZoneKind
from tawthiq.records.reading import Document
from tawthiq.records.span import Span

_STAMP = re.compile(r" authority (\d+@[0-9a-f]{12})")
_AT_ONCE = 500
ANY = ChangedNames(frozenset(), None)
"""What stands in every report: where it cannot be told what a report was read with."""


class Authorities(Protocol):
    """The authority in force, and as it was."""

    def now(self) -> tuple[str, Overlay]:
        """The stamp of the authority in force, empty where it changes nothing for readers, and what it changes."""

    def stamped(self, stamp: str) -> Overlay | None:
        """What the authority changed when readings got this stamp; None where that cannot be told."""


def in_reader(reader: str) -> str:
    """The authority's stamp in the stamp of a report; empty where it was read without one."""
    found = _STAMP.search(reader)
    return found[1] if found else ""


def with_stamp(reader: str, stamp: str) -> str:
    """The stamp of a report, with another authority in it. The order is that of `saving.reader`."""
    bare = _STAMP.sub("", reader)
    if not stamp:
        return bare
    ends = [at for sign in (" + ", " corrected") if (at := bare.find(sign)) >= 0]
    at = min(ends, default=len(bare))
    return f"{bare[:at]} authority {stamp}{bare[at:]}"


def mark_renamed(authorities: Authorities | None, plain: Gazetteer) -> int:
    """Set to unread the reports in which a name stands that means something else by the authority in force; how many.

    All other reports get its stamp. `plain` is the gazetteer to read with, without anybody's decisions.
    """
    stamp, overlay = authorities.now() if authorities else ("", Overlay())
    readers = Report.objects.order_by().values_list("reader", flat=True).distinct()
    outdated = [reader for reader in readers if in_reader(reader) != stamp]
    if authorities is None or not outdated:
        return 0
    now = with_overlay(plain, overlay)
    marked = 0
    names: dict[str, ChangedNames] = {}
    for reader in outdated:
        before = in_reader(reader)
        if before not in names:
            was = authorities.stamped(before)
            names[before] = ANY if was is None else changed_names(with_overlay(plain, was), now)
        with transaction.atomic():
            marked += _mark(reader, names[before], with_stamp(reader, stamp))
    return marked


def naming(names: ChangedNames) -> int:
    """In how many of the archive's reports one of the names stands."""
    readers = Report.objects.order_by().values_list("reader", flat=True).distinct() if names else ()
    return sum(len(_numbers(reader, names)) for reader in readers)


def _mark(reader: str, names: ChangedNames, stamp: str) -> int:
    """Mark the reports with this stamp that a changed name stands in, and give all of them the new one."""
    found = _numbers(reader, names) if names else []
    for begin in range(0, len(found), _AT_ONCE):
        some = found[begin : begin + _AT_ONCE]
        Capture.objects.filter(number__in=some, state=Capture.State.READ).update(state=Capture.State.UNREAD)
    Report.objects.filter(reader=reader).update(reader=stamp)
    return len(found)


def _numbers(reader: str, names: ChangedNames) -> list[int]:
    """The reports with this stamp in which one of the names stands."""
    rows = Report.objects.filter(reader=reader, capture__state=Capture.State.READ).order_by("pk")
    if names.keys is None:
        return list(rows.values_list("pk", flat=True))
    found: list[int] = []
    likely: list[int] = []
    for number, text in rows.values_list("pk", "text").iterator(chunk_size=_AT_ONCE):
        if names.may_stand_in(text):
            likely.append(number)
    for begin in range(0, len(likely), _AT_ONCE):
        some = rows.filter(pk__in=likely[begin : begin + _AT_ONCE]).prefetch_related("zones")
        found.extend(report.pk for report in some if names.stand_in(_document(report)))
    return found


def _document(report: Report) -> Document:
    """The report as it was given to the reader."""
    zones = ((ZoneKind(zone.kind), Span(zone.start, zone.end)) for zone in report.zones.all())
    return Document(
        id=str(report.pk),
        text=report.text,
        language=report.language,
        published=report.published,
        outlet=None,
        title=None,
        readable=report_spans(zones),
    )
