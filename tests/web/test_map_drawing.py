"""Frames, outlines, clusters and extents of maps: laws that hold for any places, also beside the antimeridian and the poles."""

import json
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind
from tawthiq.web.mapping.clusters import NEAR, Spot, clustered, radius
from tawthiq.web.mapping.extents import extent, is_area
from tawthiq.web.mapping.frames import HEIGHT, WIDEST, WIDTH, boxed, fitted, latitude_of, mercator, scale_bar
from tawthiq.web.mapping.layer_file import read_layer
from tawthiq.web.mapping.outlines import bundled, country_at, from_topology, outline, paths

POINTS = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=40)
SQUARE = [[30.0, 30.0], [40.0, 30.0], [40.0, 38.0], [30.0, 38.0], [30.0, 30.0]]


@given(POINTS)
def test_every_place_lies_in_its_own_frame(points: list[tuple[float, float]]) -> None:
    frame = fitted(points)
    for latitude, longitude in points:
        x, y = frame.at(latitude, longitude)
        assert -0.001 <= x <= WIDTH + 0.001
        assert -0.001 <= y <= HEIGHT + 0.001


def test_places_on_both_sides_of_the_antimeridian_stand_beside_each_other() -> None:
    frame = fitted([(-17.0, 179.0), (-16.0, -179.0)])
    assert frame.east - frame.west < 10
    west, east = frame.at(-17.0, 179.0), frame.at(-16.0, -179.0)
    assert 0 < west[0] < east[0] < WIDTH


@pytest.mark.parametrize("points", [[], [(33.5, 36.3)], [(33.5, 36.3)] * 50, [(90, 0), (-90, 0)], [(float("nan"), 1)]])
def test_no_place_one_place_equal_places_and_poles_have_a_frame(points: list[tuple[float, float]]) -> None:
    frame = fitted(points)
    assert 1.0 < frame.east - frame.west <= WIDEST
    assert scale_bar(frame)[1] > 0


@given(st.floats(-85, 85))
def test_the_projection_is_undone_by_its_inverse(latitude: float) -> None:
    assert latitude_of(mercator(latitude)) == pytest.approx(latitude, abs=1e-6)


@given(st.tuples(*[st.floats(allow_nan=True, allow_infinity=True)] * 4))
def test_any_four_numbers_make_a_frame_or_none(box: tuple[float, float, float, float]) -> None:
    frame = boxed(*box)
    assert frame is None or frame.west < frame.east


def test_the_scale_bar_is_as_long_as_its_kilometres() -> None:
    frame = fitted([(0.0, 36.0), (0.0, 37.0)])
    kilometres, length = scale_bar(frame)
    assert length == pytest.approx(kilometres / 111.195 * frame.scale, rel=0.01)
    assert length <= 180


SPOTS = st.lists(
    st.builds(Spot, st.floats(-50, 1000), st.floats(-50, 700), st.integers(1, 500), st.integers()), max_size=120
)


@given(SPOTS)
@settings(max_examples=60)
def test_clusters_lose_nothing_and_their_signs_stand_apart(spots: list[Spot[int]]) -> None:
    clusters = clustered(spots)
    assert sum(cluster.count for cluster in clusters) == sum(spot.count for spot in spots)
    assert sorted(spot.item for cluster in clusters for spot in cluster.spots) == sorted(spot.item for spot in spots)
    for at, one in enumerate(clusters):
        assert all(hypot(one.x - other.x, one.y - other.y) >= NEAR for other in clusters[at + 1 :])


def test_twenty_thousand_places_make_no_more_signs_than_fit() -> None:
    spots = [Spot(at * 7919 % WIDTH, at * 104729 % HEIGHT, 1, at) for at in range(20_000)]
    clusters = clustered(spots)
    assert sum(cluster.count for cluster in clusters) == 20_000
    assert len(clusters) < (WIDTH / NEAR + 2) * (HEIGHT / NEAR + 2) * 2
    assert radius(clusters[0].count, clusters[0].count) > radius(1, clusters[0].count)


