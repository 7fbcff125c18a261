"""`tawthiq erase` as a person runs it: asked twice, gone from evidence, log, rows and the gaps of the database's file."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from archive_checks import differing
from command_line import run
from tawthiq.archive.database import open_database, set_up_django
from tawthiq.cli.main import tawthiq
from tawthiq.records.capture import Capture
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder

set_up_django()
WHY = ("--reason", "the witness asked for it", "--authorised-by", "lead-2")
OTHERS = (
    '<html lang="ar"><head><title>قصف على سوق الرقّة</title></head><body><article><h1>قصف على سوق الرقّة</h1>'
    "<p>قال ناشطون إن القصف الذي وقع يوم الاثنين على السوق أدى إلى مقتل أربعة مدنيين وإصابة آخرين بجروح.</p>"
    "<p>ولم تعلن أي جهة مسؤوليتها عن القصف حتى مساء اليوم نفسه، بحسب ما أفاد به مراسل الموقع من المكان.</p>"
    "</article></body></html>"
)
TELLING = OTHERS.replace("مراسل الموقع", "شاهدنا زعرور qulqantar مراسل الموقع").replace("الرقّة", "الميادين")


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    """An archive whose first item tells of a witness by a word that stands nowhere else."""
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        return [
            archive.keep_file("telling.html", BytesIO(TELLING.encode()), "text/html", {}),
            archive.keep_file("other.html", BytesIO(OTHERS.encode()), "text/html", {}),
        ]


def holding(path: Path, word: str) -> list[str]:
    """The files of the archive folder in which a word stands as it is."""
    return [file.name for file in path.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]


@pytest.mark.sqlite
def test_an_erased_item_leaves_evidence_log_rows_index_and_the_gaps_of_the_database(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "case"
    # Some builds of SQLite overwrite what they delete; the others leave it in the gaps of the file.
    monkeypatch.setattr(settings, "SQLITE_WRITING", settings.SQLITE_WRITING + " PRAGMA secure_delete=0;")
    assert run("--archive", str(case), "read") == 0
    assert holding(case, "qulqantar") == ["tawthiq.sqlite3"] or "tawthiq.sqlite3-wal" in holding(case, "qulqantar")
    capsys.readouterr()
    assert run("--archive", str(case), "erase", captures[0].id, *WHY, "--yes", captures[0].id) == 0
    said = capsys.readouterr()
    assert captures[0].file_sha256 in said.out
    assert "backups" in said.err
    assert "no wiping" in said.err
    assert holding(case, "qulqantar") == []
    assert holding(case, "telling.html") == []
    assert holding(case, captures[0].sha256) == []
    assert differing(case) == []
    assert run("--archive", str(case), "search", "qulqantar") in (0, 1)
    assert "telling" not in capsys.readouterr().out


def test_other_items_keep_their_numbers_also_when_rows_are_rebuilt(captures: list[Capture], tmp_path: Path) -> None:
    case = str(tmp_path / "case")
    assert run("--archive", case, "read") == 0
    assert run("--archive", case, "erase", captures[0].id, *WHY, "--yes", captures[0].id) == 0
    with ArchiveFolder.open(tmp_path / "case") as folder:
        later = folder.keep_file("later.html", BytesIO(OTHERS.replace("أربعة", "خمسة").encode()), "text/html", {})
        database = folder.database
    for again in ((), ("--again",)):
        assert run("--archive", case, "read", *again) == 0
        open_database(database)
        from tawthiq.archive.models import Capture as Row  # noqa: PLC0415  models need the database opened above

        assert list(Row.objects.values_list("number", "identifier")) == [(2, captures[1].id), (3, later.id)]


def test_rows_that_a_cut_erasure_left_go_at_the_next_reading(captures: list[Capture], tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("--archive", str(case), "read") == 0
    with ArchiveFolder.open(case) as folder:
        folder.erase(captures[1].id, reason="asked for", authorised_by="lead-2")
    assert run("--archive", str(case), "read") == 0
    open_database(case / "tawthiq.sqlite3")
    from tawthiq.archive.models import Report  # noqa: PLC0415  models need the database opened above

    assert list(Report.objects.values_list("capture__identifier", flat=True)) == [captures[0].id]


def test_nothing_goes_unless_the_item_is_named_twice(
    captures: list[Capture], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = str(tmp_path / "case")
    runner = CliRunner()
    asked = runner.invoke(tawthiq, ["--archive", case, "erase", captures[0].id, *WHY], input=f"{captures[0].id}\n")
    assert isinstance(asked.exception, WrongUsage)  # piped into, with nobody at a terminal
    assert (tmp_path / "case" / captures[0].path).exists()
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    wrong = runner.invoke(tawthiq, ["--archive", case, "erase", captures[0].id, *WHY], input=f"{captures[1].id}\n")
    assert "not named a second time" in str(wrong.exception)
    assert run("--archive", case, "erase", captures[0].id, *WHY, "--yes", "yes") == 2
    assert (tmp_path / "case" / captures[0].path).exists()
    right = runner.invoke(tawthiq, ["--archive", case, "erase", captures[0].id, *WHY], input=f"{captures[0].id}\n")
    assert right.exit_code == 0
    assert not (tmp_path / "case" / captures[0].path).exists()


def test_a_single_entry_capture_file_and_row_is_told_in_the_singular(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "case")
    assert run("--archive", case, "read") == 0
    capsys.readouterr()
    assert run("--archive", case, "erase", captures[0].id, *WHY, "--yes", captures[0].id) == 0
    said = capsys.readouterr()
    assert "what 1 entry of the log says (" in said.err
    assert "), 1 capture\n" in said.err
    assert f"Erased {captures[0].id}: 1 file, 1 entry, 1 row.\n" in said.out


def test_what_cannot_go_exits_2_and_says_why(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "case")
    for item in ("0", "nobody"):
        assert run("--archive", case, "erase", item, *WHY, "--yes", item) == 2
    assert run("--archive", case, "erase", captures[0].id, *WHY, "--yes", captures[0].id) == 0
    capsys.readouterr()
    assert run("--archive", case, "erase", captures[0].id, *WHY, "--yes", captures[0].id) == 2
    assert "it was erased on" in capsys.readouterr().err
