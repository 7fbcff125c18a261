"""The gazetteer: names lead to every place that bears them; tables are sound."""

import re

from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.gazetteer import CURATED, gazetteer
from tawthiq.lexicon.tables import Row, load
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


# South, north, west, east of each country of the curated table, in degrees.
BOXES = {
    "SY": (32.2, 37.4, 35.6, 42.5), "IQ": (29.0, 37.5, 38.7, 48.7), "YE": (12.0, 19.1, 41.8, 54.7),
    "PS": (31.2, 32.6, 34.1, 35.7), "LB": (33.0, 34.75, 35.05, 36.7), "LY": (19.4, 33.3, 9.2, 25.3),
    "SD": (8.6, 22.3, 21.7, 38.7), "IL": (29.4, 33.4, 34.2, 35.9),
}  # fmt: skip


def rows() -> tuple[Row, ...]:
    return load("places/curated", CURATED)


def test_the_curated_table_is_large_and_its_codes_are_unique() -> None:
    codes = [row["code"] for row in rows()]
    assert len(codes) >= 2_400
    assert len(set(codes)) == len(codes)
    for country in ("SY", "IQ", "YE", "PS", "LB", "LY", "SD"):
        assert sum(row["country"] == country for row in rows()) >= 150, country


def test_curated_places_lie_in_their_country_and_under_a_parent_of_it() -> None:
    known = gazetteer()
    for row in rows():
        south, north, west, east = BOXES[row["country"]]
        assert (row["latitude"] == "-") == (row["longitude"] == "-"), row.at
        if row["latitude"] != "-":
            assert south <= float(row["latitude"]) <= north, row.at
            assert west <= float(row["longitude"]) <= east, row.at
        if row["parent"] != "-":
            assert known.by_code[row["parent"]].country == row["country"], row.at


def test_curated_names_are_written_in_their_script() -> None:
    for row in rows():
        for name in row.alternatives("names_ar"):
            assert re.fullmatch(r"~?[\u0600-\u06ff0-9][\u0600-\u06ff 0-9M-]*", name), row.at
        for name in row.alternatives("names_en"):
            assert re.fullmatch(r"~?[A-Za-z0-9][A-Za-z0-9' -]*", name), row.at


def test_no_two_curated_places_of_one_parent_bear_one_name() -> None:
    held: dict[tuple[str, str], str] = {}
    for row in rows():
        if row["kind"] == "governorate":
            continue
        for name in {name_key(name.removeprefix("~")) for name in row.alternatives("names_ar")}:
            other = held.setdefault((row["parent"] + row["country"], name), row["code"])
            assert other == row["code"], (other, row["code"], name)


def test_a_name_that_is_a_common_word_vouches_for_no_bare_mention() -> None:
    known = gazetteer()
    assert name_key("صوران") in known.sure
    assert name_key("المعتصم") not in known.sure
    assert any(place.code.startswith("iq.") for place in known.named("المعتصم"))


def test_spellings_in_english_lead_to_one_place() -> None:
    assert name_key("Yarmouk") == name_key("Yarmuk")
    assert name_key("Raqqah") == name_key("Raqqa") == name_key("Raqa")
    assert name_key("Eastern Ghouta") == name_key("Eastern Gouta")
    assert name_key("Hama") != name_key("Homs")
    assert codes("Tal Rifaat") & codes("Tell Rifaat") & codes("Tel Rifat")
    assert codes("Deir Ezzor") & codes("Deir al-Zour") & codes("Deir ez-Zor")


def test_a_curated_place_without_coordinates_takes_those_of_the_same_town() -> None:
    assert (
        gazetteer().by_code["sy.kansafra"].latitude is None or 35.5 < gazetteer().by_code["sy.kansafra"].latitude < 35.8
    )


def test_an_unknown_name_has_no_place() -> None:
    assert gazetteer().named("لامكانهنا") == ()
