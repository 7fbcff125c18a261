"""The grammar of place mentions in English: "the town of X", "X province", preposition + known name, directions, sites."""

from tawthiq.reading.marked import Marked
from tawthiq.reading.names import ARTICLES, JOINERS, KnownName
from tawthiq.reading.spots import Spot
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.place import Place

CLOSE = frozenset({"in", "near", "at", "outside", "around", "inside"})
CAPITAL_RUN = 4
DEFINITE = frozenset({"city", "town", "village", "neighbourhood", "camp"})


def english_spots(marked: Marked, known: dict[int, KnownName]) -> list[Spot]:
    """The places of an English text in order, without overlaps."""
    spots: list[Spot] = []
    anchored: set[str] = set()
    taken = 0
    for at in range(len(marked.tokens)):
        if at < taken:
            continue
        spot = _typed_of(marked, known, at) or _capitalised(marked, known, at, anchored) or _site(marked, at)
        if spot is None:
            continue
        if spot.places:
            anchored.update(known[k].key for k in range(spot.first, spot.last) if k in known)
        spot = _with_direction(marked, spot, taken)
        spots.append(spot)
        taken = spot.last
    return spots


def _typed_of(marked: Marked, known: dict[int, KnownName], at: int) -> Spot | None:
    """ "town of Douma", "province of Idlib"."""
    hit = marked.at("place_types", at)
    if hit is None or hit.last + 1 >= len(marked.tokens) or marked.tokens[hit.last].folded != "of":
        return None
    end = _run_end(marked, known, hit.last + 1)
    if end is None:
        return None
    places = known[hit.last + 1].places if hit.last + 1 in known else ()
    return Spot(at, end, places, hit.row["kind"], "type+of+name")


def _run_end(marked: Marked, known: dict[int, KnownName], at: int) -> int | None:
    """The end of a capitalised name that begins at a token; a known name may run further."""
    if not _is_capital(marked, at):
        return None
    end = at + 1
    while end < len(marked.tokens) and end - at < CAPITAL_RUN:
        token = marked.tokens[end]
        if token.text in "-'’" and token.start == marked.tokens[end - 1].end and end + 1 < len(marked.tokens):
            end += 2
        elif _is_capital(marked, end) and token.start - marked.tokens[end - 1].end == 1:
            end += 1
        else:
            break
    return max(min(end, len(marked.tokens)), known[at].last if at in known else end)


def _capitalised(marked: Marked, known: dict[int, KnownName], at: int, anchored: set[str]) -> Spot | None:
    """A capitalised name with a type noun after it, or a known one that a preposition or a table vouches for."""
    if not _is_capital(marked, at):
        return None
    name = known.get(at)
    end = _run_end(marked, known, at) or (name.last if name else None)
    if end is None:
        return None
    for stop in (end, name.last if name else end):
        kind = marked.at("place_types", stop)
        if (
            kind is not None
            and not _is_capital(marked, stop)
            and marked.tokens[stop].start - marked.tokens[stop - 1].end == 1
        ):
            places = name.places if name and name.last <= stop else ()
            if places or kind.row["site"] == "no" or kind.row["kind"] in ("facility", "airport", "road"):
                return Spot(at, kind.last, places, kind.row["kind"], "name+type")
    stopped = _stopped(marked, at)
    preposition = marked.tokens[at - 1].folded if at else ""
    preposed = _role(marked, at - 1) in ("preposition", "direction") if at else False
    if (
        name is not None
        and not (stopped and name.last == at + 1)
        and (name.vouched or (preposed and name.embedded) or name.key in anchored)
    ):
        return Spot(at, name.last, name.places, None, "vouched name" if name.vouched else "preposition+name")
    acted = preposition in ("of", "on") and at > 1 and marked.at("act_nouns", at - 2) is not None
    if (preposition in CLOSE or acted) and not stopped and end - at <= 4 and not _tells_act(marked, at, end):
        return Spot(at, end, _known_places(name, end), None, "preposition+open name")
    return None


def _tells_act(marked: Marked, first: int, last: int) -> bool:
    """Whether a capitalised run holds a word for an act: a headline, no name."""
    return any(marked.at("act_nouns", at) or marked.at("act_verbs", at) for at in range(first, last))


def _known_places(name: KnownName | None, end: int) -> tuple[Place, ...]:
    return name.places if name is not None and name.last <= end else ()


def _site(marked: Marked, at: int) -> Spot | None:
    """A site noun with the words that describe it: "a vegetable market"."""
    hit = marked.at("place_types", at)
    if hit is None:
        return None
    if hit.row["site"] != "yes":
        return _definite(marked, hit)
    first = at
    while first > 0 and at - first < 2:
        token = marked.tokens[first - 1]
        if (
            token.kind != "word"
            or _blocked(marked, first - 1)
            or marked.sentence_of[first - 1] != marked.sentence_of[at]
        ):
            break
        if marked.at("act_verbs", first - 1) or token.folded.endswith("ed"):
            break
        first -= 1
    return Spot(first, hit.last, (), hit.row["kind"], "site")


def _definite(marked: Marked, hit: Hit) -> Spot | None:
    """ "the town": it points back to a place named before."""
    led = hit.first > 0 and marked.tokens[hit.first - 1].folded == "the"
    if not led or hit.row["kind"] not in DEFINITE or marked.tokens[hit.first].text[:1].isupper():
        return None
    return Spot(hit.first, hit.last, (), hit.row["kind"], "definite type")


def _with_direction(marked: Marked, spot: Spot, taken: int) -> Spot:
    """The spot with "northern" or "north of" before it taken in."""
    first = spot.first
    if first - 1 >= taken and _role(marked, first - 1) == "direction":
        first -= 1
    elif first - 2 >= taken and marked.tokens[first - 1].folded == "of" and _role(marked, first - 2) == "direction":
        first -= 2
    if first == spot.first:
        return spot
    return Spot(first, spot.last, spot.places, "region", spot.rule)


def _blocked(marked: Marked, at: int) -> bool:
    return marked.at("place_blocks", at) is not None


def _role(marked: Marked, at: int) -> str | None:
    cue = marked.at("place_cues", at) if at >= 0 else None
    return cue.row["role"] if cue else None


def _stopped(marked: Marked, at: int) -> bool:
    """Whether a name begins with a word that is no place; the article of "al-Maleh" does not count."""
    if marked.tokens[at].folded in ARTICLES and at + 2 < len(marked.tokens) and marked.tokens[at + 1].text in JOINERS:
        return False
    return _role(marked, at) == "stop" or marked.at("act_nouns", at) is not None


def _is_capital(marked: Marked, at: int) -> bool:
    """A word with a capital, or an article joined to one ("al-Tabqah")."""
    if at >= len(marked.tokens) or marked.tokens[at].kind != "word":
        return False
    joined = (
        marked.tokens[at].folded in ARTICLES and at + 2 < len(marked.tokens) and marked.tokens[at + 1].text in JOINERS
    )
    return marked.tokens[at].text[:1].isupper() or (joined and marked.tokens[at + 2].text[:1].isupper())
