"""What several writers ask of claims: the bounds of a toll, what a claim says for comparison, whether people chose it.

The bounds follow `archive.incident_summaries`, the comparison `casework.case_content`; nothing is averaged.
"""

from collections.abc import Sequence
from datetime import date

from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedSlot

OPEN = "open"
WHEN, WHERE, WHO = "when", "where", "who"
_TO = ".."


def toll(incident: DisclosedIncident, harm: str) -> tuple[int, int] | None:
    """The lowest and the highest number that anybody claims of one harm, of everybody harmed; None where nobody counts.

    A number of some of the harmed is a floor of the whole, and bounds it from below only where nobody counts the whole; a part
    of such a number ("among them") only where nothing else is counted.
    """
    key = f"{harm}-all"
    counted = [
        claim for slot in incident.slots if slot.key == key for claim in slot.claims if claim.minimum is not None
    ]
    if not counted:
        return None
    apart = [claim for claim in counted if not claim.part_of]
    whole = [claim for claim in apart if claim.group == "all"] or apart or counted
    return min(claim.minimum or 0 for claim in whole), max(_most(claim) for claim in counted)


def value_of(slot_key: str, claim: DisclosedClaim) -> str:
    """What a claim says, equal for claims that say the same, whoever says it and in whatever words."""
    if claim.harm:
        group = claim.group if claim.group != "all" and slot_key.endswith("-all") else ""
        return f"{group}{_bound(claim.minimum)}{_TO}{_bound(claim.maximum)}"
    if claim.slot == WHEN:
        return f"{claim.first or ''}{_TO}{claim.last or ''}" if claim.first else claim.text
    if claim.slot == WHO and claim.code == "other":
        return claim.text
    return claim.code or claim.shown or claim.text


def is_chosen(slot: DisclosedSlot, claim: DisclosedClaim) -> bool | None:
    """Whether two people verified this value, or a range in which it lies; None where nobody decided or it was left open."""
    if slot.chosen in ("", OPEN):
        return None
    value = value_of(slot.key, claim)
    if slot.chosen in (value, claim.key):
        return True
    low, to, high = slot.chosen.partition(_TO)
    if not to or low == high:
        return False
    if claim.harm:
        return value[:1].isdecimal() and _holds_number(low, high, claim)
    return claim.slot == WHEN and _holds_days(low, high, claim)


def contested(slot: DisclosedSlot) -> frozenset[int]:
    """The positions of a slot that independent sources hold against each other."""
    return frozenset(position for pair in slot.disputes for position in pair)


def one_position(claims: Sequence[DisclosedClaim]) -> bool:
    """Whether claims can all be right together."""
    return len({claim.position for claim in claims}) == 1


def _holds_number(low: str, high: str, claim: DisclosedClaim) -> bool:
    if not low.isdecimal() or not (high.isdecimal() or not high) or claim.minimum is None:
        return False
    least, most = int(low), int(high) if high else None
    return least <= claim.minimum and (most is None or (claim.maximum is not None and claim.maximum <= most))


def _holds_days(low: str, high: str, claim: DisclosedClaim) -> bool:
    try:
        first, last = date.fromisoformat(low), date.fromisoformat(high)
    except ValueError:
        return False
    return claim.first is not None and claim.last is not None and first <= claim.first and claim.last <= last


def _most(claim: DisclosedClaim) -> int:
    return claim.minimum or 0 if claim.maximum is None else claim.maximum


def _bound(number: int | None) -> str:
    return "" if number is None else str(number)
