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
