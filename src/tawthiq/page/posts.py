"""The posts of a text that was saved from a social platform, told from lines whose zones `social` has found.

A post is the body lines between one line that names the account and the next; name, handle and moment are those displayed
above it, or, where a moment stands below as on X, below it.
"""

import re

from tawthiq.page.plain_lines import PlainLine
from tawthiq.page.published import best_date, dates_of_line
from tawthiq.records.page import PageDate, Post, ZoneKind
from tawthiq.records.span import Span

_HANDLE = re.compile(r"@[A-Za-z0-9_]{3,30}")


def posts_of(text: str, lines: list[PlainLine]) -> tuple[Post, ...]:
    """The posts among `lines`, which belong to one account; empty where no line is body."""
    groups: list[list[PlainLine]] = [[]]
    for line in lines:
        begun = any(known.kind is ZoneKind.BODY for known in groups[-1])
        if line.kind is ZoneKind.BYLINE and begun and groups[-1][-1].kind is not ZoneKind.BYLINE:
            groups.append([])
        groups[-1].append(line)
    posts: list[Post] = []
    for group in groups:
        if post := _post(text, group, posts[0] if posts else None):
            posts.append(post)
    return tuple(posts)


def _post(text: str, lines: list[PlainLine], first: Post | None) -> Post | None:
    """The post of one group of lines; a name that it does not repeat is the first post's."""
    body = [line for line in lines if line.kind is ZoneKind.BODY]
    if not body:
        return None
    signed = [line for line in lines if line.kind is ZoneKind.BYLINE]
    account, handle = _signed([_undated(text, line) for line in signed])
    if first is not None:
        account, handle = account or first.account, handle or first.handle
    dated = [line for line in lines if line.kind is ZoneKind.DATE][:1] or _dated(text, signed)[:1]
    return Post(
        account,
        handle,
        dated[0].text if dated else None,
        _date(text, dated[0]) if dated else None,
        Span(body[0].start, body[-1].end),
    )


def _signed(names: list[str]) -> tuple[str | None, str | None]:
    """Name and handle in the lines that name an account ("Name", "@name", "Name @name")."""
    handle = next((match.group() for name in names if (match := _HANDLE.search(name))), None)
    account = next((name for name in (_HANDLE.sub("", name).strip(" ·•-()") for name in names) if name), None)
    return account or (handle.removeprefix("@") if handle else None), handle


def _dated(text: str, signed: list[PlainLine]) -> list[PlainLine]:
    """The lines that give the account's name and the day in one ("Name @name · 5 Dec 2015"); their dates become zones."""
    found = []
    for line in signed:
        for one in dates_of_line(text, line.start, line.end):
            line.parts.append((one.start, one.end, ZoneKind.DATE, "the moment of posting, beside the name"))
            found.append(line)
    return found


def _undated(text: str, line: PlainLine) -> str:
    """The line without the dates in it."""
    bare = line.text
    for one in reversed(dates_of_line(text, line.start, line.end)):
        bare = bare[: one.start - line.start] + bare[one.end - line.start :]
    return bare


def _date(text: str, line: PlainLine) -> PageDate | None:
    found = best_date(dates_of_line(text, line.start, line.end))
    return found.value if found else None
