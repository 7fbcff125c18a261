"""The tables of statistics as CSV: codes, names in both languages, numbers. UTF-8 with a mark, so that spreadsheets see Arabic.

A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection").
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from tawthiq.publication.statistics.texts import ARABIC, ENGLISH, Texts
from tawthiq.records.statistics import Reach, Statistics, StatisticsRow, Tally

TALLY = tuple(each.name for each in fields(Tally))
CUTS = ("acts", "actors", "countries", "governorates", "years", "months", "states")
REACHES = ("agreed", "disputed", "whole", "verified")
MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_files(found: Statistics) -> Iterator[tuple[str, bytes]]:
    """Every table by its file name."""
    for cut in CUTS:
        rows = getattr(found, cut)
        header = ("code", "name_en", "name_ar", *TALLY, *_extra_header(cut))
        yield f"{cut}.csv", _csv(header, (_row(cut, row) for row in rows))
    yield "total.csv", _csv(TALLY, [_numbers(found.total)])
    yield "left_out.csv", _csv(("reason", "incidents"), found.left_out)
    header = ("harm", "group", *(f"{name}_{part}" for name in REACHES for part in ("incidents", "low", "high", "open")))
    yield "tolls.csv", _csv((*header, "by_sources", "by_reports", "subsets_left_out"), _tolls(found))


def _extra_header(cut: str) -> tuple[str, ...]:
    return {"years": ("possible",), "months": ("possible",), "actors": ("attributed",)}.get(cut, ())


def _row(cut: str, row: StatisticsRow) -> tuple[object, ...]:
    extra = tuple(getattr(row, name) for name in _extra_header(cut))
    names = (Texts(ENGLISH).label(cut, row.code), Texts(ARABIC).label(cut, row.code))
    return (row.code, *names, *_numbers(row.tally), *extra)


def _numbers(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name in TALLY)


def _tolls(found: Statistics) -> Iterator[tuple[object, ...]]:
    for row in found.tolls:
        reaches = [part for name in REACHES for part in _parts(getattr(row, name))]
        yield (row.harm, row.group, *reaches, row.by_sources, row.by_reports, row.subsets)


def _parts(reach: Reach) -> tuple[int, int, int, int]:
    return reach.incidents, reach.low, reach.high, reach.floors


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (MARK + stream.getvalue()).encode("utf-8", "replace")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
