"""What an event is to its report: one occurrence, a total, older history, or no occurrence at all; and its modality.

The choice among the four is scored; the words that speak for each come from the table scope_cues.
"""

from collections.abc import Sequence
from datetime import date

from tawthiq.reading.choosing import Features, active, best_outcome, shares
from tawthiq.reading.drafts import Draft
from tawthiq.reading.setting import Setting
from tawthiq.reading.tellings import telling_features
from tawthiq.records.event import Modality
from tawthiq.records.statement import Stance

OUTCOMES = ("single", "cumulative", "background", "none")
NEAR = 5
RECALLED = "recalled before"  # a feature without a weight: what an anniversary recalls is old whatever else speaks
RECALLING = 14  # tokens from the words of an anniversary to the last act that they recall
OLD_DAYS = 10


def outcome(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> str:
    """One of OUTCOMES."""
    found = active(scope_features(setting, cluster, earlier))
    if RECALLED in found:
        return "background"
    return OUTCOMES[best_outcome("scope", setting.marked.language, OUTCOMES, found)]


def single_share(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> float:
    """How probable it is that a cluster tells one occurrence of its own."""
    return shares("scope", setting.marked.language, options(setting, cluster, earlier))[OUTCOMES.index("single")]


def options(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> list[Features]:
    """The cluster's features under each outcome."""
    found = active(scope_features(setting, cluster, earlier))
    return [[f"{name} {key}" for key in found] for name in OUTCOMES]


def scope_features(setting: Setting, cluster: list[Draft], earlier: list[list[Draft]]) -> dict[str, object]:
    """What is known of a cluster of tellings."""
    draft = max(cluster, key=lambda d: (bool(d.counts), d.occurrence.trigger.strength == "means", -d.occurrence.start))
    trigger, occurrence = draft.occurrence.trigger, draft.occurrence
    harms = {str(count.count.harm) for member in cluster for count in member.counts}
    tolls = [count.count.minimum or 0 for member in cluster for count in member.counts]
    found: dict[str, object] = {
        "bias": True,
        f"act {occurrence.act}": True,
        f"strength {trigger.strength}": True,
        "verb": trigger.verb,
        "definite": trigger.definite,
        "toll": bool(harms),
        "no toll": not harms,
        "toll over 100": any(toll > 100 for toll in tolls),
        "toll over 30": any(toll > 30 for toll in tolls),
        "several tellings": len(cluster) > 1,
        "placed": draft.chain is not None and draft.place_share > 0.5,
        "no doer": not any(member.agents for member in cluster),
        "title": all(setting.is_title(member.occurrence.sentence) for member in cluster),
        "lead": cluster[0].occurrence.sentence <= 2,
        "late": occurrence.sentence > 8,
        "same act earlier": any(other[0].occurrence.act == occurrence.act for other in earlier),
        "any earlier": bool(earlier),
        "wide place": draft.chain is not None and draft.chain.width >= 5,
        "relative clause": setting.marked.links.get(occurrence.clause) == "relative",
        "plural": _plural(setting, draft),
        "numbered": _numbered(setting, draft),
    }
    found |= _cue_features(setting, draft)
    found |= _time_features(setting, cluster)
    found |= _stance_features(setting, draft)
    found |= telling_features(setting, cluster, earlier)
    return found


def _cue_features(setting: Setting, draft: Draft) -> dict[str, object]:
    """Words of scope_cues in the clause and the sentence of the trigger."""
    marked, trigger = setting.marked, draft.occurrence.trigger
    first, last = marked.sentence_bounds(draft.occurrence.sentence)
    found: dict[str, object] = {}
    for at in range(first, last):
        cue = marked.at("scope_cues", at)
        if cue is None:
            continue
        effect, reach = cue.row["effect"], cue.row["reach"]
        if reach == "start":
            key, holds = f"{effect} start", at == first and trigger.first - at < 12
        elif reach == "before":
            reached = RECALLING if effect == "recalled" else NEAR
            close = 0 <= trigger.first - cue.last < reached or cue.first <= trigger.first < cue.last
            key, holds = f"{effect} before", close
        else:
            same = marked.clause_of[at] == draft.occurrence.clause
            key, holds = f"{effect} clause" if same else f"{effect} sentence", True
        found[key] = holds or found.get(key, False)
    return found


def _time_features(setting: Setting, cluster: list[Draft]) -> dict[str, object]:
    whens = [member.when for member in cluster if member.when is not None and member.when.period is not None]
    if not whens:
        return {"undated": True}
    period = whens[0].period
    assert period is not None
    found: dict[str, object] = {f"precision {period.precision.value}": True}
    published: date | None = setting.marked.prepared.document.published
    days = (period.last - period.first).days
    found["days over 2"] = days > 2
    found["days over 10"] = days > 10
    if published is not None:
        found["old"] = (published - period.last).days > OLD_DAYS
        found["fresh"] = 0 <= (published - period.last).days <= 2
        found["future time"] = (period.first - published).days > 0
    return found


def _stance_features(setting: Setting, draft: Draft) -> dict[str, object]:
    stance = _stance(setting, draft)
    return {"own voice": True} if stance is None else {f"stance {stance.value}": True}


def _plural(setting: Setting, draft: Draft) -> bool:
    token = setting.marked.tokens[draft.occurrence.trigger.first].folded
    return token.endswith(("ات", "s")) or token.removeprefix("ال") in ("معارك", "هجمات", "قذائف", "مجازر")


def _numbered(setting: Setting, draft: Draft) -> bool:
    """Whether a number stands right before the trigger ("19 غارة", "Eleven raids")."""
    at = draft.occurrence.trigger.first
    return at > 0 and setting.marked.tokens[at - 1].kind == "number"


def modality(setting: Setting, draft: Draft, tellings: Sequence[Draft]) -> Modality:
    """Stated, unless a word of denial, of the future or of doubt acts on the trigger, or all its tellings are denials.

    What a source threatens has not happened, save where the act is named as known ("vowed to answer the raid").
    """
    found = _cue_features(setting, draft)
    stance = _stance(setting, draft)
    known = draft.occurrence.trigger.definite and not draft.occurrence.trigger.verb
    denied = all(_stance(setting, telling) is Stance.DENIES for telling in tellings) and not known
    if found.get("denied before") or denied:
        return Modality.DENIED
    if found.get("future before") or (stance is Stance.THREATENS and not known):
        return Modality.FUTURE
    if found.get("hedged clause") or stance is Stance.HEDGES:
        return Modality.HEDGED
    return Modality.STATED


def _stance(setting: Setting, draft: Draft) -> Stance | None:
    at = setting.statement_at(draft.occurrence.start)
    return setting.statements[at].stance if at is not None else None
