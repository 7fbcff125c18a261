"""An import takes effect: the items it is about are read and linked anew at once, or with the next `tawthiq read`.

The import itself is safe before this begins: whatever stops it here, the next `tawthiq read` finds what was read without it.
"""

import logging
import time
from collections.abc import Collection

from django.db import DatabaseError

from tawthiq.archive.models import Capture
from tawthiq.archive.one_run import one_run
from tawthiq.archive.reading_run import read_one
from tawthiq.archive.table_imports import waiting_imports
from tawthiq.casework.queries.authority import AuthorityInForce
from tawthiq.casework.queries.corrections import InForce
from tawthiq.casework.queries.reading_corrections import ReadingsInForce
from tawthiq.casework.queries.table_imports import TablesInForce
from tawthiq.records.errors import ArchiveBusy, TawthiqError
from tawthiq.store.place_packs import chosen, packs_folder
from tawthiq.web.correction.effect import BUSY_SECONDS, Effect
from tawthiq.web.custody import open_archive
from tawthiq.web.link_deciding.effect import take_effect as link_anew

MOST_ROWS = 2000  # rows that are read while a person waits
MOST_LINKED = 200  # rows that are linked while a person waits
_PAUSE = 0.1


def take_effect(captures: Collection[str], rows: int) -> Effect:
    """Read the items of `captures` as the imports in force say, when they are small enough and no other run is at work."""
    if rows > MOST_ROWS:
        return Effect.LATER
    waiting = waiting_imports(TablesInForce(), captures)
    patience = time.monotonic() + BUSY_SECONDS
    try:
        with open_archive() as folder:
            for number in waiting:
                while True:
                    try:
                        with one_run(folder.path, "an import in the pages"):
                            packs = chosen(packs_folder(), ())
                            result = read_one(
                                folder,
                                number,
                                packs,
                                InForce(),
                                authorities=AuthorityInForce(),
                                readings=ReadingsInForce(),
                                tables=TablesInForce(),
                            )
                        break
                    except ArchiveBusy:
                        if time.monotonic() > patience:
                            return Effect.LATER
                        time.sleep(_PAUSE)
                if isinstance(result, TawthiqError):
                    return Effect.FAILED
    except (TawthiqError, DatabaseError) as error:
        logging.getLogger("django").error("an imported table was not read: %s", error)
        return Effect.FAILED
    if rows <= MOST_LINKED:
        link_anew()
    return Effect.DONE


def is_waiting(capture: Capture) -> bool:
    """Whether an item was read otherwise than the import in force says."""
    return bool(waiting_imports(TablesInForce(), {capture.identifier}))
