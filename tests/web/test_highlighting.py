"""Text cut into pieces: nothing lost, nothing doubled, every mark where it stands."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.records.span import Span
from tawthiq.web.highlighting import Mark, Piece, pieces, stretches
from tawthiq.web.templatetags.highlighted import marked

TEXTS = st.text(alphabet="ab <>&\"'اب\u064b\u200f\U0001f600\n", min_size=0, max_size=40)


def spans(length: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(lambda ends: Span(min(ends), max(ends)))


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Span, list[Mark]]:
    text = draw(TEXTS)
    within = draw(spans(len(text)))
    found = draw(st.lists(spans(len(text) + 5), max_size=8))
    return text, within, [Mark(f"e{number}-act", "act", f"e{number}", span) for number, span in enumerate(found)]


@given(marked_texts())
def test_pieces_together_are_the_text(given_text: tuple[str, Span, list[Mark]]) -> None:
    text, within, marks = given_text
    assert "".join(piece.text for piece in pieces(text, within, marks)) == within.of(text)


@given(marked_texts())
def test_every_character_is_under_exactly_the_marks_that_cover_it(given_text: tuple[str, Span, list[Mark]]) -> None:
    text, within, marks = given_text
    at = within.start
    for piece in pieces(text, within, marks):
        for place in range(at, at + len(piece.text)):
            covering = {mark.id for mark in marks if mark.span.start <= place < mark.span.end}
            assert {mark.id for mark in piece.marks} == covering
        at += len(piece.text)


@given(marked_texts())
def test_every_mark_that_begins_inside_starts_once(given_text: tuple[str, Span, list[Mark]]) -> None:
    text, within, marks = given_text
    starts = [start for piece in pieces(text, within, marks) for start in piece.starts]
    inside = [mark.id for mark in marks if len(mark.span) and within.start <= mark.span.start < within.end]
    assert sorted(starts) == sorted(inside)


@given(marked_texts())
def test_html_holds_no_markup_of_the_text(given_text: tuple[str, Span, list[Mark]]) -> None:
    text, within, marks = given_text
    html = marked(pieces(text, within, marks))
    assert html.count("<") == html.count("<span") + html.count("</span>") + html.count("<mark") + html.count("</mark>")


def test_crossing_marks_share_the_piece_in_the_middle() -> None:
    left, right = Mark("a", "act", "e1", Span(0, 3)), Mark("b", "place", "e1", Span(2, 5))
    assert pieces("abcde", Span(0, 5), [left, right]) == [
        Piece("ab", (left,), ("a",)),
        Piece("c", (left, right), ("b",)),
        Piece("de", (right,), ()),
    ]


@given(TEXTS.flatmap(lambda text: st.tuples(st.just(len(text)), st.lists(spans(len(text)), max_size=6))))
def test_stretches_cover_the_text_once(given_zones: tuple[int, list[Span]]) -> None:
    length, found = given_zones
    covered = stretches([("body", span) for span in found], length)
    assert [place for stretch in covered for place in range(stretch.span.start, stretch.span.end)] == list(
        range(length)
    )


def test_neighbouring_zones_of_one_kind_are_one_stretch() -> None:
    zones = [("body", Span(0, 4)), ("body", Span(4, 6)), ("ad", Span(6, 9))]
    assert [(stretch.kind, stretch.span) for stretch in stretches(zones, 9)] == [
        ("body", Span(0, 6)),
        ("ad", Span(6, 9)),
    ]
