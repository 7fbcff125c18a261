"""Which stretches of a page carry the outlet's report: what reading, search and linking may take as the outlet's words."""

from collections.abc import Iterable

from tawthiq.records.page import Zone, ZoneKind
from tawthiq.records.span import Span
from tawthiq.text.language import language

REPORT_KINDS = frozenset({ZoneKind.TITLE, ZoneKind.BODY})


def report_spans(zones: Iterable[tuple[ZoneKind, Span]]) -> tuple[Span, ...]:
    """Title and body, in text order; never comments, navigation or related links.

    Stretches of body with nothing but an agency credit between them ("BEIRUT (Reuters) - ...") are one, so that no
    sentence is cut in two.
    """
    found: list[Span] = []
    before: list[ZoneKind] = []
    for kind, span in sorted(zones, key=lambda zone: zone[1]):
        if kind in REPORT_KINDS:
            if kind is ZoneKind.BODY and before[-2:] == [ZoneKind.BODY, ZoneKind.AGENCY]:
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
        before.append(kind)
    return tuple(found)


def report_language(text: str, zones: Iterable[Zone]) -> str:
    """The language of the report itself; of the whole page where hardly any report was found."""
    own = " ".join(zone.span.of(text) for zone in zones if zone.kind in REPORT_KINDS)
    return language(own if len(own) > 40 else text)
