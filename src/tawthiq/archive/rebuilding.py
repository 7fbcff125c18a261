"""Readings and links from evidence: what `tawthiq read` and `tawthiq link` do in an archive.

This module needs no Django to be imported: it opens the archive's database first and then hands over to the modules that
work on its rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tawthiq.archive.database import open_database, set_up_django, storing_rows
from tawthiq.archive.one_run import one_run
from tawthiq.page.second_opinion import available
from tawthiq.records.errors import TawthiqError
from tawthiq.records.proposal import Proposer
from tawthiq.store import ArchiveFolder
from tawthiq.store.place_packs import gazetteer_with, stamp

if TYPE_CHECKING:
    from tawthiq.archive.authority import Authorities
    from tawthiq.archive.corrections import Corrections
    from tawthiq.archive.link_memory_incidents import Decided
    from tawthiq.archive.reading_corrections import ReadingCorrections
    from tawthiq.archive.table_imports import TableImports
    from tawthiq.linking.scoring import Weights


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of one item: a report, an item that holds none (`reason`), or a failure (`error`).

    `unused` says why an adapter's answers about a report could not be used.
    """

    number: int
    source: str
    reason: str | None
    error: TawthiqError | None
    done: int
    total: int
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What one run of reading did; `failed` names every item that could not be read.

    `unhelped` counts the reports about which an adapter gave an answer of no use, `again` those read once more because
    the run found out what their host repeats on its pages.
    """

    read: int
    kept: int
    failed: tuple[TawthiqError, ...]
    unhelped: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What one run of linking found, and what it did.

    `reports`, `families` and `incidents` are all that there are now; `added` reports were not linked before, `changed`
    incidents were made, made anew or dissolved. `full` says why everything was linked anew, empty where it was not.
    """

    reports: int
    families: int
    incidents: int
    added: int = 0
    changed: int = 0
    full: str = ""


def read_archive(
    folder: ArchiveFolder,
    again: bool = False,
    progress: Callable[[ReadOutcome], None] | None = None,
    workers: int | None = None,
    packs: tuple[Path, ...] = (),
    *,
    adapter: Proposer | None = None,
    second_opinion: bool | None = None,
    corrections: "Corrections | None" = None,
    recognize: bool | None = None,
    authorities: "Authorities | None" = None,
    readings: "ReadingCorrections | None" = None,
    tables: "TableImports | None" = None,
) -> ReadSummary:
    """Read every capture that has not been read; with `again`, drop all readings and links and read everything anew.

    `packs` are the files of the place packs to read with; each report records their names and digest beside the version
    of the reader, and so they do with the `adapter` that may add values. A `second_opinion` of each page's body is asked for
    as told, else as the archive's settings say, and where its extractor is installed; no reading depends on it. Whether to
    `recognize` characters on pictures of sheets is told alike. An item
    that cannot be read is stored with its error and the rest goes on. Rows are saved in small transactions, so a run that
    is ended at any moment is finished by the next one. `corrections` are the decisions of people that are in force; what was
    read without them is read again. `authorities` gives the actors and places that people decided
    about; reports in which a name stands that means something else than before are read again.
    `readings` gives what they decided about readings, which wins over every reader; `tables` says which items are tables whose
    rows are events, and what their columns hold. Raises ArchiveBusy while
    another run reads or links this archive, StorageFailed when the disk refuses the rows.
    """
    open_database(folder.database)
    from tawthiq.archive.reading_run import run  # noqa: PLC0415  models need the database opened above

    with one_run(folder.path, "tawthiq read"), storing_rows(folder.database):
        asking = folder.settings.second_opinion if second_opinion is None else second_opinion
        return run(
            folder,
            again,
            progress or _silent,
            workers,
            packs,
            adapter=adapter,
            second_opinion=asking and available(),
            corrections=corrections,
            recognize=recognize,
            authorities=authorities,
            readings=readings,
            tables=tables,
        )


def link_archive(
    folder: ArchiveFolder,
    progress: Callable[[int, int], None] | None = None,
    constraints: "Decided | None" = None,
    weights: "Weights | None" = None,
    again: bool = False,
) -> LinkSummary:
    """Link the reports of the archive that are new, read anew or decided about since the last run; with `again`, all.

    Everything is linked anew also when too much has changed (`archive.link_memory_run`); the links are the same either way.
    `progress` is told how many reports of how many are at hand. `constraints` gives the decisions of people about documents
    (`archive.link_memory_incidents.Way`), `weights` those learnt from them, the shipped ones where None. Rows are saved in
    small transactions: a run that is ended at any moment is finished by the next one. Raises as `read_archive` does.
    """
    open_database(folder.database)
    from tawthiq.archive.link_memory_run import relink  # noqa: PLC0415  models need the database opened above

    with one_run(folder.path, "tawthiq link"), storing_rows(folder.database):
        return relink(progress, constraints, weights, again=again)


def reader_of(packs: tuple[Path, ...], adapter: Proposer | None, authorities: "Authorities | None" = None) -> str:
    """The stamp that readings made with these carry: version, place packs with their digest, authority, adapter."""
    set_up_django()
    from tawthiq.archive.saving import reader  # noqa: PLC0415  models need Django set up above

    decided = authorities.now()[0] if authorities else ""
    return reader(stamp(gazetteer_with(packs).packs), adapter.identity if adapter else None, decided)


def unread_items(folder: ArchiveFolder) -> int:
    """How many items of evidence `tawthiq read` has not looked at yet. The database is open already."""
    from tawthiq.archive.captures import unread  # noqa: PLC0415  models need an open database

    return unread(folder)


def _silent(_outcome: ReadOutcome) -> None:
    """No progress is shown."""
