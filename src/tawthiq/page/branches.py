"""Branches of a page whose names say that they are no body: menus, lists of other reports, captions, boxes to sign up.

Vocabulary: lexicon/data/en/page_classes.tsv. A name is a proposal: it never takes a branch that holds the main heading or
the marked body, nor one for whose text the page's own metadata vouches. It takes no great part of the page's prose, alone
or together with the branches of the same name (sites mark every paragraph behind a paywall with a class).
"""

from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from tawthiq.page.comments import CommentSections
from tawthiq.page.prose import Masses
from tawthiq.page.tree import Element, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.page import ZoneKind

Branch = tuple[int, int, ZoneKind, str]
_KINDS = {
    "consent": ZoneKind.OTHER, "related": ZoneKind.RELATED, "share": ZoneKind.NAVIGATION, "ad": ZoneKind.AD,
    "subscribe": ZoneKind.AD, "navigation": ZoneKind.NAVIGATION, "footer": ZoneKind.NAVIGATION, "form": ZoneKind.AD,
    "caption": ZoneKind.CAPTION, "figure": ZoneKind.CAPTION, "media": ZoneKind.CAPTION, "sidebar": ZoneKind.RELATED,
    "about": ZoneKind.ABOUT, "tags": ZoneKind.NAVIGATION, "control": ZoneKind.NAVIGATION, "hidden": ZoneKind.OTHER,
    "machine": ZoneKind.OTHER,
}  # fmt: skip
_MOST = {"caption": 0.1, "figure": 0.1, "media": 0.1, "control": 0.1, "form": 0.2}
"""The share of the page's prose that a branch may hold, where it is not the usual one."""
_USUAL_MOST = 0.35
_FREE = 150  # characters of prose that no share protects
_QUOTED = frozenset({"blockquote", "table", "pre"})
"""Elements that a figure may hold and that are the report's text."""
_POST = frozenset({"blockquote"})
_HOLDING = {"figure": _QUOTED, "media": _POST, "share": _POST}
"""Elements by whose presence a branch of a kind is text: posts are embedded as quotations named "tweet" or "video"."""
_LINKED = frozenset({"related", "sidebar", "tags", "share"})
"""Cues of lists of links: a branch of prose without a single link is none."""
_NEVER = frozenset({"body", "html", "main", "article"})


def branches(tree: Tree, masses: Masses, sections: CommentSections, vouched: frozenset[int]) -> list[Branch]:
    """The branches that are no body, in reading order, with the zone each takes and why."""
    headings = [e.start for e in tree.elements if "h1" in e.cues and e.end > e.start]
    sure = sorted(vouched)
    named = _named(tree, masses, sections)
    together = Counter[tuple[str, str]]()
    for element, cue, prose in named:
        if prose:
            together[_name(element, cue)] += prose
    whole = masses.prose[-1] - _consent(named)
    found: list[Branch] = []
    done = 0
    for element, cue, prose in named:
        if element.start < done or _holds_report(masses, element, headings, sure):
            continue
        if prose and _is_too_much(whole, cue, prose, together[_name(element, cue)]):
            continue
        if _is_text(tree, element, cue, prose):
            continue
        start = element.start + (tree.text[element.start : element.start + 1] in ("\n", " "))
        if element.end > start:
            found.append((start, element.end, _kind(tree, cue, element, prose), f"the name of the element ({cue})"))
            done = element.end
    return found


def _named(tree: Tree, masses: Masses, sections: CommentSections) -> list[tuple[Element, str, int]]:
    """The elements whose names say that they are no body, what they say, and how much prose each holds."""
    found = []
    for element in tree.elements:
        if element.cues and element.end > element.start and element.tag not in _NEVER:
            cue = _cue(element.cues)
            if cue and not sections.covers(element.start, element.end):
                found.append((element, cue, masses.of(element)[0]))
    return found


@lru_cache(maxsize=4096)
def _cue(cues: frozenset[str]) -> str | None:
    """The first kind that an element's cues name."""
    return next((name for name in _KINDS if name in cues), None)


def _name(element: Element, cue: str) -> tuple[str, str]:
    return cue, f"{element.tag} {element.attributes.get('class', '')}"


def _holds_report(masses: Masses, element: Element, headings: list[int], vouched: list[int]) -> bool:
    """Whether a main heading (by its start), a vouched line (by its number) or the marked body lies in an element."""
    if "article_body" in element.cues or bisect_left(headings, element.start) < bisect_left(headings, element.end):
        return True
    first, last = masses.bounds(element)
    return bisect_left(vouched, first) < bisect_left(vouched, last)


def _consent(named: list[tuple[Element, str, int]]) -> int:
    """The prose of boxes that ask for consent to cookies, which may be longer than the report."""
    end = whole = 0
    for element, cue, prose in named:
        if cue == "consent" and element.start >= end:
            whole += prose
            end = element.end
    return whole


def _is_too_much(whole: int, cue: str, prose: int, together: int) -> bool:
    if cue == "consent":
        return False
    if together > max(_USUAL_MOST * whole, _FREE):
        return prose > 0
    return prose > max(_MOST.get(cue, _USUAL_MOST) * whole, _FREE)


def _is_text(tree: Tree, element: Element, cue: str, prose: int) -> bool:
    """Whether a branch is no list of links, having none (a lead named "teaser"), or holds a quotation, table or post."""
    if cue in _HOLDING and (prose or cue == "figure"):
        wanted = _HOLDING[cue]
        if any(inner.tag in wanted for inner in tree.elements_within(element.start, element.end)):
            return True
    if cue not in _LINKED or prose < 60 or element.tag == "aside":
        return False
    return not any(line.linked for line in tree.lines_within(element.start, element.end))


def _kind(tree: Tree, cue: str, element: Element, prose: int) -> ZoneKind:
    if cue == "footer" and any(
        cues_of(tree.of(line)) & {"about_sure", "about_opening"}
        for line in tree.lines_within(element.start, element.end)
    ):
        return ZoneKind.ABOUT if prose > 80 else ZoneKind.NAVIGATION
    return _KINDS[cue]
