"""Tables as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need for Arabic), harmless to who opens them.

A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"): words of pages stand in
these tables, and their authors may be hostile.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from tawthiq.web.charts.legible import legible

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # also their full-width forms


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet carries out; whole numbers stay numbers."""
    if isinstance(cell, int):
        return str(cell)
    text = legible(str(cell))
    begins = text.lstrip(" \u00a0\u200b\u200e\u200f\u202a\u202b\u2066\u2067\u2068\ufeff")
    return f"'{text}" if text.startswith(FORMULA) or begins.startswith(FORMULA) else text


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table with its heading."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in heading])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
