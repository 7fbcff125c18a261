"""Which chain of places locates an occurrence: candidates of the sentences around, the lead and the title, scored."""

from tawthiq.reading.choosing import Features, active, near
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.place_chains import Chain
from tawthiq.reading.setting import Setting

REACH, LEAD = 2, 2
NONE: Features = ["none"]


def candidates(setting: Setting, occurrence: Occurrence) -> list[Chain]:
    """Chains within two sentences, in the first two sentences of the document, and the first chain of all."""
    return [
        setting.chains[at]
        for at in setting.chains_by.within(occurrence.trigger.first, occurrence.sentence, REACH, LEAD)
    ]


def place_features(setting: Setting, occurrence: Occurrence, chain: Chain) -> Features:
    """How a chain stands to an occurrence: order, distance, clause, what stands between, how specific it is."""
    marked = setting.marked
    sentence = marked.sentence_of[chain.first]
    offset = sentence - occurrence.sentence
    trigger = occurrence.trigger
    after = chain.first >= trigger.last
    gap = chain.first - trigger.last if after else trigger.first - chain.last
    found: dict[str, object] = {f"width {chain.width}": True, "chained": len(chain.places) > 1}
    if offset == 0:
        side = "after" if after else "before"
        found[f"same sentence {side}"] = True
        found |= near(f"{side} gap", gap)
        found["same clause"] = marked.clause_of[chain.first] == occurrence.clause
        found["next clause"] = abs(marked.clause_of[chain.first] - occurrence.clause) == 1
        left, right = sorted((chain.first, trigger.first))
        found["other act between"] = setting.acts_between(left, right) > 0
        found["chain between"] = setting.chain_between(left, right)
        found["country same sentence"] = chain.width == 6
    else:
        found[f"sentence {offset:+d}" if abs(offset) <= REACH else "far sentence"] = True
        first, last = marked.sentence_bounds(occurrence.sentence)
        found["sentence empty"] = not setting.chain_between(first - 1, last)
        found["other paragraph"] = marked.paragraph_of[chain.first] != marked.paragraph_of[trigger.first]
        found["wide elsewhere"] = chain.width >= 5
    found |= _wording(setting, chain)
    found["first chain"] = chain is setting.chains[0]
    found["lead"] = sentence <= 1
    return active(found)


def _wording(setting: Setting, chain: Chain) -> dict[str, object]:
    """What the wording of the chain itself tells: a preposition, its rule, being inside a speaker's name."""
    marked = setting.marked
    first = marked.tokens[chain.first]
    before = marked.tokens[chain.first - 1].folded if chain.first else ""
    span = chain.places[0].mention.span
    place = chain.places[0]
    return {
        "after in": before in ("في", "in", "at", "near", "قرب") or first.folded.startswith(("ب", "وب")),
        "after on": before in ("علي", "on", "hit", "against"),
        "after from": before in ("من", "from", "الي", "to"),
        "in speaker": setting.speakers.overlaps(span),
        "known": bool(place.candidates),
        "resolved": place.resolved is not None,
        "own country": any(c.country == setting.country for c in place.candidates),
        "foreign": bool(place.candidates) and all(c.country != setting.country for c in place.candidates),
        "one word": chain.last - chain.first == 1,
        "lone type": chain.last - chain.first == 1 and not place.candidates and place.kind is not None,
        f"kind {place.kind.value if place.kind else 'open'}": True,
    }
