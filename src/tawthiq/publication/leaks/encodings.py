"""The ways in which text is written down as bytes, undone: what a part of a file may say to whoever opens it.

UTF-8 in whatever stands around it, UTF-16 of both orders at any place, the Arabic code pages (windows-1256, ISO-8859-6) where
a part is no UTF-8; in text the escapes of JSON, JavaScript, CSS and C, HTML's character references (named, decimal, hex),
percent-encoding, quoted-printable, punycode, base64 and hexadecimal runs; and
markup taken away, since it may stand amid a name. Runs of base64 are no words: what is written in them is looked at unpacked.
"""

import base64
import binascii
import html
import quopri
import re
from collections.abc import Iterator

from tawthiq.publication.redaction_matcher import unescaped

ROUNDS = 3
"""Encodings within each other that are undone: a percent-encoded address in JSON in HTML."""
BARRIER = "\ufffd"
LEAST_TEXT, LEAST_RUN = 12, 6
"""Bytes from which on a stretch amid others is taken for text, and for a run that may hold a whole name."""
_ISLAND = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}"
)
_LITTLE = re.compile(rb"(?:[\x09-\xff][\x00\x06\x20\xfb-\xfe]){4,}", re.DOTALL)
_BIG = re.compile(rb"(?:[\x00\x06\x20\xfb-\xfe][\x09-\xff]){4,}", re.DOTALL)
_NO_TEXT = bytes(sorted({*range(32), 0x7F, *range(0xF5, 0x100)} - {0x09, 0x0A, 0x0D}))
"""Bytes that stand in no island; those that make UTF-16 of a script are among them."""
_SPACED = re.compile(rb" [\x09-\xff] [\x09-\xff] [\x09-\xff] ", re.DOTALL)
"""What any UTF-16 holds whose high bytes are all 0x20."""
_CONTROLS = bytes(sorted({*range(9), *range(14, 32)} - {0x0B, 0x0C}))
_CONTINUING = bytes(range(0x80, 0xC0))
_MOST_CONTROLS = 0.005
_CODE_PAGES = ("cp1256", "iso8859-6")
_BACKSLASHED = re.compile(
    r"\\+u\{([0-9a-fA-F]{1,6})\}|\\+u([0-9a-fA-F]{4})|\\+U([0-9a-fA-F]{8})|\\+([0-9a-fA-F]{2,6}) ?"
)
_BYTEWISE = re.compile(r"(?:\\+x[0-9a-fA-F]{2}|\\+[0-3][0-7]{2}(?![0-9a-fA-F]))+")
_ONE_BYTE = re.compile(r"\\x([0-9a-fA-F]{2})|\\([0-3][0-7]{2})")
_QUOTED = re.compile(r"=[0-9A-Fa-f]{2}=[0-9A-Fa-f]{2}|=\r?\n")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONG_TAG = re.compile(r"<[^<>]{1999}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}(?:\r?\n[ \t]?[A-Za-z0-9+/_-]{4,})*={0,2}")
_LONG_RUN = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_NO_LONG_RUN = re.compile(r"(?:[^A-Za-z0-9+/]*+[A-Za-z0-9+/]{0,39}+(?![A-Za-z0-9+/]))*+")
_AS_STANDARD = str.maketrans("-_", "+/", "= \t\r\n")
_CHANGE = re.compile(r"[a-z](?=[A-Z0-9+])|[0-9](?=[A-Za-z])")
_LOOKED_AT, _SELDOM = 4096, 6
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){6,}")


def texts_of(data: bytes) -> Iterator[tuple[str, bool]]:
    """What some bytes say as text, as they stand, and whether it is text: else only whole names written in it count."""
    if (plain := _plain_text(data)) is not None:
        yield plain, True
        return
    runs = [run[0] for run in _ISLAND.finditer(data)]
    yield BARRIER.join(run.decode("utf-8", "replace") for run in runs if len(run) >= LEAST_TEXT), True
    yield BARRIER.join(run.decode("utf-8", "replace") for run in runs if len(run) < LEAST_TEXT), False
    for pattern, name in ((_LITTLE, "utf-16-le"), (_BIG, "utf-16-be")):
        wide = [run[0].decode(name, "replace") for run in pattern.finditer(data)]
        if wide:
            yield BARRIER.join(wide), True
    if not data.isascii() and not _is_utf8(data):
        is_text = len(data) - len(data.translate(None, _CONTROLS)) <= len(data) * _MOST_CONTROLS
        for page in _CODE_PAGES:
            yield data.decode(page, "replace"), is_text


