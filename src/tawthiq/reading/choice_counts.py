"""Which occurrence a count belongs to: the nearest means of its sentence was measured to be the best single rule."""

from tawthiq.reading.choosing import Features, near
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
DEADLY = frozenset({"killed", "injured"})
RESULTING = ("result", "cause")
VIOLENT = frozenset({"airstrike", "shelling", "explosive", "shooting", "clash", "crackdown", "chemical", "other"})


def candidates(setting: Setting, count: CountFound) -> list[Occurrence]:
    """Occurrences of the count's sentence and the two on either side."""
    sentence = setting.marked.sentence_of[count.first]
    return [setting.occurrences[at] for at in setting.occurrences_by.within(count.first, sentence, REACH)]


def none_features(count: CountFound) -> Features:
    """The case for belonging to no occurrence."""
    return ["none", f"none {count.count.harm}", f"none {_rule(count)}"]


def count_features(setting: Setting, count: CountFound, occurrence: Occurrence) -> Features:
    """How a count stands to an occurrence."""
    marked, trigger = setting.marked, occurrence.trigger
    sentence = marked.sentence_of[count.first]
    harm = str(count.count.harm)
    kind = "fit" if occurrence.act in FITTING[harm] else "violent" if occurrence.act in VIOLENT else "unfit"
    found = [f"{kind} {'deadly' if harm in DEADLY else 'other'}", f"strength {trigger.strength}", _rule(count)]
    if occurrence.sentence == sentence:
        return found + _beside(setting, count, occurrence)
    found.append(f"sentence {occurrence.sentence - sentence:+d}")
    if marked.paragraph_of[count.first] != marked.paragraph_of[trigger.first]:
        found.append("other paragraph")
    if setting.occurrences_by.count(sentence):
        found.append("own sentence has acts")
    return found


def _rule(count: CountFound) -> str:
    """The rule that read the count, as a feature: some rules are surer than others."""
    return count.rule.split()[0]


def _beside(setting: Setting, count: CountFound, occurrence: Occurrence) -> Features:
    """How a count of the occurrence's own sentence stands to it."""
    marked, trigger = setting.marked, occurrence.trigger
    after = trigger.first >= count.last
    gap = max(trigger.first - count.last if after else count.first - trigger.last, 0)
    side = "after" if after else "before"
    clause = marked.clause_of[count.first]
    found = [f"same sentence {side}", *near(f"{side} gap", gap)]
    if clause == occurrence.clause:
        found.append("same clause")
    if setting.acts_between(min(count.first, trigger.first), max(count.first, trigger.first)):
        found.append("act between")
    if marked.links.get(max(clause, occurrence.clause), "") in RESULTING:
        found.append("linked")
    if any(harm.first <= count.harm_at < harm.last for harm in (trigger, *occurrence.harms)):
        found.append("own harm word")
    return found
