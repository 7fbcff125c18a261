"""One run over the captures that have no reading yet: items through the pool, pages read there, rows saved here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, OperationalError, transaction

from tawthiq.archive.authority import Authorities, mark_renamed
from tawthiq.archive.blocks import BlockMemory
from tawthiq.archive.captures import capture_of, take_in
from tawthiq.archive.corrections import Corrections, correction_for, mark_outdated
from tawthiq.archive.dropping import drop_readings
from tawthiq.archive.export_files import take_in_export_files
from tawthiq.archive.models import Capture
from tawthiq.archive.reading_corrections import ReadingCorrections, mark_undecided, with_decisions
from tawthiq.archive.rebuilding import ReadOutcome, ReadSummary
from tawthiq.archive.replacing import drop_report
from tawthiq.archive.saving import reader, save_report
from tawthiq.archive.table_imports import TableImports, import_for, mark_imports
from tawthiq.lexicon.authority_overlay import NOTHING
from tawthiq.pipeline.document_items import recognizing
from tawthiq.pipeline.export_parts import part_in
from tawthiq.pipeline.jobs import WorkerDied, in_order
from tawthiq.pipeline.read_capture import Item, NotAPage, ReadCapture, read_item
from tawthiq.pipeline.record_place import ordinal_in
from tawthiq.records.authority import Overlay
from tawthiq.records.errors import TawthiqError, UnreadableCapture
from tawthiq.records.proposal import Proposer
from tawthiq.store import ArchiveFolder
from tawthiq.store.place_packs import gazetteer_with, stamp

Result = ReadCapture | NotAPage | TawthiqError
SAVED_AT_ONCE = 20


def run(
    folder: ArchiveFolder,
    again: bool,
    progress: Callable[[ReadOutcome], None],
    workers: int | None,
    packs: tuple[Path, ...],
    *,
    adapter: Proposer | None = None,
    second_opinion: bool = False,
    corrections: Corrections | None = None,
    recognize: bool | None = None,
    authorities: Authorities | None = None,
    readings: ReadingCorrections | None = None,
    tables: TableImports | None = None,
) -> ReadSummary:
    """Read what is unread. See `rebuilding.read_archive`."""
    decided, overlay = authorities.now() if authorities else ("", NOTHING)
    by = reader(stamp(gazetteer_with(packs).packs), adapter.identity if adapter else None, decided)
    if again:
        with transaction.atomic():
            drop_readings()
    take_in(folder)
    take_in_export_files(folder)
    mark_outdated(corrections)
    mark_undecided(readings)
    mark_imports(tables)
    mark_renamed(authorities, gazetteer_with(packs))
    tally = _Tally(Capture.objects.filter(state=Capture.State.UNREAD).count(), progress)
    waiting: list[tuple[int, Result]] = []
    way = _Way(packs, adapter, second_opinion, corrections, BlockMemory(), recognize, overlay, tables)
    saving = _Saving(by, way.memory, readings)
    try:
        while Capture.objects.filter(state=Capture.State.UNREAD).exists():  # what the memory wants read again included
            for item, result in in_order(read_item, _items(folder, way), 1 if adapter and workers is None else workers):
                waiting.append((item.number, _settled(item, result)))
                if len(waiting) >= SAVED_AT_ONCE:
                    _save(waiting, tally, saving)
            _save(waiting, tally, saving)
    finally:
        _save(waiting, tally, saving)
    return ReadSummary(tally.read, tally.kept, tuple(tally.failed), tally.unhelped, tally.again)


class _Tally:
    """Counts outcomes and tells the caller of each; what the memory of its host has read once more is counted apart."""

    def __init__(self, total: int, progress: Callable[[ReadOutcome], None]) -> None:
        self.total, self.progress = total, progress
        self.read = self.kept = self.unhelped = 0
        self.failed: list[TawthiqError] = []
        self.outdated: set[int] = set()
        self.again = 0

    def add(self, row: Capture, result: Result) -> None:
        if row.number in self.outdated and not isinstance(result, TawthiqError):
            self.outdated.discard(row.number)
            self.again += 1
            return
        self.read += isinstance(result, ReadCapture)
        self.kept += isinstance(result, NotAPage)
        error = result if isinstance(result, TawthiqError) else None
        if error:
            self.failed.append(error)
        reason = result.reason if isinstance(result, NotAPage) else None
        unused = result.unused if isinstance(result, ReadCapture) else ()
        self.unhelped += bool(unused)
        done = self.read + self.kept + len(self.failed)
        self.progress(ReadOutcome(row.number, row.source, reason, error, done, self.total, unused))


@dataclass(frozen=True, slots=True)
class _Way:
    """With what items are read: see `read_capture.Item`. Without `recognize`, the archive's settings tell."""

    packs: tuple[Path, ...]
    adapter: Proposer | None
    second_opinion: bool
    corrections: Corrections | None
    memory: BlockMemory
    recognize: bool | None = None
    overlay: Overlay = NOTHING
    tables: TableImports | None = None


