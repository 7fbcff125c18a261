"""Where in the markup the characters of text nodes were written.

A proposal is made by reading the markup in order (`markup`, with character references as in the HTML standard, 13.2.5.72).
It is proved by writing over it: every visible character of the source is replaced by a mark that names its stretch, the
page is parsed again, and a node's characters stand where their marks come out. So nothing depends on how the parser moves
text (out of tables, out of badly nested tags): what comes out unmarked or in another number is not proved.
"""

import re
from array import array
from html.entities import html5

from tawthiq.page.markup import TAG_END, TOKEN

_FIRST_MARK, _LAST_MARK = 0xF0000, 0x10FFFD
_UNIT = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,31};?)|\s+|[^\s&]+|&")
_LITERAL = re.compile(r"\s+|\S+")
_SHOWN_RAW = ("xmp", "pla")  # the first letters of <xmp> and <plaintext>, raw text that is drawn
MARKED = re.compile(r"([\U000f0000-\U0010fffd])(?:\s*\1)*")
"""A stretch of marks of one kind, with the white space between them."""


class SourceText:
    """The marked copy of some markup, and the source of each mark.

    The n-th mark of stretch s stands for code points `first[s] + n` of `starts` and `ends`, positions in the markup.
    """

    def __init__(self, markup: str) -> None:
        self.starts = array("l")
        self.ends = array("l")
        self.first = array("l")
        self._parts: list[str] = []
        position = 0
        for token in TOKEN.finditer(markup):
            self._mark(markup, position, token.start())
            position = token.end()
            opening = TAG_END.match(markup, token.start(), token.end()) if token["raw"] else None
            if opening and opening.group()[1:4].lower() in _SHOWN_RAW:
                self._parts.append(opening.group())
                self._mark(markup, opening.end(), position, references=False)
            else:
                self._parts.append(token.group())
        self._mark(markup, position, len(markup))
        self.first.append(len(self.starts))
        self.marked = "".join(self._parts)

    def source(self, mark: str, number: int, count: int) -> tuple[int, int] | None:
        """The range in the markup of marks `number` up to `number + count` of one stretch."""
        begin = self.first[ord(mark) - _FIRST_MARK] + number
        return self.starts[begin], self.ends[begin + count - 1]

    def total(self, mark: str) -> int:
        """How many marks the stretch has."""
        index = ord(mark) - _FIRST_MARK
        return self.first[index + 1] - self.first[index] if index + 1 < len(self.first) else -1

    def _mark(self, markup: str, start: int, end: int, *, references: bool = True) -> None:
        """Write over the text at `start`..`end`; past the last mark it stays as it is."""
        number = _FIRST_MARK + len(self.first)
        if start >= end or number >= _LAST_MARK or markup[start:end].isspace():
            self._parts.append(markup[start:end])
            return
        mark = chr(number)
        self.first.append(len(self.starts))
        while start < end:
            match = (_UNIT if references else _LITERAL).match(markup, start, end)
            if match is None:
                break
            start = self._unit(match, mark)

    def _unit(self, match: re.Match[str], mark: str) -> int:
        """Write over one word, reference or run of white space; where the next begins."""
        words, start, end = match.group(), match.start(), match.end()
        if words[0].isspace():
            self._parts.append(words)
        elif words[0] != "&" or match.re is _LITERAL or len(words) == 1:
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
            self._parts.append(mark * len(words))
        else:
            value, end = resolved(words, start)
            for character in value:
                if character.isspace():
                    self._parts.append(character)
                else:
                    self._parts.append(mark)
                    self.starts.append(start)
                    self.ends.append(end)
        return end


def resolved(reference: str, start: int) -> tuple[str, int]:
    """The characters that a reference at `start` stands for, and where it ends; "&" alone where it is none."""
    if reference[1] == "#":
        return _numbered(reference[2:].rstrip(";")), start + len(reference)
    for length in range(len(reference) - 1, 1, -1):
        if reference[1 : length + 1] in html5:
            return html5[reference[1 : length + 1]], start + length + 1
    return "&", start + 1


def _numbered(digits: str) -> str:
    """A character like the one of a numeric reference: itself where it is white space, U+FFFD for every other."""
    hexadecimal = digits[0] in "xX"
    digits = digits[hexadecimal:].lstrip("0")
    if not 0 < len(digits) <= 7:
        return "\ufffd"
    number = int(digits, 16 if hexadecimal else 10)
    return chr(number) if number < 0x110000 and number != 0x85 and chr(number).isspace() else "\ufffd"
