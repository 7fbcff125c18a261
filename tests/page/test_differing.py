"""In what the program differs from a person."""

from dataclasses import replace
from datetime import time

import pytest

from page.corrections import METADATA, PARTS, SHOWN, page_of, span_of
from tawthiq.page.differing import PARTS as ALL
from tawthiq.page.differing import compare
from tawthiq.records.page import Comment, ZoneKind

TEXT = page_of().text
HATE = Comment("زائر", None, span_of(TEXT, "كلام كراهية لا يعاد نشره"))


def parts_with(kind: ZoneKind, instead: ZoneKind) -> tuple[tuple[ZoneKind, str], ...]:
    return tuple((instead if each is kind else each, text) for each, text in PARTS)


def test_a_page_does_not_differ_from_itself() -> None:
    assert compare(page_of(), page_of()).differences == ()
    assert compare(page_of(), page_of()).body_f1 == 1


def test_a_comment_in_the_body_is_told_with_body_and_zones() -> None:
    compared = compare(page_of(), page_of(parts_with(ZoneKind.COMMENT, ZoneKind.BODY)))
    assert compared.differs == ("body", "zones")
    assert compared.body_f1 < 1
    zones = compared.differences[1]
    assert (zones.expected, zones.found.split()[0]) == ("comment", "body")


def test_furniture_by_another_name_is_no_difference() -> None:
    assert compare(page_of(), page_of(parts_with(ZoneKind.NAVIGATION, ZoneKind.RELATED))).differences == ()


def test_furniture_taken_for_a_caption_is_one() -> None:
    assert compare(page_of(), page_of(parts_with(ZoneKind.AD, ZoneKind.CAPTION))).differs == ("zones",)


def test_white_space_belongs_to_nobody() -> None:
    moved = tuple(
        (
            kind,
            text.removeprefix("\n")
            if kind is ZoneKind.AD
            else text + ("\n" if kind is ZoneKind.BODY and i == 3 else ""),
        )
        for i, (kind, text) in enumerate(PARTS)
    )
    assert page_of(moved).text == TEXT
    assert compare(page_of(), page_of(moved)).differences == ()


@pytest.mark.parametrize(
    ("found", "part"),
    [
        ({"title": "عنوان آخر"}, "title"),
        ({"byline": "أحد"}, "byline"),
        ({"agency": "SANA"}, "agency"),
        ({"published": None, "published_metadata": None}, "date"),
        ({"comments": ()}, "comments"),
        ({"comments": (replace(HATE, author=None),)}, "comments"),
        ({"comments": (replace(HATE, date="أمس"),)}, "comments"),
    ],
)
def test_every_value_is_compared(found: dict[str, object], part: str) -> None:
    expected = page_of(comments=(HATE,))
    compared = compare(expected, page_of(**{"comments": (HATE,), **found}))
    assert compared.differs == (part,)
    assert part in ALL


def test_a_date_is_the_same_whatever_its_source_and_the_clock_counts_only_where_the_person_has_one() -> None:
    from_metadata = page_of(published=METADATA)
    assert compare(page_of(), from_metadata).differences == ()
    assert compare(page_of(), page_of(published=replace(SHOWN, clock=time(9)))).differences == ()
    assert compare(page_of(published=replace(SHOWN, clock=time(9))), page_of()).differs == ("date",)


def test_spaces_in_a_title_are_no_difference() -> None:
    assert compare(page_of(), page_of(title=" قصف  على سوق\nالبلدة")).differences == ()


def test_anatomies_of_different_texts_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different texts"):
        compare(page_of(), page_of(PARTS[1:]))
