"""Chains of places: "حي X بمدينة Y في ريف Z" is one location told from the inside out.

The places of a list ("X and Y") are one chain in their order: what happened there is told once. A bare kind of place with
the article ("المدينة", the city) points back: it denotes the last place of its kind named before, whose chain follows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawthiq.reading.marked import Marked
from tawthiq.reading.nearby import Covering
from tawthiq.records.place import PlaceKind, PlaceMention
from tawthiq.records.span import Span

LINKING_ROLES = ("preposition", "direction", "adjective", "epithet", "link")
LINKING_MARKS = frozenset("()،,-_#'’")
LONGEST_LINK = 4
ORIGIN_REACH = 4
# Folded: على and ع on, باتجاه and نحو towards; what stands behind them is aimed at, and no wider place.
AIMED = frozenset({"علي", "ع", "باتجاه", "نحو", "at", "on", "towards", "toward", "hit", "struck"})
_BY_WIDTH = (
    ("facility", "road", "dam", "crossing", "airport"),
    ("camp", "neighbourhood"),
    ("village", "town", "other"),
    ("city", "district"),
    ("region", "countryside"),
    ("governorate",),
    ("country",),
)
# What a bare kind of place may point back to; a place whose kind is open is a settlement.
POINTS_TO = {
    PlaceKind.CITY: frozenset({PlaceKind.CITY, PlaceKind.TOWN}),
    PlaceKind.TOWN: frozenset({PlaceKind.TOWN, PlaceKind.CITY, PlaceKind.VILLAGE}),
    PlaceKind.VILLAGE: frozenset({PlaceKind.VILLAGE, PlaceKind.TOWN}),
    PlaceKind.NEIGHBOURHOOD: frozenset({PlaceKind.NEIGHBOURHOOD}),
    PlaceKind.CAMP: frozenset({PlaceKind.CAMP}),
    PlaceKind.AIRPORT: frozenset({PlaceKind.AIRPORT}),
    PlaceKind.DAM: frozenset({PlaceKind.DAM}),
    PlaceKind.CROSSING: frozenset({PlaceKind.CROSSING}),
}
FURTHEST_BACK = 6
CAPITALS = ("عاصمه", "capital")  # a capital is one city of a country, not the city named last
WIDTH = {PlaceKind(kind): width for width, kinds in enumerate(_BY_WIDTH) for kind in kinds}


@dataclass(frozen=True, slots=True)
class Chain:
    """Places that locate one thing, the most specific first; tokens `first` up to `last`."""

    places: tuple[PlaceMention, ...]
    first: int
    last: int

    @property
    def width(self) -> int:
        """How wide the most specific place is: 0 a site, 6 a country, 2 when its kind is unknown."""
        kind = self.places[0].kind
        return WIDTH.get(kind, 2) if kind else 2


def lone_type(chain: Chain) -> bool:
    """Whether a place is a bare kind of place ("الحي", the quarter), which may be any place named before."""
    return chain.last - chain.first == 1 and (len(chain.places) > 1 or not chain.places[0].candidates)


def place_chains(marked: Marked, places: Sequence[PlaceMention], blocked: Sequence[Span]) -> list[Chain]:
    """The chains of a document in text order; places inside blocked spans (names of parties) are left out.

    "العاصمة أنقرة" (the capital Ankara) is a place, though the bare name may be the party.
    """
    chains: list[Chain] = []
    names = Covering(blocked)
    for place in places:
        first = marked.first_token_from(place.mention.span.start)
        if names.overlaps(place.mention.span) and not marked.tokens[first].folded.endswith(CAPITALS):
            continue
        last = marked.first_token_from(place.mention.span.end)
        if chains and _links(marked, chains[-1], place, first):
            before = chains[-1]
            chains[-1] = Chain((*before.places, place), before.first, last)
        else:
            chains.append(Chain((place,), first, last))
    found: list[Chain] = []
    for chain in chains:
        ordered = Chain(_inside_out(chain.places), chain.first, chain.last)
        found.append(_pointed_to(marked, ordered, found) if lone_type(ordered) else ordered)
    return found


def _pointed_to(marked: Marked, chain: Chain, before: Sequence[Chain]) -> Chain:
    """The chain with the places that its bare kind points back to; itself when none was named of late."""
    kinds = POINTS_TO.get(chain.places[0].kind) if chain.places[0].kind else None
    if marked.tokens[chain.first].folded.endswith(CAPITALS):
        return chain
    sentence = marked.sentence_of[chain.first]
    for earlier in reversed(before) if kinds else ():
        if sentence - marked.sentence_of[earlier.first] > FURTHEST_BACK:
            break
        for at, place in enumerate(() if lone_type(earlier) else earlier.places):
            named = place.candidates or earlier.last - earlier.first > 1
            if named and (place.resolved.kind if place.resolved else place.kind or PlaceKind.TOWN) in (kinds or ()):
                bare = replace(chain.places[0], resolved=place.resolved, candidates=place.candidates)
                return Chain((bare, *earlier.places[at:]), chain.first, chain.last)
    return chain


def _links(marked: Marked, chain: Chain, place: PlaceMention, first: int) -> bool:
    """Whether a place goes on the chain: a further item of a list, or one that is wider behind prepositions and brackets."""
    if first - chain.last > LONGEST_LINK or marked.sentence_of[first] != marked.sentence_of[chain.first]:
        return False
    between = marked.tokens[chain.last : first]
    if any(token.folded in AIMED for token in between) and came_from(marked, chain.first):
        return False
    alike = abs(_width(place) - _width(chain.places[-1])) <= 1
    if marked.tokens[first].folded.startswith("و") and not marked.tokens[first].folded.startswith("واد"):
        return alike and not between
    if len(between) == 1 and between[0].folded == "and":
        return alike
    if not all(_joins(marked, at) for at in range(chain.last, first)):
        return False
    return _width(place) >= _width(chain.places[-1]) or not between or between[-1].folded not in ("،", ",")


def came_from(marked: Marked, first: int) -> bool:
    """Whether a place is named as where fire or people came from: "من جهة المشلب" (from the direction of), "fired from"."""
    cues = (marked.at("place_cues", at) for at in range(max(first - ORIGIN_REACH, 0), first + 1))
    origins = (cue for cue in cues if cue is not None and cue.row["role"] == "origin")
    same = marked.sentence_of[first]
    return any(first - cue.last <= 1 and marked.sentence_of[cue.first] == same for cue in origins)


def _joins(marked: Marked, at: int) -> bool:
    """Whether a word or mark may stand inside a chain: a preposition, a direction, a bracket, a comma."""
    cue = marked.at("place_cues", at)
    return marked.tokens[at].text in LINKING_MARKS or (cue is not None and cue.row["role"] in LINKING_ROLES)


def _width(place: PlaceMention) -> int:
    """How wide a place is in a chain; a part of a country ("شمالي العراق") is as wide as one."""
    if place.kind is PlaceKind.REGION and any(other.kind is PlaceKind.COUNTRY for other in place.candidates):
        return WIDTH[PlaceKind.COUNTRY]
    return WIDTH.get(place.kind, 2) if place.kind else 2


def _inside_out(places: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """Text order, unless the first is a country or governorate and a narrower one follows ("Syria's Aleppo")."""
    if len(places) > 1 and _width(places[0]) >= 5 and _width(places[1]) < _width(places[0]):
        return (*places[1:], places[0])
    return places
