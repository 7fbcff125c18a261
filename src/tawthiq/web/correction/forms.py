"""From what a browser sends to a draft: what was marked, typed and asked for, in that order.

Everything that comes in is checked: spans against the text, kinds against the list, the packed draft against the page.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from tawthiq.records.correction import text_digest
from tawthiq.records.page import Comment, Page, Zone, ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.correction import dates
from tawthiq.web.correction.draft import Draft, pack, pack_comments, painted, unpack, unpack_comments
from tawthiq.web.correction.lines import of_lines

WINDOW = 120  # lines shown at once
# Django takes a thousand fields; a row of a comment has five.
MOST_SEGMENTS, MOST_ROWS = 300, 120
LARGEST_DRAFT = 700_000  # bytes on the way; the server takes a million of a form
SPARE_ROWS = 2
LONGEST_VALUE = 1_000
LONGEST_NOTE = 4_000
_SELECT = re.compile(r"kind-(\d{1,9})-(\d{1,9})")
_ROW = re.compile(r"record-(\d{1,4})-lines")
_LINES = re.compile(r"\s*(\d{1,7})\s*(?:[-–—:]\s*(\d{1,7})\s*)?")
_KINDS = {kind.value: kind for kind in ZoneKind}


@dataclass(frozen=True, slots=True)
class Sent:
    """A draft as the browser sent it; `touched` is the first place that was marked, `strayed` marks that name nothing.

    `fresh` tells that the draft was made on another text of the page, so that its zones could not be used.
    """

    draft: Draft
    touched: int | None
    strayed: bool
    fresh: bool


def first_draft(page: Page, offered: list[dates.Choice]) -> Draft:
    """Where a correction begins: the page as it is."""
    return Draft(
        zones=page.zones,
        title=page.title or "",
        byline=page.byline or "",
        agency=page.agency or "",
        date=dates.key_of(page.told_published, offered),
        comments=page.comments,
    )


def sent_draft(post: Mapping[str, str], page: Page, lines: list[Span]) -> Sent:
    """The draft that a form carries, with what the person just did to it."""
    base, fresh = _carried(post, page)
    draft = replace(
        base,
        title=post.get("title", "")[:LONGEST_VALUE],
        byline=post.get("byline", "")[:LONGEST_VALUE],
        agency=post.get("agency", "")[:LONGEST_VALUE],
        date=post.get("date", dates.NONE),
        date_words=post.get("date-words", "")[:LONGEST_VALUE],
        date_day=post.get("date-day", "")[:10],
        note=post.get("note", "")[:LONGEST_NOTE],
    )
    if fresh:
        return Sent(draft, None, strayed=False, fresh=True)
    marks = _marks(post, page.text, base)
    tool, strayed = _tool(post, page.text, lines)
    records, bad_rows = _records(post, base, lines)
    if tool and post.get("action") == "record":
        records = sorted({*records, Comment(None, None, tool[0])}, key=lambda comment: comment.span)
        tool = (tool[0], ZoneKind.COMMENT)
    marks += [tool] if tool else []
    zones = base.zones
    for span, kind in marks:
        zones = painted(page.text, zones, span, kind)
    draft = replace(draft, zones=zones, comments=tuple(records))
    if draft.title == post.get("title-was", "") and _titled(page.text, zones) != _titled(page.text, base.zones):
        draft = replace(draft, title=_titled(page.text, zones)[:LONGEST_VALUE])
    touched = min((span.start for span, _ in marks), default=None)
    return Sent(draft, touched, strayed or bad_rows, fresh=False)


def packed(draft: Draft, text: str) -> str:
    """The draft's zones and comments as the form carries them, bound to the text that they are of."""
    value = {"text": text_digest(text), "zones": pack(draft.zones), "comments": pack_comments(draft.comments)}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_too_large(packed: str) -> bool:
    """Whether a packed draft is more than a form can carry."""
    return len(quote_plus(packed)) > LARGEST_DRAFT


def window_at(post: Mapping[str, str], count: int) -> tuple[int, int]:
    """The first and last line to show: those that were shown, or those that a button leads to."""
    action = post.get("action", "")
    asked = action.removeprefix("lines-") if action.startswith("lines-") else post.get("first", "1")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    first = max(1, min(first, count))
    return first, min(count, first + WINDOW - 1)


