"""The map: a picture with signs that lead to lists, the same as a table, and by script a map that can be moved.

Places stand where the published records put them and never finer: of a sensitive case the records hold a governorate or a
country, and what is no point is drawn as a ring of its reach (lexicon table places/extents). Outlines come with the site.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from tawthiq.lexicon.tables import load
from tawthiq.publication.drawing.atlas import Box, countries, cut
from tawthiq.publication.drawing.frames import Frame, frame_of
from tawthiq.publication.site.about import NOWHERE, Site
from tawthiq.publication.site.elements import Markup, closed, element, isolated, joined
from tawthiq.publication.site.frame import MAP, Body, Page, framed
from tawthiq.publication.site.listing import Written, country_name, place_path
from tawthiq.publication.site.wording import Wording
from tawthiq.records.drawing import MapPoint

WIDTH, HEIGHT = 960, 600
SMALLEST, LARGEST = 9.0, 26.0
OUTLINES = "map/outlines.js"
SCRIPTS = (
    "assets/vendor/leaflet.js", "assets/vendor/leaflet.markercluster.js", OUTLINES, "assets/map.js",
)  # fmt: skip
STYLES = ("vendor/leaflet.css", "vendor/MarkerCluster.css")
_EXTENTS = ("kind", "drawn", "kilometres")
_AROUND = 0.6  # widths of the frame on each side for which outlines are brought along, so that the map can be moved
_FINEST = 500  # steps across the frame that outlines tell


@dataclass(frozen=True, slots=True)
class Marked:
    """A place on the map with the number of incidents there; `reach` in kilometres where it is an area, else 0."""

    slug: str
    name: str
    country: str
    latitude: float
    longitude: float
    reach: float
    count: int

    @property
    def point(self) -> MapPoint:
        """What the frame is fitted to."""
        return MapPoint(self.name, self.latitude, self.longitude, reach=self.reach)


def map_page(site: Site, language: str) -> Written:
    """The page of the map."""
    wording = site.wording(language)
    words, page = wording.words, Page(language, MAP)
    marks = marked(site, wording)
    unplaced = len(site.incidents) - sum(mark.count for mark in marks)
    parts = (_live(wording, page), _picture(marks, wording), _table(page, marks, wording)) if marks else ()
    main = joined(
        (
            element("div", element("h1", words("map.title")), element("p", words("map.lead"), class_="lead"),
                    class_="page-head"),
            joined(parts) if parts else element("p", words("map.none"), class_="panel"),
            element("p", words("map.unplaced", number=words.number(unplaced)), class_="hint") if unplaced else None,
            element("p", words("map.credit"), class_="hint"),
        )
    )  # fmt: skip
    scripts, styles = (SCRIPTS, STYLES) if marks else ((), ())
    return page.full, framed(
        site, page, Body(words.plain("map.title"), main, "map", scripts=scripts, styles=styles, wide=True)
    )


def marked(site: Site, wording: Wording) -> list[Marked]:
    """The places that can be drawn, the one with the most incidents first."""
    found = []
    for slug, incidents in site.by_place.items():
        place = incidents[0].places[0] if slug != NOWHERE else None
        if place is None or place.latitude is None or place.longitude is None:
            continue
        area, reach = _reaches().get(place.kind, _reaches()["other"])
        country = country_name(wording, place.country)
        at = (place.latitude, place.longitude)
        found.append(Marked(slug, wording.place(place), country, *at, reach if area else 0.0, len(incidents)))
    return found


def outlines(site: Site) -> Written:
    """The outlines around all places, for the map that can be moved: rings of latitude and longitude."""
    marks = marked(site, site.wording(site.settings.languages[0]))
    if not marks:
        return OUTLINES, b"window.tawthiqOutlines=[];\n"
    frame = frame_of([mark.point for mark in marks], WIDTH, HEIGHT)
    wide, high = (frame.box.east - frame.box.west) * _AROUND, (frame.box.north - frame.box.south) * _AROUND
    box = Box(frame.box.west - wide, frame.box.south - high, frame.box.east + wide, frame.box.north + high)
    step = (frame.box.east - frame.box.west) / _FINEST
    rings = [
        [[round(y, 3), round(x, 3)] for x, y in _thinned(cut(ring, box), step)]
        for country in countries()
        for ring, reach in country.rings
        if box.meets(reach)
    ]
    kept = [ring for ring in rings if len(ring) > 2]
    return OUTLINES, f"window.tawthiqOutlines={json.dumps(kept, separators=(',', ':'))};\n".encode()


def _live(wording: Wording, page: Page) -> Markup:
    """Where the script puts its map, with the words it needs; hidden without it."""
    words = wording.words
    told = {f"data_{name}": words(f"map.{name}") for name in ("in", "out", "open")}
    return element(
        "div", "", id="map", hidden=True, role="application", aria_label=words("map.label"), data_language=page.language,
        dir="ltr", **told,
    )  # fmt: skip


def _picture(marks: Sequence[Marked], wording: Wording) -> Markup:
    frame = frame_of([mark.point for mark in marks], WIDTH, HEIGHT)
    most = max(mark.count for mark in marks)
    land = (closed("path", d=data, class_="land") for data in _land(frame))
    return element(
        "div",
        closed(
            "svg",
            closed("rect", class_="sea", width=WIDTH, height=HEIGHT),
            *land,
            *(_ring(frame, mark) for mark in marks if mark.reach),
            *(_sign(frame, cluster, most, wording) for cluster in _clusters(frame, marks, most)),
            viewBox=f"0 0 {WIDTH} {HEIGHT}", role="group", aria_label=wording.words("map.label"), direction="ltr",
        ),
        class_="map-picture", id="map-picture",
    )  # fmt: skip


def _land(frame: Frame) -> Iterator[str]:
    step = (frame.box.east - frame.box.west) / _FINEST
    for country in countries():
        rings = (cut(ring, frame.box) for ring, reach in country.rings if frame.box.meets(reach))
        data = "".join(_path(frame, _thinned(ring, step)) for ring in rings)
        if data:
            yield data


def _path(frame: Frame, ring: Sequence[tuple[float, float]]) -> str:
    if len(ring) < 3:
        return ""
    points = (frame.at(*spot) for spot in ring)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _thinned(ring: Sequence[tuple[float, float]], step: float) -> list[tuple[float, float]]:
    """A ring without points nearer to the one before than a step in degrees."""
    kept: list[tuple[float, float]] = []
    for spot in ring:
        if not kept or abs(spot[0] - kept[-1][0]) + abs(spot[1] - kept[-1][1]) >= step:
            kept.append(spot)
    return kept


def _ring(frame: Frame, mark: Marked) -> Markup:
    x, y = frame.at(mark.longitude, mark.latitude)
    return closed("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{frame.units(mark.reach):.1f}", class_="area")


def _size(count: int, most: int) -> float:
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most)


def _clusters(frame: Frame, marks: Sequence[Marked], most: int) -> list[list[Marked]]:
    """Places whose signs would lie on each other, together: each goes to the first, larger one that it touches."""
    found: list[tuple[float, float, float, list[Marked]]] = []
    for mark in marks:
        x, y = frame.at(mark.longitude, mark.latitude)
        size = _size(mark.count, most)
        near = next((c for c in found if (c[0] - x) ** 2 + (c[1] - y) ** 2 < (c[2] + size) ** 2), None)
        if near:
            near[3].append(mark)
        else:
            found.append((x, y, size, [mark]))
    return [cluster for *_at, cluster in found]


def _sign(frame: Frame, cluster: Sequence[Marked], most: int, wording: Wording) -> Markup:
    """A sign that leads to the row of its place in the table, the first of several."""
    words, first = wording.words, cluster[0]
    x, y = frame.at(first.longitude, first.latitude)
    count = sum(mark.count for mark in cluster)
    size = _size(min(count, most), most)
    others = f" +{words.number(len(cluster) - 1)}" if len(cluster) > 1 else ""
    told = f"{first.name}{others}: {words.number(count)}"
    return closed(
        "a",
        closed("title", told),
        closed("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{size:.1f}", class_="area-sign" if first.reach else "sign"),
        closed("text", words.number(count), x=f"{x:.1f}", y=f"{y + 4.5:.1f}", text_anchor="middle", class_="sign-text"),
        href=f"#{first.slug}", aria_label=told,
    )  # fmt: skip


def _table(page: Page, marks: Sequence[Marked], wording: Wording) -> Markup:
    words = wording.words
    head = (element("th", words(key), scope="col") for key in ("map.place", "map.kind", "map.count"))
    rows = (_row(page, mark, wording) for mark in sorted(marks, key=lambda mark: (mark.country, mark.name, mark.slug)))
    return element(
        "table", element("caption", words("map.table")), element("thead", element("tr", *head)), element("tbody", *rows),
        class_="places",
    )  # fmt: skip


def _row(page: Page, mark: Marked, wording: Wording) -> Markup:
    words = wording.words
    name = element("a", isolated(mark.name), href=page.to(place_path(mark.slug)))
    country = joined((" · ", isolated(mark.country))) if mark.country and mark.country != mark.name else None
    return element(
        "tr", element("th", name, country, scope="row"), element("td", words("map.area" if mark.reach else "map.point")),
        element("td", words.number(mark.count)), id=mark.slug, data_latitude=str(mark.latitude),
        data_longitude=str(mark.longitude), data_reach=str(mark.reach), data_count=mark.count,
    )  # fmt: skip


@cache
def _reaches() -> dict[str, tuple[bool, float]]:
    return {row["kind"]: (row["drawn"] == "area", float(row["kilometres"])) for row in load("places/extents", _EXTENTS)}
