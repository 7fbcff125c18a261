"""An import takes effect: the items it is about are read and linked anew at once, or with the next `tawthiq read`.

The import itself is safe before this begins: whatever stops it here, the next `tawthiq read` finds what was read without it.
"""

import logging
from collections.abc import Collection

from django.db import DatabaseError

from tawthiq.archive.models import Capture
from tawthiq.archive.table_imports import waiting_imports
from tawthiq.casework.queries.table_imports import TablesInForce
from tawthiq.records.errors import ArchiveBusy, TawthiqError
from tawthiq.web.correction.effect import Effect, read_anew
from tawthiq.web.custody import open_archive
from tawthiq.web.link_deciding.effect import take_effect as link_anew

MOST_ROWS = 2000  # rows that are read while a person waits
MOST_LINKED = 200  # rows that are linked while a person waits


def take_effect(captures: Collection[str], rows: int) -> Effect:
    """Read the items of `captures` as the imports in force say, when they are small enough and no other run is at work."""
    if rows > MOST_ROWS:
        return Effect.LATER
    try:
        with open_archive() as folder:
            for number in waiting_imports(TablesInForce(), captures):
                if isinstance(read_anew(folder, number, "an import in the pages"), TawthiqError):
                    return Effect.FAILED
    except ArchiveBusy:
        return Effect.LATER
    except (TawthiqError, DatabaseError) as error:
        logging.getLogger("django").error("an imported table was not read: %s", error)
        return Effect.FAILED
    if rows <= MOST_LINKED:
        link_anew()
    return Effect.DONE


def is_waiting(capture: Capture) -> bool:
    """Whether an item was read otherwise than the import in force says."""
    return bool(waiting_imports(TablesInForce(), {capture.identifier}))
