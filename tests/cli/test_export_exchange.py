"""Formats of other programs under the outsider test and the leak test, as a person exports them; and what the public gets."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import run
from disclosed_desk import NAME, NAME_LATIN, PSEUDONYM, TELEPHONE, incident_of, publish_case, seal_person
from exported_archive import make_exported_archive
from served_archive import Desk
from tawthiq.archive.models import IncidentReport, Report
from tawthiq.casework.models import Group, ItemRestriction
from tawthiq.publication.exchange import bayanat, ftm
from tawthiq.text.folding import fold
from verified_desk import copied

FORMATS = {"ftm": "out", "uwazi": "out.zip", "bayanat": "out"}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_exported_archive(tmp_path_factory.mktemp("exchanged") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.folder.path))
        yield made


def parts(path: Path) -> dict[str, bytes]:
    """Every file of an output, those inside ZIP files too."""
    found: dict[str, bytes] = {}
    for each in [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]:
        found[each.name] = each.read_bytes()
        if zipfile.is_zipfile(each):
            with zipfile.ZipFile(each) as packed:
                found |= {f"{each.name}/{name}": packed.read(name) for name in packed.namelist()}
    return found


def test_a_sealed_name_is_nowhere_in_the_output_and_its_stand_in_is(desk: Desk, tmp_path: Path) -> None:
    seal_person(desk)
    for name, place in FORMATS.items():
        (tmp_path / name).mkdir()
        assert run("export", name, "--profile", "court", "-o", tmp_path / name / place) == 0
        everything = {part: data.decode("utf-8", "replace") for part, data in parts(tmp_path / name).items()}
        for part, text in everything.items():
            for secret in (NAME, NAME_LATIN, TELEPHONE):
                assert secret not in text, part
                assert fold(secret) not in fold(text), part
                assert json.dumps(secret)[1:-1] not in text, part
        assert any(PSEUDONYM in text for text in everything.values())


def test_an_incident_that_is_restricted_to_a_group_does_not_leave_with_an_outsider(desk: Desk, tmp_path: Path) -> None:
    number = incident_of(desk)
    told = IncidentReport.objects.filter(incident=number).first()
    assert told is not None
    hidden = Report.objects.get(pk=told.report_id).capture.identifier
    ItemRestriction.objects.create(item=hidden, group=Group.objects.create(name="inner"))
    for name, place in FORMATS.items():
        (tmp_path / name).mkdir()
        assert run("export", name, "--profile", "partner", "-o", tmp_path / name / place) == 0
        assert parts(tmp_path / name)
        assert not any(
            str(number).encode() in data or hidden.encode() in data for data in parts(tmp_path / name).values()
        )


def test_two_exports_of_one_state_are_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    for name, place in FORMATS.items():
        made = []
        for folder in (tmp_path / name / "one", tmp_path / name / "two"):
            folder.mkdir(parents=True)
            assert run("export", name, "--profile", "partner", "-o", folder / place) == 0
            made.append(parts(folder))
        assert made[0]
        assert made[0] == made[1]


def test_everybody_gets_what_was_published_with_what_was_verified(desk: Desk, tmp_path: Path) -> None:
    number = publish_case(desk)
    for name, output in FORMATS.items():
        (tmp_path / name).mkdir()
        assert run("export", name, "-o", tmp_path / name / output) == 0
        for part, data in parts(tmp_path / name).items():
            assert not re.search(rb"\b(heron|tern|gull)\b", data), part
    entities = [json.loads(line) for line in (tmp_path / "ftm" / "out" / ftm.ENTITIES).read_text().splitlines()]
    event = next(each for each in entities if each["schema"] == "Event")
    assert event["properties"]["recordId"] == [str(number)]
    assert "state:verified" in event["properties"]["keywords"]
    rows = parts(tmp_path / "uwazi")["out.zip/import.csv"].decode()
    row = next(csv.DictReader(io.StringIO(rows, newline="")))
    assert row["case_state__ar"] == "تحقق منها شخصان"
    assert "Not verified" not in row["claims__en"]
    bulletins = json.loads((tmp_path / "bayanat" / "out" / bayanat.BULLETINS).read_bytes())["bulletins"]
    told = "".join(each["description"] for each in bulletins)
    assert "<strong>Killed: " in told
