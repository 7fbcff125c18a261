"""JSON (RFC 8259) read from bytes, every string with the bytes that each of its characters was written in.

Pure. Exports are hostile or half: depth and lengths are bounded, and bytes that are no UTF-8 become U+FFFD one for one. What
Telegram Desktop writes against RFC 8259 is read as it is meant: the escape \\xNN for control characters, and \\u2028 and
\\u2029 with two bytes of the separator itself left behind them (its export_output_json.cpp). A character is a literal run's
own bytes, or a whole escape (both halves of a surrogate pair). Control characters of a text become a space, a carriage
return a line feed: no database or terminal should meet them raw.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tawthiq.records.span import Span

DEEPEST = 40
TOKEN = re.compile(
    rb'[ \t\r\n]*+(?:(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<mark>[{}\[\]:,])|(?P<word>[-+.0-9A-Za-z]++))', re.DOTALL
)
"""The next token: a string with its quotes, a mark, or a number or name."""
_ESCAPE = re.compile(
    rb"\\(?:u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})|u(202[89])\x80[\xa8\xa9]|u([0-9A-Fa-f]{4})"
    rb"|x([0-9A-Fa-f]{2})|(.))",
    re.DOTALL,
)
_INK = re.compile(rb"[^ \t\r\n]")
_PLAIN = {b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t"}
_CONTROLS = dict.fromkeys((*range(32), 127), " ") | {9: "\t", 10: "\n", 13: "\n"}
_WHOLE = re.compile("[\udc80-\udcff]|[^\udc80-\udcff]+")
_LOST = dict.fromkeys(range(55296, 57344), "�")


class BadJson(ValueError):
    """The bytes are no JSON: `position` is the byte at which that shows, `reason` says what was wrong, in English."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"{reason} at byte {position:,}")
        self.position = position
        self.reason = reason


@dataclass(frozen=True, slots=True)
class JsonText:
    """A string of the file: its characters, and where they were written.

    `starts` are the code points at which a stretch begins, `places` the byte range of each; in a literal stretch every
    character has its own bytes, an escape is one stretch of one character. `token` is the string with its quotes.
    """

    text: str
    token: Span
    starts: tuple[int, ...]
    places: tuple[tuple[int, int, bool], ...]

    def source(self, start: int, end: int) -> Span:
        """The bytes of code points `start`..`end`, which must not be empty."""
        return Span(self._edge(start, last=False), self._edge(end - 1, last=True))

    def _edge(self, position: int, *, last: bool) -> int:
        number = bisect_right(self.starts, position) - 1
        first, beyond, literal = self.places[number]
        if not literal:
            return beyond if last else first
        return first + len(self.text[self.starts[number] : position + last].encode())


@dataclass(frozen=True, slots=True)
class JsonWord:
    """A number, true, false or null as written, and its bytes."""

    text: str
    token: Span


JsonValue = JsonText | JsonWord | list[Any] | dict[str, Any]
"""A value; those inside lists and dicts are values too."""


def text_of(data: bytes, start: int, end: int, base: int = 0) -> JsonText:
    """The string whose token, quotes included, is `data[start:end]`; positions count from `base` before `data`."""
    texts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int, bool]] = []
    length = 0
    for words, first, beyond, literal in _stretches(data, start + 1, end - 1):
        texts.append(words)
        starts.append(length)
        places.append((base + first, base + beyond, literal))
        length += len(words)
    return JsonText("".join(texts), Span(base + start, base + end), tuple(starts), tuple(places))


def _stretches(data: bytes, at: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """The stretches of a string: characters, first byte, byte past the last, and whether they stand for themselves."""
    for match in _ESCAPE.finditer(data, at, end):
        yield from _literal(data[at : match.start()], at)
        yield _unescaped(match), match.start(), match.end(), False
        at = match.end()
    yield from _literal(data[at:end], at)


def _literal(data: bytes, at: int) -> Iterator[tuple[str, int, int, bool]]:
    """Characters written as themselves; each byte that is no UTF-8 is a stretch of its own, one U+FFFD."""
    if not data:
        return
    try:
        words = data.decode()
    except UnicodeDecodeError:
        yield from _broken(data, at)
        return
    yield (words if words.isprintable() else words.translate(_CONTROLS)), at, at + len(data), True


def _broken(data: bytes, at: int) -> Iterator[tuple[str, int, int, bool]]:
    for words in _WHOLE.findall(data.decode("utf-8", "surrogateescape")):
        lost = "\udc80" <= words <= "\udcff"
        beyond = at + len(words.encode("utf-8", "surrogateescape"))
        yield ("\ufffd" if lost else words.translate(_CONTROLS)), at, beyond, not lost
        at = beyond


def _unescaped(match: re.Match[bytes]) -> str:
    """The one character of an escape."""
    high, low, separator, unit, hexadecimal, letter = match.groups()
    if letter is not None:
        return _PLAIN.get(letter, letter.decode("utf-8", "replace")).translate(_CONTROLS)
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    return chr(int(separator or unit or hexadecimal, 16)).translate(_LOST).translate(_CONTROLS)


def values(data: bytes, base: int = 0) -> list[JsonValue]:
    """The values of `data`, one after the other with commas between them. Raises BadJson.

    Objects are dicts, arrays lists, all else JsonText and JsonWord; of a repeated name the last value counts, as for
    every reader of JSON. Positions count from `base` before `data`.
    """
    reader = _Reader(data, base)
    found = []
    while reader.more():
        found.append(reader.value(0))
        reader.passed(b",")
    return found


class _Reader:
    """A position in the bytes, and the token there."""

    def __init__(self, data: bytes, base: int) -> None:
        self._data, self._base, self._at = data, base, 0

    def more(self) -> bool:
        """Whether anything but white space is left."""
        return _INK.search(self._data, self._at) is not None

    def passed(self, mark: bytes) -> bool:
        """Pass over `mark` where it stands next."""
        match = TOKEN.match(self._data, self._at)
        if match is None or match["mark"] != mark:
            return False
        self._at = match.end()
        return True

    def value(self, depth: int) -> JsonValue:
        """The next value."""
        match = TOKEN.match(self._data, self._at)
        if match is None or depth > DEEPEST:
            raise self._bad("nested too deep" if match else "no value")
        self._at = match.end()
        if match["string"]:
            return text_of(self._data, *match.span("string"), self._base)
        if match["word"]:
            first, last = match.span("word")
            return JsonWord(match["word"].decode("ascii"), Span(self._base + first, self._base + last))
        if match["mark"] == b"{":
            return self._members(depth)
        if match["mark"] == b"[":
            return self._items(depth)
        raise self._bad(f'"{match["mark"].decode()}" where a value should be')

    def _members(self, depth: int) -> dict[str, JsonValue]:
        found: dict[str, JsonValue] = {}
        while not self.passed(b"}"):
            name = self.value(depth + 1)
            if not isinstance(name, JsonText) or not self.passed(b":"):
                raise self._bad("no name and value")
            found[name.text] = self.value(depth + 1)
            if not self.passed(b",") and not self._next(b"}"):
                raise self._bad('neither "," nor "}"')
        return found

    def _items(self, depth: int) -> list[JsonValue]:
        found: list[JsonValue] = []
        while not self.passed(b"]"):
            found.append(self.value(depth + 1))
            if not self.passed(b",") and not self._next(b"]"):
                raise self._bad('neither "," nor "]"')
        return found

    def _next(self, mark: bytes) -> bool:
        match = TOKEN.match(self._data, self._at)
        return match is not None and match["mark"] == mark

    def _bad(self, reason: str) -> BadJson:
        return BadJson(self._base + self._at, reason)
