"""A part of a Telegram export as a page: who wrote what when, no word lost, each with its bytes."""

import json
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.telegram_exports import chat, cut, message, pages, written
from tawthiq.page.contract import page_from_json, page_to_json
from tawthiq.page.painting import is_partition
from tawthiq.page.platforms.telegram_json import telegram_page
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span

FORMATTED = [
    "قصف ",
    {"type": "bold", "text": "مدفعي"},
    " على ",
    {"type": "text_link", "text": "السوق", "href": "http://a"},
    "\nانتهى",
]


def test_a_message_is_a_post_of_its_author_with_its_formatting_taken_off() -> None:
    (found,) = pages(written(chat(message(5, FORMATTED))))
    (post,) = found.page.posts
    assert (post.account, post.handle, post.moment) == ("شبكة الوادي", "channel77", "2021-03-12T14:05:33")
    assert post.span.of(found.page.text) == "قصف مدفعي على السوق\nانتهى"
    assert found.page.body == "قصف مدفعي على السوق\nانتهى"
    assert (found.page.outlet, found.page.title, found.page.language) == ("شبكة الوادي", None, "ar")


def test_only_the_words_of_messages_are_body() -> None:
    origin = {
        "forwarded_from": "قناة أخرى",
        "reply_to_message_id": 4,
        "edited": "2021-03-12T15:00:00",
        "photo": "photos/photo_1.jpg",
    }
    service = {
        "id": 6,
        "type": "service",
        "date": "2021-03-12T14:06:00",
        "actor": "س",
        "action": "pin_message",
        "text": "ثبت",
    }
    (found,) = pages(written(chat(message(5, "نص الرسالة", **origin), service)))
    assert found.page.body == "نص الرسالة"
    zones = {zone.span.of(found.page.text).strip(): (zone.kind, zone.reason) for zone in found.page.zones}
    assert zones["قناة أخرى"] == (ZoneKind.BYLINE, "forwarded from")
    assert zones["4"] == (ZoneKind.OTHER, "the number of the message that this one answers")
    assert zones["2021-03-12T15:00:00"] == (ZoneKind.OTHER, "when the message was edited")
    assert zones["photos/photo_1.jpg"] == (ZoneKind.OTHER, "what is attached to a message")
    assert found.attached == ("photos/photo_1.jpg",)
    assert is_partition(found.page.zones, len(found.page.text))
    assert page_from_json(page_to_json(found.page)) == found.page


def test_who_signed_and_what_cannot_be_exported_are_told() -> None:
    signed = message(5, "نص", author="محرر القناة", via_bot="@a_bot")
    (found,) = pages(written(chat(signed, {"id": 6, "type": "unsupported"})))
    zones = {zone.span.of(found.page.text).strip(): zone.reason for zone in found.page.zones}
    assert zones["محرر القناة"] == "who signed the message"
    assert "unsupported" in found.page.text
    assert found.page.body == "نص"


def test_a_new_picture_of_the_group_is_a_file_that_a_remark_names() -> None:
    remark = {"id": 6, "type": "service", "date": "2021-03-12T14:06:00", "actor": "س", "action": "edit_group_photo"}
    (found,) = pages(written(chat(message(5), {**remark, "photo": "photos/photo_9.jpg"})))
    assert found.attached == ("photos/photo_9.jpg",)
    assert "edit_group_photo" in found.page.text
    assert "photo_9" not in found.page.body


def test_separators_are_read_as_telegram_writes_them() -> None:
    data = written(chat(message(5, "قبل#بعد"))).replace(b"#", b"\\u2028\x80\xa8")
    (found,) = pages(data)
    assert found.page.body == "قبل\u2028بعد"
    at = found.page.text.index("\u2028")
    (pointer,) = found.pointers(Span(at, at + 1))
    assert pointer.bytes is not None
    assert data[pointer.bytes.start : pointer.bytes.end] == b"\\u2028\x80\xa8"


def test_a_file_that_the_export_left_out_is_no_attachment() -> None:
    (found,) = pages(
        written(chat(message(5, "a", file="(File not included. Change data exporting settings to download.)")))
    )
    assert found.attached == ()


