"""What the DevTools protocol has told about requests, as it comes in: one trail for each, with the redirects it went through.

The protocol tells of one request in two streams that are not ordered against each other: the Network events
(`requestWillBeSent`, `responseReceived`), and the ExtraInfo events with the heads as they went over the wire. Both are in
order among themselves, so the n-th ExtraInfo belongs to the n-th hop that has one (`hasExtraInfo`).
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Message = dict[str, Any]


@dataclass(slots=True)
class Hop:
    """One request to one address, and the answer: `response` is the protocol's, None when none came.

    `expects_extra` is False where the protocol says that no wire heads will come, None where it has not said. `redirected`
    when the answer led on to a next hop. `request_body` is what was sent, None where it is not known.
    """

    number: int
    url: str
    method: str
    moment: datetime
    request: Message
    resource: str
    top_document: bool
    response: Message | None = None
    expects_extra: bool | None = None
    redirected: bool = False
    peer: str | None = None
    request_body: bytes | None = b""

    @property
    def own_step(self) -> bool:
        """Whether the browser led itself on (to https, by its list of strict hosts: RFC 6797 section 8.3), asking nobody.

        A server that sends the same header has a connection, and a head off the wire.
        """
        response = self.response or {}
        named = any(name.lower() == "non-authoritative-reason" for name in response.get("headers", {}))
        return named and self.expects_extra is False and not response.get("connectionId")

    def unsent(self, came: Message | None) -> bool:
        """Whether no server was asked; `came` is the head of an answer off the wire, which a revalidated one has as well."""
        response = self.response or {}
        kept = response.get("fromDiskCache") or response.get("fromPrefetchCache")
        return bool(response.get("fromServiceWorker") or (kept and came is None) or self.own_page)

    @property
    def own_page(self) -> bool:
        """Whether the answer is a page that the browser made itself, such as that of its viewer for PDF: no head at all.

        Whatever a server sends has a connection, and a head off the wire.
        """
        response = self.response
        if response is None or self.expects_extra is not False:
            return False
        return response.get("headers") == {} and response.get("connectionId") == 0 and not response.get("timing")


@dataclass(slots=True)
class Trail:
    """A request through all its redirects.

    `body` is that of the last hop's answer, None while it is not there; `streamed` what came of it piece by piece, where that
    was asked for; `received` counts the bytes that the page's process was told of. `session`, `frame` and `loader` are
    those of the latest request. `cut` says that recording ended before the answer did, `over` that the
    page's bodies are too many to be held.
    """

    hops: list[Hop] = field(default_factory=list)
    request_extras: list[Message] = field(default_factory=list)
    response_extras: list[Message] = field(default_factory=list)
    from_cache: bool = False
    finished: bool = False
    failure: Message | None = None
    cut: bool = False
    over: bool = False
    body: bytes | None = None
    streamed: bytearray = field(default_factory=bytearray)
    received: int = 0
    session: str = ""
    frame: str | None = None
    loader: str | None = None

    @property
    def last(self) -> Hop:
        """The hop that the latest events are about."""
        return self.hops[-1]

    @property
    def under_way(self) -> bool:
        """Whether more is to come."""
        return not self.finished and self.failure is None and not self.unsent

    @property
    def unsent(self) -> bool:
        """Whether the last hop was answered without asking a server: from the visit's own cache or by a service worker."""
        return self.from_cache or self.last.unsent(self.paired()[-1][2])

    def paired(self) -> list[tuple[Hop, Message | None, Message | None]]:
        """Each hop with the heads of its request and its answer as they went over the wire, None where they were not told."""
        requests, responses = iter(self.request_extras), iter(self.response_extras)
        pairs: list[tuple[Hop, Message | None, Message | None]] = []
        for hop in self.hops:
            if hop.expects_extra is False:
                pairs.append((hop, None, None))
            else:
                pairs.append((hop, next(requests, None), next(responses, None)))
        return pairs


def moment_of(seconds: object) -> datetime:
    """The UTC time of a protocol's `wallTime`; now where there is none."""
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else datetime.now(UTC)
