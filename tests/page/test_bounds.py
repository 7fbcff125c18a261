import pytest

from tawthiq.page import anatomy
from tawthiq.page.guarding import MAXIMUM_DEPTH, bounded
from tawthiq.page.painting import is_partition
from tawthiq.records.errors import UnreadableCapture

NOISE = {
    "deep": "<div>" * 100_000 + "النص هنا" + "</div>" * 100_000,
    "formatting": "".join(f"<p><b id={number}></p>" for number in range(4000)) + "النص هنا",
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(60_000)) + ">النص هنا</div>",
    "tags": "<i>x</i>" * 160_000 + "النص هنا",
    "entities": "<p>" + "&amp;" * 200_000 + "النص هنا",
    "angles": "<" * 400_000 + "النص هنا",
}


@pytest.mark.parametrize("name", list(NOISE))
def test_hostile_markup_keeps_its_text(name: str) -> None:
    page = anatomy(("<html><body>" + NOISE[name]).encode(), id=name, content_type="text/html")
    assert "النص هنا" in page.text
    assert is_partition(page.zones, len(page.text))
    assert page.notes or name == "entities"


def test_ordinary_markup_is_left_as_it_is() -> None:
    markup = "<html><body>" + "<div><b>x</b></div>" * 400 + "<div>" * (MAXIMUM_DEPTH - 1)
    assert bounded(markup) == (markup, ())


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 50, b"%PDF-1.7 x", b"\x1f\x8b\x08 x", b"\x89PNG\r\n", bytes(range(256)) * 64]
)
def test_what_is_no_page_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(UnreadableCapture) as refused:
        anatomy(data, id="capture-7")
    assert refused.value.item == "capture-7"
    assert refused.value.advice
