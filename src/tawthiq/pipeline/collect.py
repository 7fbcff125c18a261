"""From sources to evidence: each address, file or WARC that a person gives is kept in the archive, or named as failed.

One item at a time is kept and logged by the store in one step, in the order given; the next few addresses are fetched
meanwhile. What the archive holds already is skipped, so that a run that was interrupted is finished by running it again,
and runs over the same list share the work. A bad item never ends the run; a disk that refuses to write does, because
nothing further could be kept.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.sources import Source, sources
from tawthiq.pipeline.collect_ahead import AHEAD, Fetched
from tawthiq.pipeline.collect_browser import Browsing, BrowsingSettings
from tawthiq.pipeline.collect_outcome import Outcome
from tawthiq.pipeline.collect_session import Session, collect_session
from tawthiq.pipeline.collect_work import Work
from tawthiq.pipeline.provenance import Circumstances
from tawthiq.pipeline.revisiting import Visit
from tawthiq.records.errors import StorageFailed
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
    with ExitStack() as closing:
        wanted = fetching or fetch_settings(archive, size_limit)
        run = session or closing.enter_context(collect_session(archive, wanted))
        own = replace(archive.settings, proxy=run.settings.proxy or "", robots=run.settings.robots.value)
        circumstances = Circumstances(archive, reason=reason, case=case, settings=own, seen=run.known.seen)
        browsing = None
        if browser is not None:
            browsing = closing.enter_context(Browsing(browser, run.settings, run.ahead.pauses, run.ahead.robots))
        work = Work(archive, run, circumstances, again=again, size_limit=size_limit, visit=visit, browsing=browsing)
        yield from _outcomes(work, _found(given, standard_input, archive))


def _outcomes(work: Work, found: Iterator[Source]) -> Iterator[Outcome]:
    """What becomes of each source, in order, while the next few are fetched already."""
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


def fetch_settings(
    archive: ArchiveFolder,
    size_limit: int | None = None,
    *,
    pause: float | None = None,
    proxy: str | None = None,
    authorities: Path | None = None,
) -> FetchSettings:
    """How to fetch for this archive: by its tawthiq.toml, but for what is given."""
    own = archive.settings
    usual = FetchSettings()
    return replace(
        usual,
        connect_timeout=own.connect_seconds,
        read_timeout=own.read_seconds,
        total_timeout=own.total_seconds,
        redirect_limit=own.redirects,
        pause=own.pause_seconds if pause is None else pause,
        proxy=proxy or own.proxy or None,
        authorities=authorities or usual.authorities,
        user_agent=own.user_agent or usual.user_agent,
        robots=RobotsStance(own.robots),
        size_limit=size_limit or min(usual.size_limit, own.largest_item),
    )
