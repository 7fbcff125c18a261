"""Names made safe to show: what a file, an address or a server calls itself may try to deceive the reader of a terminal.

Control characters, line and paragraph separators, bidirectional controls (UAX 9 section 2), other invisible format
characters and bytes that were not text are written as escapes; letters of every script stay as they are. Nothing stored
is changed by this module, except that `storable` writes undecodable bytes as escapes, which UTF-8 cannot hold.
"""

import unicodedata
from pathlib import Path

ESCAPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"})
# Format characters that writing needs: the joiners of Persian and Indic scripts, the Arabic number and verse signs.
NEEDED = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
SHOWN_LENGTH = 2000


def shown(text: str, limit: int = SHOWN_LENGTH) -> str:
    """`text` for a person's eyes: one line, no control of the terminal or of direction, at most `limit` characters."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    return "".join(_escaped(letter) if _deceives(letter) else letter for letter in cut)


def storable(name: str) -> str:
    """A base name that UTF-8 can hold: bytes that were not text (PEP 383 surrogates) written as backslash escapes."""
    return "".join(_escaped(letter) if "\ud800" <= letter <= "\udfff" else letter for letter in name)


def base_name(path: Path) -> str:
    """The last part of a path as evidence names it; the folders above it may betray the documenter and are left out."""
    return storable(path.name or path.resolve().name or "unnamed")


def _deceives(letter: str) -> bool:
    return letter not in NEEDED and unicodedata.category(letter) in ESCAPED_CATEGORIES


def _escaped(letter: str) -> str:
    number = ord(letter)
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
