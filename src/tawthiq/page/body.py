"""Finding the outlet's own text on a page, after comments have been cut out.

Every line is weighed as prose; every element is weighed by the prose inside it and by how pure it is (prose against
everything else). The best element holds the body; names of elements ("articleBody") raise it, labels such as related or
navigation take whole branches out unless they hold most of the page's prose. Inside, lines that are furniture by wording,
label or links are left out, and a tail without sentences is cut.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from tawthiq.page.comments import CommentSections
from tawthiq.page.tree import Element, Line, Tree
from tawthiq.page.wording import cues_of, menu_share
from tawthiq.records.page import ZoneKind

SENTENCE_END = (".", "!", "؟", "?", "…", '"', "”", "»", "。", "۔", ".)", "؛", ":")
_BRANCHES = {
    "related": ZoneKind.RELATED, "share": ZoneKind.NAVIGATION, "ad": ZoneKind.AD, "subscribe": ZoneKind.AD,
    "navigation": ZoneKind.NAVIGATION, "footer": ZoneKind.NAVIGATION, "sidebar": ZoneKind.RELATED,
    "caption": ZoneKind.CAPTION, "about": ZoneKind.ABOUT, "tags": ZoneKind.NAVIGATION, "machine": ZoneKind.OTHER,
}  # fmt: skip
_LINE_ZONES = (
    ("ad", ZoneKind.AD), ("disclaimer", ZoneKind.COMMENT_FORM), ("comment_form", ZoneKind.COMMENT_FORM),
    ("copyright", ZoneKind.OTHER), ("about_sure", ZoneKind.ABOUT), ("about_opening", ZoneKind.ABOUT),
    ("share", ZoneKind.NAVIGATION), ("subscribe", ZoneKind.AD), ("related_heading", ZoneKind.RELATED),
    ("tags", ZoneKind.NAVIGATION), ("views", ZoneKind.OTHER), ("comments_heading", ZoneKind.OTHER),
    ("advert_contact", ZoneKind.AD), ("social_button", ZoneKind.NAVIGATION), ("relative_time", ZoneKind.OTHER),
    ("social_count", ZoneKind.OTHER), ("menu_start", ZoneKind.NAVIGATION),
)  # fmt: skip
_ADDRESS = re.compile(r"^\S*(?:://|www\.)\S*$")
_FURNITURE = frozenset(cue for cue, _ in _LINE_ZONES)
_SIGNING = frozenset({"byline_prefix", "date_prefix", "updated_prefix", "views"})
_NEVER_PROSE = frozenset({"disclaimer", "comment_form", "copyright", "about_sure"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_PARAGRAPHS = frozenset({"p", "blockquote", "li", "dd", "q", "pre"})


@dataclass(slots=True)
class Body:
    """The element that holds the body, its lines, the zones that labelled branches take, and lines left out with why."""

    container: Element | None
    lines: list[Line]
    branches: list[tuple[int, int, ZoneKind, str]]
    left_out: list[tuple[int, int, ZoneKind, str]]


def prose_weight(tree: Tree, line: Line) -> int:
    """How many characters of a line count as prose: none for short, linked or furniture lines."""
    length = len(line)
    if length < 25 or line.linked > length / 2:
        return 0
    words = tree.of(line)
    if _ADDRESS.match(words):
        return 0
    tag = tree.elements[line.element].tag if line.element >= 0 else ""
    if length < 70 and not words.endswith(SENTENCE_END) and tag not in _PARAGRAPHS:
        return 0
    if length < 160 and not words.endswith(SENTENCE_END) and cues_of(words) & _SIGNING:
        return 0
    if cues_of(words) & (_NEVER_PROSE if length >= 70 else _FURNITURE):
        return 0
    return length - line.linked


@dataclass(frozen=True, slots=True)
class _Scope:
    """The lines of the body's element by number, the prose weights of all lines, and lines that belong to others.

    A `post` holds one message and nothing else, and its lines seldom end like sentences: nothing is cut from it.
    """

    first: int
    last: int
    weights: list[int]
    excluded: set[int]
    post: bool


class _Masses:
    """Prefix sums of prose and of all text over lines, so that any element is weighed at once."""

    def __init__(self, tree: Tree, weights: list[int], counted: list[int]) -> None:
        self.tree = tree
        self.prose = [0, *accumulate(weights)]
        self.all = [0, *accumulate(counted)]

    def of(self, element: Element) -> tuple[int, int]:
        """Prose characters and all characters of the element."""
        first, last = self.bounds(element)
        return self.prose[last] - self.prose[first], self.all[last] - self.all[first]

    def bounds(self, element: Element) -> tuple[int, int]:
        """The lines that begin inside the element, as indexes."""
        return bisect_left(self.tree.starts, element.start), bisect_left(self.tree.starts, element.end)


def find_body(tree: Tree, sections: CommentSections, title_end: int) -> Body:
    """The body of `tree`. `title_end` is where the visible title ends (0 when unknown)."""
    outside = [not sections.covers(line.start, line.end) for line in tree.lines]
    weights = [prose_weight(tree, line) if out else 0 for line, out in zip(tree.lines, outside, strict=True)]
    counted = [len(line) if out else 0 for line, out in zip(tree.lines, outside, strict=True)]
    branches = _branches(tree, _Masses(tree, weights, counted), sections)
    for start, end, _, _ in branches:
        for number in _line_numbers(tree, start, end):
            weights[number] = 0
    masses = _Masses(tree, weights, counted)
    container = _container(tree, masses, title_end)
    if container is None:
        return Body(None, [], branches, [])
    first, last = masses.bounds(container)
    excluded = {number for start, end, _, _ in branches for number in _line_numbers(tree, start, end)}
    excluded |= {number for number, out in enumerate(outside) if not out}
    scope = _Scope(first, last, weights, excluded, post="post_text" in container.cues)
    lines, left_out = _lines_of(tree, scope, title_end)
    return Body(container, lines, branches, left_out)


def _line_numbers(tree: Tree, start: int, end: int) -> range:
    return range(bisect_left(tree.starts, start), bisect_left(tree.starts, end))


def _branches(tree: Tree, masses: _Masses, sections: CommentSections) -> list[tuple[int, int, ZoneKind, str]]:
    """Branches whose names say that they are no body; never one that holds the heading or much of the page's prose."""
    whole = masses.prose[-1]
    headings = [e for e in tree.elements if "h1" in e.cues and e.end > e.start]
    branches: list[tuple[int, int, ZoneKind, str]] = []
    done = 0
    for element in tree.elements:
        if element.end <= element.start or element.start < done:
            continue
        cue = next((name for name in _BRANCHES if name in element.cues), None)
        if (
            cue is None
            or element.tag in ("body", "html", "main", "article")
            or sections.covers(element.start, element.end)
        ):
            continue
        if "article_body" in element.cues or any(element.start <= h.start < element.end for h in headings):
            continue
        prose, _ = masses.of(element)
        if prose > (0.1 if cue == "caption" else 0.35) * whole and prose > 150:
            continue
        start = element.start + (tree.text[element.start : element.start + 1] in ("\n", " "))
        if element.end > start:
            branches.append(
                (start, element.end, _branch_kind(tree, cue, element, prose), f"the name of the element ({cue})")
            )
            done = element.end
    return branches


