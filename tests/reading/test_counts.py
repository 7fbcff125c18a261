"""The casualty grammar in Arabic and English. All texts are ours."""

import pytest

from tawthiq.reading.counts import counts
from tawthiq.reading.marked import mark
from tawthiq.reading.prepared import prepare
from tawthiq.records.count import Count
from tawthiq.records.reading import Document
from tawthiq.records.span import Span

Value = tuple[str, int | None, int | None, bool]


def found(text: str, language: str = "ar") -> list[Count]:
    document = Document(id="t", text=text, language=language, readable=(Span(0, len(text)),))
    return [count.count for count in counts(mark(prepare(document)))]


def values(text: str, language: str = "ar") -> list[Value]:
    return [(str(c.harm), c.minimum, c.maximum, c.part_of) for c in found(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مقتل 12 مدنياً في غارة.", [("killed", 12, 12, False)]),
        ("مقتل طفل برصاص قناص.", [("killed", 1, 1, False)]),
        ("قتل ثلاثة أشخاص وأصيب خمسة آخرون.", [("killed", 3, 3, False), ("injured", 5, 5, False)]),
        ("سقط 4 قتلى و7 جرحى.", [("killed", 4, 4, False), ("injured", 7, 7, False)]),
        ("اعتقلت الدورية 6 أشخاص.", [("detained", 6, 6, False)]),
        ("توفي تحت التعذيب 23 معتقلاً.", [("killed", 23, 23, False)]),
    ],
)
def test_a_number_and_its_noun_count_people(text: str, expected: list[Value]) -> None:
    assert values(text) == expected


def test_a_subset_is_part_of_the_count_before_it() -> None:
    assert values("مقتل 12 مدنياً بينهم 3 أطفال.") == [("killed", 12, 12, False), ("killed", 3, 3, True)]


def test_at_least_leaves_the_maximum_open() -> None:
    assert values("قتل ما لا يقل عن 9 أشخاص.") == [("killed", 9, None, False)]


def test_things_are_not_people() -> None:
    assert values("أدى القصف إلى مقتل شخص وتدمير 15 منزلاً.") == [("killed", 1, 1, False)]


def test_a_number_without_harm_is_no_count() -> None:
    assert values("يعيش في المخيم 3000 شخص.") == []


def test_the_mention_holds_number_and_noun() -> None:
    assert found("مقتل 12 مدنياً في غارة.")[0].mention.text == "12 مدنياً"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed six people and wounded 19.", [("killed", 6, 6, False), ("injured", 19, 19, False)]),
        (
            "At least 12 people, including five children, were killed.",
            [("killed", 12, None, False), ("killed", 5, 5, True)],
        ),
        ("A sniper killed a woman.", [("killed", 1, 1, False)]),
        ("Dozens of people were wounded.", [("injured", 20, None, False)]),
    ],
)
def test_english_counts(text: str, expected: list[Value]) -> None:
    assert values(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بلغ عدد القتلى ثلاثين.", [("killed", 30, 30, False)]),
        ("لتصل الحصيلة إلى 16.", [("killed", 16, 16, False)]),
        ("أدى القصف إلى مقتل سبعة وجرح العشرات.", [("killed", 7, 7, False), ("injured", 20, None, False)]),
        ("أودت الغارة بتسعة.", [("killed", 9, 9, False)]),
        ("سقط أربعة في الحي الغربي وثلاثة في الحي الشرقي.", [("killed", 4, 4, False), ("killed", 3, 3, False)]),
    ],
)
def test_arabic_figures_of_people_need_no_noun(text: str, expected: list[Value]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل عشرة مدنيين، سبعة منهم أطفال.", [("killed", 10, 10, False), ("killed", 7, 7, True)]),
        ("استشهد خمسة عمال، اثنان منهم في الفرن.", [("killed", 5, 5, False), ("killed", 2, 2, True)]),
        ("قتل ستة بينهم ثلاث نساء.", [("killed", 6, 6, False), ("killed", 3, 3, True)]),
        ("Nine farmers, two of them boys, were killed.", [("killed", 9, 9, False), ("killed", 2, 2, True)]),
    ],
)
def test_of_them_makes_a_part_of_the_count_before(text: str, expected: list[Value]) -> None:
    assert values(text, "en" if text.isascii() else "ar") == expected


def test_a_figure_of_dead_and_wounded_together_is_a_ceiling_of_each() -> None:
    assert values("سقط 29 مدنياً بين قتيل وجريح.") == [("killed", None, 29, False), ("injured", None, 29, False)]


def test_an_item_of_a_digest_counts_the_dead_by_the_attack_it_names() -> None:
    assert values("- دابق: 14 مدنياً بغارات جوية.") == [("killed", 14, 14, False)]


def test_the_shot_counted_with_a_number_are_not_people() -> None:
    assert values("قتل الرجل بإحدى وعشرين رصاصة.") == []


def test_who_did_the_harm_is_not_counted() -> None:
    assert values("قتل طفل برصاص قناص.") == [("killed", 1, 1, False)]
    assert values("A soldier was shot dead by a sniper.", "en") == [("killed", 1, 1, False)]


def test_people_who_open_a_clause_are_harmed_by_the_verb_behind_them() -> None:
    assert values("وقال إن طفلاً كان يرعى الغنم قتل.") == [("killed", 1, 1, False)]
    assert values("وأضاف أن ثلاثة صيادين اعتقلوا.") == [("detained", 3, 3, False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast brought the toll to 21.", [("killed", 21, 21, False)]),
        ("The shelling caused the injury of four civilians.", [("injured", 4, 4, False)]),
        ("The raid killed three beekeepers.", [("killed", 3, 3, False)]),
        ("A drone killed a prominent businessman.", [("killed", 1, 1, False)]),
    ],
)
def test_english_tolls_and_unlisted_occupations(text: str, expected: list[Value]) -> None:
    assert values(text, "en") == expected


def test_a_wounding_and_the_others_wounded_are_not_two_tolls() -> None:
    text = "قصف الطيران بلدة سراقب أمس ما أدى إلى مقتل 3 مدنيين وإصابة 30 آخرين بجروح."
    assert values(text) == [("killed", 3, 3, False), ("injured", 30, 30, False)]


def test_others_without_a_number_are_two_or_more() -> None:
    text = "انفجرت عبوة في السوق فقتل رجل وأصيب آخرون بجروح."
    assert values(text) == [("killed", 1, 1, False), ("injured", 2, None, False)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("شهيدان وعدد من الجرحى في غارة على أريحا", [("killed", 2, 2, False), ("injured", 2, None, False)]),
        ("شهيد و٣ جرحى بقصف على أريحا", [("killed", 1, 1, False), ("injured", 3, 3, False)]),
        ("استشهاد المدني خالد العمر جراء غارة على أريحا", [("killed", 1, 1, False)]),
        ("مقتل المدني جراء غارة على أريحا", []),
        ("بين قتيل وجريح في غارة على أريحا", []),
    ],
)
def test_dead_and_wounded_that_open_a_headline_count_by_themselves(text: str, told: list[Value]) -> None:
    assert values(text) == told
