"""Plain text as it is taken apart: one kind of line end, no byte order mark; and back to the text as decoded."""

import re
from bisect import bisect_left

_PAIR = re.compile("\r\n")


def settled(text: str) -> str:
    """`text` with "\\n" for every line end and without byte order marks before it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


class PlainPositions:
    """Positions of a settled text in the text as it was decoded."""

    def __init__(self, text: str) -> None:
        """`text` is the decoded one."""
        self._lead = len(text) - len(text.lstrip("\ufeff"))
        self._pairs = [match.start() - number - self._lead for number, match in enumerate(_PAIR.finditer(text))]

    def original(self, position: int) -> int:
        """Where the code point at `position` begins: each pair of line ends before it took two."""
        return position + self._lead + bisect_left(self._pairs, position)
