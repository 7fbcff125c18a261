"""Sitemaps: every form of the protocol, and what hostile or careless servers make of it."""

import gzip
import tracemalloc
from datetime import UTC, datetime

import pytest

from tawthiq.capture.lists import listing_of

BASE = "https://outlet.example/sitemap.xml"
URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="x.xsl"?><!-- made by hand -->
<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://image.example" xmlns:news="http://news.example">
<s:url><s:loc>https://outlet.example/1?a=1&amp;b=2</s:loc><s:lastmod>2026-11-19</s:lastmod>
<image:image><image:loc>https://outlet.example/1.jpg</image:loc></image:image></s:url>
<s:url><s:loc><![CDATA[ /خبر/2 ]]></s:loc>
<news:news><news:publication_date>2026-11-21T10:00:00+03:00</news:publication_date></news:news></s:url>
<s:url><s:loc>/3</s:loc><s:lastmod>2026-11</s:lastmod></s:url>
<s:url><s:loc>/4</s:loc><s:lastmod>soon</s:lastmod></s:url>
<s:url><s:loc>ftp://outlet.example/5</s:loc></s:url><s:url></s:url>
</s:urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
<sitemap><loc>/new.xml.gz</loc><lastmod>2026-11-01T00:00:00Z</lastmod></sitemap><sitemap><loc>/old.xml</loc></sitemap></sitemapindex>"""


def test_urlset_with_news_dates_prefixes_and_cdata() -> None:
    for document in (URLSET.encode(), gzip.compress(URLSET.encode()), b"\xef\xbb\xbf" + URLSET.encode()):
        listing = listing_of(document, BASE, None)
        assert listing is not None
        assert [item.url.removeprefix("https://outlet.example") for item in listing.items] == [
            "/%D8%AE%D8%A8%D8%B1/2",
            "/1?a=1&b=2",
            "/3",
            "/4",
        ]
        assert listing.items[0].moment == datetime(2026, 11, 21, 7, tzinfo=UTC)
        assert listing.remarks == ("2 entries name no web address",)


def test_index_lists_sitemaps_newest_first_each_once() -> None:
    listing = listing_of(INDEX, BASE, "text/html")
    assert listing is not None
    assert (listing.form, listing.items) == ("sitemap-index", ())
    assert [each.url for each in listing.lists] == [
        "https://outlet.example/new.xml.gz",
        "https://outlet.example/old.xml",
    ]


def test_broken_sitemap_is_read_as_far_as_it_goes() -> None:
    broken = b"<urlset><url><loc>/1</loc><priority>0.5<url><loc>/2</loc></url><url><loc>/3"
    listing = listing_of(broken, BASE, None)
    assert listing is not None
    assert [item.url[-2:] for item in listing.items] == ["/1", "/2"]


def test_plain_text_sitemap() -> None:
    listing = listing_of("https://outlet.example/1\r\n\r\nhttps://outlet.example/خبر\n".encode(), BASE, "text/plain")
    assert listing is not None
    assert [item.url for item in listing.items] == [
        "https://outlet.example/1",
        "https://outlet.example/%D8%AE%D8%A8%D8%B1",
    ]
    assert listing_of(b"https://outlet.example/1\nand some words", BASE, "text/plain") is None


def test_no_more_than_the_protocol_allows_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.sitemaps.MOST_ITEMS", 500)
    many = b"<urlset>" + b"".join(b"<url><loc>/%d</loc></url>" % number for number in range(510))
    listing = listing_of(many, BASE, None)
    assert listing is not None
    assert len(listing.items) == 500


def test_compression_bomb_costs_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.sitemaps.LARGEST", 4 << 20)
    monkeypatch.setattr("tawthiq.capture.sitemaps.BLOCK", 1 << 16)
    bomb = gzip.compress(b"<urlset><url><loc>/1</loc></url>" + b" " * (64 << 20))
    tracemalloc.start()
    listing = listing_of(bomb, BASE, None)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 48 << 20
    assert listing is not None
    assert [item.url for item in listing.items] == ["https://outlet.example/1"]
    assert "larger" in listing.remarks[-1]


def test_damaged_gzip_gives_what_came_before_the_damage() -> None:
    packed = gzip.compress(URLSET.encode() * 50)
    listing = listing_of(packed[: len(packed) - 20], BASE, None)
    assert listing is not None
    assert listing.items
    assert "damaged" in listing.remarks[-1]


@pytest.mark.parametrize("piece", [b"<![CDATA[", b"<!--", b"<a ", b"<", b"<url>", b"&#x", b"<loc>"])
def test_hostile_repetition_costs_no_more_than_its_length(piece: bytes) -> None:
    assert listing_of(b"<urlset>" + piece * 100_000, BASE, None) is not None
