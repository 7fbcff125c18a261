"""Dropping derived rows: the first half of every rebuild. Evidence and casework are never touched."""

from django.db import connection, models

from tawthiq.archive.models import (
    AttachedStatement,
    BlockPage,
    Capture,
    Claim,
    CopyFamily,
    CopyMember,
    CopyPassage,
    Event,
    EventActor,
    EventCount,
    EventPlace,
    EventVictim,
    ExportFile,
    Incident,
    IncidentEvent,
    IncidentPlace,
    IncidentReport,
    IncidentToll,
    KnownBlock,
    LinkedReport,
    LinkRun,
    LinkStatistics,
    LogAct,
    LogActItem,
    Position,
    Post,
    ReaderComment,
    RememberedCopy,
    RememberedEvent,
    RememberedKey,
    RememberedReport,
    RememberedShingle,
    RememberedWord,
    Report,
    ReportSource,
    SearchText,
    SecondOpinion,
    Sheet,
    ShownBlock,
    Slot,
    StandingShingle,
    Statement,
    UnlinkedReport,
    Zone,
)

MEMORY: tuple[type[models.Model], ...] = (
    LinkStatistics, RememberedCopy, RememberedEvent, RememberedKey, RememberedReport, RememberedShingle, RememberedWord,
    StandingShingle,
)  # fmt: skip
# Each table before those that it refers to.
LINKS: tuple[type[models.Model], ...] = (
    *MEMORY, UnlinkedReport, LinkRun, LinkedReport, ReportSource, AttachedStatement, IncidentPlace, IncidentToll,
    Claim, Position, Slot,
    IncidentEvent, IncidentReport, Incident, CopyPassage, CopyMember, CopyFamily,
)  # fmt: skip
READINGS: tuple[type[models.Model], ...] = (
    EventCount, EventVictim, EventActor, EventPlace, Event, Statement, Zone, ReaderComment, Post, Sheet,
    SecondOpinion, SearchText, KnownBlock, ShownBlock, BlockPage, Report, ExportFile, Capture,
    LogActItem, LogAct,
)  # fmt: skip


def drop_links() -> None:
    """Delete all copy families, incidents and claims, and what linking remembers. The caller holds the transaction."""
    _empty(LINKS)


def drop_memory() -> None:
    """Delete what linking remembers, so that the next one starts anew; links stay. The caller holds the transaction."""
    _empty(MEMORY)


def drop_readings() -> None:
    """Delete all derived rows, links included. The caller holds the transaction."""
    _empty(LINKS + READINGS)


def _empty(tables: tuple[type[models.Model], ...]) -> None:
    """Plain DELETEs: nothing is loaded, whatever the size of the archive."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table._meta.db_table)}")  # noqa: S608
