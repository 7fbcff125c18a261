"""One visit to a page: go there, wait until it falls silent, read it to its end, take pictures, hand over what was recorded.

Waiting goes by the recorder's own count of requests, never by the page's word. A visit has a bounded time: a page that
never stops loading is kept as far as it came, and the visit says so (`stopped`). What could not be reached at all is a
CaptureFailed; an answer of whatever status is evidence.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from playwright.sync_api import Error as BrowserError

from tawthiq import __version__
from tawthiq.capture.address import parse
from tawthiq.capture.browser.behaviours import Diary, Reader, behave
from tawthiq.capture.browser.chromium import BrowserSession, Tab
from tawthiq.capture.browser.dialogs import Dialogs
from tawthiq.capture.browser.downloads import UNTOLD, Downloads
from tawthiq.capture.browser.pictures import Seen, documents, photographs, printed
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.unreached import unreached
from tawthiq.capture.browser.watchdog import Watchdog
from tawthiq.capture.browser.worlds import Worlds
from tawthiq.capture.names import shown
from tawthiq.records.capture import Exchange
from tawthiq.records.visit import PageVisit, Part, PartKind

QUIET_SECONDS = 0.5
# Requests that stay open for ever (streams, long polls) are told by this much silence while they wait.
STALLED_SECONDS = 10.0
LOADING_SHARE, READING_SHARE = 0.6, 0.85
DOWNLOAD_SECONDS = 3.0
GRACE_SECONDS = 3.0
LONGEST_REFRESH = 10.0
DOCUMENTS = frozenset({"application/pdf"})
RETURN_SECONDS = 10.0
SETTLED_SECONDS = 0.15


@dataclass(frozen=True, slots=True)
class VisitOptions:
    """How long a visit may take (seconds), whether scripts of ours may act on the page, the most bytes of one download.

    `from_outside` says that a site of the web named the address, not a person: nothing of the own network is asked for.
    """

    page_seconds: float = 90.0
    behaviours: bool = True
    size_limit: int = 64 << 20
    from_outside: bool = False


def visit(session: BrowserSession, url: str, options: VisitOptions | None = None) -> PageVisit:
    """The visit of one address. Raises CaptureFailed when nothing answered for it, or it is no address to go to."""
    wanted = options or VisitOptions()
    address = parse(url)
    with session.tab(from_outside=wanted.from_outside) as tab:
        work = _Visit(session, tab, address.url, wanted)
        with Watchdog(tab, READING_SHARE * wanted.page_seconds + GRACE_SECONDS) as watchdog:
            return work.made(watchdog)


class _Visit:
    """One visit at work."""

    def __init__(self, session: BrowserSession, tab: Tab, url: str, options: VisitOptions) -> None:
        self._session = session
        self._tab = tab
        self._url = url
        self._options = options
        self._started = datetime.now(UTC)
        self._begun = time.monotonic()
        self._diary = Diary()
        self._worlds = Worlds(tab.page)
        self._downloads = Downloads(tab.page, self._worlds.session, options.size_limit)
        self._dialogs = Dialogs(self._worlds.session, self._diary)
        self._stopped: str | None = None
        self._stalled = 0
        self._is_document = False
        self._final = url
        self._title = ""

    def made(self, watchdog: Watchdog) -> PageVisit:
        """The whole visit."""
        error = self._go()
        parts: list[Part] = []
        if error is None:
            parts += self._read()
        parts += self._downloads.parts(self._due(1.0), self._diary)
        recorded = self._tab.recorded()
        if recorded.crashed:
            self._stopped = "the page's process crashed; what had come until then is kept"
        if recorded.main is None and not parts:
            raise unreached(self._url, error, recorded)
        if watchdog.interrupts:
            self._diary.note("stop", "a script of the page kept it busy without end; it was broken off")
        self._dialogs.tell_rest()
        for popup in recorded.popups:
            self._diary.note("stay", f"the page opened a window for {popup}; it was closed at once")
        return self._assembled(recorded, parts)

    def _due(self, share: float) -> float:
        """The monotonic moment at which this share of the visit's time is over."""
        return self._begun + share * self._options.page_seconds

    def _go(self) -> BrowserError | None:
        """Go to the address and wait for silence; the browser's error when no document came of it."""
        error = self._gone()
        if self._tab.compressed_unasked:
            self._diary.note("go", "a server answers compressed only; went there again, offering every compression")
            error = self._gone()
        return error

    def _gone(self) -> BrowserError | None:
        try:
            answer = self._tab.page.goto(
                self._url, wait_until="commit", timeout=1000 * LOADING_SHARE * self._options.page_seconds
            )
        except BrowserError as error:
            if _may_be_download(error):
                soon = min(self._due(1.0), time.monotonic() + DOWNLOAD_SECONDS)
                while not self._downloads.any_begun and time.monotonic() < soon:
                    self._pause()
            return error
        self._is_document = answer is not None and _media_type(answer.headers) in DOCUMENTS
        self._stopped = self._silence(QUIET_SECONDS, self._due(LOADING_SHARE))
        self._follow_refresh()
        self._stalled = self._tab.pending
        return None

    def _follow_refresh(self) -> None:
        """Wait for a page that says that it will send its reader on in a moment, as any reader would."""
        if self._is_document or self._stopped:
            return
        try:
            seconds = self._worlds.top().call("refresh")
        except BrowserError:
            return
        if seconds is not None and seconds <= LONGEST_REFRESH:
            self._tab.page.wait_for_timeout(1000 * (seconds + 0.2))
            self._stopped = self._silence(QUIET_SECONDS, self._due(LOADING_SHARE))

    def _read(self) -> Iterator[Part]:
        """Read the page to its end and make its parts; what a page that dies under our hands does not give is told.

        A document that the browser shows in a viewer of its own is kept as it came; the viewer is no evidence.
        """
        self._final = self._tab.page.url
        if self._is_document:
            return
        if self._options.behaviours:
            self._behave()
        try:
            self._title = str(self._worlds.top().call("facts")["title"])
        except BrowserError as error:
            self._diary.note("stop", f"the page does not answer ({error.message.partition(chr(10))[0]})")
        browser = self._session.browser
        seen = Seen(self._url, self._final, f"{browser.name} {browser.version}, Tawthiq {__version__}")
        yield from documents(self._worlds, self._diary)
        yield from photographs(self._worlds, seen, self._diary)
        yield from printed(self._worlds, seen, self._diary)

    def _behave(self) -> None:
        """Act on the page; when it went elsewhere all the same, say so and go back."""
        try:
            document = self._worlds.document()
            behave(Reader(self._worlds, self._diary, self._settle, self._due(READING_SHARE)))
            now = self._tab.page.url
            if self._worlds.document() != document:
                self._diary.note("stay", f"the page went to {now}; went back")
                self._tab.page.go_back(wait_until="commit", timeout=1000 * RETURN_SECONDS)
                self._silence(QUIET_SECONDS, min(self._due(READING_SHARE), time.monotonic() + RETURN_SECONDS))
            elif now != self._final:
                self._diary.note("stay", f"the page changed its address to {now}")
        except BrowserError as error:
            self._diary.note("stop", f"the page cannot be read ({error.message.partition(chr(10))[0]})")

    def _silence(self, quiet: float, deadline: float) -> str | None:
        """Wait until nothing moves for `quiet` seconds; why waiting ended before that, or None."""
        while True:
            pending, silent = self._tab.pending, self._tab.silent_seconds
            if not pending and silent >= quiet:
                return None
            if pending and silent >= STALLED_SECONDS:
                were = f"{_requests(pending)} {'was' if pending == 1 else 'were'}"
                return f"{pending} {were} still waiting for an answer after {silent:.0f} seconds of silence"
            if time.monotonic() >= deadline:
                seconds = time.monotonic() - self._begun
                why = f"{pending} {_requests(pending)} under way" if pending else "it kept asking for more"
                return f"the page was still loading after {seconds:.0f} seconds ({why})"
            self._pause()

    def _settle(self, seconds: float) -> None:
        """Wait a moment for what an act brings: until nothing moves for a little, at most so many seconds."""
        end = min(time.monotonic() + seconds, self._due(READING_SHARE))
        self._pause()
        while time.monotonic() < end:
            if self._tab.pending <= self._stalled and self._tab.silent_seconds >= min(SETTLED_SECONDS, seconds):
                return
            self._pause()

    def _pause(self) -> None:
        self._tab.page.wait_for_timeout(40)

    def _assembled(self, recorded: Recorded, parts: Sequence[Part]) -> PageVisit:
        final = recorded.exchanges[recorded.main].url if recorded.main is not None and not parts else self._final
        return PageVisit(
            asked=self._url,
            final=final,
            title=self._title,
            started=self._started,
            ended=datetime.now(UTC),
            browser=self._session.browser,
            exchanges=recorded.exchanges,
            main=recorded.main,
            parts=tuple(_typed(part, recorded.exchanges) for part in parts),
            acts=tuple(self._diary.acts),
            unrecorded=recorded.unrecorded,
            requests=recorded.requests,
            cookies_sent=recorded.cookies_sent,
            stopped=shown(self._stopped, 300) if self._stopped else None,
        )


def _requests(number: int) -> str:
    return "request" if number == 1 else "requests"


def _may_be_download(error: BrowserError) -> bool:
    """Whether the browser broke off going to a page because its answer is to be saved (or is none, as with status 204)."""
    return "Download is starting" in error.message or "ERR_ABORTED" in error.message


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _typed(part: Part, exchanges: Sequence[Exchange]) -> Part:
    """A download with the media type that its answer stated."""
    if part.kind is not PartKind.DOWNLOAD:
        return part
    for exchange in reversed(exchanges):
        if exchange.url.partition("#")[0] == part.target.partition("#")[0]:
            told = (value for name, value in exchange.response_headers if name.lower() == "content-type")
            return replace(part, content_type=next(told, UNTOLD))
    return part
