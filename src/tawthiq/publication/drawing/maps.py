"""Maps: where the sources say that it happened, on outlines of countries, with a scale bar and a list of the positions.

Positions that disagree are numbered and shown apart; where marks would lie on each other, their numbers stand aside on a line.
A place without coordinates is listed and not drawn; an area is a circle around the gazetteer's point.
"""

from collections.abc import Iterable, Iterator, Sequence

from tawthiq.lexicon.gazetteer import OPEN_SOURCES, gazetteer
from tawthiq.publication.drawing.atlas import Spot, countries, cut
from tawthiq.publication.drawing.frames import Frame, frame_of, scale_of
from tawthiq.publication.drawing.markup import (
    ACCENT,
    Canvas,
    Markup,
    element,
    hatched,
    joined,
    text,
    width_of,
    wrapped,
)
from tawthiq.publication.drawing.room import Area, Room
from tawthiq.publication.drawing.words import ARABIC, number, word
from tawthiq.records.drawing import MapPoint
from tawthiq.records.place import Place, PlaceKind

SHAPE = 0.56  # height of the map by its width
LINE, SMALL = 22, 11
BADGE = 10.0  # radius of a number's circle
LARGE_CITY, MOST_TOWNS = 300_000, 14
_SIDES = ((0, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1.5), (0, 1.5), (1.5, 0), (-1.5, 0))


def map_svg(points: Sequence[MapPoint], language: str, width: int = 720, *, title: str = "", name: str = "map") -> str:
    """The map of some positions and their list. Without coordinates of any there is the list alone."""
    placed = [point for point in points if point.latitude is not None and point.longitude is not None]
    canvas = Canvas(language, width, name)
    parts: list[Markup] = []
    height = 0.0
    if placed:
        frame = frame_of(placed, width, round(width * SHAPE))
        height = frame.height
        parts += [hatched(f"{name}-area"), *_ground(frame, language), *_drawn(placed, frame, language, name)]
    lines = [line for words in _list(points, language) for line in wrapped(words, width, most=3)]
    for at, line in enumerate(lines):
        y = height + LINE * (at + 1)
        parts.append(canvas.text(line, 0, y))
    listed = "; ".join(_named(point) for point in points)
    return canvas.picture(
        joined(parts),
        height=height + LINE * len(lines) + 8,
        title=title or word(language, "map_title"),
        description=word(language, "map_description", drawn=len(placed), list=listed),
    )


def _ground(frame: Frame, language: str) -> Iterator[Markup]:
    """Land, borders, the frame around them and the scale."""
    land = [(country, _path(country.rings, frame)) for country in countries()]
    for _country, path in land:
        if path:
            yield element(
                "path", d=path, fill="currentColor", fill_opacity=0.07, stroke="currentColor", stroke_opacity=0.45,
                stroke_width=0.8, fill_rule="evenodd",
            )  # fmt: skip
    yield element("rect", x=0.5, y=0.5, width=frame.width - 1, height=frame.height - 1, fill="none",
                  stroke="currentColor", stroke_opacity=0.6)  # fmt: skip
    kilometres = scale_of(frame)
    length = frame.units(kilometres)
    left, y = 14.0, frame.height - 14
    bar = f"M{left:g} {y - 5:g}V{y:g}H{left + length:.2f}V{y - 5:g}"
    yield element("path", d=bar, fill="none", stroke="currentColor", stroke_width=1.5)
    said = word(language, "kilometres", number=number(kilometres))
    yield text(said, left + length / 2, y - 8, language, anchor="middle", size=SMALL)


def _path(rings: Iterable[tuple[Sequence[Spot], object]], frame: Frame) -> str:
    return "".join(_ring(cut(ring, frame.box), frame) for ring, box in rings if frame.box.meets(box))  # type: ignore[arg-type]


def _ring(ring: Sequence[Spot], frame: Frame) -> str:
    found: list[tuple[float, float]] = []
    for spot in ring:
        x, y = frame.at(*spot)
        at = (round(x, 1), round(y, 1))
        if not found or at != found[-1]:
            found.append(at)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in found) + "Z" if len(found) > 2 else ""


