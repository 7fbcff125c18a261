"""Handing items over: what of an archive goes into an evidence package, the package, and the log's word of it.

Order of writing: the package as `NAME.part`, on disk; the log's events `exported` (and `transferred`), signed; the proof of
`exported` as `NAME.tlog-proof`; last the package gets its name. So no package without its entry in the log ever has its name,
and an interrupted run leaves a `.part` that the next one replaces.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tawthiq import __version__
from tawthiq.custody.note import VerifierKey
from tawthiq.page import anatomy
from tawthiq.pipeline.package_attachments import Attestations
from tawthiq.pipeline.payload import decoded
from tawthiq.publication.contents import About, EntryProof, Item
from tawthiq.publication.package import removing_if_broken_off, write_package
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import StorageFailed, TawthiqError, WrongUsage
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import ArchiveFolder, events
from tawthiq.store.chain import Part, chain_of
from tawthiq.store.custody_events import EXPORTED, TRANSFERRED
from tawthiq.store.files import move, storing, sync
from tawthiq.store.layout import file_id
from tawthiq.store.printing import printable
from tawthiq.store.proving import Prover

SOFTWARE = f"tawthiq/{__version__}"
SUFFIX, PROOF_SUFFIX = ".wacz", ".tlog-proof"
_TOOLS = "tools"
_TITLED = ("text/html", "application/xhtml")


@dataclass(frozen=True, slots=True)
class HandOver:
    """What will be handed over, before anything is written.

    `items` are captures with their entries, in the order of the log; `related` the entries that tell more of them, by what they
    are looked up with. `beside` counts captures that stand in the same WARC files and were not asked for.
    """

    items: tuple[tuple[Capture, LogEntry], ...]
    related: dict[str, LogEntry]
    attestations: Attestations
    beside: int
    chains: dict[str, tuple[LogEntry, ...]] = field(default_factory=dict)

    @property
    def collectors(self) -> list[str]:
        """The pseudonyms of who collected the items."""
        return sorted({entry.event.actor for _, entry in self.items if entry.event})

    @property
    def chain(self) -> list[LogEvent]:
        """What was done with the items since they were collected, where that goes along, in the order of the log."""
        found = {entry.index: entry.event for chain in self.chains.values() for entry in chain if entry.event}
        return [event for _, event in sorted(found.items())]

    @property
    def reasons(self) -> list[str]:
        """The reasons and cases that were given when collecting."""
        return sorted({text for _, entry in self.items for text in _own_words(entry)})

    @property
    def unattested(self) -> int:
        """How many items no timestamp and no cosignature covers."""
        return sum(not self.attestations.covered(entry.index) for _, entry in self.items)

    @property
    def length(self) -> int:
        """The bytes of all WARC files."""
        return sum({each.path: _file_length(entry) for each, entry in self.items}.values())


@dataclass(frozen=True, slots=True)
class Packaged:
    """A package in its place: its path, the proof of its export beside it, SHA-256 in hexadecimal, bytes, items."""

    path: Path
    proof: Path
    sha256: str
    length: int
    items: int


def hand_over(archive: ArchiveFolder, names: Sequence[str], *, with_chain: bool = False) -> HandOver:
    """Find what is to be handed over: captures by identifier or by their entry's number, files with every capture in them.

    With the chain, also what the log says was done with them since: views, decisions, other hand-overs. Raises WrongUsage
    naming what the archive does not hold, or holds no longer.
    """
    archive.flush()
    wanted = dict.fromkeys(names, False)
    attestations = Attestations(archive.path, VerifierKey.parse(archive.verifier_key, "keys/archive.pub"))
    items: list[tuple[Capture, LogEntry]] = []
    related: dict[str, LogEntry] = {}
    held: dict[str, int] = {}
    for entry in archive.entries():
        attestations.take(entry)
        if entry.event and entry.event.kind in (events.WARC_KEPT, _TOOLS):
            related[entry.event.subject] = entry
        capture = events.capture_of(entry)
        if capture is None:
            continue
        held[capture.path] = held.get(capture.path, 0) + 1
        called = {capture.id, file_id(capture.path), str(entry.index)} & wanted.keys()
        if called:
            _expect_warc(capture)
            wanted |= dict.fromkeys(called, True)
            items.append((capture, entry))
    missing = next((name for name, found in wanted.items() if not found), None)
    if missing is not None or not items:
        raise WrongUsage(
            item=missing or "package",
            happened="the archive holds no such item, or it was erased",
            advice="run tawthiq log to see the items",
        )
    beside = sum(held[path] for path in {each.path for each, _ in items}) - len(items)
    chains = {capture.id: _chain(archive, capture, entry) for capture, entry in items} if with_chain else {}
    return HandOver(tuple(items), related, attestations, beside, chains)


def package(
    archive: ArchiveFolder,
    handed: HandOver,
    output: Path,
    *,
    to: str | None = None,
    reason: str | None = None,
    with_events: bool = True,
    created: datetime | None = None,
    check: Callable[[Path], None] | None = None,
) -> Packaged:
    """Write the package and log it. `created` is when, now where it is left out; the same input gives the same bytes.

    `check` looks at the file before it is logged and named; what it raises leaves nothing behind.

    Raises WrongUsage when `output` cannot be a package's name, EvidenceDiffers for evidence that is not as it was logged,
    StorageFailed, ArchiveBusy.
    """
    output = output.absolute()
    _expect_place(output, archive)
    archive.unlock()
    moment = created or datetime.now(UTC)
    prover = Prover(archive.path)
    about = About(archive.settings.title, archive.verifier_key, prover.checkpoint, moment, SOFTWARE)
    proving = _Proving(archive, handed, prover, with_events=with_events)
    with storing(str(output)):
        written = write_package(output, about, proving.items(), handed.attestations.attachments(proving.sizes()))
    name, actor = printable(output.name), archive.settings.collector
    facts = {
        "items": [capture.id for capture, _ in handed.items],
        "package_sha256": written.sha256,
        "package_length": written.length,
    }
    happened = [LogEvent(EXPORTED, datetime.now(UTC), actor, name, facts)]
    if to is not None:
        transfer = {"to": to, "how": "evidence package", "reason": reason, **facts}
        happened.append(LogEvent(TRANSFERRED, datetime.now(UTC), actor, name, transfer))
    proof = output.with_name(output.name + PROOF_SUFFIX)
    with removing_if_broken_off(written.part):
        if check is not None:
            check(written.part)
        exported = archive.log(happened)[0]
        archive.flush()
        _put(proof, Prover(archive.path).proof(exported))
        move(written.part, output)
    return Packaged(output, proof, written.sha256, written.length, len(handed.items))


class _Proving:
    """The items of a hand-over with their proofs."""

    def __init__(self, archive: ArchiveFolder, handed: HandOver, prover: Prover, *, with_events: bool) -> None:
        self._archive = archive
        self._handed = handed
        self._prover = prover
        self._with_events = with_events
        self._checkpoints: dict[int, bytes | None] = {}

    def sizes(self) -> set[int]:
        """The sizes of the attested checkpoints that any item's proofs lead to."""
        return {size for _, entry in self._handed.items for size in self._handed.attestations.sizes(entry.index)}

    def items(self) -> Iterator[Item]:
        """Each item, as it is asked for."""
        for capture, entry in self._handed.items:
            yield Item(
                capture=capture,
                file=self._archive.path / capture.path,
                file_length=_file_length(entry),
                title=_title(self._archive, capture),
                event=entry.event if self._with_events else None,
                proofs=tuple(self._proofs(capture, entry)),
            )

    def _proofs(self, capture: Capture, entry: LogEntry) -> Iterator[EntryProof]:
        """The proofs of an item's entry and of those that tell more of it; the item's own lead to attested checkpoints too."""
        yield self._proof(entry, None, self._prover.size)
        for size in sorted(self._handed.attestations.sizes(entry.index)):
            if size not in self._checkpoints:
                found = self._handed.attestations.checkpoint(size)
                self._checkpoints[size] = found[1] if found else None
            if checkpoint := self._checkpoints[size]:
                yield self._proof(entry, checkpoint, size)
        for name in (file_id(capture.path), *_own_facts(entry, _TOOLS)):
            if name in self._handed.related:
                yield self._proof(self._handed.related[name], None, self._prover.size)
        for each in self._handed.chains.get(capture.id, ()):
            if each.index < self._prover.size:
                yield self._proof(each, None, self._prover.size)

    def _proof(self, entry: LogEntry, checkpoint: bytes | None, size: int) -> EntryProof:
        data = self._prover.proof(entry, checkpoint, with_event=self._with_events)
        return EntryProof(entry.index, entry.event.kind if entry.event else "", size, data)


