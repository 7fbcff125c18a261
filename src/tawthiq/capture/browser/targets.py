"""The targets of one page: the page itself, frames of other sites, workers and service workers, each with a session of its own.

Each is held at its start until recording is on in it, so that nothing is asked for unseen. Further windows are closed: they run
for a moment, since they may share their opener's process and hold that up, but without network.
"""

import asyncio
from collections.abc import Callable

from tawthiq.capture.browser.trails import Message

Post = Callable[[str, Message, str], "asyncio.Future[Message]"]
RECORDED = {"page", "iframe", "worker", "shared_worker", "service_worker", "worklet", "shared_storage_worklet"}
FRAMES = {"page", "iframe"}
# As much as one visit keeps at most (`taking.MOST_BYTES`): Chromium holds it in memory, on a laptop.
BUFFER = 512 << 20
# Bytes as they are, before anything else. "identity" alone would not do: Chromium fails an answer in an encoding that was not
# offered, and what is stored as gzip is served as gzip whatever is asked for. Chromium takes the old name for gzip (RFC 9110
# section 8.4.1.3) as an offer of it; servers that compress on demand look for "gzip" and find none.
ACCEPT_ENCODING = "identity, x-gzip;q=0.001"
# For the second attempt, where a server insists on another one.
ACCEPT_ANY_ENCODING = "identity, gzip;q=0.001, deflate;q=0.001, br;q=0.001, zstd;q=0.001"
AUTO_ATTACH: Message = {
    "autoAttach": True,
    "waitForDebuggerOnStart": True,
    "flatten": True,
    "filter": [{"type": "browser_ui", "exclude": True}, {"type": "tab", "exclude": True}, {}],
}


class Targets:
    """The targets of the next page that opens. `page_session` is the page's own, `sessions` are all that are recorded.

    `keeps_bytes` turns False when the browser does not know durable messages, which alone give bodies byte for byte.
    """

    def __init__(self, post: Post, size_limit: int) -> None:
        self._post = post
        self._size_limit = size_limit
        self._page: str | None = None
        self._context: str | None = None
        self._accept_encoding = ACCEPT_ENCODING
        self.page_session = ""
        self.sessions: set[str] = set()
        self.keeps_bytes = True

    def attached(self, session: str, told: Message) -> None:
        """A target has come into being, and waits for us."""
        target, child = told["targetInfo"], told["sessionId"]
        kind, context = target["type"], target.get("browserContextId")
        if kind == "page" and self._page is None:
            self._page, self._context, self.page_session = target["targetId"], context, child
        is_ours = context == self._context and kind in RECORDED
        if is_ours and kind == "page" and child != self.page_session:
            self._post("Fetch.enable", {}, child)
            self._post("Target.closeTarget", {"targetId": target["targetId"]}, session)
        elif is_ours:
            self.sessions.add(child)
            self._record(child, kind)
        self._post("Runtime.runIfWaitingForDebugger", {}, child)

    def detached(self, session: str) -> None:
        """A target is gone."""
        self.sessions.discard(session)

    @property
    def page_target(self) -> str | None:
        """The page's own target, None before there is one."""
        return self._page

    def is_page(self, session: str, frame: object) -> bool:
        """Whether a request of this session and frame is one for the page itself."""
        return session == self.page_session and frame == self._page

    @property
    def offers_every_encoding(self) -> bool:
        """Whether every encoding that the browser can undo is offered."""
        return self._accept_encoding == ACCEPT_ANY_ENCODING

    def offer_every_encoding(self) -> None:
        """Offer them from now on, in every target."""
        self._accept_encoding = ACCEPT_ANY_ENCODING
        for session in self.sessions:
            self._offer_encodings(session)

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

    def _note_age(self, done: "asyncio.Future[Message]") -> None:
        """Durable messages are young: a browser that refuses their command, while its page lives, has none."""
        if not done.cancelled() and done.exception() is not None and self.page_session in self.sessions:
            self.keeps_bytes = False
