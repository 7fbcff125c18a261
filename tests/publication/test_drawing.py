"""Maps, timelines and figures: sound, safe, the same each time, in the reader's direction, with nothing over anything."""

import re
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_incidents import DAY, claim, incident, slot
from tawthiq.publication.drawing import (
    bars_svg,
    columns_svg,
    map_svg,
    on_paper,
    points_of,
    timeline_of,
    timeline_svg,
)
from tawthiq.publication.drawing.atlas import Box, countries, crossings, cut
from tawthiq.publication.drawing.columns import ticks
from tawthiq.publication.drawing.frames import frame_of, scale_of
from tawthiq.publication.drawing.markup import width_of
from tawthiq.publication.drawing.room import Area, Room
from tawthiq.records.disclosure import DisclosedPlace
from tawthiq.records.drawing import BarRow, ColumnRow, MapPoint, TimelineEntry, TimelineKind

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}
LANGUAGES = ("ar", "en")
SARAQIB = MapPoint("سراقب", 35.864, 36.805, "1", 0.0, "source 1")
MAARA = MapPoint("معرة النعمان", 35.64, 36.67, "2")
AREA = MapPoint("محافظة إدلب", 35.93, 36.63, "3", 70.0)
NOWHERE = MapPoint("حي بلا إحداثيات", None, None, "4")
HOSTILE = '"><script>alert(1)</script>&\x00\ud800\u202e'
WORDS = st.one_of(st.just(HOSTILE), st.text(max_size=40))
DAYS = st.one_of(st.none(), st.dates())


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.encode("utf-8", "strict"))


def texts(svg: str) -> list[ElementTree.Element]:
    return parsed(svg).findall(".//svg:text", NAMESPACE)


def words(svg: str) -> list[str]:
    return [node.text or "" for node in texts(svg)]


def expect_safe(svg: str) -> None:
    """Sound XML without script, style, event or anything that is fetched."""
    for node in parsed(svg).iter():
        assert node.tag.rpartition("}")[2] not in ("script", "style", "image", "foreignObject", "use", "a")
        for name, value in node.attrib.items():
            assert name != "style"
            assert not name.lower().startswith("on")
            assert "href" not in name
            assert "url(" not in value or re.fullmatch(r"url\(#[\w-]+\)", value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_map_is_the_same_each_time_and_says_whom_it_is_for(language: str) -> None:
    points = (SARAQIB, MAARA, AREA, NOWHERE)
    drawn = map_svg(points, language)
    assert drawn == map_svg(points, language)
    expect_safe(drawn)
    root = parsed(drawn)
    assert root.attrib["lang"] == language
    assert root.attrib["direction"] == ("rtl" if language == "ar" else "ltr")
    described = root.find("svg:desc", NAMESPACE)
    assert described is not None
    assert described.text
    assert all(point.label in described.text for point in points)


def test_place_without_coordinates_is_listed_and_not_drawn() -> None:
    drawn = map_svg((SARAQIB, NOWHERE), "en")
    assert "No coordinates known:" in words(drawn)
    assert "4. حي بلا إحداثيات" in words(drawn)
    assert "4" not in words(drawn)
    alone = map_svg((NOWHERE,), "en")
    assert parsed(alone).findall(".//svg:path", NAMESPACE) == []
    assert "No place with known coordinates" in words(alone)


def test_area_is_a_circle_of_its_reach_with_a_note_and_a_place_is_none() -> None:
    wide = map_svg((AREA,), "en")
    circles = [node for node in parsed(wide).findall(".//svg:circle", NAMESPACE) if "stroke-dasharray" in node.attrib]
    frame = frame_of((AREA,), 720, round(720 * 0.56))
    assert [float(node.attrib["r"]) for node in circles] == [pytest.approx(frame.units(70), abs=0.01)]
    assert any("gazetteer, not of the event" in said for said in words(wide))
    assert "stroke-dasharray" not in map_svg((SARAQIB,), "en")


def test_positions_that_disagree_are_numbered_and_stand_apart_even_at_one_spot() -> None:
    twins = (SARAQIB, MapPoint("Outskirts", 35.865, 36.806, "2"), MapPoint("Again", 35.864, 36.805, "3"))
    drawn = parsed(map_svg(twins, "en"))
    badges = [node.attrib for node in drawn.findall(".//svg:rect", NAMESPACE) if node.attrib.get("rx")]
    assert len(badges) == 3
    spots = [(float(each["x"]), float(each["y"])) for each in badges]
    assert all(abs(a[0] - b[0]) >= 20 or abs(a[1] - b[1]) >= 20 for a, b in combinations(spots, 2))


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-170, 170)), min_size=1, max_size=8))
@settings(max_examples=20)
def test_every_position_lies_inside_the_frame(spots: list[tuple[float, float]]) -> None:
    points = [MapPoint("x", latitude, longitude) for latitude, longitude in spots]
    frame = frame_of(points, 720, 403)
    for latitude, longitude in spots:
        x, y = frame.at(longitude, latitude)
        assert -0.01 <= x <= 720.01
        assert -0.01 <= y <= 403.01


