"""Addresses visited by a browser on their way into evidence: one browser for a run, each host asked in its turn.

The browser is started for the first address and started anew, once, when it dies under a page. Politeness and the stance
towards robots.txt are those of fetching; what the page itself loads is loaded as for any reader.
"""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tawthiq.capture.address import Address
from tawthiq.capture.browser import expect_playwright
from tawthiq.capture.http import Fetcher
from tawthiq.capture.names import shown
from tawthiq.capture.pauses import Pauses
from tawthiq.capture.proxies import parse_upstream
from tawthiq.capture.robots import Robots
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.errors import CaptureFailed, TawthiqError
from tawthiq.records.visit import PageVisit
from tawthiq.store import ArchiveFolder

if TYPE_CHECKING:
    from tawthiq.capture.browser.chromium import BrowserSession


@dataclass(frozen=True, slots=True)
class BrowsingSettings:
    """How a run visits pages: the browser's program (None for the one found), seconds a page, whether scripts may act."""

    executable: Path | None = None
    page_seconds: float = 90.0
    behaviours: bool = True


def browsing_settings(archive: ArchiveFolder) -> BrowsingSettings:
    """How to visit pages for this archive, by its tawthiq.toml."""
    own = archive.settings
    return BrowsingSettings(Path(own.browser) if own.browser else None, own.page_seconds, own.behaviours)


class Browsing:
    """The browser of one run. A context manager; `visit` may only be called from the thread that made it."""

    def __init__(self, wanted: BrowsingSettings, fetching: FetchSettings, pauses: Pauses, robots: Robots) -> None:
        self._wanted = wanted
        self._fetching = fetching
        self._pauses = pauses
        self._robots = robots
        self._session: BrowserSession | None = None
        self._closing = ExitStack()

    def __enter__(self) -> "Browsing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def visit(self, address: Address, *, from_outside: bool = False) -> PageVisit:
        """Visit an address in its host's turn. `from_outside` says that a site of the web named it, not a person.

        Raises CaptureFailed when nothing answered, when robots.txt forbids it and is obeyed, and when the browser died
        twice; WrongUsage where there is no browser.
        """
        try:
            return self._visited(address, from_outside)
        except Exception as error:
            died = self._session is not None and not self._session.running
            if isinstance(error, TawthiqError) and not died:
                raise
            self._end()
        try:
            return self._visited(address, from_outside)
        except TawthiqError:
            raise
        except Exception as error:
            self._end()
            raise CaptureFailed(
                item=shown(address.url, 300),
                happened=f"the browser died under this page, twice ({shown(str(error).partition(chr(10))[0], 200)})",
                advice="collect it without --browser, or save it with a browser and collect the file",
            ) from error

    def _visited(self, address: Address, from_outside: bool) -> PageVisit:
        session = self._running()
        self._admit(address, session, from_outside)
        self._pauses.wait(address.host)
        from tawthiq.capture.browser.visiting import VisitOptions, visit  # noqa: PLC0415  needs Playwright, an extra

        wanted = self._wanted
        options = VisitOptions(wanted.page_seconds, wanted.behaviours, self._fetching.size_limit, from_outside)
        return visit(session, address.url, options)

    def _admit(self, address: Address, session: "BrowserSession", from_outside: bool) -> None:
        """Ask robots.txt as the browser would, so that a site does not see two programs come. Raises CaptureFailed."""
        with Fetcher(_as(session, self._fetching), self._pauses, self._robots) as fetcher:
            self._robots.admit(address, partial(fetcher.robots_txt, from_outside=from_outside))

    def _running(self) -> "BrowserSession":
        """The browser, started when it does not run. Raises WrongUsage where there is none, CaptureFailed."""
        if self._session is not None and not self._session.running:
            self._end()
        if self._session is None:
            expect_playwright()
            from tawthiq.capture.browser.chromium import BrowserSession, BrowserSettings  # noqa: PLC0415  as above

            settings = replace(
                BrowserSettings(),
                executable=self._wanted.executable,
                upstream=parse_upstream(self._fetching.proxy or ""),
                authorities=self._fetching.authorities,
                size_limit=self._fetching.size_limit,
            )
            self._session = self._closing.enter_context(BrowserSession(settings))
        return self._session

    def asking_alike(self) -> FetchSettings:
        """The settings under which plain requests say what the browser says. Raises CaptureFailed, WrongUsage."""
        try:
            return _as(self._running(), self._fetching)
        except TawthiqError:
            raise
        except Exception as error:
            self._end()
            raise CaptureFailed(
                item="the browser",
                happened=f"it does not start ({shown(str(error).partition(chr(10))[0], 200)})",
                advice="try again, or collect without --browser",
            ) from error

    def _end(self) -> None:
        """End the browser; what a dying one says to that is of no interest."""
        self._session = None
        closing, self._closing = self._closing, ExitStack()
        try:
            closing.close()
        except Exception:
            return


def asking_as_browser(wanted: BrowsingSettings, fetching: FetchSettings) -> FetchSettings:
    """`fetching`, but that requests say what the browser says, which is started to be asked. Raises as `Browsing.visit`."""
    pauses = Pauses(fetching.pause)
    with Browsing(wanted, fetching, pauses, Robots(fetching.robots, pauses)) as browsing:
        return browsing.asking_alike()


def _as(session: "BrowserSession", fetching: FetchSettings) -> FetchSettings:
    return replace(fetching, user_agent=session.user_agent, accept_language=session.accept_language)


def visit_facts(visit: PageVisit) -> dict[str, object]:
    """What is logged of a visit beside what the store itself knows."""
    main = visit.exchanges[visit.main] if visit.main is not None else None
    return {"user_agent": visit.browser.user_agent, "server_address": main.server_address if main else None}
