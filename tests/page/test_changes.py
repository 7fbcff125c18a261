"""Two captures of one page compared: what counts as a change, where it stands, and the law that changes reproduce."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from page.corrections import page_of
from tawthiq.page import anatomy
from tawthiq.page.aligning import tokens
from tawthiq.page.changes import PARTS, changes
from tawthiq.records.change import How, PageChange, Passage
from tawthiq.records.page import DateSource, Page, PageDate, ZoneKind
from tawthiq.records.span import Span


def zoned(*parts: tuple[ZoneKind, str], **facts: Any) -> Page:
    values = {"title": None, "byline": None, "agency": None, "published": None, "comments": (), **facts}
    return page_of(tuple(part for part in parts if part[1]), **values)


BODY = "قتل ثلاثة مدنيين في قصف على سوق المدينة.\nوقال شهود إن القصف استمر ساعة كاملة.\nلم تعلن أي جهة مسؤوليتها."


def page(body: str = BODY, *, title: str = "قصف على السوق", around: str = "الرئيسية", comment: str = "") -> Page:
    comments = [(ZoneKind.COMMENT, comment)] if comment else []
    return zoned((ZoneKind.NAVIGATION, around), (ZoneKind.TITLE, title), (ZoneKind.BODY, body), *comments)


def changed(before: Page, after: Page) -> tuple[Passage, ...]:
    return changes(before, after).passages


def test_a_page_compared_with_itself_has_no_change() -> None:
    assert changes(page(), page()) == PageChange((), surroundings=False)
    assert changes(page(), page()).how is How.TEXT


def test_a_changed_number_is_one_passage_with_its_place_in_both_texts() -> None:
    after = page(BODY.replace("ثلاثة", "خمسة"))
    (passage,) = changed(page(), after)
    assert (passage.part, passage.removed, passage.added) == ("body", "ثلاثة", "خمسة")
    assert passage.before is not None
    assert passage.after is not None
    assert passage.before.of(page().text) == "ثلاثة"
    assert passage.after.of(after.text) == "خمسة"


def test_a_removed_sentence_stands_where_it_stood() -> None:
    after = page(BODY.replace("وقال شهود إن القصف استمر ساعة كاملة.\n", ""))
    (passage,) = changed(page(), after)
    assert passage.added == ""
    assert passage.removed == "وقال شهود إن القصف استمر ساعة كاملة."
    assert passage.after is not None
    assert after.text[: passage.after.start].endswith("سوق المدينة.")


def test_title_and_comments_are_told_apart_from_the_body() -> None:
    found = changes(page(), page(title="قصف على المخبز", comment="الله يرحمهم"))
    assert [(passage.part, passage.removed, passage.added) for passage in found.passages] == [
        ("title", "السوق", "المخبز"),
        ("comment", "", "الله يرحمهم"),
    ]


def test_menus_and_counters_are_surroundings_and_no_change() -> None:
    found = changes(page(), page(around="الرئيسية 1204 مشاهدة"))
    assert (found.passages, found.surroundings, found.how) == ((), True, How.REPORT)


def test_white_space_is_no_change() -> None:
    assert changed(page(), page(BODY.replace(" ", "  "))) == ()


def test_a_date_is_compared_as_a_value() -> None:
    day = PageDate(date(2021, 3, 12), None, None, DateSource.VISIBLE, "12 آذار 2021")
    told = replace(page(), published=day)
    otherwise = replace(page(), published=replace(day, text="2021-03-12"))
    later = replace(page(), published=replace(day, day=date(2021, 3, 13)))
    assert changed(told, otherwise) == ()
    assert changed(told, later) == (Passage("date", None, None, "2021-03-12", "2021-03-13"),)


def test_a_title_of_the_metadata_alone_is_compared() -> None:
    before, after = (zoned((ZoneKind.BODY, BODY), title=title) for title in ("قصف", "غارة"))
    assert changed(before, after) == (Passage("title", None, None, "قصف", "غارة"),)


def test_a_rewritten_body_is_not_cut_at_every_little_word() -> None:
    after = page("أعلنت وزارة الصحة في بيان رسمي حصيلة جديدة على خلفية الهجوم الذي وقع أمس في المنطقة الشمالية")
    assert len(changed(page(), after)) <= 2


def test_real_pages_with_another_menu_are_the_same_report() -> None:
    before, after = (
        anatomy(
            f"<html><body><nav><a href=/{number}>قسم {number}</a></nav><article><h1>قصف على السوق</h1>"
            f"<p>{BODY}</p><p>{BODY}</p></article><div class=ad>إعلان {number}</div></body></html>".encode(),
            id="x",
            content_type="text/html",
        )
        for number in (1, 2)
    )
    assert changes(before, after).how is How.REPORT


WORDS = st.lists(st.sampled_from(["a", "b", "c", "قصف", "في", "."]), max_size=30)


@settings(deadline=None)
@given(WORDS, WORDS, WORDS, WORDS)
def test_without_their_passages_both_sides_say_the_same(
    old: list[str], new: list[str], more: list[str], last: list[str]
) -> None:
    body, title, advert = ZoneKind.BODY, ZoneKind.TITLE, ZoneKind.AD
    first, second, third, fourth = (" ".join(words) for words in (old, new, more, last))
    before = zoned((body, first), (advert, "x"), (body, third), (title, fourth))
    after = zoned((title, third), (body, second), (advert, "y"), (body, fourth))
    found = changes(before, after)
    for part, kind in PARTS:
        passages = [passage for passage in found.passages if passage.part == part and passage.before is not None]
        left = _kept(before, kind, [passage.before for passage in passages])
        assert left == _kept(after, kind, [passage.after for passage in passages])
        assert bool(passages) == (_kept(before, kind, ()) != _kept(after, kind, ()))


def _kept(side: Page, kind: ZoneKind, passages: Sequence[Span | None]) -> list[str]:
    """The words of a kind's zones that lie in no passage."""
    found = []
    for zone in side.zones_of(kind):
        for token in tokens(zone.of(side.text)):
            at = zone.start + token.start
            if not any(passage and passage.start <= at < passage.end for passage in passages):
                found.append(token.of(zone.of(side.text)))
    return found