def test_a_page_has_the_day_of_its_messages_and_no_zone_that_nothing_proves() -> None:
    (found,) = pages(written(chat(message(5), message(6))))
    assert found.page.published is not None
    assert (found.page.published.day, found.page.published.clock) == (date(2021, 3, 12), None)
    published = found.page.posts[0].published
    assert published is not None
    assert (published.clock, published.zone) == (time(14, 5, 33), None)


@pytest.mark.parametrize(
    ("seconds", "zone"),
    [
        ("1615547133", "+03:00"),
        ("1615557933", "+00:00"),
        ("1615562433", "-01:15"),
        ("1615547134", None),
        ("1", None),
        ("x", None),
    ],
)
def test_the_distance_from_utc_is_told_only_where_both_clocks_agree(seconds: str, zone: str | None) -> None:
    (found,) = pages(written(chat(message(5, date_unixtime=seconds))))
    published = found.page.posts[0].published
    assert published is not None
    assert published.zone == zone


def test_a_deleted_account_is_nobody() -> None:
    (found,) = pages(written(chat({**message(5), "from": None, "from_id": None})))
    assert (found.page.posts[0].account, found.page.posts[0].handle) == (None, None)


@pytest.mark.parametrize("hostile", [{"a": 1}, [[["x"]]], [5, None], 7, None, True, [{"text": {"text": "x"}}]])
def test_a_text_of_a_hostile_kind_costs_that_text_alone(hostile: object) -> None:
    (found,) = pages(written(chat(message(5, hostile), message(6, "الباقي"))))
    assert found.page.body == "الباقي"


def test_bytes_that_are_no_json_are_named() -> None:
    (part,) = cut(written(chat(message(5)))).parts
    with pytest.raises(UnreadableCapture, match="no JSON"):
        telegram_page(b"{]", part, id="item 7")


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=1, max_size=4),
    st.booleans(),
)
def test_every_character_of_the_page_leads_to_bytes_that_say_it(words: list[str], ascii_only: bool) -> None:
    data = written(chat(*(message(number, each) for number, each in enumerate(words))), ascii_only=ascii_only)
    for found in pages(data):
        assert is_partition(found.page.zones, len(found.page.text))
        text = found.page.text
        pointed = set()
        for place in range(len(text)):
            for pointer in found.pointers(Span(place, place + 1)):
                assert pointer.bytes is not None
                held = data[pointer.bytes.start : pointer.bytes.end].decode()
                said = json.loads(held if held.startswith('"') and len(held) > 1 else f'"{held}"')
                assert said == text[place] or text[place] in said
                pointed.add(place)
        assert all(text[place] == "\n" for place in set(range(len(text))) - pointed)


def test_a_word_leads_to_its_own_bytes_whatever_escapes_stand_before_it() -> None:
    data = written(chat(message(5, 'قال: "نعم"\n😀 ثم سقطت قذيفة')), ascii_only=True)
    (found,) = pages(data)
    at = found.page.text.index("قذيفة")
    (pointer,) = found.pointers(Span(at, at + 5))
    assert pointer.bytes is not None
    assert json.loads(b'"' + data[pointer.bytes.start : pointer.bytes.end] + b'"') == "قذيفة"


KEYS = st.sampled_from(
    ["id", "type", "date", "date_unixtime", "from", "from_id", "actor", "text", "photo", "file", "poll", "question", "answers",
     "location_information", "forwarded_from", "edited", "members", "action", "contact_information", "text_entities", "author"]
)  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["service", "message", "a/b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=8) | VALUES, max_size=4))
def test_messages_of_any_shape_are_a_page_whose_zones_cover_it(messages: list[object]) -> None:
    data = written(chat(*messages))
    for found in pages(data):
        assert is_partition(found.page.zones, len(found.page.text))
        assert page_from_json(page_to_json(found.page)) == found.page
        assert all(len(post.span) for post in found.page.posts)
        found.pointers(Span(0, len(found.page.text)))
