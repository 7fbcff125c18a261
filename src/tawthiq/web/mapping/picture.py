"""A map as SVG: outlines, hatched areas, signs sized by number, lines between disputed places, a scale. It needs no script.

Pure but for the names of countries, which come from the gazetteer. West is on the left in both languages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.records.place import PlaceKind
from tawthiq.web.charts.legible import shortened
from tawthiq.web.charts.markup import element, joined
from tawthiq.web.charts.numbers import shown
from tawthiq.web.mapping.clusters import Cluster, Spot, clustered, radius
from tawthiq.web.mapping.frames import HEIGHT, WIDTH, Frame, scale_bar
from tawthiq.web.mapping.marks import Degrees, Mark, named
from tawthiq.web.mapping.outlines import FINER, Outline, country_at, paths
from tawthiq.web.mapping.outlines import bundled as bundled_outlines

LETTER, LINE = 7.6, 16  # about how wide a letter of a label is, and how high its line, in units of the picture
MOST_LABELS, MOST_COUNTRIES, MOST_LINES = 14, 16, 200
LONGEST = 24  # letters of a label
_AROUND = ((0, -1), (0, 1), (0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (1, 0), (-1, 0))
_SHARES = (1.0, 0.8, 0.6, 1.2, 0.0)
_CROWDED = 160  # signs and labels: so many leave no room to look for
Box = tuple[float, float, float, float]
Address = Callable[[Cluster[Mark], Frame], str]


@dataclass(slots=True)
class _Room:
    """What of the picture is taken by signs and labels."""

    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> bool:
        """Take a box, unless something stands there or it lies beyond the picture."""
        west, north, east, south = box
        if west < 0 or north < 0 or east > WIDTH or south > HEIGHT:
            return False
        if any(west < e and w < east and north < s and n < south for w, n, e, s in self.taken):
            return False
        self.taken.append(box)
        return True


def picture(
    frame: Frame,
    outlines: tuple[Outline, ...],
    marks: Sequence[Mark],
    *,
    title: str,
    address: Address,
    lines: Sequence[Sequence[Degrees]] = (),
    bundled: bool = True,
) -> SafeString:
    """The map of some marks in a frame. `address` says where a sign of several marks leads; `lines` join disputed places.

    With `bundled`, countries among the marks are hatched within their outlines, which are then the bundled ones.
    """
    room = _Room()
    points = [mark for mark in marks if not mark.area]
    clusters = clustered(
        [Spot(*frame.at(mark.extent.latitude, mark.extent.longitude), mark.count, mark) for mark in points]
    )
    seen = [cluster for cluster in clusters if -40 <= cluster.x <= WIDTH + 40 and -40 <= cluster.y <= HEIGHT + 40]
    most = max([cluster.count for cluster in seen] + [mark.count for mark in marks if mark.area], default=1)
    for cluster in seen:
        size = radius(cluster.count, most)
        room.taken.append((cluster.x - size, cluster.y - size, cluster.x + size, cluster.y + size))
    areas = list(_areas(frame, [mark for mark in marks if mark.area], room, bundled=bundled))
    signs = [_sign(cluster, most, address(cluster, frame)) for cluster in seen]
    labelled = [*_names(seen[:MOST_LABELS], most, room), *_countries(frame, room)]
    return element(
        "svg",
        element("title", title, id="map-title"),
        _patterns(),
        element("rect", class_="sea", width=WIDTH, height=HEIGHT),
        element("g", *_land(outlines, frame), transform=f"scale({1 / FINER})"),
        joined(shape for shape, _badge in areas),
        joined(labelled),
        joined(_disputes(frame, lines)),
        joined(badge for _shape, badge in areas),
        joined(signs),
        _scale(frame),
        viewBox=f"0 0 {WIDTH} {HEIGHT}", class_="map-picture", role="group", aria_labelledby="map-title",
        direction="ltr", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _patterns() -> SafeString:
    stroke = element("path", d="M0 0V8", class_="hatch-line", stroke="#1d6138", stroke_width=2.5)
    hatch = element(
        "pattern", stroke, id="hatch", width=8, height=8, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    fine = element(
        "pattern", stroke, id="hatch-fine", width=8, height=8, patternUnits="userSpaceOnUse",
        patternTransform="rotate(45) scale(10)",
    )  # fmt: skip
    return element("defs", hatch, fine)


def _land(outlines: tuple[Outline, ...], frame: Frame) -> Iterator[SafeString]:
    for _at, data in paths(outlines, frame):
        yield element("path", d=data, class_="land", fill_rule="evenodd")


def _areas(
    frame: Frame, areas: Sequence[Mark], room: _Room, *, bundled: bool
) -> Iterator[tuple[SafeString, SafeString]]:
    """Each area hatched as far as it is known to reach, and the number of its incidents at its upper edge."""
    for mark in sorted(areas, key=lambda mark: -mark.extent.kilometres):
        x, y = frame.at(mark.extent.latitude, mark.extent.longitude)
        reach = frame.units(mark.extent.kilometres, mark.extent.latitude)
        shape = _country(mark, frame) if bundled and mark.kind == PlaceKind.COUNTRY else None
        if not (-reach <= x <= WIDTH + reach and -reach <= y <= HEIGHT + reach):
            continue
        circle = element("circle", cx=x, cy=y, r=reach, class_="area", fill="url(#hatch)")
        text = f"{shown(mark.count)} · {shortened(mark.name, LONGEST)}"
        half = len(text) * LETTER / 2 + 8
        middle, top = _beside(x, y, 0 if shape else reach, half, room)
        badge = element(
            "a",
            element("title", _("%(place)s: incidents: %(number)s") % {"place": mark.where, "number": shown(mark.count)}),
            element("rect", x=middle - half, y=top - 12, width=2 * half, height=24, rx=4, class_="area-badge"),
            element("text", text, x=middle, y=top + 5, text_anchor="middle", class_="area-text"),
            href=mark.address, class_="area-link",
        )  # fmt: skip
        yield shape or circle, badge


def _beside(x: float, y: float, reach: float, half: float, room: _Room) -> Degrees:
    """Where the badge of an area stands: on its edge or nearer its middle, where nothing stands yet; else at its top."""
    for share in _SHARES if len(room.taken) < _CROWDED else _SHARES[:1]:
        for across, down in _AROUND:
            away = reach * share + (24 if not reach else 0) * share
            middle, top = x + across * away, y + down * away
            if room.take((middle - half, top - 12, middle + half, top + 12)):
                return middle, top
    middle, top = min(max(x, half), WIDTH - half), min(max(y - reach, 14.0), HEIGHT - 14.0)
    room.taken.append((middle - half, top - 12, middle + half, top + 12))
    return middle, top


def _country(mark: Mark, frame: Frame) -> SafeString | None:
    """The outline of a country, hatched; None where no bundled outline holds its middle."""
    at = country_at(mark.extent.latitude, mark.extent.longitude)
    data = dict(paths(bundled_outlines(), frame)).get(at) if at is not None else None
    if data is None:
        return None
    path = element("path", d=data, class_="area", fill="url(#hatch-fine)", fill_rule="evenodd")
    return element("g", path, transform=f"scale({1 / FINER})")


def _sign(cluster: Cluster[Mark], most: int, address: str) -> SafeString:
    size = radius(cluster.count, most)
    first = cluster.spots[0].item
    if len(cluster.spots) == 1:
        words = _("%(place)s: incidents: %(number)s") % {"place": first.where, "number": shown(cluster.count)}
    else:
        words = _("%(place)s and others; places: %(places)s; incidents: %(number)s") % {
            "place": first.where, "places": shown(len(cluster.spots)), "number": shown(cluster.count),
        }  # fmt: skip
    return element(
        "a",
        element("title", words),
        element("circle", cx=cluster.x, cy=cluster.y, r=max(size, 13.0), class_="reach"),
        element("circle", cx=cluster.x, cy=cluster.y, r=size, class_="sign several" if len(cluster.spots) > 1 else "sign"),
        element("text", shown(cluster.count), x=cluster.x, y=cluster.y + 5, text_anchor="middle", class_="sign-text"),
        href=address, class_="sign-link",
    )  # fmt: skip


def _names(clusters: Sequence[Cluster[Mark]], most: int, room: _Room) -> Iterator[SafeString]:
    for cluster in clusters:
        name = shortened(cluster.spots[0].item.name, LONGEST)
        half, y = len(name) * LETTER / 2, cluster.y + radius(cluster.count, most) + LINE
        if room.take((cluster.x - half, y - LINE + 3, cluster.x + half, y + 4)):
            yield element("text", name, x=cluster.x, y=y, text_anchor="middle", class_="place-name")


def _countries(frame: Frame, room: _Room) -> Iterator[SafeString]:
    """Names of countries where there is room for them."""
    drawn = 0
    for place in gazetteer().by_code.values():
        if place.kind is not PlaceKind.COUNTRY or place.latitude is None or place.longitude is None:
            continue
        x, y = frame.at(place.latitude, place.longitude)
        name = named(place.name, place.name_en)
        half = len(name) * LETTER / 2
        if drawn < MOST_COUNTRIES and room.take((x - half, y - 11, x + half, y + 5)):
            drawn += 1
            yield element("text", name, x=x, y=y, text_anchor="middle", class_="country-name", aria_hidden="true")


def _disputes(frame: Frame, lines: Sequence[Sequence[Degrees]]) -> Iterator[SafeString]:
    for places in lines[:MOST_LINES]:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.at(*place) for place in places))
        yield element("polyline", points=points, class_="dispute-line", fill="none")


def _scale(frame: Frame) -> SafeString:
    kilometres, length = scale_bar(frame)
    number = shown(int(kilometres)) if kilometres >= 1 else shown(kilometres)
    x, y = 20, HEIGHT - 18
    return element(
        "g",
        element("path", d=f"M{x} {y - 6}V{y}H{x + length:.1f}V{y - 6}", class_="scale", fill="none"),
        element("text", _("%(number)s km") % {"number": number}, x=x + length / 2, y=y - 8, text_anchor="middle",
                class_="scale-text"),
        aria_hidden="true",
    )  # fmt: skip
