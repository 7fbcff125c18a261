"""JSON with the bytes of every character: escapes, pairs, bytes that are no UTF-8, files that are no JSON."""

import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page.json_source import BadJson, JsonText, JsonWord, text_of, values

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def text(data: bytes) -> JsonText:
    (found,) = values(data)
    assert isinstance(found, JsonText)
    return found


@settings(deadline=None)
@given(LETTERS, st.booleans(), st.text(alphabet=" \t\r\n", max_size=5))
def test_every_character_leads_to_bytes_that_read_as_that_character(words: str, ascii_only: bool, space: str) -> None:
    data = f"{space}{json.dumps(words, ensure_ascii=ascii_only)}".encode()
    found = text(data)
    assert len(found.text) == len(words)
    for place, (got, written) in enumerate(zip(found.text, words, strict=True)):
        source = found.source(place, place + 1)
        assert json.loads(b'"' + data[source.start : source.end] + b'"') == written
        assert got == written or written < " " or written == "\x7f"


@settings(deadline=None)
@given(LETTERS, st.booleans())
def test_the_bytes_of_neighbouring_characters_follow_each_other_without_gap(words: str, ascii_only: bool) -> None:
    found = text(json.dumps(words, ensure_ascii=ascii_only).encode())
    edges = [found.source(place, place + 1) for place in range(len(words))]
    assert all(before.end == after.start for before, after in pairwise(edges))
    assert not words or (edges[0].start, edges[-1].end) == (found.token.start + 1, found.token.end - 1)


@settings(deadline=None)
@given(
    st.recursive(
        LETTERS | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(LETTERS, inner),
    )
)
def test_what_json_reads_is_read_alike(value: object) -> None:
    (found,) = values(json.dumps(value).encode())
    controls = dict.fromkeys((*range(32), 127), " ") | {9: "\t", 10: "\n", 13: "\n"}

    def plain(each: object) -> object:
        if isinstance(each, dict):
            return {str(name).translate(controls): plain(inner) for name, inner in each.items()}
        if isinstance(each, list):
            return [plain(inner) for inner in each]
        return (
            each.text if isinstance(each, JsonText) else json.loads(each.text) if isinstance(each, JsonWord) else each
        )

    def due(each: object) -> object:
        if isinstance(each, dict):
            return {name.translate(controls): due(inner) for name, inner in each.items()}
        if isinstance(each, list):
            return [due(inner) for inner in each]
        return each.translate(controls) if isinstance(each, str) else each

    assert plain(found) == due(value)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_values_or_one_kind_of_error(data: bytes) -> None:
    with suppress(BadJson):
        values(data)


@settings(deadline=None)
@given(st.binary(max_size=30).filter(lambda data: not set(data) & set(b'"\\')))
def test_bytes_that_are_no_utf8_are_one_replacement_each_and_shift_nothing(data: bytes) -> None:
    found = text_of(b'"' + data + b'"', 0, len(data) + 2)
    covered = b"".join(
        data[found.source(place, place + 1).start - 1 : found.source(place, place + 1).end - 1]
        for place in range(len(found.text))
    )
    assert covered == data


def test_the_escape_of_telegram_for_control_characters_is_one_space() -> None:
    found = text(b'"a\\x0Bb"')
    assert found.text == "a b"
    assert found.source(1, 2) == found.source(1, 2).__class__(2, 6)


def test_half_a_pair_of_surrogates_is_a_replacement_character() -> None:
    assert text(b'"\\ud83d"').text == "\ufffd"
    assert text(b'"\\ud83d\\ude00"').text == "\U0001f600"
    assert text(b'"\\u0041\\udc00x"').text == "A\ufffdx"


@pytest.mark.parametrize("data", [b"{", b"[1", b'{"a"}', b'{"a":}', b'"open', b"[" * 100, b"{1:2}", b"}"])
def test_what_is_no_json_is_told_with_its_place(data: bytes) -> None:
    with pytest.raises(BadJson) as raised:
        values(data, 1000)
    assert raised.value.position >= 1000