@dataclass(frozen=True, slots=True)
class _Saving:
    """With what outcomes are saved: the reader's stamp, the memory of hosts, and what people decided about readings."""

    by: str
    memory: BlockMemory
    readings: ReadingCorrections | None = None

    def decided(self, rows: Sequence[Capture], results: Sequence[Result]) -> list[Result]:
        """The outcomes of these captures, readings as people decided."""
        if self.readings is None:
            return list(results)
        about = self.readings.of([row.identifier for row in rows])
        return [
            with_decisions(result, about.get(row.identifier, ())) if isinstance(result, ReadCapture) else result
            for row, result in zip(rows, results, strict=True)
        ]


def read_one(
    folder: ArchiveFolder,
    number: int,
    packs: tuple[Path, ...],
    corrections: Corrections | None,
    *,
    second_opinion: bool = False,
    authorities: Authorities | None = None,
    readings: ReadingCorrections | None = None,
    tables: TableImports | None = None,
) -> Result:
    """Read one item anew and replace its rows, by grammar alone. The caller holds the right to rewrite rows (`one_run`)."""
    decided, overlay = authorities.now() if authorities else ("", NOTHING)
    way = _Way(packs, None, second_opinion, corrections, BlockMemory(), overlay=overlay, tables=tables)
    by = reader(stamp(gazetteer_with(packs).packs), authority=decided)
    result = read_item(_item(folder, number, way))
    with transaction.atomic():
        row = Capture.objects.get(number=number)
        (result,) = _Saving(by, way.memory, readings).decided([row], [result])
        result = _save_one(row, result, by)
        way.memory.weigh({number: result} if isinstance(result, ReadCapture) else {})
    return result


def undecided(folder: ArchiveFolder, number: int) -> Item:
    """One item as the program takes it by itself: with what is known of its host, without anybody's decision."""
    return _item(folder, number, _Way((), None, False, None, BlockMemory()))


def _items(folder: ArchiveFolder, way: _Way) -> Iterator[Item]:
    """Every unread capture with the place of its preserved record."""
    for number in list(Capture.objects.filter(state=Capture.State.UNREAD).values_list("number", flat=True)):
        yield _item(folder, number, way)


def _item(folder: ArchiveFolder, number: int, way: _Way) -> Item:
    capture = capture_of(Capture.objects.get(number=number))
    return Item(
        number,
        capture,
        folder.path,
        ordinal_in(folder, capture),
        way.packs,
        way.adapter,
        correction=correction_for(way.corrections, capture.id),
        second_opinion=way.second_opinion,
        known=way.memory.known_at(capture.final),
        recognize=recognizing(folder.settings, way.recognize),
        part=part_in(folder, capture),
        overlay=way.overlay or None,
        table=import_for(way.tables, capture.id),
    )


def _settled(item: Item, result: Result | WorkerDied) -> Result:
    """A dead worker's item as an error that names it."""
    if not isinstance(result, WorkerDied):
        return result
    return UnreadableCapture(
        item=item.capture.source,
        happened=str(result),
        advice="the page stays in evidence; free memory and run `tawthiq read --again`",
    )


def _save(waiting: list[tuple[int, Result]], tally: _Tally, saving: _Saving) -> None:
    """Save what waits in one transaction, let the memory of hosts learn from it, then forget it."""
    outcomes = []
    with transaction.atomic():
        rows = [Capture.objects.get(number=number) for number, _ in waiting]
        for row, result in zip(rows, saving.decided(rows, [result for _, result in waiting]), strict=True):
            outcomes.append((row, _save_one(row, result, saving.by)))
        outdated = saving.memory.weigh(
            {row.number: outcome for row, outcome in outcomes if isinstance(outcome, ReadCapture)}
        )
    waiting.clear()
    for row, outcome in outcomes:
        tally.add(row, outcome)
    tally.outdated |= outdated


def _save_one(row: Capture, result: Result, by: str) -> Result:
    """Rows and state of one item, in place of earlier ones; a reading that no row can hold becomes the item's error."""
    drop_report(row.number)
    if isinstance(result, ReadCapture):
        try:
            with transaction.atomic():
                save_report(row, result, by)
        except OperationalError:
            raise  # the disk's or a lock's fault, not this report's
        except (TawthiqError, DatabaseError, OverflowError, ValueError) as error:
            result = _unsaved(row, error)
    if isinstance(result, TawthiqError):
        row.state, row.state_reason, row.state_advice = Capture.State.FAILED, result.happened, result.advice
    elif isinstance(result, NotAPage):
        row.state, row.state_reason = Capture.State.KEPT, result.reason
    else:
        row.state = Capture.State.READ
    row.save(update_fields=["state", "state_reason", "state_advice"])
    return result


def _unsaved(row: Capture, error: Exception) -> TawthiqError:
    if isinstance(error, TawthiqError):
        return error
    return UnreadableCapture(
        item=row.source,
        happened=f"its reading cannot be saved ({type(error).__name__}: {error})",
        advice="the page stays in evidence; report the fault, then run `tawthiq read --again`",
    )
