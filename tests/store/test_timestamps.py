"""Verification of kept timestamps: what each line says, every file that can be changed, and archives cut back or rewritten."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import differing
from calendar_server import HEIGHT, calendar
from tawthiq.custody import opentimestamps
from tawthiq.pipeline.stamping import stamp
from tawthiq.records.check import Check
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.layout import Layout
from tawthiq.store.timestamps import read_stamped, stamped_log
from tawthiq.store.verify import verify
from tawthiq.store.verify_timestamps import timestamp_checks
from timestamp_authority import make_authority, openssl, timestamp_authority

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with a token of an authority, one of the team's own, and a proof that a block attests."""
    folder = tmp_path_factory.mktemp("stamped")
    with ArchiveFolder.create(folder / "archive", title="t", collector="c") as archive:
        archive.keep_file("page.html", BytesIO(b"<p>saved</p>"), "text/html", {})
    path = folder / "archive"
    with timestamp_authority(folder / "one") as one, timestamp_authority(folder / "two") as two, calendar() as third:
        settings = path / "tawthiq.toml"
        tables = one.settings("north") + two.settings("ours", own=True) + third.settings("calendar")
        settings.write_text(settings.read_text("utf-8") + tables, "utf-8")
        with ArchiveFolder.open(path) as archive:
            list(stamp(archive))
            third.mine()
            archive.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
        with ArchiveFolder.open(path) as archive:
            list(stamp(archive))
    assert differing(path) == []
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be attacked."""
    shutil.copytree(made, tmp_path / "archive")
    return tmp_path / "archive"


def told(path: Path, name: str) -> Check:
    """What the examination of timestamps says of a token."""
    return [check for check in verify(path) if check.name == f"log/timestamps/{name}"][-1]


def test_each_token_says_what_existed_when_and_who_says_so(path: Path) -> None:
    check = told(path, "2-north.tsr")
    assert check.holds
    assert check.found.startswith("entries below 2 existed at 20")
    assert 'says "CN=test authority" of north (127.0.0.1)' in check.found
    assert "names as outside it" in check.proves
    digest = hashlib.sha256(next((path / "log" / "timestamps").glob("north-*.pem")).read_bytes()).hexdigest()
    assert f"roots kept: SHA-256 {digest}" in check.found


def test_the_teams_own_authority_is_no_independent_evidence(path: Path) -> None:
    check = told(path, "2-ours.tsr")
    assert check.holds
    assert "no independent evidence" in check.found
    assert "outside" not in check.proves


def test_a_promise_proves_nothing_yet_and_a_block_is_named(path: Path) -> None:
    pending, attested = told(path, "2-calendar.ots"), told(path, "2-calendar-2.ots")
    assert pending.holds
    assert "pending" in pending.found
    assert pending.proves.startswith("nothing")
    assert f"block {HEIGHT}" in attested.found


def test_a_later_stamp_covers_what_came_later(path: Path) -> None:
    with ArchiveFolder.open(path) as archive:
        log = stamped_log(archive.entries())
    assert log.covered("north") > 2
    assert not log.waits("north")


@pytest.mark.parametrize("at", [0, 30, -1])
def test_every_changed_file_below_timestamps_is_named(path: Path, at: int) -> None:
    for file in sorted((path / "log" / "timestamps").iterdir()):
        honest = file.read_bytes()
        changed = bytearray(honest)
        changed[at] ^= 1
        file.write_bytes(bytes(changed))
        assert f"log/timestamps/{file.name}" in {check.name for check in differing(path)}
        file.write_bytes(honest)
    assert differing(path) == []


def test_a_missing_token_is_named(path: Path) -> None:
    (path / "log" / "timestamps" / "2-north.tsr").unlink()
    assert {check.name for check in differing(path)} == {"log/timestamps/2-north.tsr"}


def entries_of(path: Path) -> list[LogEntry]:
    with ArchiveFolder.open(path) as archive:
        return list(archive.entries())


def examined(path: Path, entries: list[LogEntry]) -> dict[str, Check]:
    """The examination alone, over entries of our choosing."""
    return {check.name.rpartition("/")[2]: check for check in timestamp_checks(Layout(path), entries)}


def test_a_log_rewritten_behind_a_stamp_is_found_out_by_it(path: Path) -> None:
    entries = entries_of(path)
    forged = LogEntry(1, bytes(32), entries[1].salt, entries[1].event)
    checks = examined(path, [entries[0], forged, *entries[2:]])
    assert not checks["2-north.tsr"].holds
    assert "not those it was signed over" in checks["2-north.tsr"].found


def test_a_log_cut_back_behind_a_stamp_is_found_out_by_it(path: Path) -> None:
    entries = entries_of(path)
    token = next(entry for entry in entries if entry.event and entry.event.facts.get("holds") == "token")
    checks = examined(path, [entries[0], token])
    assert not checks["2-north.tsr"].holds
    assert "can be read" in checks["2-north.tsr"].found


def with_facts(change: Callable[[dict[str, object]], None], entries: list[LogEntry]) -> list[LogEntry]:
    """The entries, with the facts of north's first token changed."""
    found = list(entries)
    for at, entry in enumerate(found):
        if entry.event and entry.event.facts.get("authority") == "north" and entry.event.subject == "2":
            facts = dict(entry.event.facts)
            change(facts)
            event = entry.event
            found[at] = LogEntry(
                at, entry.leaf, entry.salt, LogEvent(event.kind, event.time, event.actor, event.subject, facts)
            )
    return found


