import pytest

from linking.builders import at, entry, event, report
from tawthiq.linking.nearness import nearness
from tawthiq.linking.occurrences import occurrences
from tawthiq.linking.statistics import Statistics
from tawthiq.records.place import Place, PlaceKind


def value(first: list[tuple[str, Place | None]], second: list[tuple[str, Place | None]], more: str = "") -> str | None:
    reports = []
    for name, places in (("a", first), ("b", second)):
        text = "غارة على " + " ثم ".join(words for words, _ in places) + (more if name == "b" else "")
        reports.append(report(name, text, event(text, "غارة", places=tuple(at(text, *place) for place in places))))
    found = [occurrence for each in reports for occurrence in occurrences(each)]
    return nearness(*found, Statistics.of(found))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("حي ضهرة عواد", "ضهرة عواد"),
        ("كفر ناها", "كفرناها"),
        ("بلدة السنديانة", "مدينة السنديانة"),
        ("بالجميلي", "حي الجميلي"),
        ("#معرة_النعمان", "معرة النعمان"),
    ],
)
def test_one_name_written_two_ways_is_the_same_name(one: str, other: str) -> None:
    assert value([(one, None)], [(other, None)]) == "same_name"


def test_a_street_corner_before_the_village_does_not_hide_the_village() -> None:
    assert value([("دوار العلف", None), ("حي المشلب", None)], [("المشلب", None)]) == "rare_name"


def test_two_names_with_nothing_in_common_are_different() -> None:
    assert value([("السنديانة", None)], [("الزيتونة", None)]) == "different"


def test_sorts_of_place_and_directions_are_no_names() -> None:
    assert value([("وسط المدينة", None)], [("الحي الشرقي", None)]) is None


def test_a_place_that_the_other_report_names_somewhere_counts_for_it() -> None:
    assert value([("السنديانة", None)], [("المدينة", None)], more=" في السنديانة") == "named"
    assert value([("السنديانة", None)], [("المدينة", None)]) == "not_named"


def test_coordinates_decide_where_both_have_them() -> None:
    here = entry("1", 36.2, 37.1)
    assert value([("السنديانة", here)], [("الزيتونة", entry("2", 36.203, 37.1))]) == "same_spot"
    assert value([("السنديانة", here)], [("الزيتونة", entry("2", 36.23, 37.1))]) == "near"
    assert value([("السنديانة", here)], [("السنديانة", entry("2", 33.5, 36.3))]) == "far"


def test_a_large_city_proves_less_than_a_village() -> None:
    city = Place("c", "المدينة الكبيرة", "city", PlaceKind.CITY, "SY", 36.2, 37.1, None, 2_000_000)
    assert value([("السنديانة", city)], [("السنديانة", city)]) == "same_city"


def test_a_governorate_proves_nothing() -> None:
    wide = Place("g", "محافظة", "governorate", PlaceKind.GOVERNORATE, "SY", None, None, None, 0)
    assert value([("السنديانة", wide)], [("السنديانة", wide)]) == "same_area"
