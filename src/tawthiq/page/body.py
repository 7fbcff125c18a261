"""Finding the outlet's own text on a page, after comments have been cut out.

Every line is weighed as prose (`prose`); every element is weighed by the prose inside it and by how pure it is (prose
against everything else). The best element holds the body; names of elements ("articleBody") raise it, labels such as
related or navigation take whole branches out (`branches`). A body that the page prints in several elements of the same
name is read from all of them. Inside, lines that are furniture (`furniture`) are left out, and a tail without sentences
is cut.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from tawthiq.page.branches import Branch, branches
from tawthiq.page.bylines import has_prefix, persons
from tawthiq.page.comments import CommentSections
from tawthiq.page.furniture import cards, furniture, repeated, signs
from tawthiq.page.moments import beside_moment
from tawthiq.page.parts import lines_of_parts
from tawthiq.page.prose import PARAGRAPHS, SENTENCE_END, Masses, letters_of, prose_weight, vouched_lines
from tawthiq.page.tails import trimmed
from tawthiq.page.tree import Element, Line, Tree
from tawthiq.records.page import ZoneKind

_EARLY = 2  # sentences up to which lines can be those of the head
_NOTES = 0.15  # the share of the body's prose that notes about its authors may have
_LEAD = 60  # characters of a lead at least, and of it that a description must repeat
_FAR = 40  # lines between a lead named so and the text
_NEAR = 8  # lines between a lead by its wording alone and the text
_LIST_LEVELS = 3  # elements around the one of most prose that may hold its lists
_MOST_LINKED = 0.1  # the share of links in an element past which it leads elsewhere
_LIST = 5  # items or cells from which an element holds a list
_LONG_LIST = 10  # lines of any kind below a lone paragraph from which they are one
_ITEMS = frozenset({"li", "dd", "td", "th"})
_PAGE = frozenset({"body", "html"})
_LEADING = frozenset({"h2", "p", "div", "strong"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "summary"})


@dataclass(frozen=True, slots=True)
class Claims:
    """What the page's metadata says of its text: the report's own words, and the short descriptions that leads repeat."""

    text: str | None = None
    descriptions: tuple[str, ...] = ()


@dataclass(slots=True)
class Body:
    """The element that holds the body, its lines, the zones that labelled branches take, and lines left out with why."""

    container: Element | None
    lines: list[Line]
    branches: list[Branch]
    left_out: list[Branch]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The lines of the body's element by number, the prose weights of all lines, and lines that belong to others.

    A `post` holds one message and nothing else, and its lines seldom end like sentences: nothing is cut from it.
    """

    container: Element
    first: int
    last: int
    weights: list[int]
    excluded: set[int]
    vouched: frozenset[int]
    title_end: int
    descriptions: tuple[str, ...]
    post: bool
    teasers: list[tuple[int, int]] = field(default_factory=list)


def find_body(tree: Tree, sections: CommentSections, title_end: int, claims: Claims | None = None) -> Body:
    """The body of `tree`. `title_end` is where the visible title ends (0 when unknown)."""
    claims = claims or Claims()
    outside = [not sections.covers(line.start, line.end) for line in tree.lines]
    weights = [prose_weight(tree, line) if out else 0 for line, out in zip(tree.lines, outside, strict=True)]
    counted = [len(line) if out else 0 for line, out in zip(tree.lines, outside, strict=True)]
    vouched = vouched_lines(tree, claims.text, weights)
    found = branches(tree, Masses(tree, weights, counted), sections, vouched)
    excluded = {number for start, end, _, _ in found for number in _line_numbers(tree, start, end)}
    for number in excluded:
        weights[number] = 0
    masses = Masses(tree, weights, counted)
    container = _container(tree, masses, title_end, vouched)
    if container is None:
        return Body(None, [], found, [])
    first, last = lines_of_parts(tree, masses, container, vouched)
    excluded |= {number for number, out in enumerate(outside) if not out}
    scope = _Scope(
        container,
        first,
        last,
        weights,
        excluded,
        vouched,
        title_end,
        claims.descriptions,
        post="post_text" in container.cues,
        teasers=cards(tree, masses, container, first, last),
    )
    lines, left_out = _lines_of(tree, scope)
    return Body(container, lines, found, left_out)


def _line_numbers(tree: Tree, start: int, end: int) -> list[int]:
    """The lines most of which lie in `start`..`end`; a name inside a line takes out no more than itself."""
    inside = range(bisect_left(tree.starts, start), bisect_left(tree.starts, end))
    return [n for n in inside if end >= tree.lines[n].end or 2 * (end - tree.lines[n].start) > len(tree.lines[n])]


def _container(tree: Tree, masses: Masses, title_end: int, vouched: frozenset[int]) -> Element | None:
    """The element with the most and purest prose; the innermost of equals, and rather one that shares the title's branch."""
    scope = _title_scope(tree, masses, title_end)
    sure = sorted(vouched)
    best, best_score = None, 0.0
    for element in tree.elements:
        prose, everything = masses.of(element)
        if prose < 40:
            continue
        purity = 1.0 if "post_text" in element.cues else prose / max(everything, 1)
        score = prose * purity * purity * _name_factor(element)
        if scope and scope.start <= element.start and element.end <= scope.end:
            score *= 2.0
        if score < best_score * 0.3:
            continue
        if vouched:
            first, last = masses.bounds(element)
            score *= 0.2 + (bisect_left(sure, last) - bisect_left(sure, first)) / len(sure)
        if score >= best_score:
            best, best_score = element, score
    return _with_lists(tree, masses, best) if best else None


