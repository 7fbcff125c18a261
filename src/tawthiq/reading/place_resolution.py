"""Which place a name denotes: by the type noun, by the wider place named beside it, by the document's country.

A homonym is never settled by population alone. A bare name shared by a governorate and its city denotes the city; the
governorate stays among the candidates. What remains undecided keeps its candidates and no choice.
"""

from collections import Counter
from collections.abc import Sequence

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.reading.spots import Spot
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.span import Mention

CHAIN = 30
MOST_CANDIDATES = 8
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
    return tuple(found)


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
    if spot.kind in ("region", "countryside", "facility", "road"):
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
