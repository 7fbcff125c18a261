"""What tests of the whole chain ask of an archive's database, in plain SQL: no model of ours stands between."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

OF_REPORTS = ("statement", "event", "claim")
OF_EVENTS = ("eventplace", "eventactor", "eventvictim", "eventcount")
MENTIONS = ("", "speaker_", "cue_", "when_")
# The full-text index divides its rows into segments as it likes; what it indexes stands in archive_searchtext.
DERIVED = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'archive_%' AND name NOT LIKE 'archive_search_%'"
)


def derived_rows(database: Path) -> dict[str, list[str]]:
    """Every row of every table of derived state, in a fixed order.

    The secret by which linking's memory keys names is drawn anew with a new database, on purpose, and left out.
    """
    with sqlite3.connect(database) as connection:
        names = sorted(name for (name,) in connection.execute(DERIVED) if name != "archive_linksecret")
        return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names}


def claimed_and_found(database: Path) -> Iterator[tuple[str, str, str]]:
    """For each mention of each row: the table, the text it claims, and what the report holds at its offsets."""
    with sqlite3.connect(database) as connection:
        texts: dict[int, str] = dict(connection.execute("SELECT capture_id, text FROM archive_report"))
        for table in OF_REPORTS + OF_EVENTS:
            where = "" if table in OF_REPORTS else " JOIN archive_event ON archive_event.key = part.event_id"
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info(archive_{table})")}
            for kind in MENTIONS:
                if f"{kind}start" not in columns:
                    continue
                chosen = f"part.{kind}start, part.{kind}end, part.{kind}text"
                query = (
                    f"SELECT report_id, {chosen} FROM archive_{table} AS part{where} WHERE part.{kind}start NOT NULL"
                )
                for report, start, end, claimed in connection.execute(query):
                    yield f"{table} {kind}", claimed, texts[report][start:end]
