"""What a place, a time or a party brings to every choice it stands in, worked out once for a document.

Each mention's traits are names of features that hold whatever occurrence it is weighed for.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tawthiq.reading.choosing import Features, active
from tawthiq.reading.contexts import beside, denials_before, word_at
from tawthiq.reading.marked import Marked
from tawthiq.reading.nearby import Covering
from tawthiq.reading.place_chains import Chain, came_from
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.actor import ActorMention
from tawthiq.records.period import When

# Arabic, folded: في in, قرب near, علي and ع on, من from, الي to, ضد against; تابع belonging to, موالي loyal to.
IN_WORDS = frozenset({"في", "in", "at", "near", "قرب"})
ON_WORDS = frozenset({"علي", "ع", "on", "hit", "against"})
FROM_WORDS = frozenset({"من", "from", "الي", "to"})
AIM_WORDS = frozenset({"علي", "ضد", "at", "on", "against", "into", "towards"})
BELONGING = ("تابع", "التابع", "موالي", "الموالي")
CUES_REACH = 4


class Party(NamedTuple):
    """A party at tokens `first` up to `last`: its traits, and the sides that cues before it give ("after", "parties"...).

    `aimed_at`: a word of aim stands before it ("at", "على"); `belonging`: it says whose others are ("تابعة ل", belonging to);
    `cleared`: the accusation before it is negated.
    """

    first: int
    last: int
    names: Features
    sides: frozenset[str]
    hedged: bool
    aimed_at: bool
    belonging: bool
    cleared: bool


class Time(NamedTuple):
    """A time that begins at token `first`, with its traits."""

    first: int
    names: Features


def chain_traits(
    marked: Marked, chains: Sequence[Chain], speakers: Covering, country: str | None
) -> dict[int, Features]:
    """The traits of chains of places by their first token."""
    return {
        chain.first: active(
            {
                f"width {chain.width}": True,
                "chained": len(chain.places) > 1,
                "first chain": at == 0,
                "lead": marked.sentence_of[chain.first] <= 1,
                **_wording(marked, chain, speakers, country),
            }
        )
        for at, chain in enumerate(chains)
    }


def _wording(marked: Marked, chain: Chain, speakers: Covering, country: str | None) -> dict[str, object]:
    """What the wording of the chain itself tells: a preposition, its kind, being inside a speaker's name."""
    first = marked.tokens[chain.first].folded
    before = marked.tokens[chain.first - 1].folded if chain.first else ""
    place = chain.places[0]
    lone = chain.last - chain.first == 1
    return {
        "after in": before in IN_WORDS or first.startswith(("ب", "وب")),
        "after on": before in ON_WORDS,
        "after from": before in FROM_WORDS,
        "fired from": came_from(marked, chain.first),
        "in speaker": speakers.overlaps(place.mention.span),
        "known": bool(place.candidates),
        "resolved": place.resolved is not None,
        "own country": any(c.country == country for c in place.candidates),
        "foreign": bool(place.candidates) and all(c.country != country for c in place.candidates),
        "one word": lone,
        "lone type": lone and not place.candidates and place.kind is not None,
        f"kind {place.kind.value if place.kind else 'open'}": True,
    }


def time_traits(marked: Marked, times: Sequence[When], telling: frozenset[int]) -> dict[int, Time]:
    """The traits of times by where they begin in the text. `telling`: times that date a telling."""
    found: dict[int, Time] = {}
    for when in times:
        span = when.mention.span
        first = min(marked.first_token_from(span.start), len(marked.tokens) - 1)
        last = marked.first_token_from(span.end)
        names: dict[str, object] = {
            f"precision {when.period.precision.value if when.period else 'day'}": True,
            "after cue": span.start in telling,
            "first time": when is times[0],
            "lead": marked.sentence_of[first] <= 1,
            **beside(marked, first, last),
            **{f"says {word_at(marked, at, first)}": True for at in range(first, last)},
        }
        found[span.start] = Time(first, active(names))
    return found


def party_traits(marked: Marked, actors: Sequence[ActorMention], speakers: Covering) -> dict[int, Party]:
    """The traits of parties by where they begin in the text."""
    return {actor.mention.span.start: _party(marked, actor, speakers) for actor in actors}


def _party(marked: Marked, actor: ActorMention, speakers: Covering) -> Party:
    span = actor.mention.span
    first = min(marked.first_token_from(span.start), len(marked.tokens) - 1)
    last = max(marked.first_token_from(span.end), first + 1)
    cues = _cues(marked, first)
    folded = marked.tokens[first].folded
    hedged = any(cue.row["hedged"] == "yes" for cue in cues)
    names: dict[str, object] = {
        "yes": True,
        "named": actor.actor not in ("unknown", "other"),
        **{f"cue {cue.row['side']}": True for cue in cues},
        "cue hedged": bool(cues) and cues[-1].row["hedged"] == "yes",
        "in speaker": speakers.overlaps(span),
        "glued ب": folded.startswith(("ب", "وب")),
        "glued ل": folded.startswith(("ل", "ول")),
        f"head {word_at(marked, first, first)}": True,
        **beside(marked, first, last),
    }
    before = marked.tokens[first - 1].folded if first else ""
    return Party(
        first,
        last,
        active(names),
        frozenset(cue.row["side"] for cue in cues),
        hedged,
        aimed_at=before in AIM_WORDS,
        belonging=before.startswith(BELONGING),
        cleared=any(_negated(marked, cue.first) for cue in cues),
    )


def _negated(marked: Marked, at: int) -> bool:
    """Whether a word of denial stands shortly before a token of the same sentence."""
    return any(marked.sentence_of[cue.first] == marked.sentence_of[at] for cue in denials_before(marked, at))


def _cues(marked: Marked, first: int) -> list[Hit]:
    """Agent cues that end at most one word before a party."""
    found = (marked.at("agent_cues", at) for at in range(max(first - CUES_REACH, 0), first))
    return [cue for cue in found if cue is not None and 0 <= first - cue.last <= 1]
