"""`tawthiq dossier`: a folder that can be handed in, logged, the same each time, or nothing at all."""

import hashlib
import shutil
from pathlib import Path

import pytest

from command_line import run
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.store import ArchiveFolder

PAGE = '<html lang="ar"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p></article></body></html>'
PAGES = {
    "a.html": PAGE.format(
        title="غارة على سوق إدلب",
        body="قتل خمسة أشخاص في غارة جوية على سوق مدينة إدلب يوم 3 آذار 2020، بحسب ما قال سكان من المدينة.",
    ).encode(),
    "b.html": PAGE.format(
        title="سبعة قتلى في إدلب",
        body="قال الدفاع المدني إن سبعة أشخاص بينهم طفلان قتلوا في غارة جوية على سوق مدينة إدلب يوم 3 آذار 2020.",
    ).encode(),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """An archive of two reports of one incident, read and linked, and the incident's number."""
    folder = make_folder(tmp_path_factory.mktemp("dossier") / "archive", PAGES)
    folder.close()
    assert run("--archive", folder.path, "read", "--link") == 0
    open_database(folder.database)
    from tawthiq.archive.models import Incident  # noqa: PLC0415  models need the database opened above

    return folder.path, Incident.objects.get().number


@pytest.fixture
def archive(model: tuple[Path, int], tmp_path: Path) -> tuple[Path, str]:
    shutil.copytree(model[0], tmp_path / "archive")
    return tmp_path / "archive", str(model[1])


def test_a_dossier_is_a_folder_whose_digest_enters_the_log(
    archive: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, number = archive
    made = tmp_path / "made"
    assert run("--archive", path, "dossier", number, "--profile", "court", "-o", made, "--language", "ar") == 0
    said = capsys.readouterr()
    sums = (made / "SHA256SUMS").read_bytes()
    assert said.out == f"{hashlib.sha256(sums).hexdigest()}\t{made}\n"
    assert {each.name for each in made.iterdir()} == {"dossier.html", "dossier.pdf", "proofs", "SHA256SUMS"}
    named = {line.split("  ")[1] for line in sums.decode().splitlines()}
    assert named == {str(each.relative_to(made)) for each in made.rglob("*") if each.is_file()} - {"SHA256SUMS"}
    assert any(each.name.endswith(".tlog-proof") for each in (made / "proofs").iterdir())
    with ArchiveFolder.open(path) as folder:
        exported = [entry.event for entry in folder.entries() if entry.event and entry.event.kind == "exported"]
    assert [each.facts["output_sha256"] for each in exported] == [hashlib.sha256(sums).hexdigest()]
    assert exported[0].facts["what"] == "dossier"


def test_the_second_dossier_is_the_first_though_the_log_has_grown(archive: tuple[Path, str], tmp_path: Path) -> None:
    path, number = archive
    given = ("--archive", path, "dossier", number, "--profile", "partner", "--language", "en")
    assert run(*given, "-o", tmp_path / "first") == 0
    (tmp_path / "other.txt").write_text("a file about something else", encoding="utf-8")
    assert run("--archive", path, "collect", tmp_path / "other.txt") == 0
    assert run(*given, "-o", tmp_path / "second") == 0
    first, second = (
        {
            str(each.relative_to(tmp_path / name)): each.read_bytes()
            for each in (tmp_path / name).rglob("*")
            if each.is_file()
        }
        for name in ("first", "second")
    )
    assert first == second


def test_what_is_not_published_is_for_nobody_but_courts_and_partners(
    archive: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, number = archive
    assert run("--archive", path, "dossier", number, "-o", tmp_path / "made") == 2
    assert "no published case" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("999999", "--profile", "court"), "no such incident"),
        (("0",), "0 is not in the range"),
        (("one",), "not a valid integer"),
        (("999999", "--profile", "court", "--as", "nobody"), "nobody of the team has this name"),
    ],
)
def test_what_it_cannot_find_it_says(
    archive: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], told: str
) -> None:
    assert run("--archive", archive[0], "dossier", *given, "-o", tmp_path / "made") == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "made").exists()


def test_nothing_half_written_is_left_where_something_is(
    archive: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, number = archive
    (tmp_path / "made").mkdir()
    assert (
        run("--archive", path, "dossier", number, "--profile", "court", "--format", "html", "-o", tmp_path / "made")
        == 2
    )
    assert "it is there already" in capsys.readouterr().err
    assert list((tmp_path / "made").iterdir()) == []
    assert not (tmp_path / "made.part").exists()


def test_each_format_comes_alone_when_it_is_asked_for(archive: tuple[Path, str], tmp_path: Path) -> None:
    path, number = archive
    given = ("--archive", path, "dossier", number, "--profile", "court", "--language", "en", "--format", "html")
    assert run(*given, "-o", tmp_path / "made") == 0
    assert {each.name for each in (tmp_path / "made").iterdir()} == {"dossier.html", "proofs", "SHA256SUMS"}
    page = (tmp_path / "made" / "dossier.html").read_text(encoding="utf-8")
    assert '<html lang="en" dir="ltr">' in page
    assert 'dir="rtl" class="part ar"' not in page
