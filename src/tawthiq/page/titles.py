"""The title of a page: the heading that a reader sees, chosen by what the page says of itself.

Site names are taken off the ends of metadata titles ("headline - Outlet"). A title is the characters of the visible
heading where one agrees with the metadata or is the page's only main heading; else the metadata's words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from tawthiq.page.metadata import Metadata
from tawthiq.page.tree import Line, Tree
from tawthiq.page.wording import cues_of
from tawthiq.text.folding import fold

_SEPARATORS = re.compile(r"\s+[|\-–—»›·•:~]+\s+|\s*[|»]\s*")
_KICKER_ENDS = (":", "-", "–", "—", "|", "•", "·", "»", "/")
_LEAST_WORDS = 3
_PERFECT = 1.6  # the score of a main heading that says what the metadata does
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Title:
    """The title's words; `start` and `end` are its characters on the page, or -1 when it is not visible."""

    text: str
    start: int
    end: int


def find_title(tree: Tree, metadata: Metadata) -> Title | None:
    """The title of a page, or None when neither a heading nor metadata tells one."""
    claimed = [title for title in (*metadata.titles, tree.head_title) if title]
    cleaned = [without_site(title, metadata.sites) for title in claimed]
    line = _visible(tree, cleaned, claimed)
    if line is not None:
        start, end = _without_kicker(tree, line, cleaned)
        return Title(tree.text[start:end], start, end)
    if cleaned:
        named = without_site(claimed[0], metadata.sites)
        return None if cues_of(named) & {"share", "social_button"} else Title(named, -1, -1)
    return None


def without_site(title: str, sites: tuple[str, ...]) -> str:
    """`title` without the name of the site at its end or beginning."""
    names = {fold(site).strip() for site in sites}
    pieces = [piece for piece in _SEPARATORS.split(title) if piece.strip()]
    if len(pieces) < 2:
        return title.strip()
    if fold(pieces[-1]).strip() in names:
        return title[: title.rfind(pieces[-1])].strip(" |-–—»›·•:~")
    if fold(pieces[0]).strip() in names:
        return title[title.find(pieces[0]) + len(pieces[0]) :].strip(" |-–—»›·•:~")
    if len(pieces[-1]) < 0.4 * len(title) and len(pieces[-1].split()) <= 5 and not sites:
        return title[: title.rfind(pieces[-1])].strip(" |-–—»›·•:~")
    return title.strip()


def site_in_title(head_title: str | None, title: str | None) -> str | None:
    """The site's name where the title tag is the visible title, a separator and a name; None otherwise."""
    if not head_title or not title:
        return None
    pieces = [piece.strip() for piece in _SEPARATORS.split(head_title) if piece.strip()]
    rest = [piece for piece in pieces if fold(piece) not in fold(title)]
    if len(rest) != 1 or len(rest[0].split()) > 5 or fold(pieces[0]) not in fold(title) or len(pieces) < 2:
        return None
    return rest[0]


def _visible(tree: Tree, cleaned: list[str], claimed: list[str]) -> Line | None:
    """The line that is the title: the best agreement with the metadata, headings before other lines."""
    words = [_words(title) for title in dict.fromkeys([*cleaned, *claimed])]
    longest = max((len(title) for title in claimed), default=200)
    shortest = min((len(title) for title in cleaned), default=12) // 3
    best, best_score = None, 0.0
    for number, line in enumerate(tree.lines):
        if not max(4, shortest) <= len(line) <= 2 * longest + 20:
            continue
        rank = _heading_rank(tree, line)
        if not rank and (number > 400 or not words):
            continue
        said = _words(tree.of(line))
        score = max((_agreement(said, claim) for claim in words), default=0.0)
        score = score + rank if score > 0.55 else (rank * 0.5 if rank >= 0.6 and not words else 0.0)
        if score > best_score:
            best, best_score = line, score
            if score >= _PERFECT:
                break
    if best is not None:
        return best
    headings = [line for line in tree.lines if _heading_rank(tree, line) >= 0.6 and len(line) >= 12]
    return headings[0] if len(headings) == 1 else None


_ELSEWHERE = frozenset({"related", "navigation", "sidebar"})


def _without_kicker(tree: Tree, line: Line, cleaned: list[str]) -> tuple[int, int]:
    """The range of a heading's line without the kicker before the headline, where the metadata's title is the rest of it.

    The kicker is set off by a mark or by an element of its own.
    """
    words = tree.of(line)
    for claim in cleaned:
        cut = len(words) - len(claim)
        if cut > 0 and len(claim.split()) >= _LEAST_WORDS and len(claim) >= 0.4 * len(words) and words.endswith(claim):
            before = words[:cut].rstrip()
            if before.endswith(_KICKER_ENDS) or any(run.start == line.start + cut for run in line.runs):
                return line.start + cut, line.end
    return line.start, line.end


def _heading_rank(tree: Tree, line: Line) -> float:
    """0.6 for a main heading, less for smaller headings and for elements named as titles."""
    rank = 0.0
    for index in tree.ancestors(line.element)[:4]:
        element = tree.elements[index]
        if element.start < line.start - 1 or element.end > line.end:
            break
        if element.tag == "h1":
            rank = max(rank, 0.6)
        elif element.tag in ("h2", "h3"):
            rank = max(rank, 0.3)
        elif "title" in element.cues:
            rank = max(rank, 0.25)
    if line.linked > len(line) / 2:
        rank *= 0.5
    if tree.elements[line.element].around & _ELSEWHERE:
        rank = 0.0 if rank < 0.6 else 0.2
    return rank


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _agreement(line: frozenset[str], claim: frozenset[str]) -> float:
    """How far two titles have the same words (Jaccard)."""
    return len(line & claim) / len(line | claim) if line and claim else 0.0
