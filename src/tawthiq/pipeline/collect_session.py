"""What several calls of `collect` share: connections, the timetable of pauses, robots.txt, and one reading of the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline.collect_ahead import FetchingAhead
from tawthiq.pipeline.collect_browser import BrowsingSettings, asking_as_browser
from tawthiq.pipeline.collect_known import Known
from tawthiq.store import ArchiveFolder


@dataclass(frozen=True, slots=True)
class Session:
    """One run of collecting. `settings` are those that `ahead` fetches by."""

    settings: FetchSettings
    ahead: FetchingAhead
    known: Known


@contextmanager
def as_browser(session: Session, wanted: BrowsingSettings) -> Iterator[Session]:
    """The session, but that its plain requests say of their program what the browser says, which is started to be asked.

    A site whose feed is fetched and whose pages are then visited by a browser sees one program. Raises as `Browsing.visit`.
    """
    settings = asking_as_browser(wanted, session.settings)
    with FetchingAhead(settings, pauses=session.ahead.pauses) as ahead:
        yield Session(settings, ahead, session.known)


@contextmanager
def collect_session(archive: ArchiveFolder, settings: FetchSettings) -> Iterator[Session]:
    """A session that ends with the block. Raises WrongUsage when the settings' proxy or authorities cannot be used."""
    with FetchingAhead(settings) as ahead:
        yield Session(settings, ahead, Known(archive.entries))
