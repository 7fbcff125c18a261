"""What files say of their making: told as written, protected where it may betray, hostile files named."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_maker import film, huge_picture, picture, sound
from page.pdf_maker import Text, pdf
from tawthiq.capture.media import media_facts
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.media import MediaFacts, MediaKind

PDF = pdf([[Text(50, 700, "report")]], facts="/Producer(A writer)/CreationDate(D:20210312140533+03'00')")
PROTECTED = {"latitude", "longitude", "altitude", "position", "device_make", "device_model", "author"}


def facts(data: bytes) -> MediaFacts:
    return media_facts(io.BytesIO(data), "x")


def told(found: MediaFacts) -> dict[str, str]:
    return {fact.name: fact.value for fact in found.facts}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_tells_when_where_and_by_what_it_was_taken(form: str) -> None:
    found = facts(picture(form=form))
    assert found.kind is MediaKind.PICTURE
    values = told(found)
    assert (values["width"], values["height"], values["format"]) == ("64", "32", form)
    assert (values["taken"], values["taken_offset"]) == ("2021:03:12 14:05:33", "+03:00")
    assert (values["latitude"], values["longitude"]) == ("-35.950417", "39.010000")
    assert values["device_model"] == "Phone 7"


def test_place_device_and_names_are_protected_and_dates_are_not() -> None:
    found = facts(picture())
    assert {fact.name for fact in found.facts if fact.protected} & PROTECTED == {
        fact.name for fact in found.facts
    } & PROTECTED
    assert not any(fact.protected for fact in found.facts if fact.name in {"taken", "width", "format"})


def test_a_picture_of_any_size_is_told_without_decoding_it() -> None:
    assert told(facts(huge_picture()))["width"] == "65000"


def test_a_sound_tells_its_length() -> None:
    found = facts(sound())
    assert (found.kind, told(found)["milliseconds"]) == (MediaKind.SOUND, "1000")


def test_a_film_tells_its_date_and_place() -> None:
    found = facts(film())
    assert found.kind is MediaKind.FILM
    values = {fact.name: fact for fact in found.facts}
    assert values["made"].value.startswith("2021-03-12 11:05:33")
    assert "35.95" in values["position"].value
    assert values["position"].protected


def test_a_pdf_tells_its_pages_and_maker() -> None:
    values = told(facts(PDF))
    assert values["pages"] == "1"
    assert (values["producer"], values["made"]) == ("A writer", "D:20210312140533+03'00'")
    assert values["format"].startswith("PDF 1.")


HOSTILE = [b"", b"hello", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff", b"%PDF-1.4 none", b"RIFF\0\0\0\0WEBP"]


@pytest.mark.parametrize("data", HOSTILE)
def test_what_is_no_media_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableCapture, match="x"):
        facts(data)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_any_byte_of_a_picture_changed_gives_facts_of_one_line_or_one_kind_of_error(data: st.DataObject) -> None:
    hostile = bytearray(picture())
    for _ in range(data.draw(st.integers(1, 8))):
        hostile[data.draw(st.integers(3, len(hostile) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = facts(bytes(hostile))
    except UnreadableCapture:
        return
    assert all("\n" not in fact.value and len(fact.value) < 2000 for fact in found.facts)
