"""What became of asking one authority for a stamp, and how it is told to the person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawthiq.records.errors import TawthiqError

# A clock that is off by more is worth a remark; authorities answer within seconds.
TOLD_SECONDS = 60.0


class StampState(StrEnum):
    """What became of asking one authority."""

    STAMPED = "stamped"
    COVERED = "covered already"
    PENDING = "promised"
    PROMISED = "promised already"
    CONFIRMED = "confirmed"
    FAILED = "failed"

    @property
    def asked(self) -> bool:
        """Whether the authority was asked at all."""
        return self not in (StampState.COVERED, StampState.PROMISED)


@dataclass(frozen=True, slots=True)
class StampOutcome:
    """What became of asking one authority: `size` entries are covered, or promised, at `time` (UTC) by its own clock.

    `own` says that the team runs it itself, so that it is no independent evidence. `notes` are remarks for the person.
    """

    authority: str
    own: bool
    state: StampState
    size: int = 0
    time: datetime | None = None
    notes: tuple[str, ...] = ()
    error: TawthiqError | None = None


def told(outcome: StampOutcome) -> str:
    """One line of what became of an authority; the team's own is told apart."""
    if outcome.error is not None:
        return f"failed: {outcome.authority}: {outcome.error}"
    parts = [f"{outcome.authority}: {outcome.state}", f"entries below {outcome.size}"]
    if outcome.time:
        parts.append(f"{outcome.time:%Y-%m-%d %H:%M:%S} UTC")
    if outcome.own:
        parts.append("own authority, no independent evidence")
    return ", ".join(parts)


def clock_notes(difference: float) -> tuple[str, ...]:
    """A remark when an authority's clock is `difference` seconds ahead of ours, and that is much."""
    if abs(difference) <= TOLD_SECONDS:
        return ()
    way = "ahead of" if difference > 0 else "behind"
    return (f"its clock is {abs(difference):,.0f} seconds {way} this computer's: one of them is wrong; recorded",)


def block_notes(blocks: list[int]) -> tuple[str, ...]:
    """A remark on how far a calendar's proof has come: the heights of the blocks that attest it, or none yet."""
    if blocks:
        return (f"in block {', '.join(map(str, blocks))} of Bitcoin; check it with --bitcoin-header",)
    return (
        "a promise proves nothing until a block of Bitcoin holds it, in some hours: run tawthiq timestamp again then",
    )
