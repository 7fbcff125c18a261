"""The recorder: listens to everything that a page's targets ask for, over the DevTools protocol's Network domain.

Each target (page, frame of another site, worker, service worker) is held at its start until recording is on in it, so that
nothing is asked for unseen. `Accept-Encoding: identity` goes with every request. Bodies are taken when they are whole;
Chromium's durable messages keep them outside the page's process, byte for byte, whatever becomes of the page: without them,
texts come back decoded from their character set, which for a page in windows-1256 is another file.
"""

import asyncio
import base64
import contextlib
import time
from collections.abc import Callable

from tawthiq.capture.browser.assembling import Assembly, place_of
from tawthiq.capture.browser.devtools import DevTools, Refused
from tawthiq.capture.browser.exchanges import Made, origin
from tawthiq.capture.browser.gate import Gate
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.trails import Hop, Message, Trail, moment_of
from tawthiq.records.visit import Loss, Unrecorded

RECORDED_TARGETS = {"page", "iframe", "worker", "shared_worker", "service_worker", "worklet", "shared_storage_worklet"}
FRAMES = {"page", "iframe"}
# Bodies that a page breaks off by habit: taken piece by piece as well, so that what came is not lost.
BROKEN_OFF_BY_HABIT = {"Image", "Media"}
SETTLING_SECONDS = 2.0
CUTTING_SECONDS = 1.0
BUFFER = 1 << 30
# Bytes as they are, before anything else. "identity" alone would not do: Chromium fails an answer in an encoding that was not
# offered, and what is stored as gzip is served as gzip whatever is asked for. Chromium takes the old name for gzip (RFC 9110
# section 8.4.1.3) as an offer of it; servers that compress on demand look for "gzip" and find none.
ACCEPT_ENCODING = "identity, x-gzip;q=0.001"
# For the second attempt, where a server insists on another one.
ACCEPT_ANY_ENCODING = "identity, gzip;q=0.001, deflate;q=0.001, br;q=0.001, zstd;q=0.001"
NOT_OFFERED = "net::ERR_CONTENT_DECODING_FAILED"
WENT_ON = {"errorText": "the page went on before it was there"}
AUTO_ATTACH: Message = {
    "autoAttach": True,
    "waitForDebuggerOnStart": True,
    "flatten": True,
    "filter": [{"type": "browser_ui", "exclude": True}, {"type": "tab", "exclude": True}, {}],
}


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
        self._page_target: str | None = None
        self._context: str | None = None
        self.page_session = ""
        self._sessions: set[str] = set()
        self._trails: dict[str, Trail] = {}
        self._hops = 0
        self._awaited: set[asyncio.Future[Message]] = set()
        self._certificates: dict[str, bytes] = {}
        self._tls: dict[object, Message] = {}
        self._apart: list[Unrecorded] = []
        self._popups: list[str] = []
        self._has_crashed = False
        self._recorded: Recorded | None = None
        self._accept_encoding = ACCEPT_ENCODING
        self._keeps_bytes = True
        self.last_event = time.monotonic()

    async def attach(self, devtools: DevTools) -> None:
        """Begin to listen to the whole browser."""
        self._devtools = devtools
        await devtools.send("Target.setAutoAttach", AUTO_ATTACH, devtools.root)

    def begin(self) -> None:
        """Forget the page before; the next page that opens is the one recorded."""
        self._forget()
        self._gate.begin_page()

    async def ready(self) -> bool:
        """Wait until recording is on in the page; whether this browser can keep bodies byte for byte."""
        deadline = time.monotonic() + SETTLING_SECONDS
        while self._awaited and time.monotonic() < deadline:
            await asyncio.sleep(0.002)
        return self._keeps_bytes

    def listen(self, session: str, method: str, parameters: Message) -> None:
        """Take one event of one session."""
        handler = self._handlers.get(method)
        if handler is None or self._recorded is not None:
            return
        try:
            handler(session, parameters)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # A browser that speaks otherwise than we know must not go unnoticed, nor stop the recording of the rest.
            reason = f"{method} could not be understood ({error!r})"
            self._apart.append(Unrecorded(str(parameters.get("requestId")), "GET", Loss.MISSED, reason))

    @property
    def compressed_unasked(self) -> bool:
        """Whether an answer failed because the server compressed it in a way not offered; from now on every way is."""
        return self._accept_encoding != ACCEPT_ENCODING

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
            await self._take_unfinished()
            await self._cut()
            assembly = Assembly(Made(self._certificates, self._size_limit), self._gate, self._apart)
            for trail in self._trails.values():
                assembly.add(trail)
            self._recorded = assembly.recorded(self._popups, self._has_crashed)
        return self._recorded

    async def _cut(self) -> None:
        """Cut the page's network, and take what had come of each answer under way."""
        for trail in self._trails.values():
            trail.cut = bool(trail.hops) and trail.under_way
        self._gate.end_page()
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
        """A target has come into being, and waits for us."""
        target, child = told["targetInfo"], told["sessionId"]
        context = target.get("browserContextId")
        if target["type"] == "page" and self._page_target is None:
            self._page_target, self._context, self.page_session = target["targetId"], context, child
        elif context != self._context or target["type"] not in RECORDED_TARGETS:
            self._post("Runtime.runIfWaitingForDebugger", {}, child)
            return
        elif target["type"] == "page":
            # It may share its opener's process, which waits as long as it does: so it runs, but what it asks for stays here.
            self._post("Fetch.enable", {}, child)
            self._post("Target.closeTarget", {"targetId": target["targetId"]}, session)
            self._post("Runtime.runIfWaitingForDebugger", {}, child)
            return
        self._sessions.add(child)
        self._record(child, target["type"])
        self._post("Runtime.runIfWaitingForDebugger", {}, child)

    def _record(self, session: str, kind: str) -> None:
        """Turn recording on in a target that waits."""
        self._post("Target.setAutoAttach", AUTO_ATTACH, session)
        sizes = {"maxTotalBufferSize": BUFFER, "maxResourceBufferSize": self._size_limit}
        enabled = {**sizes, "maxPostDataSize": self._size_limit, "enableDurableMessages": True}
        self._post("Network.enable", enabled, session)
        if session == self.page_session:
            self._post("Network.configureDurableMessages", sizes, session).add_done_callback(self._note_age)
        self._offer_encodings(session)
        if kind in FRAMES:
            self._post("Page.enable", {}, session)
            self._post("Inspector.enable", {}, session)

    def _offer_encodings(self, session: str) -> None:
        self._post("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": self._accept_encoding}}, session)

    def _note_age(self, done: asyncio.Future[Message]) -> None:
        """Durable messages are young: a browser that does not know their command has none."""
        if not done.cancelled() and done.exception() is not None and not self._has_crashed:
            self._keeps_bytes = False

    def _detached(self, _session: str, told: Message) -> None:
        """A target is gone, and with it what it was waiting for."""
        self._sessions.discard(told["sessionId"])
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
        top = kind == "Document" and session == self.page_session and told.get("frameId") == self._page_target
        hop = Hop(self._hops, url, request["method"], moment_of(told.get("wallTime")), request, kind.lower(), top)
        trail.hops.append(hop)
        trail.session, trail.frame, trail.loader = session, told.get("frameId"), told.get("loaderId")
        self._take_request_body(session, told, hop)
        self._gate.permit(*place_of(url))

    def _take_request_body(self, session: str, told: Message, hop: Hop) -> None:
        request = told["request"]
        if not request.get("hasPostData"):
            return
        entries = request.get("postDataEntries") or []
        if entries and all("bytes" in entry for entry in entries):
            hop.request_body = b"".join(base64.b64decode(entry["bytes"]) for entry in entries)
            return
        hop.request_body = None

        def take(done: asyncio.Future[Message]) -> None:
            if not done.cancelled() and done.exception() is None:
                answer = done.result()
                text = answer["postData"]
                hop.request_body = base64.b64decode(text) if answer.get("base64Encoded") else text.encode()

        self._post("Network.getRequestPostData", {"requestId": told["requestId"]}, session).add_done_callback(take)

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

            def take(done: asyncio.Future[Message]) -> None:
                if not done.cancelled() and done.exception() is None:
                    trail.streamed[:0] = base64.b64decode(done.result()["bufferedData"])

            self._post("Network.streamResourceContent", {"requestId": told["requestId"]}, session).add_done_callback(
                take
            )

    def _answered(self, session: str, hop: Hop, response: Message, has_extra: bool) -> None:
        if hop.response is not None:
            return
        hop.response = response
        hop.expects_extra = has_extra
        host, port = place_of(hop.url)
        if not response.get("fromDiskCache") and not response.get("fromServiceWorker"):
            hop.peer = self._gate.peer(host, port)
        if hop.top_document:
            self._gate.answered(host, port)
        self._learn_tls(session, hop, response)

    def _learn_tls(self, session: str, hop: Hop, response: Message) -> None:
        """Certificate and TLS facts; answers that follow on a connection do not always tell them again."""
        connection = response.get("connectionId") or None
        if response.get("securityDetails"):
            self._tls[connection] = response["securityDetails"]
            self._ask_for_certificate(session, origin(hop.url))
        elif connection in self._tls and hop.url.startswith("https:"):
            hop.response = {**response, "securityDetails": self._tls[connection]}

    def _ask_for_certificate(self, session: str, of: str) -> None:
        if of in self._certificates:
            return

        def take(done: asyncio.Future[Message]) -> None:
            if not done.cancelled() and done.exception() is None:
                names = done.result().get("tableNames") or []
                if names:
                    self._certificates[of] = base64.b64decode(names[0])

        self._post("Network.getCertificate", {"origin": of}, session).add_done_callback(take)

    def _document_came(self, told: Message) -> None:
        """A frame has another document: what the one before waited for does not come any more."""
        for request, trail in list(self._trails.items()):
            if trail.frame == told.get("frameId") and trail.loader != told.get("loaderId") and trail.under_way:
                self._given_up(request, trail)

    def _given_up(self, request: str, trail: Trail) -> None:
        if trail.hops and trail.last.response is not None:
            self._take_body(trail.session, request, trail)
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
        self._take_body(session, told["requestId"], trail)

    def _failed(self, session: str, told: Message) -> None:
        trail = self._trail(told)
        trail.failure = told
        if told.get("errorText") == NOT_OFFERED and not self.compressed_unasked:
            self._accept_encoding = ACCEPT_ANY_ENCODING
            for each in self._sessions:
                self._offer_encodings(each)
        if trail.hops and trail.last.response is not None:
            self._take_body(session, told["requestId"], trail)

    def _take_body(self, session: str, request: str, trail: Trail) -> None:
        """Ask for the body at once, before anything can push it out."""
        if not trail.hops or trail.unsent:
            return

        self._awaited_body(session, request, trail)
        if session != self.page_session:
            # The page's own session gives bodies of frames that are gone.
            self._awaited_body(self.page_session, request, trail)

    def _awaited_body(self, session: str, request: str, trail: Trail) -> None:
        def take(done: asyncio.Future[Message]) -> None:
            if not done.cancelled() and done.exception() is None:
                answer = done.result()
                text = answer["body"]
                body = base64.b64decode(text) if answer["base64Encoded"] else text.encode("utf-8", "surrogatepass")
                trail.body = max(trail.body or b"", body, key=len)

        self._post("Network.getResponseBody", {"requestId": request}, session).add_done_callback(take)

    async def _take_unfinished(self) -> None:
        """What has come of bodies that are still under way."""
        for request, trail in list(self._trails.items()):
            if trail.hops and trail.under_way and trail.last.response is not None and not trail.streamed:
                for session in sorted(self._sessions):
                    with contextlib.suppress(Refused, TimeoutError):
                        answer = await asyncio.wait_for(
                            self._post("Network.streamResourceContent", {"requestId": request}, session), 1
                        )
                        trail.streamed += base64.b64decode(answer["bufferedData"])
                        break

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
