"""Downloads that a page or an address turns into: followed until they are whole, then taken as parts.

Playwright waits for a download without bound, so it is only asked for one once the browser has said that it is whole.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Download, Page
from playwright.sync_api import Error as BrowserError

from tawthiq.capture.browser.behaviours import Diary
from tawthiq.records.visit import Part, PartKind

UNTOLD = "application/octet-stream"


class Downloads:
    """The downloads of one page from now on; at most `size_limit` bytes of each are taken."""

    def __init__(self, page: Page, session: CDPSession, size_limit: int) -> None:
        self._page = page
        self._size_limit = size_limit
        self._begun: list[Download] = []
        self._states: dict[str, str] = {}
        page.on("download", self._download)
        session.on("Page.downloadWillBegin", self._will_begin)
        session.on("Page.downloadProgress", self._progress)
        session.send("Page.enable")

    @property
    def any_begun(self) -> bool:
        """Whether a download has begun."""
        return bool(self._begun or self._states)

    @property
    def under_way(self) -> bool:
        """Whether a download is not over yet."""
        return "inProgress" in self._states.values() or len(self._states) > len(self._begun)

    def parts(self, deadline: float, diary: Diary) -> list[Part]:
        """What was downloaded whole until `deadline` (monotonic), as parts; the rest is called off and told."""
        while self.under_way and time.monotonic() < deadline:
            self._page.wait_for_timeout(50)
        if self.under_way:
            for download in self._begun:
                diary.note("download", f"called off, the time for this page was over: {download.url}")
            return []
        return [part for download in self._begun if (part := self._taken(download, diary)) is not None]

    def _taken(self, download: Download, diary: Diary) -> Part | None:
        """One download that is over, as a part; None, with a note, when it failed or is too large."""
        try:
            path = Path(download.path())
            size = path.stat().st_size
            if size > self._size_limit:
                diary.note("download", f"{size:,} bytes are more than the limit, not kept: {download.url}")
                return None
            data = path.read_bytes()
        except (BrowserError, OSError) as error:
            diary.note("download", f"it failed ({str(error).partition(chr(10))[0]}): {download.url}")
            return None
        diary.note("download", f'"{download.suggested_filename}", {size:,} bytes, from {download.url}')
        how = "saved by the browser, content encoding undone"
        return Part(PartKind.DOWNLOAD, download.url, UNTOLD, data, datetime.now(UTC), how)

    def _download(self, download: Download) -> None:
        self._begun.append(download)

    def _will_begin(self, event: dict[str, Any]) -> None:
        self._states[str(event["guid"])] = "inProgress"

    def _progress(self, event: dict[str, Any]) -> None:
        self._states[str(event["guid"])] = str(event["state"])
