"""Which services print a page's comments by frames or scripts of their own, so that the preserved bytes do not hold them.

A person who reads a capture must not take "no comments" for silence: the page's notes name the service. Vocabulary:
lexicon/data/en/page_comment_services.tsv. The markup is searched, not the tree: the places that services fill are empty
elements, and frames have no text.
"""

import re
from functools import cache
from typing import NamedTuple

from tawthiq.lexicon.tables import load

_LONGEST_TAG = 2000  # characters between the beginning of a start tag and a mark inside it
_MOST_PLACES = 20  # places of one mark that are looked at
_TAG = re.compile(r"<([a-zA-Z][\w:.-]*)")
_NAMED = re.compile(
    r"""\b(?:id|class|data-spotim-module|data-[\w-]*)\s*=?\s*(?:"[^"]*|'[^']*|[^\s"'>]*)$""", re.IGNORECASE
)


class _Mark(NamedTuple):
    """Letters that tell a service, and where they must stand."""

    letters: str
    place: str
    service: str
    own: str


@cache
def _marks() -> tuple[_Mark, ...]:
    rows = load("en/page_comment_services", ("service", "place", "own", "marks"))
    return tuple(
        _Mark(letters, row["place"], row["service"], row["own"])
        for row in rows
        for letters in row.alternatives("marks")
    )


def comment_services(markup: str, *, comments: bool, names: str | None = None) -> tuple[str, ...]:
    """The services that fill a place of the page with comments, in the order of the table.

    `comments` says that comments were found in the page itself: services that write into the page are then not named.
    `names` are the names that the page's tags bear (`Tree.names`): a mark that is not among them is not looked for.
    """
    told = markup if names is None else names
    services = [
        mark.service
        for mark in _marks()
        if mark.letters in told and not (comments and mark.own == "page") and _stands(markup, mark)
    ]
    return tuple(dict.fromkeys(services))


def service_notes(markup: str, *, comments: bool, names: str | None = None) -> list[str]:
    """A note for each service, for the page's notes."""
    return [
        f"readers' comments stand in a frame or script of {name} and are not in these bytes"
        for name in comment_services(markup, comments=comments, names=names)
    ]


def _stands(markup: str, mark: _Mark) -> bool:
    """Whether a mark stands inside a start tag as its place asks."""
    at = -1
    for _ in range(_MOST_PLACES):
        at = markup.find(mark.letters, at + 1)
        if at < 0:
            return False
        begin = markup.rfind("<", max(0, at - _LONGEST_TAG), at)
        tag = _TAG.match(markup, begin) if begin >= 0 else None
        if tag and _fits(mark, tag.group(1).lower(), markup[tag.end() : at]):
            return True
    return False


def _fits(mark: _Mark, tag: str, between: str) -> bool:
    """Whether the tag and what stands between its name and the mark are of the mark's place."""
    if mark.place == "tag":
        return not between and tag == mark.letters
    if mark.place in ("frame", "script"):
        return tag == ("iframe" if mark.place == "frame" else "script") and ">" not in between
    inside = ">" not in between and tag not in ("script", "link", "meta", "a", "noscript", "body", "html")
    return inside and bool(_NAMED.search(between) or mark.letters.startswith("data-"))
