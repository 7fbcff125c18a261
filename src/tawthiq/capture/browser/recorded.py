"""What the recorder hands over for one page: every request that was seen, and where its answer went."""

from dataclasses import dataclass

from tawthiq.records.capture import Exchange
from tawthiq.records.visit import Unrecorded


@dataclass(frozen=True, slots=True)
class Recorded:
    """The exchanges of one tab in the order of their requests, and what has no exchange.

    `requests` counts every request to a server that was seen (not `data:` and `blob:` addresses, nothing answered from the
    visit's own cache or by a service worker), so that `requests == len(exchanges) + len(unrecorded)` holds. `main` is the
    index of the exchange that answered for the page itself, None when none did. `cookies_sent` counts cookies over all
    requests. `popups` are the addresses of windows that the page opened and that were closed at once. `refused` names what
    the gate refused ("host:port: reason"), in the order of first refusal. `crashed` says that the page's process died.
    """

    exchanges: tuple[Exchange, ...]
    main: int | None
    unrecorded: tuple[Unrecorded, ...]
    requests: int
    cookies_sent: int
    popups: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    crashed: bool = False
