"""The recorder: listens to everything that a page's targets ask for, over the DevTools protocol's Network domain.

`Accept-Encoding: identity` goes with every request, and with it as little more as can be. Bodies are taken when they are
whole; Chromium's durable messages keep them outside the page's process, byte for byte, whatever becomes of the page: without
them, texts come back decoded from their character set, which for a page in windows-1256 is another file.
"""

import asyncio
import base64
import time
from collections.abc import Callable

from tawthiq.capture.browser.assembling import Assembly, place_of
from tawthiq.capture.browser.devtools import DevTools
from tawthiq.capture.browser.exchanges import Made, origin
from tawthiq.capture.browser.gate import Gate
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.taking import Taking
from tawthiq.capture.browser.targets import AUTO_ATTACH, Targets
from tawthiq.capture.browser.trails import Hop, Message, Trail, moment_of
from tawthiq.records.visit import Loss, Unrecorded

# Bodies that a page breaks off by habit: taken piece by piece as well, so that what came is not lost.
BROKEN_OFF_BY_HABIT = {"Image", "Media"}
SETTLING_SECONDS = 2.0
CUTTING_SECONDS = 1.0
MOST_REQUESTS = 20_000
TOO_MANY = f"the page asked for more than {MOST_REQUESTS} things; its network was cut"
NOT_OFFERED = "net::ERR_CONTENT_DECODING_FAILED"
WENT_ON = {"errorText": "the page went on before it was there"}


