"""Saved pages of platforms, in our own wording and markup like theirs: whose words are body, and who posted when."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.platform_due import DUE
from tawthiq.page import anatomy
from tawthiq.page.contract import page_from_json, page_to_json
from tawthiq.page.painting import is_partition
from tawthiq.records.page import DateSource, Page, ZoneKind

PAGES = Path(__file__).parent / "platform_pages"


def read(name: str, url: str | None = None) -> Page:
    return anatomy((PAGES / f"{name}.html").read_bytes(), id=name, url=url)


def reasons(page: Page, kind: ZoneKind) -> dict[str, str]:
    return {zone.span.of(page.text).strip(): zone.reason for zone in page.zones if zone.kind is kind}


@pytest.mark.parametrize("name", list(DUE))
def test_the_words_of_the_account_are_body_and_replies_are_comments(name: str) -> None:
    page, due = read(name), DUE[name]
    assert tuple(span.of(page.text) for span in page.zones_of(ZoneKind.BODY)) == due.body
    found = tuple((c.author, c.date, c.span.of(page.text)) for c in page.comments)
    assert found == due.comments
    assert is_partition(page.zones, len(page.text))


@pytest.mark.parametrize("name", list(DUE))
def test_each_post_has_its_account_handle_and_moment_as_displayed(name: str) -> None:
    page, due = read(name), DUE[name]
    found = tuple(
        (post.account, post.handle, post.moment, post.published.day.isoformat() if post.published else None)
        for post in page.posts
    )
    assert found == due.posts
    assert page_from_json(page_to_json(page)) == page


@pytest.mark.parametrize("name", list(DUE))
def test_the_page_speaks_in_the_name_of_the_account_and_has_no_title(name: str) -> None:
    page, due = read(name, url="https://archive.example.org/x"), DUE[name]
    assert (page.outlet, page.title, page.byline) == (due.outlet, None, None)
    assert (page.published.day.isoformat() if page.published else None) == due.published


def test_an_attribute_of_another_day_than_the_displayed_one_is_kept_beside_it_and_told() -> None:
    page = read("x_translated_ar")
    assert page.published is not None
    assert page.published_metadata is not None
    assert (page.published.day, page.published.clock) == (date(2021, 2, 12), time(1, 42))
    assert (page.published_metadata.day, page.published_metadata.zone) == (date(2021, 2, 11), "Z")
    assert any("metadata says 2021-02-11" in note for note in page.notes)


def test_a_relative_moment_alone_gives_no_date() -> None:
    page = read("facebook_post_ar")
    assert page.published is None
    assert reasons(page, ZoneKind.DATE) == {"٣٥ أ": "the moment of posting"}


def test_an_attribute_in_full_dates_a_relative_moment() -> None:
    post = read("facebook_post_en").posts[0]
    assert post.published is not None
    assert (post.published.source, post.published.clock) == (DateSource.METADATA, time(14, 5))


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("telegram_preview_ar", "Forwarded from أخبار النهر"),
        ("telegram_export_en", "Upper Town Alerts 12.03.2021 14:15:00"),
        ("telegram_web_k", "Forwarded from مكتب الضفة"),
    ],
)
def test_the_origin_of_a_forwarded_message_is_told_in_a_byline(name: str, origin: str) -> None:
    assert reasons(read(name), ZoneKind.BYLINE)[origin] == "forwarded from"


def test_previews_answered_messages_quotes_and_suggestions_are_no_body() -> None:
    related = {
        **reasons(read("telegram_preview_ar"), ZoneKind.RELATED),
        **reasons(read("x_thread_en"), ZoneKind.RELATED),
    }
    told = " ".join(related)
    for words in ("تفاصيل إغلاق المعبر", "عاجل قصف مدفعي", "All pumping stations work normally", "roast a pumpkin"):
        assert words in told


def test_a_translation_by_the_platform_is_not_the_words_of_the_account() -> None:
    page = read("x_translated_ar")
    assert any("translation" in reason for reason in reasons(page, ZoneKind.OTHER).values())
    assert "Wide raid" not in page.body


def test_words_of_which_only_the_translation_is_shown_say_so() -> None:
    source = (PAGES / "x_translated_ar.html").read_text(encoding="utf-8")
    original = source[source.index('<div data-testid="tweetText" dir="auto" lang="ar">') : source.index("<div><button")]
    page = anatomy(source.replace(original, "", 1).encode(), id="x")
    assert reasons(page, ZoneKind.BODY) == {
        "Wide raid in the Tal district at dawn today and seven young men arrested.": (
            "the words of a post, as the platform translated them"
        )
    }


def test_a_bare_share_tells_whose_words_it_shows() -> None:
    assert reasons(read("facebook_bare_share_en"), ZoneKind.BYLINE)["Medical Team\n4d"] == "forwarded from"


def test_a_video_is_titled_as_the_page_shows_and_its_description_is_body() -> None:
    page = read("youtube_en")
    assert (page.title, page.outlet) == ("Strike on the depot, filmed from the roof", "Roof Camera")
    assert page.body.startswith("The depot at the eastern road")
    assert page.body.endswith("two firemen.")
    assert [(comment.author, comment.date) for comment in page.comments] == [("u1", "2 years ago")]
    assert "pasta" not in page.body


def test_an_article_that_quotes_a_post_stays_an_article() -> None:
    page = read("article_with_embeds")
    assert (page.title, page.outlet) == ("Pumping station hit at the lake", "Shore Tribune")
    assert page.published is not None
    assert page.published.day == date(2021, 3, 13)
    quoted = "We heard it pass over the roof twice before it came down on the station. #Lake"
    assert reasons(page, ZoneKind.BODY)[quoted] == "the words of a post by Lake Monitor, quoted in the article"
    (post,) = page.posts
    assert (post.account, post.handle, post.moment) == ("Lake Monitor", "@lake_monitor", "March 12, 2021")
    assert post.span.of(page.text) == quoted
    assert "March 12, 2021" not in page.body
    assert "No group had claimed" in page.body


def test_an_article_with_a_message_in_the_platforms_own_markup_stays_an_article() -> None:
    page = read("article_with_inlined_post")
    assert (page.title, page.outlet, page.byline) == (
        "Flour convoy held at the border",
        "The Frontier Post",
        "Adel Fares",
    )
    (post,) = page.posts
    assert (post.account, post.handle, post.moment) == ("Drivers Union", "@drivers_union", "Mar 11, 2021 at 14:00")
    assert post.span.of(page.text) == "Still at gate two. No water since noon."
    assert post.span.of(page.text) in page.body
    assert page.published is None


def test_an_amp_page_is_an_article_without_its_components() -> None:
    page = read("amp_article_ar")
    assert page.body.count("\n") >= 3
    assert "ثلاثة من العمال" in page.body
    assert "سمعنا صوت الانفجار" in page.body
    assert not any(
        words in page.body for words in ("ملفات تعريف", "إعلان", "واتساب", "وصفات", "متجر عمره", "تلاميذ", "رياضة")
    )
    assert (page.outlet, page.title, len(page.posts)) == ("نافذة الريف", "حريق في سوق البلدة القديمة", 1)


@pytest.mark.parametrize("sign", ["<div class='tgme_widget_message'></div>", "<article data-testid='tweet'></article>", "<div class='timeline-item'>x</div>"])  # fmt: skip  # noqa: E501
def test_a_bare_sign_on_an_article_makes_no_platform_of_it(sign: str) -> None:
    source = (PAGES / "article_with_embeds.html").read_text(encoding="utf-8").replace("</article>", sign + "</article>")
    assert anatomy(source.encode(), id="x").title == "Pumping station hit at the lake"


def test_a_chronology_is_no_timeline_of_posts() -> None:
    entries = "".join(
        f"<div class='timeline-item'><h3>{month} 2013</h3><p>The checkpoint stays closed and no lorry passes.</p></div>"
        for month in ("March", "June")
    )
    page = anatomy(f"<html><body><h1>A chronology of the siege</h1>{entries}</body>".encode(), id="chronology")
    assert (page.title, page.posts) == ("A chronology of the siege", ())


PIECES = sorted(
    {piece for path in sorted(PAGES.glob("*.html")) for piece in path.read_text(encoding="utf-8").split("\n")}
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
@settings(max_examples=60, deadline=None)
def test_any_mixture_of_platforms_is_covered_by_zones(markup: str) -> None:
    page = anatomy(("<html><body>" + markup + "<p>x</p>").encode(), id="mixture")
    assert is_partition(page.zones, len(page.text))
    spans = [post.span for post in page.posts] + [comment.span for comment in page.comments]
    assert all(0 <= span.start < span.end <= len(page.text) for span in spans)


@pytest.mark.parametrize("name", ["Facebook", "X (formerly Twitter)"])
def test_a_platform_is_no_outlet_even_where_no_post_is_shown(name: str) -> None:
    source = (
        f"<html><head><title>Log in | {name}</title><meta property='og:site_name' content='{name}'></head><body>"
        "<h2>Log in</h2><p>You must log in to continue. This content is not available to everybody at the moment.</p>"
        "<form><button>Log in</button></form></body></html>"
    )
    host = "https://www.facebook.com/x/posts/1" if name == "Facebook" else "https://x.com/a/status/1"
    page = anatomy(source.encode(), id="wall", url=host)
    assert (page.outlet, page.title, page.posts) == (None, "Log in", ())


def test_the_address_alone_makes_a_page_without_signs_a_platforms() -> None:
    source = (PAGES / "facebook_photo_en.html").read_text(encoding="utf-8").replace(' id="facebook"', "")
    page = anatomy(source.encode(), id="photo", url="https://www.facebook.com/photo/?fbid=1")
    assert (page.outlet, page.body) == ("Mill Street News", DUE["facebook_photo_en"].body[0])
