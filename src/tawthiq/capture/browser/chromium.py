"""The browser: one Chromium for many pages, driven by Playwright, each page in a profile of its own."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import Page, sync_playwright

from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.proxies import Upstream
from tawthiq.records.errors import WrongUsage
from tawthiq.records.visit import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """How the browser stands before a page.

    `executable` is the path of a Chromium, None for the one found. `width` and `height` of the viewport are CSS pixels. `user_agent` None is the
    browser's own, without the word that tells that it shows no window. `upstream` is the way out, None for a direct one.
    `authorities` is a PEM file of certificates whose keys are trusted beside the browser's own roots. `size_limit` is the
    most bytes of one body that are kept.
    """

    executable: Path | None = None
    width: int = 1280
    height: int = 900
    locale: str = "ar"
    user_agent: str | None = None
    upstream: Upstream | None = None
    authorities: Path | None = None
    size_limit: int = 64 << 20


class Tab:
    """One page and all that it asks for."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def pending(self) -> int:
        """How many requests wait for their answers."""
        return 0

    @property
    def silent_seconds(self) -> float:
        """For how long nothing was asked for and nothing came."""
        return 0.0

    def recorded(self) -> Recorded:
        """Everything seen so far; waits a little for bodies that are under way."""
        return Recorded((), None, (), 0, 0)


class BrowserSession:
    """One running Chromium. A context manager; pages are visited one after another."""

    def __init__(self, settings: BrowserSettings) -> None:
        self._settings = settings
        self._closing = ExitStack()
        self._executable = _found(settings.executable)

    def __enter__(self) -> "BrowserSession":
        playwright = self._closing.enter_context(sync_playwright())
        self._playwright: PlaywrightBrowser = playwright.chromium.launch(
            executable_path=self._executable, args=["--no-sandbox"]
        )
        self._closing.callback(self._playwright.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @property
    def browser(self) -> Browser:
        """The facts of the browser."""
        wanted = self._settings
        return Browser(
            "Chromium",
            self._playwright.version,
            _digest(self._executable),
            wanted.user_agent or "",
            wanted.width,
            wanted.height,
            wanted.locale,
        )

    @contextmanager
    def tab(self) -> Iterator[Tab]:
        """A page in a fresh profile; it is gone with everything it stored when the block ends."""
        wanted = self._settings
        context = self._playwright.new_context(
            locale=wanted.locale,
            user_agent=wanted.user_agent,
            viewport={"width": wanted.width, "height": wanted.height},
            accept_downloads=True,
        )
        try:
            yield Tab(context.new_page())
        finally:
            context.close()


def _found(wanted: Path | None) -> Path:
    """The executable. Raises WrongUsage when there is none."""
    for name in [str(wanted)] if wanted else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise WrongUsage(item="the browser", happened="no Chromium was found", advice="install it: apt install chromium")


@cache
def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