class Recorder:
    """Records one page after another. Everything but construction happens inside the event loop of `devtools`."""

    def __init__(self, gate: Gate, size_limit: int) -> None:
        self._gate = gate
        self._size_limit = size_limit
        self._devtools: DevTools | None = None
        self._handlers: dict[str, Callable[[str, Message], None]] = {
            "Target.attachedToTarget": self._attached,
            "Target.detachedFromTarget": self._detached,
            "Network.requestWillBeSent": self._request,
            "Network.requestWillBeSentExtraInfo": self._request_extra,
            "Network.responseReceived": self._response,
            "Network.responseReceivedExtraInfo": self._response_extra,
            "Network.requestServedFromCache": self._from_cache,
            "Network.dataReceived": self._data,
            "Network.loadingFinished": self._finished,
            "Network.loadingFailed": self._failed,
            "Network.webSocketCreated": self._web_socket,
            "Network.webTransportCreated": self._web_socket,
            "Page.windowOpen": self._window_opened,
            "Inspector.targetCrashed": self._crashed,
        }
        self._forget()

    def _forget(self) -> None:
        self._targets = Targets(self._post, self._size_limit)
        self._taking = Taking(self._post, self._targets)
        self._trails: dict[str, Trail] = {}
        self._hops = 0
        self._awaited: set[asyncio.Future[Message]] = set()
        self._tls: dict[object, Message] = {}
        self._apart: list[Unrecorded] = []
        self._popups: list[str] = []
        self._has_crashed = False
        self._recorded: Recorded | None = None
        self.last_event = time.monotonic()

    async def attach(self, devtools: DevTools) -> None:
        """Begin to listen to the whole browser."""
        self._devtools = devtools
        await devtools.send("Target.setAutoAttach", AUTO_ATTACH, devtools.root)

    def begin(self, *, from_outside: bool = False) -> None:
        """Forget the page before; the next page that opens is the one recorded. See `Gate.begin_page`."""
        self._forget()
        self._gate.begin_page(from_outside=from_outside)

    async def ready(self) -> bool:
        """Wait until recording is on in the page; whether this browser can keep bodies byte for byte."""
        deadline = time.monotonic() + SETTLING_SECONDS
        while self._awaited and time.monotonic() < deadline:
            await asyncio.sleep(0.002)
        return self._targets.keeps_bytes

    def listen(self, session: str, method: str, parameters: Message) -> None:
        """Take one event of one session."""
        handler = self._handlers.get(method)
        if handler is None or self._recorded is not None:
            return
        try:
            handler(session, parameters)
        except Exception as error:
            # A browser that speaks otherwise than we know must not go unnoticed, nor stop the recording of the rest.
            reason = f"{method} could not be understood ({error!r})"
            self._apart.append(Unrecorded(str(parameters.get("requestId")), "GET", Loss.MISSED, reason))

    @property
    def page_session(self) -> str:
        """The session of the page itself, empty before there is one."""
        return self._targets.page_session

    @property
    def page_target(self) -> str | None:
        """The page's target, None before there is one."""
        return self._targets.page_target

    @property
    def has_crashed(self) -> bool:
        """Whether the page's process died."""
        return self._has_crashed

    @property
    def compressed_unasked(self) -> bool:
        """Whether an answer failed because the server compressed it in a way not offered; from now on every way is."""
        return self._targets.offers_every_encoding

    @property
    def pending(self) -> int:
        """How many requests are under way."""
        return sum(trail.under_way for trail in list(self._trails.values()) if trail.hops)

    async def end(self) -> Recorded:
        """Everything recorded since `begin`. The page has no network from now on. The second call gives the same again."""
        if self._recorded is None:
            deadline = time.monotonic() + SETTLING_SECONDS
            # What the browser has told before it answers this is in.
            self._post("Target.getTargets", {}, self._devtools.root if self._devtools else "")
            while (self.pending or self._awaited) and time.monotonic() < deadline:
                await asyncio.sleep(0.01)
            await self._taking.unfinished(self._trails)
            await self._cut()
            assembly = Assembly(Made(self._taking.certificates, self._size_limit), self._gate, self._apart)
            for trail in self._trails.values():
                assembly.add(trail)
            self._recorded = assembly.recorded(self._popups, self._has_crashed)
        return self._recorded

    async def _cut(self) -> None:
        """Cut the page's network, and take what had come of each answer under way."""
        for trail in self._trails.values():
            trail.cut = bool(trail.hops) and trail.under_way
        self._gate.end_page()
        # A request may have left by an open connection meanwhile: it is told before the browser answers this.
        self._post("Target.getTargets", {}, self._devtools.root if self._devtools else "")
        deadline = time.monotonic() + CUTTING_SECONDS
        while (self.pending or self._awaited) and time.monotonic() < deadline:
            await asyncio.sleep(0.005)

    def _post(self, method: str, parameters: Message | None = None, session: str = "") -> asyncio.Future[Message]:
        assert self._devtools is not None
        future = self._devtools.post(method, parameters, session)
        self._awaited.add(future)
        future.add_done_callback(self._awaited.discard)
        return future

    def _attached(self, session: str, told: Message) -> None:
        self._targets.attached(session, told)

    def _detached(self, _session: str, told: Message) -> None:
        """A target is gone, and with it what it was waiting for."""
        self._targets.detached(told["sessionId"])
        for request, trail in list(self._trails.items()):
            if trail.session == told["sessionId"] and trail.under_way:
                self._given_up(request, trail)

    def _trail(self, told: Message) -> Trail:
        self.last_event = time.monotonic()
        return self._trails.setdefault(told["requestId"], Trail())

    def _request(self, session: str, told: Message) -> None:
        request = told["request"]
        url = request["url"]
        if not url.startswith(("http://", "https://")):
            return
        if self._hops >= MOST_REQUESTS:
            self._overrun(url, request["method"])
            return
        trail = self._trail(told)
        if trail.hops:
            redirect = told.get("redirectResponse")
            if redirect is None:
                # The frame's own process tells again of what its parent's has told.
                return
            self._answered(session, trail.last, redirect, bool(told.get("redirectHasExtraInfo")))
            trail.last.redirected = True
        self._hops += 1
        kind = str(told.get("type", "Other"))
        top = kind == "Document" and self._targets.is_page(session, told.get("frameId"))
        hop = Hop(self._hops, url, request["method"], moment_of(told.get("wallTime")), request, kind.lower(), top)
        trail.hops.append(hop)
        if len(trail.hops) == 1 and trail.response_extras:
            # The network's own telling of the answer may overtake that of the request.
            hop.peer = self._gate.peer(*place_of(url))
        trail.session, trail.frame, trail.loader = session, told.get("frameId"), told.get("loaderId")
        self._taking.request_body(session, told, hop)
        self._gate.permit(*place_of(url))

    def _overrun(self, url: str, method: str) -> None:
        """A page that asks without end gets nothing more; the first request too many stands for all."""
        if self._hops == MOST_REQUESTS:
            self._hops += 1
            self._gate.end_page()
            self._apart.append(Unrecorded(url, method, Loss.BLOCKED, TOO_MANY))

    def _request_extra(self, _session: str, told: Message) -> None:
        self._trail(told).request_extras.append(told)

    def _response_extra(self, _session: str, told: Message) -> None:
        trail = self._trail(told)
        trail.response_extras.append(told)
        if trail.hops and trail.last.peer is None:
            trail.last.peer = self._gate.peer(*place_of(trail.last.url))

    def _from_cache(self, _session: str, told: Message) -> None:
        self._trail(told).from_cache = True

    def _response(self, session: str, told: Message) -> None:
        trail = self._trail(told)
        if not trail.hops:
            return
        trail.session = session
        self._answered(session, trail.last, told["response"], bool(told.get("hasExtraInfo")))
        if told.get("type") == "Document":
            self._document_came(told)
        if told.get("type") in BROKEN_OFF_BY_HABIT:
            self._taking.pieces(session, told["requestId"], trail)

    def _answered(self, session: str, hop: Hop, response: Message, has_extra: bool) -> None:
        if hop.response is not None:
            return
        hop.response = response
        hop.expects_extra = has_extra
        host, port = place_of(hop.url)
        if not response.get("fromDiskCache") and not response.get("fromServiceWorker"):
            hop.peer = self._gate.peer(host, port)
        if hop.top_document and not hop.own_step:
            self._gate.answered(host, port)
        self._learn_tls(session, hop, response)

    def _learn_tls(self, session: str, hop: Hop, response: Message) -> None:
        """Certificate and TLS facts; answers that follow on a connection do not always tell them again."""
        connection = response.get("connectionId") or None
        if response.get("securityDetails"):
            self._tls[connection] = response["securityDetails"]
            self._taking.certificate(session, origin(hop.url))
        elif connection in self._tls and hop.url.startswith("https:"):
            hop.response = {**response, "securityDetails": self._tls[connection]}

    def _document_came(self, told: Message) -> None:
        """A frame has another document: what the one before waited for does not come any more."""
        for request, trail in list(self._trails.items()):
            if trail.frame == told.get("frameId") and trail.loader != told.get("loaderId") and trail.under_way:
                self._given_up(request, trail)

    def _given_up(self, request: str, trail: Trail) -> None:
        if trail.hops and trail.last.response is not None:
            self._taking.body(trail.session, request, trail)
        trail.failure = WENT_ON

    def _data(self, _session: str, told: Message) -> None:
        trail = self._trail(told)
        trail.received += told.get("dataLength", 0)
        if "data" in told:
            trail.streamed += base64.b64decode(told["data"])

    def _finished(self, session: str, told: Message) -> None:
        trail = self._trail(told)
        trail.finished = True
        if trail.failure is WENT_ON:
            # It outlived its page after all. Another failure stands: what ended is the browser's own page about it.
            trail.failure = None
        self._taking.body(session, told["requestId"], trail)

    def _failed(self, session: str, told: Message) -> None:
        trail = self._trail(told)
        trail.failure = told
        if told.get("errorText") == NOT_OFFERED and not self.compressed_unasked:
            self._targets.offer_every_encoding()
        if trail.hops and trail.last.response is not None:
            self._taking.body(session, told["requestId"], trail)

    def _web_socket(self, _session: str, told: Message) -> None:
        url = told["url"]
        self._apart.append(
            Unrecorded(url, "GET", Loss.NOT_KEPT, "a connection for messages both ways; they are not kept")
        )
        self._gate.permit(*place_of(url))

    def _window_opened(self, _session: str, told: Message) -> None:
        self._popups.append(str(told.get("url", "")))

    def _crashed(self, session: str, _told: Message) -> None:
        if self._devtools is not None:
            self._devtools.give_up(session)
        for request, trail in list(self._trails.items()):
            if trail.session == session and trail.under_way:
                self._given_up(request, trail)
        self._has_crashed = self._has_crashed or session == self.page_session
