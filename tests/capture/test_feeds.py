"""Feeds of every kind, as outlets really write them: broken, in wrong encodings, hostile, with entries that name nothing."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.capture.feeds import advertised
from tawthiq.capture.lists import listing_of

BASE = "https://outlet.example/news/feed.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>أخبار السهل</title>
<item><title>قصف على البلدة</title><link>/news/1?a=1&amp;b=2</link><guid isPermaLink="false">n-1</guid>
<pubDate>Fri, 20 Nov 2026 10:00:00 +0300</pubDate></item>
<item><title>ثان</title><link>https://outlet.example/خبر/٢</link><dc:date>2026-11-21T08:00:00Z</dc:date></item>
<item><title>بلا رابط</title><guid>https://outlet.example/news/3</guid></item>
<item><title>لا شيء</title><guid isPermaLink="false">n-4</guid></item>
<item><title>mail</title><link>mailto:someone@outlet.example</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://outlet.example/ar/"><title>x</title>
<entry><id>urn:x:1</id><title>a</title><link rel="self" href="a.atom"/><link href="a"/>
<updated>2026-11-20T00:00:00Z</updated></entry>
<entry><id>urn:x:2</id><title>b</title><link rel="alternate" href="/b"/><published>2026-11-22T00:00:00+02:00</published>
<updated>2026-11-25T00:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://outlet.example/"><title>t</title></channel>
<item rdf:about="https://outlet.example/old"><title>old</title><link>https://outlet.example/old</link></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "x",
    "items": [
        {"id": "1", "url": "/one", "date_published": "2026-11-20T10:00:00+03:00"},
        {"id": "https://outlet.example/two", "date_modified": "2026-11-21T00:00:00Z"},
        {"id": "3"},
        {"id": 4, "url": ["x"]},
        "no entry",
    ],
}


def urls(document: bytes, content_type: str | None = "application/xml") -> list[str]:
    listing = listing_of(document, BASE, content_type)
    assert listing is not None
    return [item.url for item in listing.items]


RSS_URLS = [
    "https://outlet.example/%D8%AE%D8%A8%D8%B1/%D9%A2",
    "https://outlet.example/news/1?a=1&b=2",
    "https://outlet.example/news/3",
]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_rss_in_any_encoding_newest_first_with_relative_links_and_guids(encoding: str) -> None:
    document = RSS.format(encoding=encoding).replace("٢", "2").encode(encoding)
    assert urls(document) == [RSS_URLS[0].replace("%D9%A2", "2"), *RSS_URLS[1:]]


def test_entries_without_an_address_are_told() -> None:
    listing = listing_of(RSS.format(encoding="utf-8").encode(), BASE, None)
    assert listing is not None
    assert listing.remarks == ("2 entries name no web address",)
    assert listing.items[1].moment == datetime(2026, 11, 20, 7, tzinfo=UTC)
    assert listing.items[2].moment is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("<title>ثان</title>", "<title>ث & ان <br></title>"),
        lambda text: text[: text.index("<item><title>لا شيء")],
        lambda text: "\n\n" + text,
        lambda text: text.replace('encoding="utf-8"', 'encoding="us-ascii"'),
        lambda text: text.replace("أخبار السهل", "\x00\x01 &nbsp; &bogus;"),
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(damage: object) -> None:
    assert urls(damage(RSS.format(encoding="utf-8")).encode()) == RSS_URLS  # type: ignore[operator]


@pytest.mark.parametrize(
    "content_type", [None, "text/html", "text/xml; charset=us-ascii", "nonsense", "application/json"]
)
def test_media_type_may_lie(content_type: str | None) -> None:
    listing = listing_of(RSS.format(encoding="utf-8").encode(), BASE, content_type)
    assert listing is not None
    assert [item.url for item in listing.items] == RSS_URLS
    assert listing.remarks == ("2 entries name no web address",)


def test_atom_with_bases_and_its_own_links_left_out() -> None:
    assert urls(ATOM.encode()) == ["https://outlet.example/b", "https://outlet.example/ar/a"]


def test_rss_1_and_old_rss() -> None:
    assert urls(RDF.encode()) == ["https://outlet.example/old"]
    assert urls(b'<rss version="0.91"><channel><item><link>x</link></item></channel></rss>') == [
        "https://outlet.example/news/x"
    ]


def test_json_feed() -> None:
    assert urls(json.dumps(JSON_FEED).encode()) == ["https://outlet.example/two", "https://outlet.example/one"]


def test_entities_never_expand_nor_reach_for_files() -> None:
    grown = b"".join(b'<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">' % (n, *[n - 1] * 4) for n in range(1, 20))
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "aaaaaaaa">' + grown + b"]>"
    item = b"<rss><channel><item><link>https://outlet.example/x</link><title>&a19;</title></item></channel></rss>"
    external = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    begun = time.monotonic()
    assert urls(bomb + item) == ["https://outlet.example/x"]
    assert urls(external + item.replace(b"/x<", b"/&x;<").replace(b"&a19;", b"t")) != []
    assert "root" not in str(listing_of(external + item.replace(b"/x<", b"/&x;<"), BASE, None))
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<html><body>no list</body></html>",
        b"{}",
        b'{"version": 1}',
        b"[1, 2]",
        b"{" * 100_000,
        b"plain text",
        b"\x00\xff",
    ],
)
def test_what_is_no_list_is_none(document: bytes) -> None:
    assert listing_of(document, BASE, "application/rss+xml") is None


@given(
    st.binary(max_size=300),
    st.sampled_from([b"<rss>", b"<feed>", b"<urlset>", b"{", b"", b"http://a/\n", b"\x1f\x8b\x08"]),
)
def test_any_bytes_are_met(data: bytes, start: bytes) -> None:
    listing = listing_of(start + data, BASE, None)
    assert listing is None or all(item.url.startswith(("http://", "https://")) for item in listing.items)


def test_feeds_that_a_page_advertises() -> None:
    page = """<html><head><base href="https://cdn.example/x/"><link rel="stylesheet" type="text/css" href="s.css">
    <LINK TYPE="application/rss+xml" REL="alternate home" HREF="rss?a=1&amp;b=2" title='خبر > عاجل'>
    <link rel=alternate type=application/atom+xml href=/atom>
    <link rel="alternate" type="application/feed+json" href="//o.example/f">
    <link rel="alternate" type="text/html" hreflang="en" href="/en"><link rel="alternate" type="application/rss+xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:x"></head>""".encode()
    assert advertised(page, BASE) == (
        "https://cdn.example/x/rss?a=1&b=2",
        "https://cdn.example/atom",
        "https://o.example/f",
    )
