"""Bytes to text: which encoding a page is really in, whatever it says of itself.

Order: a byte order mark; UTF-16 without one (its zero and 0x06 bytes give it away); strict UTF-8, which other encodings
almost never form by chance; UTF-8 with a few broken bytes; what the header or the page declares; at last the single-byte
encodings of the region, chosen by how the bytes run. Labels and the encodings that a page may name follow the WHATWG
Encoding Standard, by which "iso-8859-1" means windows-1252 and UTF-7 means nothing. Old portals print what they were sent:
stretches of windows-1256 inside a UTF-8 page are decoded as such, word by word, and noted. What could not be decoded
becomes U+FFFD and is noted, never dropped in silence.
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
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "tis-620": "cp874", "windows-874": "cp874", "iso-8859-11": "cp874",
    "big5": "big5hkscs", "macintosh": "mac_roman", "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
}  # fmt: skip
_ALLOWED = frozenset(
    (
        "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874",
        "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", *(f"cp{number}" for number in range(1250, 1259)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    )
)  # fmt: skip
"""Encodings of the standard by Python's names: a page cannot have itself decoded by any other codec."""
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_PIECE = re.compile(rb"[^<>\n]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HIGH = re.compile(r"[^\x00-\x7f]")
_MOST_STRETCHES = 20_000
_SURE_RUN = 6  # bytes of one word that are well-formed UTF-8 by chance almost never
_ARABIC_HIGH = bytes((*b"\x00\x06\x20\xfb\xfc\xfd\xfe",))
_SAMPLE = 200_000
_COMMON = (" في ", " من ", " على ", " أن ", " إلى ", " ال", "ال", " و", " که ", " است ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, the encoding it was decoded by, and what was odd about it.

    `stretches` are byte ranges decoded by another encoding: (start, end, its name), in order.
    """

    text: str
    encoding: str
    notes: tuple[str, ...]
    stretches: tuple[tuple[int, int, str], ...] = ()


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """The text of `data`. `content_type` is the header as served; it is believed only where the bytes do not deny it."""
    declared = list(_declared(data, content_type))
    encoding, known, text = _by_bytes(data)
    if encoding is None:
        encoding, known = _by_declaration(data, declared)
    notes = []
    wrong = [label for label in declared if label != encoding]
    if wrong and not data.isascii():
        notes.append(f"the page declares {wrong[0]} and is {encoding}")
    if not known:
        notes.append(f"no encoding was declared or provable; {encoding} was chosen by its letters")
    stretches: tuple[tuple[int, int, str], ...] = ()
    if text is None:
        stretches = tuple(_stretches(data)) if encoding == "utf-8" else ()
        if stretches:
            notes.append(
                f"{len(stretches)} stretches of the page are {stretches[0][2]}, not {encoding}; each is decoded as such"
            )
        text = "".join(data[start:end].decode(name, "replace") for start, end, name in parts(data, encoding, stretches))
        lost = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
        if lost > 0:
            notes.append(f"{lost} bytes could not be decoded as {encoding}")
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} NUL characters left out")
        text = text.replace("\x00", "")
    return Decoded(text, encoding, tuple(notes), stretches)


def parts(data: bytes, encoding: str, stretches: tuple[tuple[int, int, str], ...]) -> Iterator[tuple[int, int, str]]:
    """The byte ranges of `data` and the encoding of each, in order, without the byte order mark."""
    position = next((len(mark) for mark, name in _MARKS if name == encoding and data.startswith(mark)), 0)
    for start, end, name in stretches:
        yield position, start, encoding
        yield start, end, name
        position = end
    yield position, len(data), encoding


def _stretches(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Stretches of windows-1256 in a page that is UTF-8 otherwise: words that are broken UTF-8 and Arabic letters in it.

    A piece between tags whose words are all broken is one stretch, so that a short word that is both by chance follows
    its neighbours. Past _MOST_STRETCHES pieces the rest is left broken.
    """
    found = 0
    for match in _PIECE.finditer(data):
        piece = match.group()
        if piece.isascii() or _is_utf8(piece):
            continue
        if found >= _MOST_STRETCHES:
            return
        runs = [(run.start(), run.end(), _is_utf8(run.group())) for run in _HIGH_RUN.finditer(piece)]
        broken = b"".join(piece[start:end] for start, end, formed in runs if not formed).decode("windows-1256")
        if len(_ARABIC.findall(broken)) < 0.8 * len(broken) or len(broken) < 2:
            continue
        found += 1
        mixed = any(formed and end - start >= _SURE_RUN for start, end, formed in runs)
        previous: list[int] = []
        for start, end, formed in runs:
            if formed and mixed:
                if previous:
                    yield match.start() + previous[0], match.start() + previous[1], "windows-1256"
                previous = []
            else:
                previous = [previous[0] if previous else start, end]
        if previous:
            yield match.start() + previous[0], match.start() + previous[1], "windows-1256"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes, content_type: str | None) -> Iterator[str]:
    """Encodings that the header and the first kilobytes of the page name, header first, as names Python decodes by."""
    header = _HEADER.search(content_type or "")
    labels = [header.group(1)] if header else []
    labels += [match.decode("ascii") for match in _DECLARED.findall(data[:4096].replace(b"\x00", b""))[:3]]
    for label in labels:
        name = _LABELS.get(label.lower(), label.lower())
        try:
            if codecs.lookup(name).name in _ALLOWED:
                yield name
        except (LookupError, ValueError):
            continue


def _by_bytes(data: bytes) -> tuple[str | None, bool, str | None]:
    """The encoding that the bytes alone prove, and the text where nothing in it is broken; (None, False, None) otherwise."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, True, None
    wide = _wide(data[:_SAMPLE])
    if wide:
        return wide, True, None
    try:
        return "utf-8", True, data.decode("utf-8")
    except UnicodeDecodeError:
        return ("utf-8", True, None) if _mostly_utf8(data[:_SAMPLE]) else (None, False, None)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is the high byte of an ASCII or Arabic code unit."""
    if len(sample) < 8 or sample.count(0) + sample.count(6) < len(sample) // 3:
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
    """Whether words of several well-formed sequences, or their share, leave nothing but UTF-8 as an explanation."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    formed = len(_HIGH.findall(text)) - broken
    if formed > 20 and broken < formed / 10:
        return True
    words = [run for run in _HIGH_RUN.findall(sample) if len(run) >= _SURE_RUN]
    sure = sum(map(_is_utf8, words))
    return sure >= 3 and sure > len(words) / 10


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
