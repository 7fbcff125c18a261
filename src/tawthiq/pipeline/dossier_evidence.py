"""The evidence behind an incident, gathered out of an archive for a dossier: pictures, circumstances, chains, proofs.

The same state of what the dossier rests on gives the same evidence: which checkpoint proofs lead to is said in
`dossier_proofs`, and the chains leave out views, exports, checks of all files and other items, which have nothing to do with
what was decided. Evidence that is not as it was logged stops the dossier. For everybody there is none of it: what is published
names no item (casework.public_content).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tawthiq.custody.entry import canonical_json, event_to_json
from tawthiq.pipeline.dossier_facts import facts_of
from tawthiq.pipeline.dossier_proofs import Head, Proving
from tawthiq.pipeline.dossier_screenshots import Screenshot, screenshot_of
from tawthiq.pipeline.package_attachments import Attestations
from tawthiq.pipeline.provenance import TOOLS
from tawthiq.publication.redaction import member_as, without_names
from tawthiq.records.capture import Capture
from tawthiq.records.disclosure import DisclosedIncident, DisclosedReport, Profile, Protected
from tawthiq.records.dossier import Attached, ChainEntry, DossierEvidence, ReportEvidence
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEntry
from tawthiq.store import ArchiveFolder, events
from tawthiq.store.custody_events import EXPORTED, LINKED, READ, TRANSFERRED, VIEWED
from tawthiq.store.files import digest, storing
from tawthiq.store.journal import written
from tawthiq.store.layout import file_id

WITHHELD, NOT_FOUND, PUBLIC = "withheld", "not-found", "public"
LEFT_OUT = frozenset({VIEWED, EXPORTED, READ, LINKED, *events.LASTING, *events.BESIDE_LOG})
"""Kinds of entries that no chain of a dossier shows: they speak of reading, of handing out, or of the whole archive."""


@dataclass(slots=True)
class _Item:
    """A report's capture, its own entry, and the entries about it in the order of the log."""

    capture: Capture
    entry: LogEntry
    about: list[LogEntry] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """By what the log calls it."""
        return {self.capture.id, self.capture.path, file_id(self.capture.path)}

    @property
    def tools(self) -> str:
        """The digest by which its entry names the programs that collected it."""
        stated = self.entry.event.facts.get("facts") if self.entry.event else None
        named = stated.get(TOOLS) if isinstance(stated, dict) else None
        return named if isinstance(named, str) else ""


def evidence_of(
    archive: ArchiveFolder, incident: DisclosedIncident, profile: Profile, protected: Protected | None = None
) -> DossierEvidence:
    """The evidence of each report of the incident, in its order, and the files that prove it, once.

    Proofs carry the words of their log entries for courts alone, since every entry says who of the team made it, and only where
    `protected` shows that they name nobody; else they carry the digest of the entry, as those of withheld reports always do.
    Outside a court chains call members as the rest of the dossier does. Raises EvidenceDiffers for a file that is not as it
    was logged, StorageFailed for one that is missing, and as `dossier_proofs.Proving` does.
    """
    if profile is Profile.PUBLIC:
        return DossierEvidence(tuple(_nothing(report, PUBLIC) for report in incident.reports), (), "")
    archive.flush()
    attestations = Attestations(archive.path, archive.public_key)
    items = _items(archive, incident)
    decided, related = _read_log(archive, incident, items, attestations)
    captured = _distinct(entry for item in items.values() for entry in _own(item, related))
    groups = [group for group in (captured, decided) if group]
    if not groups:
        return DossierEvidence(tuple(_nothing(report, NOT_FOUND) for report in incident.reports), (), "")
    proving = Proving(archive, attestations)
    heads = [proving.head_over(group) for group in groups]
    told = _Telling(profile, protected, frozenset(_withheld(incident, items, related)))
    proofs = list(_proofs(proving, zip(groups, heads, strict=True), told))
    reports = tuple(_report(archive, report, items.get(report.document), related, told) for report in incident.reports)
    return DossierEvidence(reports, (*proofs, *proving.beside(heads)), heads[0].data.decode())


@dataclass(frozen=True, slots=True)
class _Telling:
    """What may be said of entries: to whom, whom it must not name, and the entries of reports that stay behind."""

    profile: Profile
    protected: Protected | None
    withheld: frozenset[int]

    def may_tell(self, entry: LogEntry) -> bool:
        """Whether the words of an entry may go along."""
        if entry.event is None or self.protected is None or entry.index in self.withheld:
            return False
        if self.profile is not Profile.COURT:
            return False
        words = canonical_json(event_to_json(entry.event)).decode()
        return without_names(words, self.profile, self.protected)[1] == 0

    def who(self, name: str) -> str:
        """What somebody who acted is called."""
        return member_as(name, self.profile, self.protected or Protected())

    def told(self, words: str) -> str:
        """A value without the names of those who are protected."""
        return without_names(words, self.profile, self.protected)[0] if self.protected else words


