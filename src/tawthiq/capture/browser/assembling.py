"""Reconciling what was seen with what is kept: every request to a server becomes an exchange, or a loss with its reason.

Not requests to a server, and not counted: `data:` and `blob:` addresses; what the visit's own cache or a service worker
answered; and a hop that the browser made by itself (http to https, by its list of strict hosts).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from tawthiq.capture.browser.exchanges import Made
from tawthiq.capture.browser.gate import Gate
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.trails import Hop, Trail
from tawthiq.records.capture import Exchange
from tawthiq.records.visit import Loss, Unrecorded

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
NO_ANSWER = "no answer came before recording ended"
ANSWERLESS = "it ended without an answer being told"
HEADLESS = "nothing but its head was told"


class Assembly:
    """The requests of one visit in the making. `losses` begins with those that no trail tells of."""

    def __init__(self, made: Made, gate: Gate, losses: Iterable[Unrecorded]) -> None:
        self._made = made
        self._gate = gate
        self._losses = list(losses)
        self._exchanges: list[tuple[int, Exchange, bool]] = []
        self._cookies = 0

    def add(self, trail: Trail) -> None:
        """Take one trail."""
        if not trail.hops:
            self._losses += [_untold(trail)] if trail.request_extras else []
            return
        for hop, sent, came in trail.paired():
            if hop.unsent(came) or (hop is trail.last and trail.from_cache) or hop.own_step:
                continue
            self._cookies += sum(not each.get("blockedReasons") for each in (sent or {}).get("associatedCookies", ()))
            if hop.response is None and came is None:
                self._losses.append(self._lost(trail, hop))
            else:
                exchange = self._made.exchange(trail, hop, sent, came)
                self._exchanges.append((hop.number, exchange, hop.top_document and not hop.redirected))

    def recorded(self, popups: Iterable[str], crashed: bool) -> Recorded:
        """Everything taken."""
        self._exchanges.sort(key=lambda each: each[0])
        answered = [at for at, (_, _, is_page) in enumerate(self._exchanges) if is_page]
        return Recorded(
            exchanges=tuple(exchange for _, exchange, _ in self._exchanges),
            main=answered[-1] if answered else None,
            unrecorded=tuple(self._losses),
            requests=len(self._exchanges) + len(self._losses),
            cookies_sent=self._cookies,
            popups=tuple(popups),
            refused=tuple(f"{host}:{port}: {why}" for (host, port), why in self._gate.refused.items()),
            crashed=crashed,
        )

    def _lost(self, trail: Trail, hop: Hop) -> Unrecorded:
        """A request without an answer, and why."""
        host, port = place_of(hop.url)
        failure = trail.failure or {}
        refusal = self._gate.refusal(host, port) or failure.get("blockedReason")
        if refusal:
            return Unrecorded(hop.url, hop.method, Loss.BLOCKED, str(refusal))
        if trail.finished and not failure:
            return Unrecorded(hop.url, hop.method, Loss.MISSED, ANSWERLESS)
        text = NO_ANSWER if trail.cut else str(failure.get("errorText") or NO_ANSWER)
        reason = self._gate.failure(host, port) if "SOCKS" in text or "PROXY" in text else None
        return Unrecorded(hop.url, hop.method, Loss.FAILED, reason or text)


def place_of(url: str) -> tuple[str, int]:
    """Host and port that an address names."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)


def _untold(trail: Trail) -> Unrecorded:
    """A request of which nothing but its head was told."""
    headers = trail.request_extras[0].get("headers", {})
    host = headers.get(":authority") or headers.get("Host") or "unknown"
    return Unrecorded(f"//{host}{headers.get(':path', '/')}", headers.get(":method", "GET"), Loss.MISSED, HEADLESS)
