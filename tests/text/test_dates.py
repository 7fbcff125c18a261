"""Times: what each expression resolves to, what stays open, and the day a text counts from."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.records.period import Period, Precision, When
from tawthiq.records.span import Span
from tawthiq.text.dates import anchor, calendar_dates, times

PUBLISHED = date(2016, 10, 27)  # a Thursday


def one(text: str, published: date | None = PUBLISHED, language: str = "ar") -> When:
    found = times(text, language, published)
    assert len(found) == 1, found
    return found[0]


def days(when: When) -> tuple[str, str] | None:
    return (when.period.first.isoformat(), when.period.last.isoformat()) if when.period else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("وقع أمس", "2016-10-26"),
        ("أول من أمس", "2016-10-25"),
        ("مبارح المسا", "2016-10-26"),
        ("فجر اليوم", "2016-10-27"),
        ("مساء الثلاثاء", "2016-10-25"),
        ("يوم الخميس", "2016-10-27"),
        ("الخميس الماضي", "2016-10-20"),
        ("الجمعة الفائت", "2016-10-21"),
        ("قبل يومين", "2016-10-25"),
        ("قبل قليل", "2016-10-27"),
        ("في 18 تشرين الأول الماضي", "2016-10-18"),
        ("28 كانون الأول", "2015-12-28"),
        ("الأربعاء 14/9", "2016-09-14"),
        ("السابع من هذا الشهر", "2016-10-07"),
        ("24 نيسان / أبريل 2015", "2015-04-24"),
        ("9 أغسطس (آب) 2015", "2015-08-09"),
        ("3 جويلية 2014", "2014-07-03"),
        ("17 محرم 1437 هـ", "2015-10-30"),
        ("yesterday evening", "2016-10-26"),
        ("on Monday", "2016-10-24"),
        ("last Thursday", "2016-10-20"),
        ("March 5, 2016", "2016-03-05"),
        ("5 March", "2016-03-05"),
        ("earlier today", "2016-10-27"),
        ("two days ago", "2016-10-25"),
    ],
)
def test_day(text: str, day: str) -> None:
    assert days(one(text)) == (day, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("الأسبوع الماضي", "2016-10-17", "2016-10-23"),
        ("الشهر الماضي", "2016-09-01", "2016-09-30"),
        ("العام الماضي", "2015-01-01", "2015-12-31"),
        ("منذ مطلع العام", "2016-01-01", "2016-10-27"),
        ("منذ أسبوع", "2016-10-20", "2016-10-27"),
        ("منذ 30 أيلول", "2016-09-30", "2016-10-27"),
        ("منذ انطلاق الحملة في 20 أيلول", "2016-09-20", "2016-10-27"),
        ("خلال الـ24 ساعة الماضية", "2016-10-26", "2016-10-27"),
        ("خلال الأربع والعشرين ساعة الماضية", "2016-10-26", "2016-10-27"),
        ("من 3 إلى 5 أيار", "2016-05-03", "2016-05-05"),
        ("بين 21 و25 تشرين الأول", "2016-10-21", "2016-10-25"),
        ("يومي الأربعاء والخميس", "2016-10-26", "2016-10-27"),
        ("ليل الثلاثاء - الأربعاء", "2016-10-25", "2016-10-26"),
        ("الليلة الماضية", "2016-10-26", "2016-10-27"),
        ("عام 2014", "2014-01-01", "2014-12-31"),
        ("آذار 2011", "2011-03-01", "2011-03-31"),
        ("أيار الماضي", "2016-05-01", "2016-05-31"),
        ("صيف 2014", "2014-06-01", "2014-08-31"),
        ("in 2013", "2013-01-01", "2013-12-31"),
        ("last week", "2016-10-17", "2016-10-23"),
        ("since the start of the year", "2016-01-01", "2016-10-27"),
        ("over the past 24 hours", "2016-10-26", "2016-10-27"),
        ("between March 22 and 24", "2016-03-22", "2016-03-24"),
        ("since the protests began in March 2011", "2011-03-01", "2016-10-27"),
    ],
)
def test_period(text: str, first: str, last: str) -> None:
    assert days(one(text)) == (first, last)


@pytest.mark.parametrize("text", ["أمس", "الثلاثاء", "5 أيار", "الأسبوع الماضي", "منذ يومين", "yesterday", "last year"])
def test_relative_time_stays_open_without_a_day_of_publication(text: str) -> None:
    when = one(text, None)
    assert when.period is None
    assert when.reason


@pytest.mark.parametrize("text", ["مؤخراً", "منذ أيام", "يومياً", "recently", "منذ أكثر من شهر"])
def test_vague_time_stays_open(text: str) -> None:
    assert one(text).period is None


def test_day_and_month_either_way_round_stay_open_in_english_only() -> None:
    assert one("04/05/2016", language="en").period is None
    assert days(one("04/25/2016", language="en")) == ("2016-04-25", "2016-04-25")
    assert days(one("04/05/2016", language="ar")) == ("2016-05-04", "2016-05-04")


@pytest.mark.parametrize("text", ["عاد آب من السفر", "قتل 3 في المدينة", "They may march", "اليومية", "بشكل عام"])
def test_words_that_only_look_like_times_are_left_alone(text: str) -> None:
    assert times(text, "ar", PUBLISHED) == []


def test_a_count_before_a_month_is_no_date() -> None:
    when = one("مقتل 12 في نيسان")
    assert when.mention.text == "نيسان"


def test_a_weekday_beside_a_count_is_no_date() -> None:
    assert days(one("اعتقل الإثنين اثني عشر محتجاً")) == ("2016-10-24", "2016-10-24")


def test_impossible_date_stays_open() -> None:
    assert one("31 نيسان 2015").period is None


def test_contradicting_weekday_is_named() -> None:
    when = one("الجمعة 26 تشرين الأول 2016")
    assert days(when) == ("2016-10-26", "2016-10-26")
    assert "conflict" in when.reason


def test_text_written_the_day_before_publication_counts_from_its_own_day() -> None:
    text = "قصفت الطائرات اليوم (الأربعاء) البلدة، وأمس قرية أخرى."
    assert anchor(text, PUBLISHED).day == date(2016, 10, 26)
    assert [days(when) for when in times(text, "ar", PUBLISHED)] == [("2016-10-26",) * 2, ("2016-10-25",) * 2]


def test_publication_stands_where_the_text_agrees_or_says_nothing() -> None:
    assert anchor("قصفت أمس الأربعاء", PUBLISHED).day == PUBLISHED
    assert anchor("لا شيء هنا", PUBLISHED).day == PUBLISHED
    assert anchor("لا شيء هنا", None).day is None


def test_same_day_refers_to_the_day_named_before() -> None:
    first, second = times("قصفت يوم الأحد البلدة، وفي اليوم نفسه أُحرق السوق", "ar", PUBLISHED)
    assert days(first) == days(second) == ("2016-10-23", "2016-10-23")


def test_within_limits_the_times_to_a_part() -> None:
    text = "أمس. اليوم."
    assert [when.mention.text for when in times(text, "ar", PUBLISHED, Span(4, len(text)))] == ["اليوم"]


def test_page_dates_have_day_month_and_year() -> None:
    assert [days(when) for when in calendar_dates("الإثنين، 24 أغسطس 2020 09:23 ص")] == [("2020-08-24", "2020-08-24")]
    assert calendar_dates("أغسطس 2020، أمس، 5 أيار") == []


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("3. März 2015", "2015-03-03"), ("12 de enero de 2017", "2017-01-12"), ("12 gennaio 2017", "2017-01-12"),
        ("5 stycznia 2018", "2018-01-05"), ("12 maart 2014", "2014-03-12"), ("4 de março de 2013", "2013-03-04"),
        ("17 ноября 2019", "2019-11-17"), ("1er juin 2014", "2014-06-01"), ("23 Nisan 2015", "2015-04-23"),
    ],
)  # fmt: skip
def test_dates_are_read_as_pages_of_other_languages_print_them(printed: str, day: str) -> None:
    assert [days(when) for when in calendar_dates(f"{printed}, 14:23")] == [(day, day)]


def test_dates_as_outlets_print_them(shared: Path) -> None:
    for case in json.loads((shared / "specs/outlet_dates.json").read_text(encoding="utf-8")):
        found = [when.period.first.isoformat() for when in calendar_dates(case["text"]) if when.period]
        assert found == [case["date"]], case


PIECES = (
    "أمس اليوم الجمعة مساء 24 31 نيسان أبريل 2016 1437 محرم منذ من إلى بين و قبل بعد يومين الشهر الماضي مطلع صيف 24/10 "
    "- / ( ) , : خلال الساعة 99999999999 شهر last week May 3 and ago days since الـ ٣ عام 0"
)
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=10)


@given(
    st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("".join)), st.dates() | st.none(), st.sampled_from(["ar", "en"])
)
def test_any_text_is_read_and_spans_are_in_order_and_in_range(text: str, published: date | None, language: str) -> None:
    end = 0
    for when in times(text, language, published):
        span = when.mention.span
        assert end <= span.start < span.end <= len(text)
        assert when.mention.text == span.of(text)
        assert when.reason
        end = span.end


@pytest.mark.parametrize("text", ["1 " * 5000, "1-" * 5000, "آذار " * 3000, "9" * 5000, "و 3 " * 3000])
def test_long_rows_of_figures_and_names_are_read_to_the_end(text: str) -> None:
    assert all(when.mention.span.end <= len(text) for when in times(text, "ar", PUBLISHED))


@pytest.mark.parametrize("published", [date.min, date.max])
def test_nothing_is_counted_from_a_publication_centuries_away(published: date) -> None:
    assert one("أمس", published).period is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("لليوم الثالث على التوالي", "2016-10-25", "2016-10-27"),
        ("دخلت يومها الخامس", "2016-10-23", "2016-10-27"),
        ("for a third consecutive day", "2016-10-25", "2016-10-27"),
        ("entered its fourth day", "2016-10-24", "2016-10-27"),
        ("أول يوم جمعة من شباط 2016", "2016-02-05", "2016-02-05"),
        ("the second Monday of March 2016", "2016-03-14", "2016-03-14"),
        ("الأسبوع الماضي بين الاثنين والأربعاء", "2016-10-17", "2016-10-19"),
        ("the week of 14 September", "2016-09-12", "2016-09-18"),
        ("الأسبوع قبل الماضي", "2016-10-10", "2016-10-16"),
        ("قبل سنتين وشهر", "2014-09-01", "2014-09-30"),
        ("قبل شهر و3 أيام", "2016-09-24", "2016-09-24"),
        ("منذ سنة وشهرين", "2015-08-27", "2016-10-27"),
        ("بقية الأسبوع", "2016-10-27", "2016-10-30"),
        ("late September", "2016-09-21", "2016-09-30"),
        ("since early May", "2016-05-01", "2016-10-27"),
        ("May of last year", "2015-05-01", "2015-05-31"),
        ("5 نيسان من العام الماضي", "2015-04-05", "2015-04-05"),
        ("the last day of August 2016", "2016-08-31", "2016-08-31"),
        ("in three days", "2016-10-25", "2016-10-27"),
        ("قبل نصف ساعة", "2016-10-27", "2016-10-27"),
        ("مبارحة الصبح", "2016-10-26", "2016-10-26"),
        ("الأسبوع اللي فات", "2016-10-17", "2016-10-23"),
        ("over the weekend", "2016-10-22", "2016-10-23"),
    ],
)
def test_periods_of_weeks_and_days_that_run(text: str, first: str, last: str) -> None:
    language = "en" if text.isascii() else "ar"
    assert days(one(text, language=language)) == (first, last)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("for three months", "en"),
        ("every Friday", "en"),
        ("كل يوم جمعة", "ar"),
        ("منذ بضعة أيام", "ar"),
        ("اليوم الثالث من الحملة", "ar"),
    ],
)
def test_a_length_a_habit_and_a_numbered_day_of_something_tell_no_date(text: str, language: str) -> None:
    assert days(one(text, language=language)) is None


def test_a_year_in_the_next_sentence_is_not_the_years_of_a_month() -> None:
    first, second = times("It began in April. In 2014 more came.", "en", PUBLISHED)
    assert (days(first), days(second)) == (("2016-04-01", "2016-04-30"), ("2014-01-01", "2014-12-31"))


def test_an_ordinal_of_a_year_is_no_day_of_a_war() -> None:
    assert [when.mention.text for when in times("The war has entered its seventh year.", "en", PUBLISHED)] == []


def test_yesterday_with_the_weekday_of_publication_is_that_day() -> None:
    found = times("قُصف الحي أمس الخميس.", "ar", PUBLISHED)
    assert [days(when) for when in found] == [("2016-10-27", "2016-10-27")]
    assert anchor("قُصف الحي أمس الخميس.", PUBLISHED).day == date(2016, 10, 28)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("نلتقي في 12", "2016-10-12", "2016-10-12"),
        ("موعدنا للثاني والعشرين", "2016-10-22", "2016-10-22"),
        ("نسافر إلى 29.", "2016-10-29", "2016-10-29"),
        ("نعود 9-4", "2016-04-09", "2016-04-09"),
        ("نعود في 4.22", "2016-04-22", "2016-04-22"),
        ("سننهي العمل 2015.3", "2015-03-01", "2015-03-31"),
        ("الشهر التالي", "2016-11-01", "2016-11-30"),
        ("ننهي هذا في الأسبوع", "2016-10-24", "2016-10-30"),
        ("عام 632", "0632-01-01", "0632-12-31"),
        ("اليوم القادم", "2016-10-28", "2016-10-28"),
    ],
)
def test_general_texts_name_days_that_reports_do_not(text: str, first: str, last: str) -> None:
    found = times(text, "ar", PUBLISHED, general=True)
    assert [days(when) for when in found] == [(first, last)]
    assert [days(when) for when in times(text, "ar", PUBLISHED)] != [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("بعد منتصف ليل الثلاثاء الأربعاء", "2016-10-25", "2016-10-26"),
        ("الثلاثاء (25 تشرين الأول)", "2016-10-25", "2016-10-25"),
        ("Tuesday (October 25)", "2016-10-25", "2016-10-25"),
        ("بشهر 3", "2016-03-01", "2016-03-31"),
        ("شهر 4 الماضي", "2016-04-01", "2016-04-30"),
        ("بين 26 و29 تشرين الأول", "2016-10-26", "2016-10-29"),
        ("the second quarter of 2015", "2015-04-01", "2015-06-30"),
        ("the first day of Ramadan", "2016-06-06", "2016-06-06"),
        ("السبت الماضي 22 تشرين الأول", "2016-10-22", "2016-10-22"),
        ("Tuesday at 3 p.m.", "2016-10-25", "2016-10-25"),
        ("النصف الأول من أيلول", "2016-09-01", "2016-09-15"),
        ("بعد منتصف الليلة الماضية", "2016-10-27", "2016-10-27"),
        ("25_10_2016", "2016-10-25", "2016-10-25"),
    ],
)
def test_dates_in_brackets_in_numbers_and_in_parts_of_the_year(text: str, first: str, last: str) -> None:
    assert days(one(text, language="en" if text.isascii() else "ar")) == (first, last)


def test_a_count_behind_a_weekday_is_not_taken_for_its_day() -> None:
    assert [when.mention.text for when in times("last Friday 5 people died", "en", PUBLISHED)] == ["last Friday"]


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("في 10 أيلول ثم في 22 من الشهر نفسه", "ar", "2016-09-22", "2016-09-22"),
        ("اعتقل في آذار 2015 وعاد في آب من العام نفسه", "ar", "2015-08-01", "2015-08-31"),
        ("in May 2014 and in August of the same year", "en", "2014-08-01", "2014-08-31"),
        ("on 10 April and on the 22nd of the same month", "en", "2016-04-22", "2016-04-22"),
    ],
)
def test_the_same_month_and_year_are_those_named_before(text: str, language: str, first: str, last: str) -> None:
    assert days(times(text, language, PUBLISHED)[-1]) == (first, last)


def test_a_day_of_the_month_that_is_not_yet_is_one_of_the_month_before() -> None:
    assert days(one("في 29 من الشهر")) == ("2016-09-29", "2016-09-29")


def test_a_date_in_two_calendars_is_one_day() -> None:
    when = one("الخميس 27 تشرين الأول 2016 - 26 محرم 1438")
    assert when.period == Period(PUBLISHED, PUBLISHED, Precision.DAY)


def test_the_verb_march_is_no_month() -> None:
    assert [when.mention.text for when in times("They joined the march on Friday.", "en", PUBLISHED)] == ["Friday"]


def test_a_month_word_before_a_counted_noun_is_no_month_of_that_number() -> None:
    assert all(when.mention.text != "شهر 3" for when in times("خلال شهر 3 غارات", "ar", PUBLISHED))
