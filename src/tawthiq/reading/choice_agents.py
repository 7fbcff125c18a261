"""Who is said to have done it: subjects, owners of the raid, "من قبل" and "by"; cause is not blame."""

from collections.abc import Sequence

from tawthiq.reading.choosing import Features, active, near
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.setting import Setting
from tawthiq.reading.traits import Party
from tawthiq.records.actor import ActorMention
from tawthiq.records.span import Span
from tawthiq.records.statement import Stance

REACH = 1
NO: Features = ["no"]
SUFFERED = frozenset(
    {"arrest", "abduction", "killing", "injury", "execution", "disappearance", "custody_death", "torture"}
)


def candidates(setting: Setting, occurrence: Occurrence) -> list[ActorMention]:
    """The parties named in the sentence or beside it that may have done it.

    Not who accuses, for the accuser names another; not whom an accusation is said not to name; not what is aimed at, a
    clash aside; and not to whom those belong who were taken or harmed.
    """
    near_by = setting.actors_by.within(occurrence.trigger.first, occurrence.sentence, REACH)
    accuser = _accuser(setting, occurrence)
    found = (setting.actors[at] for at in near_by)
    return [
        actor
        for actor in found
        if not (accuser is not None and accuser.overlaps(actor.mention.span)) and _may_act(setting, occurrence, actor)
    ]


def _may_act(setting: Setting, occurrence: Occurrence, actor: ActorMention) -> bool:
    """Whether the words before a party leave it a doer."""
    party = setting.party_traits[actor.mention.span.start]
    behind = party.first >= occurrence.trigger.last
    if party.cleared or (party.aimed_at and behind and occurrence.act != "clash"):
        return False
    return not (party.belonging and behind and occurrence.act in SUFFERED)


def _accuser(setting: Setting, occurrence: Occurrence) -> Span | None:
    """Where the speaker is named who accuses another of the act."""
    at = setting.statement_at(occurrence.start)
    statement = setting.statements[at] if at is not None else None
    if statement is None or statement.speaker is None or statement.stance is not Stance.ACCUSES:
        return None
    return statement.speaker.mention.span


def agent_features(
    setting: Setting, occurrence: Occurrence, actor: ActorMention, rivals: Sequence[ActorMention] | None = None
) -> Features:
    """How a party stands to an occurrence. Who the party is never counts: all parties alike.

    `rivals` are the occurrence's candidates, where they are at hand already.
    """
    marked = setting.marked
    party = setting.party_traits[actor.mention.span.start]
    offset = marked.sentence_of[party.first] - occurrence.sentence
    rivals = candidates(setting, occurrence) if rivals is None else rivals
    alone = all(other.actor == actor.actor for other in rivals)
    clash = occurrence.act == "clash"
    other_paragraph = marked.paragraph_of[party.first] != marked.paragraph_of[occurrence.trigger.first]
    found = active(
        {
            f"act {occurrence.act}": True,
            "clash parties": clash and "parties" in party.sides,
            "only party": alone,
            "only party, same sentence": alone and offset == 0,
            "harm verb": occurrence.trigger.strength in ("harm", "weakharm"),
            f"sentence {offset:+d}": offset,
            "other paragraph": offset and other_paragraph,
        }
    )
    found += party.names
    if offset == 0:
        found += _beside(setting, occurrence, party)
    return found


def _beside(setting: Setting, occurrence: Occurrence, party: Party) -> Features:
    """How a party of the occurrence's own sentence stands to it."""
    trigger, first = occurrence.trigger, party.first
    after = first >= trigger.first
    side = "after" if after else "before"
    word = "verb" if trigger.verb else "noun"
    gap = max(first - trigger.last if after else trigger.first - party.last, 0)
    inside = trigger.first < first < trigger.last
    clause = setting.marked.clause_of[first] == occurrence.clause
    left, right = min(first, trigger.first), max(first, trigger.first)
    found: dict[str, object] = {
        f"{word} {side}": True,
        f"adjacent {word} {side}": gap == 0,
        "inside phrase": inside,
        "target": after and not inside and _aimed(setting, trigger.last, first),
        "same clause": clause,
        "clash same clause": clause and occurrence.act == "clash",
        "act between": setting.acts_between(left, right),
        "party between": setting.party_between(left, right),
    }
    return [*active(found), *near(f"{side} gap", gap)]


def _aimed(setting: Setting, left: int, right: int) -> bool:
    """Whether a word of aim ("على", "ضد", "on", "against") stands between an act and a party: what is hit, not who hits."""
    cues = (setting.marked.at("agent_cues", at) for at in range(left, right))
    return any(cue is not None and cue.row["side"] == "object" for cue in cues)


def hedged(setting: Setting, actor: ActorMention) -> bool:
    """Whether the blame is given with doubt: by the mention itself or a hedging cue before it."""
    return actor.hedged or setting.party_traits[actor.mention.span.start].hedged
