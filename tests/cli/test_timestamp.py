"""`tawthiq timestamp` as a person uses it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from calendar_server import HEIGHT, block_header, calendar
from tawthiq.cli.main import main
from tawthiq.store import ArchiveFolder
from timestamp_authority import TimestampAuthority, timestamp_authority


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[TimestampAuthority]:
    with timestamp_authority(tmp_path / "authority") as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "archive", title="t", collector="c") as archive:
        archive.keep_file("page.html", BytesIO(b"<p>saved</p>"), "text/html", {})
    return archive.path


def set_up(path: Path, *tables: str) -> None:
    settings = path / "tawthiq.toml"
    settings.write_text(settings.read_text("utf-8") + "".join(tables), "utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(each) for each in arguments])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def test_it_stamps_and_tells_so(path: Path, authority: TimestampAuthority, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(path, authority.settings("north"))
    code, out, err = run(capsys, "--archive", path, "timestamp")
    assert (code, err) == (0, "")
    assert out.startswith("north: stamped, entries below 2, 20")


def test_status_tells_what_waits_before_and_nothing_after(
    path: Path, authority: TimestampAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(path, authority.settings("north"), authority.settings("ours", own=True))
    _, before, _ = run(capsys, "--archive", path, "timestamp", "--status")
    run(capsys, "--archive", path, "timestamp")
    code, after, _ = run(capsys, "--archive", path, "timestamp", "--status")
    assert "north: has stamped nothing; entries 0 to 1 wait" in before
    assert code == 0
    north, ours = after.splitlines()
    assert north.startswith("north: entries below 2 stamped at 20")
    assert north.endswith("nothing waits")
    assert "no independent evidence" in ours


def test_status_asks_nobody(path: Path, authority: TimestampAuthority, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(path, authority.settings())
    run(capsys, "--archive", path, "timestamp", "--status")
    assert authority.requests == []


def test_a_failure_is_told_and_leaves_exit_code_3(
    path: Path, authority: TimestampAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(path, authority.settings("north"))
    authority.status = 500
    code, out, err = run(capsys, "--archive", path, "timestamp")
    assert (code, out) == (3, "")
    assert "failed: north" in err


def test_without_an_authority_it_says_how_to_set_one(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--archive", path, "timestamp")
    assert code == 2
    assert "[authorities.NAME]" in err


def test_if_due_leaves_in_peace_who_stamped_lately(
    path: Path, authority: TimestampAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(path, authority.settings())
    run(capsys, "--archive", path, "timestamp", "--if-due")
    with ArchiveFolder.open(path) as archive:
        archive.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
    code, out, _ = run(capsys, "--archive", path, "timestamp", "--if-due")
    assert code == 0
    assert "covered already" in out
    assert len(authority.requests) == 1


def test_a_proof_is_held_against_the_right_and_the_wrong_block(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    wrong.write_bytes(block_header(bytes(32)))
    with calendar() as server:
        set_up(path, server.settings())
        run(capsys, "--archive", path, "timestamp")
        assert run(capsys, "--archive", path, "timestamp", "--bitcoin-header", wrong)[0] == 3
        right.write_text(server.mine().hex())
        run(capsys, "--archive", path, "timestamp")
    code, out, err = run(capsys, "--archive", path, "timestamp", "--bitcoin-header", right)
    assert code == 0
    assert f"entries below 2 existed when block {HEIGHT} was made" in out
    assert "compare the block's hash" in err
    code, out, _ = run(capsys, "--archive", path, "timestamp", "--bitcoin-header", wrong)
    assert code == 1
    assert "DIFFERS" in out


def test_a_promise_is_told_as_one_and_covers_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with calendar() as server:
        set_up(path, server.settings())
        _, first, _ = run(capsys, "--archive", path, "timestamp")
        _, second, remarks = run(capsys, "--archive", path, "timestamp")
        _, status, _ = run(capsys, "--archive", path, "timestamp", "--status")
        _, doctor, _ = run(capsys, "--archive", path, "doctor")
        _, chain, open_question = run(capsys, "--archive", path, "log", "1")
        _, item, _ = run(capsys, "--archive", path, "verify", "--item", "1")
        assert first == second == "calendar: promised, entries below 2\n"
        assert "a promise proves nothing until a block" in remarks
        told = "calendar: has stamped nothing; entries 0 to 1 promised only, in no block yet"
        assert status.startswith(told)
        assert status.endswith("nothing else waits\n")
        assert told in doctor
        assert "promised by calendar (log of 2 entries), in no block yet: no proof of the time" in chain
        assert "covered by" not in chain
        assert "no timestamp and no cosignature covers it yet" in open_question
        assert "no timestamp and no cosignature covers it yet" in item
        server.mine()
        _, third, _ = run(capsys, "--archive", path, "timestamp")
    _, status, _ = run(capsys, "--archive", path, "timestamp", "--status")
    _, chain, _ = run(capsys, "--archive", path, "log", "1")
    assert third == "calendar: confirmed, entries below 2\n"
    assert status == f"calendar: entries below 2 in block {HEIGHT} of Bitcoin; nothing waits\n"
    assert f"covered by the stamp of calendar at block {HEIGHT} of Bitcoin" in chain


@pytest.mark.parametrize(("late", "remarked"), [(-60, False), (3600, False), (3 * 3600, True), (61 * 86_400, True)])
def test_a_block_that_is_older_than_what_it_holds_is_remarked_on(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], late: int, *, remarked: bool
) -> None:
    with calendar() as server:
        set_up(path, server.settings())
        run(capsys, "--archive", path, "timestamp")
        server.mine()
        run(capsys, "--archive", path, "timestamp")
    with ArchiveFolder.open(path) as archive:
        newest = max(entry.event.time for entry in archive.entries(0) if entry.event and entry.index < 2)
    assert server.root is not None
    (tmp_path / "header").write_bytes(block_header(server.root, int(newest.timestamp()) - late))
    _, out, _ = run(capsys, "--archive", path, "timestamp", "--bitcoin-header", tmp_path / "header")
    assert ("this time does not fit" in out) == remarked


def test_a_file_that_is_no_header_is_named(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "header").write_bytes(b"nothing")
    code, _, err = run(capsys, "--archive", path, "timestamp", "--bitcoin-header", tmp_path / "header")
    assert code == 3
    assert "header" in err


def test_the_doctor_tells_who_stamps_and_what_waits(
    path: Path, authority: TimestampAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    _, without, _ = run(capsys, "--archive", path, "doctor")
    set_up(path, authority.settings("ours", own=True))
    _, waiting, _ = run(capsys, "--archive", path, "doctor")
    assert "no authority is set" in without
    assert "ours: has stamped nothing; entries 0 to 1 wait" in waiting
    assert "the team's own only" in waiting


def test_the_doctor_names_an_authority_without_certificates(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(path, '\n[authorities.bare]\nurl = "http://tsa.invalid/"\n')
    _, told, _ = run(capsys, "--archive", path, "doctor")
    assert "authorities.bare.certificates" in " ".join(told.split())
