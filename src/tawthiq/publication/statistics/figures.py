"""The figures of statistics: steps of verification, copies and sources, cuts as bars, months as columns, tolls as ranges."""

from collections.abc import Iterator, Sequence

from tawthiq.publication.drawing import bars_svg, columns_svg
from tawthiq.publication.statistics.cuts import UNDATED, WIDE
from tawthiq.publication.statistics.texts import Texts
from tawthiq.records.count import Group
from tawthiq.records.drawing import BarRow, ColumnRow
from tawthiq.records.statistics import Reach, Statistics, StatisticsRow

MOST_BARS = 12
"""A figure of more lines is told by its table; the figure shows the first."""
STAGES = ("incidents", "decided", "verified", "published")
SUPPORT = ("1", "2", "3")
WIDTH, ON_PAGE = 720, 520
"""Units across: of a file, and on a page that is read on telephones too."""


def figures(found: Statistics, language: str, width: int = WIDTH) -> Iterator[tuple[str, str]]:
    """Every figure of one language by its name."""
    words = Texts(language)
    yield "verification", _bars(_stages(found, words), "verification", words, width)
    yield "copies", _bars(_copies(found, words), "copies", words, width)
    for cut in ("acts", "actors", "countries", "governorates", "states"):
        yield cut, _bars(_lines(cut, getattr(found, cut), words), cut, words, width)
    for cut in ("years", "months"):
        yield cut, _columns(getattr(found, cut), cut, words, width)
    yield "tolls", _bars(_tolls(found, words), "tolls", words, width)


def span(reach: Reach, label: str) -> BarRow:
    """A sum of claims as a bar."""
    return BarRow(label, reach.low, reach.high, reach.is_open)


def _bars(rows: Sequence[BarRow], name: str, words: Texts, width: int) -> str:
    return bars_svg(rows, words.language, width, title=words(f"section.{name}"), name=f"{name}-{words.language}")


def _stages(found: Statistics, words: Texts) -> list[BarRow]:
    return [_bar(words(f"stage.{name}"), getattr(found.total, name)) for name in STAGES]


def _copies(found: Statistics, words: Texts) -> list[BarRow]:
    return [
        _bar(words("support.label", support=words(f"support.{number}"), by=words(f"copies.by_{by}")), value)
        for number in SUPPORT
        for by in ("reports", "sources")
        for value in [getattr(found.total, f"{by}_{number}")]
    ]


def _lines(cut: str, rows: Sequence[StatisticsRow], words: Texts) -> list[BarRow]:
    return [_bar(words.label(cut, row.code), row.tally.incidents) for row in rows[:MOST_BARS]]


def _columns(rows: Sequence[StatisticsRow], cut: str, words: Texts, width: int) -> str:
    shown = [
        ColumnRow(row.code, row.code, row.tally.incidents, row.tally.incidents + row.possible)
        for row in rows
        if row.code not in (UNDATED, WIDE)
    ]
    legend = (words("legend.certain"), words("legend.possible"))
    name = f"{cut}-{words.language}"
    return columns_svg(shown, words.language, width, title=words(f"section.{cut}"), name=name, legend=legend)


def _tolls(found: Statistics, words: Texts) -> list[BarRow]:
    whole = [row for row in found.tolls if row.group == Group.ALL]
    return [span(row.whole, words.toll(row.harm, row.group)) for row in whole]


def _bar(label: str, value: int) -> BarRow:
    return BarRow(label, value, value)