def _drawn(points: Sequence[MapPoint], frame: Frame, language: str, name: str) -> Iterator[Markup]:
    """Circles of areas, marks, numbers aside, names where there is room, and towns around."""
    room = Room(frame.width, frame.height, [_scale_area(frame)])
    at = {point: frame.at(point.longitude or 0.0, point.latitude or 0.0) for point in points}
    for point in points:
        if point.reach:
            yield _circle(at[point], frame.units(point.reach), name)
    spots = [Area(x - 5, y - 5, x + 5, y + 5) for x, y in at.values()]
    room.taken += spots
    marks = [_mark(point, at[point], room) for point in points]
    names = [_name(point.label, at[point], room, language) for point in points]
    yield from _country_names(frame, room, language)
    yield from _towns(points, frame, room, language)
    yield from (each for each in marks if each)
    yield from (each for each in names if each)


def _circle(at: tuple[float, float], radius: float, name: str) -> Markup:
    x, y = at
    return element(
        "circle", cx=x, cy=y, r=radius, fill=f"url(#{name}-area)", fill_opacity=0.35, stroke=ACCENT,
        stroke_dasharray="6 4", stroke_width=1.5,
    )  # fmt: skip


def _mark(point: MapPoint, at: tuple[float, float], room: Room) -> Markup:
    """The mark of a position: its number in a circle, beside the place on a line where the place is taken, or a dot."""
    x, y = at
    dot = element("circle", cx=x, cy=y, r=4.5, fill=ACCENT, stroke="#ffffff", stroke_width=1.2)
    if not point.number:
        return dot
    half = max(BADGE, width_of(point.number, 12) / 2 + 5)
    spots = ((x + dx * far, y + dy * far) for far in (19.0, 34.0, 52.0, 74.0) for dx, dy in _SIDES[1:])
    found = room.take(Area(a - half - 1, b - BADGE - 1, a + half + 1, b + BADGE + 1) for a, b in spots)
    if found is None:
        return dot
    a, b = (found.left + found.right) / 2, (found.top + found.bottom) / 2
    return joined(
        (
            element("path", d=f"M{x:.2f} {y:.2f}L{a:.2f} {b:.2f}", stroke=ACCENT, stroke_width=1.5),
            dot,
            element("rect", x=a - half, y=b - BADGE, width=2 * half, height=2 * BADGE, rx=BADGE, fill=ACCENT,
                    stroke="#ffffff", stroke_width=1.2),
            element("text", point.number, x=a, y=b + 4, text_anchor="middle", font_size=12, font_weight=700,
                    fill="#ffffff", direction="ltr"),
        )
    )  # fmt: skip


def _name(label: str, at: tuple[float, float], room: Room, language: str, size: int = 13) -> Markup | None:
    found = _beside(label, at, room, size)
    if found is None:
        return None
    weight = 600 if size > SMALL else None
    opacity = None if size > SMALL else 0.75
    middle = (found.left + found.right) / 2
    return text(label, middle, found.bottom - 4, language, anchor="middle", size=size, font_weight=weight,
                fill_opacity=opacity)  # fmt: skip


def _beside(label: str, at: tuple[float, float], room: Room, size: int) -> Area | None:
    """Room for a name beside a place: right, left, below, above, then farther off."""
    x, y = at
    half, tall = width_of(label, size) / 2 + 3, size + 4
    centres = ((half + 8, 0), (-half - 8, 0), (0, 16), (0, -16), (half + 30, 0), (-half - 30, 0), (0, 34), (0, -34))
    return room.take(Area(x + a - half, y + b - tall / 2, x + a + half, y + b + tall / 2) for a, b in centres)


def _towns(points: Sequence[MapPoint], frame: Frame, room: Room, language: str) -> Iterator[Markup]:
    """Some large towns and governorates, so that people find their way."""
    said = {point.label for point in points}
    drawn = 0
    for place in _known(frame):
        label = place.name if language == ARABIC else place.name_en
        if label in said or drawn == MOST_TOWNS:
            continue
        said.add(label)
        x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
        if place.kind is PlaceKind.GOVERNORATE:
            name = _name_over(label, (x, y), room, language)
        else:
            name = _town(label, (x, y), room, language)
        if name:
            drawn += 1
            yield name


