"""Sitemaps (sitemaps.org protocol 0.9): `urlset`, `sitemapindex`, news dates, plain text, packed with gzip or not.

A sitemap is so flat that its tags are read one after another, which takes broken XML as it comes and knows no entities but
XML's own five and numbers, so none can expand. Bounds are the protocol's: 50,000 addresses and 50 MiB unpacked.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tawthiq.capture.listing import Listed, Listing, counted, moment_in, newest_first, web_address

LARGEST = 50 << 20
MOST_ITEMS = 50_000
GZIP_MAGIC = b"\x1f\x8b"
BLOCK = 1 << 20
TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]{0,100})[^<>]{0,10000}>")
# What holds text or nothing, and how it ends (XML 1.0 sections 2.5 and 2.7).
ENCLOSED = (("<![CDATA[", "]]>"), ("<!--", "-->"))
ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
DATES = frozenset({"lastmod", "publication_date"})


def unpacked(data: bytes) -> tuple[bytes, bool]:
    """A document out of gzip, at most `LARGEST` bytes of it, and whether that is all; other documents as they are."""
    if not data.startswith(GZIP_MAGIC):
        return data[:LARGEST], len(data) <= LARGEST
    out = bytearray()
    left = data
    while left.startswith(GZIP_MAGIC) and len(out) <= LARGEST:
        unpacking = zlib.decompressobj(wbits=31)
        try:
            while left and not unpacking.eof and len(out) <= LARGEST:
                out += unpacking.decompress(left, BLOCK)
                left = unpacking.unconsumed_tail
        except zlib.error:
            return bytes(out[:LARGEST]), False
        if not unpacking.eof:
            return bytes(out[:LARGEST]), False
        left = unpacking.unused_data
    return bytes(out[:LARGEST]), len(out) <= LARGEST


def decoded(data: bytes) -> str:
    """The text of an XML or plain document: by its byte order mark, by what it declares, else UTF-8."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = DECLARED.match(data.lstrip()[:300])
    try:
        return data.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def xml_sitemap(text: str, base: str) -> Listing:
    """What a `urlset` or `sitemapindex` lists; both kinds of entry are taken wherever they stand."""
    found: dict[str, list[Listed]] = {"url": [], "sitemap": []}
    nameless = 0
    for entry in _entries(text):
        address = web_address(base, entry.location)
        if len(found["url"]) + len(found["sitemap"]) >= MOST_ITEMS:
            break
        if address is None:
            nameless += 1
        else:
            found[entry.kind].append(Listed(address, entry.moment))
    form = "sitemap-index" if found["sitemap"] and not found["url"] else "sitemap"
    remarks = counted(nameless, "entries name no web address")
    return Listing(form, newest_first(found["url"]), newest_first(found["sitemap"]), remarks)


def text_sitemap(text: str) -> Listing | None:
    """What a plain text sitemap lists, an address a line; None where a line is anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(line.lower().startswith(("http://", "https://")) for line in lines):
        return None
    addresses = [address for line in lines[:MOST_ITEMS] if (address := web_address("", line))]
    return Listing("text", newest_first(Listed(address, None) for address in addresses))


@dataclass(slots=True)
class _Entry:
    """A `url` or `sitemap` element that is being read; `prefix` is its namespace prefix."""

    kind: str
    prefix: str
    location: str = ""
    moment: datetime | None = None

    def holds(self, space: str, name: str) -> bool:
        """Whether an element inside is the entry's own address, or any date of it; an image's address is neither."""
        return (name == "loc" and space == self.prefix) or name in DATES

    def take(self, name: str, said: str) -> None:
        """Take what such an element says."""
        if name == "loc":
            self.location = self.location or said
        elif (date := moment_in(said)) and (self.moment is None or date > self.moment):
            self.moment = date


def _entries(text: str) -> Iterator[_Entry]:
    """Each `url` and `sitemap` element, ended or not."""
    entry: _Entry | None = None
    element, held = "", ""
    for words, tag in _tokens(text):
        if element:
            held += words
        if tag is None:
            continue
        space, _, name = tag["name"].lower().rpartition(":")
        if name in ("url", "sitemap"):
            if entry:
                yield entry
            entry, element = (None if tag["end"] else _Entry(name, space)), ""
        elif entry and not tag["end"] and entry.holds(space, name):
            element, held = name, ""
        elif entry and element and tag["end"] and name == element:
            entry.take(name, held.strip())
            element = ""
    if entry:
        yield entry


def _tokens(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The text and the tags of markup in turn: a piece of text, and the tag after it if there is one."""
    at = 0
    while (opened := text.find("<", at)) >= 0:
        before = _plain(text[at:opened])
        enclosed = next((pair for pair in ENCLOSED if text.startswith(pair[0], opened)), None)
        if enclosed:
            begin, end = opened + len(enclosed[0]), text.find(enclosed[1], opened)
            inside = text[begin : end if end >= 0 else len(text)] if enclosed is ENCLOSED[0] else ""
            yield before + inside, None
            at = end + len(enclosed[1]) if end >= 0 else len(text)
            continue
        tag = TAG.match(text, opened)
        yield before, tag
        at = tag.end() if tag else opened + 1
    yield _plain(text[at:]), None


def _plain(text: str) -> str:
    return ENTITY.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    if match[1]:
        return NAMED[match[1]]
    number = int(match[2]) if match[2] else int(match[3], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