def _with_lists(tree: Tree, masses: Masses, found: Element) -> Element:
    """The element around a lone paragraph that also holds the report's lists and tables.

    Long lists of names have next to no prose; where the element around them leads nowhere else, they are the report's.
    """
    if found.tag not in PARAGRAPHS or _name_factor(found) > 1 or found.parent < 0:
        return found
    for index in tree.ancestors(found.parent)[:_LIST_LEVELS]:
        element = tree.elements[index]
        lines = tree.lines[element.first_line : element.last_line]
        if element.tag in _PAGE or sum(line.linked for line in lines) > _MOST_LINKED * sum(map(len, lines)):
            return found
        items = sum(tree.elements[line.element].tag in _ITEMS for line in lines)
        below = element.last_line - found.last_line
        if items >= _LIST or below >= _LONG_LIST or masses.of(element)[0] > masses.of(found)[0]:
            return element
    return found


def _title_scope(tree: Tree, masses: Masses, title_end: int) -> Element | None:
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


def _lines_of(tree: Tree, scope: _Scope) -> tuple[list[Line], list[Branch]]:
    """The body's lines in order, and the lines of the container that are furniture by their wording."""
    common = frozenset() if scope.post else repeated(tree, scope.weights, scope.first, scope.last)
    signed = _signed(tree, scope)
    kept: list[int] = []
    left_out: list[Branch] = []
    under_related = False
    sentences = 0
    for number in (*_leads(tree, scope), *range(scope.first, scope.last)):
        line = tree.lines[number]
        if number in scope.excluded or line.start < scope.title_end:
            continue
        zone = _furniture(tree, scope, number, common, signed, after=bool(kept))
        if zone is None and sentences < _EARLY and not scope.weights[number] and _heads_text(tree, scope, line):
            zone = (ZoneKind.OTHER, "who signed or when, above the text")
        if zone is None and under_related and not scope.weights[number] and line.linked >= len(line) / 2:
            zone = (ZoneKind.RELATED, "a headline under a related heading")
        if zone:
            left_out.append((line.start, line.end, *zone))
            under_related = zone[0] is ZoneKind.RELATED
            continue
        under_related = False
        sentences += bool(scope.weights[number])
        kept.append(number)
    if scope.post:
        return [tree.lines[number] for number in kept], left_out
    return trimmed(tree, kept, scope.weights), left_out


def _heads_text(tree: Tree, scope: _Scope, line: Line) -> bool:
    """Whether a short line near the beginning is nothing but a moment or a signature."""
    words = tree.of(line)
    if scope.post or len(words) > _LEAD or tree.elements[line.element].tag in _HEADINGS:
        return False
    return beside_moment(words) == "" or (has_prefix(words) and bool(persons(words, ())))


def _signed(tree: Tree, scope: _Scope) -> set[int]:
    """The numbers of the lines in elements named for signature or date; none of prose where they were much of the text."""
    numbers = (
        [] if scope.post else [number for number in range(scope.first, scope.last) if number not in scope.excluded]
    )
    found = {n for n in numbers if signs(tree, tree.lines[n], scope.container, scope.weights[n])}
    prose = sum(scope.weights[number] for number in numbers)
    if sum(scope.weights[number] for number in found) > _NOTES * prose:
        return {number for number in found if not scope.weights[number]}
    return found


def _furniture(
    tree: Tree, scope: _Scope, number: int, common: frozenset[str], signed: set[int], *, after: bool
) -> tuple[ZoneKind, str] | None:
    """The zone of a line that is no body by wording, by the teaser it stands in, by repetition or by who it names."""
    if number in scope.vouched:
        return None
    line = tree.lines[number]
    teaser = bisect_right(scope.teasers, (line.start, len(tree.text))) - 1
    if teaser >= 0 and line.start < scope.teasers[teaser][1]:
        return ZoneKind.RELATED, "the teaser of another report"
    zone = furniture(tree, line, after=after)
    if zone or scope.post:
        return zone
    if common and tree.of(line) in common:
        return ZoneKind.OTHER, "a short line that repeats"
    if number in signed:
        return (ZoneKind.ABOUT if scope.weights[number] else ZoneKind.OTHER), "an element named for signature or date"
    return None


def _leads(tree: Tree, scope: _Scope) -> list[int]:
    """The lines between title and container that belong to the report: its lead, and sentences that follow it."""
    claimed = [letters_of(text) for text in scope.descriptions]
    found: list[int] = []
    for number in range(max(0, scope.first - _FAR), scope.first):
        line = tree.lines[number]
        if line.start < scope.title_end or number in scope.excluded or len(line) < _LEAD or not scope.title_end:
            continue
        if line.linked > len(line) / 2:
            continue
        sentence = scope.weights[number] and tree.of(line).endswith(SENTENCE_END)
        named = any("lead" in tree.elements[i].cues for i in tree.ancestors(line.element)[:3])
        plain = tree.elements[line.element].tag in _LEADING
        described = any(letters_of(tree.of(line))[:_LEAD] in text for text in claimed)
        if named or described or (sentence and plain and scope.first - number <= _NEAR):
            found.append(number)
    return found
