"""Authority files as text: one decision a line, tab-separated, in the order in which they were made.

The form is that of the vocabulary tables (lexicon/tables.py): UTF-8, a header, "# " comments, "-" for nothing; it is
documented in docs/authority.md. A decision's identifier is the SHA-256 of its cells as canonical JSON, so that it is the
same in every archive that holds it. Only the form is read here; whether a decision is sound is for `authority`.
"""

import hashlib
import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tawthiq.lexicon.tables import COMMENT
from tawthiq.records.authority import Decision, EntryKind, Step, Told, Wording, told
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind

SCHEMA = "tawthiq/authority/1"
NOTHING = "-"
LONGEST_CELL = 400
COLUMNS = (
    "step", "kind", "code", "name_ar", "name_en", "sort", "country", "parent", "latitude", "longitude", "alias",
    "wording", "first", "last", "target", "reason", "source", "by", "at",
)  # fmt: skip
_TEXT = (
    "code", "name_ar", "name_en", "sort", "country", "parent", "alias", "wording", "target", "reason", "source", "by",
)  # fmt: skip
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_JOINER = "\u200c"  # the zero-width non-joiner, which Persian needs
_FORMULA = frozenset("=+@")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_EASTERN = {ord(digit): str(number % 10) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {ord("٫"): "."}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an authority file: its number from 1, and the decision or why it is none."""

    number: int
    decision: Decision | UnreadableInput


def parse_authority(name: str, text: str) -> Iterator[Line]:
    """The decisions of a file called `name`, in order; a line that breaks the form is an error that names file and line.

    Raises UnreadableInput when the file has no header or another one.
    """
    headed = False
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip() or COMMENT.match(line):
            continue
        cells = tuple(cell.strip(" \r") for cell in line.split("\t"))
        if not headed:
            if cells != COLUMNS:
                raise _bad(f"{name}:{number}", "this is not the header of an authority file", _HEADER)
            headed = True
            continue
        try:
            yield Line(number, _decision(f"{name}:{number}", cells))
        except UnreadableInput as error:
            yield Line(number, error)
    if not headed:
        raise _bad(f"{name}:1", "the file has no header", _HEADER)


_HEADER = "begin with the line that `tawthiq authority export` writes"


def format_authority(decisions: Iterable[Decision]) -> str:
    """The decisions as the text of an authority file, which `parse_authority` reads back as they are."""
    lines = ["\t".join(COLUMNS)]
    lines.extend("\t".join(cell or NOTHING for cell in cells_of(decision).values()) for decision in decisions)
    return "\n".join(lines) + "\n"


def cells_of(decision: Decision) -> dict[str, str]:
    """A decision's cells by column, empty for nothing."""
    return {column: _cell(getattr(decision, column)) for column in COLUMNS}


def decision_of(cells: Mapping[str, str], item: str) -> Decision:
    """The decision that cells hold, as `cells_of` gives them; `item` names them in errors.

    Raises UnreadableInput for a cell that breaks the form: hidden signs, over-long text, no number, no date.
    """
    found: dict[str, object] = {column: clean(item, column, cells.get(column, "")) for column in _TEXT}
    step, kind = cells.get("step", ""), cells.get("kind", "")
    found["step"] = _one_of(item, "step", step, Step)
    found["kind"] = _one_of(item, "kind", kind, EntryKind)
    for column, codes in (("sort", PlaceKind), ("wording", Wording)):
        if found[column]:
            _one_of(item, column, str(found[column]), codes)
    found["latitude"] = degrees(item, "latitude", cells.get("latitude", ""), 90)
    found["longitude"] = degrees(item, "longitude", cells.get("longitude", ""), 180)
    if (found["latitude"] is None) != (found["longitude"] is None):
        raise _bad(item, "one coordinate is given without the other", "give both, or neither")
    found["first"] = _day(item, "first", cells.get("first", ""))
    found["last"] = _day(item, "last", cells.get("last", ""))
    found["at"] = _moment(item, cells.get("at", ""))
    country = str(found["country"])
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise _bad(item, "“%(cell)s” is no country code", "write two capitals (ISO 3166), such as SY", cell=country)
    return Decision(**found)  # type: ignore[arg-type]  # one value for each field, checked above


def identifier_of(decision: Decision) -> str:
    """The decision's identifier: SHA-256 (hex) over its cells as canonical JSON."""
    return hashlib.sha256(
        json.dumps(content_of(decision), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def content_of(decision: Decision) -> dict[str, str]:
    """The JSON object of a decision: schema and the cells that are not empty."""
    return {"schema": SCHEMA, **{column: cell for column, cell in cells_of(decision).items() if cell}}


def clean(item: str, column: str, cell: str) -> str:
    """A cell's text in the composed form (NFC), its spaces single. Raises UnreadableInput for what nobody can see in it."""
    hidden = next((sign for sign in cell if sign != _JOINER and unicodedata.category(sign) in _UNSEEN), None)
    if hidden is not None:
        said = "“%(column)s” holds the invisible sign %(sign)s"
        advice = "type the words anew: signs that nobody sees can turn a name around"
        raise _bad(item, said, advice, column=column, sign=f"U+{ord(hidden):04X}")
    if cell[:1] in _FORMULA:
        said = "“%(column)s” begins with a sign that spreadsheets take for a formula"
        raise _bad(item, said, "leave the sign out", column=column)
    if len(cell) > LONGEST_CELL:
        raise _bad(item, "“%(column)s” is longer than %(most)s signs", "shorten it", column=column, most=LONGEST_CELL)
    words = " ".join(unicodedata.normalize("NFC", cell).split())
    return "" if words == NOTHING else words


def degrees(item: str, column: str, cell: str, most: float) -> float | None:
    """A coordinate in degrees, eastern digits accepted; None for nothing. Raises UnreadableInput off the globe."""
    text = clean(item, column, cell.removeprefix("+")).translate(_EASTERN)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        said = "“%(column)s” is “%(cell)s”, not between -%(most)s and %(most)s"
        raise _bad(item, said, "write degrees with a point", column=column, cell=text[:40], most=f"{most:g}")
    return value


def _decision(item: str, cells: tuple[str, ...]) -> Decision:
    if len(cells) != len(COLUMNS):
        hint = ": cells are parted by tabs" if len(cells) == 1 else ""
        raise _bad(item, f"{len(cells)} cells where {len(COLUMNS)} are due{hint}", 'write "-" for nothing')
    given = {column: "" if cell == NOTHING else cell for column, cell in zip(COLUMNS, cells, strict=True)}
    return decision_of(given, item)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_TIME)
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def _one_of(item: str, column: str, cell: str, codes: type[Step | EntryKind | Wording | PlaceKind]) -> object:
    try:
        return codes(cell)
    except ValueError as error:
        known = ", ".join(code.value for code in codes)
        raise _bad(item, f'"{column}" is "{cell[:40]}", none of {known}', "write one of these") from error


def _day(item: str, column: str, cell: str) -> date | None:
    text = clean(item, column, cell).translate(_EASTERN)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        said = "“%(column)s” is “%(cell)s”, not a day"
        raise _bad(item, said, "write days as YYYY-MM-DD", column=column, cell=text[:40]) from error


def _moment(item: str, cell: str) -> datetime | None:
    try:
        return datetime.strptime(cell, _TIME).replace(tzinfo=UTC) if cell else None
    except ValueError as error:
        raise _bad(
            item, f'"at" is "{cell[:40]}", not a moment', 'leave "-": the time of the import is taken'
        ) from error


class UnreadableDecision(UnreadableInput):
    """What a person or a file says is no decision. `told` are what happened and what to do, for pages in other languages."""

    told: tuple[Told, ...] = ()


def _bad(item: str, happened: str, advice: str, **values: object) -> UnreadableDecision:
    said = (told(happened, **values), told(advice, **values))
    error = UnreadableDecision(item=item, happened=str(said[0]), advice=str(said[1]))
    error.told = said
    return error
