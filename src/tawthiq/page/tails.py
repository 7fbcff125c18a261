"""Where a body begins and ends: from its first prose to its last, with what belongs to the text although it is no sentence.

Reports of harm often close with a list of names. Short lines after the last prose stay when several of them follow it at
once, without a link, in the same block of the page as the prose: items, cells, broken lines or paragraphs of a word or two.
"""

from bisect import bisect_left

from tawthiq.page.bylines import has_prefix
from tawthiq.page.moments import beside_moment
from tawthiq.page.prose import PARAGRAPHS
from tawthiq.page.tree import Line, Tree
from tawthiq.page.wording import cues_of

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_FLOW = frozenset(
    (
        "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot", "tr", "th", "blockquote", "h2", "h3",
        "h4", "h5", "h6", "span", "strong", "b", "em", "i", "font", "figure", "pre", "center",
    )
)  # fmt: skip
_PLAIN = frozenset({"div", "td", "section"})
_PAGE = frozenset({"body", "html"})
_WHEN = frozenset({"date_prefix", "updated_prefix", "source_prefix"})
_LEAST = 3  # lines from which short lines after the prose are a list


def trimmed(tree: Tree, kept: list[int], weights: list[int]) -> list[Line]:
    """The kept lines from the first to the last that is prose, and lists and short closing lines that go on from it."""
    prose = [number for number in kept if weights[number]]
    if not prose:
        return [tree.lines[number] for number in kept]
    begin, end = prose[0], prose[-1]
    heading_before = [
        n for n in kept if n < begin and tree.elements[tree.lines[n].element].tag in _HEADINGS and begin - n <= 2
    ]
    begin = heading_before[0] if heading_before else begin
    listed = _list_after(tree, kept, end)
    end = listed[-1] if listed else end
    tail = [n for n in kept if end < n <= end + 2 and _may_close(tree, tree.lines[n])]
    end = tail[-1] if tail else end
    return [tree.lines[number] for number in kept if begin <= number <= end]


def _list_after(tree: Tree, kept: list[int], end: int) -> list[int]:
    """The lines of a list that follows the last prose at once, in its block; none where they are few."""
    plain: dict[int, bool] = {}
    home = _block(tree, tree.lines[end], plain)
    found: list[int] = []
    for number in kept[bisect_left(kept, end) + 1 :]:
        line = tree.lines[number]
        if number != end + len(found) + 1 or line.linked or _block(tree, line, plain) != home or _signs(tree.of(line)):
            break
        found.append(number)
    while found and tree.elements[tree.lines[found[-1]].element].tag in _HEADINGS:
        found.pop()
    return found if len(found) >= _LEAST and tree.elements[home].tag not in _PAGE else []


def _signs(words: str) -> bool:
    """Whether a line is nothing but a moment, or words of who signed or when."""
    return beside_moment(words) == "" or has_prefix(words) or bool(cues_of(words) & _WHEN)


def _block(tree: Tree, line: Line, plain: dict[int, bool]) -> int:
    """The element that holds a line's paragraph, list or table among others; `plain` keeps what was found of elements."""
    index = line.element
    while index >= 0 and tree.elements[index].parent >= 0:
        element = tree.elements[index]
        if element.tag not in _FLOW:
            if index not in plain:
                plain[index] = element.tag in _PLAIN and _is_plain(tree, index)
            if not plain[index]:
                break
        index = element.parent
    return index


def _is_plain(tree: Tree, index: int) -> bool:
    """Whether an element holds lines only, or one, and no blocks."""
    element = tree.elements[index]
    lines = tree.lines[element.first_line : element.last_line]
    return len(lines) <= 1 or all(line.element == index for line in lines)


def _may_close(tree: Tree, line: Line) -> bool:
    """A short last line that belongs to the text: a list item, a bracketed credit, a closing sentence."""
    words = tree.of(line)
    if line.linked:
        return False
    tag = tree.elements[line.element].tag
    return words.endswith((".", ")", "؟", "!", "»", "”")) or (
        tag in PARAGRAPHS and len(words) > 8 and not _signs(words)
    )
