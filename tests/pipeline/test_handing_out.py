"""What leaves: checked, logged, then named; and nothing of what was refused, broken off or could not be written stays."""

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tawthiq.pipeline import handing_out
from tawthiq.pipeline.handing_out import SUMS, Purpose, hand_out
from tawthiq.publication.leaks import LeakFound, UnreadablePart
from tawthiq.records.disclosure import Profile, Protected, ProtectedPerson
from tawthiq.records.errors import StorageFailed, TawthiqError, WrongUsage
from tawthiq.store import ArchiveFolder

NAME = "سنبل عبد الغيم النرجسي"
PROTECTED = Protected((ProtectedPerson("وردة", (NAME,)),))
TABLE = Purpose("table", Profile.COURT, [1, 2], "heron")


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="A case", collector="heron")


def writing(data: bytes, name: str = "") -> Callable[[Path], None]:
    """A writer of one file, or of a folder with one file in it."""

    def write(part: Path) -> None:
        if name:
            part.mkdir()
            (part / name).write_bytes(data)
        else:
            part.write_bytes(data)

    return write


def exports(archive: ArchiveFolder) -> list[dict[str, object]]:
    return [entry.event.facts for entry in archive.entries() if entry.event and entry.event.kind == "exported"]


def test_an_output_is_logged_with_its_digest(archive: ArchiveFolder, tmp_path: Path) -> None:
    handed = hand_out(archive, tmp_path / "out.csv", TABLE, PROTECTED, writing(b"a,b\n"))
    assert handed.path.read_bytes() == b"a,b\n"
    assert handed.sha256 == hashlib.sha256(b"a,b\n").hexdigest()
    (facts,) = exports(archive)
    assert (facts["output_sha256"], facts["profile"], facts["incidents"]) == (handed.sha256, "court", [1, 2])


def test_a_folder_is_logged_by_its_list_of_digests(archive: ArchiveFolder, tmp_path: Path) -> None:
    handed = hand_out(archive, tmp_path / "out", TABLE, PROTECTED, writing(b"x", "a.txt"))
    listed = (handed.path / SUMS).read_bytes()
    assert listed == f"{hashlib.sha256(b'x').hexdigest()}  a.txt\n".encode()
    assert exports(archive)[0]["output_sha256"] == hashlib.sha256(listed).hexdigest() == handed.sha256


def test_the_log_has_its_entry_before_the_output_has_its_name(
    archive: ArchiveFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[int] = []
    moving = handing_out.move

    def move(part: Path, output: Path) -> None:
        logged.append(len(exports(archive)))
        assert not output.exists()
        moving(part, output)

    monkeypatch.setattr(handing_out, "move", move)
    hand_out(archive, tmp_path / "out.csv", TABLE, PROTECTED, writing(b"x"))
    assert logged == [1]


@pytest.mark.parametrize("name", ["", "a.txt"])
def test_nothing_of_a_refused_output_stays_and_nothing_is_logged(
    archive: ArchiveFolder, tmp_path: Path, name: str
) -> None:
    with pytest.raises(LeakFound):
        hand_out(archive, tmp_path / "out", TABLE, PROTECTED, writing(f"قالت {NAME}".encode(), name))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive"]
    assert exports(archive) == []


def test_an_output_called_after_somebody_is_refused(archive: ArchiveFolder, tmp_path: Path) -> None:
    with pytest.raises(LeakFound) as told:
        hand_out(archive, tmp_path / f"{NAME}.csv", TABLE, PROTECTED, writing(b"x"))
    assert NAME not in str(told.value)
    assert exports(archive) == []


@pytest.mark.parametrize("protected", [PROTECTED, Protected()])
def test_a_link_in_a_folder_is_refused_and_what_it_leads_to_is_left_alone(
    archive: ArchiveFolder, tmp_path: Path, protected: Protected
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.txt").write_bytes(b"kept")

    def write(part: Path) -> None:
        part.mkdir()
        (part / "inside").symlink_to(secret, target_is_directory=True)

    with pytest.raises(UnreadablePart):
        hand_out(archive, tmp_path / "out", TABLE, protected, write)
    assert (secret / "a.txt").read_bytes() == b"kept"
    assert not (tmp_path / "out.part").exists()
    assert exports(archive) == []


@pytest.mark.parametrize("left", ["file", "folder", "link"])
def test_what_a_killed_run_left_is_replaced(archive: ArchiveFolder, tmp_path: Path, left: str) -> None:
    part, elsewhere = tmp_path / "out.part", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_bytes(b"kept")
    if left == "file":
        part.write_bytes(b"old")
    elif left == "folder":
        (part / "deep").mkdir(parents=True)
    else:
        part.symlink_to(elsewhere, target_is_directory=True)
    handed = hand_out(archive, tmp_path / "out", TABLE, PROTECTED, writing(b"new"))
    assert handed.path.read_bytes() == b"new"
    assert (elsewhere / "a.txt").read_bytes() == b"kept"


@pytest.mark.parametrize(
    "broken", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device"), ValueError()]
)
def test_a_run_that_breaks_off_leaves_nothing(archive: ArchiveFolder, tmp_path: Path, broken: BaseException) -> None:
    def write(part: Path) -> None:
        part.mkdir()
        (part / "a.txt").write_bytes(b"half")
        raise broken

    expected = StorageFailed if isinstance(broken, OSError) else type(broken)
    with pytest.raises(expected):
        hand_out(archive, tmp_path / "out", TABLE, PROTECTED, write)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive"]
    assert exports(archive) == []


@pytest.mark.parametrize("there", ["file", "folder", "link to nothing"])
def test_what_is_there_already_is_never_replaced(archive: ArchiveFolder, tmp_path: Path, there: str) -> None:
    output = tmp_path / "out"
    if there == "file":
        output.write_bytes(b"mine")
    elif there == "folder":
        output.mkdir()
    else:
        output.symlink_to(tmp_path / "nowhere")
    with pytest.raises(WrongUsage):
        hand_out(archive, output, TABLE, PROTECTED, writing(b"x"))


def test_what_appears_while_it_is_written_is_not_replaced(archive: ArchiveFolder, tmp_path: Path) -> None:
    def write(part: Path) -> None:
        part.write_bytes(b"x")
        (tmp_path / "out").write_bytes(b"mine")

    with pytest.raises(WrongUsage):
        hand_out(archive, tmp_path / "out", TABLE, PROTECTED, write)
    assert (tmp_path / "out").read_bytes() == b"mine"
    assert not (tmp_path / "out.part").exists()


@pytest.mark.parametrize("name", ["archive/evidence/out.csv", "nowhere/out.csv", "x" * 300])
def test_places_that_cannot_be_are_named(archive: ArchiveFolder, tmp_path: Path, name: str) -> None:
    with pytest.raises(TawthiqError):
        hand_out(archive, tmp_path / name, TABLE, PROTECTED, writing(b"x"))
    assert exports(archive) == []
