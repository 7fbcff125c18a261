"""Erasing: what an item held is gone from the folder, what proved it stays, and nothing goes without saying so."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import MakeExchange, differing, files_of
from tawthiq.custody.entry import erased_line
from tawthiq.custody.proof import checked
from tawthiq.pipeline.collect_known import Known
from tawthiq.records.capture import Capture
from tawthiq.records.errors import EvidenceDiffers, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder, events
from tawthiq.store.files import digest
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.proving import proof_of
from tawthiq.store.verify import verify

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SECRET = "http://news.example/witness-7781"
WHY = {"reason": "the witness asked for it", "authorised_by": "lead-2"}


@pytest.fixture
def kept(archive: ArchiveFolder, exchange: MakeExchange) -> tuple[ArchiveFolder, Capture]:
    """An archive in which a capture of a secret address stands among others, with events that speak of it."""
    archive.keep_file("before.html", BytesIO(b"before"), "text/html", {})
    capture = archive.keep_exchanges(SECRET, [exchange(SECRET, b"<p>witness-7781</p>")], {"note": "witness-7781"})
    archive.log(
        [
            LogEvent("compared", NOW, "c-1", "other", {"with": [capture.id], "changed": "witness-7781"}),
            LogEvent("collect-failed", NOW, "c-1", SECRET, {"happened": "no answer"}),
            LogEvent("viewed", NOW, "heron", capture.id, {"page": "report"}),
            LogEvent("compared", NOW, "c-1", "other", {"with": ["another"], "changed": "nothing"}),
        ]
    )
    archive.keep_file("after.html", BytesIO(b"after"), "text/html", {})
    archive.flush()
    return archive, capture


def holding(path: Path, text: bytes) -> list[str]:
    """The files of an archive in which some bytes stand."""
    return [file.name for file in files_of(path) if text in file.read_bytes()]


def test_what_an_item_held_is_gone_and_every_proof_stays(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    before = {entry.index: entry.leaf for entry in archive.entries()}
    with archive:
        erasure = archive.erase(capture.id, **WHY)
    assert not (archive.path / capture.path).exists()
    assert holding(archive.path, b"witness-7781") == []
    assert holding(archive.path, capture.sha256.encode()) == []
    entries = {entry.index: entry for entry in archive.entries()}
    assert erasure.entries == (2, 3, 4)
    assert erasure.captures == (2,)
    assert [index for index, entry in entries.items() if entry.event is None] == [2, 3, 4]
    assert all(entries[index].leaf == leaf for index, leaf in before.items())
    event = entries[erasure.index].event
    assert event is not None
    assert event.facts["files"][0]["file_sha256"] == capture.file_sha256
    assert (event.facts["reason"], event.facts["authorised_by"]) == (WHY["reason"], WHY["authorised_by"])
    assert differing(archive.path) == []


def test_an_erased_item_is_told_plainly_and_others_are_untouched(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    with archive:
        archive.erase(capture.id, **WHY)
    check = next(check for check in verify(archive.path) if check.name == capture.path)
    assert check.holds
    assert f"erased on {datetime.now(UTC):%Y-%m-%d}" in check.found
    assert WHY["reason"] in check.found
    with ArchiveFolder.open(archive.path) as again:
        assert [each.source for each in again.captures()] == ["before.html", "after.html"]
        assert [again.record(each).payload for each in again.captures()] == [b"before", b"after"]


def test_a_proof_of_an_erased_entry_still_holds_and_says_nothing_of_it(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    with archive:
        archive.erase(capture.id, **WHY)
    check = checked(proof_of(archive.path, capture.log_index), read_public(Layout(archive.path)), "proof")
    assert check.holds
    assert "its event was erased" in check.found


def test_an_erased_address_can_be_collected_again(kept: tuple[ArchiveFolder, Capture], exchange: MakeExchange) -> None:
    archive, capture = kept
    with archive:
        assert Known(archive.entries).address(SECRET) is not None
        archive.erase(capture.id, **WHY)
        assert Known(archive.entries).address(SECRET) is None
        again = archive.keep_exchanges(SECRET, [exchange(SECRET, b"later")], {})
    assert again.id != capture.id
    assert differing(archive.path) == []


def test_records_of_one_file_go_together_or_not_at_all(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    with archive:
        own = archive.keep_exchanges(SECRET, [exchange(SECRET)], {})
        source = (archive.path / own.path).read_bytes()
        archive.erase(own.id, **WHY)
        captures = archive.keep_warc("taken.warc.gz", BytesIO(source + source), {})
        assert len(captures) == 2
        with pytest.raises(WrongUsage, match="1 other captures") as refused:
            archive.erase(captures[1].id, **WHY)
        file_id = captures[0].id.rpartition("-")[0]
        assert file_id in refused.value.advice
        erasure = archive.erase(file_id, **WHY)
    assert len(erasure.captures) == 2
    assert len(erasure.entries) == 3
    assert not (archive.path / captures[0].path).exists()
    assert holding(archive.path, b"witness-7781") == []
    assert differing(archive.path) == []


def test_failures_to_collect_an_address_stay_while_another_capture_has_it(
    kept: tuple[ArchiveFolder, Capture], exchange: MakeExchange
) -> None:
    archive, capture = kept
    with archive:
        archive.keep_exchanges(SECRET, [exchange(SECRET, b"again")], {})
        erasure = archive.erase(capture.id, **WHY)
    assert erasure.entries == (2, 3)
    assert differing(archive.path) == []


@pytest.mark.parametrize("number", ["0", "7", "nobody", ""])
def test_what_other_proofs_rest_on_and_what_is_not_there_cannot_be_erased(archive: ArchiveFolder, number: str) -> None:
    with archive:
        for count in range(6):
            archive.keep_file(f"{count}.html", BytesIO(b"text %d" % count), None, {})
        archive.keep_beside_log("timestamped", "timestamps/7-own.tsr", b"token", "7", {})
        with pytest.raises(WrongUsage):
            archive.erase(number, **WHY)
        for reason, authority in ((" ", "lead-2"), ("why", "")):
            with pytest.raises(WrongUsage, match="reason and who"):
                archive.erase("1", reason=reason, authorised_by=authority)
        assert list(archive.erasures()) == []
    assert all(entry.event for entry in archive.entries())
    assert differing(archive.path) == []


def test_an_entry_without_a_file_can_be_erased_by_its_number(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, _ = kept
    with archive:
        erasure = archive.erase("4", **WHY)
    assert (erasure.entries, erasure.files) == ((4,), ())
    assert "log entry 4" in {check.name for check in verify(archive.path) if "erased on" in check.found}
    assert differing(archive.path) == []


def test_a_cut_line_that_speaks_of_the_item_goes_as_well(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    archive.close()
    (archive.path / "evidence" / "incoming" / "dead").mkdir(parents=True)
    with (archive.path / "log" / "journal" / "000.jsonl").open("ab") as journal:
        journal.write(b'{"event":{"actor":"c-1","facts":{"source":"%s"' % SECRET.encode())
    with ArchiveFolder.open(archive.path) as again:
        assert len(list((archive.path / "log" / "torn").iterdir())) == 1
        again.erase(capture.id, **WHY)
    assert holding(archive.path, b"witness-7781") == []
    assert list((archive.path / "log" / "torn").iterdir()) == []
    assert differing(archive.path) == []


def test_erasing_twice_says_when_it_was_erased_and_logs_nothing(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    with archive:
        archive.erase(capture.id, **WHY)
        size = len(list(archive.entries()))
        for name in (capture.id, str(capture.log_index), capture.path):
            with pytest.raises(WrongUsage, match="it was erased on"):
                archive.erase(name, **WHY)
        assert len(list(archive.entries())) == size


def test_a_file_put_back_after_its_erasure_is_named_not_taken_in_and_can_be_erased_again(
    kept: tuple[ArchiveFolder, Capture],
) -> None:
    archive, capture = kept
    data = (archive.path / capture.path).read_bytes()
    with archive:
        archive.erase(capture.id, **WHY)
    (archive.path / capture.path).write_bytes(data)
    (archive.path / "evidence" / "incoming" / "dead").mkdir(parents=True)
    with ArchiveFolder.open(archive.path) as again:
        found = differing(archive.path)
        assert [check.name for check in found] == [capture.path]
        assert f"tawthiq erase {capture.id}" in found[0].found
        assert "recovered" not in {entry.event.kind for entry in again.entries() if entry.event}
        again.erase(capture.id, **WHY)
    assert not (archive.path / capture.path).exists()
    assert differing(archive.path) == []


def test_an_event_that_went_without_an_erasure_is_named(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, _ = kept
    archive.close()
    journal = archive.path / "log" / "journal" / "000.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    leaf = next(entry.leaf for entry in archive.entries(3))
    journal.write_bytes(b"".join([*lines[:3], erased_line(3, leaf), *lines[4:]]))
    assert [check.name for check in differing(archive.path)] == ["log/journal/000.jsonl:4"]


def test_an_erased_line_with_another_entry_is_named(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    with archive:
        archive.erase(capture.id, **WHY)
    journal = archive.path / "log" / "journal" / "000.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:2], erased_line(2, os.urandom(32)), *lines[3:]]))
    assert "log/journal/000.jsonl:3" in {check.name for check in differing(archive.path)}


def test_a_line_put_back_after_its_erasure_is_named(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    journal = archive.path / "log" / "journal" / "000.jsonl"
    before = journal.read_bytes().splitlines(keepends=True)
    with archive:
        archive.erase(capture.id, **WHY)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:2], before[2], *lines[3:]]))
    names = {check.name for check in differing(archive.path)}
    assert "log/journal/000.jsonl:3" in names


def test_an_erasure_that_was_logged_before_its_entry_excuses_nothing(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, _ = kept
    with archive:
        size = len(list(archive.entries()))
        facts = {"entries": [size + 1], "captures": [], "files": [], **WHY}
        archive._log.append([LogEvent("erased", NOW, "c-1", "nothing yet", facts)])
        entry = archive.log([LogEvent("note", NOW, "c-1", "inconvenient", {})])[0]
    journal = archive.path / "log" / "journal" / "000.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:-1], erased_line(entry.index, entry.leaf)]))
    assert [check.name for check in differing(archive.path)] == [f"log/journal/000.jsonl:{entry.index + 1}"]


def test_an_erasure_while_the_archive_is_verified_is_no_missing_file(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    checks = verify(archive.path)
    assert next(checks).holds
    with archive:
        archive.erase(capture.id, **WHY)
    found = {check.name: check for check in checks}
    assert found[capture.path].holds
    assert WHY["reason"] in found[capture.path].found
    assert all(check.holds for check in found.values())


def test_an_erasure_while_the_file_is_being_read_is_no_missing_file(
    kept: tuple[ArchiveFolder, Capture], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, capture = kept

    def erased_first(file: Path) -> tuple[str, int]:
        if file.name == Path(capture.path).name and file.exists():
            with archive:
                archive.erase(capture.id, **WHY)
        return digest(file)

    monkeypatch.setattr("tawthiq.store.verify.digest", erased_first)
    check = next(check for check in verify(archive.path) if check.name == capture.path)
    assert check.holds
    assert "erased on" in check.found


def test_a_file_that_is_missing_is_not_excused_by_an_earlier_erasure(kept: tuple[ArchiveFolder, Capture]) -> None:
    archive, capture = kept
    event = next(archive.entries(capture.log_index)).event
    assert event is not None
    with archive:
        archive.erase(capture.id, **WHY)
        archive._log.append([event])  # the same file vouched for once more, after it was erased
    assert capture.path in {check.name for check in differing(archive.path)}


def test_another_process_that_has_the_log_open_goes_on_after_an_erasure(
    kept: tuple[ArchiveFolder, Capture],
) -> None:
    archive, capture = kept
    with ArchiveFolder.open(archive.path) as other:
        other.log([LogEvent("note", NOW, "c-1", "first", {})])
        archive.erase(capture.id, **WHY)
        entry = other.log([LogEvent("note", NOW, "c-1", "x" * 700, {})])[0]
        assert entry.index == len(list(archive.entries())) - 1
    archive.close()
    assert differing(archive.path) == []


def test_a_journal_that_is_as_long_as_before_an_erasure_is_still_seen_to_have_changed(
    kept: tuple[ArchiveFolder, Capture],
) -> None:
    archive, capture = kept
    journal = archive.path / "log" / "journal" / "000.jsonl"
    with ArchiveFolder.open(archive.path) as other:
        other.log([LogEvent("note", NOW, "c-1", "first", {})])
        length = journal.stat().st_size
        archive.erase(capture.id, **WHY)
        short = archive.log([LogEvent("note", NOW, "c-1", "", {})])[0]
        line = journal.read_bytes().splitlines(keepends=True)[short.index]
        missing = length - journal.stat().st_size
        archive.log([LogEvent("note", NOW, "c-1", "x" * (missing - len(line)), {})])
        assert journal.stat().st_size == length
        entry = other.log([LogEvent("note", NOW, "c-1", "last", {})])[0]
        assert entry.index == len(list(archive.entries())) - 1
    archive.close()
    assert differing(archive.path) == []


def test_entries_of_many_journal_files_are_erased(archive: ArchiveFolder) -> None:
    with archive:
        capture = archive.keep_file("page.html", BytesIO(b"text"), None, {})
        for batch in range(3):
            notes = [LogEvent("note", NOW, "c-1", f"n {batch}", {"of": capture.id}) for _ in range(200)]
            archive.log(notes)
        erasure = archive.erase(capture.id, **WHY)
    assert erasure.entries == tuple(range(1, 602))
    assert holding(archive.path, b'"of"') == []
    assert differing(archive.path) == []


@pytest.mark.parametrize("kind", sorted(events.LASTING))
def test_what_the_archive_must_remember_to_stay_one_history_cannot_go(archive: ArchiveFolder, kind: str) -> None:
    created = next(archive.entries()).event
    assert created is not None
    (entry,) = archive._log.append([LogEvent(kind, created.time, "c-1", "subject", {})])
    with pytest.raises(WrongUsage, match="cannot be erased"):
        archive.erase(str(entry.index), reason="r", authorised_by="a")


@pytest.mark.parametrize("above", [2, 3])
def test_nothing_is_removed_through_a_link_that_leads_out_of_the_archive(
    kept: tuple[ArchiveFolder, Capture], tmp_path: Path, above: int
) -> None:
    archive, capture = kept
    archive.close()
    linked = archive.path / Path(capture.path).parents[above]
    outside = tmp_path / "somebody's own"
    linked.rename(outside)
    linked.symlink_to(outside, target_is_directory=True)
    journal = b"".join(file.read_bytes() for file in sorted((archive.path / "log/journal").iterdir()))
    with ArchiveFolder.open(archive.path) as again, pytest.raises(EvidenceDiffers, match="a link"):
        again.erase(capture.id, reason="asked for", authorised_by="lead-2")
    assert (archive.path / capture.path).is_file()
    assert b"".join(file.read_bytes() for file in sorted((archive.path / "log/journal").iterdir())) == journal
