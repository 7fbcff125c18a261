"""XLSX workbooks before a library opens them: bounds on what they unfold to, refused document types, cells with errors.

A workbook is a ZIP file of XML (ECMA-376, Office Open XML). Its parts are unfolded here first, counting bytes, since what a ZIP
says of its sizes may be a lie; a part with a document type could hold entities that unfold without end, and none has one that
a spreadsheet wrote. One cell in the last corner of a sheet would have the library lay out the whole of it, so the corner is
looked for beforehand.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath

from tawthiq.records.errors import UnreadableInput

MOST_UNFOLDED = 200_000_000
"""Bytes of all parts together."""
MOST_PARTS = 2000
MOST_CELLS = 5_000_000
"""Cells of the rectangle that a sheet spans: 100,000 rows of 50 columns."""
_HEADER = 30  # bytes of a local file header before its name (ZIP specification, 4.3.7)
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.DOTALL)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,4})(\d{1,9})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\s*>\s*[^\s<]|<(?:\w+:)?is\s*>")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class WorkbookLook:
    """For each sheet, in the workbook's order, the cells (row, column from 0) with errors or formulas without a value."""

    errors: tuple[frozenset[tuple[int, int]], ...]


def look_into(data: bytes, name: str) -> WorkbookLook:
    """What a workbook holds before it is opened. Raises UnreadableInput above the bounds and for what is no workbook."""
    try:
        parts = _parts(data, name)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError) as error:
        raise _refused(name, "it is damaged, or no workbook", "save it as XLSX or CSV again") from error
    sheets = _sheet_parts(parts)
    if any(b"<!DOCTYPE" in data or b"<!ENTITY" in data for data in parts.values()):
        raise _refused(name, "a part of it has a document type, which no spreadsheet writes", "save it as CSV")
    found = {part: _look(body, name) for part, body in parts.items() if part.startswith("xl/worksheets/")}
    return WorkbookLook(tuple(found.get(part, frozenset()) for part in sheets))


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Every part that is XML, unfolded; pictures and what else there is are passed over, but counted."""
    found: dict[str, bytes] = {}
    left = MOST_UNFOLDED
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS:
            raise _refused(name, f"it has more than {MOST_PARTS:,} parts", "save it as CSV")
        for info in infos:
            if info.flag_bits & 1:
                raise _refused(name, "it is encrypted", "save it without a password")
            body = _unfolded(data, info, left)
            left -= len(body)
            if left <= 0:
                raise _refused(name, f"it unfolds to more than {MOST_UNFOLDED:,} bytes", "split it, or save it as CSV")
            if info.filename.endswith((".xml", ".rels")):
                found[info.filename.lstrip("/")] = body
    return found


def _unfolded(data: bytes, info: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of a part, by what is there and not by what its header says of the size; at most one above `limit`."""
    name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + _HEADER - 4)
    start = info.header_offset + _HEADER + name_length + extra_length
    raw = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        return raw[: limit + 1]
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("a way of compressing that no spreadsheet uses")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, limit + 1)


def _sheet_parts(parts: dict[str, bytes]) -> list[str]:
    """The parts of the workbook's sheets, in its order."""
    related = {
        told.get("Id", ""): normpath(join("xl", told.get("Target", "").lstrip("/").removeprefix("xl/")))
        for told in map(_attributes, _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")))
    }
    sheets = map(_attributes, _SHEET.findall(parts.get("xl/workbook.xml", b"")))
    return [related.get(told.get("id", ""), "") for told in sheets]


def _attributes(tag: bytes) -> dict[str, str]:
    """Attributes by their names without a prefix."""
    return {
        key.decode().rpartition(":")[2]: (one or other).decode("utf-8", "replace")
        for key, one, other in _ATTRIBUTE.findall(tag)
    }


def _look(body: bytes, name: str) -> frozenset[tuple[int, int]]:
    """Cells of a sheet with errors. Raises UnreadableInput for a sheet that spans too many cells."""
    errors: set[tuple[int, int]] = set()
    rows = columns = 0
    for cell in _CELL.finditer(body):
        place = _PLACE.search(b" " + cell[1])
        if place is None:
            continue
        row, column = int(place[2]), _column(place[1])
        rows, columns = max(rows, row), max(columns, column)
        inside = cell[2] or b""
        if _ERROR.search(b" " + cell[1]) or (_FORMULA.search(inside) and not _VALUE.search(inside)):
            errors.add((row - 1, column - 1))
    if rows * columns > MOST_CELLS:
        raise _refused(
            name, f"a sheet spans {rows:,} rows and {columns:,} columns", "delete what lies far outside the table"
        )
    return frozenset(errors)


def _column(letters: bytes) -> int:
    """The number, from 1, of a column by its letters ("A" is 1, "AA" is 27)."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _refused(name: str, happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item=name, happened=happened, advice=advice)
