"""Which reading of a comment section holds: several ways read it, and the ways differ.

A section that names or headings point to is read by the names of its elements, by equal elements, and by the order of lines;
the reading that covers the section and tells authors and moments is taken. Where nothing points to comments, a reading must
convince by itself: what a report says of people, places and days has the same shape, and losing it costs more than a comment.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable

from tawthiq.page.line_kinds import path_of
from tawthiq.page.moments import moment, tells_time
from tawthiq.page.records import Record, signature, speaker
from tawthiq.page.tree import Line, Tree
from tawthiq.page.wording import cues_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_NAME = 4  # words of a linked line, or of one in a heading, that may be a name
_SHORTEST_TITLE = 3
_FIRST_LINES = 3
_ANSWERS = frozenset({"reply", "social_button"})
_DISTINCT = 0.2  # distinct authors per record at least, among readers
_CLOCK_ALONE = re.compile(r"^\d{1,2}\s?[:٫hH.]\s?\d{2}(?:\s?[^\W\d_]{1,2}\.?){0,2}$")
_NEARLY = 0.15  # of a name or a moment a record, by which readings of a section count as alike


def alike(tree: Tree, records: list[Record]) -> list[Record]:
    """Records without those at the edges whose first line does not stand in such elements as most first lines do."""
    paths = [path_of(tree, _line_at(tree, record.span.start)) for record in records]
    if not paths:
        return []
    usual, times = Counter(paths).most_common(1)[0]
    if times < 2:
        return []
    last = len(paths) - paths[::-1].index(usual)
    return records[paths.index(usual) : last]


def _line_at(tree: Tree, position: int) -> Line:
    return tree.lines[bisect_right(tree.starts, position) - 1]


def completed(records: list[Record], others: list[Record], *, everywhere: bool) -> list[Record]:
    """`records` with those of another reading that overlap none: `everywhere` in the section, else only between them."""
    if not records or records is others:
        return records
    starts = [record.span.start for record in records]
    more = [other for other in others if _is_free(records, starts, other)]
    if not everywhere:
        more = [other for other in more if starts[0] <= other.span.start <= starts[-1]]
    return sorted([*records, *more], key=lambda record: record.span)


def _is_free(records: list[Record], starts: list[int], other: Record) -> bool:
    """Whether no record begins inside `other`, nor the one before it reaches into it."""
    number = bisect_right(starts, other.span.start)
    following = starts[number] if number < len(starts) else other.span.end
    return other.span.end <= following and not (number and records[number - 1].span.overlaps(other.span))


def best(*ways: list[Record]) -> list[Record]:
    """The first of the readings of one section that covers nearly as much as the widest and tells nearly as much as any."""
    covered = [sum(len(record.comment.span) for record in way) for way in ways]
    enough = [way for way, much in zip(ways, covered, strict=True) if way and much >= 0.8 * max(covered)]
    most = max(map(told, enough), default=0.0)
    return next((way for way in enough if told(way) >= most - _NEARLY), [])


def told(records: list[Record]) -> float:
    """Names and moments told per record."""
    both = sum((record.comment.author is not None) + (record.comment.date is not None) for record in records)
    return both / max(1, len(records))


def convincing(tree: Tree, records: list[Record]) -> bool:
    """At least two signed and dated records whose texts are sentences, not headlines, and that no headlines open."""
    dated = [record for record in records if record.comment.author and record.comment.date]
    if len(dated) < 2 or len(dated) < len(records) * 0.6 or _is_live(dated):
        return False
    if any(_most(tree, records, holds) for holds in (_is_teaser, _is_calendar, _stands_under_heading)):
        return False
    if not _most(tree, records, _is_kept_by_machine):
        return False
    lines = [line for record in records for line in _lines_of(tree, record)]
    return sum(line.linked for line in lines) < 0.3 * sum(len(record.comment.span) for record in records)


def _most(tree: Tree, records: list[Record], holds: Callable[[Tree, Record], bool]) -> bool:
    return sum(holds(tree, record) for record in records) >= 0.5 * len(records)


def _is_teaser(tree: Tree, record: Record) -> bool:
    return has_headline(tree, record) or _has_title(tree, record)


def _has_title(tree: Tree, record: Record) -> bool:
    """Whether what signs a record is rather a title: in a heading, or words in a link, and no button answers."""
    heads = _head_of(tree, record)
    words = len((record.comment.author or "").split())
    heading = any(_is_in_heading(tree, line) and moment(tree.of(line)) is None for line in heads)
    linked = heads[0].linked > len(heads[0]) / 2
    return ((heading and words > 1) or (linked and words >= _SHORTEST_TITLE)) and not _is_answered(tree, record)


def _head_of(tree: Tree, record: Record) -> list[Line]:
    """The lines that sign a record: those above its text, or its first one."""
    above = tree.lines_within(record.span.start, record.comment.span.start - 1)
    return above[:_FIRST_LINES] or [_line_at(tree, record.span.start)]


def _is_answered(tree: Tree, record: Record) -> bool:
    """Whether a button to reply stands in a record."""
    lines = tree.lines_within(record.span.start, record.span.end)
    return any(cues_of(tree.of(run)) & _ANSWERS for line in lines for run in line.runs)


def _is_in_heading(tree: Tree, line: Line) -> bool:
    return any(tree.elements[index].tag in _HEADINGS for index in tree.ancestors(line.element)[:2])


def _is_calendar(tree: Tree, record: Record) -> bool:
    """Whether all of a record's text is further dates with words beside them, as in a list of dates and places."""
    return all(signature(tree.of(line)) is not None for line in _lines_of(tree, record))


def _stands_under_heading(tree: Tree, record: Record) -> bool:
    """Whether the line above a record is a title in a heading, as above the signature of a report, and nothing answers."""
    number = bisect_right(tree.starts, record.span.start) - 2
    if number < 0 or not _is_in_heading(tree, tree.lines[number]):
        return False
    words = tree.of(tree.lines[number])
    titled = len(words.split()) >= _SHORTEST_TITLE and not cues_of(words)
    return titled and not _is_answered(tree, record)


def _is_kept_by_machine(tree: Tree, record: Record) -> bool:
    """Whether a machine noted when somebody wrote, to the minute or as time passed, or a button answers, or words say who says.

    Dates by themselves stand beside names in chronologies, lists of victims, testimonies and programmes too.
    """
    if tells_time(record.comment.date or "") or _is_answered(tree, record):
        return True
    return any(speaker(tree.of(line)) for line in _head_of(tree, record))


def _lines_of(tree: Tree, record: Record) -> list[Line]:
    return tree.lines_within(record.comment.span.start, record.comment.span.end)


def _is_live(records: list[Record]) -> bool:
    """Whether moments that are clocks alone, or few authors for many entries, tell of reports by the hour or a conversation."""
    clocks = sum(bool(_CLOCK_ALONE.match(record.comment.date or "")) for record in records)
    authors = {record.comment.author for record in records}
    return clocks > len(records) / 2 or len(authors) < max(2, _DISTINCT * len(records))


def has_headline(tree: Tree, record: Record) -> bool:
    """Whether a record opens with a headline, as the teaser of another report does: many words, in a link or a heading."""
    above = tree.lines_within(record.span.start, record.comment.span.start)
    for line in [*above, *_lines_of(tree, record)[:_FIRST_LINES]]:
        linked = line.linked > len(line) / 2
        words = tree.of(line)
        titled = linked or _is_in_heading(tree, line)
        if titled and len(words.split()) > _LONGEST_NAME and moment(words) is None and not speaker(words):
            return True
    return False
