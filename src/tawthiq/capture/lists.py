"""Which list a document is: recognised by what it holds, since names and media types of feeds and sitemaps often lie."""

import re

from tawthiq.capture.feeds import json_feed, xml_feed
from tawthiq.capture.listing import Listing
from tawthiq.capture.sitemaps import decoded, text_sitemap, unpacked, xml_sitemap

SNIFFED = 65_536
# What may stand before the first element: declarations, instructions, comments (XML 1.0 section 2.8).
PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z]+)[\s>/]")
FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
SITEMAPS = frozenset({"urlset", "sitemapindex"})


def listing_of(data: bytes, base: str, content_type: str | None) -> Listing | None:
    """What a document from `base` lists; None for one that is no list. `data` is out of its content encoding."""
    document, whole = unpacked(data)
    text = decoded(document[:SNIFFED])
    at = 0
    while match := PROLOG.match(text, at):
        at = match.end()
    root = ROOT.match(text, at)
    name = root[1].lower() if root else ""
    found: Listing | None = None
    if name in FEEDS:
        found = xml_feed(document, base, content_type)
    elif name in SITEMAPS:
        found = xml_sitemap(decoded(document), base)
    elif text.startswith("{", at):
        found = json_feed(document, base)
    elif text[at : at + 4].lower() == "http":
        found = text_sitemap(decoded(document))
    if found is None or whole:
        return found
    cut = "it is larger than a list may be, or damaged; what could be read of it is used"
    return Listing(found.form, found.items, found.lists, (*found.remarks, cut))
