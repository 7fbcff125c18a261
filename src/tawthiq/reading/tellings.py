"""How an event is told, as features: what a telling brings of its own, how it is worded, what the report told before.

A second mention of an occurrence is known by what it lacks (a place, a time, a doer, a toll of its own), by its wording
(definite, inside another act's sentence, the word itself) and by an earlier event of its act.
"""

from bisect import bisect_left, bisect_right

from tawthiq.reading.drafts import Draft
from tawthiq.reading.setting import Setting
from tawthiq.reading.triggers import Trigger
from tawthiq.records.statement import QuoteKind

CROSSED = ("own place", "own time", "own doer", "bare", "act before in sentence", "opens sentence", "glued preposition",
           "quoted", "with harm word")  # fmt: skip
WIDE = 5
MANY, FEW = 12, 3
NEAR, FAR = 1, 5


def telling_features(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> dict[str, object]:
    """The features of an event's tellings, given the earlier events of its report.

    Traits also count apart for acts told before and for new ones: lacking a place of one's own says little about the
    first blast of a report and much about the second.
    """
    trigger = cluster[0].occurrence.trigger
    found: dict[str, object] = {
        "many acts": len(setting.occurrences) > MANY,
        "few acts": len(setting.occurrences) <= FEW,
        "all definite": all(member.occurrence.trigger.definite for member in cluster),
        "first of all": not earlier,
        "with harm word": any(member.occurrence.harms for member in cluster),
    }
    found |= _own(setting, cluster)
    found |= _wording(setting, cluster[0])
    before = _before(cluster, earlier)
    told = "told" if before else "new"
    toll = "toll" if any(member.counts for member in cluster) else "no toll"
    form = "verb" if trigger.verb else "definite" if trigger.definite else "bare noun"
    found |= {f"{told}, {name}": True for name in (*CROSSED, toll, form) if found.get(name, True)}
    if found["bare"] and trigger.strength in ("means", "general"):
        found[f"{told}, bare {form} {toll}"] = True
    return found | before


def _own(setting: Setting, cluster: list[Draft]) -> dict[str, object]:
    """What stands in the event's own sentences."""
    marked = setting.marked
    placed = any(
        member.chain.width < WIDE and marked.sentence_of[member.chain.first] == member.occurrence.sentence
        for member in cluster
        if member.chain is not None
    )
    timed = any(
        setting.sentence_at(member.when.mention.span.start) == member.occurrence.sentence
        for member in cluster
        if member.when is not None
    )
    done = any(member.agents for member in cluster)
    return {
        "own place": placed,
        "own time": timed,
        "own doer": done,
        "bare": not (placed or timed or done),
    }


def _wording(setting: Setting, draft: Draft) -> dict[str, object]:
    """The trigger's word, the clause it stands in, and other acts of its sentence."""
    marked, trigger = setting.marked, draft.occurrence.trigger
    first, last = marked.sentence_bounds(draft.occurrence.sentence)
    acts, letter = setting.act_tokens, marked.tokens[trigger.first].folded[0]
    at = setting.statement_at(draft.occurrence.start)
    return {
        f"word {word_of(trigger)}": True,
        f"link {marked.links.get(draft.occurrence.clause, 'plain')}": True,
        "glued preposition": not trigger.verb and letter in "بلك" and letter != word_of(trigger)[0],
        "opens sentence": trigger.first - first <= 2,
        "deep in sentence": trigger.first - first > 15,
        "act before in sentence": bisect_left(acts, trigger.first) > bisect_left(acts, first),
        "act after in sentence": bisect_left(acts, last) > bisect_right(acts, trigger.first),
        "quoted": at is not None and setting.statements[at].kind is not QuoteKind.INDIRECT,
    }


def word_of(trigger: Trigger) -> str:
    """The first word that the trigger's table row gives, for the whole row."""
    return next(iter(trigger.row.cells.values())).split("|")[0]


def _before(cluster: list[Draft], earlier: list[list[Draft]]) -> dict[str, object]:
    """How the event stands to the earlier ones of its act; nothing where there are none."""
    first = cluster[0].occurrence
    kin = [group for group in earlier if any(member.occurrence.act == first.act for member in group)]
    if not kin:
        return {}
    nearest = min(first.sentence - group[-1].occurrence.sentence for group in kin)
    slotted = any(member.counts or (member.chain and member.place_share > 0.5) for member in cluster)
    return {
        "act told, near": nearest <= NEAR,
        "act told, far": nearest > FAR,
        "act told often": len(kin) > 2,
        "act told with toll": any(member.counts for group in kin for member in group),
        "act told, bare here": not slotted,
        "act told, definite": first.trigger.definite,
    }
