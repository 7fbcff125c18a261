"""Tolls as ranges: the lowest and the highest that any source claims, incident by incident, summed; never an average.

The sum of the lowest claims is itself only a bound: nobody says that all lowest claims are right at once, nor all highest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tawthiq.records.claim import Standing
from tawthiq.records.count import Group, Harm
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedSlot
from tawthiq.records.statistics import Reach, TollRow

HARMS = tuple(harm.value for harm in Harm)
_DIFFERING = frozenset({Standing.DISPUTED.value, "several"})
"""Slots whose sources differ; "several" is how published cases tell that there is more than one value."""
OPEN = "open"
_UNSETTLED = frozenset({"", OPEN})


def is_disputed(slot: DisclosedSlot) -> bool:
    """Whether independent sources cannot both be right about it."""
    return slot.standing in _DIFFERING


def reach_of(claims: Iterable[DisclosedClaim]) -> Reach | None:
    """From the lowest to the highest number of some claims on one toll of one incident; None where none gives a number.

    The upper end is open where the highest number is one of "at least": a lower "at least" contradicts no higher number.
    """
    told = [(claim.minimum or 0, claim.maximum) for claim in claims if not _is_numberless(claim)]
    if not told:
        return None
    high = max(max(low, most or 0) for low, most in told)
    is_floor = any(most is None and low == high for low, most in told)
    return Reach(1, min(low for low, _ in told), high, int(is_floor))


@dataclass(slots=True)
class Toll:
    """The sums of one harm and group so far."""

    agreed: Reach = field(default_factory=Reach)
    disputed: Reach = field(default_factory=Reach)
    verified: Reach = field(default_factory=Reach)
    by_reports: int = 0
    by_sources: int = 0
    subsets: int = 0

    def take(self, slot: DisclosedSlot, *, is_verified: bool) -> None:
        """Add the slot of one incident."""
        claims = _counted(slot)
        self.subsets += len(slot.claims) - len(claims)
        reach = _reach(slot, claims)
        if reach is None:
            return
        if is_disputed(slot):
            self.disputed += reach
        else:
            self.agreed += reach
        if is_verified:
            self.verified += _settled(slot, claims) or reach
        self.by_reports += _added((claim.document or str(claim.source) for claim in claims), claims)
        self.by_sources += _added((str(claim.source) for claim in claims), claims)


@dataclass(slots=True)
class Tolls:
    """The sums of every harm and group."""

    found: dict[tuple[str, str], Toll] = field(default_factory=dict)

    def take(self, incident: DisclosedIncident, *, is_verified: bool) -> None:
        """Add one incident."""
        for slot in incident.slots:
            if slot.slot in HARMS:
                key = (slot.slot, slot.group or Group.ALL.value)
                self.found.setdefault(key, Toll()).take(slot, is_verified=is_verified)

    def rows(self) -> tuple[TollRow, ...]:
        """The harms in the order of their vocabulary, each group of them, everybody first."""
        groups = [group.value for group in Group]
        order = sorted(self.found, key=lambda key: (HARMS.index(key[0]), _place(key[1], groups), key[1]))
        return tuple(
            TollRow(*key, toll.agreed, toll.disputed, toll.verified, toll.by_reports, toll.by_sources, toll.subsets)
            for key in order
            if (toll := self.found[key]).agreed.incidents or toll.disputed.incidents
        )


def _counted(slot: DisclosedSlot) -> list[DisclosedClaim]:
    """The claims that are of the slot's whole: a part of everybody ("among them") is no claim on everybody."""
    is_whole = slot.group in ("", Group.ALL.value)
    return [claim for claim in slot.claims if not (is_whole and claim.part_of)]


def _reach(slot: DisclosedSlot, claims: Sequence[DisclosedClaim]) -> Reach | None:
    """The reach of a slot; one child killed bounds everybody killed from below only where nobody counts everybody."""
    reach = reach_of(claims)
    if reach is None or slot.group not in ("", Group.ALL.value):
        return reach
    everybody = reach_of(claim for claim in claims if claim.group == Group.ALL.value)
    return replace(reach, low=everybody.low) if everybody else reach


def _settled(slot: DisclosedSlot, claims: Sequence[DisclosedClaim]) -> Reach | None:
    if slot.chosen in _UNSETTLED:
        return None
    return reach_of(claim for claim in claims if claim.key == slot.chosen)


def _added(tellers: Iterable[str], claims: Sequence[DisclosedClaim]) -> int:
    """What comes out if the highest number of each teller is added to those of the others."""
    highest: dict[str, int] = {}
    for teller, claim in zip(tellers, claims, strict=True):
        highest[teller] = max(highest.get(teller, 0), claim.minimum or 0, claim.maximum or 0)
    return sum(highest.values())


def _is_numberless(claim: DisclosedClaim) -> bool:
    return claim.minimum is None and claim.maximum is None


def _place(group: str, groups: Sequence[str]) -> int:
    return groups.index(group) if group in groups else len(groups)
