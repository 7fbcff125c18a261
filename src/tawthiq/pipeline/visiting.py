"""One visit to one address, by what kind of place it is."""

from collections.abc import Iterable, Iterator

from tawthiq.capture.address import parse
from tawthiq.capture.channels import before_in, is_channel
from tawthiq.capture.names import shown
from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.collect_session import Session, collect_session
from tawthiq.pipeline.visit_channel import channel_outcomes
from tawthiq.pipeline.visit_lists import Visiting, Wish
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.watch import WatchKind
from tawthiq.store import ArchiveFolder


def visited(archive: ArchiveFolder, session: Session, wish: Wish, given: str) -> Iterator[Outcome]:
    """What becomes of an address and, where it is a list, of what it names.

    Raises CaptureFailed when it is no web address, WrongUsage or EvidenceDiffers when the archive cannot be worked on.
    """
    visiting = Visiting(archive, session, wish)
    if wish.kind is WatchKind.CHANNEL or (wish.kind is WatchKind.AUTO and is_channel(parse(given))):
        yield from channel_outcomes(visiting, given)
    else:
        yield from visiting.outcomes(given)


def collect_lists(
    archive: ArchiveFolder, given: Iterable[str], wish: Wish, fetching: FetchSettings
) -> Iterator[Outcome]:
    """What becomes of several addresses of lists, each visited once in one session."""
    archive.unlock()
    with collect_session(archive, fetching) as session:
        for address in given:
            try:
                yield from visited(archive, session, wish, address)
            except CaptureFailed as error:
                yield Outcome(shown(address, 500), State.FAILED, error=error)


def names_channel(given: str) -> bool:
    """Whether what a person gave is the address of a channel's public page, whose older pages belong to it."""
    try:
        return is_channel(parse(given)) and before_in(given) is None
    except CaptureFailed:
        return False
