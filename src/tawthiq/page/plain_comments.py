"""Readers' comments in plain text: under a heading with their count, numbered, or each with a name and a colon."""

import re
from itertools import islice

from tawthiq.page.moments import beside_moment, moment
from tawthiq.page.plain_lines import PlainLine, report_follows
from tawthiq.page.plain_readings import read_by_lines
from tawthiq.page.records import Record, is_name, name_of, signature, speaker
from tawthiq.records.page import Comment, ZoneKind
from tawthiq.records.span import Span

_NUMBERED = re.compile(r"^(?:\(?[\d٠-٩۰-۹]{1,4}\s*[.)\-–]|#\s?\d{1,4}\b)\s*(?=\S)")
_SIGNED = re.compile(r"^([^:\n]{2,45}?)\s*[:：]\s+(?=\S)")
_HEADING_WITH_TEXT = re.compile(r"^(?:تعليق|تعليقات|comment|comments)\s*\(?[\d٠-٩]*\)?\s*:\s*(?=\S)", re.IGNORECASE)
_CLOCK = re.compile(r"\d\s?[:٫]\s?\d\d")
_FORMS = frozenset({"comment_form", "disclaimer"})
_REPLY = frozenset({"reply", "relative_time", "social_button", "social_count"})
_LONGEST_HEADING = 60
_BEGUN = 150  # characters of prose above signed lines that nothing heads: less stands above a report's own signature


def comments_begin(lines: list[PlainLine], *, post: bool) -> int:
    """The index of the line that opens the comments (heading, form or rules); len(lines) when none does.

    In a social `post` a counter ("3 comments") opens nothing: it stands in a row of counters.
    """
    prose, above = False, 0
    for number, line in enumerate(lines):
        opened = prose and (_opens(line, post=post) or (above >= _BEGUN and not post and _is_announced(lines, number)))
        if opened and not _article_goes_on(lines[number + 1 :]) and not report_follows(lines, number + 1):
            return number
        prose = prose or line.is_prose or len(line.text) > 60
        above += len(line.text) if line.is_prose else 0
    return len(lines)


def _is_announced(lines: list[PlainLine], number: int) -> bool:
    """Whether a comment begins without a heading: "name says:" above its moment, or two names above moments of the clock."""
    if not _has_moment_below(lines, number):
        return False
    if speaker(lines[number].text):
        return True
    dated = (at for at in range(number, len(lines)) if is_name(lines[at].text) and _has_moment_below(lines, at))
    return sum(bool(_CLOCK.search(lines[at + 1].text)) for at in islice(dated, 2)) == 2


def _has_moment_below(lines: list[PlainLine], number: int) -> bool:
    """Whether a short line without wording of its own has a line below that is nothing but a moment, and text below that."""
    if (
        number + 2 >= len(lines)
        or len(lines[number].text) > _LONGEST_HEADING
        or beside_moment(lines[number].text) == ""
    ):
        return False
    return beside_moment(lines[number + 1].text) == ""


def _opens(line: PlainLine, *, post: bool) -> bool:
    if (
        "disclaimer" in line.cues
        and line.cues & {"disclaimer"}
        and "comment" not in line.text.lower()
        and "تعليق" not in line.text
    ):
        return False
    short = len(line.text) <= _LONGEST_HEADING
    if post and (line.cues & {"social_count", "social_button"} or line.is_count):
        return False
    return bool(
        (short and line.cues & {"comments_heading", "comment_form"})
        or "disclaimer" in line.cues
        or _HEADING_WITH_TEXT.match(line.text)
    )


def _article_goes_on(lines: list[PlainLine]) -> bool:
    """Whether unsigned, unnumbered long sentences with quotations follow, as when a jump link stood above the text."""
    sentences = [line for line in lines if line.is_prose and len(line.text) > 150]
    headings = any("comments_heading" in line.cues for line in lines)
    marked = any(
        _NUMBERED.match(line.text)
        or _SIGNED.match(line.text)
        or line.cues & _REPLY
        or (is_name(line.text) and _has_moment_below(lines, number))
        for number, line in enumerate(lines)
    )
    return len(sentences) >= 3 and not headings and not marked


def comment_records(text: str, lines: list[PlainLine]) -> list[Record]:
    """Give zones to the lines of a comment section and read its comments."""
    groups: list[list[PlainLine]] = []
    under_related = False
    for number, line in enumerate(lines):
        zone = _furniture(line)
        if zone is None and under_related and len(line.text) < 110:
            zone = (ZoneKind.RELATED, "a headline under a related heading")
        if zone:
            line.give(*zone)
            under_related = zone[0] is ZoneKind.RELATED
            if zone[0] is not ZoneKind.DATE:
                groups.append([])
            continue
        line.give(ZoneKind.COMMENT, "a line of the comment section")
        if groups and _has_moment(groups[-1]) and is_name(line.text) and _has_moment_below(lines, number):
            groups.append([])
        _join(groups, line)
    return read_by_lines(text, lines, [record for group in groups if (record := record_of(group))])