def _items(archive: ArchiveFolder, incident: DisclosedIncident) -> dict[str, _Item]:
    """The captures of the reports by their identifiers, as the log knows them."""
    found: dict[str, _Item] = {}
    for report in incident.reports:
        if report.log_index is None or report.document in found:
            continue
        entry = next(archive.entries(report.log_index), None)
        capture = events.capture_of(entry) if entry and entry.index == report.log_index else None
        if entry and capture and capture.id == report.document:
            found[report.document] = _Item(capture, entry)
    for path, sha256 in sorted({(item.capture.path, item.capture.file_sha256) for item in found.values()}):
        _expect_unchanged(archive, path, sha256)
    return found


def _expect_unchanged(archive: ArchiveFolder, path: str, sha256: str) -> None:
    with storing(path):
        found, _ = digest(archive.path / path)
    if found != sha256:
        raise EvidenceDiffers(
            item=path,
            happened="the preserved bytes are not those that the log recorded",
            advice="run tawthiq verify and keep the folder as it is; no dossier can be made on this evidence",
        )


def _read_log(
    archive: ArchiveFolder, incident: DisclosedIncident, items: dict[str, _Item], attestations: Attestations
) -> tuple[list[LogEntry], dict[str, LogEntry]]:
    """One reading of the log: the entries of the incident's decisions, and those of tools and files by what they are about.

    Each item gets the entries that speak of it.
    """
    digests = {decision.sha256 for decision in incident.decisions if decision.sha256}
    tools = {item.tools for item in items.values() if item.tools}
    decided: list[LogEntry] = []
    related: dict[str, LogEntry] = {}
    words = [*_sought(items), *(written(each) for each in sorted(digests | tools))]
    for entry in archive.entries_with([*words, *(f'"kind":"{kind}'.encode() for kind in sorted(events.BESIDE_LOG))]):
        attestations.take(entry)
        if entry.event is None:
            continue
        if entry.event.subject in tools or entry.event.kind == events.WARC_KEPT:
            related.setdefault(entry.event.subject, entry)
        if entry.event.kind in LEFT_OUT or _is_export(entry):
            continue
        if digests and events.speaks_of(entry.event, digests):
            decided.append(entry)
        for item in items.values():
            if events.speaks_of(entry.event, item.names):
                item.about.append(entry)
    return _distinct(decided), related


def _sought(items: dict[str, _Item]) -> list[bytes]:
    """Few words that stand in every line that may name an item: the file's name begins most of them, and ends its path."""
    found: set[str] = set()
    for item in items.values():
        short = file_id(item.capture.path)
        found.update((short, *(name for name in item.names if short not in name)))
    return [written(each) for each in sorted(found)]


def _is_export(entry: LogEntry) -> bool:
    """Whether a hand-over is that of a package, which an export tells of as well; one by hand belongs to the chain."""
    return entry.event is not None and entry.event.kind == TRANSFERRED and "package_sha256" in entry.event.facts


def _own(item: _Item, related: dict[str, LogEntry]) -> list[LogEntry]:
    """The entries that prove an item: its own, that of its file, that of the programs."""
    named = [related[name] for name in (file_id(item.capture.path), item.tools) if name in related]
    return [item.entry, *named]


def _distinct(entries: Sequence[LogEntry] | Iterator[LogEntry]) -> list[LogEntry]:
    return [entry for _, entry in sorted({entry.index: entry for entry in entries}.items())]


def _withheld(incident: DisclosedIncident, items: dict[str, _Item], related: dict[str, LogEntry]) -> Iterator[int]:
    """The entries that speak of reports whose pages stay behind."""
    for report in incident.reports:
        if report.withheld and report.document in items:
            item = items[report.document]
            yield from (entry.index for entry in _own(item, related) if entry.event and entry.event.kind != TOOLS)


def _proofs(proving: Proving, groups: Iterator[tuple[list[LogEntry], Head]], told: _Telling) -> Iterator[Attached]:
    done: set[int] = set()
    for entries, head in groups:
        for entry in entries:
            if entry.index not in done:
                done.add(entry.index)
                yield proving.proof(entry, head, with_event=told.may_tell(entry))


def _report(
    archive: ArchiveFolder,
    report: DisclosedReport,
    item: _Item | None,
    related: dict[str, LogEntry],
    told: _Telling,
) -> ReportEvidence:
    if item is None:
        return _nothing(report, NOT_FOUND)
    shot = Screenshot(None, WITHHELD) if report.withheld else screenshot_of(archive, item.capture)
    facts = () if report.withheld else tuple((code, told.told(value)) for code, value in _facts(archive, item, shot))
    chain = tuple(_link(entry, told) for entry in item.about if entry.event)
    names = tuple(f"entry-{entry.index:08}.tlog-proof" for entry in _distinct(_own(item, related)))
    return ReportEvidence(report.document, shot.picture, shot.missing, facts, chain, names)


def _facts(archive: ArchiveFolder, item: _Item, shot: Screenshot) -> Iterator[tuple[str, str]]:
    yield from facts_of(archive, item.capture, item.entry)
    if shot.picture and shot.shown < shot.whole:
        yield "screenshot-cut", f"{shot.shown}/{shot.whole}"


def _link(entry: LogEntry, told: _Telling) -> ChainEntry:
    assert entry.event is not None
    return ChainEntry(entry.index, entry.event.kind, entry.event.time, told.who(entry.event.actor))


def _nothing(report: DisclosedReport, why: str) -> ReportEvidence:
    return ReportEvidence(report.document, None, why, (), (), ())