def test_scale_bar_is_as_long_as_it_says() -> None:
    frame = frame_of((SARAQIB,), 720, 403)
    west, east = frame.at(frame.box.west, 35.8), frame.at(frame.box.west + 1, 35.8)
    degree = 111.2 * 0.8111  # kilometres of a degree of longitude at 35.8 degrees north
    assert east[0] - west[0] == pytest.approx(frame.units(degree), rel=0.01)
    assert scale_of(frame) in (10, 20, 50, 100, 200)
    assert frame.units(scale_of(frame)) <= 720 / 4


def test_capitals_lie_inside_their_countries() -> None:
    for longitude, latitude, code in (
        (36.29, 33.51, "SY"),
        (44.4, 33.3, "IQ"),
        (32.53, 15.5, "SD"),
        (2.35, 48.85, "FR"),
    ):
        holding = [
            country.place.code
            for country in countries()
            if country.place and sum(crossings(ring, longitude, latitude) for ring, _ in country.rings) % 2
        ]
        assert holding == [code]


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=12))
def test_what_is_cut_lies_inside_the_box(ring: list[tuple[int, int]]) -> None:
    box = Box(-10, -20, 30, 5)
    for x, y in cut([(float(a), float(b)) for a, b in ring], box):
        assert box.west - 1e-9 <= x <= box.east + 1e-9
        assert box.south - 1e-9 <= y <= box.north + 1e-9


def test_ring_inside_the_box_stays_as_it_is() -> None:
    ring = [(0.0, 0.0), (5.0, 0.0), (5.0, 4.0)]
    assert set(cut(ring, Box(-10, -10, 10, 10))) == set(ring)
    assert cut(ring, Box(20, 20, 30, 30)) == []


@given(st.lists(st.tuples(*[st.integers(0, 90)] * 2, *[st.integers(1, 20)] * 2), max_size=30))
def test_room_is_never_given_twice(asked: list[tuple[int, int, int, int]]) -> None:
    room = Room(100, 100)
    for x, y, width, height in asked:
        room.take([Area(x, y, x + width, y + height)])
    assert not any(one.meets(other) for one, other in combinations(room.taken, 2))
    assert all(area.right <= 100 and area.bottom <= 100 for area in room.taken)


def test_timeline_shows_each_kind_and_says_the_days_of_each_line() -> None:
    entries = (
        TimelineEntry(TimelineKind.COLLECTED, "source 1", date(2026, 11, 2), date(2026, 11, 2)),
        TimelineEntry(TimelineKind.HAPPENED, "source 2", date(2021, 5, 3), date(2021, 5, 6)),
        TimelineEntry(TimelineKind.HAPPENED, "source 3", date(2021, 5, 4), None),
        TimelineEntry(TimelineKind.PUBLISHED, "source 4", None, None),
    )
    drawn = timeline_svg(entries, "en")
    expect_safe(drawn)
    plain = [re.sub("[\u2066\u2069]", "", said) for said in words(drawn)]
    assert plain.index("Happened, as claimed") < plain.index("Published") < plain.index("Collected")
    assert "2021-05-03 to 2021-05-06" in plain
    assert "from 2021-05-04" in plain
    assert "no day told" in plain
    assert any("drawn shorter" in said for said in plain)
    assert "Decided" not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_later_days_lie_farther_from_the_side_where_the_script_begins(language: str) -> None:
    days = (date(2021, 5, 3), date(2021, 5, 5), date(2021, 5, 9), date(2026, 1, 1))
    entries = [TimelineEntry(TimelineKind.HAPPENED, str(at), day, day) for at, day in enumerate(days)]
    marks = [
        node.attrib["d"] for node in parsed(timeline_svg(entries, language)).findall(".//svg:g/svg:path", NAMESPACE)
    ]
    places = [float(mark[1:].split()[0]) for mark in marks]
    assert places == sorted(places, reverse=language == "ar")
    assert len(places) == len(days)


def test_bars_grow_from_the_right_in_arabic_and_are_as_long_as_their_numbers() -> None:
    rows = (BarRow("a", 10, 10), BarRow("b", 5, 20, is_floor=True))
    boxes = {
        language: [node.attrib for node in parsed(bars_svg(rows, language)).findall(".//svg:g/svg:rect", NAMESPACE)]
        for language in LANGUAGES
    }
    for language in LANGUAGES:
        first, low, reach = (float(each["width"]) for each in boxes[language])
        assert first == pytest.approx(2 * low, abs=0.05)
        assert reach == pytest.approx(3 * low, abs=0.05)
    arabic, english = boxes["ar"][0], boxes["en"][0]
    assert float(arabic["x"]) + float(arabic["width"]) == pytest.approx(720 - float(english["x"]), abs=0.02)
    assert "5 to 20 or more" in words(bars_svg(rows, "en"))
    assert "5 إلى 20 أو أكثر" in words(bars_svg(rows, "ar"))


