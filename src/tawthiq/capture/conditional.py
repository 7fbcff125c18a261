"""Conditional requests, and what a server says about asking again (RFC 9110 sections 8.8, 10.2.3 and 13.1).

Pure. A validator goes back to the server exactly as it came. An entity tag is compared by the server, so a weak one does too.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

NOT_MODIFIED = 304
# RFC 9110 section 15.6.4 and RFC 6585 section 4: not now. 408 and 425 (RFC 8470) ask for another try as well.
NOT_NOW = frozenset({408, 425, 429})
LONGEST_VALIDATOR = 1_000
# RFC 9110 section 8.8.3; the quotes are part of it. Servers that leave them out are not told about it.
ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
DAY = 86_400.0
Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise its answer by, each None where it gave none that can be sent back."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields that make a request conditional; none where there is nothing to compare."""
        etag = (("If-None-Match", self.etag),) if self.etag else ()
        modified = (("If-Modified-Since", self.last_modified),) if self.last_modified else ()
        return (*etag, *modified)


def validators_of(headers: Fields) -> Validators:
    """The validators among the header fields of an answer (names in any case)."""
    etag, modified = _value(headers := tuple(headers), "etag"), _value(headers, "last-modified")
    if etag is not None and not ENTITY_TAG.fullmatch(etag):
        etag = None
    if modified is not None and _moment(modified) is None:
        modified = None
    return Validators(etag, modified)


def retry_after(headers: Fields, now: datetime) -> float | None:
    """Seconds from `now` after which a server wants to be asked again, at most a day; None where it says nothing usable."""
    given = _value(tuple(headers), "retry-after")
    if given is None:
        return None
    if given.isascii() and given.isdigit():
        return min(float(given[:9]), DAY)
    moment = _moment(given)
    if moment is None:
        return None
    return min(max(math.ceil((moment - now).total_seconds()), 0.0), DAY)


def is_temporary(status: int) -> bool:
    """Whether an answer says nothing of the page itself but only that it cannot be had now."""
    return status >= 500 or status in NOT_NOW


def _value(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """The one value of a header field; None where it is missing, repeated with other content, too long or no text."""
    values = {value.strip() for field, value in headers if field.lower() == name}
    if len(values) != 1:
        return None
    only = values.pop()
    printable = all(32 <= ord(letter) < 256 and letter != "\x7f" for letter in only)
    return only if only and printable and len(only) <= LONGEST_VALIDATOR else None


def _moment(text: str) -> datetime | None:
    """An HTTP date in one of its three forms, UTC."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
