"""Under which circumstances something was collected: clock, way out, tools, stance. No address and no name of a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ExitClass(StrEnum):
    """By what kind of way requests left. The address itself is recorded nowhere."""

    OWN = "own"
    PROXY = "proxy"
    VPN = "vpn"
    TOR = "tor"


class RobotsStance(StrEnum):
    """What a team does about robots.txt (RFC 9309): obey it, note what it says and go on, or not ask for it."""

    OBEY = "obey"
    NOTE = "note"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class ClockState:
    """The computer's clock at `moment` (UTC) and what is known of it.

    `synchronized` is None where the system does not tell; `error_seconds` is the system's own bound of the error;
    `behind_log_seconds` is above zero when the log already holds a later time, so that the clock was set back.
    """

    moment: datetime
    synchronized: bool | None
    error_seconds: float | None
    behind_log_seconds: float


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that took part: name, version, SHA-256 of its code where that can be told."""

    name: str
    version: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The circumstances of one act of collecting, as they are logged with it.

    `reason` and `case` are the team's own words, None when not given; `system` names operating system and architecture.
    """

    clock: ClockState
    exit: ExitClass
    robots: RobotsStance
    tools: tuple[Tool, ...]
    system: str
    reason: str | None
    case: str | None
