"""From sources to evidence: each address, file or WARC that a person gives is kept in the archive, or named as failed.

One item at a time is kept and logged by the store in one step, in the order given; the next few addresses are fetched
meanwhile. What the archive holds already is skipped, so that a run that was interrupted is finished by running it again,
and runs over the same list share the work. A bad item never ends the run; a disk that refuses to write does, because
nothing further could be kept.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import BinaryIO

from tawthiq.capture.address import Address, masked, parse
from tawthiq.capture.files import OpenedFile, opened
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.sources import AddressSource, FileSource, PassedOver, Source, Unusable, sources
from tawthiq.pipeline.collect_ahead import AHEAD, Fetched, FetchingAhead
from tawthiq.pipeline.collect_browser import Browsing, BrowsingSettings, visit_facts
from tawthiq.pipeline.collect_files import Files
from tawthiq.pipeline.collect_known import Known
from tawthiq.pipeline.collect_outcome import Outcome, State, fetched_outcome, unexpected, visited_outcome
from tawthiq.pipeline.collect_session import Session, collect_session
from tawthiq.pipeline.collect_unbroken import unbroken
from tawthiq.pipeline.compare_captures import log_comparison
from tawthiq.pipeline.provenance import Circumstances
from tawthiq.pipeline.revisiting import (
    UNCHANGED,
    NotNow,
    Seen,
    Visit,
    expect_lasting,
    how_unchanged,
    status_of,
    wanted_pause,
)
from tawthiq.records.capture import Capture, Exchange
from tawthiq.records.errors import CaptureFailed, EvidenceDiffers, StorageFailed, TawthiqError, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.records.provenance import RobotsStance
from tawthiq.store import ArchiveFolder


def collect(
    archive: ArchiveFolder,
    given: Iterable[str | Source],
    *,
    again: bool = False,
    reason: str | None = None,
    case: str | None = None,
    standard_input: BinaryIO | None = None,
    fetching: FetchSettings | None = None,
    size_limit: int | None = None,
    visit: Visit | None = None,
    browser: BrowsingSettings | None = None,
    session: Session | None = None,
) -> Iterator[Outcome]:
    """Keep every source in `archive`, yielding what became of each in order.

    `again` keeps as a new capture what is there already; `reason` and `case` are logged with each item; `size_limit`
    (bytes) bounds a file and an answer instead of the archive's own limits; `visit` makes it a visit of a watch list;
    `browser` has addresses visited by a browser instead of fetched; `session` is shared with other calls, its settings then
    hold.
    Raises WrongUsage or EvidenceDiffers when the archive itself cannot be worked on; ends after the outcome that tells of a
    disk that refused.
    """
    archive.unlock()
    found = _found(given, standard_input, archive)
    with ExitStack() as closing:
        wanted = fetching or fetch_settings(archive, size_limit)
        run = session or closing.enter_context(collect_session(archive, wanted))
        settings, fetching_ahead, known = run.settings, run.ahead, run.known
        own = replace(archive.settings, proxy=settings.proxy or "", robots=settings.robots.value)
        circumstances = Circumstances(archive, reason=reason, case=case, settings=own, seen=known.seen)
        work = _Work(archive, fetching_ahead, settings, known, circumstances, again=again, size_limit=size_limit)
        work.visit = visit
        if browser is not None:
            browsing = Browsing(browser, settings, fetching_ahead.pauses, fetching_ahead.robots)
            work.browsing = closing.enter_context(browsing)
        begun: deque[tuple[Source, Fetched | None]] = deque()
        while True:
            begun.extend((source, work.begin(source)) for source in islice(found, AHEAD - len(begun)))
            if not begun:
                work.finish()
                return
            outcome = work.outcome(*begun.popleft())
            yield outcome
            if isinstance(outcome.error, StorageFailed):
                return


def _found(given: Iterable[str | Source], standard_input: BinaryIO | None, archive: ArchiveFolder) -> Iterator[Source]:
    """Everything that was given, sorted into sources."""
    for item in given:
        if isinstance(item, str):
            yield from sources([item], standard_input, archive.path)
        else:
            yield item


def fetch_settings(archive: ArchiveFolder, size_limit: int | None = None) -> FetchSettings:
    """How to fetch for this archive, by its tawthiq.toml."""
    own = archive.settings
    usual = FetchSettings()
    return replace(
        usual,
        connect_timeout=own.connect_seconds,
        read_timeout=own.read_seconds,
        total_timeout=own.total_seconds,
        redirect_limit=own.redirects,
        pause=own.pause_seconds,
        proxy=own.proxy or None,
        user_agent=own.user_agent or usual.user_agent,
        robots=RobotsStance(own.robots),
        size_limit=size_limit or min(usual.size_limit, own.largest_item),
    )


class _Work:
    """One run over sources, with what the archive holds and what the run knows of itself."""

    def __init__(
        self,
        archive: ArchiveFolder,
        fetching: FetchingAhead,
        settings: FetchSettings,
        known: Known,
        circumstances: Circumstances,
        *,
        again: bool,
        size_limit: int | None,
    ) -> None:
        self._archive = archive
        self._fetching = fetching
        self._asked: set[str] = set()
        self._settings = settings
        self._again = again
        self._size_limit = size_limit or archive.settings.largest_item
        self._files = Files(archive)
        self._known = known
        self._circumstances = circumstances
        self.visit: Visit | None = None
        self.browsing: Browsing | None = None

    def begin(self, source: Source) -> Fetched | None:
        """Have an address fetched that is neither kept nor being fetched; None for everything else."""
        if not isinstance(source, AddressSource) or self.browsing is not None:
            return None
        try:
            address = parse(source.given)
        except CaptureFailed:
            return None
        self._known.catch_up()
        if address.url in self._asked or self._there(address) is not None:
            return None
        self._asked.add(address.url)
        return self._start(source, address)

    def _start(self, source: AddressSource, address: Address) -> Fetched:
        before = self._before(address)
        return self._fetching.start(source.given, address, before.known() if before else {})

    def _before(self, address: Address) -> Seen | None:
        """What an address that is asked for again is compared with."""
        return self.visit.seen.get(address.url) if self.visit else None

    def outcome(self, source: Source, fetched: Fetched | None) -> Outcome:
        """What becomes of one source, and what is to be said of the clock it was kept by."""
        outcome = self._attempted(source, fetched)
        note = self._circumstances.clock_note()
        return replace(outcome, notes=(*outcome.notes, note)) if note else outcome

    def _attempted(self, source: Source, fetched: Fetched | None) -> Outcome:
        """What becomes of one source; hostile input of whatever kind ends in an outcome that names it."""
        try:
            match source:
                case AddressSource():
                    return self._address(source, fetched)
                case FileSource():
                    return self._file(source)
                case PassedOver():
                    return Outcome(source.shown, State.PASSED_OVER, notes=(source.reason,))
                case Unusable():
                    return Outcome(source.shown, State.FAILED, error=source.error)
        except (WrongUsage, EvidenceDiffers):
            raise
        except TawthiqError as error:
            return Outcome(source.shown, State.FAILED, error=error)
        except Exception as error:
            return Outcome(source.shown, State.FAILED, error=unexpected(source.shown, error))

    def finish(self) -> None:
        """Log what can be told only once all sources were gone through."""
        with unbroken():
            self._files.finish()

    def _address(self, source: AddressSource, fetched: Fetched | None) -> Outcome:
        address = parse(source.given)
        if there := self._there(address):
            return Outcome(source.shown, State.THERE, (there,))
        if self.browsing is not None:
            return self._visited(source, address, self.browsing)
        try:
            exchanges = (fetched or self._start(source, address)).result()
        except CaptureFailed as error:
            self._log_failure(address, error)
            raise
        if there := self._there(address):
            return Outcome(source.shown, State.THERE, (there,))
        if self.visit is not None and (nothing_new := self._revisited(source, address, exchanges[-1])):
            return nothing_new
        agent = self._settings.user_agent
        facts = self._facts(
            address=address.url,
            user_agent=agent,
            redirects=len(exchanges) - 1,
            server_address=exchanges[-1].server_address,
            **self._verdict(address),
            **(self.visit.describe(exchanges[-1]) if self.visit else {}),
        )
        before = self._known.address(address.url)
        with unbroken():
            capture = self._archive.keep_exchanges(_as_asked(source, address), exchanges, facts)
            notes = log_comparison(self._archive, before, capture) if before else ()
        return fetched_outcome(source.shown, capture, exchanges[-1], notes)

    def _visited(self, source: AddressSource, address: Address, browsing: Browsing) -> Outcome:
        """What becomes of an address that a browser visits."""
        before = self._known.address(address.url, visited=True)
        try:
            seen = browsing.visit(address)
            own = {"address": address.url, **visit_facts(seen), **self._verdict(address)}
            facts = {**self._circumstances.facts(seen.browser), **self._listed(), **own}
            with unbroken():
                capture = self._archive.keep_visit(_as_asked(source, address), seen, facts)
        except CaptureFailed as error:
            self._log_failure(address, error, by_browser=True)
            raise
        with unbroken():
            notes = log_comparison(self._archive, before, capture) if before else ()
        return visited_outcome(source.shown, capture, seen, notes)

    def _there(self, address: Address) -> Capture | None:
        """The capture that stands for an address, unless it is to be collected again."""
        self._known.catch_up()
        return (
            None
            if self._again or self._before(address)
            else self._known.address(address.url, visited=self.browsing is not None)
        )

    def _revisited(self, source: AddressSource, address: Address, last: Exchange) -> Outcome | None:
        """What became of an address on a watch list whose answer is not to be kept: nothing new, or not now."""
        try:
            expect_lasting(last)
        except NotNow as error:
            pause = wanted_pause(last)
            self._log_failure(address, error, status=status_of(last), retry_after=pause)
            return Outcome(source.shown, State.FAILED, error=error, retry_after=pause)
        before = self._before(address)
        how = how_unchanged(before, last) if before else None
        if before is None or how is None:
            return None
        facts = self._facts(address=address.url, server_address=last.server_address, **how, **self._verdict(address))
        actor = self._archive.settings.collector
        with unbroken():
            self._archive.log([LogEvent(UNCHANGED, datetime.now(UTC), actor, before.capture.id, dict(facts))])
        return Outcome(source.shown, State.UNCHANGED, (before.capture,))

    def _verdict(self, address: Address) -> dict[str, object]:
        """What robots.txt says of an address, as it is logged; nothing where it was not asked for."""
        verdict = self._fetching.robots.verdict(address)
        return verdict.facts() if verdict else {}

    def _file(self, source: FileSource) -> Outcome:
        with opened(source.path, self._size_limit, max(self._size_limit, self._archive.settings.largest_item)) as file:
            self._known.catch_up()
            digest = file.digest()
            there = None if self._again else self._known.digest(digest, warc=file.is_warc)
            if there is not None:
                self._name_again(file, digest)
                return Outcome(source.shown, State.THERE, there, notes=self._files.there(source.path, file, there))
            facts = self._file_facts(file)
            with unbroken():
                kept = self._files.keep(source.shown, source.path, file, facts)
        state = State.KEPT_INCOMPLETE if kept.error else State.KEPT
        return Outcome(source.shown, state, kept.captures, error=kept.error, notes=kept.notes)

    def _name_again(self, file: OpenedFile, digest: str) -> None:
        """Log a name that the archive does not have for the bytes of a file which it holds."""
        names = self._known.names
        if names.lacks(digest, file.name):
            actor, facts = self._archive.settings.collector, self._file_facts(file)
            with unbroken():
                self._archive.log([names.seen_again(digest, file.name, actor, facts)])

    def _file_facts(self, file: OpenedFile) -> Mapping[str, object]:
        """What is logged with a file: nobody was asked for it."""
        given = {"modified": file.modified.isoformat(), "size": file.size}
        return {**self._circumstances.facts(asked=False), **self._listed(), **given}

    def _facts(self, **facts: object) -> Mapping[str, object]:
        """What is logged with an item, beside what the store itself knows."""
        return {**self._circumstances.facts(), **self._listed(), **facts}

    def _listed(self) -> dict[str, object]:
        return {"listed_in": self.visit.listed_in} if self.visit and self.visit.listed_in else {}

    def _log_failure(self, address: Address, error: CaptureFailed, **more: object) -> None:
        """An attempt that brought nothing is part of the history of a collection."""
        event = LogEvent(
            kind="collect-failed",
            time=datetime.now(UTC),
            actor=self._archive.settings.collector,
            subject=address.url,
            facts={**self._facts(**more, **self._verdict(address)), "happened": error.happened},
        )
        with unbroken():
            self._archive.log([event])


def _as_asked(source: AddressSource, address: Address) -> str:
    """The address as the log names it: as asked for, or in wire form where it holds characters that do not print."""
    asked = masked(source.given)
    return asked if asked.isprintable() else address.url