def test_a_governorate_is_an_area_around_its_places_and_a_town_is_a_point() -> None:
    province, town = extent("sy.raqqa", "governorate", 35.95, 39.01), extent("x", "town", 35.95, 39.01)
    assert (province.area, province.measured) == (True, True)
    assert province.kilometres > 20
    assert (town.area, town.latitude, town.longitude) == (False, 35.95, 39.01)
    unknown = extent("nowhere", "governorate", 35.95, 39.01)
    assert (unknown.area, unknown.measured) == (True, False)


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_every_kind_of_place_has_an_extent(kind: PlaceKind) -> None:
    assert extent("none", kind, 1.0, 2.0).kilometres > 0
    assert is_area(kind) is (kind in {"country", "region", "governorate", "district", "countryside", "road", "other"})


def test_what_is_of_no_known_kind_is_no_point() -> None:
    assert is_area("")
    assert is_area("<script>")


def test_the_bundled_outlines_hold_their_capitals() -> None:
    assert len(bundled()) > 200
    found = country_at(33.51, 36.29)
    assert found is not None
    assert bundled()[found].name == "Syria"
    assert country_at(0.0, -150.0) is None


def test_arcs_of_a_topology_are_joined_forwards_and_backwards() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
        "objects": {"areas": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "one"}},
        ]}},
    }  # fmt: skip
    (found,) = from_topology(topology, "areas")
    ((ring, box),) = found.rings
    assert list(ring.longitudes) == [10, 12, 12, 10, 10]
    assert (box[0], box[2]) == (10, 12)
    assert found.name == "one"
    assert found.holds(21, 11)
    assert not found.holds(23, 11)


@given(POINTS.filter(lambda points: len(points) > 3), POINTS)
@settings(max_examples=40)
def test_paths_stay_near_the_picture(ring: list[tuple[float, float]], shown: list[tuple[float, float]]) -> None:
    area = outline("any", [[(lon, lat) for lat, lon in ring]])
    for _at, data in paths((area,), fitted(shown)):
        assert data.startswith("M")
        x, y = (int(part) for part in data[1:].partition("l")[0].replace("-", " -").split())
        assert -400 <= x <= (WIDTH + 40) * 10
        assert -400 <= y <= (HEIGHT + 40) * 10


def geojson(coordinates: object, **properties: object) -> bytes:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_a_layer_keeps_names_and_outlines_and_no_other_property() -> None:
    layer = read_layer(geojson([SQUARE], ADM1_AR="الرقة", informant="somebody who must not be known"))
    assert layer.areas[0][0] == "الرقة"
    kept = layer.as_bytes()
    assert b"informant" not in kept
    assert b"must not be known" not in kept
    assert read_layer(kept).as_bytes() == kept
    assert layer.outlines()[0].holds(35, 35)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[]", b"null", b"1", b'"x"', b"{}", b"[" * 100_000,
        b'{"type":"FeatureCollection","features":[1]}',
        b'{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[9]]}},"arcs":[]}',
        b'{"type":"Topology","objects":[],"arcs":[]}',
        b'{"type":"Point","coordinates":[1,2]}', geojson([[[1, 2]]]), geojson([[[999, 2]] * 5]),
        b'{"type":"Polygon","coordinates":[[[NaN,1],[2,1],[2,2],[NaN,1]]]}',
        geojson([[["a", "b"]] * 5]), geojson([[[1e308, 1e308]] * 5]),
        geojson("x" * 50), geojson([[[]] * 5]), geojson({"a": 1}),
    ],
)  # fmt: skip
def test_what_is_no_layer_of_areas_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_layer(data)
    assert refused.value.advice


def test_a_layer_of_too_many_areas_is_refused() -> None:
    feature = {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
    with pytest.raises(UnreadableInput, match="more than"):
        read_layer(json.dumps({"type": "FeatureCollection", "features": [feature] * 5_001}).encode())


@given(
    st.recursive(
        st.none() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["type", "features", "geometry", "coordinates", "arcs", "objects"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_layer_or_refused(whole: object) -> None:
    try:
        read_layer(json.dumps(whole).encode())
    except UnreadableInput as refused:
        assert refused.happened  # noqa: PT017  either outcome is right
