"""Posts saved as text from Facebook, X and Telegram: the post apart from names, moments, counters, buttons and replies.

Layout of such text: an account's name (and handle), a moment with its audience, the post, counters and buttons, then
other people's replies. Threads repeat name and handle of the same account; what it writes stays body.
"""

import re

from tawthiq.page.moments import LONGEST, beside_moment, moment
from tawthiq.page.plain_comments import record_of
from tawthiq.page.plain_lines import PlainLine, report_follows
from tawthiq.page.records import Record, is_name
from tawthiq.page.wording import normal
from tawthiq.records.page import ZoneKind

_HANDLE = re.compile(r"@[A-Za-z0-9_]{3,30}")
_ONLY_HANDLE = re.compile(r"^@[A-Za-z0-9_]{3,30}$")
_AUDIENCE = re.compile(r"·\s*(?:\W?عام\W?|public|shared with .*)?\s*·?\s*$", re.IGNORECASE)
_POSTED = re.compile(r"\d{1,2}[:٫]\d{2}|\d{4}|[٠-٩]{4}")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
_CLIENT_MOMENT = re.compile(r"^\d{1,2}:\d{2}\s?[AP]M\s[-·]\s\d{1,2}\s\w{3,9}\s\d{2,4}$", re.IGNORECASE)
_POINTS = frozenset({"·", "•"})  # between a name and its moment
_LINK = re.compile(r"^(?:https?://|pic\.|t\.co/|www\.)\S+$", re.IGNORECASE)
_POST_HEAD = 8  # lines in which a post tells its moment, or ends
_SITE_HEAD = 7  # lines in which an article is signed and dated
_THREAD = re.compile(r"^(?:\d{1,2}/\d{0,2}|🧵)$")


def post_zones(lines: list[PlainLine]) -> tuple[int, list[Record]]:
    """Zones of a social post's furniture, and the replies below it.

    Returns the number of lines that belong to the post itself (all of them when the text is no post) and the replies.
    """
    if not is_post(lines):
        return len(lines), []
    handle = _account(lines)
    end = _furniture_begins(lines, handle)
    _head(lines[:end], handle)
    for line in lines[:end]:
        if line.kind is None:
            _mark_inside(line)
    return end, _replies(lines[end:], handle, _name_of(lines))


def is_post(lines: list[PlainLine]) -> bool:
    """Strong signs only: an audience or a post's moment near the top, a handle, or a row of counters with buttons."""
    top = lines[:5]
    audience = any(_is_posted(line) for line in top)
    handle = any(
        _ONLY_HANDLE.match(line.text) or (_HANDLE.search(line.text) and len(line.text) < 60) for line in top[:3]
    )
    buttons = sum(1 for line in lines if _is_button(line))
    counters = sum(1 for line in lines if line.is_count)
    rich = any(
        line.is_count and len(_FIGURES.findall(line.text)) >= 2 and len(line.text.split()) >= 4 for line in lines[2:]
    )
    likely = rich or (handle and (counters > 0 or any(_is_moment(line) for line in lines)))
    likely = likely or (counters > 0 and buttons > 0 and not _is_of_site(lines))
    return audience or (likely and not _is_report(lines))


def _is_report(lines: list[PlainLine]) -> bool:
    """Whether the text is rather a page with counters and buttons around a report than a post at the top of what was saved."""
    first = next((number for number, line in enumerate(lines) if line.is_count or _is_button(line)), len(lines))
    dated = any(moment(line.text) for line in lines[:_POST_HEAD])
    return (first > _POST_HEAD and not dated) or report_follows(lines, first)


def _is_of_site(lines: list[PlainLine]) -> bool:
    """Whether a signature or a date with its label stands above, or a site's own form or rules for comments anywhere.

    Below articles a count of comments and buttons to reply stand as they do below posts: they tell nothing then.
    """
    signed = any(line.cues & {"byline_prefix", "date_prefix"} for line in lines[:_SITE_HEAD])
    return signed or any(
        "disclaimer" in line.cues or ("comment_form" in line.cues and not line.cues & {"social_button", "reply"})
        for line in lines
    )


def _is_posted(line: PlainLine) -> bool:
    """A line with a moment and an audience: "February 17, 2016 · Shared with Public"."""
    if "social_sharing" in line.cues:
        return len(line.text) <= LONGEST
    return len(line.text) <= 60 and bool(
        _AUDIENCE.search(line.text) and _POSTED.search(line.text) and moment(line.text)
    )


def _is_moment(line: PlainLine) -> bool:
    """A line that is nothing but the moment of a post, its client included ("١:٤٢ م · ٤ فبراير ٢٠١٨ · Twitter Web Client")."""
    if _CLIENT_MOMENT.match(line.text):
        return True
    if len(line.text) > 70 or not moment(line.text) or not _POSTED.search(line.text):
        return False
    return beside_moment(line.text) == "" or "·" in line.text


def _is_button(line: PlainLine) -> bool:
    return len(line.text) <= 60 and bool(
        line.cues & {"social_button", "reply"} or ("relative_time" in line.cues and len(line.text) <= 25)
    )


