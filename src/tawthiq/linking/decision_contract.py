"""Decisions about links as JSON: the format link-decision/1 of docs/contracts.md, and what the custody log digests.

One object a line. A withdrawal is an object of its own that names the digest of what it withdraws; what is written down is
never taken out. The digest of a decision is SHA-256 over its canonical JSON and is its identifier.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from tawthiq.custody.entry import digest_of
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Act
from tawthiq.records.link_decision import EventAnchor, LinkDecision, LinkVerdict

SCHEMA = "tawthiq/link-decision/1"
WITHDRAWN = "withdrawn"
Json = dict[str, Any]


def decided(
    verdict: LinkVerdict, one: EventAnchor, other: EventAnchor, *, by: str, at: datetime, reason: str = ""
) -> LinkDecision:
    """A decision with its identifier; of the two anchors the earlier one in order of documents comes first."""
    first, second = sorted((one, other), key=lambda anchor: (anchor.document, anchor.start, anchor.end, anchor.act))
    whole = LinkDecision("", verdict, first, second, by, at.astimezone(UTC), reason)
    return LinkDecision(digest_of(decision_to_json(whole)), verdict, first, second, by, whole.at, reason)


def decision_to_json(decision: LinkDecision) -> Json:
    """A decision as an object of link-decision/1."""
    return {
        "schema": SCHEMA,
        "verdict": decision.verdict.value,
        "first": _anchor(decision.first),
        "second": _anchor(decision.second),
        "by": decision.by,
        "time": decision.at.isoformat(),
        "reason": decision.reason,
    }


def withdrawal_to_json(withdraws: str, *, by: str, at: datetime, reason: str = "") -> Json:
    """The withdrawal of the decision whose digest is `withdraws`."""
    return {
        "schema": SCHEMA,
        "verdict": WITHDRAWN,
        "withdraws": withdraws,
        "by": by,
        "time": at.astimezone(UTC).isoformat(),
        "reason": reason,
    }


def _anchor(anchor: EventAnchor) -> Json:
    return {
        "document": anchor.document,
        "start": anchor.start,
        "end": anchor.end,
        "text": anchor.text,
        "act": anchor.act,
        "before": anchor.before,
        "after": anchor.after,
    }


def decision_from_json(value: Mapping[str, Any]) -> LinkDecision:
    """The decision that an object of link-decision/1 holds. Raises UnreadableInput for anything else."""
    try:
        if value["schema"] != SCHEMA:
            raise ValueError(f"the schema is {value['schema']!r}, not {SCHEMA!r}")
        return LinkDecision(
            digest_of(_known(value)),
            LinkVerdict(value["verdict"]),
            _anchor_from(value["first"]),
            _anchor_from(value["second"]),
            _line(value["by"]),
            _moment(value["time"]),
            _line(value.get("reason", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableInput(
            item="a decision about links",
            happened=f"it is not in the form link-decision/1 ({error})",
            advice="docs/contracts.md describes the form; `tawthiq link --decisions` writes it",
        ) from error


def is_withdrawal(value: Mapping[str, Any]) -> bool:
    """Whether an object takes a decision back. Raises UnreadableInput where it does not say which."""
    if value.get("verdict") != WITHDRAWN:
        return False
    if value.get("schema") == SCHEMA and isinstance(value.get("withdraws"), str):
        return True
    raise UnreadableInput(
        item="a withdrawal",
        happened='it has no "withdraws", or is not in the form link-decision/1',
        advice="give the digest of the decision that it takes back; docs/contracts.md describes the form",
    )


def in_force(values: Iterable[Mapping[str, Any]]) -> list[LinkDecision]:
    """The decisions of a list that no withdrawal in it takes back. Raises as `decision_from_json` does."""
    listed = [_known(value) for value in values]
    taken_back = {value["withdraws"] for value in listed if is_withdrawal(value)}
    made = [decision_from_json(value) for value in listed if not is_withdrawal(value)]
    return [decision for decision in made if decision.identifier not in taken_back]


def _known(value: Mapping[str, Any]) -> Json:
    """The object without extra fields, which others may add and no digest covers."""
    kept = ("schema", "verdict", "first", "second", "withdraws", "by", "time", "reason")
    return {name: value[name] for name in kept if name in value}


def _anchor_from(value: Mapping[str, Any]) -> EventAnchor:
    start, end, text = value["start"], value["end"], _line(value["text"])
    if type(start) is not int or type(end) is not int or not 0 <= start < end or end - start != len(text):
        raise ValueError("a telling's start and end do not hold its text")
    return EventAnchor(
        document=_line(value["document"]),
        start=start,
        end=end,
        text=text,
        act=Act(value["act"]).value,
        before=_line(value.get("before", "")),
        after=_line(value.get("after", "")),
    )


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_line(value))
    if moment.tzinfo is None:
        raise ValueError("the moment has no zone")
    return moment.astimezone(UTC)
