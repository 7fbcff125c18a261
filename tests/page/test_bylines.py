# ruff: noqa: E501 (sample lines read better unbroken)
import pytest

from tawthiq.page.bylines import has_prefix, is_prefix, joined, person, persons, same_person


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("By Mary Stone and John Hill", ["Mary Stone", "John Hill"]),
        ("Mary Stone, Ali Karam and John Hill", ["Mary Stone", "Ali Karam", "John Hill"]),
        ("Von Anna Berg und Lea Wald, Nairobi", ["Anna Berg", "Lea Wald"]),
        ("Mary Stone; John Hill", ["Mary Stone", "John Hill"]),
        ("بقلم: سلمى الحمصي وخالد العمر", ["سلمى الحمصي", "خالد العمر"]),
        ("سلمى الحمصي و خالد العمر", ["سلمى الحمصي", "خالد العمر"]),
        ("إعداد: وليد الأحمد", ["وليد الأحمد"]),
        ("محمد وليد الأحمد", ["محمد وليد الأحمد"]),
        ("By Mary Stone, New Delhi correspondent", ["Mary Stone"]),
        ("Mary Stone and Reuters", ["Mary Stone"]),
        ("By Mary Stone - Beirut", ["Mary Stone"]),
    ],
)
def test_every_person_of_a_byline_is_kept(words: str, names: list[str]) -> None:
    assert persons(words, ()) == names


@pytest.mark.parametrize(
    "words",
    ["admin", "Valley Times", "هيئة التحرير", "فريق التحرير", "وكالة رويترز", "info@example.org", "Kommentar von", "صوت السهل", "News Desk", "Chcete li poslouchat", "مراسلنا في الشمال", "خاص", "Reuters", "12 March 2021"],
)  # fmt: skip
def test_what_is_no_person_is_no_byline(words: str) -> None:
    assert person(words, ("صوت السهل", "Valley Times")) is None


def test_names_are_joined_as_their_script_does() -> None:
    assert joined(["Mary Stone", "John Hill"]) == "Mary Stone and John Hill"
    assert joined(["Mary Stone", "Ali Karam", "John Hill"]) == "Mary Stone, Ali Karam and John Hill"
    assert joined(["سلمى الحمصي", "خالد العمر"]) == "سلمى الحمصي وخالد العمر"
    assert joined([]) == ""


def test_one_person_is_known_under_longer_and_capital_forms() -> None:
    assert same_person("MARY STONE", "Mary Stone")
    assert same_person("Mary Ann Stone", "Mary Stone")
    assert not same_person("Mary Stone", "Mary Hill")


def test_a_prefix_alone_leads_to_the_next_line() -> None:
    assert is_prefix("بقلم")
    assert is_prefix("By")
    assert has_prefix("By Mary Stone")
    assert not has_prefix("Bylaws of the council changed")


def test_a_common_noun_opens_a_byline_only_with_a_mark() -> None:
    assert persons("تقرير: سلمى الحمصي", ()) == ["سلمى الحمصي"]
    assert has_prefix("إعداد / سلمى الحمصي")
    assert not has_prefix("تقرير حقوقي جديد عن المعتقلين")
    assert not has_prefix("تحقيق العدالة الانتقالية")
    assert not has_prefix("Text messages from the front")
