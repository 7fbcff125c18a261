"""What people do in the pages, as entries of the custody log: the name they chose, the act, the time, and what it was
done to; a decision enters with its digest, never with its words.

A busy or failing log must keep nobody out, and no act may be lost: it is first written down durably (`store.waiting`), then
the log is waited for `WAIT_SECONDS`, by one request at a time: who comes meanwhile goes on, and the act is logged with
others within `LATER_SECONDS`. What the log cannot take yet goes in when the archive is opened next, with the time at which
it happened. An act that even the disk refuses waits in the server's memory and is told on the terminal at its end.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Timer

from tawthiq.records.errors import StorageFailed, TawthiqError
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.waiting import put_down

OWNER_MADE, SIGNED_IN, SIGNED_OUT = "owner-made", "signed-in", "signed-out"
USER_INVITED, USER_JOINED, INVITATION_WITHDRAWN = "user-invited", "user-joined", "invitation-withdrawn"
ROLE_CHANGED, USER_RESET, TEAM_RULES_CHANGED = "role-changed", "user-reset", "team-rules-changed"
USER_DEACTIVATED, USER_REACTIVATED = "user-deactivated", "user-reactivated"
PASSWORD_CHANGED, SESSIONS_ENDED = "password-changed", "sessions-ended"
FACTOR_ADDED, FACTOR_REMOVED, FACTOR_SUSPECTED = "factor-added", "factor-removed", "factor-suspected"
RECOVERY_CODES_MADE, RECOVERY_CODE_USED = "recovery-codes-made", "recovery-code-used"
SIGN_IN_BLOCKED = "sign-in-blocked"
PAGE_CORRECTED, PAGE_CONFIRMED, CORRECTION_WITHDRAWN = "page-corrected", "page-confirmed", "correction-withdrawn"
LINKS_DECIDED = "links-decided"
READING_DECIDED, REPORT_REVIEWED, REVIEW_WITHDRAWN = "reading-decided", "report-reviewed", "review-withdrawn"
TABLE_IMPORTED, TABLE_WITHDRAWN = "table-imported", "import-withdrawn"
PEOPLE_PROPOSED, PEOPLE_DECIDED = "people-proposed", "people-decided"
PERSON_CHANGED, PERSON_REVEALED, PERSONS_SEARCHED = "person-changed", "person-revealed", "persons-searched"
FIELD_KEY_ROTATED, FIELD_KEY_BEGUN = "field-key-rotated", "field-key-begun"
DATABASE_MOVED = "database-moved"
AUTHORITY_DECIDED, AUTHORITY_WITHDRAWN = "authority-decided", "authority-withdrawn"
GROUP_MADE, GROUP_RENAMED, GROUP_MEMBERS_CHANGED = "group-made", "group-renamed", "group-members-changed"
ITEM_RESTRICTED, RESTRICTION_LIFTED = "item-restricted", "restriction-lifted"
LAYER_ADDED, LAYER_CHOSEN = "layer-added", "layer-chosen"
ASSIGNED, BULK_DONE, BULK_UNDONE = "assigned", "bulk-done", "bulk-undone"
CASE_OPENED, SHEET_GIVEN, SHEET_WITHDRAWN, SHEETS_OPENED = (
    "case-opened",
    "sheet-given",
    "sheet-withdrawn",
    "sheets-opened",
)
CASE_QUALIFIED, PUBLICATION_PROPOSED = "case-qualified", "publication-proposed"
CASE_PUBLISHED, CASE_UNPUBLISHED = "case-published", "case-unpublished"
TOKEN_MADE, TOKEN_REVOKED, API_READ = "token-made", "token-revoked", "api-read"
WAIT_SECONDS = 2.0
LATER_SECONDS = 2.0

_refused: dict[Path, list[LogEvent]] = {}
_due: set[Path] = set()
_lock = Lock()
_logging = Lock()  # held by whoever waits for the log or writes it


def record(
    folder: Path | None,
    kind: str,
    name: str,
    *,
    subject: str | None = None,
    facts: Mapping[str, object] | None = None,
    at: datetime | None = None,
    later: bool = False,
) -> None:
    """Log that the user called `name` did `kind`, together with what still waits; without a folder, nothing.

    `subject` names the item acted on (the user, when left out), `facts` what else the entry commits to, `at` the moment. With
    `later`, nobody waits for the log: the act is written down, and logged within `LATER_SECONDS` or at the next opening.
    """
    if folder is None:
        return
    event = LogEvent(kind, at or datetime.now(UTC), name, subject or name, dict(facts or {}))
    with _lock:
        _write_down(folder, [*_refused.pop(folder, []), event])
    if later or not _logging.acquire(blocking=False):
        _write_soon(folder)
        return
    try:
        write_waiting(folder)
    finally:
        _logging.release()


def put_first(
    folder: Path | None, kind: str, name: str, *, subject: str, facts: Mapping[str, object], at: datetime
) -> None:
    """Write down an act that must not take place unless it is logged, before it does; `write_waiting` logs it.

    Raises StorageFailed where not even the disk takes it: then the act is not to be done.
    """
    if folder is not None:
        put_down(folder, LogEvent(kind, at, name, subject, dict(facts)))


def write_waiting(folder: Path, *, last: bool = False) -> None:
    """Log and sign what waits. With `last`, acts that not even the disk takes are told on the terminal."""
    with _lock:
        _due.discard(folder)
        _write_down(folder, _refused.pop(folder, []))
        left = list(_refused.get(folder, []))
    try:
        with ArchiveFolder.open(folder, wait_seconds=WAIT_SECONDS) as archive:
            logged = archive.log_waiting()
    except TawthiqError:
        logged = False
    if last and not logged:
        _tell("acts of people wait to be logged: the next command that opens the archive does it")
    if last and left:
        told = ", ".join(f"{event.kind} {event.subject!r} {event.time:%H:%M:%S} UTC" for event in left)
        _tell(f"not in the custody log: {told}")


def _write_down(folder: Path, events: list[LogEvent]) -> None:
    """Put acts where a crash cannot reach them; those that the disk refuses are tried again with the next act."""
    for at, event in enumerate(events):
        try:
            put_down(folder, event)
        except StorageFailed:
            _refused[folder] = events[at:]
            return


def _write_soon(folder: Path) -> None:
    """Have what waits logged by a thread of its own, one at a time for each archive."""
    with _lock:
        if folder in _due:
            return
        _due.add(folder)
    timer = Timer(LATER_SECONDS, _write_later, (folder,))
    timer.daemon = True
    timer.start()


def _write_later(folder: Path) -> None:
    """A thread's whole work: nothing that goes wrong in it is lost, since what waits is on disk."""
    try:
        with _logging:
            write_waiting(folder)
    except Exception as error:
        _tell(f"the custody log could not be written ({error}); acts wait for the next opening")


def _tell(text: str) -> None:
    logging.getLogger("django").error(text)
