"""From a page's text back to the preserved file: the text node in a browser, and the bytes.

Everything is found again from the bytes, on demand; `anatomy` does not pay for it. A path follows the tree that a browser
with scripts enabled builds before any script runs (`tree`); XPath 1.0 counts elements of one name and text nodes among
their siblings. Bytes are proposed by reading the markup and proved by parsing it once more (`source_text`).

None instead of a guess: no path where tags were left out (`guarding`) or inside a shadow root, which XPath does not enter;
no bytes inside <iframe srcdoc>, whose markup is a quoted value, nor for a page too large to take apart.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tawthiq.page.byte_offsets import ByteOffsets
from tawthiq.page.encoding import decode
from tawthiq.page.guarding import bounded, too_many_tags, without_tags
from tawthiq.page.plain_text import PlainPositions, settled
from tawthiq.page.sniffing import is_html, refuse_what_is_no_page
from tawthiq.page.source_text import MARKED, SourceText
from tawthiq.page.tree import Trace, parse
from tawthiq.records.pointer import Pointer
from tawthiq.records.span import Span

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_WORD = re.compile(r"\S+")
_DEEPEST = 500  # levels that every browser builds; Chromium stops nesting at 512
_PARTED = 65_536  # UTF-16 units after which Chromium begins another text node
_SPACE = re.compile(r"\s+")
_INK = re.compile(r"\S")
_UNPROVED = "the bytes of these characters could not be proved"
_IN_FRAME = "the characters stand in the quoted value of srcdoc"
_IN_SHADOW = "XPath does not enter shadow roots; the characters stand in the one of"
_LONG = "browsers may part text nodes of more than 65,536 characters"
_DEEP = "browsers may nest elements differently so deep"
_FOREIGN = frozenset(("svg", "math"))


class Source:
    """A preserved page, ready to tell where characters of its text come from. `text` is the text as `anatomy` gives it.

    Raises UnreadableCapture as `anatomy` does.
    """

    def __init__(self, data: bytes, content_type: str | None = None) -> None:
        refuse_what_is_no_page(data, "page")
        decoded = decode(data, content_type)
        self._offsets = ByteOffsets(data, decoded)
        self._pieces: list[tuple[int, int, Any, int]] = []
        self._marked: list[str] | None = None
        self._frames: dict[int, Any] = {}
        self._left_out: str | None = None
        self._siblings: dict[int, dict[int, tuple[int, int]]] = {}
        self.is_markup = is_html(decoded.text, content_type)
        if not self.is_markup:
            self.text = settled(decoded.text)
            self._plain = PlainPositions(decoded.text)
        elif too_many_tags(decoded.text):
            self.text = without_tags(decoded.text)
        else:
            self._parse(decoded.text)

    def _parse(self, markup: str) -> None:
        trace = Trace()
        kept, notes = bounded(markup)
        tree = parse(kept, trace)
        self.text = tree.text
        if tree.too_large:
            return
        self._pieces = trace.pieces
        self._frames = trace.frames
        self._left_out = notes[0] if notes else None
        self._source = SourceText(markup)
        second = Trace()
        parse(bounded(self._source.marked)[0], second)
        marked = [node.text_content or "" for _, _, node, _ in second.pieces]
        self._marked = marked if len(marked) == len(self._pieces) else None

    def pointers(self, span: Span) -> tuple[Pointer, ...]:
        """Where the characters of `span` come from, in order; white space between nodes comes from nowhere.

        Raises ValueError when the span ends after the text.
        """
        if span.end > len(self.text):
            raise ValueError(f"span {span.start}..{span.end} ends after the text ({len(self.text)} code points)")
        if not self.is_markup:
            start, end = (self._plain.original(position) for position in (span.start, span.end))
            return (Pointer(span, None, None, (), self._offsets.of(start, end), None),) if len(span) else ()
        if not self._pieces:
            note = "the page is too large to take apart; its text has no nodes"
            return (Pointer(span, None, None, (), None, note),) if len(span) and self.text else ()
        first = max(0, bisect_right(self._pieces, span.start, key=lambda piece: piece[0]) - 1)
        found: list[Pointer] = []
        for number in range(first, len(self._pieces)):
            if self._pieces[number][0] >= span.end:
                break
            found += self._of_piece(number, span)
        return tuple(found)

    def _of_piece(self, number: int, span: Span) -> Iterator[Pointer]:
        """The pointers into one piece of a text node: one for each unbroken stretch of the source."""
        start, end, node, begin = self._pieces[number]
        data = node.text_content or ""
        words = _Words(data, begin, start, end)
        at, until = words.data_range(max(span.start, start), min(span.end, end))
        if at >= until:
            return
        path, frames, note = self._path(node)
        stretches = list(self._stretches(number, data, at, until))
        if sum(len(_SPACE.sub("", data[first:last])) for first, last, _ in stretches) != len(
            _SPACE.sub("", data[at:until])
        ):
            stretches = [(at, until, None)]
        for first, last, source in stretches:
            place = self._offsets.of(*source) if source else None
            missing = None if place else _IN_FRAME if frames else _UNPROVED
            parted = _LONG if last > _PARTED else None
            yield Pointer(
                Span(words.text_position(first), words.text_position(last - 1) + 1),
                path,
                Span(first, last) if path else None,
                frames,
                place,
                note or missing or parted,
            )

    def _stretches(
        self, number: int, data: str, at: int, until: int
    ) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
        """The proved stretches of a node's data between two positions, each with its range in the markup."""
        marked = self._marked[number] if self._marked is not None else ""
        if len(marked) != len(data) or _INK.sub("x", marked[at:until]) != _INK.sub("x", data[at:until]):
            return
        for match in MARKED.finditer(marked, at, until):
            mark = match.group(1)
            if marked.count(mark) == self._source.total(mark):
                before, count = marked.count(mark, 0, match.start()), match.group().count(mark)
                yield match.start(), match.end(), self._source.source(mark, before, count)

    def _path(self, node: Any) -> tuple[str | None, tuple[str, ...], str | None]:
        """The XPath of a node, the frames to enter before it, and why there is no path or what limits it."""
        chain = [node]
        while (parent := chain[-1].parent) is not None and parent.tag != "-document":
            if parent.tag is None:
                template = self._frames.get(parent.mem_id)
                if template is None:
                    return None, (), _IN_SHADOW
                host, frames, _ = self._path(template.parent)
                return None, frames, f"{_IN_SHADOW} {host}" if host else _IN_SHADOW
            chain.append(parent)
        chain.reverse()
        frames = ()
        if (frame := self._frames.get(chain[0].mem_id)) is not None:
            path, outer, note = self._path(frame)
            if path is None:
                return None, outer, note
            frames = (*outer, path)
        if self._left_out and not frames:
            return None, frames, self._left_out
        return "".join(self._steps(chain)), frames, _DEEP if len(chain) > _DEEPEST else None

    def _steps(self, chain: list[Any]) -> Iterator[str]:
        """The steps of a path from the outermost element to a node."""
        yield "/html"
        foreign = False
        for parent, node in pairwise(chain):
            alike, among_all = self._place(parent, node)
            tag = node.tag
            foreign = foreign or tag in _FOREIGN
            if tag == "-text":
                yield f"/text()[{alike}]"
            elif tag == "body" and not foreign:
                yield "/body"
            else:
                yield f"/*[{among_all}]" if foreign or not _NAME.fullmatch(tag) else f"/{tag}[{alike}]"

    def _place(self, parent: Any, node: Any) -> tuple[int, int]:
        """Which one a node is among the siblings of its name, and among all elements; both count from 1."""
        places = self._siblings.get(parent.mem_id)
        if places is None:
            places = self._siblings[parent.mem_id] = {}
            named: dict[str | None, int] = {}
            elements = 0
            child = parent.first_child
            while child is not None:
                tag = child.tag
                named[tag] = named.get(tag, 0) + 1
                elements += child.is_element_node
                places[child.mem_id] = named[tag], elements
                child = child.next
        return places[node.mem_id]


