"""What a person has in hand while correcting a page: zones, values and comments, carried by the form itself.

Nothing is kept on the server until it is saved, so nothing of it is lost when somebody else saves in between. The packed
form is what the browser sends back; it is checked like everything that comes from outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from tawthiq.records.page import Comment, Zone, ZoneKind
from tawthiq.records.span import Span

_PACKED = {kind: chr(ord("a") + number) for number, kind in enumerate(ZoneKind)}
_UNPACKED = {code: kind for kind, code in _PACKED.items()}


@dataclass(frozen=True, slots=True)
class Draft:
    """The correction as far as it goes. Texts are as typed; `date` is a key of `dates.choices`.

    `date_words` and `date_day` belong to the choice of words that the person names (`dates.WORDS`).
    """

    zones: tuple[Zone, ...]
    title: str = ""
    byline: str = ""
    agency: str = ""
    date: str = ""
    date_words: str = ""
    date_day: str = ""
    comments: tuple[Comment, ...] = field(default=())
    note: str = ""


def painted(text: str, zones: Iterable[Zone], span: Span, kind: ZoneKind) -> tuple[Zone, ...]:
    """The zones with the characters of `span` under `kind`: no zone is blank, and neighbours of one kind are one.

    White space between two kinds goes to the one that is not body, as everywhere (page.painting).
    """
    pieces: list[tuple[ZoneKind, int, int]] = []
    for zone in zones:
        start, end = zone.span.start, zone.span.end
        pieces.append((zone.kind, start, min(end, span.start)))
        pieces.append((kind, max(start, span.start), min(end, span.end)))
        pieces.append((zone.kind, max(start, span.end), end))
    return zoned(text, pieces)


def zoned(text: str, pieces: Iterable[tuple[ZoneKind, int, int]]) -> tuple[Zone, ...]:
    """Zones from kinds of stretches in text order, which leave out nothing visible: blank ones go, like ones join."""
    cores: list[tuple[ZoneKind, int, int]] = []
    for what, start, end in pieces:
        visible = text[start:end].strip()
        if start >= end or not visible:
            continue
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        core = (what, begin, begin + len(visible))
        if cores and cores[-1][0] is what:
            cores[-1] = (what, cores[-1][1], core[2])
        else:
            cores.append(core)
    return _closed(text, cores)


def _closed(text: str, cores: list[tuple[ZoneKind, int, int]]) -> tuple[Zone, ...]:
    """Zones without gaps: the white space between two of them goes to the one that is not body."""
    if not cores:
        return (Zone(ZoneKind.OTHER, Span(0, len(text)), ""),) if text else ()
    edges = [0]
    for (kind, _, end), (_, start, _) in pairwise(cores):
        edges.append(end if kind is ZoneKind.BODY else start)
    edges.append(len(text))
    return tuple(
        Zone(kind, Span(start, end), "") for (kind, _, _), (start, end) in zip(cores, pairwise(edges), strict=True)
    )


def pack(zones: Iterable[Zone]) -> str:
    """Zones as one short line: a letter for the kind and the number of characters, zone after zone."""
    return "".join(f"{_PACKED[zone.kind]}{len(zone.span)}" for zone in zones)


def unpack(packed: str, length: int) -> tuple[Zone, ...] | None:
    """The zones of a packed line; None when it is none of ours or does not cover `length` characters."""
    zones: list[Zone] = []
    at = 0
    number = ""
    kind: ZoneKind | None = None
    for letter in f"{packed}a":
        if letter.isascii() and letter.isdigit() and kind is not None and len(number) < 9:
            number += letter
            continue
        if kind is not None:
            if not number or int(number) == 0:
                return None
            zones.append(Zone(kind, Span(at, at + int(number)), ""))
            at, number = at + int(number), ""
        kind = _UNPACKED.get(letter)
        if kind is None:
            return None
    return tuple(zones) if at == length else None


def pack_comments(comments: Iterable[Comment]) -> list[list[object]]:
    """Comments as JSON values: start, end, author, date."""
    return [[comment.span.start, comment.span.end, comment.author, comment.date] for comment in comments]


def unpack_comments(value: object, length: int) -> tuple[Comment, ...] | None:
    """The comments of such values; None when they are none of ours."""
    if not isinstance(value, list):
        return None
    found = []
    for each in value:
        if not isinstance(each, list) or len(each) != 4:
            return None
        start, end, author, date = each
        whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length
        if not whole or not all(words is None or isinstance(words, str) for words in (author, date)):
            return None
        found.append(Comment(author, date, Span(start, end)))
    return tuple(found)
