"""The further parts of a body that a page prints in several elements of one name, with advertisements or boxes between.

A part stands near the element that holds the body, bears its name, and is no text of another report.
"""

from tawthiq.page.prose import Masses
from tawthiq.page.tree import Element, Line, Tree

_KINSHIP = 5  # levels above the container within which further parts of the same name are sought
_SECTION = 80  # characters of prose that a further part of the body holds at least
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def lines_of_parts(tree: Tree, masses: Masses, container: Element, vouched: frozenset[int]) -> tuple[int, int]:
    """The lines of the container, and of its further parts: neighbours of the same name and vouched lines around it."""
    first, last = masses.bounds(container)
    around = tree.elements[tree.ancestors(container.index)[: _KINSHIP + 1][-1]]
    for element in tree.elements_within(around.start, around.end):
        if _is_alike(element, container) and masses.of(element)[0] >= _SECTION:
            begin, end = masses.bounds(element)
            if not _heads_another(tree, masses, element, container):
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


def _heads_another(tree: Tree, masses: Masses, element: Element, container: Element) -> bool:
    """Whether an element is of other reports: a heading that leads elsewhere stands in it, or one of its own before it."""
    first, last = masses.bounds(element)
    if any(_is_linked_heading(tree, line) for line in tree.lines[first:last]):
        return True
    for index in tree.ancestors(element.index)[1:]:
        around = tree.elements[index]
        if around.start <= container.start and container.end <= around.end:
            return False
        first, last = masses.bounds(around)
        for line in tree.lines[first:last]:
            if line.end <= element.start and (
                tree.elements[line.element].tag == "h1" or _is_linked_heading(tree, line)
            ):
                return True
    return False


def _is_linked_heading(tree: Tree, line: Line) -> bool:
    return tree.elements[line.element].tag in _HEADINGS and line.linked > 0.5 * len(line)
