"""Bytes to text: which encoding a page is really in, whatever it says of itself.

Order: a byte order mark; UTF-16 without one (its zero and 0x06 bytes give it away); strict UTF-8, which other encodings
almost never form by chance; UTF-8 with a few broken bytes; what the header or the page declares; at last the single-byte
encodings of the region, chosen by how the bytes run. The label names follow the WHATWG Encoding Standard, by which
"iso-8859-1" means windows-1252. What could not be decoded becomes U+FFFD and is noted, never dropped in silence.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    "iso-8859-1": "windows-1252", "latin1": "windows-1252", "latin-1": "windows-1252", "us-ascii": "windows-1252",
    "ascii": "windows-1252", "cp1256": "windows-1256", "x-cp1256": "windows-1256", "arabic": "iso-8859-6",
    "iso-8859-9": "windows-1254", "utf8": "utf-8", "unicode": "utf-16-le", "utf-16": "utf-16-le",
    "cp1252": "windows-1252", "cp1254": "windows-1254", "iso-8859-6-i": "iso-8859-6", "iso-8859-6-e": "iso-8859-6",
}  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_ARABIC_HIGH = bytes((*b"\x00\x06\x20\xfb\xfc\xfd\xfe",))
_SAMPLE = 200_000
_COMMON = (" في ", " من ", " على ", " أن ", " إلى ", " ال", "ال", " و", " که ", " است ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, the encoding it was decoded by, and what was odd about it."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """The text of `data`. `content_type` is the header as served; it is believed only where the bytes do not deny it."""
    declared = list(_declared(data, content_type))
    encoding, known = _by_bytes(data)
    if encoding is None:
        encoding, known = _by_declaration(data, declared)
    text = _text(data, encoding)
    notes = []
    wrong = [label for label in declared if label != encoding]
    if wrong and not data.isascii():
        notes.append(f"the page declares {wrong[0]} and is {encoding}")
    if not known:
        notes.append(f"no encoding was declared or provable; {encoding} was chosen by its letters")
    lost = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if lost > 0:
        notes.append(f"{lost} bytes could not be decoded as {encoding}")
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} NUL characters left out")
        text = text.replace("\x00", "")
    return Decoded(text, encoding, tuple(notes))


def _text(data: bytes, encoding: str) -> str:
    for mark, name in _MARKS:
        if name == encoding and data.startswith(mark):
            data = data[len(mark) :]
            break
    return data.decode(encoding, "replace")


def _declared(data: bytes, content_type: str | None) -> Iterator[str]:
    """Encodings that the header and the first kilobytes of the page name, header first, as names Python decodes by."""
    header = _HEADER.search(content_type or "")
    labels = [header.group(1)] if header else []
    labels += [match.decode("ascii") for match in _DECLARED.findall(data[:4096].replace(b"\x00", b""))[:3]]
    for label in labels:
        name = _LABELS.get(label.lower(), label.lower())
        try:
            "".encode(name)
            codecs.lookup(name)
        except (LookupError, ValueError, UnicodeError):
            continue
        if codecs.lookup(name)._is_text_encoding:
            yield name


def _by_bytes(data: bytes) -> tuple[str | None, bool]:
    """The encoding that the bytes alone prove, or (None, False)."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, True
    wide = _wide(data[:_SAMPLE])
    if wide:
        return wide, True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ("utf-8", True) if _mostly_utf8(data[:_SAMPLE]) else (None, False)
    return "utf-8", True


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is the high byte of an ASCII or Arabic code unit."""
    if len(sample) < 8:
        return None
    even, odd = sample[0::2], sample[1::2]
    for low, high, name in ((even, odd, "utf-16-le"), (odd, even, "utf-16-be")):
        fitting = len(high) - len(high.translate(None, _ARABIC_HIGH))
        if (
            fitting > 0.9 * len(high)
            and high.count(0) + high.count(6) > 0.8 * len(high)
            and low.count(0) < len(low) // 4
        ):
            return name
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Whether broken bytes are so few among well-formed multi-byte sequences that nothing but UTF-8 explains it."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    formed = sum(1 for character in text if character > "\x7f") - broken
    return formed > 20 and broken < formed / 10


def _by_declaration(data: bytes, declared: list[str]) -> tuple[str, bool]:
    sample = data[:_SAMPLE]
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    long_runs = bool(runs) and sum(runs) / len(runs) >= 2.0
    candidates = [name for name in declared if name not in ("utf-8", "utf-16-le")]
    if long_runs:
        arabic = ["windows-1256", "iso-8859-6"]
        best = max([*candidates, *arabic], key=lambda name: _arabic_score(sample, name))
        if _arabic_score(sample, best) > 0:
            return best, best in declared
    if candidates:
        return candidates[0], True
    return ("windows-1256" if long_runs else "windows-1252"), False


def _arabic_score(sample: bytes, encoding: str) -> float:
    """How much `sample` reads like Arabic or Persian in `encoding`: frequent words for it, undecodable bytes against it."""
    text = sample.decode(encoding, "replace")
    return sum(text.count(word) for word in _COMMON) - 5.0 * text.count("\ufffd")
