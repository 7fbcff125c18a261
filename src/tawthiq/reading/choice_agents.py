"""Who is said to have done it: subjects, owners of the raid, "من قبل" and "by"; cause is not blame."""

from tawthiq.reading.choosing import Features, active, near
from tawthiq.reading.contexts import beside, word_at
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.setting import Setting
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.actor import ActorMention

REACH = 1
NO: Features = ["no"]


def candidates(setting: Setting, occurrence: Occurrence) -> list[ActorMention]:
    """The parties named in the sentence or beside it."""
    return [setting.actors[at] for at in setting.actors_by.within(occurrence.trigger.first, occurrence.sentence, REACH)]


def agent_features(setting: Setting, occurrence: Occurrence, actor: ActorMention) -> Features:
    """How a party stands to an occurrence. Who the party is never counts: all parties alike."""
    marked = setting.marked
    first = min(marked.first_token_from(actor.mention.span.start), len(marked.tokens) - 1)
    last = max(marked.first_token_from(actor.mention.span.end), first + 1)
    offset = marked.sentence_of[first] - occurrence.sentence
    trigger = occurrence.trigger
    after = first >= trigger.first
    gap = max(first - trigger.last if after else trigger.first - last, 0)
    clash = occurrence.act == "clash"
    found: dict[str, object] = {
        "yes": True,
        f"act {occurrence.act}": True,
        "named": actor.actor not in ("unknown", "other"),
    }
    if offset == 0:
        side = "after" if after else "before"
        word = "verb" if trigger.verb else "noun"
        found[f"{word} {side}"] = True
        found[f"adjacent {word} {side}"] = gap == 0
        found |= near(f"{side} gap", gap)
        found["inside phrase"] = trigger.first < first < trigger.last
        found["target"] = after and not found["inside phrase"] and _aimed(setting, trigger.last, first)
        found["same clause"] = marked.clause_of[first] == occurrence.clause
        found["clash same clause"] = clash and marked.clause_of[first] == occurrence.clause
        left, right = sorted((first, trigger.first))
        found["act between"] = setting.acts_between(left, right) > 0
        found["party between"] = setting.party_between(left, right)
    else:
        found[f"sentence {offset:+d}"] = True
        found["other paragraph"] = marked.paragraph_of[first] != marked.paragraph_of[trigger.first]
    for cue in _cues(setting, first):
        found[f"cue {cue.row['side']}"] = True
        found["cue hedged"] = cue.row["hedged"] == "yes"
        found["clash parties"] = clash and cue.row["side"] == "parties"
    span = actor.mention.span
    found["only party"] = all(other.actor == actor.actor for other in candidates(setting, occurrence))
    found["only party, same sentence"] = offset == 0 and found["only party"]
    found["in speaker"] = setting.speakers.overlaps(span)
    found["glued ب"] = marked.tokens[first].folded.startswith(("ب", "وب"))
    found["glued ل"] = marked.tokens[first].folded.startswith(("ل", "ول"))
    found |= beside(marked, first, last)
    found[f"head {word_at(marked, first, first)}"] = True
    found["harm verb"] = trigger.strength in ("harm", "weakharm")
    return active(found)


def _aimed(setting: Setting, left: int, right: int) -> bool:
    """Whether a word of aim ("على", "ضد", "on", "against") stands between an act and a party: what is hit, not who hits."""
    cues = (setting.marked.at("agent_cues", at) for at in range(left, right))
    return any(cue is not None and cue.row["side"] == "object" for cue in cues)


def hedged(setting: Setting, actor: ActorMention) -> bool:
    """Whether the blame is given with doubt: by the mention itself or a hedging cue before it."""
    first = setting.marked.first_token_from(actor.mention.span.start)
    return actor.hedged or any(cue.row["hedged"] == "yes" for cue in _cues(setting, first))


def _cues(setting: Setting, first: int) -> list[Hit]:
    """Agent cues that end at most one word before a party."""
    marked = setting.marked
    found = (marked.at("agent_cues", at) for at in range(max(first - 4, 0), first))
    return [cue for cue in found if cue is not None and 0 <= first - cue.last <= 1]
