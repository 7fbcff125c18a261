"""Readers' comments as records: where each begins, who signs it, when, and which characters are its text.

Three ways, in this order: elements that their names call comments; lines that repeat "author, moment, text"; equal
siblings. A reply nested in a comment is a comment of its own, and its characters belong to it alone.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from tawthiq.page.moments import beside_moment, moment
from tawthiq.page.tree import Element, Line, Run, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.page import Comment
from tawthiq.records.span import Span

_RECORD_ID = re.compile(r"comment[-_]?\d+|^c[-_]?\d+$|^(?:li|div)-comment", re.IGNORECASE)
_STATE = frozenset(
    [
        "even",
        "odd",
        "alt",
        "thread",
        "depth",
        "parent",
        "byuser",
        "bypostauthor",
        "first",
        "last",
        "active",
        "new",
        "old",
    ]
)
_SENTENCE_END = (".", "!", "؟", "?", "،", "…", ":", "؛")
_SAYS = re.compile(
    r"^(.{2,50}?)\s*(?:يقول|قال|says|said|sagt|meint|a dit|dit|dice|ha detto|zegt|diyor ki|pisze)(?:\s+on\b.*)?\s*:?\s*$",
    re.IGNORECASE,
)
_FURNITURE = frozenset(
    {"comments_heading", "comment_form", "disclaimer", "reply", "share", "social_button", "social_count"}
)
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.$")
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Record:
    """One comment: the range of the whole record, and the comment read from it."""

    span: Span
    comment: Comment


def named_records(tree: Tree, start: int, end: int) -> list[Record]:
    """Records by the names of elements between `start` and `end`."""
    groups: dict[tuple[str, str], list[Element]] = {}
    for element in tree.elements_within(start, end):
        if "comment_form" not in element.cues:
            identifier = element.attributes.get("id", "")
            if "comment" in element.cues or "comment_record" in element.cues or _RECORD_ID.search(identifier):
                groups.setdefault(_signature(element), []).append(element)
    whole = end - start
    best = max(groups.values(), key=lambda members: _weight(members, whole), default=[])
    if not best or _weight(best, whole) <= 0:
        return []
    starts = sorted({element.start for element in best})
    records = []
    for element in best:
        number = bisect_right(starts, element.start)
        following = starts[number] if number < len(starts) else element.end
        record = _read(tree, element.start, min(element.end, following), element.index)
        if record:
            records.append(record)
    return records


def _signature(element: Element) -> tuple[str, str]:
    names = [re.sub(r"[\d]+", "", name) for name in element.attributes.get("class", "").split()]
    names = [name for name in names if not set(re.split(r"[-_]", name.lower())) & _STATE]
    return element.tag, names[0] if names else re.sub(r"\d+", "", element.attributes.get("id", ""))


def _weight(members: list[Element], whole: int) -> float:
    """How well a group of alike elements explains a section: what it covers, if it repeats or is marked as a record."""
    covered, last = 0, -1
    for element in sorted(members, key=lambda member: member.start):
        covered += max(0, element.end - max(element.start, last))
        last = max(last, element.end)
    marked = any(_RECORD_ID.search(e.attributes.get("id", "")) or "comment_record" in e.cues for e in members)
    if len(members) < 2 and not marked:
        return 0.0
    return covered / max(whole, 1) + (0.5 if marked else 0.0)


def _read(tree: Tree, start: int, end: int, within: int) -> Record | None:
    """The record at `start`..`end`; None when it holds no text."""
    parts: dict[str, list[Run]] = {"author": [], "time": [], "text": [], "nothing": []}
    for line in tree.lines_within(start, end):
        if cues_of(tree.of(line)) & _FURNITURE:
            continue
        for run in line.runs:
            parts[_part_of(tree, run, within)].append(run)
    author, when, text = parts["author"], parts["time"], parts["text"]
    if not text:
        text, author = author, []
    if text and not author and not when:
        signed = _signed_line(tree, text)
        if signed:
            return _recorded(start, end, signed[0], signed[1], signed[2])
    if not author or not when:
        text, author, when = _by_wording(tree, text, author, when)
    if not text:
        return None
    name = _name(" ".join(tree.of(run) for run in author)) if author else None
    return _recorded(start, end, text, name, " ".join(tree.of(run) for run in when) or None)


def _recorded(start: int, end: int, text: list[Run], author: str | None, when: str | None) -> Record:
    first, last = text[0].start, text[-1].end
    return Record(Span(min(start, first), max(end, last)), Comment(author, when, Span(first, last)))


def _signed_line(tree: Tree, text: list[Run]) -> tuple[list[Run], str | None, str | None] | None:
    """The text below a first line that signs and dates it ("3 - name | moment"), with name and moment; None without one."""
    line = tree.lines[bisect_right(tree.starts, text[0].start) - 1]
    rest = [run for run in text if run.start >= line.end]
    words = tree.of(line)
    beside, span = beside_moment(words), moment(words)
    if not rest or not beside or not span or not is_name(beside):
        return None
    return rest, _name(_outside(words, span).lstrip("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ .-)#")), words[span[0] : span[1]]


def _part_of(tree: Tree, run: Run, within: int) -> str:
    """What a run of a record is by the names of the elements around it: author, time, text or nothing."""
    words = tree.of(run)
    for index in tree.ancestors(run.element):
        if index <= within and index != run.element:
            break
        cues = tree.elements[index].cues
        if "comment_text" in cues and not cues & {"comment_author", "comment_time"}:
            break
        if cues & {"comment_time", "time"}:
            if len(words) < 60 and not ("comment_author" in cues and moment(words) is None):
                return "time" if moment(words) or "comment_author" not in cues else "author"
            break
        if (cues & {"comment_author", "byline"} or tree.elements[index].tag == "cite") and index != within:
            if len(words) > _LONGEST_NAME or cues_of(words) & {"says", "reply"}:
                return "nothing"
            return "author"
    furniture = cues_of(words) & {"says", "reply", "share"} and len(words) <= 20
    return "nothing" if furniture else "text"


def _by_wording(
    tree: Tree, text: list[Run], author: list[Run], when: list[Run]
) -> tuple[list[Run], list[Run], list[Run]]:
    """Take the leading runs that are a name or a moment out of the text of a record."""
    rest = list(text)
    while len(rest) > 1 and not (author and when):
        words = tree.of(rest[0])
        beside = beside_moment(words)
        if beside == "" and not when:
            when.append(rest.pop(0))
        elif not author and is_name(words):
            author.append(rest.pop(0))
        else:
            break
    if len(rest) > 1 and not when and beside_moment(tree.of(rest[-1])) == "":
        when.append(rest.pop())
    return rest, author, when


def is_name(words: str) -> bool:
    """Whether a line may be the name that signs a comment: short, few words, no sentence."""
    stripped = words.strip()
    return (
        2 <= len(stripped.rstrip(":")) <= _LONGEST_NAME
        and len(stripped.split()) <= 5
        and (not stripped.endswith(_SENTENCE_END) or stripped.endswith(":") or bool(_INITIAL.search(stripped)))
        and any(character.isalpha() for character in stripped)
    )


def _name(words: str) -> str | None:
    says = _SAYS.match(words.strip())
    cleaned = (says.group(1) if says else words).strip(" :،,-–—|·•@()[]#")
    return cleaned or None


def repeated_lines(tree: Tree, lines: list[Line], least: int) -> list[Record]:
    """Records by lines alone: a name with a moment (on one line or two), then text, at least `least` times in a row."""
    heads = _heads(tree, lines)
    heads = [head for number, head in enumerate(heads) if _has_text(heads, number, len(lines))]
    if len(heads) < least:
        return []
    records = []
    for number, (first, body, author, when) in enumerate(heads):
        last = heads[number + 1][0] if number + 1 < len(heads) else _end_of_last(tree, lines, heads)
        text = [line for line in lines[body:last] if not cues_of(tree.of(line)) & _FURNITURE]
        if not text:
            continue
        span = Span(lines[first].start, lines[last - 1].end)
        records.append(Record(span, Comment(_name(author), when, Span(text[0].start, text[-1].end))))
    return records


def _heads(tree: Tree, lines: list[Line]) -> list[tuple[int, int, str, str | None]]:
    """Index of each record's first line, index of its text's first line, author, moment."""
    heads: list[tuple[int, int, str, str | None]] = []
    number = 0
    while number < len(lines):
        words = tree.of(lines[number])
        following = tree.of(lines[number + 1]) if number + 1 < len(lines) else ""
        beside = beside_moment(words)
        title_like = lines[number].linked > len(words) / 2 and len(words.split()) > 4
        if beside and is_name(beside) and not title_like and not cues_of(words) & _NOT_A_HEAD:
            span = moment(words) or (0, 0)
            heads.append((number, number + 1, _outside(words, span), words[span[0] : span[1]]))
        elif is_name(words) and beside is None and not title_like and beside_moment(following) == "":
            if not cues_of(words) & _NOT_A_HEAD:
                heads.append((number, number + 2, words, following))
            number += 1
        elif (said := _SAYS.match(words)) and len(words) < 80:
            step = 2 if beside_moment(following) == "" else 1
            heads.append((number, number + step, said.group(1), following if step == 2 else None))
        number += 1
    return heads


_NOT_A_HEAD = frozenset(
    {
        "reply",
        "social_button",
        "social_count",
        "share",
        "updated_prefix",
        "date_prefix",
        "related_colon",
        "views",
        "byline_prefix",
        "copyright",
        "related_heading",
    }
)


def _outside(words: str, span: tuple[int, int]) -> str:
    before, after = words[: span[0]].strip(" -–—|·•(،,"), words[span[1] :].strip(" -–—|·•)،,")
    return before if is_name(before) else after or before


def _has_text(heads: list[tuple[int, int, str, str | None]], number: int, total: int) -> bool:
    following = heads[number + 1][0] if number + 1 < len(heads) else total
    return heads[number][1] < following <= heads[number][1] + 40


def _end_of_last(tree: Tree, lines: list[Line], heads: list[tuple[int, int, str, str | None]]) -> int:
    """Where the last record ends: with its element among its equals, or after as many lines as the longest before it.

    Lines of one block element (parted by <br>) are never torn apart.
    """
    first, body = heads[-1][0], heads[-1][1]
    longest = max((after[0] - before[1] for before, after in pairwise(heads)), default=1)
    edge = _edge(tree, lines[heads[-2][0]], lines[first]) if len(heads) > 1 else 0
    end = body
    while end < len(lines):
        words = tree.of(lines[end])
        if cues_of(words) & {"related_heading", "copyright", "comment_form", "about_opening"}:
            break
        torn = end > body and lines[end].element == lines[end - 1].element
        if lines[end].end > edge and end - body >= longest and not torn:
            break
        end += 1
    return max(end, first + 1)


def _edge(tree: Tree, before: Line, last: Line) -> int:
    """The end of the element around `last` that stands beside the one around `before`."""
    others = set(tree.ancestors(before.element))
    inside = last.start
    for index in tree.ancestors(last.element):
        if index in others:
            break
        inside = tree.elements[index].end
    return inside