def _account(lines: list[PlainLine]) -> str | None:
    for line in lines[:3]:
        match = _HANDLE.search(line.text)
        if match and len(line.text) < 70:
            return match.group()
    return None


def _name_of(lines: list[PlainLine]) -> str:
    return next((line.text for line in lines[:2] if line.kind is ZoneKind.BYLINE), lines[0].text)


def _head(lines: list[PlainLine], handle: str | None) -> None:
    """The account's name and handle, the platform's name, and the moment of posting."""
    posted = next((number for number, line in enumerate(lines[:6]) if _is_posted(line)), None)
    before = (
        posted
        if posted is not None
        else next((n + 1 for n, line in enumerate(lines[:3]) if handle and handle in line.text), 0)
    )
    for line in lines[:before]:
        if normal(line.text) in ("facebook", "x", "twitter", "فيسبوك"):
            line.give(ZoneKind.NAVIGATION, "the platform's name")
        elif len(line.text) <= 90 and line.kind is None:
            line.give(ZoneKind.BYLINE, "the account that posted")
    if posted is not None:
        lines[posted].give(ZoneKind.DATE, "the moment of posting")
    for line in lines[before:]:
        if line.kind is None and (line.text == handle or line.text == lines[0].text):
            line.give(ZoneKind.BYLINE, "the account that posted")


def _mark_inside(line: PlainLine) -> None:
    """Furniture between the lines of a post: its moment, links to pictures, buttons; hashtags stay text."""
    if _is_moment(line):
        line.give(ZoneKind.DATE, "the moment of posting")
    elif _LINK.match(line.text) or _THREAD.match(line.text):
        line.give(ZoneKind.OTHER, "a link or number of the thread")
    elif _is_button(line) or line.is_count:
        line.give(ZoneKind.NAVIGATION, "a button or counter of the platform")


def _furniture_begins(lines: list[PlainLine], handle: str | None) -> int:
    """The first line below the post that is a counter, a button row or another account's reply."""
    posted = next((number for number, line in enumerate(lines[:6]) if _is_posted(line)), 0)
    own = {handle, lines[0].text}
    for number in range(max(posted + 1, 1), len(lines)):
        line = lines[number]
        following = lines[number + 1 :]
        if any(later.text in own for later in following[:400] if handle):
            continue
        if line.is_count or (_is_button(line) and not line.cues & {"comment_form"} and _is_reaction(line)):
            return number
        if handle and number > 1 and _begins_with_other(line.text, handle):
            return number
    return len(lines)


def _is_reaction(line: PlainLine) -> bool:
    """Buttons that close a post, unlike "See more" and translation notes, which stand inside."""
    form = normal(line.text)
    return not form.startswith(
        ("see more", "see translation", "see original", "translat", "عرض المزيد", "عرض الترجمه", "show more", "edited")
    )


def _begins_with_other(words: str, handle: str) -> bool:
    match = _HANDLE.search(words[:60])
    return bool(match and match.group() != handle and (match.start() == 0 or is_name(words[: match.start()])))


def _replies(lines: list[PlainLine], handle: str | None, account: str) -> list[Record]:
    """Zones of everything below the post, and the replies: a name, a text, a row of buttons."""
    groups: list[list[PlainLine]] = [[]]
    for number, line in enumerate(lines):
        if (
            _is_button(line)
            or line.is_count
            or line.cues & {"comment_form", "comments_heading", "social_sharing"}
            or line.is_mark
        ):
            line.give(ZoneKind.NAVIGATION, "a button or counter of the platform")
            if not normal(line.text).startswith("replying to") and line.text not in _POINTS:
                groups.append([])
        elif _is_dated(groups[-1], line):
            line.give(ZoneKind.COMMENT, "a reply below the post")
            groups[-1].append(line)
        elif _is_moment(line) and (not groups[-1] or len(groups[-1]) < 2):
            line.give(ZoneKind.DATE, "the moment of posting or of a reply")
        elif line.cues & {"subscribe", "views", "copyright", "related_heading"}:
            line.give(ZoneKind.AD, "its wording")
        elif line.text in {handle, account}:
            line.give(ZoneKind.BYLINE, "the account that posted")
        else:
            line.give(ZoneKind.COMMENT, "a reply below the post")
            _join(groups, lines, number)
    return [record for group in groups if (record := record_of(group))]


def _is_dated(group: list[PlainLine], line: PlainLine) -> bool:
    """Whether a line is the moment that stands below the name and handle of a reply."""
    return len(group) == 2 and bool(_ONLY_HANDLE.match(group[1].text)) and beside_moment(line.text) == ""


def _join(groups: list[list[PlainLine]], lines: list[PlainLine], number: int) -> None:
    """A reply begins with a signature ("name: text"), a handle, or a name above its text."""
    line = lines[number]
    group = groups[-1]
    signed = ":" in line.text[:45] and is_name(line.text.split(":", 1)[0])
    name_above = (
        is_name(line.text) and len(group) >= 2 and not any(_is_button(later) for later in lines[number : number + 3])
    )
    only_named = len(group) == 1 and ":" not in group[0].text and is_name(group[0].text)
    if group and not only_named and (signed or _HANDLE.match(line.text) or name_above):
        groups.append([line])
    else:
        group.append(line)
