"""Words of the files that leave an archive: what columns mean, what formats are called, what other programs call our codes.

Tables: export_columns.tsv, export_formats.tsv, export_losses.tsv, export_codes.tsv, acled_events.tsv (docs/lexicons.md). What
ACLED calls our acts is marked for a lawyer's review.
"""

from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.tables import load

COLUMN_COLUMNS = ("table", "column", "type", "unit", "en", "ar", "empty_en", "empty_ar")
FORMAT_COLUMNS = ("format", "name_en", "name_ar", "en", "ar")
LOSS_COLUMNS = ("format", "field", "en", "ar")
CODE_COLUMNS = ("scheme", "list", "code", "target")
ACLED_COLUMNS = ("event_type", "sub_event_type", "disorder_type", "acts")
ANY, OTHER = "*", "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that leaves: its type, its unit (None: none), what it and an empty cell mean in both languages."""

    name: str
    type: str
    unit: str | None
    en: str
    ar: str
    empty_en: str
    empty_ar: str


@dataclass(frozen=True, slots=True)
class FormatWords:
    """What a format is called and what it is for, in both languages."""

    name_en: str
    name_ar: str
    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a format could not carry a value, in both languages."""

    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class AcledEvent:
    """An event type of ACLED with its sub-type and disorder type: a proposal for a lawyer's review."""

    event_type: str
    sub_event_type: str
    disorder_type: str


@cache
def export_tables() -> dict[str, tuple[Column, ...]]:
    """The columns of every table that leaves, by the table's name, in order. Raises BadLexicon."""
    found: dict[str, tuple[Column, ...]] = {}
    for row in load("export_columns", COLUMN_COLUMNS):
        column = Column(
            row["column"],
            row["type"],
            row.optional("unit"),
            row["en"],
            row["ar"],
            row["empty_en"],
            row["empty_ar"],
        )
        found[row["table"]] = (*found.get(row["table"], ()), column)
    return found


@cache
def format_words() -> dict[str, FormatWords]:
    """What formats are called, by their names, in the order in which they are listed. Raises BadLexicon."""
    rows = load("export_formats", FORMAT_COLUMNS)
    return {row["format"]: FormatWords(row["name_en"], row["name_ar"], row["en"], row["ar"]) for row in rows}


def reason(format_name: str, field: str) -> Reason:
    """Why this format could not carry this field: its own reason, that of the kind of record, else the general one."""
    found = _reasons()
    kind = field.partition(".")[0]
    keys = ((format_name, field), (format_name, kind), (ANY, field), (ANY, OTHER))
    return next(found[key] for key in keys if key in found)


@cache
def _reasons() -> dict[tuple[str, str], Reason]:
    rows = load("export_losses", LOSS_COLUMNS)
    return {(row["format"], row["field"]): Reason(row["en"], row["ar"]) for row in rows}


@cache
def export_codes(scheme: str, of: str) -> dict[str, str]:
    """What another program calls the codes of one of its columns. Raises BadLexicon."""
    rows = load("export_codes", CODE_COLUMNS)
    return {row["code"]: row["target"] for row in rows if (row["scheme"], row["list"]) == (scheme, of)}


@cache
def acled_events() -> dict[str, AcledEvent]:
    """ACLED's event types by the way in which violation_mappings.tsv names them ("Battles: Armed clash"). Raises BadLexicon."""
    made = (
        AcledEvent(row["event_type"], row["sub_event_type"], row["disorder_type"])
        for row in load("acled_events", ACLED_COLUMNS)
    )
    return {f"{each.event_type}: {each.sub_event_type}": each for each in made}


@cache
def acled_of_act() -> dict[str, AcledEvent]:
    """ACLED's event type of an act of readings, for the acts that have one. Raises BadLexicon."""
    events = acled_events()
    return {
        act: events[f"{row['event_type']}: {row['sub_event_type']}"]
        for row in load("acled_events", ACLED_COLUMNS)
        for act in row.alternatives("acts")
    }
