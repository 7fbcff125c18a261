"""Chats exported as text: heads of many phones, remarks of the service, the order of day and month."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page import anatomy
from tawthiq.page.painting import is_partition
from tawthiq.page.platforms.chat_export import read_chat
from tawthiq.records.page import Page, ZoneKind

ANDROID = (
    "12/03/2021, 14:01 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.\n"
    '12/03/2021, 14:02 - Rima Saleh created group "Upper road"\n'
    "12/03/2021, 14:05 - Rima Saleh: Shots at the checkpoint.\n"
    "A bus is stuck: nobody can get out.\n"
    "12/03/2021, 14:06 - +963 900 000 111: <Media omitted>\n"
    "13/03/2021, 09:00 - +963 900 000 111: They took the driver away in the night"
)
IPHONE = (
    "[١٢\u200f/٣\u200f/٢٠٢١، ٢:٠٥:٣٣ م] \u200fخالد: سقطت قذيفة على المدرسة قبل قليل\nالأطفال في القبو\n"
    "\u200f[١٢\u200f/٣\u200f/٢٠٢١، ٢:٠٩:١٠ م] \u200fأم ليث: \u200fتم استبعاد الصورة\n"
    "[١٣\u200f/٣\u200f/٢٠٢١، ١٢:٠٠:٠٠ ص] \u200fأم ليث: نحن بخير والحمد لله"
)
COPIED = (
    "Rima A., [12.03.2021 14:05]\nShots at the upper checkpoint now.\n\nTarek, [12.03.2021 14:20]\nThe driver is hurt."
)


def chat(text: str) -> Page:
    return anatomy(text.encode(), id="chat", content_type="text/plain")


def test_every_message_is_a_post_of_its_author_and_body() -> None:
    page = chat(ANDROID)
    assert [(post.account, post.span.of(page.text)) for post in page.posts] == [
        ("Rima Saleh", "Shots at the checkpoint.\nA bus is stuck: nobody can get out."),
        ("+963 900 000 111", "They took the driver away in the night"),
    ]
    assert page.body == "\n".join(post.span.of(page.text) for post in page.posts)
    assert (page.outlet, page.title, page.published) == (None, None, None)


def test_remarks_of_the_service_and_attachments_are_kept_and_no_body() -> None:
    page = chat(ANDROID)
    other = " ".join(span.of(page.text) for span in page.zones_of(ZoneKind.OTHER))
    assert all(words in other for words in ("end-to-end encrypted", "created group", "<Media omitted>"))


def test_arabic_digits_and_marks_of_direction_are_read() -> None:
    page = chat(IPHONE)
    first, last = page.posts
    assert (first.account, first.moment) == ("خالد", "١٢/٣/٢٠٢١، ٢:٠٥:٣٣ م")
    assert first.published is not None
    assert (first.published.day, first.published.clock) == (date(2021, 3, 12), time(14, 5, 33))
    assert last.published is not None
    assert (last.published.day, last.published.clock) == (date(2021, 3, 13), time(0, 0))
    assert [span.of(page.text) for span in page.zones_of(ZoneKind.BODY)] == [
        "سقطت قذيفة على المدرسة قبل قليل\nالأطفال في القبو",
        "نحن بخير والحمد لله",
    ]


def test_messages_copied_out_of_telegram_have_their_name_above() -> None:
    page = chat(COPIED)
    assert [(post.account, post.moment, post.span.of(page.text)) for post in page.posts] == [
        ("Rima A.", "12.03.2021 14:05", "Shots at the upper checkpoint now."),
        ("Tarek", "12.03.2021 14:20", "The driver is hurt."),
    ]


@pytest.mark.parametrize("word", ["Médias omis", "Multimedia omitido", "Medien ausgeschlossen", "Medya dahil edilmedi"])
def test_attachments_are_known_in_the_languages_of_phones(word: str) -> None:
    page = chat(f"12/03/2021 à 22:06 - Yassine: Ils sont là\n13/03/2021 à 22:07 - Yassine: <{word}>")
    assert [(post.moment, post.span.of(page.text)) for post in page.posts] == [("12/03/2021 à 22:06", "Ils sont là")]


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (("3/13/21", "3/14/21"), date(2021, 3, 13)),
        (("13/3/21", "14/3/21"), date(2021, 3, 13)),
        (("2021-03-04", "2021-03-05"), date(2021, 3, 4)),
        (("3/4/21", "3/9/21", "5/1/21"), date(2021, 3, 4)),
        (("4.3.21", "5.3.21"), date(2021, 3, 4)),
        (("3/4/2021", "3/5/2021"), None),
        (("31/31/21", "1/2/21"), None),
    ],
)
def test_day_and_month_are_told_by_the_whole_chat_or_not_at_all(days: tuple[str, ...], due: date | None) -> None:
    page = chat("\n".join(f"{day}, 2:05 PM - Rima: what happened at {day}" for day in days))
    assert len(page.posts) == len(days)
    published = page.posts[0].published
    assert (published.day if published else None) == due


@pytest.mark.parametrize(
    "text",
    [
        "قصف على سوق البلدة\nقال شهود يوم 12/03/2021، 14:05 - إن القصف طال السوق: ثلاث قذائف سقطت هناك ظهر اليوم.",
        "12/03/2021, 14:05 - One line alone: no chat",
        "Timeline of the day\n14:05 - the first shell falls: two hurt\n14:10 - the second shell falls: none hurt",
    ],
)
def test_a_report_is_no_chat(text: str) -> None:
    assert read_chat(text) is None


HEADS = ("12/03/2021, 14:05 - Rima: ", "[١٢/٣/٢٠٢١، ٢:٠٥ م] أم ليث: ", "A, [1.2.2021 14:05]", "99/99/9999, 99:99 - X: ", "12/03/2021, 14:05 - ")  # fmt: skip  # noqa: E501


@given(st.lists(st.sampled_from(HEADS) | st.text(max_size=30), max_size=12).map("\n".join))
@settings(deadline=None)
def test_any_chat_is_covered_by_zones(text: str) -> None:
    found = read_chat(text)
    if found is not None:
        assert is_partition(found.zones, len(text))
        assert all(post.span.of(text).strip() for post in found.posts)
