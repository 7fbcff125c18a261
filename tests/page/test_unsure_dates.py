from datetime import date, time

import pytest

from tawthiq.page import anatomy
from tawthiq.page.published import SeenDate, dates_of_line, dates_of_page
from tawthiq.page.unsure_dates import doubt, readings, settled
from tawthiq.records.page import DateSource, Page, PageDate

TEXTS = {
    "en": "The council met in the hall of the town and heard what the residents had to say about the water supply.",
    "fr": "Le conseil de la ville est réuni dans la salle et les habitants ont dit ce qu'ils pensent de la distribution.",
    "ar": "اجتمع مجلس البلدة في القاعة واستمع إلى ما قاله السكان عن شبكة المياه في الأحياء الشرقية من المدينة.",
}


def shown(text: str) -> PageDate:
    return dates_of_line(text, 0, len(text))[0].value


def seen(*lines: str) -> list[SeenDate]:
    return [one for line in lines for one in dates_of_line(line, 0, len(line))]


def told(day: date) -> PageDate:
    return PageDate(day, None, None, DateSource.METADATA, day.isoformat())


def page(displayed: str, *, language: str = "en", head: str = "", url: str | None = None) -> Page:
    text = f"<p>{TEXTS[language]}</p>" * 3
    title = TEXTS[language][:40]
    markup = f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{displayed}</p>{text}</article></body></html>"
    return anatomy(markup.encode(), id="page", url=url)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/12/2021", {date(2021, 12, 3), date(2021, 3, 12)}),
        ("03-12-21 10:30", {date(2021, 12, 3), date(2021, 3, 12)}),
        ("13/12/2021", {date(2021, 12, 13)}),
        ("12/13/2021", {date(2021, 12, 13)}),
        ("04/04/2021", {date(2021, 4, 4)}),
        ("2021/03/12", {date(2021, 3, 12)}),
        ("3 December 2021", {date(2021, 12, 3)}),
        ("Monday 04/06/2020", {date(2020, 4, 6)}),
        ("Thursday, 04/06/2020", {date(2020, 6, 4)}),
    ],
)
def test_figures_have_two_readings_unless_the_numbers_or_a_weekday_leave_one(text: str, days: set[date]) -> None:
    assert set(readings(shown(text))) == days


def test_an_english_page_that_leaves_the_order_open_tells_no_day_but_says_so() -> None:
    found = page("03/12/2021")
    assert found.published is None
    assert "03/12/2021 can be 3 December or 12 March" in found.notes


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_where_readers_put_the_day_first_that_reading_stands(language: str) -> None:
    found = page("03/12/2021", language=language)
    assert found.published is not None
    assert found.published.day == date(2021, 12, 3)
    assert not found.notes


def test_plain_text_follows_the_same_rule() -> None:
    found = anatomy(f"Council hears residents\n\nPublished 03/12/2021\n\n{TEXTS['en']}\n".encode(), id="page")
    assert found.published is None
    assert "03/12/2021 can be 3 December or 12 March" in found.notes


def test_metadata_settles_the_order_even_a_day_off() -> None:
    head = '<meta property="article:published_time" content="2021-03-13T01:00:00Z">'
    found = page("03/12/2021", head=head)
    assert found.published is not None
    assert (found.published.day, found.published.text) == (date(2021, 3, 12), "03/12/2021")
    assert not any("can be" in note for note in found.notes)


@pytest.mark.parametrize("path", ["2021/03/council", "2021/03/12/council", "2021-03-12-council", "news/20210312.html"])
def test_the_address_of_the_page_settles_the_order(path: str) -> None:
    found = page("03/12/2021", url=f"https://outlet.example/{path}")
    assert found.published is not None
    assert found.published.day == date(2021, 3, 12)


@pytest.mark.parametrize(
    ("other", "day"),
    [
        ("12 March 2021", date(2021, 3, 12)),
        ("Updated: 25/12/2021", date(2021, 12, 3)),
        ("Updated: 03/25/2021", date(2021, 3, 12)),
        ("Updated: 04/12/2021", None),
        ("5 May 2019", None),
    ],
)
def test_another_displayed_date_settles_the_order(other: str, day: date | None) -> None:
    others = [one.value for one in seen("03/12/2021", other)]
    assert settled(others[0], None, others, None) == day


def test_an_update_in_figures_is_left_open_too() -> None:
    dates = dates_of_page(seen("1 March 2021 | Updated: 03/12/2021"), [], None, None, language=lambda: "en")
    assert dates.updated is None
    assert dates.notes == ("03/12/2021 can be 3 December or 12 March",)


def test_metadata_of_quite_another_day_settles_nothing_and_is_told() -> None:
    dates = dates_of_page(seen("03/12/2021"), [], told(date(2020, 5, 5)), None, language=lambda: "und")
    assert dates.published == told(date(2020, 5, 5))
    assert dates.notes


def test_a_date_in_words_raises_no_doubt() -> None:
    assert doubt(shown("3 December 2021")) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("19 Nov 19", date(2019, 11, 19)),
        ("18-Nov-19", date(2019, 11, 18)),
        ("Nov 18, ’19", date(2019, 11, 18)),
        ("Posted: March 5, 21", date(2021, 3, 5)),
        ("18 نوفمبر 19", date(2019, 11, 18)),
        ("5 Dec. 98", date(1998, 12, 5)),
    ],
)
def test_a_year_of_two_figures_beside_a_months_name_is_read(line: str, day: date) -> None:
    [found] = seen(line)
    assert found.value.day == day
    assert found.value.text == line.removeprefix("Posted: ")


def test_a_clock_behind_a_short_year_keeps_its_place() -> None:
    line = "Posted Nov 18, ’19 at 10:30 AM | by the desk"
    [found] = seen(line)
    assert (found.value.clock, found.value.text) == (time(10, 30), "Nov 18, ’19 at 10:30 AM")
    assert line[found.start : found.end] == found.value.text


@pytest.mark.parametrize(
    "line",
    ["18 Nov 19:30", "18 Nov 19.30", "18 Nov 19h30", "18 Nov 19 comments", "May 21, 20 comments", "On 5 March 21 left"],
)
def test_a_number_that_counts_or_opens_a_clock_is_no_year(line: str) -> None:
    assert not seen(line)
