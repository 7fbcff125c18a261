"""`tawthiq import`: a guessed mapping to correct, a dry run that keeps nothing, rows let in."""

import hashlib
import json
from pathlib import Path

import pytest

from command_line import run
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.store import ArchiveFolder

TABLE = "id,date,place,type,killed,source,description\n1,2021-04-13,al-Bab,airstrike,3,A baker,A mill burned\n2,,,,,,\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "archive", {})
    folder.close()
    return folder.path


def test_a_guessed_mapping_lets_the_rows_in_once_it_is_given_back(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.json"
    table.write_text(TABLE)
    assert run("import", table) == 0
    told = capsys.readouterr().out
    assert json.loads(told)["acts"] == [["airstrike", "airstrike"]]
    mapping.write_text(told)
    assert run("--archive", archive, "import", table, "--mapping", mapping, "--dry-run") == 3
    assert "1 rows whole, 0 with something open, 1 not in" in capsys.readouterr().err
    with ArchiveFolder.open(archive) as folder:
        assert list(folder.captures()) == []
    assert run("--archive", archive, "import", table, "--mapping", mapping) == 3
    with ArchiveFolder.open(archive) as folder:
        open_database(folder.database)
        from tawthiq.archive.models import Event  # noqa: PLC0415  models need the database opened above

        assert [(event.act, str(event.first)) for event in Event.objects.all()] == [("airstrike", "2021-04-13")]
    assert run("--archive", archive, "read", "--again") == 0
    assert "1 read" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["", "[]", "{}", "[" * 90_000])
def test_what_is_no_mapping_is_refused(tmp_path: Path, given: str) -> None:
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.json"
    table.write_text(TABLE)
    mapping.write_text(given)
    assert run("import", table, "--mapping", mapping, "--dry-run") != 0


EXPORT = (
    '{ "bulletins": [ {"id": 7, "title": "A market was hit", "description": "<p>Hit</p>", "source_link": "NA", "events": [\
{"title": "Shelling", "from_date": "2026-01-02T00:00"}], "locations": [{"id": 1, "title": "al-Bab"}], "sources": [\
{"id": 2, "title": "Field network"}]} {"id": 8, "title": "Another", "description": "", "events": [], "sources": [\
{"id": 2, "title": "Field network"}]} ] }'
)


def test_what_another_program_exported_is_kept_as_it_is_and_its_rows_come_in(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bulletins.json"
    file.write_text(EXPORT)
    assert run("--archive", archive, "import", file, "--from", "bayanat", "--dry-run") == 3
    told = capsys.readouterr().err
    assert "1 commas between items were missing" in told
    assert "1 rows whole, 1 with something open, 0 not in" in told
    assert run("--archive", archive, "import", file, "--from", "bayanat") == 3
    with ArchiveFolder.open(archive) as folder:
        open_database(folder.database)
        from tawthiq.archive.models import Capture, Event  # noqa: PLC0415  models need the database opened above

        kept = Capture.objects.get()
        assert (kept.content_type, kept.sha256) == ("application/json", hashlib.sha256(file.read_bytes()).hexdigest())
        assert [(event.act, str(event.first)) for event in Event.objects.order_by("pk")] == [
            ("shelling", "2026-01-02"),
            ("other", "None"),
        ]
    assert run("--archive", archive, "read", "--again") == 0


def test_a_file_of_another_form_than_told_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bulletins.json"
    file.write_text(EXPORT)
    assert run("import", file, "--from", "ftm", "--dry-run") == 3
    assert "it has the form of bayanat" in capsys.readouterr().err
    file.write_text("Title,Act\nOne,Shelling\n")
    assert run("import", file, "--from", "uwazi", "--dry-run") == 3
    assert "no column says who says so" in capsys.readouterr().err
