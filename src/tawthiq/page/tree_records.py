"""Readers' comments by the elements around their moments: equal elements, each with one moment, a name and text.

A moment's own element is the widest one that holds no other moment; where these stand beside each other and most hold text,
they are the records, and what stands in them is read in whatever order it comes. Names of elements are not looked at, so
this holds on pages without any.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.page.line_kinds import Classed, Kind, name_at, path_of
from tawthiq.page.records import Record, Signature, recorded
from tawthiq.page.tree import Element, Tree
from tawthiq.page.wording import cues_of, normal
from tawthiq.records.span import Span

_ANCHORS = (Kind.MOMENT, Kind.SIGNED, Kind.SAID)
_SHORT_HEAD = 4
_LINK = 0.9
_SHARE = 0.7
"""Of the moments of a section, how many must stand in elements of their own with text for the elements to be trusted."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """The classed lines of a section, where each begins, the anchors among them, and the element that is each one's own."""

    tree: Tree
    classed: Sequence[Classed]
    starts: Sequence[int]
    anchors: Sequence[int]
    own: Sequence[Element | None]


def tree_records(tree: Tree, classed: Sequence[Classed], bounds: Span) -> list[list[Record]]:
    """Groups of records inside `bounds` by equal elements, two records at least in each, in reading order.

    A group is what the same chain of elements holds; where most of a chain's moments stand without text it is no group.
    """
    anchors = _anchors(tree, classed)
    if len(anchors) < 2:
        return []
    own = _own_elements(tree, [classed[anchor] for anchor in anchors], bounds)
    scene = _Scene(tree, classed, [item.line.start for item in classed], anchors, own)
    members: dict[tuple[str, ...], list[int]] = {}
    for number, anchor in enumerate(anchors):
        members.setdefault(path_of(tree, classed[anchor].line), []).append(number)
    groups = []
    for numbers in members.values():
        parts = [_part(scene, number) for number in numbers] if len(numbers) > 1 else []
        badges = _badges([part for part in parts if part], tree)
        read = [record for part in parts if part and (record := _read(tree, part[0], part[1], badges))]
        if len(read) >= max(2, _SHARE * len(numbers)):
            groups.append(read)
    return groups


def _part(scene: _Scene, number: int) -> tuple[Sequence[Classed], int] | None:
    """The lines of the record around anchor `number`, and where among them the anchor stands.

    An element that holds nothing but the anchor and the name stands at the head of one that holds replies too: the record
    then reaches to the next one.
    """
    element, anchor, classed = scene.own[number], scene.anchors[number], scene.classed
    if element is None:
        return None
    first, last = bisect_left(scene.starts, element.start), bisect_left(scene.starts, element.end)
    headless = last - first <= _SHORT_HEAD and not any(item.kind is Kind.TEXT for item in classed[first:last])
    if headless and element.parent >= 0:
        following = scene.own[number + 1] if number + 1 < len(scene.own) else None
        bound = min(scene.tree.elements[element.parent].end, following.start if following else len(scene.tree.text))
        last = _before_links(classed, last, bisect_left(scene.starts, bound))
    return (classed[first:last], anchor - first) if first <= anchor < last else None


def _before_links(classed: Sequence[Classed], first: int, last: int) -> int:
    """Where the lines from `first` on, up to `last`, become nothing but links: a menu below the last comment."""
    reached = first
    while reached < last and classed[reached].line.linked < _LINK * len(classed[reached].line):
        reached += 1
    return reached


def _badges(parts: Sequence[tuple[Sequence[Classed], int]], tree: Tree) -> frozenset[str]:
    """Short lines that most records repeat ("Profile", "Subscriber"): no names."""
    counted = Counter(
        form for inside, _ in parts for form in {normal(tree.of(i.line)) for i in inside if i.kind is Kind.NAME}
    )
    return frozenset(form for form, times in counted.items() if times >= max(3, 0.6 * len(parts)))


def _anchors(tree: Tree, classed: Sequence[Classed]) -> list[int]:
    """The lines by which records are told apart: moments and signatures; without any, buttons to answer.

    Of several on end (a name that says, and below it the moment) one counts: the one that tells the moment.
    """
    found: list[int] = []
    for number, item in enumerate(classed):
        if item.kind not in _ANCHORS:
            continue
        between = range(found[-1] + 1, number) if found else ()
        if found and classed[found[-1]].kind is Kind.SAID and all(classed[n].kind is Kind.BUTTON for n in between):
            found[-1] = number
        else:
            found.append(number)
    if any(classed[number].kind is not Kind.SAID for number in found):
        return found
    answers = [n for n, c in enumerate(classed) if c.kind is Kind.BUTTON and "reply" in cues_of(tree.of(c.line))]
    return found or [n for at, n in enumerate(answers) if not at or n - answers[at - 1] > 1]


def _own_elements(tree: Tree, anchors: Sequence[Classed], bounds: Span) -> list[Element | None]:
    """For each anchor the widest element inside `bounds` that holds no other anchor."""
    chains = [tree.ancestors(item.line.runs[0].element) for item in anchors]
    counted = Counter(index for chain in chains for index in chain)
    own: list[Element | None] = []
    for chain in chains:
        widest = None
        for index in chain:
            element = tree.elements[index]
            if counted[index] > 1 or element.start < bounds.start - 1 or element.end > bounds.end + 1:
                break
            widest = element
        own.append(widest)
    return own


def _read(tree: Tree, inside: Sequence[Classed], anchor: int, badges: frozenset[str]) -> Record | None:
    """The comment in one element, whose line `anchor` tells the moment; None when it holds no text."""
    told = [
        n for n, item in enumerate(inside) if item.kind is not Kind.BUTTON and normal(tree.of(item.line)) not in badges
    ]
    before = [inside[n] for n in told if n < anchor]
    after = [inside[n] for n in told if n > anchor and inside[n].kind is not Kind.MOMENT]
    author, when = _signs(inside[anchor])
    if sum(map(_length, after)) >= sum(len(item.line) for item in before if item.kind is Kind.TEXT) and after:
        named = [item for item in before if item.kind in (Kind.NAME, Kind.SAID, Kind.SIGNED)]
        if not author and not named and len(after) > 1 and after[0].kind in (Kind.NAME, Kind.SAID):
            named = [after.pop(0)]
        text = after
    else:
        named = before[:1] if len(before) > 1 and before[0].kind in (Kind.NAME, Kind.SAID, Kind.SIGNED) else []
        text = before[len(named) :]
    if not text:
        return None
    author = author or (name_at(tree, named[0]) if named else None)
    whole = Span(inside[0].line.start, inside[-1].line.end)
    return recorded(whole, Span(text[0].line.start, text[-1].line.end), Signature(author, when))


def _length(item: Classed) -> int:
    return len(item.line)


def _signs(item: Classed) -> tuple[str | None, str | None]:
    return (item.signed.author or None, item.signed.when) if item.signed else (None, None)
