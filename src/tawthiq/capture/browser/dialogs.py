"""Questions and messages that a page puts in its reader's way (alert, confirm, prompt, "leave this page?").

Playwright dismisses each at once: nothing is agreed to. What the page asked, and that it was told no, is an act all the same:
a page may show another text after it.
"""

from typing import Any

from playwright.sync_api import CDPSession

from tawthiq.capture.browser.behaviours import Diary

MOST_TOLD = 8
LONGEST = 200


class Dialogs:
    """Listens for the dialogs of one page from now on (DevTools protocol, Page.javascriptDialogOpening)."""

    def __init__(self, session: CDPSession, diary: Diary) -> None:
        self._diary = diary
        self._count = 0
        session.on("Page.javascriptDialogOpening", self._opened)

    def tell_rest(self) -> None:
        """Note how many there were beyond those that were told one by one."""
        if self._count > MOST_TOLD:
            self._diary.note("dialog", f"{self._count - MOST_TOLD} further dialogs; dismissed")

    def _opened(self, event: dict[str, Any]) -> None:
        self._count += 1
        if self._count <= MOST_TOLD:
            words = " ".join(str(event.get("message", "")).split())[:LONGEST]
            self._diary.note(
                "dialog", f'the page opened a dialog ({event.get("type", "unknown")}: "{words}"); dismissed'
            )
