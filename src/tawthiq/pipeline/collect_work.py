"""One run over sources: what becomes of each address and file, one at a time, and what is logged of it.

An address is fetched (ahead, by others), visited by a browser, or found to be there; what a watch list asks for again is
compared first. Every attempt that brings nothing is logged too. What is being kept and logged is not broken off.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tawthiq.capture.address import Address, masked, parse
from tawthiq.capture.files import OpenedFile, opened
from tawthiq.capture.sources import AddressSource, FileSource, PassedOver, Source, Unusable
from tawthiq.pipeline.collect_ahead import Fetched
from tawthiq.pipeline.collect_browser import Browsing, visit_facts
from tawthiq.pipeline.collect_files import Files
from tawthiq.pipeline.collect_outcome import Outcome, State, fetched_outcome, unexpected, visited_outcome
from tawthiq.pipeline.collect_session import Session
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
from tawthiq.records.errors import CaptureFailed, EvidenceDiffers, TawthiqError, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder


class Work:
    """One run over sources, with what the archive holds and what the run knows of itself.

    The parameters are those of `collect`; `browsing` is the browser of this run, where addresses are visited.
    """

    def __init__(
        self,
        archive: ArchiveFolder,
        session: Session,
        circumstances: Circumstances,
        *,
        again: bool,
        size_limit: int | None,
        visit: Visit | None,
        browsing: Browsing | None,
    ) -> None:
        self._archive = archive
        self._fetching = session.ahead
        self._settings = session.settings
        self._known = session.known
        self._circumstances = circumstances
        self._again = again
        self._size_limit = size_limit or archive.settings.largest_item
        self._visit = visit
        self._browsing = browsing
        self._files = Files(archive)
        self._asked: set[str] = set()

    def begin(self, source: Source) -> Fetched | None:
        """Have an address fetched that is neither kept nor being fetched; None for everything else."""
        if not isinstance(source, AddressSource) or self._browsing is not None:
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
        known = before.known() if before else {}
        return self._fetching.start(source.given, address, known, from_outside=self._is_from_outside)

    @property
    def _is_from_outside(self) -> bool:
        return self._visit is not None and self._visit.from_outside

    def _before(self, address: Address) -> Seen | None:
        """What an address that is asked for again is compared with."""
        return self._visit.seen.get(address.url) if self._visit else None

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
        if self._browsing is not None:
            return self._visited(source, address, self._browsing)
        try:
            exchanges = (fetched or self._start(source, address)).result()
        except CaptureFailed as error:
            self._log_failure(address, error)
            raise
        if there := self._there(address):
            return Outcome(source.shown, State.THERE, (there,))
        if self._visit is not None and (nothing_new := self._revisited(source, address, exchanges[-1])):
            return nothing_new
        agent = self._settings.user_agent
        facts = self._facts(
            address=address.url,
            user_agent=agent,
            redirects=len(exchanges) - 1,
            server_address=exchanges[-1].server_address,
            **self._verdict(address),
            **(self._visit.describe(exchanges[-1]) if self._visit else {}),
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
            seen = browsing.visit(address, from_outside=self._is_from_outside)
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
            else self._known.address(address.url, visited=self._browsing is not None)
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
        return {"listed_in": self._visit.listed_in} if self._visit and self._visit.listed_in else {}

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