def _town(label: str, at: tuple[float, float], room: Room, language: str) -> Markup | None:
    x, y = at
    dot = Area(x - 3, y - 3, x + 3, y + 3)
    name = _name(label, at, room, language, SMALL) if room.is_free(dot) else None
    if name is None:
        return None
    room.taken.append(dot)
    return joined((element("circle", cx=x, cy=y, r=2, fill="currentColor", fill_opacity=0.7), name))


def _name_over(label: str, at: tuple[float, float], room: Room, language: str, size: int = SMALL) -> Markup | None:
    """The name of an area, over the point itself or a little above or below."""
    x, y = at
    half = width_of(label, size) / 2 + 4
    spots = ((x, y + down) for down in (0, -24, 24, -48, 48))
    found = room.take(Area(a - half, b - 10, a + half, b + 10) for a, b in spots)
    if found is None:
        return None
    middle = (found.left + found.right) / 2
    return text(label, middle, found.bottom - 5, language, anchor="middle", size=size, fill_opacity=0.65)


def _known(frame: Frame) -> list[Place]:
    """Governorates, whose points are their seats, and large cities in the frame, the most telling first."""
    found = [
        place
        for place in gazetteer().by_code.values()
        if place.latitude is not None
        and place.longitude is not None
        and (place.kind is PlaceKind.GOVERNORATE or place.population >= LARGE_CITY)
        and frame.box.holds(place.longitude, place.latitude)
    ]
    return sorted(found, key=lambda place: (place.code.startswith(OPEN_SOURCES), -place.population, place.code))


def _country_names(frame: Frame, room: Room, language: str) -> Iterator[Markup]:
    """The names of countries in the middle of what is shown of them, where there is room."""
    for country in countries():
        shown = [cut(ring, frame.box) for ring, box in country.rings if frame.box.meets(box)]
        largest = max(shown, key=_size, default=[])
        if country.place is None or _size(largest) <= 0:
            continue
        label = country.place.name if language == ARABIC else country.place.name_en
        name = _name_over(label, frame.at(*_centre(largest)), room, language, 15)
        if name:
            yield name


def _size(ring: Sequence[Spot]) -> float:
    return abs(sum(ring[at - 1][0] * y - x * ring[at - 1][1] for at, (x, y) in enumerate(ring))) / 2


def _centre(ring: Sequence[Spot]) -> Spot:
    """The centre of gravity of a ring's area."""
    x0, y0 = ring[0]
    twice = east = north = 0.0
    for at, (x, y) in enumerate(ring):
        before = ring[at - 1]
        part = (before[0] - x0) * (y - y0) - (x - x0) * (before[1] - y0)
        twice += part
        east += part * (before[0] + x - 2 * x0)
        north += part * (before[1] + y - 2 * y0)
    return x0 + east / (3 * twice), y0 + north / (3 * twice)


def _scale_area(frame: Frame) -> Area:
    return Area(0, frame.height - 42, frame.units(scale_of(frame)) + 40, frame.height)


def _list(points: Sequence[MapPoint], language: str) -> Iterator[str]:
    placed = [point for point in points if point.latitude is not None and point.longitude is not None]
    yield from (_named(point) for point in placed)
    if not placed:
        yield word(language, "nothing_placed")
    rest = [point for point in points if point not in placed]
    if rest:
        yield word(language, "unplaced")
        yield from (_named(point) for point in rest)
    if any(point.reach for point in placed):
        yield word(language, "area_note")
    if any(not point.reach for point in placed):
        yield word(language, "point_note")
    if placed:
        yield word(language, "outline_note")


def _named(point: MapPoint) -> str:
    detail = f" · {point.detail}" if point.detail else ""
    return f"{point.number}. {point.label}{detail}" if point.number else f"{point.label}{detail}"
