"""Taking what the protocol gives on demand only: bodies of answers and requests, certificates.

All is asked for at once, and used when it comes. What is refused is left as it was: the record then says what is missing.
"""

import asyncio
import base64
import contextlib
from collections.abc import Callable, Mapping

from tawthiq.capture.browser.devtools import Refused
from tawthiq.capture.browser.targets import Post, Targets
from tawthiq.capture.browser.trails import Hop, Message, Trail

STREAMING_SECONDS = 1.0
# Bodies of one page are held in memory until they are kept: a page that loads without end must not take all of it.
MOST_BYTES = 512 << 20


class Taking:
    """Takes for one page. `certificates` holds the servers' certificates in DER by origin."""

    def __init__(self, post: Post, targets: Targets) -> None:
        self._post = post
        self._targets = targets
        self._taken = 0
        self.certificates: dict[str, bytes] = {}

    def body(self, session: str, request: str, trail: Trail) -> None:
        """Take the body of an answer, before anything can push it out of the browser's memory."""
        if not trail.hops or trail.unsent:
            return
        if self._taken > MOST_BYTES:
            trail.over = True
            return

        def use(answer: Message) -> None:
            text = answer["body"]
            body = base64.b64decode(text) if answer["base64Encoded"] else text.encode("utf-8", "surrogatepass")
            if trail.body is None or len(body) > len(trail.body):
                self._taken += len(body) - len(trail.body or b"")
                trail.body = body

        # The page's own session gives bodies of frames that are gone.
        for each in dict.fromkeys((session, self._targets.page_session)):
            _then(self._post("Network.getResponseBody", {"requestId": request}, each), use)

    def pieces(self, session: str, request: str, trail: Trail) -> None:
        """Let the body come piece by piece as well, beginning with what has come already."""

        def use(answer: Message) -> None:
            trail.streamed[:0] = base64.b64decode(answer["bufferedData"])

        _then(self._post("Network.streamResourceContent", {"requestId": request}, session), use)

    async def unfinished(self, trails: Mapping[str, Trail]) -> None:
        """Take what has come of bodies that are still under way."""
        for request, trail in list(trails.items()):
            if not trail.hops or not trail.under_way or trail.last.response is None or trail.streamed:
                continue
            for session in sorted(self._targets.sessions):
                with contextlib.suppress(Refused, TimeoutError):
                    asked = self._post("Network.streamResourceContent", {"requestId": request}, session)
                    answer = await asyncio.wait_for(asked, STREAMING_SECONDS)
                    trail.streamed += base64.b64decode(answer["bufferedData"])
                    break

    def request_body(self, session: str, told: Message, hop: Hop) -> None:
        """Take what a request carries: told with it, or asked for."""
        request = told["request"]
        if not request.get("hasPostData"):
            return
        entries = request.get("postDataEntries") or []
        if entries and all("bytes" in entry for entry in entries):
            hop.request_body = b"".join(base64.b64decode(entry["bytes"]) for entry in entries)
            return
        hop.request_body = None

        def use(answer: Message) -> None:
            text = answer["postData"]
            hop.request_body = base64.b64decode(text) if answer.get("base64Encoded") else text.encode()

        _then(self._post("Network.getRequestPostData", {"requestId": told["requestId"]}, session), use)

    def certificate(self, session: str, of: str) -> None:
        """Take the certificate that the server of an origin showed to this browser."""
        if of in self.certificates:
            return

        def use(answer: Message) -> None:
            for leaf in (answer.get("tableNames") or [])[:1]:
                self.certificates[of] = base64.b64decode(leaf)

        _then(self._post("Network.getCertificate", {"origin": of}, session), use)


def _then(asked: "asyncio.Future[Message]", use: Callable[[Message], None]) -> None:
    def answered(done: "asyncio.Future[Message]") -> None:
        if not done.cancelled() and done.exception() is None:
            with contextlib.suppress(KeyError, TypeError, ValueError):
                use(done.result())

    asked.add_done_callback(answered)
