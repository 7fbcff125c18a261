"""Which time expression dates an occurrence, or none: report time must not pass for event time."""

from tawthiq.reading.choosing import Features, active, near
from tawthiq.reading.contexts import beside, word_at
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.setting import Setting
from tawthiq.records.period import When

REACH, LEAD = 2, 2
NONE: Features = ["none"]


def candidates(setting: Setting, occurrence: Occurrence) -> list[When]:
    """Resolved times within two sentences, and those of the document's first two sentences."""
    near_by = (
        setting.times[at] for at in setting.times_by.within(occurrence.trigger.first, occurrence.sentence, REACH, LEAD)
    )
    return [when for when in near_by if when.period is not None]


def none_features(setting: Setting, occurrence: Occurrence) -> Features:
    """The case for leaving the time open."""
    dated = setting.times_by.count(occurrence.sentence) > 0
    found = {"none": True, "none, sentence undated": not dated, f"none, {occurrence.trigger.strength}": True,
             "none, late": occurrence.sentence > 5}  # fmt: skip
    return active(found)


def time_features(setting: Setting, occurrence: Occurrence, when: When) -> Features:
    """How a time stands to an occurrence."""
    marked = setting.marked
    at = min(marked.first_token_from(when.mention.span.start), len(marked.tokens) - 1)
    sentence = marked.sentence_of[at]
    offset = sentence - occurrence.sentence
    trigger = occurrence.trigger
    after = at >= trigger.last
    gap = at - trigger.last if after else trigger.first - at
    assert when.period is not None
    found: dict[str, object] = {f"precision {when.period.precision.value}": True}
    if offset == 0:
        side = "after" if after else "before"
        found[f"same sentence {side}"] = True
        found |= near(f"{side} gap", gap)
        found["same clause"] = marked.clause_of[at] == occurrence.clause
        left, right = sorted((at, trigger.first))
        found["act between"] = setting.acts_between(left, right) > 0
        found["only time"] = setting.times_by.count(sentence) == 1
    else:
        found[f"sentence {offset:+d}" if abs(offset) <= REACH else "far sentence"] = True
        found["own sentence undated"] = not setting.times_by.count(occurrence.sentence)
        found["other paragraph"] = marked.paragraph_of[at] != marked.paragraph_of[trigger.first]
    found["after cue"] = when.mention.span.start in setting.times_of_telling
    found["first time"] = when is setting.times[0]
    last = marked.first_token_from(when.mention.span.end)
    found |= beside(marked, at, last)
    found |= {f"says {word_at(marked, word, at)}": True for word in range(at, last)}
    found["lead"] = sentence <= 1
    return active(found)
