"""What the evidence page shows of a browser's visit: its pictures, parts, acts, and requests without a kept answer."""

from dataclasses import dataclass, fields
from typing import Any

from tawthiq.archive.captures import capture_of
from tawthiq.archive.models import Capture
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import TawthiqError
from tawthiq.records.visit import PartKind, Piece
from tawthiq.web.custody import open_archive

MOST_SHOWN = 200
PICTURES = frozenset({PartKind.SCREENSHOT.value, PartKind.FRAMED_SCREENSHOT.value})


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part; `number` is its place in the log entry's list, from 0; `size` is in bytes.

    `piece` is which piece of the page it shows, None where it shows the whole.
    """

    number: int
    kind: str
    content_type: str
    size: int
    sha256: str
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A visit as it is shown. `more` counts acts and lost requests that are not listed; `facts` is its metadata record."""

    facts: dict[str, Any]
    pictures: tuple[PartShown, ...]
    parts: tuple[PartShown, ...]
    acts: tuple[dict[str, Any], ...]
    unrecorded: tuple[dict[str, Any], ...]
    more: int
    decoded: int


def visit_shown(row: Capture) -> VisitShown | None:
    """The visit behind an item; None for items of other kinds, and when it cannot be read (verifying tells why)."""
    if row.kind != SourceKind.BROWSER.value:
        return None
    try:
        with open_archive() as folder:
            facts = folder.visit_facts(capture_of(row))
    except TawthiqError:
        return None
    return _shown(facts)


def _shown(facts: dict[str, Any]) -> VisitShown:
    parts = tuple(
        PartShown(
            number,
            str(part.get("kind")),
            str(part.get("content_type")),
            int(part.get("size", 0)),
            str(part.get("sha256")),
            _piece(part.get("piece")),
        )
        for number, part in enumerate(_rows(facts, "parts"))
    )
    acts, lost = _rows(facts, "acts"), _rows(facts, "unrecorded")
    return VisitShown(
        facts=facts,
        pictures=tuple(part for part in parts if part.kind == PartKind.FRAMED_SCREENSHOT.value),
        parts=parts,
        acts=tuple(acts[:MOST_SHOWN]),
        unrecorded=tuple(lost[:MOST_SHOWN]),
        more=max(0, len(acts) - MOST_SHOWN) + max(0, len(lost) - MOST_SHOWN),
        decoded=sum(each.get("body_form") == "decoded" for each in _rows(facts, "exchanges")),
    )


def _piece(told: object) -> Piece | None:
    """The piece that a part's facts tell; None for the whole page, and where nothing sound is told."""
    names = {field.name for field in fields(Piece)}
    if not isinstance(told, dict) or set(told) != names or any(type(value) is not int for value in told.values()):
        return None
    piece = Piece(**told)
    return None if piece.is_whole else piece


def _rows(facts: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = facts.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
