"""Reports put into an archive's rows without evidence behind them, and all that linking says of them, for tests of links."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from either_database import ON_POSTGRESQL
from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.db import connection, models  # noqa: E402

from tawthiq.archive.event_rows import save_events  # noqa: E402
from tawthiq.archive.link_memory import mark  # noqa: E402
from tawthiq.archive.models import (  # noqa: E402
    AttachedStatement,
    Capture,
    Claim,
    CopyFamily,
    CopyMember,
    CopyPassage,
    Incident,
    IncidentEvent,
    IncidentReport,
    Position,
    RememberedCopy,
    RememberedEvent,
    RememberedKey,
    RememberedReport,
    RememberedShingle,
    RememberedWord,
    Report,
    Slot,
    StandingShingle,
    UnlinkedReport,
    Zone,
)
from tawthiq.archive.replacing import drop_report  # noqa: E402
from tawthiq.records.links import LinkInput  # noqa: E402

LINKS: tuple[type[models.Model], ...] = (
    CopyFamily, CopyMember, CopyPassage, Incident, IncidentReport, IncidentEvent, Slot, Position, Claim, AttachedStatement,
)  # fmt: skip
MEMORY: tuple[type[models.Model], ...] = (
    RememberedCopy, RememberedKey, RememberedReport, RememberedShingle, RememberedWord, StandingShingle, UnlinkedReport,
)  # fmt: skip


def empty_archive(path: Path) -> None:
    """An open database without a report."""
    path.mkdir(exist_ok=True)
    if not ON_POSTGRESQL:
        (path / "tawthiq.sqlite3").write_bytes(_migrated())
    open_database(path / "tawthiq.sqlite3")


@cache
def _migrated() -> bytes:
    """A database with all tables and no row; made once, for migrating takes longer than most tests of links."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "tawthiq.sqlite3"
        open_database(database)
        connection.close()
        return database.read_bytes()


def put(number: int, report: LinkInput) -> None:
    """Save the report under this number, in place of the one that has it."""
    drop_report(number)
    document = report.document
    Capture.objects.get_or_create(number=number, defaults=_capture(number, document.id))
    Report.objects.create(
        capture_id=number,
        language=report.reading.language,
        outlet=document.outlet or "",
        publisher=document.outlet or "host.example",
        published=document.published,
        text=document.text,
        encoding="utf-8",
        statement_count=0,
        event_count=len(report.reading.events),
        reader="test",
    )
    Zone.objects.create(key=number * 2**20, report_id=number, kind="body", start=0, end=len(document.text))
    save_events(number, report.reading.events)
    mark([number])


def erase(number: int) -> None:
    """Take the report out, as erasing does."""
    drop_report(number)
    Capture.objects.filter(number=number).delete()


def all_links() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that says what belongs together, table by table."""
    return {model.__name__: _rows(model) for model in LINKS}


def all_memory() -> dict[str, Any]:
    """Every row that linking remembers; of connected parts, which events are in one."""
    parts: dict[int, set[int]] = {}
    for key, part in RememberedEvent.objects.values_list("key", "part"):
        parts.setdefault(part, set()).add(key)
    found: dict[str, Any] = {model.__name__: _rows(model) for model in MEMORY}
    found["events"] = sorted(RememberedEvent.objects.values_list("key", "first", "last", "rising", "incident"))
    found["parts"] = sorted(map(sorted, parts.values()))
    return found


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    names = [field.name for field in model._meta.local_concrete_fields]
    return sorted((tuple(map(_plain, row)) for row in model._default_manager.values_list(*names)), key=repr)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _capture(number: int, identifier: str) -> dict[str, Any]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return {
        "identifier": identifier, "kind": "file", "source": f"{identifier}.txt", "final": "", "collected": now, "status": None,
        "path": "", "offset": 0, "length": 0, "sha256": "", "file_sha256": "", "log_index": number, "logged": now,
        "state": "read",
    }  # fmt: skip
