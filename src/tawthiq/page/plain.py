"""A page that survives only as text: the same zones, from wording and layout alone.

The body is what no rule takes away; a rule takes a line only by strong wording or by where it stands, since a lost
sentence of evidence costs more than a kept menu. Order: readers' comments and social furniture from below, then title,
dates and signatures above the text, then furniture after it, then credits and shortcodes inside lines.
"""

import re
from dataclasses import replace
from itertools import zip_longest

from tawthiq.page.agencies import body_credits
from tawthiq.page.bylines import has_prefix, joined, persons
from tawthiq.page.furniture import is_caption
from tawthiq.page.moments import beside_moment
from tawthiq.page.painting import Canvas
from tawthiq.page.plain_comments import comment_records, comments_begin
from tawthiq.page.plain_lines import PlainLine, lines_of
from tawthiq.page.platforms import read_chat
from tawthiq.page.posts import posts_of
from tawthiq.page.published import PageDates, SeenDate, dates_of_line, dates_of_page
from tawthiq.page.records import Record
from tawthiq.page.report import report_language
from tawthiq.page.shortcodes import shortcodes
from tawthiq.page.social import is_post, post_zones
from tawthiq.page.wording import is_counter
from tawthiq.records.page import Post, Zone, ZoneKind

_HEAD = 7  # lines above the text in which title, date and signature are sought
_AFTER = (
    ("disclaimer", ZoneKind.COMMENT_FORM), ("comment_form", ZoneKind.COMMENT_FORM), ("copyright", ZoneKind.OTHER),
    ("subscribe", ZoneKind.AD), ("advert_contact", ZoneKind.AD), ("ad", ZoneKind.AD), ("share", ZoneKind.NAVIGATION),
    ("tags", ZoneKind.NAVIGATION), ("views", ZoneKind.OTHER), ("end_mark", ZoneKind.OTHER),
    ("social_button", ZoneKind.NAVIGATION),
)  # fmt: skip
_REPORTING = re.compile(
    r"^\((?:reporting|writing|editing|additional reporting|إعداد|تحرير|شارك في)\b.{0,200}\)$", re.IGNORECASE
)
_ENTRY = re.compile(r"^(?:[-–•*◾▪]|\d{1,2}[-.)])\s*")


