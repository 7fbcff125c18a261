"""What a team watches: one address, what kind of place it is, and how often it is asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WatchKind(StrEnum):
    """What an address leads to. AUTO is decided by what answers: a list if it is one, else a page."""

    AUTO = "auto"
    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Watch:
    """One line of a watch list.

    `every` is the seconds between two visits, whole minutes; `items` the most addresses out of a list, or pages of a channel,
    that one visit collects; `browser` has pages visited by a browser; `reason` is the team's own words, logged with every
    item, or None.
    """

    address: str
    kind: WatchKind
    every: int
    items: int
    browser: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class WatchState:
    """When an address was asked last and when it is due next (UTC), None where it never was.

    `succeeded` is the last visit that found the place in order, `failures` counts the visits in a row since that failed.
    """

    asked: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    due: datetime | None = None
