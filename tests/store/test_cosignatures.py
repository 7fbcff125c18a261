"""Two teams cosign each other's logs by file: what is kept verifies, and no log gets two histories past a witness."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import differing
from passphrase_checks import cheap
from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.cosignature import CosignerKey, cosigned, cosigned_at
from tawthiq.custody.note import Note, VerifierKey, decoded
from tawthiq.custody.witnessing import LogRewritten, Request, UnknownSize
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput, WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.cosignatures import add, cosignatures, cosigned_checkpoint, known_size, request
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.verify import verify
from tawthiq.store.verify_cosignatures import OWN_KEY
from tawthiq.store.witnessing import trust, watched, witness

__all__ = ["cheap"]
Teams = tuple[Path, Path]


@pytest.fixture
def teams(tmp_path: Path) -> Teams:
    """Team A, whose witness is team B, and team B, which trusts A's log."""
    for name in ("a", "b"):
        ArchiveFolder.create(tmp_path / name, title=name, collector="c").close()
    with ArchiveFolder.open(tmp_path / "a") as a, ArchiveFolder.open(tmp_path / "b") as b:
        trust(b, "team-a", a.verifier_key)
        add_witness(tmp_path / "a", "team-b", b)
    return tmp_path / "a", tmp_path / "b"


def add_witness(path: Path, name: str, other: ArchiveFolder) -> None:
    key = CosignerKey(other.public_key.name, other.public_key.public)
    with (path / "tawthiq.toml").open("a") as settings:
        settings.write(f'\n[witnesses.{name}]\nkey = "{key}"\n')


def keep(path: Path, text: bytes = b"text") -> None:
    with ArchiveFolder.open(path) as archive:
        archive.keep_file("a.html", BytesIO(text), "text/html", {})


def ask(a: Path, old: int | None = None) -> bytes:
    with ArchiveFolder.open(a) as archive:
        key = CosignerKey.parse(archive.settings.witnesses[0].key, "key")
        return bytes(request(archive, known_size(archive.entries(), key) if old is None else old))


def sign(b: Path, data: bytes) -> bytes:
    with ArchiveFolder.open(b) as archive:
        return witness(archive, data, "request")


def take(a: Path, data: bytes) -> list[int]:
    with ArchiveFolder.open(a) as archive:
        return [each.size for each in add(archive, data, "answer")]


def kinds(path: Path) -> list[str]:
    return [entry.event.kind for entry in ArchiveFolder.open(path).entries() if entry.event]


def test_a_cosigned_log_verifies_and_says_what_that_proves(teams: Teams) -> None:
    a, b = teams
    for size in (1, 3, 5):
        assert take(a, sign(b, ask(a))) == [size]
        keep(a)
    check = {check.name: check for check in verify(a)}["log/cosignatures/3-team-b.note"]
    assert check.holds
    assert "team-b" in check.found
    assert "saw this log with 3 entries" in check.found
    assert differing(a) == []
    assert differing(b) == []
    assert kinds(a).count("cosigned") == 3
    assert kinds(b).count("witnessed") == 3


def test_requests_carry_proofs_from_what_the_witness_saw_last(teams: Teams) -> None:
    a, b = teams
    take(a, sign(b, ask(a)))
    keep(a)
    asked = Request.parse(ask(a), "request")
    assert asked.old_size == 1
    assert asked.proof


def test_a_log_that_was_rewritten_is_refused_with_an_alarm_and_the_proof_is_kept(teams: Teams, tmp_path: Path) -> None:
    a, b = teams
    shutil.copytree(a, tmp_path / "copy")
    keep(a, b"true")
    take(a, sign(b, ask(a)))
    for text in (b"forged", b"more", b"and more"):
        keep(tmp_path / "copy", text)
        with pytest.raises(LogRewritten, match="REWRITTEN"):
            sign(b, ask(tmp_path / "copy", 2))
    with ArchiveFolder.open(b) as archive:
        refused = [each.event for each in archive.entries() if each.event and each.event.kind == "witness-refused"]
    with ArchiveFolder.open(a) as archive:
        head = opened(decoded(str(refused[0].facts["checkpoint"]), "proof"), archive.public_key, "proof")
    assert head.size == refused[0].facts["size"]
    assert differing(b) == []


def test_a_log_that_was_cut_back_is_refused(teams: Teams, tmp_path: Path) -> None:
    a, b = teams
    shutil.copytree(a, tmp_path / "old")
    keep(a)
    sign(b, ask(a))
    with pytest.raises(UnknownSize, match="shows 1 entries, but 2 were seen"):
        sign(b, ask(tmp_path / "old"))


def test_a_lost_answer_is_given_again_and_a_lost_request_names_the_size(teams: Teams) -> None:
    a, b = teams
    lost = ask(a)
    sign(b, lost)
    assert take(a, sign(b, lost)) == [1]
    keep(a)
    sign(b, ask(a))
    keep(a)
    with pytest.raises(UnknownSize, match="begins at 3"):
        sign(b, ask(a))
    assert take(a, sign(b, ask(a, 3))) == [4]


