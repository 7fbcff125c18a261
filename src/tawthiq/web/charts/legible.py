"""Text that XML can hold: control characters and lone surrogates, which some pages carry, become the replacement sign."""

import re

# XML 1.0, production [2] Char: everything but these.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    """The text with each character that no XML document may hold replaced by U+FFFD."""
    return _IMPOSSIBLE.sub("\ufffd", text)


def shortened(text: str, characters: int) -> str:
    """The text on one line, no longer than so many characters, with "…" where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: max(1, characters - 1)].rstrip() + "…"
