"""Parties: aliases, composition, country, second mentions, doubt."""

import pytest

from tawthiq.reading.actor_table import actors, aliases
from tawthiq.reading.actors import actor_mentions, document_country
from tawthiq.reading.prepared import prepare
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def parties(text: str, language: str = "ar", country: str | None = None) -> list[tuple[str, str]]:
    """Code and wording of each mention."""
    document = Document(id="t", text=text, language=language, readable=(Span(0, len(text)),))
    return [(found.actor, found.mention.text) for found in actor_mentions(prepare(document), country)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دخلت قسد البلدة", [("sdf", "قسد")]),
        ("قصف الطيران الحربي الروسي القرية", [("russia", "الطيران الحربي الروسي")]),
        ("أصيب بغارة تركية", [("turkey", "تركية")]),
        ("مسيّرة إسرائيلية فوق الحي", [("israel", "مسيّرة إسرائيلية")]),
        ("برصاص لقوات النظام السوري", [("syria_gov", "لقوات النظام السوري")]),
    ],
)
def test_names_and_composed_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert parties(text) == expected


@pytest.mark.parametrize(("country", "code"), [("SY", "coalition"), ("YE", "saudi_coalition")])
def test_country_decides_what_the_coalition_is(country: str, code: str) -> None:
    assert parties("أغار طيران التحالف ليلاً", country=country) == [(code, "طيران التحالف")]


def test_coalition_stays_open_without_a_country() -> None:
    assert parties("أغارت طائرات التحالف ليلاً") == []


def test_loaded_wording_has_the_same_code_and_keeps_its_words() -> None:
    assert parties("عصابات الأسد") == [("syria_gov", "عصابات الأسد")]
    assert parties("الجيش العربي السوري") == [("syria_gov", "الجيش العربي السوري")]


def test_second_mention_by_the_head_noun_alone() -> None:
    codes = [code for code, _ in parties("هاجم تنظيم داعش الحاجز. ثم انسحب التنظيم شرقاً.")]
    assert codes == ["isis", "isis"]


def test_organisation_without_a_first_mention_stays_unresolved() -> None:
    assert parties("انسحب التنظيم شرقاً") == []


def test_doubt_beside_a_mention_is_kept() -> None:
    text = "غارة يُعتقد أنها روسية"
    document = Document(id="t", text=text, language="ar", readable=(Span(0, len(text)),))
    assert [found.hedged for found in actor_mentions(prepare(document))] == [True]


def test_abbreviation_that_is_a_word_needs_its_capitals() -> None:
    assert parties("This is the road", "en") == []
    assert parties("Fighters of IS fled", "en") == [("isis", "IS")]


def test_country_of_a_document_is_the_one_named_most() -> None:
    text = "من صنعاء إلى تعز في اليمن"
    assert document_country(prepare(Document(id="t", text=text, language="ar"))) == "YE"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_alias_names_a_canonical_party(language: str) -> None:
    codes = {alias.actor for rows in aliases(language).values() for alias in rows}
    assert codes <= set(actors())
    assert len(codes) > 25


def codes(text: str, country: str | None = None) -> list[str]:
    """The code of each mention of an Arabic text."""
    return [code for code, _ in parties(text, "ar", country)]


def test_quotation_marks_inside_a_name_do_not_hide_it() -> None:
    assert codes("هاجم تنظيم «داعش» البلدة وردت «وحدات حماية الشعب» الكردية.") == ["isis", "kurdish_forces"]


def test_a_force_with_a_pronoun_is_that_of_the_party_last_named() -> None:
    assert codes("أعلنت قوات سوريا الديمقراطية أن مقاتليها صدوا الهجوم.") == ["sdf", "sdf"]


def test_gunmen_are_unknown_unless_the_next_word_tells_whose_they_are() -> None:
    assert codes("أطلق مسلحون النار على حاجز.") == ["unknown"]
    assert codes("أطلق مسلحون حوثيون النار على حاجز.") == ["houthi"]


@pytest.mark.parametrize(
    ("country", "code"), [("SY", "syria_gov"), ("PS", "israel"), ("YE", "saudi_coalition"), ("SD", "sudan_saf")]
)
def test_warplanes_without_an_owner_are_those_of_the_party_that_has_an_air_force(country: str, code: str) -> None:
    assert codes("قصف الطيران الحربي أطراف المدينة.", country) == [code]


def test_a_nationality_behind_a_force_decides_over_the_country_of_the_report() -> None:
    assert codes("قصف الطيران الحربي الروسي أطراف المدينة.", "SY") == ["russia"]
