"""People's decisions about pages for commands: this module needs no Django to be imported, only to be used."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tawthiq.archive.database import set_up_django
from tawthiq.records.correction import PageCase
from tawthiq.store import ArchiveFolder

if TYPE_CHECKING:
    from tawthiq.casework.queries.corrections import InForce


def decisions_in_force() -> "InForce":
    """The decisions in force of the archive whose database is open, or is opened before the first question."""
    set_up_django()
    from tawthiq.casework.queries.corrections import InForce  # noqa: PLC0415  models need Django set up above

    return InForce()


def cases_of(folder: ArchiveFolder) -> Iterator[PageCase]:
    """The decisions in force, checked (casework.checking). The database of the archive is open."""
    set_up_django()
    from tawthiq.casework.checking import cases  # noqa: PLC0415  models need Django set up above

    return cases(folder)