def test_columns_fill_what_is_certain_and_hatch_what_is_possible() -> None:
    rows = (ColumnRow("2021-05", "May 2021", 3, 5), ColumnRow("2021-06", "June 2021", 2, 2))
    drawn = parsed(columns_svg(rows, "en"))
    boxes = [node.attrib for node in drawn.findall(".//svg:g/svg:rect", NAMESPACE)]
    heights = [float(each["height"]) for each in boxes]
    assert heights[0] / heights[1] == pytest.approx(3 / 2, abs=0.01)
    assert heights[0] / heights[2] == pytest.approx(3 / 2, abs=0.01)
    assert boxes[1]["fill"].startswith("url(#")
    assert {"certain", "possible"} <= set(words(columns_svg(rows, "en")))
    assert "possible" not in words(columns_svg(rows[1:], "en"))


@given(st.integers(0, 10**9))
def test_axis_reaches_the_highest_number_in_even_steps(highest: int) -> None:
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert len({after - before for before, after in pairwise(marks)}) == 1
    assert len(marks) <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_draw_is_said(language: str) -> None:
    for drawn in (bars_svg((), language), columns_svg((), language), timeline_svg((), language), map_svg((), language)):
        expect_safe(drawn)
        assert words(drawn)


@given(WORDS, WORDS, DAYS, DAYS, st.integers(0, 10**6), st.sampled_from(LANGUAGES))
@settings(max_examples=40)
def test_hostile_words_stay_words(
    label: str, detail: str, first: date | None, last: date | None, number: int, language: str
) -> None:
    expect_safe(map_svg((MapPoint(label, 35.8, 36.8, "1", 0.0, detail),), language))
    expect_safe(timeline_svg((TimelineEntry(TimelineKind.HAPPENED, label, first, last, detail),), language))
    expect_safe(bars_svg((BarRow(label, number, number + 1, detail=detail),), language))
    drawn = columns_svg((ColumnRow(label, detail, number, number),), language)
    expect_safe(drawn)
    assert "<script" not in on_paper(drawn)


def test_paper_holds_every_line_once_and_no_text_in_the_picture() -> None:
    drawn = map_svg((SARAQIB, MAARA, AREA), "ar", 640)
    paper = on_paper(drawn)
    assert "<text" not in paper
    for said in words(drawn):
        assert paper.count(f">{said}</span>") == words(drawn).count(said)
    assert 'dir="rtl"' in paper
    with pytest.raises(ValueError, match="no drawing"):
        on_paper("<svg></svg>")


def test_identifiers_of_two_drawings_on_a_page_differ_by_name() -> None:
    both = bars_svg((BarRow("a", 1, 2),), "en", name="one") + bars_svg((BarRow("a", 1, 2),), "en", name="two")
    names = re.findall(r' id="([^"]+)"', both)
    assert len(names) == len(set(names)) == 6


def test_points_of_an_incident_name_the_sources_of_each_position() -> None:
    governorate = DisclosedPlace("sy.idlib", "إدلب", "Idlib", "governorate", "SY", 35.93, 36.63, True)
    town = DisclosedPlace("sy.saraqib", "سراقب", "Saraqib", "town", "SY", 35.86, 36.8, True)
    country = DisclosedPlace("SY", "سوريا", "Syria", "country", "SY", 35.0, 38.5, True)
    where = slot(
        claim("where", 1, code="sy.saraqib"), claim("where", 3, code="sy.saraqib"), claim("where", 2, code="sy.idlib")
    )
    points = points_of(incident(places=(town, governorate, country), slots=(where,)), "en")
    assert [(point.number, point.label, point.detail) for point in points] == [
        ("1", "Saraqib", "sources 1, 3"), ("2", "Idlib", "source 2"), ("3", "Syria", ""),
    ]  # fmt: skip
    assert (points[0].reach, points[1].reach > 0, points[2].latitude) == (0, True, None)
    assert points_of(incident(places=(town,)), "ar")[0].number == ""


def test_timeline_of_an_incident_joins_sources_that_name_the_same_days() -> None:
    when = slot(
        claim("when", 1, first=DAY, last=DAY),
        claim("when", 2, first=DAY, last=DAY),
        claim("when", 3, first=DAY, last=None),
    )
    entries = timeline_of(incident(slots=(when,)), "ar")
    happened = [entry for entry in entries if entry.kind is TimelineKind.HAPPENED]
    assert [(entry.label, entry.first, entry.last) for entry in happened] == [
        ("المصادر 1، 2", DAY, DAY), ("المصدر 3", DAY, None),
    ]  # fmt: skip
    assert {entry.kind for entry in entries} == {TimelineKind.HAPPENED, TimelineKind.PUBLISHED, TimelineKind.COLLECTED}


def test_words_are_wider_than_nothing_and_grow_with_their_letters() -> None:
    assert width_of("") == 0
    assert width_of("سراقب") < width_of("سراقب والريف")
