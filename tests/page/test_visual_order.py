import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.pdf_maker import as_drawn
from tawthiq.page.visual_order import Placed, ligature, logical, stored_backwards


def read(drawn: str, *, from_right: bool = True) -> str:
    placed = [Placed(letter, 10.0 * at, 10.0 * at + 10) for at, letter in enumerate(drawn)]
    return "".join(piece.text for piece in logical(placed, from_right=from_right))


@pytest.mark.parametrize(
    "line",
    [
        "قتل 12 شخصاً في قصف على البلدة",
        "وقع ذلك عند الساعة 10:45 يوم 14/5/2013 في الحي",
        "قال مراسل Al Sahel News في المدينة إن الطريق مقطوع",
        "قال «لا أحد يعلم» ثم مضى (إلى بيته).",
        "الطريق (M5) مغلق منذ 3.5 ساعة.",
        "وزار «دار السلام» و«دار الأمل»، ثم عاد",
        "نسبة ٤٥٪ من المباني",
    ],
)
def test_a_line_of_arabic_is_read_as_it_was_written(line: str) -> None:
    assert read(as_drawn(line)) == line


def test_brackets_come_out_alike_whether_a_program_stores_them_as_drawn_or_as_meant() -> None:
    line = "قال «نعم» (أمس) ثم ذهب"
    drawn = as_drawn(line)
    unmirrored = drawn.translate(str.maketrans("()«»", ")(»«"))
    assert read(drawn) == read(unmirrored) == line


def test_two_numbers_beside_each_other_are_read_from_the_right() -> None:
    assert read("40 12 بلح") == "حلب 12 40"


def test_a_name_in_arabic_inside_an_english_line_is_read_from_the_right() -> None:
    assert read("the town of بلح in the north", from_right=False) == "the town of حلب in the north"


@given(st.text("ابجدهوز12AB ().:", min_size=1, max_size=40), st.booleans())
def test_nothing_is_lost_or_added_by_reading_order(drawn: str, from_right: bool) -> None:
    plain = str.maketrans("()", "((")
    assert sorted(read(drawn, from_right=from_right).translate(plain)) == sorted(drawn.translate(plain))


def test_lam_comes_before_alef_and_marks_behind_their_letter() -> None:
    assert ligature(["ا", "ل"], as_stored=True) == "لا"
    assert ligature(["\u0651", "ل"], as_stored=True) == "ل\u0651"
    assert ligature(["ى", "ل"], as_stored=False) == "لى"
    assert ligature(["f", "i"], as_stored=False) == "fi"


def test_how_a_file_stores_ligatures_is_told_by_lam_and_alef() -> None:
    assert stored_backwards([["ا", "ل"], ["أ", "ل"], ["ل", "ا"]])
    assert not stored_backwards([["ل", "ا"], ["ى", "ل"]])
