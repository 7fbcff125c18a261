"""What several calls of `collect` share: connections, the timetable of pauses, robots.txt, and one reading of the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline.collect_ahead import FetchingAhead
from tawthiq.pipeline.collect_known import Known
from tawthiq.store import ArchiveFolder


@dataclass(frozen=True, slots=True)
class Session:
    """One run of collecting. `settings` are those that `ahead` fetches by."""

    settings: FetchSettings
    ahead: FetchingAhead
    known: Known


@contextmanager
def collect_session(archive: ArchiveFolder, settings: FetchSettings) -> Iterator[Session]:
    """A session that ends with the block. Raises WrongUsage when the settings' proxy or authorities cannot be used."""
    with FetchingAhead(settings) as ahead:
        yield Session(settings, ahead, Known(archive.entries))
