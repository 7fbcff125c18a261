"""JSON Lines in and out."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.pipeline import lines
from tawthiq.pipeline.lines import documents, written
from tawthiq.pipeline.reading_lines import read_lines
from tawthiq.records.errors import TawthiqError, UnreadableInput


def test_bad_lines_are_named_and_the_rest_is_read() -> None:
    stream = io.BytesIO(b'{"id": "a"}\n\nnot json\n[1]\n\xff\n{"id": "b"}\n')
    found = list(documents(stream, "docs.jsonl"))
    assert [entry["id"] for entry in found if isinstance(entry, dict)] == ["a", "b"]
    assert [entry.item for entry in found if isinstance(entry, UnreadableInput)] == [
        "docs.jsonl:3", "docs.jsonl:4", "docs.jsonl:5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": }', "not JSON from character 8 on"),
        (b'{"id": ' + b"9" * 5000 + b"}", "more digits"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_told_in_our_own_words(line: bytes, says: str) -> None:
    (error,) = documents(io.BytesIO(line), "docs")
    assert isinstance(error, UnreadableInput)
    assert says in error.happened
    assert "sys." not in str(error)


def test_line_that_is_too_long_is_skipped_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 20)
    stream = io.BytesIO(b'{"id": "' + b"x" * 100 + b'"}\n{"id": "b"}\n')
    first, second = documents(stream, "docs")
    assert isinstance(first, UnreadableInput)
    assert isinstance(second, dict)


@given(st.text())
def test_any_text_is_written_as_one_line(text: str) -> None:
    line = written({"text": text})
    assert line.count(b"\n") == 1
    assert json.loads(line)["text"] == text


def test_readings_keep_the_order_of_their_documents_and_failures_are_counted() -> None:
    given_lines = [{"id": "a", "text": "قال شاهد إن السوق احترق."}, {"id": "b"}, {"id": "c", "text": ""}]
    source = io.BytesIO(b"".join(json.dumps(entry).encode() + b"\n" for entry in given_lines))
    target = io.BytesIO()
    errors: list[TawthiqError] = []
    tally = read_lines(source, "docs", target, errors.append)
    assert [json.loads(line)["id"] for line in target.getvalue().splitlines()] == ["a", "c"]
    assert (tally.read, tally.failed) == (2, 1)
    assert errors[0].item == "docs:2 (b)"
