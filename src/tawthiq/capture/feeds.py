"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom (RFC 4287) and JSON Feed 1.x; and the feeds that a page advertises.

XML is read by feedparser, which expects it broken: its declared entities that hold others are dropped before parsing, external
ones are never fetched, and what is no XML is read loosely. It is handed bytes, never an address. An entry without a link
is taken by its identifier when that is an address (RSS 2.0 `guid`, JSON Feed `id`).
"""

import calendar
import html
import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

import feedparser

from tawthiq.capture.listing import Listed, Listing, counted, moment_in, newest_first, web_address

LARGEST = 8 << 20
# The loose parser's work grows faster than what it reads: less of a broken document is read.
LARGEST_BROKEN = 1 << 20
MOST_ITEMS = 10_000
# What an answer's header says wrongly of a feed that is in order.
LIES = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/rss+xml"}
)
JSON_FEED = "jsonfeed.org/version/1"
MOST_ADVERTISED = 20
TAG = re.compile(r"<(link|base)\s([^<>]{1,4000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,30})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def xml_feed(data: bytes, base: str, content_type: str | None) -> Listing:
    """What an RSS or Atom feed lists. `data` is the document, `base` where it came from; what is broken is a remark."""
    headers = {"content-location": base, "content-type": content_type or "application/xml"}
    data = data[: LARGEST if _is_well_formed(data[:LARGEST]) else LARGEST_BROKEN]
    try:
        found = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # a loose parser over hostile markup: whatever it raises, the document is no feed to us
        return Listing("feed", (), remarks=(f"it cannot be read as a feed ({type(error).__name__})",))
    entries = found.entries[:MOST_ITEMS]
    items = [item for entry in entries if (item := _entry(entry, base))]
    remarks = counted(len(entries) - len(items), "entries name no web address")
    if found.bozo and not isinstance(found.get("bozo_exception"), LIES):
        remarks += ("its XML is broken; what could be read of it is used",)
    return Listing(found.version or "feed", newest_first(items), remarks=remarks)


def json_feed(data: bytes, base: str) -> Listing | None:
    """What a JSON Feed lists; None for any other JSON."""
    try:
        feed = json.loads(data[:LARGEST].decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or JSON_FEED not in str(feed.get("version", ""))[:200]:
        return None
    given = feed.get("items")
    entries = [each for each in given[:MOST_ITEMS] if isinstance(each, dict)] if isinstance(given, list) else []
    items = [item for entry in entries if (item := _json_entry(entry, base))]
    return Listing(
        "json-feed", newest_first(items), remarks=counted(len(entries) - len(items), "entries name no web address")
    )


def advertised(data: bytes, base: str) -> tuple[str, ...]:
    """The feeds that a page names in `<link rel=alternate>` (HTML, section 4.6.7.1), in its order, in wire form."""
    found: dict[str, None] = {}
    for tag in TAG.finditer(data[:LARGEST].decode("utf-8", "replace")):
        given = {
            match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "")
            for match in ATTRIBUTE.finditer(tag[2])
        }
        if tag[1].lower() == "base":
            base = web_address(base, given.get("href")) or base
            continue
        kind = given.get("type", "").partition(";")[0].strip().lower()
        address = web_address(base, given.get("href"))
        if "alternate" in given.get("rel", "").lower().split() and kind in FEED_TYPES and address:
            found[address] = None
        if len(found) >= MOST_ADVERTISED:
            break
    return tuple(found)


def _is_well_formed(data: bytes) -> bool:
    """Whether XML is well formed, by expat, which stops entities that expand beyond measure."""
    try:
        expat.ParserCreate().Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _entry(entry: Mapping[str, Any], base: str) -> Listed | None:
    address = web_address(base, entry.get("link")) or _identifier(entry.get("id"))
    time = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        moment = datetime.fromtimestamp(calendar.timegm(time), UTC) if time else None
    except (ValueError, OverflowError, OSError, TypeError):
        moment = None
    return Listed(address, moment) if address else None


def _json_entry(entry: Mapping[str, Any], base: str) -> Listed | None:
    address = (
        web_address(base, entry.get("url"))
        or web_address(base, entry.get("external_url"))
        or _identifier(entry.get("id"))
    )
    moment = moment_in(entry.get("date_published")) or moment_in(entry.get("date_modified"))
    return Listed(address, moment) if address else None


def _identifier(given: object) -> str | None:
    """An identifier that is a web address itself: never one relative to the feed."""
    return (
        web_address("", given)
        if isinstance(given, str) and given.strip().lower().startswith(("http://", "https://"))
        else None
    )
