"""Pages of a list, held until it is known what their hosts repeat."""

import json

import pytest

from archive.repeating_host import ABOUT, DISPATCH, page, story
from tawthiq.page import anatomy
from tawthiq.page.contract import page_to_json
from tawthiq.pipeline.held_pages import HeldPages, Released
from tawthiq.pipeline.lines import written

SITE = "https://www.news.example"


def released(pages: list[tuple[str | None, bytes]]) -> list[Released]:
    with HeldPages() as held:
        for number, (url, data) in enumerate(pages):
            found = anatomy(data, id=str(number), url=url)
            assert held.waits(found, url, {"id": str(number), "url": url}, written(page_to_json(found)))
        return list(held.released())


def test_three_pages_of_a_host_teach_the_list_what_they_share() -> None:
    pages: list[tuple[str | None, bytes]] = [(f"{SITE}/{number}", story(number)) for number in range(3)]
    found = released(pages)
    assert [one.item["id"] for one in found] == ["0", "1", "2"]
    for one, (url, data) in zip(found, pages, strict=True):
        assert ABOUT in json.loads(one.line)["body"]
        assert ABOUT not in anatomy(data, id="x", url=url, known=one.known).body


@pytest.mark.parametrize(
    "addresses", [("/0", "/1"), ("/same", "/same", "/same"), ("/same", "//news.example/same", "/same#2")]
)
def test_fewer_than_three_addresses_teach_nothing(addresses: tuple[str, ...]) -> None:
    assert not any(one.known for one in released([(f"{SITE}{rest}", story(n)) for n, rest in enumerate(addresses)]))


def test_a_dispatch_under_three_addresses_keeps_its_body() -> None:
    assert not any(one.known for one in released([(f"{SITE}/{number}", page(*DISPATCH, ABOUT)) for number in range(3)]))


def test_pages_of_which_nothing_is_known_need_no_second_look() -> None:
    own = page(
        "The ferry runs again", ("The ferry between the two banks runs again twice a day, its pilot said on Monday.",)
    )
    found = released([*((f"{SITE}/{number}", story(number)) for number in range(3)), (f"{SITE}/ferry", own)])
    assert [bool(one.known) for one in found] == [True, True, True, False]


def test_a_page_without_an_address_waits_only_behind_others() -> None:
    data = story(0)
    found = anatomy(data, id="x")
    with HeldPages() as held:
        assert not held.waits(found, None, {"id": "x"}, b"x\n")
        assert held.waits(anatomy(data, id="y", url=SITE), SITE, {"id": "y"}, b"y\n")
        assert held.waits(found, None, {"id": "z"}, b"z\n")
        assert [one.line for one in held.released()] == [b"y\n", b"z\n"]
