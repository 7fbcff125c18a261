"""Which place a name denotes: by the type noun, by the wider place named beside it, by the document's country.

A homonym is never settled by population alone. A bare name shared by a governorate and its city denotes the city; the
governorate stays among the candidates. What is then undecided goes to the candidate near the places that the report
settles elsewhere, if one is near and the others are far. What remains undecided keeps its candidates and no choice.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import cos, hypot, inf, radians

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.reading.spots import Spot
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.span import Mention

CHAIN = 30
MOST_CANDIDATES = 8
NEAR = 0.5  # degrees: about 55 km, a governorate
WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION})
# A part of a place, or a site beside it, is not the place.
UNSETTLED = frozenset({PlaceKind.REGION, PlaceKind.COUNTRYSIDE, PlaceKind.FACILITY, PlaceKind.ROAD})
SETTLEMENTS = frozenset({"city", "town", "village"})
LIKE = {
    "city": SETTLEMENTS, "town": SETTLEMENTS, "village": SETTLEMENTS, "neighbourhood": frozenset({"neighbourhood"}),
    "governorate": frozenset({"governorate", "region"}), "camp": frozenset({"camp"}),
    "district": frozenset({"district", "region", *SETTLEMENTS}), "dam": frozenset({"dam"}),
    "airport": frozenset({"airport"}), "crossing": frozenset({"crossing"}),
}  # fmt: skip


def resolve(spots: Sequence[tuple[Spot, Mention]], known: Gazetteer) -> tuple[PlaceMention, ...]:
    """Mentions with candidates narrowed; `resolved` is set only where the text leaves one reading."""
    country = _country([spot for spot, _ in spots])
    found: list[PlaceMention] = []
    for index, (spot, mention) in enumerate(spots):
        wider = [
            place
            for other, at in spots[index + 1 : index + 3]
            if at.span.start - mention.span.end <= CHAIN and len(other.places) <= 2
            for place in other.places
        ]
        found.append(_resolved(spot, mention, wider, country, known))
    return _by_neighbours(found)


def _by_neighbours(found: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Undecided mentions settled by what lies near the places that are settled."""
    settled = [m.resolved for m in found if m.resolved is not None and m.resolved.kind not in WIDE]
    if not settled:
        return tuple(found)
    return tuple(replace(m, resolved=_nearest(m, settled)) if _is_open(m) else m for m in found)


def _is_open(mention: PlaceMention) -> bool:
    return mention.resolved is None and len(mention.candidates) > 1 and mention.kind not in UNSETTLED


def _nearest(mention: PlaceMention, settled: Sequence[Place]) -> Place | None:
    """The candidate near a settled place, when no other is: within NEAR degrees, the next more than twice as far."""
    ranked = sorted(
        (min((_degrees(place, other) for other in settled), default=inf), place.code, place)
        for place in mention.candidates
    )
    (first, _, place), (second, _, _) = ranked[0], ranked[1]
    return place if first <= NEAR and second > 2 * first + NEAR / 2 else None


def _degrees(place: Place, other: Place) -> float:
    """About how far apart two places lie, in degrees of a meridian; infinite when one has no coordinates."""
    if place.latitude is None or place.longitude is None or other.latitude is None or other.longitude is None:
        return inf
    east = (place.longitude - other.longitude) * cos(radians(place.latitude))
    return hypot(place.latitude - other.latitude, east)


def document_country(mentions: Sequence[PlaceMention]) -> str | None:
    """The country that most mentions point to; a country named weighs as much as a resolved place. None when none does."""
    votes: Counter[str] = Counter()
    for mention in mentions:
        for country in {place.country for place in ((mention.resolved,) if mention.resolved else mention.candidates)}:
            votes[country] += 2 if mention.resolved else 1
    return _winner(votes)


def _winner(votes: Counter[str]) -> str | None:
    """The country with most votes; none when two share the lead."""
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _country(spots: Sequence[Spot]) -> str | None:
    """The country that most spots point to: one vote divided among the countries of a name's candidates."""
    votes: Counter[str] = Counter()
    for spot in spots:
        countries = {place.country for place in spot.places}
        for country in countries:
            votes[country] += 12 // len(countries)
    return _winner(votes)


def _resolved(spot: Spot, mention: Mention, wider: list[Place], country: str | None, known: Gazetteer) -> PlaceMention:
    """One mention with its candidates narrowed: by kind, wider place, curated tables before others, and country."""
    candidates = list(spot.places)
    kinds = LIKE.get(spot.kind or "")
    if kinds:
        # "حي باب" (the quarter of a gate) is not the city of al-Bab: a name of another kind is another place.
        candidates = [place for place in candidates if place.kind.value in kinds]
    for test in (
        lambda place: any(place.code != other.code and known.within(place, other) for other in wider),
        known.vouches_for,
        lambda place: place.country == country,
    ):
        candidates = [place for place in candidates if test(place)] or candidates
    chosen = candidates[0] if len(candidates) == 1 else _city_of_the_name(candidates)
    kind = PlaceKind(spot.kind) if spot.kind else chosen.kind if chosen else None
    if spot.kind and kind in UNSETTLED:
        return PlaceMention(mention, None, tuple(candidates[:MOST_CANDIDATES]), kind)
    return PlaceMention(mention, chosen, tuple(candidates[:MOST_CANDIDATES]), kind)


def _city_of_the_name(candidates: list[Place]) -> Place | None:
    """The city, where the candidates are a governorate and the city of the same name inside it."""
    if len(candidates) != 2:
        return None
    wide = [place for place in candidates if place.kind is PlaceKind.GOVERNORATE]
    narrow = [place for place in candidates if place.kind is not PlaceKind.GOVERNORATE]
    if len(wide) == 1 and len(narrow) == 1 and narrow[0].parent == wide[0].code:
        return narrow[0]
    return None
