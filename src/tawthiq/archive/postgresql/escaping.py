"""Texts that PostgreSQL refuses, written so that it takes them, and read back as they were.

PostgreSQL's text holds no U+0000 and its UTF-8 no lone surrogates; pages hold the one and hostile forms the other. Such a
character is written as the noncharacter U+FFFE and four hexadecimal digits; U+FFFE itself likewise. In JSON the same stands
within its strings. Pure.
"""

import re

MARK = "\ufffe"
_REFUSED = re.compile("[\0\ud800-\udfff\ufffe]")
_WRITTEN = re.compile(f"{MARK}([0-9a-f]{{4}})")
# A backslash and what belongs to it (RFC 8259 section 7): pairs of surrogates are one character and stay.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u([0-9a-fA-F]{4})|.)", re.DOTALL)


def escaped(text: str) -> str:
    """The text as PostgreSQL takes it: itself, but for the characters above."""
    return _REFUSED.sub(lambda found: f"{MARK}{ord(found[0]):04x}", text)


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text) if MARK in text else text


def escaped_json(text: str) -> str:
    """JSON text as PostgreSQL's jsonb takes it."""
    text = escaped(text)
    return _ESCAPE.sub(_without_escape, text) if "\\u" in text else text


def unescaped_json(text: str) -> str:
    """JSON text that says what was given to `escaped_json`, the characters above in JSON's own escapes."""
    return _WRITTEN.sub(lambda found: f"\\u{found[1]}", text) if MARK in text else text


def _without_escape(found: re.Match[str]) -> str:
    """JSON's escape of a refused character as that of `escaped`; all other escapes as they are."""
    digits = found[1]
    if digits is None or not _REFUSED.match(chr(int(digits, 16))):
        return found[0]
    return f"{MARK}{digits.lower()}"
