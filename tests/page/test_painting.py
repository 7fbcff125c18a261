from hypothesis import given
from hypothesis import strategies as st

from tawthiq.page.painting import Canvas, is_partition
from tawthiq.records.page import Zone, ZoneKind
from tawthiq.records.span import Span

TEXTS = st.text(alphabet="ab \n\u00a0", max_size=40)
PAINTS = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45), st.sampled_from(list(ZoneKind))), max_size=12)


@given(TEXTS, PAINTS)
def test_zones_partition_the_text_whatever_is_painted(text: str, paints: list[tuple[int, int, ZoneKind]]) -> None:
    canvas = Canvas(text)
    for start, end, kind in paints:
        canvas.paint(start, end, kind, "a reason")
    assert is_partition(canvas.zones(), len(text))


@given(TEXTS, PAINTS)
def test_a_visible_character_has_the_kind_that_was_painted_last(
    text: str, paints: list[tuple[int, int, ZoneKind]]
) -> None:
    canvas = Canvas(text)
    due = [ZoneKind.OTHER] * len(text)
    for start, end, kind in paints:
        canvas.paint(start, end, kind, "a reason")
        for position in range(start, min(end, len(text))):
            due[position] = kind
    found = [zone.kind for zone in canvas.zones() for _ in range(len(zone.span))]
    assert [kind for kind, letter in zip(found, text, strict=True) if not letter.isspace()] == [
        kind for kind, letter in zip(due, text, strict=True) if not letter.isspace()
    ]


def test_body_neither_begins_nor_ends_with_white_space() -> None:
    canvas = Canvas("menu\nbody text \nshare")
    canvas.paint(4, 16, ZoneKind.BODY, "text")
    assert [zone.span.of("menu\nbody text \nshare") for zone in canvas.zones() if zone.kind is ZoneKind.BODY] == [
        "body text"
    ]


def test_a_gap_an_overlap_and_a_short_end_are_no_partition() -> None:
    def zone(start: int, end: int) -> Zone:
        return Zone(ZoneKind.BODY, Span(start, end), "x")

    assert is_partition((zone(0, 2), zone(2, 5)), 5)
    assert not is_partition((zone(0, 2), zone(3, 5)), 5)
    assert not is_partition((zone(0, 3), zone(2, 5)), 5)
    assert not is_partition((zone(0, 2),), 5)
    assert not is_partition((), 1)
    assert is_partition((), 0)
