"""Rows of derived state, one module per noun.

Primary keys follow from the log and from the order of things in a text, never from a counter of the database: dropping
the rows and reading again gives the same bytes.
"""

from tawthiq.archive.models.archive_key import ArchiveKey
from tawthiq.archive.models.blocks import BlockPage, KnownBlock, ShownBlock
from tawthiq.archive.models.captures import Capture
from tawthiq.archive.models.claims import AttachedStatement, Claim, Position, ReportSource, Slot
from tawthiq.archive.models.events import Event, EventActor, EventCount, EventPlace, EventVictim
from tawthiq.archive.models.export_files import ExportFile
from tawthiq.archive.models.incident_summaries import IncidentPlace, IncidentToll
from tawthiq.archive.models.link_memory import (
    LinkSecret,
    LinkStatistics,
    RememberedCopy,
    RememberedEvent,
    RememberedKey,
    RememberedReport,
    RememberedShingle,
    RememberedWord,
    StandingShingle,
    UnlinkedReport,
)
from tawthiq.archive.models.links import (
    CopyFamily,
    CopyMember,
    CopyPassage,
    Incident,
    IncidentEvent,
    IncidentReport,
    LinkedReport,
    LinkRun,
)
from tawthiq.archive.models.log_acts import LogAct, LogActItem
from tawthiq.archive.models.reports import Post, ReaderComment, Report, SearchText, SecondOpinion, Sheet, Zone
from tawthiq.archive.models.statements import Statement

__all__ = [
    "ArchiveKey",
    "AttachedStatement",
    "BlockPage",
    "Capture",
    "Claim",
    "CopyFamily",
    "CopyMember",
    "CopyPassage",
    "Event",
    "EventActor",
    "EventCount",
    "EventPlace",
    "EventVictim",
    "ExportFile",
    "Incident",
    "IncidentEvent",
    "IncidentPlace",
    "IncidentReport",
    "IncidentToll",
    "KnownBlock",
    "LinkRun",
    "LinkSecret",
    "LinkStatistics",
    "LinkedReport",
    "LogAct",
    "LogActItem",
    "Position",
    "Post",
    "ReaderComment",
    "RememberedCopy",
    "RememberedEvent",
    "RememberedKey",
    "RememberedReport",
    "RememberedShingle",
    "RememberedWord",
    "Report",
    "ReportSource",
    "SearchText",
    "SecondOpinion",
    "Sheet",
    "ShownBlock",
    "Slot",
    "StandingShingle",
    "Statement",
    "UnlinkedReport",
    "Zone",
]
