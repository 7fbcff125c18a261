"""The gazetteer: names lead to every place that bears them; tables are sound."""

from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.records.place import PlaceKind


def codes(name: str) -> set[str]:
    return {place.code for place in gazetteer().named(name)}


def test_joined_and_parted_spellings_are_one_name() -> None:
    assert name_key("كفر نبل") == name_key("كفرنبل")
    assert "sy.kafranbel" in codes("كفر نبل")


def test_article_hamza_and_taa_marbuta_do_not_part_a_name() -> None:
    assert codes("الحسكة") == codes("الحسكه")
    assert codes("إدلب") == codes("ادلب")


def test_english_articles_and_hyphens_do_not_part_a_name() -> None:
    assert "sy.babalhawa" in codes("Bab al-Hawa")
    assert codes("Al-Tabqa") == codes("Tabqa")


def test_a_homonym_keeps_all_its_homes() -> None:
    assert {place.country for place in gazetteer().named("طرابلس")} == {"LY", "LB"}


def test_governorate_and_city_of_one_name_are_both_kept() -> None:
    kinds = {place.kind for place in gazetteer().named("الرقة")}
    assert PlaceKind.GOVERNORATE in kinds
    assert len(kinds) > 1


def test_containment_follows_parents_up_to_the_country() -> None:
    known = gazetteer()
    camp, governorate, country = known.by_code["sy.yarmouk"], known.by_code["sy.damascus"], known.by_code["SY"]
    assert known.within(camp, governorate)
    assert known.within(camp, country)
    assert not known.within(governorate, camp)


def test_every_parent_exists_and_every_coordinate_lies_on_earth() -> None:
    known = gazetteer()
    for place in known.by_code.values():
        assert place.parent is None or place.parent in known.by_code, place.code
        assert place.latitude is None or -90 <= place.latitude <= 90
        assert place.longitude is None or -180 <= place.longitude <= 180


def test_an_unknown_name_has_no_place() -> None:
    assert gazetteer().named("لامكانهنا") == ()