def _plain_text(data: bytes) -> str | None:
    """The text of bytes that are one stretch of UTF-8, but for a character cut at either end, and nothing else besides."""
    if len(data) != len(data.translate(None, _NO_TEXT)) or _SPACED.search(data):
        return None
    whole = data.lstrip(_CONTINUING)
    for _ in range(2):
        try:
            return whole.decode() if len(whole) >= LEAST_TEXT else None
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                return None
            whole = whole[: error.start]
    return None


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, but for a character cut at either end."""
    try:
        data.lstrip(_CONTINUING).decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def undone(text: str) -> str:
    """A text as whoever undoes its encodings reads it."""
    for _ in range(ROUNDS):
        before, text = text, _undone(text)
        if text == before:
            break
    return text


def without_markup(text: str, between: str) -> str:
    """A text without its tags, `between` in place of each."""
    return _TAG.sub(between, text)


def has_same_markup(text: str, form: str) -> bool:
    """Whether taking the tags out of a text's compared form gives the compared form of the text without its tags."""
    same = form.count("<") == text.count("<") and form.count(">") == text.count(">")
    return same and not _LONG_TAG.search(text) and not _LONG_TAG.search(form)


def may_hold_packed(text: str) -> bool:
    """Whether a text, or the one of which it is the compared form, has a run that `without_packed` may take out."""
    found = _NO_LONG_RUN.match(text)
    return found is None or found.end() < len(text)


def without_packed(text: str) -> str:
    """The text without runs of base64, in whose letters any short name would turn up sooner or later."""
    if not may_hold_packed(text):
        return text
    return _LONG_RUN.sub(lambda run: BARRIER if _is_packed(run[0]) else run[0], text)


def _is_packed(run: str) -> bool:
    """Whether a run without spaces is base64 of bytes, not a long address: capitals, small letters and figures change often."""
    return len(_CHANGE.findall(run[:_LOOKED_AT])) * _SELDOM > min(len(run), _LOOKED_AT)


def packed_in(text: str) -> Iterator[bytes]:
    """Bytes that stand in a text as base64 or hexadecimal digits, or quoted-printable."""
    if _QUOTED.search(text):
        yield quopri.decodestring(text.encode("utf-8", "replace"))
    # Identifiers are such runs too, and stand in a file many times: each is looked at once.
    runs = list(dict.fromkeys(each[0] for each in _BASE64.finditer(text)))
    if runs:
        for phase in range(4):
            yield b"\x00\x00".join(_of_base64(run[phase:]) for run in (runs if phase == 0 else runs[:1]))
    yield b"\x00\x00".join(binascii.unhexlify(each) for each in dict.fromkeys(_HEX.findall(text)))


def _of_base64(run: str) -> bytes:
    plain = run.translate(_AS_STANDARD)
    try:
        return base64.b64decode(plain[: len(plain) // 4 * 4] + _padded(plain[len(plain) // 4 * 4 :]))
    except (binascii.Error, ValueError):
        return b""


def _padded(rest: str) -> str:
    return rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""


def _undone(text: str) -> str:
    if "\\" in text:
        text = _BYTEWISE.sub(lambda run: _of_bytes(run[0]), text)
        text = _BACKSLASHED.sub(lambda each: _character(next(part for part in each.groups() if part)), text)
    if "&" in text:
        text = html.unescape(text)
    if "%" in text or "xn--" in text.lower():
        text = unescaped(text)
    return text


def _of_bytes(run: str) -> str:
    data = bytes(int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in _ONE_BYTE.findall(run))
    return (
        data.decode("utf-16", "replace") if data[:2] in (b"\xfe\xff", b"\xff\xfe") else data.decode("utf-8", "replace")
    )


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else BARRIER
