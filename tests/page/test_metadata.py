# ruff: noqa: E501 (sample lines read better unbroken)
from datetime import date, time

import pytest

from tawthiq.page.labels import label
from tawthiq.page.metadata import Metadata, iso_date, read_metadata
from tawthiq.page.tree import parse


def metadata(head: str, body: str = "<p>x</p>") -> Metadata:
    tree = parse(f"<html><head>{head}</head><body>{body}")
    label(tree)
    return read_metadata(tree)


def test_publication_and_last_change_are_told_apart() -> None:
    found = metadata(
        "<meta property='article:published_time' content='2021-03-12T10:00:00+03:00'>"
        "<meta property='article:modified_time' content='2021-03-13T08:15:00+03:00'>"
    )
    assert found.published is not None
    assert found.updated is not None
    assert (found.published.day, found.updated.day, found.updated.clock) == (
        date(2021, 3, 12),
        date(2021, 3, 13),
        time(8, 15),
    )


def test_linked_data_tells_dates_text_and_persons() -> None:
    found = metadata(
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-03-12", "dateModified": "2021-03-14",'
        ' "articleBody": "People fled.", "author": [{"@type": "Person", "name": "Mary Stone"}, {"@type": "Organization",'
        ' "name": "Valley Times"}], "publisher": {"name": "Valley Times"}}</script><meta name="author" content="admin">'
    )
    assert found.published is not None
    assert found.updated is not None
    assert (found.published.day, found.updated.day, found.text) == (
        date(2021, 3, 12),
        date(2021, 3, 14),
        "People fled.",
    )
    assert (found.authors, found.sites) == (("Mary Stone",), ("Valley Times",))


@pytest.mark.parametrize(
    "content", ["Fri Apr 28 19:20:36 CEST 2023", "Fri, 28 Apr 2023 19:20:36 +0200", "28 أبريل 2023 19:20"]
)
def test_dates_in_words_are_read_and_kept_as_written(content: str) -> None:
    found = metadata(f"<meta property='article:published_time' content='{content}'>").published
    assert found is not None
    assert (found.day, found.text) == (date(2023, 4, 28), content)


@pytest.mark.parametrize("content", ["03/04/2023", "2023", "2023-04", "April 2023", "soon", "0000-00-00"])
def test_figures_without_an_order_and_less_than_a_day_are_no_date(content: str) -> None:
    assert metadata(f"<meta property='article:published_time' content='{content}'>").published is None


def test_microdata_tells_both_dates() -> None:
    body = "<time itemprop='datePublished' datetime='2021-03-12'>x</time><time itemprop='dateModified' datetime='2021-03-14'>y</time>"
    found = metadata("", body)
    assert found.published is not None
    assert found.updated is not None
    assert (found.published.day, found.updated.day) == (date(2021, 3, 12), date(2021, 3, 14))


def test_a_zone_is_kept_as_written() -> None:
    found = iso_date("2021-03-12T22:30:00Z")
    assert found is not None
    assert (found.day, found.zone) == (date(2021, 3, 12), "Z")
