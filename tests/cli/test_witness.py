"""`tawthiq witness`: by file between two archives, and over HTTP with a witness on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_checks import differing
from command_line import run
from loopback_witness import Witness, witnessing
from passphrase_checks import cheap
from tawthiq.custody.note import Note, VerifierKey
from tawthiq.store import ArchiveFolder

__all__ = ["cheap"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    ArchiveFolder.create(tmp_path / "a", title="a", collector="c").close()
    return tmp_path / "a"


@pytest.fixture
def online() -> Iterator[Witness]:
    with witnessing() as witness:
        yield witness


def write_witness(case: Path, key: str, url: str = "") -> None:
    address = f'url = "{url}"\n' if url else ""
    with (case / "tawthiq.toml").open("a") as settings:
        settings.write(f'\n[witnesses.team-b]\nkey = "{key}"\n{address}')


def introduce(case: Path, online: Witness) -> None:
    write_witness(case, online.key, online.url)
    with ArchiveFolder.open(case) as archive:
        online.logs[archive.public_key.name] = archive.public_key


def test_two_teams_exchange_files(case: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    other = tmp_path / "b"
    ArchiveFolder.create(other, title="b", collector="c").close()
    capfdbinary.readouterr()
    assert run("--archive", str(other), "witness", "key") == 0
    write_witness(case, capfdbinary.readouterr().out.decode().strip())
    key = ArchiveFolder.open(case).verifier_key
    assert run("--archive", str(other), "witness", "trust", "team-a", key) == 0
    assert run("--archive", str(case), "witness", "status") == 0
    assert b"team-b: never asked" in capfdbinary.readouterr().out
    assert run("--archive", str(case), "witness", "request", "team-b") == 0
    request = tmp_path / "request"
    request.write_bytes(capfdbinary.readouterr().out)
    assert run("--archive", str(other), "witness", "sign", str(request)) == 0
    answer = tmp_path / "answer"
    answer.write_bytes(capfdbinary.readouterr().out)
    assert run("--archive", str(case), "witness", "add", str(answer)) == 0
    assert run("--archive", str(case), "witness", "add", str(answer)) == 0
    assert b"kept already" in capfdbinary.readouterr().out
    assert run("--archive", str(case), "witness", "note") == 0
    assert len(Note.parse(capfdbinary.readouterr().out, "note").signatures) == 2
    assert run("--archive", str(case), "witness", "status") == 0
    assert b"team-b: saw 1 entries" in capfdbinary.readouterr().out
    assert run("--archive", str(other), "witness", "status") == 0
    assert b"for team-a" in capfdbinary.readouterr().out
    assert differing(case) == differing(other) == []


def test_a_request_given_back_in_place_of_the_answer_is_named_as_such(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "request").write_bytes(b"old 0\n\nlog.invalid/a\n1\n")
    assert run("--archive", str(case), "witness", "add", str(tmp_path / "request")) == 2
    assert "it is the request for a cosignature, not the answer" in capsys.readouterr().err


def test_a_witness_over_http_is_asked_by_the_specification(
    case: Path, online: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    introduce(case, online)
    assert run("--archive", str(case), "witness", "ask", "team-b") == 0
    assert run("--archive", str(case), "witness", "ask", "team-b") == 0
    assert "saw 2 entries" in capsys.readouterr().out
    assert [path for path, _ in online.asked] == ["/prefix/add-checkpoint"] * 2
    assert online.asked[1][1].startswith(b"old 1\n")
    assert differing(case) == []


def test_a_witness_that_saw_more_than_we_remember_is_asked_once_more(case: Path, online: Witness) -> None:
    introduce(case, online)
    with ArchiveFolder.open(case) as archive:
        key = archive.public_key
    assert run("--archive", str(case), "witness", "ask", "team-b") == 0
    (case / "tawthiq.toml").write_text((case / "tawthiq.toml").read_text().replace(online.key, "")[:-1] + "\n")
    online.signer = type(online.signer)("witness.example/new", online.signer.private)
    text = (case / "tawthiq.toml").read_text().replace('key = ""', f'key = "{online.key}"')
    (case / "tawthiq.toml").write_text(text.replace("[witnesses.team-b]", "[witnesses.renamed]"))
    online.asked.clear()
    assert run("--archive", str(case), "witness", "ask", "renamed") == 0
    assert [body.split(b"\n")[0] for _, body in online.asked] == [b"old 0", b"old 1"]
    assert online.seen[key.name].size == 2
    assert differing(case) == []


def test_refusals_of_a_witness_are_told(case: Path, online: Witness, capsys: pytest.CaptureFixture[str]) -> None:
    write_witness(case, online.key, online.url)
    assert run("--archive", str(case), "witness", "ask", "team-b") == 3
    assert "does not know this log" in capsys.readouterr().err
    with ArchiveFolder.open(case) as archive:
        name = archive.public_key.name
    online.logs[name] = VerifierKey(name, bytes(range(32)))
    assert run("--archive", str(case), "witness", "ask", "team-b") == 3
    assert "does not accept the signature" in capsys.readouterr().err


def test_a_witness_that_saw_another_history_is_an_alarm(
    case: Path, online: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    introduce(case, online)
    assert run("--archive", str(case), "witness", "ask", "team-b") == 0
    (name,) = online.seen
    online.seen[name] = type(online.seen[name])(name, 1, bytes(32))
    assert run("--archive", str(case), "witness", "ask", "team-b") == 1
    assert "REWRITTEN" in capsys.readouterr().err
    online.seen[name] = type(online.seen[name])(name, 50, bytes(32))
    assert run("--archive", str(case), "witness", "ask", "team-b") == 2
    assert "the witness saw 50" in capsys.readouterr().err


def test_a_witness_that_cannot_be_reached_or_is_not_there_is_told(
    case: Path, online: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    write_witness(case, online.key)
    assert run("--archive", str(case), "witness", "ask", "team-b") == 2
    assert "witness request team-b" in capsys.readouterr().err
    assert run("--archive", str(case), "witness", "ask", "nobody") == 2
    assert "no witness of this name" in capsys.readouterr().err
    assert run("--archive", str(case), "witness", "sign", str(case / "nothing")) == 2