def _branch_kind(tree: Tree, cue: str, element: Element, prose: int) -> ZoneKind:
    if cue == "footer" and any(
        cues_of(tree.of(line)) & {"about_sure", "about_opening"}
        for line in tree.lines_within(element.start, element.end)
    ):
        return ZoneKind.ABOUT if prose > 80 else ZoneKind.NAVIGATION
    return _BRANCHES[cue]


def _container(tree: Tree, masses: _Masses, title_end: int) -> Element | None:
    """The element with the most and purest prose; the innermost of equals, and rather one that shares the title's branch."""
    scope = _title_scope(tree, masses, title_end)
    best, best_score = None, 0.0
    for element in tree.elements:
        prose, everything = masses.of(element)
        if prose < 40:
            continue
        purity = 1.0 if "post_text" in element.cues else prose / max(everything, 1)
        score = prose * purity * purity * _name_factor(element)
        if scope and scope.start <= element.start and element.end <= scope.end:
            score *= 2.0
        if score >= best_score:
            best, best_score = element, score
    return best


def _title_scope(tree: Tree, masses: _Masses, title_end: int) -> Element | None:
    """The smallest element around the visible title that also holds prose after it; not the whole page."""
    number = bisect_left(tree.starts, title_end) - 1
    if title_end <= 0 or number < 0:
        return None
    for index in tree.ancestors(tree.lines[number].element):
        element = tree.elements[index]
        if masses.of(element)[0] >= 200:
            return element if element.tag not in ("body", "html") else None
    return None


