"""Which time expression dates an occurrence, or none: report time must not pass for event time."""

from tawthiq.reading.choosing import Features, near
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.setting import Setting
from tawthiq.records.period import When

REACH, LEAD = 2, 2
LATE = 5


def candidates(setting: Setting, occurrence: Occurrence) -> list[When]:
    """Resolved times within two sentences, and those of the document's first two sentences.

    A document without a date of its own keeps its open times ("on Monday"): the words are told, the days left open.
    """
    undated = setting.marked.prepared.document.published is None
    near_by = (
        setting.times[at] for at in setting.times_by.within(occurrence.trigger.first, occurrence.sentence, REACH, LEAD)
    )
    return [when for when in near_by if undated or when.period is not None]


def none_features(setting: Setting, occurrence: Occurrence) -> Features:
    """The case for leaving the time open."""
    found = ["none", f"none, {occurrence.trigger.strength}"]
    if not setting.times_by.count(occurrence.sentence):
        found.append("none, sentence undated")
    if occurrence.sentence > LATE:
        found.append("none, late")
    return found


def time_features(setting: Setting, occurrence: Occurrence, when: When) -> Features:
    """How a time stands to an occurrence."""
    marked, trigger = setting.marked, occurrence.trigger
    at, traits = setting.time_traits[when.mention.span.start]
    found = list(traits)
    sentence = marked.sentence_of[at]
    offset = sentence - occurrence.sentence
    if offset:
        found.append(f"sentence {offset:+d}" if abs(offset) <= REACH else "far sentence")
        if not setting.times_by.count(occurrence.sentence):
            found.append("own sentence undated")
        if marked.paragraph_of[at] != marked.paragraph_of[trigger.first]:
            found.append("other paragraph")
        return found
    if at >= trigger.last:
        found.append("same sentence after")
        found += near("after gap", at - trigger.last)
    else:
        found.append("same sentence before")
        found += near("before gap", trigger.first - at)
    if marked.clause_of[at] == occurrence.clause:
        found.append("same clause")
    if setting.acts_between(min(at, trigger.first), max(at, trigger.first)):
        found.append("act between")
    if setting.times_by.count(sentence) == 1:
        found.append("only time")
    return found
