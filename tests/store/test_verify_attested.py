"""What verification says of an archive for which nobody but the key's holder speaks, and of one that was written anew."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive_checks import differing
from package_samples import make_attested_sample
from stamping_archive import new_archive, set_up, stamped
from tawthiq.custody.meaning import ATTESTED, OWN_TIMESTAMP, UNATTESTED
from tawthiq.records.errors import UnreadableInput, WrongUsage
from tawthiq.store import ArchiveFolder, events
from tawthiq.store.incoming import Run
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.log import Log
from tawthiq.store.verify import verify
from tawthiq.store.verify_attested import kept_checkpoint_check, key_check
from tawthiq.store.verify_item import verify_item
from timestamp_authority import timestamp_authority


@pytest.fixture(scope="module")
def attested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a timestamp of an authority, one of the team's own, and a cosignature."""
    folder = tmp_path_factory.mktemp("attested")
    return make_attested_sample(folder / "archive", folder / "authority").path


def attestation(path: Path) -> tuple[str, str]:
    (check,) = [check for check in verify(path) if check.name == "independent attestation"]
    assert check.holds
    return check.found, check.proves


def written_anew(path: Path, target: Path) -> Path:
    """What a thief of the key can do: the same log years before, without what others said of it, signed with its own key."""
    with ArchiveFolder.open(path) as archive:
        happened = [entry.event for entry in archive.entries() if entry.event]
    shutil.copytree(path, target)
    shutil.rmtree(target / "log")
    layout = Layout(target)
    lock = Lock(layout.lock)
    run = Run(layout, lock)
    log = Log(layout, run, lock)
    before = datetime(2020, 1, 1, tzinfo=UTC)
    log.append([replace(each, time=before) for each in happened if each.kind not in events.BESIDE_LOG])
    log.flush()
    run.close()
    return target


def test_an_archive_that_nobody_else_vouches_for_says_so(tmp_path: Path) -> None:
    path = new_archive(tmp_path / "archive")
    assert attestation(path) == ("no independent timestamp and no cosignature", UNATTESTED.proves.en)


def test_how_far_others_vouch_is_told_and_what_came_after(attested: Path, tmp_path: Path) -> None:
    path = shutil.copytree(attested, tmp_path / "archive")
    assert attestation(path)[1] == ATTESTED.proves.en
    with ArchiveFolder.open(path) as archive:
        size = sum(1 for _ in archive.entries())
        event = next(archive.entries()).event
        assert event
        archive.log([replace(event, kind="viewed", subject="somebody")])
    found, proves = attestation(path)
    assert f"to {size}, no independent timestamp" in found
    assert proves == UNATTESTED.proves.en


def test_the_teams_own_authority_and_a_pending_promise_count_for_nothing(tmp_path: Path) -> None:
    path = new_archive(tmp_path / "archive")
    token = {
        "holds": "token",
        "authority": "ours",
        "authority_kind": "rfc3161",
        "file_sha256": "0" * 64,
        "file_length": 1,
    }
    with ArchiveFolder.open(path) as archive:
        event = next(archive.entries()).event
        assert event
        own = {**token, "path": "log/timestamps/2-ours.tsr", "own": True, "gen_time": "2026-11-22T01:02:03+00:00"}
        promise = {**token, "path": "log/timestamps/2-c.ots", "own": False, "authority_kind": "opentimestamps"}
        archive._log.append([replace(event, kind="timestamped", subject="2", facts=each) for each in (own, promise)])
        archive.flush()
    assert attestation(path)[1] == UNATTESTED.proves.en


def test_a_log_written_anew_with_its_own_key_passes_and_says_that_nobody_vouches_for_it(
    attested: Path, tmp_path: Path
) -> None:
    forged = written_anew(attested, tmp_path / "forged")
    assert differing(forged) == []
    assert attestation(forged)[1] == UNATTESTED.proves.en


def test_a_checkpoint_kept_elsewhere_betrays_a_log_written_anew_or_cut_back(attested: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copyfile(attested / "log" / "checkpoint", kept)
    assert kept_checkpoint_check(Layout(attested), kept).holds
    shorter = kept_checkpoint_check(Layout(written_anew(attested, tmp_path / "forged")), kept)
    assert not shorter.holds
    assert "cut back" in shorter.found
    early = next((attested / "log" / "timestamps").glob("*.checkpoint"))
    assert kept_checkpoint_check(Layout(attested), early).holds
    other = kept_checkpoint_check(Layout(tmp_path / "forged"), early)
    assert not other.holds
    assert "written anew" in other.found


def test_a_checkpoint_of_another_key_or_none_at_all_is_no_match(attested: Path, tmp_path: Path) -> None:
    other = new_archive(tmp_path / "other")
    assert not kept_checkpoint_check(Layout(attested), other / "log" / "checkpoint").holds
    with pytest.raises(WrongUsage, match="missing"):
        kept_checkpoint_check(Layout(attested), tmp_path / "missing")


def test_the_key_written_down_elsewhere_is_compared(attested: Path, tmp_path: Path) -> None:
    own = (attested / "keys" / "archive.pub").read_text()
    other = new_archive(tmp_path / "other")
    assert key_check(Layout(attested), own).holds
    assert not key_check(Layout(other), own).holds
    with pytest.raises(UnreadableInput):
        key_check(Layout(attested), "no key")


def test_an_item_that_only_the_teams_own_authority_stamped_is_covered_by_nobody_else(tmp_path: Path) -> None:
    path = new_archive(tmp_path / "archive")
    with timestamp_authority(tmp_path / "authority") as authority:
        set_up(path, authority.settings("ours", own=True))
        stamped(path)
    checks = {check.name: check for check in verify_item(path, "1")}
    assert checks["log/timestamps/2-ours.tsr"].proves == OWN_TIMESTAMP.proves.en
    assert checks["timestamps, cosignatures"].proves == UNATTESTED.proves.en
    assert "nobody outside the team" in checks["timestamps, cosignatures"].found


def test_an_item_that_others_cover_says_nothing_of_the_kind(attested: Path) -> None:
    assert "timestamps, cosignatures" not in {check.name for check in verify_item(attested, "1")}