def _chain(archive: ArchiveFolder, capture: Capture, own: LogEntry) -> tuple[LogEntry, ...]:
    """What the log says of an item besides its own entry, but for the file it stands in."""
    links = chain_of(archive.entries_with, capture.id)
    kept = (
        link.entry for link in links if link.part is Part.ITEM and link.entry.index != own.index and link.entry.event
    )
    return tuple(entry for entry in kept if entry.event and entry.event.kind != events.WARC_KEPT)


def _put(path: Path, data: bytes) -> None:
    """Write a small file in one step."""
    draft = path.with_name(f"{path.name}.part")
    with storing(str(path)), draft.open("wb") as stream:
        stream.write(data)
        sync(stream)
    move(draft, path)


def _expect_place(output: Path, archive: ArchiveFolder) -> None:
    """Raises WrongUsage for a name or place that no package can have, StorageFailed where there is no such folder."""
    happened = None
    if output.suffix != SUFFIX:
        happened = f"a package's name ends in {SUFFIX}"
    elif output.exists():
        happened = "it is there already"
    elif archive.path.resolve() in output.resolve().parents:
        happened = "it lies inside the archive, which would not know the file"
    if happened:
        raise WrongUsage(item=str(output), happened=happened, advice="name another file with --output")
    if not output.parent.is_dir():
        raise StorageFailed(item=str(output.parent), happened="there is no such folder", advice="make it first")


