"""What a document lists: the addresses in a feed, a sitemap or a page of a channel, newest first.

A list is only a pointer to pages: what it says of them (titles, summaries) is kept with the document itself, as evidence of
what an outlet listed at that time, and is not read from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from tawthiq.capture.address import parse
from tawthiq.records.errors import CaptureFailed

LONGEST_DATE = 64
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """One address in a list, in wire form, and the time (UTC) that the list gives for it, None where it gives none."""

    url: str
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it was read. `form` names its format; `lists` are further lists that it names (a sitemap index).

    `remarks` say what of it could not be used, for the person.
    """

    form: str
    items: tuple[Listed, ...]
    lists: tuple[Listed, ...] = ()
    remarks: tuple[str, ...] = ()


def web_address(base: str, given: object) -> str | None:
    """The http(s) address that a list gives, perhaps relative to `base`, in wire form; None for anything else."""
    if not isinstance(given, str) or not given.strip():
        return None
    try:
        return parse(urljoin(base, given.strip())).url
    except (CaptureFailed, ValueError):
        return None


def moment_in(given: object) -> datetime | None:
    """A time as ISO 8601, its W3C profile or RFC 3339 write it, whole days, months and years included; UTC."""
    if not isinstance(given, str):
        return None
    text = given.strip()[:LONGEST_DATE].upper()
    shape = {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        moment = datetime.fromisoformat(text + shape)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def newest_first(items: Iterable[Listed]) -> tuple[Listed, ...]:
    """Each address once, with its latest time, the newest first; those without a time follow in the list's own order."""
    latest: dict[str, Listed] = {}
    for item in items:
        other = latest.get(item.url)
        if other is None or (item.moment or _OLDEST) > (other.moment or _OLDEST):
            latest[item.url] = item
    return tuple(sorted(latest.values(), key=lambda item: item.moment or _OLDEST, reverse=True))


def counted(count: int, what: str) -> tuple[str, ...]:
    """A remark on how many things there were, none where there were none."""
    return (f"{count} {what}",) if count else ()