class _Words:
    """The words of a piece of a text node: where each begins in the node's data and in the page's text."""

    def __init__(self, data: str, begin: int, start: int, end: int) -> None:
        self.in_data: list[int] = []
        self.in_text: list[int] = []
        for match in _WORD.finditer(data, begin):
            if start >= end:
                break
            self.in_data.append(match.start())
            self.in_text.append(start)
            start += len(match.group()) + 1
        self._end = end

    def data_range(self, start: int, end: int) -> tuple[int, int]:
        """The range of the data for a range of the text, without white space at its edges."""
        first, last = self._data_position(start), self._data_position(end - 1)
        number = bisect_right(self.in_text, start) - 1
        following = number + 1
        if self._is_space(number, start):
            first = self.in_data[following] if following < len(self.in_data) else last + 1
        return first, last + 1

    def text_position(self, position: int) -> int:
        """The position in the text of a visible character at `position` of the data."""
        number = bisect_right(self.in_data, position) - 1
        return self.in_text[number] + position - self.in_data[number]

    def _is_space(self, number: int, position: int) -> bool:
        """Whether the text at `position`, in or behind word `number`, is the space behind it."""
        return number + 1 < len(self.in_text) and position == self.in_text[number + 1] - 1

    def _data_position(self, position: int) -> int:
        """The position in the data of a character of the text; for the space behind a word, the word's last character."""
        number = bisect_right(self.in_text, position) - 1
        return self.in_data[number] + position - self.in_text[number] - self._is_space(number, position)


def pointers(data: bytes, span: Span, *, content_type: str | None = None) -> tuple[Pointer, ...]:
    """Where the characters of `span` of a page's text stand in its preserved bytes. For many spans ask one `Source`."""
    return Source(data, content_type).pointers(span)