def test_an_unknown_log_is_not_cosigned(teams: Teams, tmp_path: Path) -> None:
    ArchiveFolder.create(tmp_path / "c", title="c", collector="c").close()
    with ArchiveFolder.open(tmp_path / "c") as stranger, pytest.raises(WrongUsage, match="no key of this log"):
        sign(teams[1], bytes(request(stranger, 0)))


def test_a_name_or_a_log_is_never_trusted_with_another_key(teams: Teams) -> None:
    a, b = teams
    with ArchiveFolder.open(a) as own, ArchiveFolder.open(b) as archive:
        trust(archive, "team-a", own.verifier_key)
        assert list(watched(archive.entries()).keys) == ["team-a"]
        other = str(VerifierKey(own.public_key.name, bytes(32)))
        for name in ("team-a", "again"):
            with pytest.raises(WrongUsage, match="another key"):
                trust(archive, name, other)
        with pytest.raises(WrongUsage, match="own witness"):
            trust(archive, "self", archive.verifier_key)
        with pytest.raises(WrongUsage, match="no name"):
            trust(archive, "Team A", own.verifier_key)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda data: data[:-3], UnreadableInput),
        (lambda data: data.replace(b"\n1\n", b"\n2\n"), EvidenceDiffers),
        (lambda data: b"".join(data.splitlines(keepends=True)[:-1]), WrongUsage),
        (lambda _: b"", UnreadableInput),
        (lambda data: data[:-12] + b"AAAAAAAAAAA="[:11] + b"\n", (EvidenceDiffers, UnreadableInput)),
    ],
    ids=["cut", "another size", "no cosignature", "empty", "wrong signature"],
)
def test_a_damaged_answer_is_refused_and_nothing_is_kept(
    teams: Teams, change: Callable[[bytes], bytes], error: type[Exception]
) -> None:
    a, b = teams
    answer = sign(b, ask(a))
    with pytest.raises(error):
        take(a, change(answer))
    assert "cosigned" not in kinds(a)
    assert differing(a) == []


def test_an_answer_is_kept_once(teams: Teams) -> None:
    a, b = teams
    answer = sign(b, ask(a))
    assert take(a, answer) == [1]
    assert take(a, answer) == []
    assert kinds(a).count("cosigned") == 1


def test_signature_lines_alone_are_taken_for_the_present_head(teams: Teams) -> None:
    a, b = teams
    line = sign(b, ask(a)).splitlines(keepends=True)[-1]
    assert take(a, line) == [1]


def test_a_cosignature_of_another_history_is_an_alarm(teams: Teams, tmp_path: Path) -> None:
    a, b = teams
    shutil.copytree(a, tmp_path / "copy")
    keep(tmp_path / "copy", b"one history")
    keep(a, b"another")
    answer = sign(b, ask(tmp_path / "copy"))
    with pytest.raises(EvidenceDiffers, match="two histories"):
        take(a, answer)
    keep(tmp_path / "copy")
    keep(tmp_path / "copy")
    with pytest.raises(EvidenceDiffers, match="entries were lost"):
        take(a, sign(b, ask(tmp_path / "copy", 2)))


def test_every_changed_byte_of_a_kept_cosignature_is_found(teams: Teams) -> None:
    a, b = teams
    take(a, sign(b, ask(a)))
    file = a / "log" / "cosignatures" / "1-team-b.note"
    data = file.read_bytes()
    for place in range(0, len(data), 7):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert {check.name for check in differing(a)} == {"log/cosignatures/1-team-b.note"}
    file.write_bytes(data)


def test_the_cosigned_checkpoint_is_one_note_with_every_signature(teams: Teams, tmp_path: Path) -> None:
    a, b = teams
    with ArchiveFolder.create(tmp_path / "c", title="c", collector="c") as c, ArchiveFolder.open(a) as own:
        trust(c, "team-a", own.verifier_key)
        add_witness(a, "team-c", c)
    with pytest.raises(WrongUsage, match="nobody has cosigned"):
        cosigned_checkpoint(Layout(a))
    data = ask(a)
    answers = [sign(b, data), sign(tmp_path / "c", ask(a, 0))]
    for answer in answers:
        take(a, answer)
    whole = Note.parse(cosigned_checkpoint(Layout(a)), "note")
    assert Checkpoint.parse(whole.text, "note").size == 1
    assert len(whole.signatures) == 3
    with ArchiveFolder.open(a) as archive:
        whole.expect_signed_by(archive.public_key, "note")
        for each in cosignatures(archive.entries()):
            assert cosigned_at(whole, each.key, "note") == each.time
    assert len(opened_signatures(a)) == 1


def opened_signatures(path: Path) -> tuple[object, ...]:
    return Note.parse((path / "log" / "checkpoint").read_bytes(), "checkpoint").signatures


