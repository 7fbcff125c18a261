"""What is sent to another team's server, item by item, and what is remembered of it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PushedItem:
    """An item ("bulletin", "incident") under its origin identifier. `ties` are origins of bulletins that it points to."""

    kind: str
    origin: str
    item: dict[str, Any]
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """An item that was sent: its number there, None where no answer came; the SHA-256 of what was sent."""

    number: int | None
    sha256: str


@dataclass(slots=True)
class PushResult:
    """What became of the items of one run; `refused` are origins with the server's reason, `unsure` had no answer before."""

    sent: int = 0
    there: int = 0
    changed: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
