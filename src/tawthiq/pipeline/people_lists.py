"""Lists of persons as CSV (RFC 4180): bytes in, records of persons out, bad rows named with file and line.

Which column means what is told by lexicon/data/person_columns.tsv or by the person. The encoding is that of the byte order
mark, else UTF-8, else windows-1256 or windows-1252, whichever gives letters; cells are parted by commas, semicolons or tabs, as
the header shows. A cell is text and never carried out: a name that is a formula of a spreadsheet is no name.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO

from tawthiq.lexicon.tables import load
from tawthiq.linking.people import read_person
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.person import PERSON_COLUMNS, ListCell, PersonRecord, PersonValue
from tawthiq.text.folding import fold

LONGEST_CELL = 2000
"""Characters of a cell; what is longer is no value of a person, most often a quotation mark that nobody closed."""
LARGEST_LIST = 512 * 1024 * 1024
"""Bytes of a list; some millions of rows."""
PARTS = ("given", "father", "grandfather", "family")
_FIELDS = frozenset({*PERSON_COLUMNS, *PARTS, "identifier"})
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ARABIC = re.compile(r"[\u0621-\u064a]")
_SEPARATORS = ",;\t"
_UNCLOSED = "look for a quotation mark that is never closed, on this line or the ones after it"
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PersonList:
    """One list read: its records, the rows that could not be, the headings that mean nothing here, and its encoding."""

    name: str
    records: tuple[PersonRecord, ...]
    bad: tuple[UnreadableInput, ...]
    unused: tuple[str, ...]
    encoding: str


def read_list(name: str, data: bytes, columns: Mapping[str, str] | None = None) -> PersonList:
    """The records of a list called `name`. `columns` maps fields to headings and wins over the table.

    Raises UnreadableInput where it is no list of persons: no text, no header, no column with names.
    """
    text, encoding = decoded(name, data)
    rows = _rows(name, text)
    header = next(rows, None)
    if header is None or isinstance(header, UnreadableInput):
        raise header or _unreadable(name, "it is empty", "give a CSV file with a header")
    headings = header[1]
    fields, unused = field_columns(headings, columns or {})
    if not {"name", "given", "family"} & fields.keys():
        shown = ", ".join(f'"{heading[:40]}"' for heading in headings[:12])
        raise _unreadable(
            f"{name}:1", f"no column holds names (headings: {shown})", 'say which does: --columns "name=HEADING"'
        )
    records, bad = list[PersonRecord](), list[UnreadableInput]()
    for row in rows:
        made = row if isinstance(row, UnreadableInput) else _record(name, row, headings, fields)
        if isinstance(made, UnreadableInput):
            bad.append(made)
        elif made is not None:
            records.append(made)
    return PersonList(name, tuple(records), tuple(bad), unused, encoding)


def is_person_list(data: bytes) -> bool:
    """Whether bytes look like a list of persons: a header with a column of names and at least one more known column."""
    try:
        text, _ = decoded("list", data[:65536])
    except UnreadableInput:
        return False
    header = next(_rows("list", text.partition("\n")[0]), None)
    if header is None or isinstance(header, UnreadableInput):
        return False
    fields, _ = field_columns(header[1], {})
    return bool({"name", "given"} & fields.keys()) and len(fields) > 1


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text of a list and its encoding. Raises UnreadableInput for what is no text, and above `LARGEST_LIST`."""
    if len(data) > LARGEST_LIST:
        raise _unreadable(name, f"it has {len(data):,} bytes, more than {LARGEST_LIST:,}", "split it")
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked or data[:4096].count(0) > len(data[:4096]) // 4:
        try:
            return data.decode(marked or "utf-8"), marked or "utf-8"
        except UnicodeDecodeError as error:
            raise _unreadable(name, "it is no text", "save the list as CSV in UTF-8") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        arabic = data.decode("windows-1256", "replace")
        beyond = sum(letter > "\x7f" for letter in arabic)
        if len(_ARABIC.findall(arabic)) * 2 > beyond:
            return arabic, "windows-1256"
        return data.decode("windows-1252", "replace"), "windows-1252"


