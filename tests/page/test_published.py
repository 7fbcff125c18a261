# ruff: noqa: E501 (sample lines read better unbroken)
from datetime import date, time

import pytest

from tawthiq.page.published import SeenDate, dates_of_line, dates_of_page, disagreement, marked_as
from tawthiq.records.page import DateSource, PageDate


def told(day: date, clock: time | None = None, zone: str | None = None) -> PageDate:
    return PageDate(day, clock, zone, DateSource.METADATA, day.isoformat())


def seen(line: str) -> list[SeenDate]:
    return dates_of_line(line, 0, len(line))


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("نشر في: 12/03/2020 آخر تحديث: 13/03/2020", ["published", "updated"]),
        ("Posted: Aug 08, 2024 4:00 AM EDT | Last Updated: August 9, 2024", ["published", "updated"]),
        ("Published: 12 March 2021, 10:00 GMT | Updated: 13 March 2021, 11:00 GMT", ["published", "updated"]),
        ("تم التعديل في 12 آذار 2020", ["updated"]),
        ("12 آذار 2020", [None]),
        ("بروزرسانی: 7 اردیبهشت 1400", ["updated"]),
    ],
)
def test_words_before_a_date_mark_it(line: str, marks: list[str | None]) -> None:
    assert [one.marked for one in seen(line)] == marks


@pytest.mark.parametrize(
    ("line", "clock", "zone"),
    [
        ("12 مارس 2024 الساعة 5:30 مساء بتوقيت مكة المكرمة", time(17, 30), "بتوقيت مكة المكرمة"),
        ("Aug 08, 2024 4:00 AM EDT", time(4), "EDT"),
        ("25 Apr 2024 14:07:31 +0200", time(14, 7, 31), "+0200"),
        ("12 March 2021, 10:00 GMT", time(10), "GMT"),
        ("١٥ نيسان / أبريل ٢٠٢١ - ١٠:٣٠ م", time(22, 30), None),
        ("13 Mar 2024 09.15 GMT", time(9, 15), "GMT"),
        ("12 March 2021", None, None),
    ],
)
def test_the_clock_and_zone_are_kept_as_displayed(line: str, clock: time | None, zone: str | None) -> None:
    [found] = seen(line)
    assert (found.value.clock, found.value.zone) == (clock, zone)
    assert found.value.text in line


@pytest.mark.parametrize(
    "line", ["2021", "آذار 2021", "March 2021", "© 2021 جميع الحقوق محفوظة", "قبل 3 ساعات", "3 hours ago", "اليوم هو 12 آذار 2021", "تاريخ الاعتقال: 12 آذار 2021"]
)  # fmt: skip
def test_less_than_a_full_day_and_days_of_others_are_no_date(line: str) -> None:
    assert not seen(line)


@pytest.mark.parametrize("line", ["15 رمضان 1442 هـ - 27 أبريل 2021 م", "الاثنين 15 رمضان 1442هـ الموافق 27 أبريل 2021", "سه شنبه ۷ اردیبهشت ۱۴۰۰", "نشر في 27 نيسان / أبريل 2021"])  # fmt: skip
def test_other_calendars_and_double_names_tell_the_same_day(line: str) -> None:
    assert {one.value.day for one in seen(line)} == {date(2021, 4, 27)}


def test_an_update_is_never_the_publication() -> None:
    dates = dates_of_page(seen("آخر تحديث: 13/03/2020"), [], None, None)
    assert dates.published is None
    assert dates.updated is not None
    assert dates.updated.day == date(2020, 3, 13)


def test_metadata_stands_beside_what_is_displayed() -> None:
    dates = dates_of_page(
        seen("12 March 2021 | Updated 14 March 2021"), [], told(date(2021, 3, 12)), told(date(2021, 3, 15))
    )
    assert dates.published is not None
    assert dates.published.source is DateSource.VISIBLE
    assert dates.published_metadata == told(date(2021, 3, 12))
    assert dates.updated is not None
    assert (dates.updated.day, dates.updated_metadata) == (date(2021, 3, 14), told(date(2021, 3, 15)))


def test_among_unmarked_dates_the_one_that_the_metadata_tells_is_taken() -> None:
    dates = dates_of_page([*seen("3 May 2019"), *seen("12 March 2021")], [], told(date(2021, 3, 12)), None)
    assert dates.published is not None
    assert dates.published.day == date(2021, 3, 12)


def test_figures_are_read_in_the_order_that_the_metadata_confirms() -> None:
    dates = dates_of_page(seen("03/12/2021"), [], told(date(2021, 3, 12)), None)
    assert dates.published is not None
    assert (dates.published.day, dates.published.text) == (date(2021, 3, 12), "03/12/2021")


def test_time_elements_stand_in_for_metadata() -> None:
    machine = [SeenDate(told(date(2021, 3, 12)), 0, 3, None), SeenDate(told(date(2021, 3, 13)), 4, 7, "updated")]
    dates = dates_of_page([], machine, None, None)
    assert (dates.published, dates.updated) == (told(date(2021, 3, 12)), told(date(2021, 3, 13)))


def test_a_difference_that_the_zone_explains_is_told_so() -> None:
    shown = PageDate(date(2021, 3, 15), time(1, 30), None, DateSource.VISIBLE, "15/3")
    note = disagreement(shown, told(date(2021, 3, 14), time(22, 30), "+00:00"))
    assert note == (
        "the page displays 2021-03-15 and its metadata says 2021-03-14; the day differs as the metadata is given in UTC"
    )
    assert disagreement(shown, told(date(2021, 3, 14), time(22, 30), "+03:00")) == note.split(";")[0]
    assert disagreement(shown, told(date(2021, 3, 10), time(22, 30), "Z")) is not None
    assert "UTC" not in (disagreement(shown, told(date(2021, 3, 10), time(22, 30), "Z")) or "")
    assert disagreement(shown, told(date(2021, 3, 15))) is None


def test_words_that_say_nothing_mark_nothing() -> None:
    assert marked_as("Beirut,") is None
    assert marked_as("تاريخ النشر:") == "published"
