"""Which occurrence a count belongs to: the nearest means of its sentence was measured to be the best single rule."""

from tawthiq.reading.choosing import Features, active, near
from tawthiq.reading.counts import CountFound
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.setting import Setting

REACH = 2
FITTING = {
    "killed": frozenset({"killing", "execution", "custody_death"}),
    "injured": frozenset({"injury", "torture"}),
    "detained": frozenset({"arrest"}),
    "abducted": frozenset({"abduction"}),
    "missing": frozenset({"disappearance"}),
    "displaced": frozenset({"displacement", "siege"}),
}
VIOLENT = frozenset({"airstrike", "shelling", "explosive", "shooting", "clash", "crackdown", "chemical", "other"})


def candidates(setting: Setting, count: CountFound) -> list[Occurrence]:
    """Occurrences of the count's sentence and the two on either side."""
    sentence = setting.marked.sentence_of[count.first]
    return [setting.occurrences[at] for at in setting.occurrences_by.within(count.first, sentence, REACH)]


def none_features(count: CountFound) -> Features:
    """The case for belonging to no occurrence."""
    return ["none", f"none {count.count.harm}"]


def count_features(setting: Setting, count: CountFound, occurrence: Occurrence) -> Features:
    """How a count stands to an occurrence."""
    marked = setting.marked
    trigger = occurrence.trigger
    offset = occurrence.sentence - marked.sentence_of[count.first]
    after = trigger.first >= count.last
    gap = max(trigger.first - count.last if after else count.first - trigger.last, 0)
    harm = str(count.count.harm)
    kind = "fit" if occurrence.act in FITTING[harm] else "violent" if occurrence.act in VIOLENT else "unfit"
    deadly = harm in ("killed", "injured")
    found: dict[str, object] = {f"{kind} {'deadly' if deadly else 'other'}": True, f"strength {trigger.strength}": True}
    if offset == 0:
        side = "after" if after else "before"
        found[f"same sentence {side}"] = True
        found |= near(f"{side} gap", gap)
        found["same clause"] = marked.clause_of[count.first] == occurrence.clause
        left, right = sorted((count.first, trigger.first))
        found["act between"] = setting.acts_between(left, right) > 0
        found["linked"] = marked.links.get(max(marked.clause_of[count.first], occurrence.clause), "") in (
            "result",
            "cause",
        )
        found["own harm word"] = any(h.first <= count.harm_at < h.last for h in (trigger, *occurrence.harms))
    else:
        found[f"sentence {offset:+d}"] = True
        found["other paragraph"] = marked.paragraph_of[count.first] != marked.paragraph_of[trigger.first]
        found["own sentence has acts"] = setting.occurrences_by.count(marked.sentence_of[count.first]) > 0
    return active(found)
