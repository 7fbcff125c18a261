"""What a database says of a full disk, a lock, a lost server or a wrong password, as errors that help.

SQLite tells by result codes (sqlite.org/rescode.html), PostgreSQL by SQLSTATE (its documentation, appendix A).
"""

import sqlite3
from pathlib import Path

from tawthiq.archive.database_address import PostgresAddress
from tawthiq.records.errors import ArchiveBusy, StorageFailed, TawthiqError, WrongUsage

READ_ONLY = (
    "copy the archive to a disk that can be written; `tawthiq search` and `tawthiq verify` work on it where it is"
)
_SPACE = "free some space on the disk and run the command again; what is saved so far is sound"
_DISK_FAULTS = {
    sqlite3.SQLITE_FULL: _SPACE,
    sqlite3.SQLITE_IOERR: "check the disk and its free space, then run the command again; what is saved so far is sound",
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "check the disk and your right to write in the archive folder",
}
_DEEPEST = 8
_BUSY_STATES = frozenset({"55P03", "40P01", "40001"})
_SERVER_FAULTS = {
    "53100": "free some space on the database server's disk and run the command again; what is saved so far is sound",
    "53200": "give the database server more memory, then run the command again; what is saved so far is sound",
    "53300": "raise max_connections of the database server, or end other programs that use it",
    "58030": "check the database server's disk, then run the command again; what is saved so far is sound",
    "25006": "ask for the right to write in the database; it takes no changes now",
}
_LOST = (
    "see that the database server runs and can be reached, then run the command again; what is saved so far is sound"
)
_BUSY_ADVICE = "wait until the other command is done and run this one again; what is saved so far is sound"


def storage_error(place: Path | PostgresAddress, error: Exception) -> TawthiqError | None:
    """The error for a fault of the disk, the server or a lock held too long; None for any other fault."""
    cause = error.__cause__ if error.__cause__ is not None else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(place, cause.sqlite_errorcode & 0xFF if hasattr(cause, "sqlite_errorcode") else 0, error)
    state = _state_of(cause)
    if isinstance(place, PostgresAddress):
        return _of_postgresql(place, state, type(error).__name__ == "OperationalError")
    return None


def _state_of(error: BaseException | None) -> str | None:
    """The SQLSTATE of an error, or of the one that it came up with: many rows go at once, and ending that hides the first."""
    for _ in range(_DEEPEST):
        if error is None:
            break
        state = getattr(error, "sqlstate", None)
        if state:
            return str(state)
        error = error.__cause__ or error.__context__
    return None


def closed(place: Path, reason: str) -> StorageFailed:
    """The error for a file that cannot be opened as a database."""
    return StorageFailed(
        item=str(place),
        happened=f"the database cannot be opened ({reason})",
        advice="check the disk; readings can be rebuilt with `tawthiq read --again` after the file is moved away, "
        "but users and decisions live only in it",
    )


def unreachable(address: PostgresAddress, reason: str) -> WrongUsage:
    """The error for a server that does not let us in; `reason` is its first line, which holds no password."""
    return WrongUsage(
        item=str(address),
        happened=f"the database server does not let us in ({reason.splitlines()[0] if reason else 'no answer'})",
        advice="see that it runs and that host, port, name, user and password are right; a password may stand in "
        "~/.pgpass or in TAWTHIQ_DATABASE",
    )


def _of_sqlite(place: Path | PostgresAddress, code: int, error: Exception) -> TawthiqError | None:
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveBusy(item=str(place), happened="another process keeps the database locked", advice=_BUSY_ADVICE)
    if code not in _DISK_FAULTS:
        return None
    return StorageFailed(item=str(place), happened=f"the disk refused ({error})", advice=_DISK_FAULTS[code])


def _of_postgresql(place: PostgresAddress, state: str | None, operational: bool) -> TawthiqError | None:
    if state in _BUSY_STATES:
        return ArchiveBusy(item=str(place), happened="another process keeps the database locked", advice=_BUSY_ADVICE)
    if state in _SERVER_FAULTS:
        return StorageFailed(
            item=str(place), happened=f"the server refused (SQLSTATE {state})", advice=_SERVER_FAULTS[state]
        )
    if operational and (state is None or state[:2] in ("08", "57")):
        return StorageFailed(item=str(place), happened="the database server was lost", advice=_LOST)
    return None
