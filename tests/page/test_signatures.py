# ruff: noqa: E501 (sample markup reads better unbroken)
import pytest

from tawthiq.page import anatomy
from tawthiq.records.page import ZoneKind

TEXT = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."


def byline(before: str = "", after: str = "", people: tuple[str, ...] = ()) -> str | None:
    named = ", ".join(f'{{"@type": "Person", "name": "{name}"}}' for name in people)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": [{named}]}}</script>'
    source = f"<html><head>{head}</head><body><article><h1>Market shelled at noon</h1>{before}<p>{TEXT}</p><p>{TEXT}</p>{after}</article>"
    page = anatomy(source.encode(), id="s")
    assert "Stone" not in page.body
    return page.byline


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='byline'>By Mary Stone and John Hill</div>",
        "<div class='authors'><a rel='author' href='/m'>Mary Stone</a> <a rel='author' href='/j'>John Hill</a></div>",
        "<p>By Mary Stone and John Hill, Beirut</p>",
        "<div>By</div><div>Mary Stone and John Hill</div>",
        "<div class='byline'><span>Mary Stone</span><br><span>John Hill</span></div>",
    ],
)
def test_all_who_signed_are_kept(markup: str) -> None:
    assert byline(markup) == "Mary Stone and John Hill"


def test_a_list_cut_short_is_made_whole_by_the_metadata() -> None:
    assert byline("<p>By Mary Stone</p>", people=("Mary Stone", "John Hill")) == "Mary Stone and John Hill"


def test_metadata_names_the_person_where_the_page_shows_nobody() -> None:
    assert byline(people=("Mary Stone",)) == "Mary Stone"
    assert byline(people=("Valley Desk",)) is None


def test_a_note_about_an_author_below_the_body_is_no_body() -> None:
    assert byline(after="<div class='author-bio'>Mary Stone has reported from the valley since 2011.</div>") is None


def test_the_signature_is_painted() -> None:
    source = f"<body><article><h1>Market shelled at noon</h1><p>By Mary Stone</p><p>{TEXT}</p><p>{TEXT}</p></article>"
    page = anatomy(source.encode(), id="s")
    assert [span.of(page.text).strip() for span in page.zones_of(ZoneKind.BYLINE)] == ["By Mary Stone"]
