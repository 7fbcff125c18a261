"""reading/1 in and out."""

from datetime import date

import pytest

from tawthiq.reading import read
from tawthiq.reading.contract import document_from_json, reading_from_json, reading_to_json
from tawthiq.records.errors import UnreadableInput

TEXT = "قال مدير المشفى إن ثلاثة مدنيين قُتلوا أمس بغارة روسية على بلدة سراقب في ريف إدلب."


def test_reading_comes_back_from_its_json() -> None:
    reading = read(document_from_json({"id": "a", "text": TEXT, "published": "2017-03-04"}))
    data = reading_to_json(reading)
    again = reading_to_json(reading_from_json(data))
    assert again["statements"] == data["statements"]
    assert [event["act"] for event in again["events"]] == [event["act"] for event in data["events"]]


def test_every_mention_is_a_piece_of_the_text() -> None:
    def mentions(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            own = [value] if "text" in value and "start" in value else []
            return own + [found for part in value.values() for found in mentions(part)]
        return [found for part in value for found in mentions(part)] if isinstance(value, list) else []

    found = mentions(reading_to_json(read(document_from_json({"id": "a", "text": TEXT}))))
    assert found
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in found)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("tag", "language"), [("en", "en"), ("en-GB", "en"), ("AR_sy", "ar"), ("", None), (None, None), ("../en", "../en")]
)
def test_the_first_part_of_a_language_tag_counts(tag: str | None, language: str | None) -> None:
    assert document_from_json({"id": "a", "text": "x", "language": tag}).language == language


def test_document_keeps_its_date() -> None:
    assert document_from_json({"id": "a", "text": "", "published": "2017-03-04"}).published == date(2017, 3, 4)


@pytest.mark.parametrize(
    "data",
    [{}, {"id": 3, "text": "x"}, {"id": "a"}, {"id": "a", "text": 5}, {"id": "a", "text": "", "published": "soon"}],
)
def test_broken_documents_are_named(data: dict[str, object]) -> None:
    with pytest.raises(UnreadableInput):
        document_from_json(data)


def test_broken_reading_is_named() -> None:
    with pytest.raises(UnreadableInput, match="a: this is not"):
        reading_from_json({"id": "a", "statements": [{"content": {}}], "events": []})