def _carried(post: Mapping[str, str], page: Page) -> tuple[Draft, bool]:
    """The packed draft; the page's own zones where it is broken or of another text."""
    length = len(page.text)
    try:
        value = json.loads(post.get("draft", ""))
        zones = unpack(str(value["zones"]), length)
        comments = unpack_comments(value["comments"], length)
        same = value["text"] == text_digest(page.text)
    except (ValueError, KeyError, TypeError, RecursionError):
        zones, comments, same = None, None, False
    if zones is None or comments is None or not same:
        return Draft(page.zones, comments=page.comments), True
    return Draft(zones, comments=comments), False


def _marks(post: Mapping[str, str], text: str, base: Draft) -> list[tuple[Span, ZoneKind]]:
    """The selects whose kind is another than the draft's."""
    found = []
    for name, value in post.items():
        match = _SELECT.fullmatch(name)
        kind = _KINDS.get(value)
        if match and kind and int(match[1]) < int(match[2]) <= len(text):
            span = Span(int(match[1]), int(match[2]))
            if any(zone.span.overlaps(span) and zone.kind is not kind for zone in base.zones):
                found.append((span, kind))
    return found


def _tool(post: Mapping[str, str], text: str, lines: list[Span]) -> tuple[tuple[Span, ZoneKind] | None, bool]:
    """What the marking tool was asked to mark, and whether it was asked for something that is not there."""
    if post.get("action") not in ("mark", "record"):
        return None, False
    kind = _KINDS.get(post.get("mark-kind", ""), ZoneKind.OTHER)
    span = _chosen(post, text, lines)
    return ((span, kind), False) if span else (None, True)


def _chosen(post: Mapping[str, str], text: str, lines: list[Span]) -> Span | None:
    """The characters that were selected, else the words that were typed within the lines, else the lines."""
    start, end = post.get("mark-start", ""), post.get("mark-end", "")
    if (
        start.isdecimal()
        and end.isdecimal()
        and len(start) < 10
        and len(end) < 10
        and int(start) < int(end) <= len(text)
    ):
        return Span(int(start), int(end))
    first, last = _number(post.get("mark-from", "")), _number(post.get("mark-to", ""))
    around = of_lines(lines, first or last, last or first)
    words = post.get("mark-words", "").strip()
    if around is None or not words:
        return around
    place = text.find(words, around.start, around.end)
    return Span(place, place + len(words)) if place >= 0 else None


def _records(post: Mapping[str, str], base: Draft, lines: list[Span]) -> tuple[list[Comment], bool]:
    """The comment records: those that were not shown as they were, those of the rows as they are now."""
    shown = {value for name, value in post.items() if name.startswith("record-") and name.endswith("-span")}
    kept = [comment for comment in base.comments if f"{comment.span.start}-{comment.span.end}" not in shown]
    bad = False
    for name, value in post.items():
        match = _ROW.fullmatch(name)
        if not match or not value.strip():
            continue
        span = _row_span(post, match[1], value, base, lines)
        bad = bad or span is None
        if span:
            author, date = (post.get(f"record-{match[1]}-{part}", "").strip() for part in ("author", "date"))
            kept.append(Comment(author[:LONGEST_VALUE] or None, date[:LONGEST_VALUE] or None, span))
    return sorted(kept, key=lambda comment: comment.span), bad


def _row_span(post: Mapping[str, str], number: str, value: str, base: Draft, lines: list[Span]) -> Span | None:
    """The characters of a row: exactly those that it had, where its lines are as they were; else those of its lines."""
    if value == post.get(f"record-{number}-lines-was", ""):
        for comment in base.comments:
            if f"{comment.span.start}-{comment.span.end}" == post.get(f"record-{number}-span", ""):
                return comment.span
    match = _LINES.fullmatch(value)
    return of_lines(lines, int(match[1]), int(match[2] or match[1])) if match else None


def _titled(text: str, zones: tuple[Zone, ...]) -> str:
    """The words of the title zones."""
    spans = [zone.span for zone in zones if zone.kind is ZoneKind.TITLE]
    return " ".join(" ".join(span.of(text).split()) for span in spans)


def _number(value: str) -> int:
    """A line's number as typed, in any digits; 0 for anything else."""
    value = value.strip()
    return int(value) if value.isdecimal() and len(value) < 8 else 0
