"""Which chain of places locates an occurrence: candidates of the sentences around, the lead and the title, scored."""

from tawthiq.reading.choosing import Features, near
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.place_chains import Chain
from tawthiq.reading.setting import Setting

REACH, LEAD = 2, 2
NONE: Features = ["none"]
COUNTRY, WIDE = 6, 5


def candidates(setting: Setting, occurrence: Occurrence) -> list[Chain]:
    """Chains within two sentences, in the first two sentences of the document, and the first chain of all.

    Where fire came from is no place of the act as long as its sentence names another.
    """
    near = [
        setting.chains[at]
        for at in setting.chains_by.within(occurrence.trigger.first, occurrence.sentence, REACH, LEAD)
    ]
    beside = [chain for chain in near if setting.marked.sentence_of[chain.first] == occurrence.sentence]
    if all("fired from" in setting.chain_traits[chain.first] for chain in beside):
        return near
    return [chain for chain in near if chain not in beside or "fired from" not in setting.chain_traits[chain.first]]


def place_features(setting: Setting, occurrence: Occurrence, chain: Chain) -> Features:
    """How a chain stands to an occurrence: order, distance, clause, what stands between, how specific it is."""
    marked = setting.marked
    offset = marked.sentence_of[chain.first] - occurrence.sentence
    found = list(setting.chain_traits[chain.first])
    if offset == 0:
        _beside(setting, occurrence, chain, found)
        return found
    found.append(f"sentence {offset:+d}" if abs(offset) <= REACH else "far sentence")
    if not setting.chains_by.count(occurrence.sentence):
        found.append("sentence empty")
    if marked.paragraph_of[chain.first] != marked.paragraph_of[occurrence.trigger.first]:
        found.append("other paragraph")
    if chain.width >= WIDE:
        found.append("wide elsewhere")
    return found


def _beside(setting: Setting, occurrence: Occurrence, chain: Chain, found: Features) -> None:
    """Add how a chain stands to an occurrence of its own sentence."""
    trigger = occurrence.trigger
    if chain.first >= trigger.last:
        found.append("same sentence after")
        found += near("after gap", chain.first - trigger.last)
    else:
        found.append("same sentence before")
        found += near("before gap", trigger.first - chain.last)
    apart = setting.marked.clause_of[chain.first] - occurrence.clause
    if apart == 0:
        found.append("same clause")
    elif abs(apart) == 1:
        found.append("next clause")
    left, right = (chain.first, trigger.first) if chain.first < trigger.first else (trigger.first, chain.first)
    if setting.acts_between(left, right):
        found.append("other act between")
    if setting.chain_between(left, right):
        found.append("chain between")
    if chain.width == COUNTRY:
        found.append("country same sentence")
