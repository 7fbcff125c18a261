"""Finding readers' comments on a page, before its body is looked for.

The order is the law: what a reader wrote must never be quoted as the outlet's words, so comment sections are cut out
first and the body is sought in what remains. A section never takes an element that holds the page's main heading or
its article body. Cues: names of elements, headings ("آراء القراء", readers' opinions), and, when the page gives no hint at all,
records of author, moment and text that repeat after the article has begun.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from itertools import accumulate

from tawthiq.page.comment_readings import alike, best, completed, convincing, has_headline
from tawthiq.page.line_kinds import classes_of
from tawthiq.page.line_records import line_records
from tawthiq.page.named_records import named_records
from tawthiq.page.numbered_records import numbered_records, record_of_line
from tawthiq.page.records import Record
from tawthiq.page.tree import Element, Line, Tree
from tawthiq.page.tree_records import tree_records
from tawthiq.page.wording import cues_of, normal, phrases_of
from tawthiq.records.page import Comment, ZoneKind
from tawthiq.records.span import Span

PROSE = 60
_FAR = 1 << 60
_HEAD_OF_COMMENT = 150  # characters of the longest <footer> or <header> that may be the head of a comment
_MOST_LINES = 4000  # lines that are read together, which bounds what hostile pages cost
_SHARED_LINES = 100  # of them, read with the following lines too: the last record may be cut
_MOST_DOUBTFUL = 20_000  # lines of doubtful elements, counted again in each that holds them, that are read
_SMALL = 400  # characters of an element named after bodies that may be a comment's
_STOP = frozenset({"related_heading", "copyright", "about_opening", "about_sure"})
_HEADING_CUES = frozenset({"comments_heading", "comment_form"})
_SURE_NAMES = frozenset({"comment", "comment_form", "comment_record"})
_NAMES = _SURE_NAMES | {"comment_maybe"}
_LONGEST_HEADING = 120
_OFTEN = 3
_NEAR = 6  # elements around a text that may be named after comments
_SENTENCE = 40
_COLUMNS = 3
_SHORTEST = 6  # letters of a word that names comments and nothing else
_ARTICLE = 300  # characters of prose that make an article before a heading of comments
_FORM_LINES = frozenset({"comment_form", "disclaimer"})


class _Trust(Enum):
    """What a section must hold to be believed: nothing under a sure name or a form's; records under a doubtful one."""

    NAME = auto()
    FORM = auto()
    HEADING = auto()
    RECORDS = auto()
    SIGNED = auto()


