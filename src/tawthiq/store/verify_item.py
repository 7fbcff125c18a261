"""Verification of one item: its file, its entries, their inclusion under the signed head, what stamps and cosigns them.

No other evidence file is read. The whole log is, since one entry is only proven by the tree over all of them; but what is
wrong in it elsewhere is left to the verification of the whole archive, unless the signed root cannot be reached at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tawthiq.custody import meaning
from tawthiq.custody.merkle import inclusion_proof, leaf_hash, proves_inclusion
from tawthiq.custody.tiles import WIDTH
from tawthiq.records.check import Check
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEntry
from tawthiq.store.chain import Link, Part, chain_of
from tawthiq.store.events import BESIDE_LOG, ERASED
from tawthiq.store.incoming import run_folders
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.timestamps import checkpoint_name
from tawthiq.store.verify import EXAMINATIONS, LoggedFiles, expect_archive
from tawthiq.store.verify_attested import attested_checks, reach
from tawthiq.store.verify_clock import time_checks
from tawthiq.store.verify_erased import erasure_checks
from tawthiq.store.verify_keys import key_checks
from tawthiq.store.verify_log import LogExamination, log_at_this_moment

_INCLUDED = meaning.INCLUSION.proves.en


def verify_item(path: Path, item: str) -> Iterator[Check]:
    """Every check of one item of the archive at `path`: keys, head, its entries, its file, what covers it.

    Raises ArchiveMissing where there is no archive, WrongUsage where nothing in a sound log is called `item`.
    """
    layout = expect_archive(path)
    with Lock(layout.lock).shared():
        moment = log_at_this_moment(layout)
    log = LogExamination(layout, moment, recovering=bool(run_folders(layout)))
    links = chain_of(lambda _words: iter(log.entries), item)
    own = [link for link in links if link.part is Part.ITEM]
    if not own:
        yield from _damage(log, item)
        return
    yield from key_checks(layout, log.entries)
    numbers = {link.entry.index for link in own}
    places = {_place(layout, index) for index in numbers}
    yield from (check for check in log.checks() if check.name in {"log/checkpoint", "log", *places})
    for link in own:
        yield _inclusion(layout, log, link.entry)
    yield from _file_checks(layout, [link.entry for link in own])
    yield from _erasures(layout, own)
    yield from _covering(layout, log.entries, links)


def _damage(log: LogExamination, item: str) -> Iterator[Check]:
    """What is wrong with a log that does not know the item: it may be the item's own line that was damaged."""
    wrong = [check for check in log.checks() if not check.holds]
    if not wrong:
        raise WrongUsage(
            item=item, happened="no entry of the log speaks of it", advice="run tawthiq log to see the items"
        )
    yield from wrong


def _inclusion(layout: Layout, log: LogExamination, entry: LogEntry) -> Check:
    """Whether an entry stands under the signed root, by the audit path that a verifier with the root alone would follow."""
    name = f"log entry {entry.index}"
    kind = entry.event.kind if entry.event else "erased, 32 bytes are left"
    if log.head is None:
        return Check(name, holds=False, found="there is no head that could be trusted", proves=_INCLUDED)
    size, root = log.head.size, log.head.root
    if entry.index >= size:
        found = f"{kind}; no checkpoint covers it yet"
        return Check(name, holds=True, found=found, proves=meaning.TAIL.proves.en)
    audit = inclusion_proof(log.leaves, entry.index)
    holds = proves_inclusion(leaf_hash(entry.leaf), entry.index, size, audit, root)
    found = f"{kind}; {len(audit)} hashes lead to the signed root over {size} entries"
    if not holds:
        found = f"{_place(layout, entry.index)} does not lead to the signed root"
    return Check(name, holds=holds, found=found, proves=_INCLUDED)


def _file_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """The item's files against what its entries state."""
    logged = LoggedFiles(entries)
    yield from logged.contradictions()
    for name in logged.paths:
        yield logged.check(layout, name)


def _erasures(layout: Layout, links: Sequence[Link]) -> Iterator[Check]:
    """What verification says of the erasure of the item, and of events of it that went without one."""
    own = [link.entry for link in links if link.part is Part.ITEM]
    yield from erasure_checks(layout, [entry for entry in own if entry.event is None or entry.event.kind == ERASED])


def _covering(layout: Layout, entries: Sequence[LogEntry], links: Sequence[Link]) -> Iterator[Check]:
    """What stamps and cosigns a head over the item; the first of each authority says it all, so no later one is checked."""
    covers = {link.entry.index for link in links if link.part in (Part.COVER, Part.PROMISE)}
    covering = [link.entry for link in links if link.part is Part.COVER]
    if not any(reach(entry) for entry in covering):
        found = "no timestamp and no cosignature covers it yet"
        if covering:
            found = "nobody outside the team has stamped or cosigned what covers it"
        yield Check("timestamps, cosignatures", holds=True, found=found, proves=meaning.UNATTESTED.proves.en)
    yield from _cover_files(layout, entries, covers)
    shown = [entry if entry.index in covers else replace(entry, event=None, salt=None) for entry in entries]
    for examination in EXAMINATIONS:
        if covers and examination not in (erasure_checks, time_checks, attested_checks):
            yield from examination(layout, shown)


def _cover_files(layout: Layout, entries: Sequence[LogEntry], covers: set[int]) -> Iterator[Check]:
    """Whether what covers the item, and what that is judged by (stamped heads, certificates), is what was logged."""
    beside = [entry for entry in entries if entry.event and entry.event.kind in BESIDE_LOG]
    wanted: set[object] = set()
    for entry in beside:
        if entry.event and entry.index in covers:
            facts, head = entry.event.facts, f"log/{checkpoint_name(int(entry.event.subject))}"
            wanted.update((facts.get("path"), facts.get("certificates"), head))
    logged = LoggedFiles(beside)
    yield from (logged.check(layout, name) for name in logged.paths if name in wanted)


def _place(layout: Layout, index: int) -> str:
    return f"{layout.relative(layout.shard(index // WIDTH))}:{index % WIDTH + 1}"
