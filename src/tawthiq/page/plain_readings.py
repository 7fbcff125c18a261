"""Readers' comments of plain text by the order of its lines: the reading of `line_records`, given lines without elements."""

from collections.abc import Sequence

from tawthiq.page.comment_readings import completed, told
from tawthiq.page.line_kinds import classes_of
from tawthiq.page.line_records import line_records
from tawthiq.page.plain_lines import PlainLine
from tawthiq.page.records import Record
from tawthiq.page.tree import Element, Line, Run, Tree

_SHARE = 0.75
"""Of the text that the other reading covers, how much the reading by lines must cover to be taken for it."""
_SURE = 1.5
"""Names and moments a record from which on that share is not asked for: what else the other reading covers is furniture."""
_MOST_LINES = 4000


def read_by_lines(text: str, lines: Sequence[PlainLine], others: list[Record]) -> list[Record]:
    """The records of a comment section's lines, where their order tells more names and moments than `others` do; else those."""
    tree = _tree_of(text, lines[:_MOST_LINES])
    records = line_records(tree, classes_of(tree, tree.lines), least=1)
    covered = sum(len(record.comment.span) for record in records)
    due = sum(len(record.comment.span) for record in others)
    enough = covered >= _SHARE * due or told(records) >= _SURE
    return completed(records, others, everywhere=False) if enough and told(records) > told(others) else others


def _tree_of(text: str, lines: Sequence[PlainLine]) -> Tree:
    """The lines as a tree: each a paragraph of its own."""
    elements = [Element(0, "body", -1, {}, 0, len(text))]
    found = []
    for number, line in enumerate(lines, 1):
        elements.append(Element(number, "p", 0, {}, line.start, line.end))
        found.append(Line(line.start, line.end, number, runs=[Run(line.start, line.end, number, link=False)]))
    starts = [line.start for line in lines]
    return Tree(text, elements, found, [], [], None, None, None, starts, [0, *starts])
