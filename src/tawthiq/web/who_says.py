"""Who says what of an incident: its independent sources as rows, the slots on which they differ as columns.

A source that says nothing of a slot has an empty cell: silence is neither agreement nor denial. The positions and their letters
are those of the slots below it on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tawthiq.archive.models import Claim, Report
from tawthiq.web.claims import SlotShown
from tawthiq.web.incident_sources import Source, source_named
from tawthiq.web.templatetags.wording import claim_label

CONTESTED = ("disputed", "developing")
MOST_ROWS = 12  # sources that are shown; the rest stand under the slots
MOST_COLUMNS = 5
MOST_IN_CELL = 2  # different wordings of one source's position


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of one slot: the letter of the position, its words, how many more wordings there are."""

    letter: str
    words: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """One source and its cells in the order of the columns; each cell holds the positions that it takes."""

    source: Source
    cells: tuple[tuple[SlotShown, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class WhoSays:
    """The table; `unshown` counts the sources that it leaves out."""

    columns: tuple[SlotShown, ...]
    rows: tuple[Row, ...]
    unshown: int


@dataclass(slots=True)
class _Told:
    source: Source
    words: dict[str, dict[str, list[str]]] = field(default_factory=dict)


def who_says(slots: Sequence[SlotShown], reports: Mapping[int, Report]) -> WhoSays | None:
    """The table of the slots on which sources differ; None where they differ on none. Asks the database for nothing."""
    columns = [shown for shown in slots if shown.slot.standing in CONTESTED and len(shown.positions) > 1][:MOST_COLUMNS]
    if not columns:
        return None
    told: dict[str, _Told] = {}
    for shown in columns:
        for letter, claim in _lettered(shown):
            source = source_named(claim.source, reports[claim.report_id], claim.speaker)
            entry = told.setdefault(claim.source, _Told(source))
            words = entry.words.setdefault(shown.key, {}).setdefault(letter, [])
            words += [label for label in (claim_label(claim),) if label not in words]
    ordered = sorted(told.values(), key=lambda entry: _place(entry, columns))
    rows = tuple(_row(entry, columns) for entry in ordered[:MOST_ROWS])
    return WhoSays(tuple(columns), rows, max(0, len(ordered) - MOST_ROWS))


def _place(entry: _Told, columns: Sequence[SlotShown]) -> tuple[int, list[tuple[int, ...]], str, str]:
    """Sources that speak of most columns first; among them, those of one position together."""
    taken = [
        tuple(order for order, each in enumerate(shown.positions) if each.letter in entry.words.get(shown.key, {}))
        or (len(shown.positions),)
        for shown in columns
    ]
    return -len(entry.words), taken, entry.source.name, entry.source.kind


def _lettered(shown: SlotShown) -> list[tuple[str, Claim]]:
    """Every claim of a slot with the letter of its position; positions without claims are not shown."""
    held = [position for position in shown.slot.positions.all() if position.claims.all()]
    letters = (position.letter for position in shown.positions)
    return [(letter, claim) for letter, each in zip(letters, held, strict=True) for claim in each.claims.all()]


def _row(entry: _Told, columns: Sequence[SlotShown]) -> Row:
    cells = []
    for shown in columns:
        found = entry.words.get(shown.key, {})
        said = (
            Said(letter, tuple(words[:MOST_IN_CELL]), max(0, len(words) - MOST_IN_CELL))
            for letter, words in found.items()
        )
        cells.append((shown, tuple(said)))
    return Row(entry.source, tuple(cells))
