"""A decision takes effect: its one report is read anew at once, or left for `tawthiq read` where that would take long.

The decision itself is safe before this begins; whatever stops the reading here, the next `tawthiq read` finds that the
report was read without it and reads it again.
"""

import logging
from enum import StrEnum

from django.db import DatabaseError

from tawthiq.archive.models import Report
from tawthiq.archive.one_run import one_run
from tawthiq.archive.reading_run import Result, read_one, undecided
from tawthiq.archive.restoring_pages import page_of
from tawthiq.casework.queries.authority import AuthorityInForce
from tawthiq.casework.queries.corrections import InForce
from tawthiq.casework.queries.reading_corrections import ReadingsInForce
from tawthiq.casework.queries.table_imports import TablesInForce
from tawthiq.page.second_opinion import available
from tawthiq.pipeline.correct_page import CORRECTED, UNFIT
from tawthiq.pipeline.read_capture import ReadCapture, page_item
from tawthiq.records.errors import ArchiveBusy, TawthiqError
from tawthiq.records.page import Page, SheetOrigin
from tawthiq.store import ArchiveFolder
from tawthiq.store.place_packs import chosen, packs_folder
from tawthiq.web.custody import open_archive

LARGEST_TEXT = 150_000  # code points; a text of this length is read within a few seconds on a slow machine
LARGEST_PAYLOAD = 5_000_000  # bytes, as stored
BUSY_SECONDS = 2.0


class Effect(StrEnum):
    """What became of a decision: in force in the report, to come with the next `tawthiq read`, not fitting, or failed."""

    DONE = "done"
    LATER = "later"
    UNFIT = "unfit"
    FAILED = "failed"


def take_effect(number: int) -> Effect:
    """Read report `number` anew by the decision in force, when it is small enough and no other run is at work."""
    row = Report.objects.select_related("capture").filter(pk=number).first()
    if row is None or row.capture.length > LARGEST_PAYLOAD or len(row.text) > LARGEST_TEXT or _is_scan(row):
        return Effect.LATER
    try:
        with open_archive() as folder:
            asking = folder.settings.second_opinion and available()
            result = read_anew(folder, number, "a correction in the pages", second_opinion=asking)
    except ArchiveBusy:
        return Effect.LATER
    except (TawthiqError, DatabaseError) as error:
        logging.getLogger("django").error("the report %s was not read anew: %s", number, error)
        return Effect.FAILED
    if not isinstance(result, ReadCapture):
        return Effect.FAILED
    return Effect.UNFIT if result.corrected.endswith(UNFIT) else Effect.DONE


def read_anew(folder: ArchiveFolder, number: int, verb: str, *, second_opinion: bool = False) -> Result:
    """Read an item by all decisions in force; what `read_one` answers. Raises ArchiveBusy while another run is at work."""
    with one_run(folder.path, verb, patience=BUSY_SECONDS):
        return read_one(
            folder,
            number,
            chosen(packs_folder(), ()),
            InForce(),
            second_opinion=second_opinion,
            authorities=AuthorityInForce(),
            readings=ReadingsInForce(),
            tables=TablesInForce(),
        )


def program_page(report: Report) -> Page | None:
    """What the program alone makes of the preserved bytes of a report now; None when it makes no page of them.

    Characters of a scan are not recognized once more: a report that nobody corrected is the program's page itself.
    """
    if _is_scan(report):
        return None if CORRECTED in report.reader else page_of(report)
    try:
        with open_archive() as folder:
            found = page_item(undecided(folder, report.pk))
    except TawthiqError as error:  # the decision is worth keeping without a comparison
        logging.getLogger("django").error("the program was not asked about report %s: %s", report.pk, error)
        return None
    return found if isinstance(found, Page) else None


def _is_scan(report: Report) -> bool:
    """Whether characters of its page were recognized, which takes seconds a sheet."""
    return report.sheets.filter(origin=SheetOrigin.RECOGNIZED.value).exists()