class PlainPage:
    """What was read from one plain text: zones, and the values that stand in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chat = read_chat(text)
        self.lines = [] if self.chat else lines_of(text)
        self.dates: list[SeenDate] = []
        self.byline: str | None = None
        self.agency: str | None = None
        self.records: list[Record] = []
        self.posts: tuple[Post, ...] = ()
        self.title: str | None = None
        self.zones = self._read()

    @property
    def account(self) -> str | None:
        """The one account that all posts of the text are of; None where there are several, or none."""
        accounts = {post.account for post in self.posts}
        return accounts.pop() if len(accounts) == 1 else None

    def dated(self) -> PageDates:
        """The dates that the page shows of itself: of its date lines, else of its only post."""
        found = dates_of_page(self.dates, [], None, None, language=lambda: report_language(self.text, self.zones))
        alone = self.posts[0].published if len(self.posts) == 1 else None
        return found if found.published or not alone else replace(found, published=alone)

    def _read(self) -> tuple[Zone, ...]:
        if self.chat:
            self.posts = self.chat.posts
            return self.chat.zones
        canvas = Canvas(self.text)
        lines = self.lines
        post = is_post(lines)
        begin = comments_begin(lines, post=post)
        article, rest = lines[:begin], lines[begin:]
        end, replies = post_zones(article)
        for line in article:
            if line.kind is ZoneKind.DATE:
                self.dates += dates_of_line(self.text, line.start, line.end)
        self._head(article[:end])
        self._tail(article[:end])
        for line in article[:end]:
            if line.kind is None:
                line.give(ZoneKind.BODY, "text that no cue takes away")
        self.records = [*replies, *comment_records(self.text, rest)]
        self.posts = posts_of(self.text, article[:end]) if post else ()
        self._paint(canvas, lines)
        return canvas.zones()

    def _head(self, lines: list[PlainLine]) -> None:
        """Menus, the outlet's name, the title, dates and signatures above the text."""
        first_prose = next(
            (number for number, line in enumerate(lines) if line.is_prose and (number or not _may_head(line))),
            len(lines),
        )
        head = lines[: min(first_prose, _HEAD)]
        for number, line in enumerate(head[:4]):
            if line.kind is None and line.is_menu and not (number == 0 and len(lines) == 1):
                line.give(ZoneKind.NAVIGATION, "a row of sections")
                self._dates_in(line)
        self._title(head, lines)
        for line in head:
            if line.kind is None or line.kind is ZoneKind.TITLE:
                self._date_or_signature(line, title=line.kind is ZoneKind.TITLE)

    def _title(self, head: list[PlainLine], lines: list[PlainLine]) -> None:
        free = [line for line in head if line.kind is None and not line.is_mark and not self._only_date(line)]
        free = [line for line in free if not is_caption(line.text)]
        if not free or len(lines) < 2 or any(line.kind is ZoneKind.BYLINE for line in head):
            return
        first = chosen = free[0]
        later = [line for line in free[1:4] if self._is_headline(line)]
        if first is lines[0] and later and (len(first.text.split()) <= 4 or beside_moment(first.text)):
            if beside_moment(first.text) is None:
                first.give(ZoneKind.NAVIGATION, "the outlet's name above the headline")
            chosen = later[0]
        if _is_dateline(chosen) and not later:
            return
        short = len(chosen.text) <= 200 and not chosen.text.endswith((".", "،"))
        if (
            short
            and not has_prefix(chosen.text)
            and not chosen.cues - {"related_colon", "quiet_note", "caption_prefix"}
        ):
            chosen.give(ZoneKind.TITLE, "the first line, which is no sentence")
            self.title = chosen.text

    def _only_date(self, line: PlainLine) -> bool:
        """Whether a line is there for its date; the first line only when nothing else of weight stands in it."""
        if not dates_of_line(self.text, line.start, line.end):
            return False
        beside = beside_moment(line.text) or ""
        return len(beside.split()) <= (0 if line is self.lines[0] else 4) or "date_prefix" in line.cues

    def _is_headline(self, line: PlainLine) -> bool:
        """A line that can be the headline under an outlet's name: several words, no date, no row of pieces."""
        words = len(line.text.split())
        plain = not line.text.endswith((".", "،", ":")) and " | " not in line.text
        return 5 <= words <= 30 and plain and not dates_of_line(self.text, line.start, line.end)

    def _dates_in(self, line: PlainLine) -> list[SeenDate]:
        found = dates_of_line(self.text, line.start, line.end)
        self.dates += found
        line.parts += [(date.start, date.end, ZoneKind.DATE, "a date above the text") for date in found]
        return found

    def _date_or_signature(self, line: PlainLine, *, title: bool) -> None:
        found = [] if title or len(line.text) > 100 else self._dates_in(line)
        if title:
            return
        if found and sum(date.end - date.start for date in found) > 0.5 * len(line.text):
            line.give(ZoneKind.DATE, "a date above the text")
        elif has_prefix(line.text) or "byline_desk" in line.cues:
            names = persons(line.text, ())
            if names or "byline_desk" in line.cues:
                self.byline = self.byline or joined(names) or None
                line.give(ZoneKind.BYLINE, "wording that signs the report")
        elif "updated_prefix" in line.cues and found:
            line.give(ZoneKind.DATE, "a date of updating")
        elif "views" in line.cues:
            line.give(ZoneKind.OTHER, "its wording (views)")
        elif "share" in line.cues:
            line.give(ZoneKind.NAVIGATION, "its wording (share)")

    def _tail(self, lines: list[PlainLine]) -> None:
        """Furniture after the first sentence of the text."""
        started = under_related = under_about = after_furniture = False
        last = lines[-2:]
        for line in lines:
            if line.kind is not None:
                continue
            if not started:
                started = line.is_prose or len(line.text) > 60
                if not line.cues & {"subscribe", "copyright"} and not is_caption(line.text):
                    continue
            zone = _furniture(line)
            if zone is None and line in last and line.names_channel and not line.is_prose:
                zone = (ZoneKind.AD, "the address of a channel")
            if under_related and zone is None and _is_entry(line):
                zone = (ZoneKind.RELATED, "a headline under a related heading")
            if under_about and zone is None and line.is_prose:
                zone = (ZoneKind.ABOUT, "under a paragraph about the outlet")
            if zone is None and after_furniture and "about_opening" in line.cues:
                zone = (ZoneKind.ABOUT, "a sentence about the outlet, after other furniture")
            if zone:
                line.give(*zone)
            under_related = zone is not None and zone[0] is ZoneKind.RELATED
            under_about = zone is not None and zone[0] is ZoneKind.ABOUT and len(line.text) < 60
            after_furniture = zone is not None

    def _paint(self, canvas: Canvas, lines: list[PlainLine]) -> None:
        for line, following in zip_longest(lines, lines[1:]):
            end = line.end
            if following and line.kind is ZoneKind.BODY and following.kind is ZoneKind.BODY:
                end = following.start
            canvas.paint(line.start, end, line.kind or ZoneKind.OTHER, line.reason)
        for line in lines:
            for part in line.parts:
                canvas.paint(*part)
        body = [(line.start, line.end) for line in lines if line.kind is ZoneKind.BODY]
        codes = shortcodes(self.text)
        trimmed = [(start, min([end, *(code for code, _ in codes if start < code < end)])) for start, end in body]
        credited = body_credits(self.text, trimmed)
        self.agency = credited[0].name if credited else None
        for credit in credited:
            canvas.paint(credit.start, credit.end, ZoneKind.AGENCY, "a credited agency")
        for start, end in codes:
            canvas.paint(start, end, ZoneKind.AD, "a shortcode of the publishing system")