def test_two_teams_may_cosign_the_same_size_and_a_crash_loses_neither(teams: Teams, tmp_path: Path) -> None:
    a, b = teams
    with ArchiveFolder.create(tmp_path / "c", title="c", collector="c") as c, ArchiveFolder.open(a) as own:
        trust(c, "team-a", own.verifier_key)
        add_witness(a, "team-c", c)
    data = ask(a)
    take(a, sign(b, data))
    answer = sign(tmp_path / "c", data)
    archive = ArchiveFolder.open(a)
    run = archive._run.folder
    archive._log.append = lambda _: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        add(archive, answer, "answer")
    (run / "lock").unlink()
    assert differing(a) == []
    ArchiveFolder.open(a).close()
    assert differing(a) == []
    assert kinds(a).count("cosigned") == 2


def test_a_smaller_log_than_the_witness_saw_says_that_entries_were_lost(teams: Teams) -> None:
    with pytest.raises(WrongUsage, match="the witness saw 7"):
        ask(teams[0], 7)


def documented(heading: str) -> str:
    """The commands that docs/custody-format.md gives behind a line that begins so."""
    text = (Path(__file__).parents[2] / "docs" / "custody-format.md").read_text("utf-8")
    block = text.partition(f"\n{heading}")[2].partition("\n\n")[2].partition("\n\n")[0]
    assert block.startswith("    ")
    return "\n".join(line[4:] for line in block.split("\n"))


def test_the_documented_commands_of_public_tools_accept_a_cosignature_and_refuse_a_changed_one(
    teams: Teams, tmp_path: Path
) -> None:
    a, b = teams
    take(a, sign(b, ask(a)))
    with ArchiveFolder.open(b) as archive:
        (tmp_path / "key").write_text(f"{CosignerKey(archive.public_key.name, archive.public_key.public)}\n")
    note = (a / "log" / "cosignatures" / "1-team-b.note").read_bytes()
    for data, expected in ((note, 0), (note.replace(b"\n1\n", b"\n2\n"), 1)):
        (tmp_path / "note").write_bytes(data)
        command = ["bash", "-e", "-c", documented("The cosignature, with openssl 3")]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == expected


def test_two_histories_asked_at_once_are_never_both_cosigned(teams: Teams, tmp_path: Path) -> None:
    a, b = teams
    take(a, sign(b, ask(a)))
    requests = []
    for number in range(4):
        copy = Path(shutil.copytree(a, tmp_path / f"history-{number}"))
        keep(copy, b"history %d" % number)
        requests.append(ask(copy))
    children = []
    for data in requests:
        child = os.fork()
        if not child:
            try:
                sign(b, data)
            except LogRewritten:
                os._exit(1)
            except BaseException:
                os._exit(9)
            os._exit(0)
        children.append(child)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert sorted(ended) == [0, 1, 1, 1]
    assert kinds(b).count("witnessed") == 2
    assert kinds(b).count("witness-refused") == 3
    assert differing(b) == []


def test_a_file_whose_event_was_lost_does_not_stand_in_the_way(teams: Teams) -> None:
    a, b = teams
    answer = sign(b, ask(a))
    stray = a / "log" / "cosignatures" / "1-team-b.note"
    stray.parent.mkdir()
    stray.write_bytes(b"half")
    (a / "evidence" / "incoming" / "dead").mkdir(parents=True)
    assert take(a, answer) == [1]
    assert (a / "log" / "cosignatures" / "1-team-b-1.note").is_file()
    assert differing(a) == []


def own_cosignature(path: Path) -> tuple[bytes, CosignerKey, datetime]:
    """The head of an archive, cosigned with its own key as a witness would, and that key and time."""
    with ArchiveFolder.open(path) as archive:
        signer, time = archive.unlock(), datetime(2026, 11, 22, tzinfo=UTC)
        note = Note.parse((path / "log" / "checkpoint").read_bytes(), "head")
        whole = Note(note.text, (*note.signatures, cosigned(signer, note.text, time)))
        return bytes(whole), CosignerKey.of(signer), time


def test_a_cosignature_with_the_archives_own_key_is_refused_and_where_it_is_kept_it_differs(tmp_path: Path) -> None:
    path = ArchiveFolder.create(tmp_path / "a", title="a", collector="c").path
    data, key, time = own_cosignature(path)
    with ArchiveFolder.open(path) as archive:
        add_witness(path, "ourselves", archive)
    with pytest.raises(WrongUsage, match="own key"):
        take(path, data)
    head = opened(data, read_public(Layout(path)), "head")
    facts = {"witness": "others", "key": str(key), "size": head.size, "root": head.root.hex(), "time": time}
    with ArchiveFolder.open(path) as archive:
        archive.keep_beside_log("cosigned", "cosignatures/1-others.note", data, str(head.size), facts)
    (check,) = differing(path)
    assert (check.name, check.found) == ("log/cosignatures/1-others.note", OWN_KEY)
