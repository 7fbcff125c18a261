"""Which reading of a comment section holds: several ways read it, and the ways differ.

A section that names or headings point to is read by the names of its elements, by equal elements, and by the order of lines;
the reading that covers the section and tells authors and moments is taken. Where nothing points to comments, a reading must
convince by itself.
"""

from bisect import bisect_right
from collections import Counter

from tawthiq.page.line_kinds import path_of
from tawthiq.page.records import Record
from tawthiq.page.tree import Line, Tree

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


def completed(records: list[Record], others: list[Record]) -> list[Record]:
    """`records` with those of another reading that stand between them and overlap none."""
    if not records or records is others:
        return records
    starts = [record.span.start for record in records]
    between = [
        other for other in others if starts[0] <= other.span.start <= starts[-1] and _is_free(records, starts, other)
    ]
    return sorted([*records, *between], key=lambda record: record.span)


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
    """At least two signed and dated records whose texts are sentences, not headlines."""
    dated = [record for record in records if record.comment.author and record.comment.date]
    if len(dated) < 2 or len(dated) < len(records) * 0.6:
        return False
    linked = sum(
        line.linked
        for record in records
        for line in tree.lines_within(record.comment.span.start, record.comment.span.end)
    )
    return linked < 0.3 * sum(len(record.comment.span) for record in records)
