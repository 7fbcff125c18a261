"""People's decisions about pages, links, actors and places, for commands: no Django is needed to import it, only to use it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tawthiq.archive.database import open_database, set_up_django
from tawthiq.records.correction import PageCase
from tawthiq.store import ArchiveFolder

if TYPE_CHECKING:
    from tawthiq.archive.link_memory_incidents import Decided
    from tawthiq.casework.queries.authority import AuthorityInForce
    from tawthiq.casework.queries.corrections import InForce
    from tawthiq.casework.queries.reading_corrections import ReadingsInForce
    from tawthiq.casework.queries.table_imports import TablesInForce
    from tawthiq.linking.teaching import Lesson


def decisions_in_force() -> "InForce":
    """The decisions in force of the archive whose database is open, or is opened before the first question."""
    set_up_django()
    from tawthiq.casework.queries.corrections import InForce  # noqa: PLC0415  models need Django set up above

    return InForce()


def readings_in_force() -> "ReadingsInForce":
    """What people decided about readings, of the archive whose database is open or is opened first."""
    set_up_django()
    from tawthiq.casework.queries.reading_corrections import ReadingsInForce  # noqa: PLC0415  as above

    return ReadingsInForce()


def tables_in_force() -> "TablesInForce":
    """The tables that people imported, of the archive whose database is open or is opened first."""
    set_up_django()
    from tawthiq.casework.queries.table_imports import TablesInForce  # noqa: PLC0415  as above

    return TablesInForce()


def authority_in_force() -> "AuthorityInForce":
    """The actors and places that people decided about, of the archive whose database is open or is opened first."""
    set_up_django()
    from tawthiq.casework.queries.authority import AuthorityInForce  # noqa: PLC0415  models need Django set up above

    return AuthorityInForce()


def links_in_force() -> "Decided":
    """The decisions about links, as linking asks for them (archive.link_memory_incidents.Way)."""
    set_up_django()
    from tawthiq.casework.queries.link_decisions import constraints_for  # noqa: PLC0415  models need Django set up above

    return constraints_for


def link_lesson(folder: ArchiveFolder) -> "Lesson":
    """What decisions about links teach the weights, as far as the archive's settings let them."""
    open_database(folder.database)
    from tawthiq.casework.queries.link_lessons import lesson  # noqa: PLC0415  models need the database opened above

    return lesson(learn=folder.settings.learn)


def links_not_followed() -> int:
    """How many decisions about links hold nothing: other hands changed them, or they do not fit the readings.

    The database of the archive is open.
    """
    from tawthiq.casework.queries.link_decisions import all_in_force, constraints_for  # noqa: PLC0415  as above

    return len(all_in_force().changed) + len(constraints_for().unfit)


def cases_of(folder: ArchiveFolder) -> Iterator[PageCase]:
    """The decisions in force, checked (casework.checking). The database of the archive is open."""
    set_up_django()
    from tawthiq.casework.checking import cases  # noqa: PLC0415  models need Django set up above

    return cases(folder)
