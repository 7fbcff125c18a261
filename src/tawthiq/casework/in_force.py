"""People's decisions about pages for commands: this module needs no Django to be imported, only to be used."""

from typing import TYPE_CHECKING

from tawthiq.archive.database import set_up_django

if TYPE_CHECKING:
    from tawthiq.casework.queries.corrections import InForce


def decisions_in_force() -> "InForce":
    """The decisions in force of the archive whose database is open, or is opened before the first question."""
    set_up_django()
    from tawthiq.casework.queries.corrections import InForce  # noqa: PLC0415  models need Django set up above

    return InForce()