def field_columns(headings: Sequence[str], chosen: Mapping[str, str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """The column of each field, by the person's choice and then the table, and the headings that serve no field.

    Of two columns for one field the first counts. Raises UnreadableInput where a chosen heading is not there.
    """
    by_heading = {_key(heading): place for place, heading in reversed(list(enumerate(headings)))}
    fields: dict[str, int] = {}
    for field, heading in chosen.items():
        if field not in _FIELDS or _key(heading) not in by_heading:
            known = ", ".join(sorted(_FIELDS))
            wrong = f'no column is called "{heading}"' if field in _FIELDS else f'"{field}" is no field ({known})'
            raise _unreadable("--columns", wrong, "copy the heading as it stands in the list")
        fields[field] = by_heading[_key(heading)]
    taken = set(fields.values())
    for place, heading in enumerate(headings):
        known_field = _known().get(_key(heading))
        if known_field and known_field not in fields and place not in taken:
            fields[known_field] = place
    used = set(fields.values())
    return fields, tuple(heading for place, heading in enumerate(headings) if place not in used and heading)


@cache
def _known() -> Mapping[str, str]:
    return {_key(row["heading"]): row["field"] for row in load("person_columns", ("heading", "field"))}


def _key(heading: str) -> str:
    return _NOT_LETTERS.sub("", fold(heading))


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]] | UnreadableInput]:
    """Each row with the line on which it begins; rows without a cell are passed over."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_SEPARATORS, key=lambda sign: (first.count(sign), -_SEPARATORS.index(sign)))
    # The csv module would stop for good at a cell above its limit, which is one for all threads and is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_LIST))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line, width = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(f"{name}:{line}", str(error), "mend this row")
            line = reader.line_num + 1
            continue
        if any(len(cell) > LONGEST_CELL for cell in cells):
            yield _unreadable(f"{name}:{line}", f"a cell has more than {LONGEST_CELL:,} characters", _UNCLOSED)
        elif any("\0" in cell for cell in cells):
            yield _unreadable(f"{name}:{line}", "a cell holds a NUL character", "save the list as CSV again")
        elif width and any(_holds_a_row(cell, delimiter, width) for cell in cells):
            yield _unreadable(f"{name}:{line}", "a cell holds what looks like rows of the list", _UNCLOSED)
        elif any(cell.strip() for cell in cells):
            width = width or len(cells)
            yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _holds_a_row(cell: str, delimiter: str, width: int) -> bool:
    """Whether a line of the cell after its first is parted as a row of so many columns is: it would be lost unseen."""
    return any(line.count(delimiter) >= max(2, width - 1) for line in cell.splitlines()[1:])


def _record(
    name: str, row: tuple[int, list[str]], headings: Sequence[str], fields: Mapping[str, int]
) -> PersonRecord | UnreadableInput | None:
    """The record of a row, or why there is none."""
    line, cells = row
    at = f"{name}:{line}"
    if len(cells) > len(headings) and any(cells[len(headings) :]):
        happened = f"it has {len(cells)} cells where the header has {len(headings)}"
        return _unreadable(at, happened, "put cells that hold the separator between quotation marks")
    told = {
        field: PersonValue(cells[place], ListCell(name, line, headings[place]))
        for field, place in fields.items()
        if place < len(cells) and cells[place]
    }
    whole = told.get("name") or _whole_name(told, name, line)
    if whole is None:
        return _unreadable(at, "it names nobody", "leave the row out or fill in the name")
    if any(sign in line for line in whole.text.splitlines()[1:] for sign in _SEPARATORS):
        return _unreadable(at, "the name holds what looks like a row of the list", _UNCLOSED)
    if whole.text.startswith("="):
        return _unreadable(at, "the name is a formula of a spreadsheet", "put the name itself into the cell")
    values = {field: value for field, value in told.items() if field in PERSON_COLUMNS} | {"name": whole}
    return read_person(at, name, values)


def _whole_name(told: Mapping[str, PersonValue], name: str, line: int) -> PersonValue | None:
    """A name from its parts, in the order in which it is said."""
    parts = [told[part] for part in PARTS if part in told]
    if not {"given", "family"} & told.keys():
        return None
    columns = " + ".join(part.at.column for part in parts if isinstance(part.at, ListCell))
    return PersonValue(" ".join(part.text for part in parts), ListCell(name, line, columns))


def _unreadable(item: str, happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=happened, advice=advice)
