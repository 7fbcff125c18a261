"""Map and timeline: the drawings of `publication.drawing`, and the places in words."""

from dataclasses import replace

from tawthiq.publication.dossier.markup import Html, apart, code, element, joined, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.publication.drawing import map_svg, points_of, timeline_of, timeline_svg
from tawthiq.records.disclosure import DisclosedPlace
from tawthiq.records.drawing import TimelineEntry, TimelineKind

WIDTH = 650
"""CSS pixels between the margins of a sheet of A4."""


def figures(part: Part) -> Html:
    """The section of drawings."""
    return part.section("figures", _map(part), _places(part), _timeline(part))


def _map(part: Part) -> Html:
    places, language = part.incident.places, part.texts.language
    if not any(_is_placed(place) for place in places):
        return part.paragraph("figures.no_map", of="note")
    drawn = map_svg(points_of(part.incident, language), language, WIDTH, name=part.anchor("map"))
    return _figure(part, drawn, "figures.map")


def _timeline(part: Part) -> Html:
    language = part.texts.language
    entries = timeline_of(part.incident, language)
    if part.dossier.is_public:
        entries = tuple(_unnumbered(part, entry) for entry in entries)
    if not any(entry.first or entry.last for entry in entries):
        return part.paragraph("figures.no_timeline", of="note")
    drawn = timeline_svg(entries, language, WIDTH, name=part.anchor("timeline"))
    return _figure(part, drawn, "figures.timeline")


def _unnumbered(part: Part, entry: TimelineEntry) -> TimelineEntry:
    """For everybody reports have no numbers of sources: which copy each other is not published."""
    if entry.kind is TimelineKind.HAPPENED:
        return replace(entry, label=part.texts.of("figures.told"))
    outlets = [each.outlet for each in part.incident.reports if each.outlet and entry.label.endswith(each.outlet)]
    return replace(entry, label=max(outlets, key=len, default=part.texts.of("no_outlet")))


def _figure(part: Part, drawn: str, caption: str) -> Html:
    picture = Html(part.dossier.drawing(drawn))
    scrolled = element("div", picture, class_="drawn", tabindex=0, role="group", aria_label=part.texts.of(caption))
    return element("figure", scrolled, element("figcaption", part.text(caption)))


def _places(part: Part) -> Html:
    if not part.incident.places:
        return Html("")
    labels = [part.text(f"column.{name}") for name in ("place", "place_kind", "coordinates")]
    rows = []
    for place in part.incident.places:
        name = apart(part.wording.place(place))
        if place.disputed:
            name = joined([name, element("small", part.text("disputed_place"), class_="mark")], " ")
        where = code(f"{place.latitude:.5f}, {place.longitude:.5f}") if _is_placed(place) else ""
        rows.append(row(labels, (name, shown(part.texts.label("place_kind", place.kind)), where)))
    return table(labels, [element("tbody", *rows)])


def _is_placed(place: DisclosedPlace) -> bool:
    return place.latitude is not None and place.longitude is not None
