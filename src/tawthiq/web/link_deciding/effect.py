"""A decision takes effect: the reports it is about are linked anew at once, or with the next `tawthiq link`.

The decision itself is safe before this begins, and its reports are marked: whatever stops the linking here, the next run finds
them. It is left for that run where more than a moment's work waits, or another run is at it.
"""

import logging
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from tawthiq.archive.link_memory_run import relink
from tawthiq.archive.models import Capture, Report, UnlinkedReport
from tawthiq.archive.one_run import one_run
from tawthiq.casework.domain.cases import refresh_about
from tawthiq.casework.queries.link_decisions import constraints_for
from tawthiq.casework.queries.link_lessons import weights_in_use
from tawthiq.records.errors import ArchiveBusy, TawthiqError
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings

MOST_WAITING = 100  # reports that are linked while a person waits
BUSY_SECONDS = 2.0


class Effect(StrEnum):
    """What became of a decision: the incidents follow it already, or will with the next `tawthiq link`."""

    DONE = "done"
    LATER = "later"


def take_effect() -> Effect:
    """Link the reports that wait, when they are few and no other run is at work."""
    folder: Path | None = settings.ARCHIVE_FOLDER
    if folder is None:
        return Effect.LATER
    try:
        with one_run(folder, "a decision in the pages", patience=BUSY_SECONDS):
            return _linked(folder)
    except ArchiveBusy:
        return Effect.LATER
    except (TawthiqError, DatabaseError) as error:
        logging.getLogger("django").error("links were not made anew after a decision: %s", error)
        return Effect.LATER


def _linked(folder: Path) -> Effect:
    if UnlinkedReport.objects.count() > MOST_WAITING or Report.objects.filter(linked=None).count() > MOST_WAITING:
        return Effect.LATER
    weights = weights_in_use(learn=read_settings(Layout(folder).settings).learn)
    if weights is None:
        return Effect.LATER
    waiting = UnlinkedReport.objects.values_list("number", flat=True).union(
        Report.objects.filter(linked=None).order_by().values_list("pk", flat=True)
    )
    documents = list(Capture.objects.filter(number__in=list(waiting)).values_list("identifier", flat=True))
    relink(decided=constraints_for, weights=weights)
    refresh_about(documents)
    return Effect.DONE