def test_without_certificates_it_cannot_be_told_and_is_no_fault(path: Path) -> None:
    checks = examined(path, with_facts(lambda facts: facts.pop("certificates"), entries_of(path)))
    assert checks["2-north.tsr"].holds
    assert "cannot tell" in checks["2-north.tsr"].found
    assert checks["2-north.tsr"].proves.startswith("nothing")


@pytest.mark.parametrize("place", ["../../elsewhere.pem", "/etc/hostname", "log/timestamps/../checkpoint", 7, None])
def test_certificates_are_looked_for_beside_the_tokens_only(path: Path, place: object) -> None:
    checks = examined(path, with_facts(lambda facts: facts.update(certificates=place), entries_of(path)))
    assert "cannot tell" in checks["2-north.tsr"].found


def test_a_link_to_somewhere_else_and_a_huge_file_are_not_read(path: Path) -> None:
    token = path / "log" / "timestamps" / "2-north.tsr"
    token.unlink()
    token.symlink_to("/dev/zero")
    checks = examined(path, entries_of(path))
    assert not checks["2-north.tsr"].holds
    token.unlink()
    with token.open("wb") as stream:
        stream.truncate(1 << 30)
    checks = examined(path, entries_of(path))
    assert "larger" in checks["2-north.tsr"].found


def test_a_log_that_states_another_time_than_the_token_is_found_out(path: Path) -> None:
    later = (NOW + timedelta(days=9)).isoformat()
    checks = examined(path, with_facts(lambda facts: facts.update(gen_time=later), entries_of(path)))
    assert not checks["2-north.tsr"].holds
    assert "another time" in checks["2-north.tsr"].found


def test_an_event_that_describes_no_token_is_named(path: Path) -> None:
    checks = list(timestamp_checks(Layout(path), with_facts(lambda facts: facts.pop("authority"), entries_of(path))))
    assert [check.name.startswith("log entry") for check in checks if not check.holds] == [True]


def test_entries_that_state_later_times_than_their_stamp_are_remarked_on(path: Path) -> None:
    entries = entries_of(path)
    event = entries[1].event
    assert event is not None
    later = LogEvent(event.kind, event.time + timedelta(hours=5), event.actor, event.subject, event.facts)
    checks = examined(path, [entries[0], LogEntry(1, entries[1].leaf, entries[1].salt, later), *entries[2:]])
    assert checks["2-north.tsr"].holds
    assert "this time does not fit: entries state times up to" in checks["2-north.tsr"].found


def test_without_the_library_proofs_cannot_be_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opentimestamps, "find_spec", lambda name: None)
    check = told(path, "2-calendar-2.ots")
    assert check.holds
    assert "cannot tell" in check.found


def test_an_archive_verifies_where_the_authoritys_own_files_are_not(path: Path) -> None:
    (path / "tawthiq.toml").write_text((path / "tawthiq.toml").read_text().split("[authorities")[0])
    assert differing(path) == []


def test_public_tools_verify_every_token_also_after_its_certificates_have_ended(path: Path) -> None:
    folder = path / "log" / "timestamps"
    for token in sorted(folder.glob("*.tsr")):
        size, name = token.stem.split("-")
        certificates = next(folder.glob(f"{name}-*.pem")).name
        arguments = ("-data", f"{size}.checkpoint", "-in", token.name, "-CAfile", certificates)
        assert b"Verification: OK" in openssl(folder, "ts", "-verify", *arguments)
        long_after = str(int((datetime.now(UTC) + timedelta(days=9_000)).timestamp()))
        assert b"OK" not in failed(folder, "ts", "-verify", *arguments, "-attime", long_after)
        assert b"Verification: OK" in openssl(folder, "ts", "-verify", *arguments, "-no_check_time")


def failed(folder: Path, *arguments: str) -> bytes:
    with pytest.raises(AssertionError) as raised:
        openssl(folder, *arguments)
    return str(raised.value).encode()


def test_a_recovered_event_of_a_timestamp_needs_no_stamp_either() -> None:
    facts = {"path": "log/timestamps/2-north.tsr"}
    entries = [
        LogEntry(0, bytes(32), None, LogEvent("archive-created", NOW, "c", "o", {})),
        LogEntry(1, bytes(32), None, LogEvent("recovered", NOW, "c", "2-north.tsr", facts)),
        LogEntry(2, bytes(32), None, LogEvent("cosigned", NOW, "c", "1", {"path": "log/cosignatures/1"})),
    ]
    assert stamped_log(entries).newest == 0


def test_the_quick_reading_of_the_journal_finds_what_reading_every_entry_finds(path: Path) -> None:
    with ArchiveFolder.open(path) as archive:
        archive.log([LogEvent("note", NOW, "c", "x", {"words": 'of "kind":"timestamped" in log/timestamps/2-x.tsr'})])
        assert read_stamped(path) == stamped_log(archive.entries())
        assert read_stamped(path).waits("north")


def test_an_erased_entry_still_counts_as_one_to_be_stamped() -> None:
    assert stamped_log([LogEntry(0, bytes(32), None, None)]).newest == 0


def test_a_forged_root_beside_the_token_is_noticed_by_its_digest(path: Path, tmp_path: Path) -> None:
    make_authority(tmp_path / "forger")
    certificates = next((path / "log" / "timestamps").glob("north-*.pem"))
    certificates.write_bytes((tmp_path / "forger" / "root.pem").read_bytes())
    assert f"log/timestamps/{certificates.name}" in {check.name for check in differing(path)}
