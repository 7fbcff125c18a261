"""`tawthiq verify`: a line a check, exit codes 0, 1 and 2, and nothing written."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from command_line import run
from fault_worker import Worker, archive_with_witness
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        return archive.path / archive.keep_file("a.html", BytesIO(b"text"), None, {}).path


def test_a_sound_archive_exits_0_with_a_line_a_check(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", str(tmp_path / "case")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == f"{len(lines) - 2} checks hold, 0 do not."
    assert all(line.startswith("holds") for line in lines[:-2])
    assert lines[-1] == (
        "Not proven here (1): when these entries were written, and that the holder of the key did not write them anew."
    )
    assert any(kept.name in line for line in lines)


def test_a_changed_byte_exits_1_and_names_the_file(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(kept.read_bytes())
    data[40] ^= 1
    kept.write_bytes(bytes(data))
    assert run("verify", "--quiet", str(tmp_path / "case")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("DIFFERS")
    assert kept.name in lines[0]
    assert [line.partition(" (")[0] for line in lines[2:]] == ["Not proven here"]


def test_no_archive_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", str(tmp_path / "nothing")) == 2
    assert "there is no archive" in capsys.readouterr().err
    assert run("verify", str(tmp_path / "nothing.wacz")) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_the_archive_is_found_by_option_variable_and_folder(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--archive", str(tmp_path / "case"), "verify") == 0
    monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(tmp_path / "case"))
    assert run("verify") == 0
    monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(tmp_path / "other"))
    assert run("verify") == 2
    monkeypatch.delenv("TAWTHIQ_ARCHIVE")
    monkeypatch.chdir(kept.parent)
    assert run("verify") == 0
    monkeypatch.chdir(tmp_path)
    assert run("verify") == 2


@pytest.mark.parametrize("verb", [("verify", "--explain"), ("log",), ("log", "--json")])
def test_a_reader_who_goes_away_changes_no_exit_code(kept: Path, tmp_path: Path, verb: tuple[str, ...]) -> None:
    script = "from tawthiq.cli.main import main; main()"
    with ArchiveFolder.open(tmp_path / "case") as archive:
        created = next(archive.entries()).event
        assert created is not None
        archive.log([LogEvent("note", created.time, "c", "x" * 500, {}) for _ in range(300)])
    command = [sys.executable, "-c", script, "--archive", str(tmp_path / "case"), *verb]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 0


def test_explanations_are_given_on_request(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--explain", str(tmp_path / "case")) == 0
    assert "proves: the file has not changed since it was logged" in capsys.readouterr().out


def test_a_hostile_file_name_is_named_on_one_line(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept.parent / "a\u202egnp\nholds \udc80").write_bytes(b"")
    assert run("verify", "--quiet", str(tmp_path / "case")) == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("DIFFERS")
    assert "a\\u202egnp\\nholds \\udc80" in line


def test_explanations_say_in_both_languages_what_is_proven_and_what_is_not(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", "--explain", str(tmp_path / "case")) == 0
    assert "does not prove: that the site served this to everyone" in capsys.readouterr().out
    assert run("verify", "--explain", "--language", "ar", str(tmp_path / "case")) == 0
    said = capsys.readouterr().out
    assert "يثبت: أن الملف لم يتغير منذ أن قُيّد في السجل" in said
    assert "لا يثبت: أن الموقع قدّم هذا المحتوى للجميع" in said
    assert said.splitlines()[-2].startswith("سليم: ")
    assert said.splitlines()[-1].startswith("لم يثبت هنا (1): ")
    assert "holds" not in said


def item_lines(case: Path, item: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = run("verify", "--item", item, str(case))
    return code, capsys.readouterr().out.splitlines()


def test_one_item_is_verified_without_reading_other_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        one, other = (archive.keep_file(f"{n}.html", BytesIO(b"text %d" % n), None, {}) for n in range(2))
    (archive.path / other.path).write_bytes(b"damaged")
    code, lines = item_lines(archive.path, one.id, capsys)
    assert code == 0
    assert any(line.startswith(f"holds    {one.path}") for line in lines)
    assert any("hashes lead to the signed root over 3 entries" in line for line in lines)
    assert any("no timestamp and no cosignature covers it yet" in line for line in lines)
    assert not any(other.path in line for line in lines)
    code, lines = item_lines(archive.path, other.id, capsys)
    assert code == 1
    assert any(line.startswith(f"DIFFERS  {other.path}") for line in lines)


@pytest.mark.parametrize("place", ["file", "line", "head"])
def test_one_changed_bit_of_what_an_item_rests_on_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        item = archive.keep_file("1.html", BytesIO(b"text"), None, {})
    path = {"file": item.path, "line": "log/journal/000.jsonl", "head": "log/checkpoint"}[place]
    data = bytearray((archive.path / path).read_bytes())
    for at in range(len(data) - 100, len(data) - 60):
        data[at] ^= 1
        (archive.path / path).write_bytes(bytes(data))
        code, lines = item_lines(archive.path, item.id, capsys)
        assert code == 1, at
        assert any(line.startswith(f"DIFFERS  {path}") for line in lines), at
        data[at] ^= 1


def test_what_covers_an_item_is_held_against_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = archive_with_witness(tmp_path / "case")
    worker = Worker(path, tmp_path / "notes", Random(1))
    with ArchiveFolder.open(path) as archive:
        item = archive.keep_file("1.html", BytesIO(b"text"), None, {})
        worker._stamp(archive, "stamp")
        worker._cosign(archive, "")
    code, lines = item_lines(path, item.id, capsys)
    assert code == 0
    beside = [file for file in (path / "log").rglob("*") if file.parent.name in ("timestamps", "cosignatures")]
    assert len(beside) == 3
    assert run("verify", "--item", item.id, "--explain", str(path)) == 0
    assert capsys.readouterr().out.count("that the site served this to everyone") == 1, "of the evidence alone"
    for file in beside:
        assert any(file.name in line for line in lines), file.name
        data = file.read_bytes()
        file.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
        code, changed = item_lines(path, item.id, capsys)
        assert code == 1
        assert any(line.startswith("DIFFERS") and file.name in line for line in changed), file.name
        file.write_bytes(data)


def test_an_erased_item_holds_and_is_told_and_an_unknown_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        item = archive.keep_file("1.html", BytesIO(b"text"), None, {})
        archive.erase(item.id, reason="asked for", authorised_by="lead-2")
    code, lines = item_lines(archive.path, item.id, capsys)
    assert code == 0
    assert any("erased on" in line and "asked for" in line for line in lines)
    assert any("log entry 1: erased, 32 bytes are left; " in line for line in lines)
    code, _ = item_lines(archive.path, "nobody", capsys)
    assert code == 2


def kinds(path: Path) -> list[str]:
    return [entry.event.kind for entry in ArchiveFolder.open(path).entries() if entry.event]


def test_a_recorded_verification_enters_the_log_also_when_something_differs(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", "-q", "--record", str(tmp_path / "case")) == 0
    kept.write_bytes(b"changed")
    assert run("verify", "-q", "--record", str(tmp_path / "case")) == 1
    assert kinds(tmp_path / "case")[-2:] == ["fixity-checked"] * 2
    assert run("verify", "-q", "--record", "--item", "1", str(tmp_path / "case")) == 2
    assert "only a whole archive" in capsys.readouterr().err


def test_verification_on_schedule_waits_until_it_is_due(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "case" / "tawthiq.toml"
    assert run("verify", "--if-due", str(tmp_path / "case")) == 0
    assert capsys.readouterr().out.startswith("not due: checked on ")
    settings.write_text(settings.read_text().replace("fixity_days = 30.0", "fixity_days = 1e-9"))
    assert run("verify", "--if-due", str(tmp_path / "case")) == 0
    assert kinds(tmp_path / "case")[-1] == "fixity-checked"


def test_a_log_too_damaged_for_a_record_is_verified_all_the_same(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case" / "log" / "checkpoint").write_bytes(b"damaged")
    assert run("verify", "-q", "--record", str(tmp_path / "case")) == 1
    told = capsys.readouterr()
    assert "log/checkpoint" in told.out
    assert "not recorded" in told.err


def test_an_archive_is_held_against_what_was_kept_elsewhere(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    key, checkpoint = (case / "keys" / "archive.pub").read_text(), tmp_path / "checkpoint"
    checkpoint.write_bytes((case / "log" / "checkpoint").read_bytes())
    assert run("verify", str(case), "--key", key, "--checkpoint", str(checkpoint)) == 0
    said = capsys.readouterr().out
    assert "the one expected" in said
    assert "this log begins with the" in said
    other = tmp_path / "other"
    assert run("new", str(other)) == 0
    assert run("verify", str(other), "--quiet", "--key", key, "--checkpoint", str(checkpoint)) == 1
    assert [line[:15] for line in capsys.readouterr().out.splitlines() if "DIFFERS" in line] == [
        "DIFFERS  key: t", "DIFFERS  checkp",
    ]  # fmt: skip


@pytest.mark.parametrize("cut", [0, 10, -1])
def test_a_mistyped_key_says_what_a_key_looks_like(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], cut: int
) -> None:
    key = (tmp_path / "case" / "keys" / "archive.pub").read_text().strip()
    assert run("verify", str(tmp_path / "case"), "--key", key[:cut]) == 2
    told = capsys.readouterr().err
    assert "Copy the whole line of keys/archive.pub" in told
    assert "+ and 44 letters" in told
    assert "backup" not in told


def test_one_wrong_character_of_a_key_is_told_as_such(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = (tmp_path / "case" / "keys" / "archive.pub").read_text().strip()
    wrong = key[:-1] + ("A" if key[-1] != "A" else "B")
    assert run("verify", str(tmp_path / "case"), "--key", wrong) == 2
    assert "a character of it is wrong" in capsys.readouterr().err
    broken_into_lines = f"{key[:30]}\n  {key[30:]}\n"
    assert run("verify", str(tmp_path / "case"), "--key", broken_into_lines) == 0


def test_a_proof_alone_is_refused_with_the_way_to_check_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof = tmp_path / "entry-00000002.tlog-proof"
    proof.write_text("c2sp.org/tlog-proof@v1\n", encoding="utf-8")
    assert run("verify", proof) == 2
    assert "sh -eu proofs/checks.txt" in capsys.readouterr().err
