"""A parsed page as one text, the elements over it, and its lines.

The text holds every visible character in reading order; `visible.py` tells what is visible. Rules of the text: each run of
white space is one space; no line begins or ends with one; a line ends where a block element begins or ends, at <br>, and
at a line break inside <pre>. The tree is the one that a browser with scripts builds (HTML standard, parsing section). The
walk is iterative: nesting costs no stack.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tawthiq.page.guarding import bounded, too_many_tags, without_tags
from tawthiq.page.visible import INLINE, PREFORMATTED, UNSEEN, is_hidden, keeps_lines

MAXIMUM_ELEMENTS = 60_000
MAXIMUM_LINES = 40_000
MAXIMUM_TEXT = 4_000_000  # code points
_LONGEST_CLAIM = 4000  # characters of a title or meta tag that are looked at
_LONGEST_ATTRIBUTE = 2000
_FLOOD_PIECE = 1 << 18
_MOST_FRAMES = 500
_DEEPEST_FRAME = 3
_NEVER_FILLED = (INLINE | UNSEEN | {"br", "hr", "p", "li", "td", "tr", "th", "col", "circle", "rect"}) - {
    "iframe",
    "script",
}
_SHOWING = frozenset(("hidden", "style"))
_MUCH_UNSEEN = 200  # characters in <noscript> from which on they are told
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n\s*")
_KEPT_ATTRIBUTES = frozenset(
    (
        "class", "id", "itemprop", "itemtype", "rel", "role", "datetime", "href", "property", "aria-label", "dir", "title",
        "data-testid", "data-ad-preview", "data-ad-comet-preview", "data-ad-rendering-role", "data-ft", "data-sigil",
        "data-utime", "data-time", "data-post", "data-mid", "data-message-id", "data-pre-plain-text", "data-tweet-id",
    )
)  # fmt: skip


@dataclass(slots=True)
class Element:
    """An element and the range of the text inside it; `parent` indexes the element list (-1 for the outermost).

    `cues` are what its names say it is, `around` those and what the names of the elements around it say (`labels`).
    The lines that begin inside are those from `first_line` up to but not including `last_line`.
    """

    index: int
    tag: str
    parent: int
    attributes: dict[str, str]
    start: int
    end: int = 0
    cues: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    first_line: int = 0
    last_line: int = 0


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
    """The whole: `scripts` are the JSON-LD texts, `metas` name and content of the meta tags, `head_title` the title tag's.

    `notes` tells what of the page is not in the text. Of a page that is `too_large` only the text is whole.
    `unfilled` are the start tags of frames, scripts and blocks without content (their names, attributes and values), and
    the markup of hidden elements.
    """

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
    notes: list[str] = field(default_factory=list)
    too_large: bool = False
    unfilled: list[str] = field(default_factory=list)

    def ancestors(self, index: int) -> list[int]:
        """`index` and the elements around it, innermost first."""
        elements = self.elements
        chain = []
        while index >= 0:
            chain.append(index)
            index = elements[index].parent
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

    def names(self) -> str:
        """The names, classes and identifiers of all elements, and the tags of those without content or hidden, as one text."""
        named = [
            f"{element.tag} {attributes.get('class', '')} {attributes.get('id', '')}"
            for element in self.elements
            if (attributes := element.attributes) or "-" in element.tag or ":" in element.tag
        ]
        return "\n".join((*named, *self.unfilled))

    def of(self, line: Line | Run | Element) -> str:
        """The characters of a line, run or element."""
        return self.text[line.start : line.end]


@dataclass(slots=True)
class Trace:
    """Where the text came from, for `pointers`: a piece of a text node for each run, and what holds each inner tree.

    A piece is (start in the text, end, the node, where the piece begins in the node's data). `frames` maps the root of the
    document in an <iframe srcdoc> to its <iframe>, and the fragment of a shadow root to its <template>.
    """

    pieces: list[tuple[int, int, Any, int]] = field(default_factory=list)
    frames: dict[int, Any] = field(default_factory=dict)


class _Writer:
    """Builds the text while the walk goes on."""

    __slots__ = ("line", "lines", "parts", "position", "space")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.position = 0
        self.lines: list[Line] = []
        self.line: Line | None = None
        self.space = False

    def break_line(self) -> None:
        """End the line that is being written."""
        if self.line is not None:
            if len(self.lines) <= MAXIMUM_LINES:
                self.lines.append(self.line)
            self.line = None
        self.space = False

    def write(self, content: str, block: int, element: int, link: bool) -> Run | None:
        """Add the characters of a text node; None when it has none but white space."""
        words = _words_of_flood(content) if len(content) > MAXIMUM_TEXT else content.split()
        if not words:
            self.space = self.space or bool(content)
            return None
        line, start = self.line, self.position
        if line is None:
            if start:
                self.parts.append("\n")
                start += 1
            line = self.line = Line(start, start, block)
        elif self.space or content[0].isspace():
            self.parts.append(" ")
            start += 1
        text = words[0] if len(words) == 1 else " ".join(words)
        self.parts.append(text)
        self.position = line.end = end = start + len(text)
        run = Run(start, end, element, link)
        line.runs.append(run)
        if link:
            line.linked += end - start
        self.space = content[-1].isspace()
        return run

    def write_flood(self, content: str) -> None:
        """Add more lines than are taken apart, as text alone."""
        self.break_line()
        text = _LINE_ENDS.sub("\n", _SPACES.sub(" ", content)).strip()
        self.parts += ["\n", text] if self.position else [text]
        self.position = sum(map(len, self.parts))


def _words_of_flood(content: str) -> list[str]:
    """The words of a very long text as one string, collapsed piece by piece: millions of words would cost a gigabyte."""
    parts: list[str] = []
    spaced = False
    for start in range(0, len(content), _FLOOD_PIECE):
        piece = content[start : start + _FLOOD_PIECE]
        words = " ".join(piece.split())
        if words:
            parts += [" ", words] if parts and (spaced or piece[0].isspace()) else [words]
        spaced = piece[-1].isspace() or (spaced and not words)
    text = "".join(parts)
    return [text] if text else []


def parse(markup: str, trace: Trace | None = None) -> Tree:
    """The tree of `markup`, which `guarding.bounded` has made safe to parse; `trace` is filled when given."""
    parser = LexborHTMLParser(markup, scripting=True)
    tree = Tree("", [], [], [], [], None, None, None)
    root: Any = parser.root
    if root is not None:
        _read_head(parser, tree)
        _Walker(tree, trace).walk(root)
    tree.starts = [line.start for line in tree.lines]
    _settle_starts(tree)
    crowded = len(tree.elements) > MAXIMUM_ELEMENTS or len(tree.lines) > MAXIMUM_LINES
    tree.too_large = tree.too_large or crowded or len(tree.text) > MAXIMUM_TEXT
    tree.element_starts = list(accumulate((element.start for element in tree.elements), max))
    return tree


def _settle_starts(tree: Tree) -> None:
    """Let elements begin at their first character, not at the line break before it."""
    text = tree.text
    for element in tree.elements:
        start = element.start
        if start < element.end and text[start] in "\n ":
            element.start = start + 1


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


_Place = tuple[Any, int, int, bool, bool, bool]
"""An open node: its element, its block, whether a link and whether <pre> stand around, and whether it is inline."""


class _Walker:
    """The iterative walk over the tree, every visible node once, in document order."""

    def __init__(self, tree: Tree, trace: Trace | None) -> None:
        self.tree = tree
        self.trace = trace
        self.writer = _Writer()
        self.stack: list[_Place] = []
        self.frames = 0
        self.unseen = 0

    def walk(self, root: Any) -> None:
        """Fill the tree with what is under `root`."""
        writer, stack = self.writer, self.stack
        place: _Place = (None, -1, -1, False, False, False)
        node = root
        while True:
            tag = node.tag
            if tag == "-text":
                content = node.text_content or ""
                if place[4] or not content.isspace():
                    self.text(node, content, place)
                else:
                    writer.space = True
            else:
                if tag == "br" or tag == "hr":  # noqa: PLR1714 (this runs for every node)
                    writer.break_line()
                child = node.first_child if tag not in UNSEEN else self.inner_root(node, tag)
                if child is None:
                    if tag not in _NEVER_FILLED:
                        self.unfilled(node, tag)
                elif (opened := self.opened(node, tag, place)) is not None:
                    stack.append(place)
                    place = opened
                    node = child
                    continue
            following = node.next
            while following is None and stack:
                node = place[0]
                self.close(place)
                place = stack.pop()
                following = node.next if stack else None
            if following is None or not stack:
                break
            node = following
        writer.break_line()
        self.tree.text = "".join(writer.parts)
        self.tree.lines = writer.lines
        if self.unseen >= _MUCH_UNSEEN:
            self.tree.notes.append(
                f"{self.unseen} characters stand in <noscript>, which browsers that run scripts do not show; they are left out"
            )

    def text(self, node: Any, content: str, place: _Place) -> None:
        """Write a text node; where line breaks count, each of its lines."""
        _, element, block, link, lines_count, _ = place
        writer = self.writer
        if not lines_count or "\n" not in content:
            run = writer.write(content, block, element, link)
            if run is not None and self.trace is not None:
                self.trace.pieces.append((run.start, run.end, node, 0))
            return
        if content.count("\n") > MAXIMUM_LINES:
            writer.write_flood(content)
            self.tree.too_large = True
            return
        begin = 0
        for number, piece in enumerate(content.split("\n")):
            if number:
                writer.break_line()
            run = writer.write(piece, block, element, link)
            if run is not None and self.trace is not None:
                self.trace.pieces.append((run.start, run.end, node, begin))
            begin += len(piece) + 1

    def opened(self, node: Any, tag: str, place: _Place) -> _Place | None:
        """Note an element with content and make it the innermost; None when it is hidden."""
        attributes = node.attributes
        _, element, block, link, lines_count, _ = place
        kept: dict[str, str] = {}
        if attributes:
            for name, value in attributes.items():
                if name in _KEPT_ATTRIBUTES:
                    if value:
                        kept[name] = value if len(value) <= _LONGEST_ATTRIBUTE else value[:_LONGEST_ATTRIBUTE]
                elif name in _SHOWING:
                    if is_hidden(tag, attributes):
                        self.tree.unfilled.append(node.html or "")
                        return None
                    lines_count = lines_count or keeps_lines(attributes)
        lines_count = lines_count or tag in PREFORMATTED
        link = link or (tag == "a" and "href" in kept)
        inline = tag in INLINE
        if not inline:
            self.writer.break_line()
        elements = self.tree.elements
        index = len(elements)
        writer = self.writer
        begun = len(writer.lines) + (writer.line is not None)
        elements.append(Element(index, tag, element, kept, writer.position, first_line=begun))
        return node, index, block if inline else index, link, lines_count, inline

    def close(self, place: _Place) -> None:
        """End the innermost element."""
        writer = self.writer
        element = self.tree.elements[place[1]]
        element.end = writer.position
        element.last_line = len(writer.lines) + (writer.line is not None)
        if not place[5]:
            writer.break_line()

    def unfilled(self, node: Any, tag: str) -> None:
        """Note the start tag of an element without content of its own."""
        attributes = node.attributes
        if attributes:
            values = (value[:_LONGEST_ATTRIBUTE] for value in attributes.values() if value)
            self.tree.unfilled.append(" ".join((tag, *attributes, *values)))

    def inner_root(self, node: Any, tag: str | None) -> Any:
        """The first node to visit inside an element whose own content is not drawn; None for most."""
        if tag == "noscript":
            self.unseen += len(without_tags(node.text(deep=True) or ""))
        elif tag == "template" or tag == "iframe":  # noqa: PLR1714
            attributes = node.attributes
            if tag == "template" and ("shadowrootmode" in attributes or "shadowroot" in attributes):
                content = node.template_fragments()
                if content and self.trace is not None:
                    self.trace.frames[content[0].mem_id] = node
                return content[0].first_child if content else None
            if tag == "iframe" and attributes.get("srcdoc"):
                return self.frame(node, attributes["srcdoc"])
        return None

    def frame(self, node: Any, markup: str) -> Any:
        """The root of the document inside an <iframe srcdoc>."""
        depth = sum(place[0] is not None and place[0].tag == "iframe" for place in self.stack)
        self.frames += 1
        if depth >= _DEEPEST_FRAME or self.frames > _MOST_FRAMES or too_many_tags(markup):
            self.tree.notes.append("a document inside an <iframe srcdoc> was too deep or too large and is left out")
            return None
        root: Any = LexborHTMLParser(bounded(markup)[0], scripting=True).root
        if root is not None and self.trace is not None:
            self.trace.frames[root.mem_id] = node
        return root
