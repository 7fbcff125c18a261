"""A person's decision over a page: exactly theirs, carried over whole, or not at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.corrections import METADATA, PARTS, decided, page_of, span_of, zones_of
from tawthiq.page.correcting import Fit, apply, carry
from tawthiq.page.painting import is_partition
from tawthiq.records.page import Comment, Page, ZoneKind

WHOLE = tuple((ZoneKind.BODY if kind is ZoneKind.COMMENT else kind, text) for kind, text in PARTS)


def body_words(page: Page) -> list[str]:
    return page.body.split()


def test_on_the_same_text_zones_and_values_are_exactly_the_persons() -> None:
    applied = apply(page_of(WHOLE, title="خطأ", byline="خطأ"), decided())
    assert applied.fit is Fit.EXACT
    assert applied.page.zones == decided().zones
    assert (applied.page.title, applied.page.byline) == ("قصف على سوق البلدة", None)
    assert applied.page.comments == decided().comments
    assert "كراهية" not in applied.page.body


def test_a_page_that_does_not_tell_its_date_gets_none_from_its_metadata_but_keeps_what_it_says() -> None:
    applied = apply(page_of(), decided(published=None, published_span=None))
    assert applied.page.published is None
    assert applied.page.published_metadata is None
    assert any("2016-03-15" in note for note in applied.page.notes)


def test_the_metadatas_date_stays_beside_the_one_that_the_person_chose() -> None:
    assert apply(page_of(), decided()).page.published_metadata == METADATA


NEW_MENU = ((ZoneKind.NAVIGATION, "قائمة جديدة\n"), *PARTS)
JOINED = tuple((kind, text.replace("\n", " ")) for kind, text in PARTS)
NO_MENU = PARTS[1:]
CUT_BETWEEN = (*PARTS[:4], (ZoneKind.BODY, "\n"), (ZoneKind.OTHER, "شارك الخبر\n"), *PARTS[4:])


@pytest.mark.parametrize("parts", [NEW_MENU, JOINED, NO_MENU, CUT_BETWEEN], ids=["menu", "joined", "none", "between"])
def test_a_decision_is_carried_over_where_every_character_it_speaks_of_is_found(
    parts: tuple[tuple[ZoneKind, str], ...],
) -> None:
    program = page_of(tuple((ZoneKind.OTHER, text) for _, text in parts))
    applied = apply(program, decided())
    assert applied.fit is Fit.CARRIED
    page = applied.page
    assert is_partition(page.zones, len(page.text))
    assert body_words(page) == body_words(apply(page_of(), decided()).page)
    assert [comment.span.of(page.text) for comment in page.comments] == ["كلام كراهية لا يعاد نشره"]
    carried = carry(decided(), program)
    assert carried is not None
    assert carried.published_span is not None
    assert carried.published_span.of(page.text) == "15 آذار 2016"
    assert any("carried over" in note for note in page.notes)


def test_characters_that_the_person_never_saw_keep_what_the_program_says_of_them() -> None:
    parts = (*PARTS, (ZoneKind.COMMENT, "\nتعليق جديد لم يره أحد"))
    page = apply(page_of(parts), decided()).page
    new = page.text.index("تعليق جديد")
    assert next(zone.kind for zone in page.zones if zone.span.end > new) is ZoneKind.COMMENT


@pytest.mark.parametrize("lost", ["مقتل أربعة", "قصف على", "كلام كراهية", "15 آذار"])
def test_a_decision_whose_characters_are_gone_is_not_applied_and_named(lost: str) -> None:
    parts = tuple((kind, text.replace(lost, "")) for kind, text in PARTS)
    program = page_of(parts)
    applied = apply(program, decided())
    assert applied.fit is Fit.UNFIT
    assert applied.page == replace(program, notes=applied.page.notes)
    assert "heron" in applied.page.notes[-1]


def test_a_body_whose_words_are_scattered_over_other_text_is_not_carried_over() -> None:
    scattered = " دعاية أخرى غير معروفة ".join(PARTS[3][1].split())
    parts = (*PARTS[:3], (ZoneKind.BODY, scattered), *PARTS[4:])
    assert carry(decided(), page_of(parts)) is None


def test_a_date_that_the_metadata_no_longer_tells_is_not_carried_over() -> None:
    decision = decided(published=METADATA, published_span=None)
    assert carry(decision, page_of(NEW_MENU)) is not None
    assert carry(decision, page_of(NEW_MENU, published_metadata=None)) is None


def test_zones_within_a_word_are_carried_over_to_the_letter() -> None:
    parts = ((ZoneKind.AGENCY, "وكالة"), (ZoneKind.BODY, "سانا قالت إن القصف وقع أمس"))
    decision = decided(parts, comments=(), published=None, published_span=None)
    page = apply(
        page_of(((ZoneKind.OTHER, "أعلى\n"), (ZoneKind.OTHER, "وكالةسانا قالت إن القصف وقع أمس"))), decision
    ).page
    assert [span.of(page.text) for span in page.zones_of(ZoneKind.AGENCY)] == ["وكالة"]
    assert page.body == "سانا قالت إن القصف وقع أمس"


@given(st.lists(st.tuples(st.sampled_from(list(ZoneKind)), st.text(min_size=1, max_size=12)), max_size=8), st.data())
def test_whatever_the_new_text_zones_partition_it(parts: list[tuple[ZoneKind, str]], data: st.DataObject) -> None:
    old = tuple(parts)
    mixed = tuple((ZoneKind.OTHER, part) for _, part in data.draw(st.permutations(parts)))
    decision = decided(old, comments=(), published=None, published_span=None)
    page = apply(page_of(mixed), decision).page
    assert is_partition(page.zones, len(page.text))


def test_an_empty_comment_list_and_a_moved_comment_stay_within_the_text() -> None:
    text = "".join(part for _, part in PARTS)
    comments = (Comment(None, None, span_of(text, "كراهية")),)
    applied = apply(page_of(NEW_MENU), decided(comments=comments))
    assert [comment.span.of(applied.page.text) for comment in applied.page.comments] == ["كراهية"]
    assert zones_of(NEW_MENU)[-1].span.end == len(applied.page.text)
