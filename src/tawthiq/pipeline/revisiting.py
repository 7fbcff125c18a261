"""Asking for a page again: a new capture only when it changed, and a line in the log when it did not.

A page counts as unchanged when the server says so (304, RFC 9110 section 15.4.5), when the same bytes come with the same
status, and when an error that is kept already comes again, whatever its wording. An answer that only says "not now" (5xx,
429 and their like) is never kept by a visit of this kind: it says nothing of the page.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tawthiq.capture.conditional import NOT_MODIFIED, Validators, is_temporary, retry_after, validators_of
from tawthiq.capture.names import shown
from tawthiq.capture.wire import STATUS_LINE
from tawthiq.records.capture import Capture, Exchange
from tawthiq.records.errors import CaptureFailed, TawthiqError
from tawthiq.store import ArchiveFolder

UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Seen:
    """How an address looked when it was last kept: its capture, and what the server gave to recognise that answer by."""

    capture: Capture
    validators: Validators

    def known(self) -> dict[str, Validators]:
        """The condition of the next request, by the address that the answer came from."""
        return {self.capture.final: self.validators}


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of a watch list: nothing is kept of an answer that says only "not now", or that is known already.

    `seen` holds, by wire address, what is asked for again; other addresses are collected if the archive does not hold them.
    `listed_in` is the capture of the feed, sitemap or channel page that named the sources; it is logged with each of them.
    `from_outside` says that it is a site outside that named them: they may not lead into the documenter's own network.
    `describe` tells what of an answer is logged besides.
    """

    seen: Mapping[str, Seen]
    listed_in: str | None = None
    from_outside: bool = False
    describe: Callable[[Exchange], dict[str, object]] = lambda _answer: {}


class NotNow(CaptureFailed):
    """The server answered, but only that the page cannot be had now."""


def seen(archive: ArchiveFolder, capture: Capture) -> Seen:
    """What to compare the next answer with. A capture that cannot be read back, or is not whole, sets no condition."""
    try:
        record = archive.record(capture)
    except TawthiqError:
        return Seen(capture, Validators())
    if record.status != 200 or record.truncated is not None:
        return Seen(capture, Validators())
    return Seen(capture, validators_of(record.headers))


def how_unchanged(before: Seen, last: Exchange) -> dict[str, object] | None:
    """By what an answer is known to be the one that is kept, as the log states it; None when it is another."""
    status = status_of(last)
    if status == NOT_MODIFIED:
        sent = before.validators
        return {"status": status, "told_by": "server", "etag": sent.etag, "last_modified": sent.last_modified}
    if status != before.capture.status or last.truncated is not None:
        return None
    sha256 = hashlib.sha256(last.payload).hexdigest()
    if sha256 == before.capture.sha256:
        return {"status": status, "told_by": "payload", "sha256": sha256}
    if status is not None and status >= 400:
        return {"status": status, "told_by": "status"}
    return None


def expect_lasting(last: Exchange) -> None:
    """Raises NotNow for an answer that says nothing of the page."""
    status = status_of(last)
    if status is None or not is_temporary(status):
        return
    told = last.status_line.partition(" ")[2].strip()
    raise NotNow(
        item=shown(last.url, 300),
        happened=f'the server answered "{shown(told, 80)}": not now',
        advice="it is asked again later; collect the address to keep this answer",
    )


def wanted_pause(last: Exchange) -> float | None:
    """The seconds after which a server that is busy wants to be asked again, at most a day."""
    status = status_of(last)
    return (
        retry_after(last.response_headers, datetime.now(UTC)) if status is not None and is_temporary(status) else None
    )


def status_of(exchange: Exchange) -> int | None:
    """The code of an answer's status line."""
    match = STATUS_LINE.match(exchange.status_line)
    return int(match[1]) if match else None