_ZONES = (
    (_FORMS, ZoneKind.COMMENT_FORM, "the form or rules for commenting"),
    (
        frozenset({"reply", "social_button", "social_count", "share", "subscribe"}),
        ZoneKind.NAVIGATION,
        "a button among comments",
    ),
    (frozenset({"copyright"}), ZoneKind.OTHER, "its wording"),
    (frozenset({"about_sure"}), ZoneKind.ABOUT, "a paragraph about the outlet"),
)


def _furniture(line: PlainLine) -> tuple[ZoneKind, str] | None:
    cues = line.cues
    if _HEADING_WITH_TEXT.match(line.text):
        return None
    if "comments_heading" in cues and not cues & _FORMS and len(line.text) <= _LONGEST_HEADING:
        return ZoneKind.OTHER, "the heading of the comments"
    if cues & {"related_heading", "related_colon"} and len(line.text) < 100:
        return ZoneKind.RELATED, "its wording"
    if line.is_mark or (line.is_count and beside_moment(line.text) != ""):
        return ZoneKind.NAVIGATION, "a counter or rule among comments"
    return next(((kind, reason) for named, kind, reason in _ZONES if cues & named), None)


def _join(groups: list[list[PlainLine]], line: PlainLine) -> None:
    """Add a line to the comment it belongs to: numbers, signatures and moments begin one."""
    begins = bool(_NUMBERED.match(line.text) or _is_signed(line.text) or _HEADING_WITH_TEXT.match(line.text))
    dated_name = bool(beside_moment(line.text)) and is_name(beside_moment(line.text) or "")
    numbered = bool(groups and groups[-1] and _NUMBERED.match(groups[-1][0].text))
    if not groups or not groups[-1] or (begins and not (numbered and not _NUMBERED.match(line.text))) or dated_name:
        groups.append([line])
    else:
        groups[-1].append(line)


def _has_moment(group: list[PlainLine]) -> bool:
    return any(beside_moment(line.text) == "" for line in group[:3])


def _is_signed(words: str) -> bool:
    match = _SIGNED.match(words)
    return bool(match and is_name(match.group(1)))


def record_of(group: list[PlainLine]) -> Record | None:
    """The comment that a group of lines holds: its name and moment taken off its text."""
    if not group:
        return None
    author: str | None = None
    when: str | None = None
    lines = list(group)
    first = lines[0]
    start = first.start
    number = _NUMBERED.match(first.text)
    signed = _SIGNED.match(first.text)
    heading = _HEADING_WITH_TEXT.match(first.text)
    if heading:
        start += heading.end()
    elif number:
        start += number.end()
        author, when, start, lines = _numbered(lines, start)
    elif signed and is_name(signed.group(1)):
        author, start = signed.group(1).lstrip("@").strip(), start + signed.end()
    elif len(lines) > 1 and (is_name(first.text) or first.text.startswith("@")):
        author, lines = name_of(first.text), lines[1:]
        if len(lines) > 1 and lines[0].text.startswith("@") and " " not in lines[0].text:
            lines = lines[1:]
        start = lines[0].start
    if not when and len(lines) > 1 and beside_moment(lines[0].text) == "":
        when, lines = lines[0].text, lines[1:]
        start = lines[0].start
    elif author and (span := moment(author)):
        when, author = author[span[0] : span[1]], author[: span[0]].strip(" -–—|·•(") or author
    if len(lines) > 1 and beside_moment(lines[-1].text) == "":
        when, lines = when or lines[-1].text, lines[:-1]
    return Record(Span(group[0].start, group[-1].end), Comment(author, when, Span(start, max(start, lines[-1].end))))


def _numbered(lines: list[PlainLine], start: int) -> tuple[str | None, str | None, int, list[PlainLine]]:
    """Author, moment, start and lines of the text of a comment whose number ends at `start` on its first line."""
    head = lines[0].text[start - lines[0].start :]
    signed = _SIGNED.match(head)
    if signed and is_name(signed.group(1)):
        return signed.group(1).strip(), None, start + signed.end(), lines
    if len(lines) > 1:
        told = speaker(head) or signature(head)
        if told or is_name(head):
            author = told.author if told else name_of(head)
            return author or None, told.when if told else None, lines[1].start, lines[1:]
    return None, None, start, lines
