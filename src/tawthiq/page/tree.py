"""A parsed page as one text, the elements over it, and its lines.

The text holds every visible character in reading order. Rules of the text: each run of white space is one space; no line
begins or ends with one; a line ends where a block element begins or ends, at <br>, and at a line break inside <pre>. Left
out is what a reader does not see: scripts, styles, templates, form values, comments, and elements hidden by attribute or
inline style. The walk is iterative: nesting costs no stack.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_INVISIBLE = frozenset(
    (
        "script", "style", "template", "noscript", "head", "title", "meta", "link", "object", "embed", "iframe", "svg", "math",
        "canvas", "audio", "video", "map", "select", "option", "datalist", "textarea", "noframes", "frameset", "frame",
        "-comment", "-document",
    )
)  # fmt: skip
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
        "input", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "button", "picture", "source", "amp-img", "area",
    )
)  # fmt: skip
_LONGEST_CLAIM = 4000  # characters of a title or meta tag that are looked at
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT_ATTRIBUTES = ("class", "id", "itemprop", "itemtype", "rel", "role", "datetime", "href", "property", "aria-label")


@dataclass(slots=True)
class Element:
    """An element and the range of the text inside it; `parent` indexes the element list (-1 for the outermost)."""

    index: int
    tag: str
    parent: int
    attributes: dict[str, str]
    start: int
    end: int = 0
    cues: frozenset[str] = frozenset()


@dataclass(slots=True)
class Run:
    """Characters of one text node, `element` the innermost element around them."""

    start: int
    end: int
    element: int
    link: bool


@dataclass(slots=True)
class Line:
    """A line of the text. `element` is the block around it, `linked` the number of its characters inside links."""

    start: int
    end: int
    element: int
    linked: int = 0
    runs: list[Run] = field(default_factory=list)

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(slots=True)
class Tree:
    """The whole: `scripts` are the JSON-LD texts, `metas` name and content of the meta tags, `head_title` the title tag's."""

    text: str
    elements: list[Element]
    lines: list[Line]
    scripts: list[str]
    metas: list[tuple[str, str]]
    head_title: str | None
    declared_language: str | None
    canonical: str | None
    starts: list[int] = field(default_factory=list)
    element_starts: list[int] = field(default_factory=list)

    def ancestors(self, index: int) -> list[int]:
        """`index` and the elements around it, innermost first."""
        chain = []
        while index >= 0:
            chain.append(index)
            index = self.elements[index].parent
        return chain

    def lines_within(self, start: int, end: int) -> list[Line]:
        """The lines that lie inside `start`..`end`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [line for line in self.lines[first:last] if line.end <= end]

    def elements_within(self, start: int, end: int) -> list[Element]:
        """The elements with text that lie inside `start`..`end`, in document order."""
        first = bisect_left(self.element_starts, start)
        last = bisect_right(self.element_starts, end)
        return [e for e in self.elements[first:last] if start <= e.start < e.end <= end]

    def of(self, line: Line | Run | Element) -> str:
        """The characters of a line, run or element."""
        return self.text[line.start : line.end]


class _Writer:
    """Builds the text while the walk goes on."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.position = 0
        self.lines: list[Line] = []
        self.line: Line | None = None
        self.space = False

    def break_line(self) -> None:
        """End the line that is being written."""
        if self.line is not None:
            self.lines.append(self.line)
            self.line = None
        self.space = False

    def write(self, content: str, block: int, element: int, link: bool) -> None:
        """Add the characters of a text node."""
        words = content.split()
        if not words:
            self.space = self.space or bool(content)
            return
        if self.line is None:
            if self.position:
                self.parts.append("\n")
                self.position += 1
            self.line = Line(self.position, self.position, block)
        elif self.space or content[0].isspace():
            self.parts.append(" ")
            self.position += 1
        text = words[0] if len(words) == 1 else " ".join(words)
        start = self.position
        self.parts.append(text)
        self.position += len(text)
        self.line.runs.append(Run(start, self.position, element, link))
        self.line.end = self.position
        if link:
            self.line.linked += len(text)
        self.space = content[-1].isspace()


