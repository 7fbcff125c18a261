"""What is done on pages, within its bounds, on documents that are made up: every call is answered by the test."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error as BrowserError

from tawthiq.capture.browser.behaviours import PRESSES, Diary, Reader, behave


class Document:
    """A world whose functions are given; the rest answers as an empty page does."""

    def __init__(self, *, is_top: bool = True, **functions: Callable[..., Any]) -> None:
        self.context, self.frame, self.is_top = id(self), "", is_top
        self.pressed: list[int] = []
        self._functions: dict[str, Callable[..., Any]] = {
            "arm": lambda on: True,
            "banners": list,
            "candidates": lambda within: [],
            "scroll": lambda: {"moved": False, "at": 900, "height": 900},
            "wake": lambda: {"images": 0, "frames": 0},
            "size": lambda: {"elements": 1, "text": 1},
            "kept": list,
            "stands": lambda number: True,
            "press": self.pressed.append,
            **functions,
        }

    def call(self, function: str, *given: object) -> Any:
        return self._functions.get(function, lambda *_: True)(*given)


class Documents:
    def __init__(self, *documents: Document) -> None:
        self._documents = documents

    def top(self) -> Document:
        return self._documents[0]

    def all(self) -> list[Document]:
        return list(self._documents)


def done(*documents: Document, seconds: float = 60) -> list[tuple[str, str]]:
    """What the diary holds after all behaviours."""
    diary = Diary()
    behave(Reader(Documents(*documents), diary, lambda _: None, time.monotonic() + seconds))  # type: ignore[arg-type]
    return [(act.behaviour, act.detail) for act in diary.acts]


def button(number: int, *labels: str, summary: bool = False) -> dict[str, Any]:
    return {"number": number, "labels": list(labels), "summary": summary}


def gone(*_: object) -> Any:
    raise BrowserError("the context is gone")


def test_banner_that_offers_no_refusal_is_left_standing_and_told_once() -> None:
    box = {"number": 7, "text": "نستخدم ملفات تعريف الارتباط", "dialog": True}
    page = Document(
        banners=lambda: [box], candidates=lambda within: [button(1, "قبول الكل"), button(2, "موافق")] if within else []
    )
    acts = done(page)
    assert page.pressed == []
    assert [detail for behaviour, detail in acts if behaviour == "banner"] == [
        'left standing, it offers no refusal that is known: "نستخدم ملفات تعريف الارتباط"'
    ]


def test_refusal_comes_before_the_necessary_and_before_closing() -> None:
    box = {"number": 7, "text": "We use cookies", "dialog": True}
    standing = [box]
    offered = [button(1, "Close"), button(2, "Only necessary"), button(3, "Accept all"), button(4, "Reject all")]
    page = Document(
        banners=lambda: list(standing),
        candidates=lambda within: offered if within else [],
        press=lambda number: (page.pressed.append(number), standing.clear()),
        stands=lambda number: bool(standing),
    )
    acts = done(page)
    assert page.pressed == [4]
    assert ("banner", 'pressed "Reject all" on "We use cookies": it went away') in acts


def test_button_with_a_second_wording_that_is_forbidden_is_not_pressed() -> None:
    page = Document(candidates=lambda within: [button(1, "عرض المزيد", "اشترك الآن"), button(2, "شارك", summary=True)])
    done(page)
    assert page.pressed == []


def test_page_that_brings_ever_new_buttons_is_left_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.browser.behaviours.ROUNDS", 10 * PRESSES)
    numbers = iter(range(10_000))
    page = Document(candidates=lambda within: [button(next(numbers), "عرض التعليقات")])
    acts = done(page)
    assert len(page.pressed) == PRESSES
    assert any("there are more" in detail for _, detail in acts)


def test_frame_that_goes_away_ends_nothing_and_a_page_that_does_ends_all_with_a_note() -> None:
    lost = Document(is_top=False, banners=gone, candidates=gone, wake=gone, kept=gone, arm=gone)
    assert ("scroll", "to the end in 0 steps; 900 pixels high") in done(Document(), lost)
    assert done(Document(scroll=gone), lost)[-1] == ("stop", "the page went away (the context is gone)")


def test_time_that_is_over_is_told() -> None:
    page = Document(candidates=lambda within: [button(1, "عرض المزيد")])
    acts = done(page, seconds=-1)
    assert page.pressed == []
    assert acts[-1] == ("stop", "the time for this page was over")
