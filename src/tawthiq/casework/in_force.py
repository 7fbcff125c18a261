"""People's decisions about pages, actors and places, for commands: no Django is needed to import this, only to use it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tawthiq.archive.database import set_up_django
from tawthiq.records.correction import PageCase
from tawthiq.store import ArchiveFolder

if TYPE_CHECKING:
    from tawthiq.casework.queries.authority import AuthorityInForce
    from tawthiq.casework.queries.corrections import InForce


def decisions_in_force() -> "InForce":
    """The decisions in force of the archive whose database is open, or is opened before the first question."""
    set_up_django()
    from tawthiq.casework.queries.corrections import InForce  # noqa: PLC0415  models need Django set up above

    return InForce()


def authority_in_force() -> "AuthorityInForce":
    """The actors and places that people decided about, of the archive whose database is open or is opened first."""
    set_up_django()
    from tawthiq.casework.queries.authority import AuthorityInForce  # noqa: PLC0415  models need Django set up above

    return AuthorityInForce()


def cases_of(folder: ArchiveFolder) -> Iterator[PageCase]:
    """The decisions in force, checked (casework.checking). The database of the archive is open."""
    set_up_django()
    from tawthiq.casework.checking import cases  # noqa: PLC0415  models need Django set up above

    return cases(folder)