def plain_zones(text: str) -> list[Zone]:
    """The zones of a text that survives only as text, covering every character of it in order."""
    return list(PlainPage(text).zones)


def _may_head(line: PlainLine) -> bool:
    """Whether a long first line can still be a headline: no full stop at its end, and not a paragraph's length."""
    return len(line.text) <= 160 and not line.text.endswith((".", "،", '."', ".”", ".»"))


def _is_dateline(line: PlainLine) -> bool:
    """A place and an outlet with a dash between them, standing alone ("روناك - منبج", an outlet and a town)."""
    pieces = re.split(r"\s+[-–—|ـ]\s+|\s*/\s*", line.text)
    return len(pieces) > 1 and all(len(piece.split()) <= 3 for piece in pieces)


def _furniture(line: PlainLine) -> tuple[ZoneKind, str] | None:
    cues, length = line.cues, len(line.text)
    if line.is_mark or (length <= 90 and is_counter(line.text, bare=False)):
        return ZoneKind.OTHER, "a rule of marks or a counter"
    if line.is_initials or _REPORTING.match(line.text):
        return ZoneKind.BYLINE, "the initials or credits of a desk"
    if is_caption(line.text):
        return ZoneKind.CAPTION, "a caption or the credit of a picture"
    return _worded(line, cues, length)


def _worded(line: PlainLine, cues: frozenset[str], length: int) -> tuple[ZoneKind, str] | None:
    """The zone of a line by the phrases in it."""
    if "about_sure" in cues or ("about_opening" in cues and (length > 100 or length < 40)):
        return ZoneKind.ABOUT, "a paragraph about the outlet"
    colon = "related_colon" in cues and ":" in line.text[:45] and length <= 140
    if colon or ("related_heading" in cues and length <= 60):
        return ZoneKind.RELATED, "a related heading"
    for cue, kind in _AFTER:
        if cue in cues and (length <= 120 or cue in ("disclaimer", "copyright")):
            return kind, f"its wording ({cue})"
    return None


def _is_entry(line: PlainLine) -> bool:
    """A headline in a list: short, no sentence."""
    words = _ENTRY.sub("", line.text)
    return len(words) <= 110 and not words.endswith((".", "،"))
