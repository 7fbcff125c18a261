"""Drafts: zones stay a partition under every mark, and survive the way through a form."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from page.corrections import PARTS, page_of, span_of
from tawthiq.page.painting import is_partition
from tawthiq.records.page import Comment, Zone, ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.correction.draft import pack, pack_comments, painted, unpack, unpack_comments, zoned
from tawthiq.web.correction.lines import LONGEST, line_at, lines_of, of_lines, segments

KINDS = st.sampled_from(list(ZoneKind))
TEXT = st.text(alphabet=st.sampled_from("اب ت\n\t.x"), max_size=40)


@st.composite
def zoned_texts(draw: st.DrawFn) -> tuple[str, tuple[Zone, ...]]:
    text = draw(TEXT)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=5))})
    return text, tuple(
        Zone(draw(KINDS), Span(start, end), "") for start, end in itertools.pairwise(cuts) if start < end
    )


@given(zoned_texts(), st.data())
def test_a_mark_leaves_a_partition_and_changes_no_other_visible_character(
    given_: tuple[str, tuple[Zone, ...]], data: st.DataObject
) -> None:
    text, zones = given_
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    kind = data.draw(KINDS)
    after = painted(text, zones, span, kind)
    assert is_partition(after, len(text))
    before_kinds = [zone.kind for zone in zones for _ in range(len(zone.span))]
    after_kinds = [zone.kind for zone in after for _ in range(len(zone.span))]
    for place, letter in enumerate(text):
        if not letter.isspace():
            assert after_kinds[place] is (kind if span.start <= place < span.end else before_kinds[place])


@given(zoned_texts())
def test_zones_survive_the_packed_form(given_: tuple[str, tuple[Zone, ...]]) -> None:
    text, zones = given_
    assert unpack(pack(zones), len(text)) == zones


@given(st.text(alphabet="abcz0123456789-٣ ", max_size=12), st.integers(0, 30))
def test_a_packed_form_of_others_is_refused_or_a_partition(packed: str, length: int) -> None:
    zones = unpack(packed, length)
    assert zones is None or is_partition(zones, length)


def test_comments_survive_the_packed_form_and_wrong_ones_are_refused() -> None:
    comments = (Comment("زائر", None, Span(3, 9)), Comment(None, "أمس", Span(9, 12)))
    assert unpack_comments(pack_comments(comments), 12) == comments
    for wrong in (
        {},
        [[1, 2, 3]],
        [[5, 2, None, None]],
        [[0, 99, None, None]],
        [["0", 2, None, None]],
        [[0, 2, 7, None]],
    ):
        assert unpack_comments(wrong, 12) is None


@given(TEXT)
def test_lines_hold_every_visible_character_once_and_in_order(text: str) -> None:
    lines = lines_of(text)
    assert all(len(line) for line in lines)
    assert "".join("".join(line.of(text).split()) for line in lines) == "".join(text.split())
    assert all(first.end <= second.start for first, second in itertools.pairwise(lines))


def test_a_line_without_end_is_cut_at_blanks() -> None:
    text = "كلمة " * 2000
    lines = lines_of(text)
    assert all(len(line) <= LONGEST for line in lines)
    assert all(line.of(text).startswith("كلمة") and line.of(text).endswith("كلمة") for line in lines)


def test_segments_are_lines_cut_at_zones_and_numbers_lead_back() -> None:
    page = page_of()
    lines = lines_of(page.text)
    parts = segments(page.text, lines, page.zones, 1, len(lines))
    assert "".join(part.text for part in parts) == "".join(line.of(page.text) for line in lines)
    body = next(part for part in parts if part.kind == "body")
    assert line_at(lines, body.span.start) == body.line == 4
    assert of_lines(lines, 4, 4) == Span(body.span.start, lines[3].end)
    assert of_lines(lines, 4, 99) is None
    assert of_lines(lines, 0, 2) is None
    assert line_at(lines, len(page.text) + 5) == len(lines)


def test_white_space_between_body_and_another_kind_is_not_bodys() -> None:
    page = page_of()
    zones = painted(page.text, page.zones, span_of(page.text, "اشترك في نشرتنا"), ZoneKind.OTHER)
    assert [zone.span.of(page.text) for zone in zones if zone.kind is ZoneKind.BODY] == [PARTS[3][1], PARTS[5][1]]
    pieces = [(zone.kind, zone.span.start, zone.span.end) for zone in page.zones]
    assert is_partition(zoned(page.text, pieces), len(page.text))
