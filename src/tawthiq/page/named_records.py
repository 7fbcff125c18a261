"""Readers' comments by the names of elements: where each begins, who signs it, when, and which characters are its text.

Elements that their names call comments are grouped by tag and first name; the group that explains most of a section holds
the records. A reply nested in a comment is a comment of its own, and its characters belong to it alone. What the names do
not tell of author and moment is read from the lines.
"""

import re
from bisect import bisect_right

from tawthiq.page.line_kinds import FURNITURE, is_count
from tawthiq.page.moments import beside_moment, moment
from tawthiq.page.records import LONGEST_NAME, Record, Signature, is_name, name_of, recorded, signature, speaker
from tawthiq.page.tree import Element, Run, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.span import Span

_RECORD_ID = re.compile(r"comment[-_]?\d+|^c[-_]?\d+$|^(?:li|div)-comment", re.IGNORECASE)
_ITEMS = frozenset({"li", "article", "dd"})
_STATE = frozenset(
    (
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
    )
)


def named_records(tree: Tree, start: int, end: int) -> list[Record]:
    """Records by the names of elements between `start` and `end`."""
    groups: dict[tuple[str, str], list[Element]] = {}
    for element in tree.elements_within(start, end):
        if "comment_form" not in element.cues:
            identifier = element.attributes.get("id", "")
            if "comment" in element.cues or "comment_record" in element.cues or _RECORD_ID.search(identifier):
                groups.setdefault(_group(element), []).append(element)
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


def _group(element: Element) -> tuple[str, str]:
    names = [re.sub(r"[\d]+", "", name) for name in element.attributes.get("class", "").split()]
    names = [name for name in names if not set(re.split(r"[-_]", name.lower())) & _STATE]
    return element.tag, names[0] if names else re.sub(r"\d+", "", element.attributes.get("id", ""))


def _weight(members: list[Element], whole: int) -> float:
    """How well a group of alike elements explains a section: what it covers, if it repeats or is marked as a record."""
    covered, last = 0, -1
    for element in sorted(members, key=lambda member: member.start):
        covered += max(0, element.end - max(element.start, last))
        last = max(last, element.end)
    marked = any(map(_is_marked, members))
    if len(members) < 2 and not marked:
        return 0.0
    return covered / max(whole, 1) + (0.5 if marked else 0.0)


def _is_marked(element: Element) -> bool:
    """Whether an element is named as one comment, not as a section of them: by number, by name, or as an item of a list."""
    numbered = bool(_RECORD_ID.search(element.attributes.get("id", "")))
    return numbered or "comment_record" in element.cues or (element.tag in _ITEMS and "comment" in element.cues)


def _read(tree: Tree, start: int, end: int, within: int) -> Record | None:
    """The record at `start`..`end`; None when it holds no text."""
    parts: dict[str, list[Run]] = {"author": [], "time": [], "text": [], "nothing": []}
    for line in tree.lines_within(start, end):
        words = tree.of(line)
        if cues_of(words) & FURNITURE or (is_count(words) and moment(words) is None):
            continue
        for run in line.runs:
            parts[_part_of(tree, run, within)].append(run)
    author, when, text = parts["author"], parts["time"], parts["text"]
    if not text:
        text, author = author, []
    name = name_of(" ".join(tree.of(run) for run in author)) if author else None
    moment_text = _moment_text(" ".join(tree.of(run) for run in when)) if when else None
    text, name, moment_text = _by_wording(tree, text, name, moment_text)
    if not text:
        return None
    return recorded(Span(start, end), Span(text[0].start, text[-1].end), Signature(name, moment_text))


def _moment_text(words: str) -> str:
    """The moment inside the words of an element that tells one, without what stands around it ("wrote on")."""
    span = moment(words)
    return words[span[0] : span[1]] if span else words


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
            if len(words) > LONGEST_NAME or cues_of(words) & {"says", "reply"}:
                return "nothing"
            return "author"
    furniture = cues_of(words) & {"says", "reply", "share"} and len(words) <= 20
    return "nothing" if furniture else "text"


def _by_wording(
    tree: Tree, text: list[Run], author: str | None, when: str | None
) -> tuple[list[Run], str | None, str | None]:
    """Take the lines that are a name or a moment off the beginning and the end of a record's text."""
    lines = _lines(tree, text)
    while len(lines) > 1 and not (author and when):
        words = tree.text[lines[0][0].start : lines[0][-1].end]
        signed = speaker(words) or signature(words)
        if signed and not (signed.author and author):
            author, when = author or signed.author or None, when or signed.when
        elif signed is None and not author and is_name(words):
            author = name_of(words)
        else:
            break
        lines.pop(0)
    if len(lines) > 1 and not when and beside_moment(words := tree.text[lines[-1][0].start : lines[-1][-1].end]) == "":
        when = _moment_text(words)
        lines.pop()
    return [run for line in lines for run in line], author, when


def _lines(tree: Tree, runs: list[Run]) -> list[list[Run]]:
    """Runs by the lines they stand on."""
    lines: list[list[Run]] = []
    last = -1
    for run in runs:
        number = bisect_right(tree.starts, run.start)
        if number == last:
            lines[-1].append(run)
        else:
            lines.append([run])
        last = number
    return lines
