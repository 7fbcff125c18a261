"""The further parts of a body that a page prints in several elements of one name, with advertisements or boxes between.

A part stands near the element that holds the body, bears its name, and is no text of another report.
"""

from bisect import bisect_left

from tawthiq.page.prose import Masses
from tawthiq.page.tree import Element, Line, Tree

_KINSHIP = 5  # levels above the container within which further parts of the same name are sought
_SECTION = 80  # characters of prose that a further part of the body holds at least
_HEADLINE = 15  # characters of a linked heading from which it is a headline, not a name or a section
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def lines_of_parts(tree: Tree, masses: Masses, container: Element, vouched: frozenset[int]) -> tuple[int, int]:
    """The lines of the container, and of its further parts: neighbours of the same name and vouched lines around it."""
    first, last = masses.bounds(container)
    heads = [line.start for line in tree.lines if _heads_another(tree, line)]
    around = tree.elements[tree.ancestors(container.index)[: _KINSHIP + 1][-1]]
    for element in tree.elements_within(around.start, around.end):
        alike = _is_alike(element, container) and masses.of(element)[0] >= _SECTION
        if alike and not _is_of_another(tree, heads, element, container):
            begin, end = masses.bounds(element)
            first, last = min(first, begin), max(last, end)
    if vouched:
        first, last = min(first, *vouched, first), max(last, max(vouched) + 1)
    return first, last


def _is_alike(element: Element, container: Element) -> bool:
    """Whether an element bears the container's name and is none of its ancestors or descendants."""
    if element.tag != container.tag or element.tag in ("li", "article"):
        return False
    if element.start < container.end and container.start < element.end:
        return False
    if "article_body" in container.cues:
        return "article_body" in element.cues
    name = container.attributes.get("class")
    return bool(name) and element.attributes.get("class") == name


def _is_of_another(tree: Tree, heads: list[int], element: Element, container: Element) -> bool:
    """Whether an element is of other reports: a heading stands in it, or before it in an element that holds no container."""
    start = element.start
    for index in tree.ancestors(element.index)[1:]:
        around = tree.elements[index]
        if around.start <= container.start and container.end <= around.end:
            break
        start = min(start, around.start)
    return bisect_left(heads, start) < bisect_left(heads, element.end)


def _heads_another(tree: Tree, line: Line) -> bool:
    """Whether a line is a heading of another report: one that leads elsewhere and is no mere name, or a main one."""
    tag = tree.elements[line.element].tag
    return tag == "h1" or (tag in _HEADINGS and line.linked > 0.5 * len(line) and len(line) >= _HEADLINE)
