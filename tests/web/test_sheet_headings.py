from dataclasses import dataclass

from tawthiq.records.span import Span
from tawthiq.web.highlighting import Stretch
from tawthiq.web.sheet_headings import at_sheets


@dataclass(frozen=True)
class Sheet:
    start: int
    end: int


def test_blocks_are_parted_where_a_sheet_begins_and_nothing_is_lost() -> None:
    first, empty, second = Sheet(0, 10), Sheet(10, 10), Sheet(11, 30)
    blocks = [Stretch("title", Span(0, 4)), Stretch("body", Span(4, 25)), Stretch("other", Span(25, 30))]
    found = list(at_sheets(blocks, [first, empty, second]))
    assert [(block.kind, block.span, sheet) for block, sheet in found] == [
        ("title", Span(0, 4), first),
        ("body", Span(4, 11), None),
        ("body", Span(11, 25), second),
        ("other", Span(25, 30), None),
    ]


def test_a_page_without_sheets_is_left_as_it_is() -> None:
    blocks = [Stretch("title", Span(0, 4)), Stretch("body", Span(4, 25))]
    assert list(at_sheets(blocks, [])) == [(block, None) for block in blocks]
