"""Chains of places, told from the inside out, and bare kinds that point back. All texts are ours."""

from tawthiq.reading import gathered
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def chains(text: str, language: str = "ar") -> list[list[str]]:
    found = gathered(Document(id="t", text=text, language=language, readable=(Span(0, len(text)),)))
    return [[place.mention.text for place in chain.places] for chain in found.chains]


def test_a_town_and_what_it_is_the_capital_of_are_one_chain() -> None:
    assert chains("اشتباكات في مدينة الحوطة عاصمة محافظة لحج شمالي اليمن.") == [
        ["مدينة الحوطة", "محافظة لحج", "شمالي اليمن"]
    ]


def test_a_bare_kind_points_back_to_the_last_place_of_that_kind() -> None:
    found = chains("سيطر المقاتلون على مدينة تعز صباحاً. ثم سقطت قذائف على المدينة.")
    assert found == [["مدينة تعز"], ["المدينة", "مدينة تعز"]]


def test_a_bare_kind_with_nothing_before_it_stands_alone() -> None:
    assert chains("سقطت قذائف على المدينة.") == [["المدينة"]]


def test_a_camp_is_not_meant_by_the_village() -> None:
    assert chains("قصف مخيم اليرموك. ثم سقطت قذائف على القرية.")[-1] == ["القرية"]


def test_the_town_in_english_points_back_too() -> None:
    found = chains("Shells hit the town of Qalmara. Later an air strike on the town killed two.", "en")
    assert found[-1] == ["town", "town of Qalmara"]


def test_the_items_of_a_list_are_one_chain_with_what_follows() -> None:
    assert chains("قصف على حي الزنبق وحي الخزامى بمدينة حلب.") == [["حي الزنبق", "وحي الخزامى", "بمدينة حلب"]]
    assert chains("Shelling hit Razih and Shada.", "en") == [["Razih", "Shada"]]


def test_a_place_that_holds_a_party_name_stays_a_place() -> None:
    assert chains("نفذت الشرطة حملات اعتقال في العاصمة أنقرة.") == [["العاصمة أنقرة"]]
