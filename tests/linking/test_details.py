import pytest

from tawthiq.linking.details import details
from tawthiq.linking.wording import folded_words


def of(text: str):
    return details(folded_words(text))


def test_weapon_site_and_hour_are_found_with_what_is_written_onto_them() -> None:
    found = of("ألقت المروحيات براميل متفجرة على المشفى فجراً وبالبراميل قصفت السوق")
    assert found.weapons == {"helicopter", "barrel_bomb"}
    assert found.sites == {"hospital", "market"}
    assert found.hours == {"dawn"}
    assert not found.rising


@pytest.mark.parametrize("text", ["ارتفاع حصيلة القصف إلى تسعة", "The death toll rises to nine after the strike"])
def test_words_for_a_rising_toll_are_found(text: str) -> None:
    assert of(text).rising


def test_the_longest_wording_wins() -> None:
    assert of("انفجرت سيارة مفخخة").weapons == {"vehicle_bomb"}
    assert of("a car bomb near the gas station").sites == {"fuel"}


def test_plain_words_tell_no_detail() -> None:
    found = of("قال شاهد إن الناس هربوا")
    assert (found.weapons, found.sites, found.hours, found.rising) == (frozenset(), frozenset(), frozenset(), False)
