# ruff: noqa: E501 (sample markup reads better unbroken)
import pytest

from tawthiq.page import anatomy
from tawthiq.records.page import Page, ZoneKind

FIRST = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."
SECOND = "Ambulances came half an hour after the last shell, they said, and took eleven people to the hospital."
THIRD = "The council closed the road to the bridge for the rest of the day while crews cleared the rubble."
LEAD = "At least eleven people were hurt when shells hit the market of a town in the valley at noon on Sunday."
HEAD = "<html><head>{}</head><body><nav><a href='/'>Home</a></nav>"


def page(body: str, head: str = "") -> Page:
    return anatomy((HEAD.format(head) + body).encode(), id="b", url="https://www.example.org/1")


def body(markup: str, head: str = "") -> str:
    return page(markup, head).body


def test_paragraphs_that_a_site_marks_as_paid_are_body() -> None:
    paid = "".join(f"<p class='paywall'>{text}</p>" for text in (FIRST, SECOND, THIRD))
    assert body(f"<article><h1>Market shelled at noon</h1>{paid}</article>") == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_a_box_that_asks_for_consent_is_no_body_however_long() -> None:
    consent = (
        "<div id='onetrust-consent'>"
        + "<p>We store cookies on your browser to collect information about you.</p>" * 12
        + "</div>"
    )
    found = page(f"<div><h1>Market shelled at noon</h1><p>{FIRST}</p><p>{SECOND}</p></div>{consent}")
    assert found.body == f"{FIRST}\n{SECOND}"


def test_the_lead_above_the_body_belongs_to_it_and_what_stands_between_does_not() -> None:
    markup = f"<article><h1>Market shelled at noon</h1><p class='lead'>{LEAD}</p><div class='info'><span>By Mary Stone</span><div>12 March 2021</div><div>Gift this article</div></div><div class='article-body'><p>{FIRST}</p><p>{SECOND}</p></div></article>"
    assert body(markup) == f"{LEAD}\n{FIRST}\n{SECOND}"


def test_a_lead_is_known_by_the_description_that_repeats_it() -> None:
    markup = f"<div class='top'><h1>Market shelled at noon</h1><h3>{LEAD[:-1]}</h3></div><div class='article-body'><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert body(markup, f"<meta property='og:description' content='{LEAD[:-1]}'>").startswith(LEAD[:-1])


def test_text_for_which_the_metadata_vouches_is_body_under_any_name() -> None:
    claim = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{FIRST} {SECOND} {THIRD}"}}</script>'
    markup = f"<div><h1>Market shelled at noon</h1><div class='story'><p>{FIRST}</p><p>{SECOND}</p></div><div class='related widget'><p>{THIRD}</p><p><a href='/b'>More about the bridge of the valley</a></p></div></div>"
    assert THIRD in body(markup, claim)
    assert THIRD not in body(markup)


def test_signatures_buttons_forms_pictures_and_teasers_inside_the_article_are_left_out() -> None:
    inside = (
        "<div class='author-box'><span>Mary Stone</span><p>Mary Stone reports from the valley.</p></div>"
        "<div class='modal'><p>Sign in to save this report for later reading.</p></div>"
        "<form><p>Get our news by mail every day of the week.</p><input></form>"
        "<figure><img src='x'><div>People flee the market after the attack.</div></figure>"
        "<section><h3><a href='/o'>A quiet day in the port</a></h3><p>Ships came and went as usual.</p></section>"
        "<button>Listen to this report</button>"
    )
    found = page(
        f"<article><h1>Market shelled at noon</h1><p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></article>"
    )
    assert found.body == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert any("People flee" in span.of(found.text) for span in found.zones_of(ZoneKind.CAPTION))
    assert any("quiet day" in span.of(found.text) for span in found.zones_of(ZoneKind.RELATED))


def test_short_lines_that_repeat_are_no_body() -> None:
    text = "".join(f"<div>Article content</div><p>{line}</p>" for line in (FIRST, SECOND, THIRD))
    assert body(f"<article><h1>Market shelled at noon</h1>{text}</article>") == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_a_quotation_or_table_in_a_figure_is_body() -> None:
    quoted = f"<figure><blockquote><p>{SECOND}</p></blockquote></figure><figure><table><tr><td>Northern market of the valley town</td></tr></table></figure>"
    found = body(f"<article><h1>Market shelled at noon</h1><p>{FIRST}</p>{quoted}<p>{THIRD}</p></article>")
    assert SECOND in found
    assert "Northern market" in found


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>",
        f"<table><tr><td width=120><a href='/a'>News</a><br><a href='/b'>Sport</a></td><td><font size=2>{FIRST}<br>{SECOND}<br>{THIRD}</font></td></tr></table>",
        f"<center><table><tr><td><p>{FIRST}<p>{SECOND}<p>{THIRD}</td></tr></table></center>",
        f"<div><div><p>{FIRST}</p></div><div><p>{SECOND}</p></div><div><p>{THIRD}</p></div></div>",
        f"<ul><li>{FIRST}</li><li>{SECOND}</li><li>{THIRD}</li></ul>",
    ],
)
def test_old_and_plain_layouts_are_read(markup: str) -> None:
    assert body(f"<h1>Market shelled at noon</h1>{markup}") == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_signature_and_moment_between_lead_and_text_are_no_body_without_any_name() -> None:
    markup = f"<main><h2>{LEAD}</h2><div>By Mary Stone</div><div>12 March 2021 | 10:30</div><p>{FIRST}</p><p>{SECOND}</p><div>14:20</div><p>{THIRD}</p></main>"
    found = page(markup)
    assert found.body == f"{LEAD}\n{FIRST}\n{SECOND}\n14:20\n{THIRD}"
    assert found.byline == "Mary Stone"


def test_a_teaser_under_a_short_linked_headline_is_left_out() -> None:
    teaser = f"<div><h3><a href='/1'>Rain in May</a></h3><div>{THIRD}</div></div>"
    assert body(
        f"<article><h1>Market shelled at noon</h1><p>{FIRST}</p><p>{SECOND}</p>{teaser}<p>{LEAD}</p></article>"
    ) == (f"{FIRST}\n{SECOND}\n{LEAD}")
