"""What an event is to its report: one occurrence, a total, older history, or no occurrence at all; and its modality.

The choice among the four is scored; the words that speak for each come from the table scope_cues.
"""

from datetime import date

from tawthiq.reading.choosing import Features, best, features
from tawthiq.reading.drafts import Draft
from tawthiq.reading.setting import Setting
from tawthiq.reading.tellings import telling_features
from tawthiq.records.event import Modality
from tawthiq.records.statement import Stance

OUTCOMES = ("single", "cumulative", "background", "none")
EFFECTS = ("cumulative", "background", "denied", "future", "hedged", "purpose", "update")
NEAR = 5
OLD_DAYS = 10


def outcome(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> str:
    """One of OUTCOMES."""
    return OUTCOMES[best("scope", options(setting, cluster, earlier))]


def options(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> list[Features]:
    """The cluster's features under each outcome."""
    found = scope_features(setting, cluster, earlier)
    return [
        features(setting.marked.language, {f"{name} {key}": value for key, value in found.items()}) for name in OUTCOMES
    ]


def scope_features(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> Features:
    """What is known of a cluster of tellings."""
    draft = max(cluster, key=lambda d: (bool(d.counts), d.occurrence.trigger.strength == "means", -d.occurrence.start))
    trigger, occurrence = draft.occurrence.trigger, draft.occurrence
    harms = {str(count.count.harm) for member in cluster for count in member.counts}
    tolls = [count.count.minimum or 0 for member in cluster for count in member.counts]
    found: Features = {
        "bias": 1.0,
        f"act {occurrence.act}": 1.0,
        f"strength {trigger.strength}": 1.0,
        "verb": float(trigger.verb),
        "definite": float(trigger.definite),
        "toll": float(bool(harms)),
        "no toll": float(not harms),
        "toll over 100": float(any(toll > 100 for toll in tolls)),
        "toll over 30": float(any(toll > 30 for toll in tolls)),
        "several tellings": float(len(cluster) > 1),
        "placed": float(draft.chain is not None and draft.place_share > 0.5),
        "no doer": float(not any(member.agents for member in cluster)),
        "title": float(all(setting.is_title(member.occurrence.sentence) for member in cluster)),
        "lead": float(cluster[0].occurrence.sentence <= 2),
        "late": float(occurrence.sentence > 8),
        "same act earlier": float(any(other[0].occurrence.act == occurrence.act for other in earlier)),
        "any earlier": float(bool(earlier)),
        "wide place": float(draft.chain is not None and draft.chain.width >= 5),
        "relative clause": float(setting.marked.links.get(occurrence.clause) == "relative"),
        "plural": float(_plural(setting, draft)),
        "numbered": float(_numbered(setting, draft)),
    }
    found |= _cue_features(setting, draft)
    found |= _time_features(setting, cluster)
    found |= _stance_features(setting, draft)
    found |= telling_features(setting, cluster, earlier)
    return found


def _cue_features(setting: Setting, draft: Draft) -> Features:
    """Words of scope_cues in the clause and the sentence of the trigger."""
    marked, trigger = setting.marked, draft.occurrence.trigger
    first, last = marked.sentence_bounds(draft.occurrence.sentence)
    found: Features = {}
    for at in range(first, last):
        cue = marked.at("scope_cues", at)
        if cue is None:
            continue
        effect, reach = cue.row["effect"], cue.row["reach"]
        if reach == "start":
            found[f"{effect} start"] = max(
                float(at == first and trigger.first - at < 12), found.get(f"{effect} start", 0.0)
            )
        elif reach == "before":
            close = 0 <= trigger.first - cue.last < NEAR or cue.first <= trigger.first < cue.last
            found[f"{effect} before"] = max(float(close), found.get(f"{effect} before", 0.0))
        else:
            same = marked.clause_of[at] == draft.occurrence.clause
            key = f"{effect} clause" if same else f"{effect} sentence"
            found[key] = 1.0
    return found


def _time_features(setting: Setting, cluster: list[Draft]) -> Features:
    whens = [member.when for member in cluster if member.when is not None and member.when.period is not None]
    if not whens:
        return {"undated": 1.0}
    period = whens[0].period
    assert period is not None
    found: Features = {f"precision {period.precision.value}": 1.0}
    published: date | None = setting.marked.prepared.document.published
    days = (period.last - period.first).days
    found["days over 2"] = float(days > 2)
    found["days over 10"] = float(days > 10)
    if published is not None:
        found["old"] = float((published - period.last).days > OLD_DAYS)
        found["fresh"] = float(0 <= (published - period.last).days <= 2)
        found["future time"] = float((period.first - published).days > 0)
    return found


def _stance_features(setting: Setting, draft: Draft) -> Features:
    at = setting.statement_at(draft.occurrence.start)
    if at is None:
        return {"own voice": 1.0}
    return {f"stance {setting.statements[at].stance.value}": 1.0}


def _plural(setting: Setting, draft: Draft) -> bool:
    token = setting.marked.tokens[draft.occurrence.trigger.first].folded
    return token.endswith(("ات", "s")) or token.removeprefix("ال") in ("معارك", "هجمات", "قذائف", "مجازر")


def _numbered(setting: Setting, draft: Draft) -> bool:
    """Whether a number stands right before the trigger ("19 غارة", "Eleven raids")."""
    at = draft.occurrence.trigger.first
    return at > 0 and setting.marked.tokens[at - 1].kind == "number"


def modality(setting: Setting, draft: Draft) -> Modality:
    """Stated, unless a word of denial, of the future or of doubt acts on the trigger."""
    found = _cue_features(setting, draft)
    at = setting.statement_at(draft.occurrence.start)
    stance = setting.statements[at].stance if at is not None else None
    if found.get("denied before") or (stance is Stance.DENIES and found.get("denied sentence")):
        return Modality.DENIED
    if found.get("future before") or (stance is Stance.THREATENS and draft.occurrence.trigger.strength != "means"):
        return Modality.FUTURE
    if found.get("hedged clause") or stance is Stance.HEDGES:
        return Modality.HEDGED
    return Modality.STATED
