"""Isolated worlds: where our scripts run beside a page's own, sharing its document and none of its objects.

A page can neither see these scripts nor put functions of its own in their way (DevTools protocol, Page.createIsolatedWorld).
Frames of other sites live in processes of their own and are reached by sessions of their own.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as BrowserError

NAME = "tawthiq"
MOST_FRAMES = 60


@dataclass(frozen=True, slots=True)
class World:
    """Our world in one document. `address` is the frame's when it was found; `is_top` marks the page itself."""

    session: CDPSession
    context: int
    frame: str
    address: str
    is_top: bool

    def call(self, function: str, *given: object) -> Any:
        """What a function of page.js returns. Raises BrowserError when the document is gone or the function fails."""
        answer = self.session.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": f"(...given) => tawthiq.{function}(...given)",
                "executionContextId": self.context,
                "arguments": [{"value": each} for each in given],
                "returnByValue": True,
                "awaitPromise": True,
            },
        )
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"]
            raise BrowserError(str(thrown.get("exception", {}).get("description") or thrown.get("text", "")))
        return answer["result"].get("value")


class Worlds:
    """The worlds of one page's documents, made when they are asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.session = page.context.new_cdp_session(page)

    def top(self) -> World:
        """The world in the page itself. Raises BrowserError when the page is gone."""
        frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]
        return self._world(self.session, frame, is_top=True)

    def document(self) -> str:
        """What tells the page's document from one that came in its place. Raises BrowserError when the page is gone."""
        return str(self.session.send("Page.getFrameTree")["frameTree"]["frame"]["loaderId"])

    def all(self) -> list[World]:
        """The worlds of the page and of its frames, outermost first; frames that go meanwhile are left out."""
        found = [self.top()]
        sessions = [(self.session, True), *((session, False) for session in self._other_sessions())]
        for session, is_own in sessions:
            try:
                tree = session.send("Page.getFrameTree")["frameTree"]
            except BrowserError:
                continue
            for number, frame in enumerate(_frames(tree)):
                if (is_own and number == 0) or len(found) > MOST_FRAMES:
                    continue
                try:
                    found.append(self._world(session, frame, is_top=False))
                except BrowserError:
                    continue
        return found

    def _other_sessions(self) -> list[CDPSession]:
        """Sessions with the frames that live in other processes."""
        sessions = []
        for frame in self._page.frames[1 : MOST_FRAMES + 1]:
            try:
                sessions.append(self._page.context.new_cdp_session(frame))
            except BrowserError:
                continue
        return sessions

    def _world(self, session: CDPSession, frame: dict[str, Any], *, is_top: bool) -> World:
        made = session.send("Page.createIsolatedWorld", {"frameId": frame["id"], "worldName": NAME})
        context = made["executionContextId"]
        session.send("Runtime.evaluate", {"expression": page_script(), "contextId": context, "returnByValue": False})
        return World(session, context, frame["id"], frame.get("url", ""), is_top)


@cache
def page_script() -> str:
    """The functions that every world is given."""
    return (resources.files("tawthiq.capture.browser") / "page.js").read_text(encoding="utf-8")


def _frames(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """The frames of a tree, outermost first."""
    found = [tree["frame"]]
    for child in tree.get("childFrames", ()):
        found += _frames(child)
    return found