def parse(markup: str) -> Tree:
    """The tree of `markup`, which `guarding.bounded` has made safe to parse."""
    parser = LexborHTMLParser(markup)
    tree = Tree("", [], [], [], [], None, None, None)
    root: Any = parser.root
    if root is not None:
        _read_head(parser, tree)
        _Walker(tree).walk(root)
        _settle_starts(tree)
    tree.starts = [line.start for line in tree.lines]
    tree.element_starts = list(accumulate((element.start for element in tree.elements), max))
    return tree


def _settle_starts(tree: Tree) -> None:
    """Let elements begin at their first character, not at the line break before it."""
    for element in tree.elements:
        if element.start < element.end and tree.text[element.start] in "\n ":
            element.start += 1


def _read_head(parser: Any, tree: Tree) -> None:
    for meta in parser.css("meta"):
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            tree.metas.append((name.strip().lower(), content[:_LONGEST_CLAIM].strip()))
    for script in parser.css("script[type='application/ld+json']"):
        tree.scripts.append(script.text() or "")
    title = parser.css_first("head > title") or parser.css_first("title")
    tree.head_title = " ".join(title.text()[:_LONGEST_CLAIM].split()) if title is not None else None
    html = parser.css_first("html")
    tree.declared_language = html.attributes.get("lang") if html is not None else None
    link = parser.css_first("link[rel='canonical']")
    tree.canonical = link.attributes.get("href") if link is not None else None


@dataclass(slots=True)
class _Place:
    """Where the walk is: the innermost element and block, and how many links and <pre> stand around."""

    node: Any
    element: int
    block: int
    links: int
    preformatted: int
    inline: bool


class _Walker:
    """The iterative walk over the tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.writer = _Writer()
        self.place = _Place(None, -1, -1, 0, 0, inline=False)
        self.stack: list[_Place] = []

    def walk(self, root: Any) -> None:
        """Visit every node once, in document order."""
        node = root
        while node is not None:
            child = self.enter(node)
            node = child if child is not None else self.following(node)
        self.writer.break_line()
        self.tree.text = "".join(self.writer.parts)
        self.tree.lines = self.writer.lines

    def enter(self, node: Any) -> Any:
        """Take in a node; its first child when the walk goes down into it."""
        if node.is_text_node:
            content = node.text_content or ""
            if content.isspace() and not self.place.preformatted:
                self.writer.space = True
            else:
                self.text(content)
            return None
        tag = node.tag or ""
        if tag in {"br", "hr"}:
            self.writer.break_line()
        if tag in _INVISIBLE or (child := node.first_child) is None:
            return None
        attributes = node.attributes
        if attributes and _is_hidden(tag, attributes):
            return None
        self.open(node, tag, attributes)
        return child

    def open(self, node: Any, tag: str, attributes: dict[str, str | None]) -> None:
        """Note an element with content and make it the innermost."""
        inline = tag in _INLINE
        if not inline:
            self.writer.break_line()
        elements = self.tree.elements
        index = len(elements)
        kept = (
            {name: value for name, value in attributes.items() if value and name in _KEPT_ATTRIBUTES}
            if attributes
            else {}
        )
        place = self.place
        elements.append(Element(index, tag, place.element, kept, self.writer.position))
        self.stack.append(place)
        self.place = _Place(
            node,
            index,
            place.block if inline else index,
            place.links + (tag == "a" and "href" in kept),
            place.preformatted + (tag == "pre"),
            inline,
        )

    def following(self, node: Any) -> Any:
        """The next node in document order after the subtree of `node`, closing elements on the way."""
        while self.stack:
            sibling = node.next
            if sibling is not None:
                return sibling
            place = self.place
            self.tree.elements[place.element].end = self.writer.position
            if not place.inline:
                self.writer.break_line()
            node = place.node
            self.place = self.stack.pop()
        return None

    def text(self, content: str) -> None:
        """Write a text node; inside <pre> its line breaks count."""
        place = self.place
        pieces = content.split("\n") if place.preformatted and "\n" in content else (content,)
        for number, piece in enumerate(pieces):
            if number:
                self.writer.break_line()
            self.writer.write(piece, place.block, place.element, place.links > 0)


def _is_hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style) and tag not in ("html", "body"))
