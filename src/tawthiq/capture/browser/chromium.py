"""The browser: one Chromium for many pages, driven by Playwright, each page in a profile of its own.

A profile lives in memory and takes cookies, cache and storage with it when it goes: nothing passes from one page to the
next. Permissions are denied, dialogs dismissed, further windows closed. The time zone shown to pages is UTC, not the
documenter's.
"""

import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import Error, Page, Playwright, sync_playwright

from tawthiq.capture.browser.engine import Engine
from tawthiq.capture.browser.process import found, program_digest
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.switches import without_sandbox
from tawthiq.capture.proxies import Upstream
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.visit import Browser

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """How the browser stands before a page.

    `executable` is the path of a Chromium, None for the one found. `width` and `height` of the viewport are CSS pixels.
    `user_agent` None is the browser's own, without the word that tells that it shows no window. `upstream` is the way
    out, None for a direct one. `authorities` is a PEM file: certificates with one of its keys in their chain are taken
    whatever else is wrong with them (for tests, and for a team's own servers). `size_limit` is the most bytes of one
    body that are kept.
    """

    executable: Path | None = None
    width: int = 1280
    height: int = 900
    locale: str = "ar"
    user_agent: str | None = None
    upstream: Upstream | None = None
    authorities: Path | None = None
    size_limit: int = 64 * MEBIBYTE


_driving = threading.local()


@contextmanager
def _driver() -> Iterator[Playwright]:
    """Playwright, of which a thread can have one only: several sessions of a thread share it."""
    if not getattr(_driving, "sessions", 0):
        _driving.closing = ExitStack()
        _driving.playwright = _driving.closing.enter_context(sync_playwright())
        _driving.sessions = 0
    _driving.sessions += 1
    try:
        yield _driving.playwright
    finally:
        _driving.sessions -= 1
        if not _driving.sessions:
            _driving.closing.close()


class Tab:
    """One page and all that it asks for."""

    def __init__(self, page: Page, engine: Engine) -> None:
        self.page = page
        self._engine = engine

    @property
    def pending(self) -> int:
        """How many requests wait for their answers."""
        return self._engine.recorder.pending

    @property
    def silent_seconds(self) -> float:
        """For how long nothing was asked for and nothing came."""
        return time.monotonic() - self._engine.recorder.last_event

    @property
    def compressed_unasked(self) -> bool:
        """Whether an answer failed since its server insists on a compression that was not offered; go there again then.

        Every compression is offered from that moment on.
        """
        return self._engine.recorder.compressed_unasked

    def interrupt(self) -> None:
        """Break off whatever script keeps the page busy, so that calls which wait for the page go on. From any thread."""
        self._engine.interrupt()

    def abandon(self) -> None:
        """Close the page, so that calls which wait for it end with an error. From any thread."""
        self._engine.abandon()

    @property
    def has_crashed(self) -> bool:
        """Whether the page's process died: what waits for the page then waits for ever. From any thread."""
        return self._engine.recorder.has_crashed

    def recorded(self) -> Recorded:
        """Everything seen since the tab was opened; waits up to two seconds for what is under way.

        Ends recording: the page has no network from then on, so that nothing is asked for unrecorded. A second call gives
        the same again.
        """
        return self._engine.end()


class BrowserSession:
    """One running Chromium. A context manager; pages are visited one after another.

    Raises WrongUsage where there is no Chromium, CaptureFailed where it does not come up.
    """

    def __init__(self, settings: BrowserSettings) -> None:
        self._settings = settings
        self._executable = found(settings.executable)
        self._closing = ExitStack()

    def __enter__(self) -> "BrowserSession":
        wanted = self._settings
        with ExitStack() as opening:
            self._engine = Engine(self._executable, wanted.upstream, wanted.authorities, wanted.size_limit)
            opening.callback(self._engine.close)
            # The program is some hundred megabytes: its digest is worked out while the first page loads.
            self._program = self._engine.running_file or self._executable
            with_digest = ThreadPoolExecutor(1, thread_name_prefix="tawthiq-digest")
            self._digest = with_digest.submit(program_digest, self._program)
            with_digest.shutdown(wait=False)
            playwright = opening.enter_context(_driver())
            self._playwright: PlaywrightBrowser = playwright.chromium.connect_over_cdp(
                self._engine.address, artifacts_dir=self._engine.downloads
            )
            self._closing = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @property
    def browser(self) -> Browser:
        """The facts of the browser. Raises CaptureFailed when its program cannot be read."""
        wanted = self._settings
        try:
            sha256 = self._digest.result()
        except OSError as error:
            raise CaptureFailed(
                item=str(self._program),
                happened=f"the browser's program cannot be read ({error.strerror})",
                advice="check it",
            ) from error
        name, _, version = str(self._engine.version["product"]).partition("/")
        return Browser(
            name="Chromium" if name in ("Chrome", "HeadlessChrome") else name,
            version=version,
            sha256=sha256,
            user_agent=self.user_agent,
            width=wanted.width,
            height=wanted.height,
            locale=wanted.locale,
            sandboxed=not without_sandbox(),
        )

    @property
    def running(self) -> bool:
        """Whether the browser is still there: one that died is started anew by a session of its own."""
        return self._engine.running

    @property
    def browser_asked(self) -> tuple[str, ...]:
        """What the browser itself wanted to ask for and did not get, "host:port" each."""
        return tuple(self._engine.gate.browser_asked)

    @property
    def user_agent(self) -> str:
        """The User-Agent that pages are asked with."""
        own = re.sub("Headless", "", str(self._engine.version["userAgent"]))
        return self._settings.user_agent or own

    @property
    def accept_language(self) -> str:
        """The Accept-Language that pages are asked with."""
        return self._settings.locale

    @contextmanager
    def tab(self, *, from_outside: bool = False) -> Iterator[Tab]:
        """A page in a fresh profile; it is gone with everything it stored when the block ends. One at a time.

        `from_outside` says that a site of the web named its address, not a person: the own network is out of its reach.
        """
        wanted = self._settings
        self._engine.begin(from_outside=from_outside)
        try:
            context = self._playwright.new_context(
                locale=wanted.locale,
                timezone_id="UTC",
                user_agent=self.user_agent,
                viewport={"width": wanted.width, "height": wanted.height},
                accept_downloads=True,
                proxy={"server": f"socks5://127.0.0.1:{self._engine.page_door}", "bypass": "<-loopback>"},
            )
            context.grant_permissions([])
            page = context.new_page()
        except Error as error:
            raise CaptureFailed(
                item="the browser", happened=f"no page can be opened ({error.message})", advice="start it again"
            ) from error
        try:
            self._engine.expect_ready()
            yield Tab(page, self._engine)
        finally:
            self._engine.end()
            # A browser that has ended took the page with it.
            with suppress(Error):
                context.close()