@dataclass(slots=True)
class CommentSections:
    """What was found: ranges with the zone each part takes and why, and the comments themselves, in reading order."""

    paints: list[tuple[int, int, ZoneKind, str]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    sections: list[Span] = field(default_factory=list)
    _seen: set[Comment] = field(default_factory=set)

    def covers(self, start: int, end: int) -> bool:
        """Whether a section already holds the range."""
        if not self.sections:
            return False
        number = bisect_right(self.sections, Span(start, _FAR)) - 1
        return number >= 0 and end <= self.sections[number].end

    def add(self, section: Span) -> None:
        """Note a section; they are kept in reading order, and those that overlap become one."""
        first = bisect_right(self.sections, section.start, key=lambda other: other.end)
        last = bisect_left(self.sections, section.end, key=lambda other: other.start)
        for other in self.sections[first:last]:
            section = Span(min(section.start, other.start), max(section.end, other.end))
        self.sections[first:last] = [section]

    def free(self, span: Span) -> list[Span]:
        """The parts of `span` that no section holds, in reading order."""
        parts, start = [], span.start
        for section in self.sections:
            if section.overlaps(span):
                parts.append((start, section.start))
                start = max(start, section.end)
        return [Span(first, last) for first, last in [*parts, (start, span.end)] if first < last]

    def keep(self, comment: Comment) -> None:
        """Note a comment once."""
        if comment not in self._seen:
            self._seen.add(comment)
            self.comments.append(comment)


def named_sections(tree: Tree) -> CommentSections:
    """Sections that the names of elements or headings point to."""
    found = CommentSections()
    protected = _protected(tree)
    doubtful = _MOST_DOUBTFUL
    for element in tree.elements:
        if not element.cues & _NAMES or element.end <= element.start:
            continue
        if found.covers(element.start, element.end) or element.tag in ("body", "html", "main"):
            continue
        if _holds_protected(element, protected):
            continue
        trust = _trust_in(element)
        if trust is _Trust.RECORDS:
            if doubtful <= 0:
                continue
            doubtful -= element.last_line - element.first_line
        _add(tree, found, Span(element.start, element.end), "the name of the element", trust)
    prose = _Prose(tree)
    for line in _headings(tree, prose):
        if not found.covers(line.start, line.end):
            start, end = _after_heading(tree, line, protected)
            if end == line.end:
                end = _end_below(tree, line, protected, prose)
            if end > start:
                trust = _Trust.HEADING if prose.outweighs(start, end) else _Trust.SIGNED
                _add(tree, found, Span(start, end), "a heading", trust)
    found.comments.sort(key=lambda comment: comment.span)
    return found


def _trust_in(element: Element) -> _Trust:
    """How far the names of an element are believed."""
    if "comment_form" in element.cues:
        return _Trust.FORM
    return _Trust.NAME if element.cues & _SURE_NAMES else _Trust.RECORDS


def unnamed_sections(
    tree: Tree, found: CommentSections, begin: int, branches: list[tuple[int, int, ZoneKind, str]]
) -> None:
    """Add sections that no name tells of: repeated records after code point `begin`, where the article has begun.

    `branches` are ranges known to be other furniture (lists of other reports).
    """
    lines = [
        line
        for line in tree.lines
        if line.start >= begin
        and not found.covers(line.start, line.end)
        and not any(first <= line.start < last and _takes(kind, last - first) for first, last, kind, _ in branches)
    ]
    for first in range(0, len(lines), _MOST_LINES - _SHARED_LINES):
        _add_unnamed(tree, found, lines[first : first + _MOST_LINES])
    found.comments.sort(key=lambda comment: comment.span)


def _add_unnamed(tree: Tree, found: CommentSections, lines: list[Line]) -> None:
    """Add sections of repeated records among `lines`, a stretch of the page of bounded length."""
    classed = classes_of(tree, lines)
    by_lines = alike(tree, line_records(tree, classed, least=2))
    groups = [*tree_records(tree, classed, Span(lines[0].start, len(tree.text))), by_lines]
    for chosen in sorted((group for group in groups if convincing(tree, group)), key=len, reverse=True):
        records = completed(chosen, by_lines, everywhere=False)
        for span in found.free(Span(records[0].span.start, records[-1].span.end)):
            inside = [record for record in records if span.contains(record.span)]
            if inside:
                found.add(span)
                _paint_records(tree, found, span, inside, "records of author, moment and text that repeat")


def _takes(kind: ZoneKind, length: int) -> bool:
    """Whether a branch keeps its lines from comments: a short <footer> or <header> may be the head of one."""
    return kind is not ZoneKind.NAVIGATION or length > _HEAD_OF_COMMENT


def _holds_protected(element: Element, protected: list[Element]) -> bool:
    """Whether a protected element lies inside; they come in document order, and elements nest."""
    number = bisect_left(protected, element.start, key=lambda other: other.start)
    return number < len(protected) and protected[number].end <= element.end


def _protected(tree: Tree) -> list[Element]:
    """Elements that hold the outlet's own words: the main heading and the article body."""
    heads = [element for element in tree.elements if "h1" in element.cues and element.end > element.start]
    return [element for element in tree.elements if _is_protected(tree, element, heads)]


def _is_protected(tree: Tree, element: Element, heads: list[Element]) -> bool:
    cues = element.cues
    if element.end <= element.start or not cues & {"h1", "article_body", "body"}:
        return False
    if "comment" in cues or ("comment_text" in cues and not cues & {"article_body", "body"}):
        return False
    if cues & {"h1", "article_body"}:
        return True
    large = "comment_record" not in cues and element.end - element.start > _SMALL and element.tag != "body"
    return large and not _in_comments(tree, element, heads)


def _in_comments(tree: Tree, element: Element, heads: list[Element]) -> bool:
    """Whether an element stands in one that is named after comments and does not hold the page's heading too."""
    around = (tree.elements[index] for index in tree.ancestors(element.parent))
    named = [other for other in around if "comment" in other.cues and other.tag not in ("body", "html", "main")]
    return any(not _holds_protected(other, heads) for other in named)


class _Prose:
    """Running sums of prose over the lines of a page."""

    def __init__(self, tree: Tree) -> None:
        self.starts = tree.starts
        weights = [len(line) if len(line) >= PROSE and line.linked < len(line) / 2 else 0 for line in tree.lines]
        self.sums = [0, *accumulate(weights)]

    def before(self, position: int) -> int:
        """Characters of prose before code point `position`."""
        return self.sums[bisect_left(self.starts, position)]

    def outweighs(self, start: int, end: int) -> bool:
        """Whether an article's prose, or more prose than between `start` and `end`, stands before `start`."""
        return self.before(start) >= min(_ARTICLE, self.before(end) - self.before(start))


def _headings(tree: Tree, prose: _Prose) -> list[Line]:
    """Lines that head a comment section, with the outlet's prose before them; no counter that many reports of a list carry."""
    found = []
    for line in tree.lines:
        words = tree.of(line)
        if len(words) > _LONGEST_HEADING or not cues_of(words) & _HEADING_CUES or not prose.before(line.start):
            continue
        if not _heads_column(tree, line):
            found.append(line)
    counted = Counter(normal(tree.of(line)) for line in found)
    return [line for line in found if counted[normal(tree.of(line))] < _OFTEN]


def _heads_column(tree: Tree, line: Line) -> bool:
    """Whether a line is the head of one column of a table: other short lines stand beside it in its row."""
    for index in tree.ancestors(line.element)[:_NEAR]:
        element = tree.elements[index]
        if element.tag == "th":
            return True
        if element.tag == "tr":
            beside = tree.lines_within(element.start, element.end)
            return len(beside) >= _COLUMNS and all(len(one) <= _SENTENCE for one in beside)
    return False


def _after_heading(tree: Tree, line: Line, protected: list[Element]) -> tuple[int, int]:
    """The section under a heading: to the end of the smallest element that holds more than the heading."""
    end = line.end
    for index in tree.ancestors(line.element):
        element = tree.elements[index]
        if element.tag in ("body", "html") or any(line.end <= o.start and o.end <= element.end for o in protected):
            break
        if element.end > line.end + 1:
            end = element.end
            break
    for following in tree.lines_within(line.end, end):
        if cues_of(tree.of(following)) & _STOP:
            return line.start, max(line.end, following.start - 1)
    return line.start, end


def _end_below(tree: Tree, line: Line, protected: list[Element], prose: _Prose) -> int:
    """Where the comments end under a heading that no element holds together with them; the heading's own end without any.

    Numbers prove them. Without, all below is theirs, up to other furniture, if most of the page's prose stands above the
    heading and this is no link to them.
    """
    lines = tree.lines_within(line.start, len(tree.text))[:_MOST_LINES]
    stop = next((at for at, one in enumerate(lines) if at and cues_of(tree.of(one)) & _STOP), len(lines))
    read = numbered_records(tree, lines[:stop])
    proved = len(read) > 1 or any(record.comment.author for record in read)
    end = read[-1].span.end if proved else lines[stop - 1].end
    if any(line.end <= other.start < end for other in protected):
        return line.end
    above = prose.before(line.start)
    linked = line.linked > len(line) / 2
    return end if proved or (not linked and above > prose.before(end) - above) else line.end


def _add(tree: Tree, found: CommentSections, bounds: Span, reason: str, trust: _Trust) -> None:
    """Paint the section inside `bounds` and read its records, if it holds what `trust` asks for."""
    lines = tree.lines_within(bounds.start, bounds.end)
    if not lines:
        _paint_inline(tree, found, bounds.start, bounds.end, reason)
        return
    span = Span(lines[0].start, lines[-1].end)
    classed = classes_of(tree, lines)
    equal = sorted(
        (one for group in tree_records(tree, classed, span) for one in group), key=lambda record: record.span
    )
    by_lines = line_records(tree, classed, least=1)
    numbered = numbered_records(tree, lines)
    read = best(named_records(tree, span.start, span.end), equal, by_lines, numbered)
    records = completed(read, by_lines, everywhere=trust not in (_Trust.NAME, _Trust.FORM))
    if trust not in (_Trust.NAME, _Trust.FORM):
        records = [record for record in records if not has_headline(tree, record)]
    if trust in (_Trust.NAME, _Trust.FORM):
        records = [record for record in records if _is_signed(record) or _is_named_text(tree, record)]
    if not records and trust in (_Trust.NAME, _Trust.HEADING):
        records = _single(tree, lines)
    if trust in (_Trust.NAME, _Trust.FORM) or _is_trusted(tree, lines, records, trust):
        found.add(span)
        _paint_records(tree, found, span, records, reason)


def _is_trusted(tree: Tree, lines: list[Line], records: list[Record], trust: _Trust) -> bool:
    """Whether what was read under a heading, or under a name that means other things too, is a comment section."""
    signed = [record for record in records if record.comment.author]
    if trust is _Trust.RECORDS:
        return bool(signed) and len(signed) >= len(records) / 2
    if trust is _Trust.SIGNED:
        return len(signed) > 1
    form = bool(cues_of(tree.of(lines[0])) & _FORM_LINES) and not cues_of(tree.of(lines[0])) & {"comments_heading"}
    if records and not (form and not signed):
        return True
    return not any(len(line) >= PROSE and not cues_of(tree.of(line)) & _FORM_LINES for line in lines)


def _paint_inline(tree: Tree, found: CommentSections, start: int, end: int, reason: str) -> None:
    """A named element inside a line: a comment counter, never a comment."""
    if end - start <= PROSE and end > start:
        begin = start + (tree.text[start : start + 1] in (" ", "\n"))
        found.paints.append((begin, end, ZoneKind.OTHER, f"a comment counter by {reason}"))


def _paint_records(tree: Tree, found: CommentSections, span: Span, records: list[Record], reason: str) -> None:
    found.paints.append((span.start, span.end, ZoneKind.OTHER, f"around comments, found by {reason}"))
    for record in records:
        found.paints.append(
            (record.span.start, record.span.end, ZoneKind.COMMENT, f"a reader's comment, found by {reason}")
        )
        found.keep(record.comment)
    inside = sorted(record.comment.span for record in records)
    for line in tree.lines_within(span.start, span.end):
        if cues_of(tree.of(line)) & _FORM_LINES:
            around = _first_reaching(inside, line.start)
            if not (around and around.contains(Span(line.start, line.end)) and len(around) > len(line) * 2):
                found.paints.append((line.start, line.end, ZoneKind.COMMENT_FORM, "the form or rules for commenting"))
    for element in tree.elements_within(span.start, span.end):
        if "comment_form" in element.cues:
            around = _first_reaching(inside, element.start)
            if not (around and around.start < element.end):
                found.paints.append((element.start, element.end, ZoneKind.COMMENT_FORM, "the form for commenting"))


def _first_reaching(spans: list[Span], position: int) -> Span | None:
    """The first of spans in reading order, none of which overlap, that ends behind `position`."""
    number = bisect_right(spans, position, key=lambda span: span.end)
    return spans[number] if number < len(spans) else None


def _is_signed(record: Record) -> bool:
    return record.comment.author is not None and record.comment.date is not None


def _is_named_text(tree: Tree, record: Record) -> bool:
    """Whether a record's text stands in an element named after the text of comments, and in no form."""
    line = tree.lines_within(record.comment.span.start, record.span.end + 1)[:1]
    around = [tree.elements[index] for one in line for index in tree.ancestors(one.runs[0].element)[:_NEAR]]
    named = any("comment_record" in e.cues or {"comment", "comment_text"} <= e.cues for e in around)
    return (named or record.comment.author is not None) and not any(
        e.tag in ("form", "button", "label") or "comment_form" in e.cues for e in around
    )


@cache
def _words_of_commenting() -> frozenset[str]:
    """Words that name comments as such: an unsigned sentence with one of them is about commenting."""
    return frozenset(
        phrase for phrase in phrases_of("comments_heading") if " " not in phrase and len(phrase) > _SHORTEST
    )


def _single(tree: Tree, lines: list[Line]) -> list[Record]:
    """A section without any structure: its sentences are one comment each, unless forms or rules say that they are none."""
    if any(cues_of(tree.of(line)) & _FORM_LINES for line in lines[1:]):
        return []
    free = [line for line in lines if not cues_of(tree.of(line)) and line.linked < len(line) / 2]
    signed = [record for line in free if (record := record_of_line(tree, line, line.start))]
    if len(signed) > 1:
        return signed
    texts = [line for line in free if len(line) >= _SENTENCE]
    inside = tree.elements_within(lines[0].start, lines[-1].end)
    forms = [element for element in inside if "comment_form" in element.cues or element.tag == "form"][:20]
    apart = [*forms, *[element for element in inside if element.tag in ("figure", "figcaption")][:20]]
    texts = [line for line in texts if not any(e.start <= line.start and line.end <= e.end for e in apart)]
    return [Record(Span(line.start, line.end), Comment(None, None, Span(line.start, line.end))) for line in texts]
