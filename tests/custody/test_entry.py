"""Salted entries and journal lines: one canonical form, salts that hide, no byte that can change unnoticed."""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody.entry import (
    canonical_json,
    digest_of,
    entry_of_line,
    erased_line,
    event_to_json,
    is_digest_of,
    journal_line,
    salted_entry,
)
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput
from tawthiq.records.log import LogEvent

SALT = bytes(range(32))
EVENT = LogEvent("captured", datetime(2026, 11, 22, 1, 2, 3, 4, UTC), "c-1", "item", {"عنوان": "قصف", "n": 1})

texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | texts
numbers = st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    scalars | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def test_the_entry_is_the_documented_hash() -> None:
    line = (
        '{"actor":"c-1","facts":{"n":1,"عنوان":"قصف"},"kind":"captured","subject":"item",'
        '"time":"2026-11-22T01:02:03.000004Z"}'
    )
    assert salted_entry(EVENT, SALT) == hashlib.sha256(b"tawthiq/log-entry/1\n" + SALT + line.encode()).digest()


def test_another_salt_gives_another_entry() -> None:
    assert salted_entry(EVENT, SALT) != salted_entry(EVENT, SALT[::-1])


def test_time_is_hashed_in_utc_whatever_zone_it_came_in() -> None:
    elsewhere = EVENT.time.astimezone(timezone(timedelta(hours=3)))
    moved = LogEvent(EVENT.kind, elsewhere, EVENT.actor, EVENT.subject, EVENT.facts)
    assert salted_entry(moved, SALT) == salted_entry(EVENT, SALT)


@given(st.dictionaries(texts, json_values, max_size=4), st.integers(0, 10**9))
def test_a_journal_line_gives_its_entry_back(facts: dict[str, object], index: int) -> None:
    event = LogEvent("kind", EVENT.time, "actor", "subject", facts)
    line = journal_line(index, event, SALT)
    assert line.count(b"\n") == 1
    entry = entry_of_line(line, index, "journal:1")
    assert (entry.index, entry.event, entry.salt, entry.leaf) == (index, event, SALT, salted_entry(event, SALT))


def test_no_single_changed_byte_of_a_line_goes_unnoticed() -> None:
    line = journal_line(7, EVENT, SALT)
    for place in range(len(line)):
        for flip in (0x01, 0x20, 0x80):
            changed = line[:place] + bytes([line[place] ^ flip]) + line[place + 1 :]
            with suppress(TawthiqError):
                assert entry_of_line(changed, 7, "journal:8").leaf != salted_entry(EVENT, SALT)


def test_an_erased_line_gives_its_entry_back_and_nothing_of_the_event() -> None:
    entry = salted_entry(EVENT, SALT)
    line = erased_line(7, entry)
    assert line == b'{"entry":"%s","index":7}\n' % entry.hex().encode()
    found = entry_of_line(line, 7, "journal:8")
    assert (found.index, found.leaf, found.salt, found.event) == (7, entry, None, None)


def test_no_single_changed_bit_of_an_erased_line_gives_the_same_entry() -> None:
    entry = salted_entry(EVENT, SALT)
    line = erased_line(7, entry)
    for place in range(len(line) * 8):
        changed = line[: place // 8] + bytes([line[place // 8] ^ 1 << place % 8]) + line[place // 8 + 1 :]
        with suppress(TawthiqError):
            assert entry_of_line(changed, 7, "journal:8").leaf != entry


@pytest.mark.parametrize("entry", ["", "00", "zz" * 32, "00 " * 32, "AB" * 32])
def test_an_erased_line_in_another_form_is_refused(entry: str) -> None:
    with pytest.raises(TawthiqError, match="journal:8"):
        entry_of_line(b'{"entry":"%s","index":7}\n' % entry.encode(), 7, "journal:8")
    with pytest.raises(EvidenceDiffers):
        entry_of_line(erased_line(6, bytes(32)), 7, "journal:8")


def test_a_line_that_says_the_same_in_other_bytes_is_refused() -> None:
    line = journal_line(7, EVENT, SALT)
    for same in (json.dumps(json.loads(line)).encode() + b"\n", line.replace(b'"kind"', b' "kind"'), line + b" "):
        with pytest.raises(EvidenceDiffers):
            entry_of_line(same, 7, "journal:8")


def test_a_line_at_another_place_is_refused() -> None:
    with pytest.raises(EvidenceDiffers, match="entry 8"):
        entry_of_line(journal_line(7, EVENT, SALT), 8, "journal:9")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}, "\udc80", b"bytes"])
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(UnreadableInput):
        canonical_json({"value": value})


@pytest.mark.parametrize(
    "line", [b"", b"null\n", b"[" * 100_000, b"{}", b'{"event":{},"index":0,"salt":""}\n', b"\xff\n"]
)
def test_hostile_lines_raise_our_errors(line: bytes) -> None:
    with pytest.raises(TawthiqError, match="journal:1"):
        entry_of_line(line, 0, "journal:1")


@given(st.binary(max_size=100))
def test_random_lines_raise_our_errors(line: bytes) -> None:
    with pytest.raises(TawthiqError):
        entry_of_line(line, 0, "journal:1")


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(UnreadableInput):
        salted_entry(EVENT, b"short")


def test_event_fields_are_those_of_the_documentation() -> None:
    assert sorted(event_to_json(EVENT)) == ["actor", "facts", "kind", "subject", "time"]


def test_a_digest_of_what_json_cannot_carry_holds_for_nothing():
    assert is_digest_of({"by": "مراجع"}, digest_of({"by": "مراجع"}))
    assert not is_digest_of({"by": "other"}, digest_of({"by": "مراجع"}))
    assert not is_digest_of({"by": "\ud800"}, "0" * 64)
