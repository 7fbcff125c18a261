"""A workbook of one sheet of texts (Office Open XML, ECMA-376 part 1), byte for byte the same for the same cells.

Every cell is an inline string, so that no spreadsheet takes one for a formula, a number or a day. What XML cannot hold (control
characters) becomes U+FFFD; `writable` tells beforehand.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tawthiq.publication.exchange.plain_zip import PlainZip

LONGEST = 32_767
"""Characters that a cell of a workbook may hold."""
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)


def writable(text: str) -> bool:
    """Whether a cell can hold a text as it is."""
    return len(text) <= LONGEST and not _IMPOSSIBLE.search(text)


def write_workbook(path: Path, sheet: str, rows: Sequence[Sequence[str]]) -> None:
    """Write a workbook with one sheet. Raises OSError."""
    lines = (f'<row r="{number}">{_cells(number, row)}</row>' for number, row in enumerate(rows, start=1))
    data = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    book = f'<sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets>'
    with PlainZip(path) as packed:
        packed.add("[Content_Types].xml", _TYPES.encode())
        packed.add("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        packed.add(
            "xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}</workbook>'.encode()
        )
        packed.add("xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml"))
        packed.add("xl/worksheets/sheet1.xml", data.encode())


def _relation(kind: str, target: str) -> bytes:
    inner = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()


def _cells(number: int, row: Sequence[str]) -> str:
    return "".join(
        f'<c r="{_letters(place)}{number}" t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for place, cell in enumerate(row)
        if cell
    )


def _text(cell: str) -> str:
    return escape(_IMPOSSIBLE.sub("\ufffd", cell[:LONGEST]), {"\r": "&#13;"})


def _letters(place: int) -> str:
    """A column's letters: A, B, ... Z, AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
