"""Explanations as JSON: what stands under the key `explanation` of a reading when it was asked for (docs/explaining.md)."""

from typing import Any

from tawthiq.records.explanation import Explanation, Reason

Json = dict[str, Any]


def explanation_to_json(explanation: Explanation) -> Json:
    """The reasons of statements and events, in the order of the reading's own lists."""
    return {
        "statements": [[_reason(reason) for reason in reasons] for reasons in explanation.statements],
        "events": [[_reason(reason) for reason in reasons] for reasons in explanation.events],
    }


def _reason(reason: Reason) -> Json:
    """One reason; keys that would be empty are left out."""
    out: Json = {"about": reason.about, "rule": reason.rule}
    if reason.value:
        out["value"] = reason.value
    if reason.mention:
        out |= {"start": reason.mention.span.start, "end": reason.mention.span.end, "text": reason.mention.text}
    if reason.rows:
        out["rows"] = list(reason.rows)
    if reason.share is not None:
        out["share"] = round(reason.share, 3)
        out["weighed"] = [{"feature": one.feature, "weight": round(one.weight, 3)} for one in reason.weighed]
    return out
