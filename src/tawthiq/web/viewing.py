"""Who looked at which item: every view of preserved material by a signed-in person enters the custody log.

Which addresses show such material is the one table here. A person, an item and an hour make one entry, however many pages are
opened, and one more for the first download of the bytes. The entry names the item and never what it holds. Nothing of this
may slow or break a page: the act is written down on disk and logged by others (`casework.domain.custody`).
"""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tawthiq.archive.models import Capture
from tawthiq.casework.domain import custody
from tawthiq.store.custody_events import VIEWED
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings

# Name of the address, what it shows, and which parts of the address are numbers of items. A view that shows words of items
# which its address does not name sets their numbers as `items_shown` of the request.
SHOWN = {
    "report": ("report", ("number",)),
    "desk": ("report", ("number",)),
    "desk-read": ("report", ("number",)),
    "desk-history": ("report", ("number",)),
    "desk-beside": ("report", ()),
    "page-view": ("page", ("number",)),
    "page-correct": ("page", ("number",)),
    "page-corrections": ("page", ("number",)),
    "import-table": ("evidence", ("number",)),
    "import-problems": ("evidence", ("number",)),
    "evidence-item": ("evidence", ("number",)),
    "captures-compare": ("page", ("number", "other")),
    "evidence-media": ("evidence", ("number",)),
    "payload": ("payload", ("number",)),
    "visit-picture": ("evidence", ("number",)),
    "visit-part": ("payload", ("number",)),
    "incident": ("report", ()),
    "case": ("report", ()),
    "case-sheet": ("report", ()),
    "case-withdraw": ("report", ()),
    "case-qualify": ("report", ()),
    "case-publish": ("report", ()),
    "incident-timeline": ("report", ()),
    "map": ("report", ()),
    "map-marks": ("report", ()),
    "link-queue": ("report", ()),
    "queue-proposal": ("report", ()),
    "link-decisions": ("report", ()),
    "incident-same": ("report", ()),
    "item-restrict": ("evidence", ("number",)),
    "people": ("people", ()),
    "people-pair": ("people", ()),
    "people-decide": ("people", ()),
    "person": ("report", ()),
    "person-edit": ("report", ()),
    "person-reveal": ("report", ()),
}
_DOWNLOAD = "payload"
_MOST_KNOWN = 50_000

_known: set[tuple[Path, str, int, bool, str]] = set()
_lock = Lock()


class LoggedViews:
    """Logs that a person saw an item, once the answer is there and only when it showed the item."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, as it would be without this."""
        response = self.get_response(request)
        try:
            if response.status_code == 200 and request.method in ("GET", "HEAD", "POST"):
                _note(request)
        except Exception as error:
            logging.getLogger("django").error("a view could not be logged: %s", error)
        return response


def _note(request: HttpRequest) -> None:
    """Write down which items an answer showed to whom, those left out that are known already."""
    match, folder = request.resolver_match, settings.ARCHIVE_FOLDER
    if match is None or folder is None or match.url_name not in SHOWN or not request.user.is_authenticated:
        return
    page, parts = SHOWN[match.url_name]
    name, moment = request.user.get_username(), datetime.now(UTC)
    numbers = [number for part in parts if isinstance(number := match.kwargs.get(part), int)]
    numbers += getattr(request, "items_shown", [])
    new = list(_new(folder, name, numbers, download=page == _DOWNLOAD, hour=f"{moment:%Y%m%d%H}"))
    if not new or not read_settings(Layout(folder).settings).log_views:
        return
    for identifier in Capture.objects.filter(number__in=new).values_list("identifier", flat=True):
        custody.record(folder, VIEWED, name, subject=identifier, facts={"page": page}, at=moment, later=True)


def _new(folder: Path, name: str, numbers: list[int], *, download: bool, hour: str) -> Iterator[int]:
    """The items that this person has not been shown in this hour."""
    with _lock:
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        for number in numbers:
            view = (folder, name, number, download, hour)
            if view not in _known:
                _known.add(view)
                yield number
