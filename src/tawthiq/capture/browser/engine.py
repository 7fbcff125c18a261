"""The parts around one running Chromium, in an event loop on a thread of their own: process, pipe, gate and recorder.

They go on while Playwright's synchronous calls hold the caller's thread, so that no event waits for the page's script.
"""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as TooLate
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tawthiq.capture.browser.devtools import DevTools, Message, Refused
from tawthiq.capture.browser.gate import Gate
from tawthiq.capture.browser.process import INSTALLING, ChromiumProcess
from tawthiq.capture.browser.profile import Profile
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.recorder import Recorder
from tawthiq.capture.browser.switches import arguments
from tawthiq.capture.proxies import Upstream
from tawthiq.records.errors import CaptureFailed

STARTING_SECONDS = 30.0
CALL_SECONDS = 30.0
Given = TypeVar("Given")


class Engine:
    """A running Chromium with its gate and recorder.

    `page_door` is the port of the gate for pages, `address` where Playwright connects. Raises CaptureFailed when Chromium
    does not come up or is too old, WrongUsage when `authorities` holds no certificates.
    """

    def __init__(self, executable: Path, upstream: Upstream | None, authorities: Path | None, size_limit: int) -> None:
        self._profile = Profile()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="tawthiq-browser", daemon=True)
        self._thread.start()
        self._process: ChromiumProcess | None = None
        self._devtools: DevTools | None = None
        self.gate = Gate(upstream)
        self.recorder = Recorder(self.gate, size_limit)
        try:
            self.address, self.version = self._call(self._start(executable, authorities), STARTING_SECONDS)
        except BaseException as error:
            said = ""
            if self._process is not None:
                self._process.kill()
                said = self._process.complaint()
            self.close()
            if isinstance(error, (Refused, TooLate, OSError)):
                raise CaptureFailed(
                    item=str(executable),
                    happened=f"the browser does not come up ({said or error or 'no answer'})",
                    advice=INSTALLING,
                ) from error
            raise

    def close(self) -> None:
        """End the browser and everything around it, and remove its files. May be called again."""
        with contextlib.suppress(TooLate, RuntimeError):
            self._call(self._stop())
        if self._process is not None:
            self._process.end()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
        self._profile.remove()

    @property
    def downloads(self) -> Path:
        """A folder for what is downloaded, gone with the browser."""
        return self._profile.downloads

    @property
    def running(self) -> bool:
        """Whether the browser is still there."""
        return self._thread.is_alive() and self._devtools is not None and not self._devtools.closed.done()

    @property
    def running_file(self) -> Path | None:
        """The program that runs, where the system tells."""
        return self._process.running_file() if self._process else None

    def begin(self, *, from_outside: bool = False) -> None:
        """Begin to record the next page that is opened. See `Gate.begin_page`."""
        self._call(_done(partial(self.recorder.begin, from_outside=from_outside)))

    def expect_ready(self) -> None:
        """Wait until the page that was opened is recorded. Raises CaptureFailed when this Chromium is too old for that."""
        if not self._call(self.recorder.ready()):
            raise CaptureFailed(
                item=str(self.version.get("product", "the browser")),
                happened="it is too old: it gives texts decoded, not the bytes that came",
                advice="install a newer Chromium (measured with 156)",
            )

    def end(self) -> Recorded:
        """What was recorded; the page's network is cut."""
        return self._call(self.recorder.end())

    def interrupt(self) -> None:
        """Break off whatever script keeps the page busy. Safe from any thread, also while another one waits for the page.

        Chromium takes this command while scripts run (DevTools protocol, Runtime.terminateExecution).
        """
        devtools, session = self._devtools, self.recorder.page_session
        if devtools is not None and session and self._thread.is_alive():
            self._loop.call_soon_threadsafe(devtools.post, "Runtime.terminateExecution", {}, session)

    def abandon(self) -> None:
        """Close the page, so that calls which wait for it end with an error. Safe from any thread."""
        devtools, target = self._devtools, self.recorder.page_target
        if devtools is not None and target and self._thread.is_alive():
            self._loop.call_soon_threadsafe(devtools.post, "Target.closeTarget", {"targetId": target}, devtools.root)

    def _call(self, asked: Coroutine[Any, Any, Given], seconds: float = CALL_SECONDS) -> Given:
        if not self._thread.is_alive():
            asked.close()
            raise RuntimeError("the engine has stopped")
        future = asyncio.run_coroutine_threadsafe(asked, self._loop)
        try:
            return future.result(seconds)
        except BaseException:
            future.cancel()
            raise

    async def _start(self, executable: Path, authorities: Path | None) -> tuple[str, Message]:
        self.page_door, browser_door = await self.gate.open()
        folder = self._profile.folder
        given = arguments(folder, browser_door, authorities)
        self._process = ChromiumProcess(executable, given, folder / "complaints")
        self._devtools = DevTools(self.recorder.listen)
        address = await self._devtools.open(self._process.reading, self._process.writing)
        await self.recorder.attach(self._devtools)
        return address, await self._devtools.send("Browser.getVersion", session=self._devtools.root)

    async def _stop(self) -> None:
        if self._devtools is not None:
            await self._devtools.close()
        await self.gate.close()
        await asyncio.sleep(0)


async def _done(action: Any) -> None:
    action()