def _name_factor(element: Element) -> float:
    cues = element.cues
    if cues & {"article_body", "post_text"}:
        return 4.0
    if "body" in cues and element.tag not in ("body", "html"):
        return 2.5
    if element.tag in ("p", "li", "blockquote", "td", "span"):
        return 0.7
    return 1.2 if cues & {"article", "main"} else 1.0


def _lines_of(tree: Tree, scope: _Scope, title_end: int) -> tuple[list[Line], list[tuple[int, int, ZoneKind, str]]]:
    """The body's lines in order, and the lines of the container that are furniture by their wording."""
    first, last = scope.first, scope.last
    first = min(first, _lead_before(tree, scope.weights, first, title_end))
    kept: list[int] = []
    left_out: list[tuple[int, int, ZoneKind, str]] = []
    under_related = False
    for number in range(first, last):
        line = tree.lines[number]
        if number in scope.excluded or line.start < title_end:
            continue
        zone = furniture(tree, line, after=bool(kept))
        if zone is None and under_related and not scope.weights[number] and line.linked >= len(line) / 2:
            zone = (ZoneKind.RELATED, "a headline under a related heading")
        if zone:
            left_out.append((line.start, line.end, *zone))
            under_related = zone[0] is ZoneKind.RELATED
            continue
        under_related = False
        kept.append(number)
    if scope.post:
        return [tree.lines[number] for number in kept], left_out
    return _trimmed(tree, kept, scope.weights), left_out


def _lead_before(tree: Tree, weights: list[int], first: int, title_end: int) -> int:
    """The line where the body begins when a lead stands between title and container; else `first`."""
    for number in range(max(0, first - 12), first):
        line = tree.lines[number]
        if line.start < title_end or not weights[number] or len(line) < 60 or not tree.of(line).endswith(SENTENCE_END):
            continue
        named = any("lead" in tree.elements[i].cues for i in tree.ancestors(line.element)[:4])
        heading = tree.elements[line.element].tag in ("h2", "p", "div", "strong")
        if title_end and (named or heading) and first - number <= 8:
            return number
    return first


def furniture(tree: Tree, line: Line, *, after: bool) -> tuple[ZoneKind, str] | None:
    """The zone that a line inside the body's element takes when its wording or links say that it is no body."""
    words = tree.of(line)
    cues = cues_of(words)
    for cue, kind in _LINE_ZONES:
        if cue in cues and _fits(cue, words, after=after):
            return kind, f"its wording ({cue})"
    if "related_colon" in cues and after and len(words) <= 140 and (line.linked > len(words) / 3 or ":" in words):
        return ZoneKind.RELATED, "its wording (related_colon)"
    if _ADDRESS.match(words):
        return ZoneKind.OTHER, "nothing but an address"
    if line.linked >= 0.9 * len(words):
        block = tree.elements[line.element].tag
        sentence = words.endswith(SENTENCE_END) and len(words) > 80
        if not sentence:
            return ZoneKind.RELATED if len(words) > 25 else ZoneKind.NAVIGATION, f"nothing but a link in <{block}>"
    if len(words) < 120 and menu_share(words) >= 0.5:
        return ZoneKind.NAVIGATION, "words of a menu"
    return None


def _fits(cue: str, words: str, *, after: bool) -> bool:
    """Guards of single cues against sentences that begin alike."""
    if cue == "about_opening":
        return after and len(words) > 60 and words.count("،") + words.count(",") < 12
    if cue in ("subscribe", "share", "copyright", "tags"):
        return len(words) <= 160 or cue == "copyright"
    return True


def _trimmed(tree: Tree, kept: list[int], weights: list[int]) -> list[Line]:
    """The kept lines from the first to the last that is prose; short lines after it stay only when a credit may be there."""
    prose = [number for number in kept if weights[number]]
    if not prose:
        return [tree.lines[number] for number in kept]
    begin, end = prose[0], prose[-1]
    heading_before = [
        n for n in kept if n < begin and tree.elements[tree.lines[n].element].tag in _HEADINGS and begin - n <= 2
    ]
    begin = heading_before[0] if heading_before else begin
    tail = [n for n in kept if end < n <= end + 2 and _may_close(tree, tree.lines[n])]
    end = tail[-1] if tail else end
    return [tree.lines[number] for number in kept if begin <= number <= end]


def _may_close(tree: Tree, line: Line) -> bool:
    """A short last line that belongs to the text: a list item, a bracketed credit, a closing sentence."""
    words = tree.of(line)
    if line.linked:
        return False
    tag = tree.elements[line.element].tag
    return words.endswith((".", ")", "؟", "!", "»", "”")) or (tag in _PARAGRAPHS and len(words) > 8)
