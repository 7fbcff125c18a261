"""Where exports are cut: at chats and days, wherever the blocks end; what breaks the form ends it with a reason."""

import hashlib
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.telegram_exports import account, chat, cut, message, written
from tawthiq.page.platforms.telegram_cutting import MOST_MESSAGES, cut_export, looks_like_export

TWO_DAYS = written(chat(message(1), message(2), message(3, day="2021-03-13")))


def test_a_part_is_the_messages_of_one_chat_and_one_day() -> None:
    found = cut(TWO_DAYS)
    assert [(part.day, part.first, part.last, part.messages) for part in found.parts] == [
        ("2021-03-12", "1", "2", 2),
        ("2021-03-13", "3", "3", 1),
    ]
    assert (found.chats, found.stopped) == (1, None)
    assert {(part.name, part.chat, part.sort) for part in found.parts} == {("شبكة الوادي", "77", "public_channel")}


@pytest.mark.parametrize("block", [1, 7, 64, 1000, 10**6])
def test_the_parts_do_not_depend_on_where_blocks_end(block: int) -> None:
    assert cut(TWO_DAYS, block) == cut(TWO_DAYS, len(TWO_DAYS))


def test_the_place_and_digest_of_a_part_are_those_of_its_bytes() -> None:
    for part in cut(TWO_DAYS, 50).parts:
        data = TWO_DAYS[part.place.start : part.place.end]
        assert (data[:1], data[-1:], hashlib.sha256(data).hexdigest()) == (b"{", b"}", part.sha256)
        assert part.name_place is not None
        assert TWO_DAYS[part.name_place.start : part.name_place.end].decode() == '"شبكة الوادي"'


def test_chats_of_an_account_are_parted_and_its_other_data_is_no_message() -> None:
    found = cut(written(account(chat(message(1), name="a"), chat(message(2), name="b"), chat())))
    assert [(part.name, part.first) for part in found.parts] == [("a", "1"), ("b", "2")]
    assert found.chats == 3


def test_a_busy_day_is_cut_after_so_many_messages() -> None:
    found = cut(written(chat(*(message(number) for number in range(2 * MOST_MESSAGES + 1)))))
    assert [part.messages for part in found.parts] == [MOST_MESSAGES, MOST_MESSAGES, 1]


def test_half_a_file_gives_what_stands_before_the_end_and_says_where_it_ends() -> None:
    found = cut(TWO_DAYS[:-60])
    assert [part.messages for part in found.parts] == [2]
    assert found.stopped is not None
    assert "the file ends" in found.stopped


@pytest.mark.parametrize(
    "hostile", [None, 5, "x", [], {"id": {}, "date": 7}, {"id": [1], "date": None}, {"date": "9999-99-99x"}]
)
def test_messages_of_hostile_kinds_cost_nothing_else(hostile: object) -> None:
    found = cut(written(chat(message(1), hostile, message(2))))
    assert found.stopped is None
    assert found.parts[0].first == "1"
    assert found.parts[-1].last == "2"


def test_a_name_that_is_no_text_is_no_name() -> None:
    assert [part.name for part in cut(written(chat(message(1), name={"a": 1}))).parts] == [None]
    assert [part.name for part in cut(written(chat(message(1), name=None))).parts] == [None]


def test_a_message_too_long_to_be_one_ends_the_cutting() -> None:
    found = cut(written(chat(message(1), message(2, "x" * 2_000_000), message(3))), 65_536)
    assert [part.last for part in found.parts] == ["1"]
    assert found.stopped is not None
    assert "a message of more than" in found.stopped


def test_no_more_than_one_part_is_held_in_memory() -> None:
    def blocks() -> Iterator[bytes]:
        yield b'{"contacts":['
        for _ in range(500):
            yield b'{"a":"' + b"y" * 60_000 + b'"},'
        yield b"1]," + written(chat(message(1)))[1:]

    tracemalloc.start()
    found = cut_export(blocks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert [part.messages for part in found.parts] == [1]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_cut_without_another_error(data: bytes) -> None:
    cut(b'{"messages":[' + data, 17)


@settings(deadline=None)
@given(st.integers(0, len(TWO_DAYS) - 1), st.integers(0, 255))
def test_any_byte_changed_is_cut_without_another_error(place: int, value: int) -> None:
    data = bytearray(TWO_DAYS)
    data[place] = value
    for part in cut(bytes(data)).parts:
        assert part.place.end <= len(data)


def test_exports_are_known_by_their_beginning() -> None:
    assert looks_like_export(TWO_DAYS)
    assert looks_like_export(b"\xef\xbb\xbf" + written(account(chat(message(1)))))
    assert looks_like_export('{"about": "هذه بياناتك", "chats": {"about": "", "list": []}}'.encode())
    assert not looks_like_export(b'{"about": "a firm", "phone": 1}')
    assert not looks_like_export(b'{"type": "FeatureCollection", "features": []}')
    assert not looks_like_export(b'[{"type": "personal_chat", "messages": []}]')
    assert not looks_like_export(b"<html>")