def _title(archive: ArchiveFolder, capture: Capture) -> str:
    """What a person would call the item: the page's title where one is found, else its source."""
    if (capture.content_type or "").lower().startswith(_TITLED):
        with suppress(TawthiqError):
            data = decoded(archive.record(capture))
            address = None if capture.kind is SourceKind.FILE else capture.final
            page = anatomy(data, id=capture.id, url=address, content_type=capture.content_type)
            if page.title:
                return page.title
    return capture.source


def _expect_warc(capture: Capture) -> None:
    """Raises WrongUsage for an item inside a WACZ package of another tool: ours holds WARC files, which anyone can check."""
    if capture.path.endswith(SUFFIX):
        raise WrongUsage(
            item=capture.id,
            happened="it lies in another tool's WACZ package, which no package of ours can hold",
            advice=f"hand over {capture.path} as it is, with: tawthiq log --proof {capture.id}",
        )


def _file_length(entry: LogEntry) -> int:
    length = entry.event.facts.get("file_length") if entry.event else None
    return length if isinstance(length, int) else 0


def _own_facts(entry: LogEntry, name: str) -> list[str]:
    """A fact that whoever collected gave, where it is text."""
    facts = entry.event.facts.get("facts") if entry.event else None
    value = facts.get(name) if isinstance(facts, dict) else None
    return [value] if isinstance(value, str) else []


def _own_words(entry: LogEntry) -> list[str]:
    """Reason and case as they were given."""
    return _own_facts(entry, "reason") + _own_facts(entry, "case")
