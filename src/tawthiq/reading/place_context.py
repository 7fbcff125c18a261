"""In which settlement an event lies whose own place does not say: "the market", "School Street", "السوق" (the market).

A reader takes the town from what stands around: the settlement that the same sentence names, else the last one named before,
else the first that the report names. It is told as the widest of the event's places, with the characters that name it. Only
reports of few acts are read so: in a round-up the towns belong to different acts, and there a town serves only if it is the
one that the report names. Places from which was fired or gone, and those inside the name of a speaker, do not serve.
"""

from collections.abc import Iterable

from tawthiq.reading.place_chains import Chain
from tawthiq.reading.setting import Setting
from tawthiq.records.place import PlaceKind, PlaceMention

SETTLED = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.NEIGHBOURHOOD, PlaceKind.CAMP})
FURTHEST_BACK = 4  # sentences
UNFIT = ("after from", "fired from", "in speaker", "foreign")


def places_of(found: Setting, chain: Chain | None) -> tuple[PlaceMention, ...]:
    """The places of an event, given the chain that was chosen for it; with the settlement around where it names none."""
    few = found.few_acts
    if chain is None:
        return _only_settlement(found) if few else ()
    if any(map(_settlement, chain.places)):
        return chain.places
    around = _around(found, chain) if few else next(filter(_settlement, _only_settlement(found)), None)
    return chain.places if around is None else (*chain.places, around)


def _only_settlement(found: Setting) -> tuple[PlaceMention, ...]:
    """The places of the chain that names the one settlement of a report; none where it names several, or none."""
    named = [chain for chain in found.chains if any(map(_settlement, chain.places)) and _fit(found, chain)]
    codes = {frozenset(_codes(chain.places)) for chain in named}
    return named[0].places if len(codes) == 1 else ()


def _around(found: Setting, chain: Chain) -> PlaceMention | None:
    """The settlement named nearest in the chain's sentence, else the last before it, else the first of the report."""
    sentence_of = found.marked.sentence_of
    here = sentence_of[chain.first]
    named = [
        (other, place) for other in found.chains if _fit(found, other) for place in other.places if _settlement(place)
    ]
    beside = [(abs(other.first - chain.first), other.first, place) for other, place in named
              if sentence_of[other.first] == here]  # fmt: skip
    if beside:
        return min(beside, key=lambda item: item[:2])[2]
    before = [place for other, place in named if 0 < here - sentence_of[other.first] <= FURTHEST_BACK]
    if before:
        return before[-1]
    return named[0][1] if named else None


def _fit(found: Setting, chain: Chain) -> bool:
    return not any(name in UNFIT for name in found.chain_traits[chain.first])


def _settlement(place: PlaceMention) -> bool:
    """Whether a mention names a settlement of the gazetteer."""
    return any(candidate.kind in SETTLED for candidate in place.candidates)


def _codes(places: Iterable[PlaceMention]) -> list[str]:
    return [candidate.code for place in places for candidate in place.candidates if candidate.kind in SETTLED]
