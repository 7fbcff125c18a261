"""Finding readers' comments on a page, before its body is looked for.

The order is the law: what a reader wrote must never be quoted as the outlet's words, so comment sections are cut out
first and the body is sought in what remains. A section never takes an element that holds the page's main heading or
its article body. Cues: names of elements, headings ("آراء القراء", readers' opinions), and, when the page gives no hint at all,
records of author, moment and text that repeat after the article has begun.
"""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from tawthiq.page.comment_readings import alike, best, completed, convincing
from tawthiq.page.line_kinds import class_of
from tawthiq.page.line_records import line_records
from tawthiq.page.named_records import named_records
from tawthiq.page.records import Record
from tawthiq.page.tree import Element, Line, Tree
from tawthiq.page.tree_records import tree_records
from tawthiq.page.wording import cues_of
from tawthiq.records.page import Comment, ZoneKind
from tawthiq.records.span import Span

PROSE = 60
_FAR = 1 << 60
_HEAD_OF_COMMENT = 150  # characters of the longest <footer> or <header> that may be the head of a comment
_MOST_LINES = 4000
_SMALL = 400  # characters of an element named after bodies that may be a comment's
_STOP = frozenset({"related_heading", "copyright", "about_opening", "about_sure"})
_FORM_LINES = frozenset({"comment_form", "disclaimer"})


@dataclass(slots=True)
class CommentSections:
    """What was found: ranges with the zone each part takes and why, and the comments themselves, in reading order."""

    paints: list[tuple[int, int, ZoneKind, str]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    sections: list[Span] = field(default_factory=list)
    _seen: set[Comment] = field(default_factory=set)

    def covers(self, start: int, end: int) -> bool:
        """Whether a section already holds the range."""
        number = bisect_right(self.sections, Span(start, _FAR)) - 1
        return number >= 0 and end <= self.sections[number].end

    def add(self, section: Span) -> None:
        """Note a section; they are kept in reading order and do not overlap."""
        insort(self.sections, section)

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
    for element in tree.elements:
        if not element.cues & {"comment", "comment_form", "comment_record"} or element.end <= element.start:
            continue
        if found.covers(element.start, element.end) or element.tag in ("body", "html", "main"):
            continue
        if _holds_protected(element, protected):
            continue
        _add(tree, found, element.start, element.end, "the name of the element", strict=True)
    for line in _headings(tree):
        if not found.covers(line.start, line.end):
            start, end = _after_heading(tree, line, protected)
            if end > start:
                _add(tree, found, start, end, "a heading", strict=False)
    found.comments.sort(key=lambda comment: comment.span)
    return found


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
    classed = [class_of(tree, line) for line in lines[:_MOST_LINES]]
    by_lines = alike(tree, line_records(tree, classed, least=2))
    groups = [*tree_records(tree, classed, Span(begin, len(tree.text))), by_lines]
    for chosen in sorted((group for group in groups if convincing(tree, group)), key=len, reverse=True):
        records = completed(chosen, by_lines)
        for span in found.free(Span(records[0].span.start, records[-1].span.end)):
            inside = [record for record in records if span.contains(record.span)]
            if inside:
                found.add(span)
                _paint_records(tree, found, span, inside, "records of author, moment and text that repeat")
    found.comments.sort(key=lambda comment: comment.span)


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


def _headings(tree: Tree) -> list[Line]:
    """Lines that head a comment section, with the outlet's prose before them."""
    prose = 0
    headings = []
    for line in tree.lines:
        words = tree.of(line)
        if len(words) <= 120 and prose and cues_of(words) & {"comments_heading", "comment_form"}:
            headings.append(line)
        elif len(words) >= PROSE and line.linked < len(words) / 2:
            prose += 1
    return headings


def _after_heading(tree: Tree, line: Line, protected: list[Element]) -> tuple[int, int]:
    """The section under a heading: to the end of the smallest element that holds more than the heading."""
    end = line.end
    for index in tree.ancestors(line.element):
        element = tree.elements[index]
        if element.tag in ("body", "html") or any(
            o.start >= line.end and o.end <= element.end and "h1" in o.cues for o in protected
        ):
            break
        if element.end > line.end + 1:
            end = element.end
            break
    for following in tree.lines_within(line.end, end):
        if cues_of(tree.of(following)) & _STOP:
            return line.start, max(line.end, following.start - 1)
    return line.start, end


def _add(tree: Tree, found: CommentSections, start: int, end: int, reason: str, *, strict: bool) -> None:
    """Paint the section at `start`..`end` and read its records."""
    lines = tree.lines_within(start, end)
    if not lines:
        _paint_inline(tree, found, start, end, reason)
        return
    start, end = lines[0].start, lines[-1].end
    classed = [class_of(tree, line) for line in lines]
    groups = tree_records(tree, classed, Span(start, end))
    equal = sorted((record for group in groups for record in group), key=lambda record: record.span)
    by_lines = line_records(tree, classed, least=1)
    records = completed(best(named_records(tree, start, end), equal, by_lines), by_lines)
    if not records:
        records = _single(tree, lines, strict=strict)
    if (
        not strict
        and not records
        and any(len(line) >= PROSE and not cues_of(tree.of(line)) & _FORM_LINES for line in lines)
    ):
        return
    span = Span(start, end)
    found.add(span)
    _paint_records(tree, found, span, records, reason)


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
    inside = [record.comment.span for record in records]
    for line in tree.lines_within(span.start, span.end):
        cues = cues_of(tree.of(line))
        if cues & _FORM_LINES and not any(
            s.contains(Span(line.start, line.end)) and len(s) > len(line) * 2 for s in inside
        ):
            found.paints.append((line.start, line.end, ZoneKind.COMMENT_FORM, "the form or rules for commenting"))
    for element in tree.elements_within(span.start, span.end):
        if "comment_form" in element.cues:
            found.paints.append((element.start, element.end, ZoneKind.COMMENT_FORM, "the form for commenting"))


def _single(tree: Tree, lines: list[Line], *, strict: bool) -> list[Record]:
    """A section without any structure: its sentences are one comment each, so that nothing is lost."""
    texts = [
        line
        for line in lines
        if not cues_of(tree.of(line))
        and line.linked < len(line) / 2
        and (len(line) >= 40 or (strict and len(tree.of(line).split()) >= 5))
    ]
    inside = tree.elements_within(lines[0].start, lines[-1].end)
    forms = [element for element in inside if "comment_form" in element.cues or element.tag == "form"][:20]
    texts = [line for line in texts if not any(e.start <= line.start and line.end <= e.end for e in forms)]
    return [Record(Span(line.start, line.end), Comment(None, None, Span(line.start, line.end))) for line in texts]
