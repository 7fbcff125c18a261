"""`tawthiq estimate --from-archive`: lists of independent groups, a table without names, an entry in the log."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from command_line import run
from disclosed_desk import NAME, incident_of, seal_person
from either_database import settle
from exported_archive import make_exported_archive
from served_archive import Desk
from tawthiq.archive.captures import take_in
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Incident, IncidentReport, Report, ReportSource
from tawthiq.archive.people_records import people_in
from tawthiq.casework.domain.field_key import writing_keys
from tawthiq.casework.domain.people import judge, save_proposals
from tawthiq.casework.models import PersonProposal
from tawthiq.records.person import DistinctPersons, PersonPair, PersonProposals, PersonRecord
from tawthiq.store import ArchiveFolder
from verified_desk import copied

PATTERNS = {"100": 30, "010": 24, "001": 18, "110": 14, "101": 9, "011": 8, "111": 4}
OUTLETS = ("وكالة الضفة", "صحيفة النهر", "قناة الميناء")
LISTS = ("families", "clinic", "cemetery")
GIVEN = ("سامر", "مريم", "نبيل", "هدى", "طارق", "رباب", "زياد", "ليان", "كرم", "وداد", "أنور", "سلوى")
Told = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("estimate")
    made = make_exported_archive(folder / "archive")
    assert run("--archive", made.folder.path, "collect", *_lists(folder)) == 0
    with ArchiveFolder.open(made.folder.path) as archive:
        open_database(archive.database)
        _many_incidents(made)
        settle()
        connection.close()
    return made


def _lists(folder: Path) -> list[Path]:
    """Three lists in which invented persons stand in every pattern, each on the same line of each list."""
    rows: dict[str, list[str]] = {name: ["الاسم الكامل,العمر"] for name in LISTS}
    number = 0
    for pattern, count in PATTERNS.items():
        for _ in range(count):
            number += 1
            name = f"{GIVEN[number % 12]} {GIVEN[number // 12 % 12]} الزيتون"
            for place, each in enumerate(LISTS):
                rows[each].append(f"{name},{20 + number % 50}" if pattern[place] == "1" else "")
    paths = []
    for name, lines in rows.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text("\n".join(lines), "utf-8")
    return paths


def _many_incidents(desk: Desk) -> None:
    """Incidents that three outlets tell in every pattern."""
    model = Incident.objects.values().get(pk=incident_of(desk))
    reports = {outlet: Report.objects.get(publisher=outlet).pk for outlet in OUTLETS}
    incidents, sources, told = [], [], []
    shown = [pattern for pattern, count in PATTERNS.items() for _ in range(count)]
    for number, pattern in enumerate(shown, start=5_000_000):
        incidents.append(Incident(**{**model, "number": number, "identifier": f"more-{number}"}))
        for place, outlet in enumerate(OUTLETS):
            if pattern[place] == "1":
                key, about = 10 * number + place, {"incident_id": number, "report_id": reports[outlet]}
                sources.append(ReportSource(key=key, source=f"outlet {outlet}", **about))
                told.append(IncidentReport(number=key, **about))
    Incident.objects.bulk_create(incidents)
    ReportSource.objects.bulk_create(sources)
    IncidentReport.objects.bulk_create(told)


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.folder.path))
        yield made


def told(capsys: Told) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_incidents_are_counted_in_lists_of_independent_groups(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    output = tmp_path / "table.csv"
    assert run("estimate", "--from-archive", "--table", output) == 0
    found = told(capsys)
    assert set(found["lists"]) == set(OUTLETS)
    assert sum(PATTERNS.values()) <= found["observed"] <= Incident.objects.count()
    assert found["built"]["rows"] == "incidents"
    assert {each["code"] for each in found["cautions"]} >= {"archive_rows", "archive_unlinked"}
    low, high = found["range"]
    assert found["observed"] < low < high
    with ArchiveFolder.open(desk.folder.path) as archive:
        events = [entry.event for entry in archive.entries() if entry.event and entry.event.kind == "exported"]
    assert dict(events[-1].facts)["what"] == "estimation table"
    assert len(dict(events[-1].facts)["incidents"]) == found["built"]["counted"]


def test_the_table_can_be_given_again_and_gives_the_same(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    output = tmp_path / "table.csv"
    assert run("estimate", "--from-archive", "--table", output) == 0
    first = told(capsys)
    assert run("estimate", output, "--freq", "count") == 0
    again = told(capsys)
    assert (again["models"], again["range"], again["observed"]) == (first["models"], first["range"], first["observed"])


def test_no_protected_name_reaches_table_or_answer(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    seal_person(desk)
    ReportSource.objects.filter(source=f"outlet {OUTLETS[0]}").update(source=f"outlet صفحة {NAME}")
    output = tmp_path / "table.csv"
    assert run("estimate", "--from-archive", "--table", output) == 0
    written = capsys.readouterr()
    assert NAME not in written.out + written.err + output.read_text("utf-8-sig")
    assert any(each.startswith("list ") for each in json.loads(written.out)["lists"])


def test_filters_narrow_what_is_counted_and_too_little_is_refused(desk: Desk, capsys: Told) -> None:
    assert run("estimate", "--from-archive", "--act", "arrest") == 2
    assert "3 are needed" in capsys.readouterr().err
    assert run("estimate", "--from-archive", "--from", "٢٠١٧-٠٦-٢٠", "--to", "2017-06-20", "--method", "chao") == 0
    assert told(capsys)["built"]["from"] == "2017-06-20"


@pytest.mark.parametrize(
    "arguments",
    [
        ("t.csv", "--from-archive"),
        ("--from-archive", "--freq", "n"),
        ("t.csv", "--act", "arrest"),
        ("t.csv", "--others"),
    ],
)
def test_options_of_the_other_way_are_refused(arguments: tuple[str, ...], capsys: Told) -> None:
    assert run("estimate", *arguments) == 2
    assert "Leave one of the two out" in capsys.readouterr().err


def link_people(desk: Desk) -> None:
    """Two people say of every two records on one line of two lists that they are one person."""
    with ArchiveFolder.open(desk.folder.path) as archive:
        take_in(archive)
        records = {record.identifier: record for record in people_in(archive).records}
    lines: dict[int, list[PersonRecord]] = {}
    for record in records.values():
        if hasattr(record.name.at, "line"):
            lines.setdefault(record.name.at.line, []).append(record)
    pairs = [pair for held in lines.values() for pair in pairwise(held)]
    made = tuple(PersonPair(one.identifier, two.identifier, 0.9, 3.0, ()) for one, two in pairs)
    with writing_keys(desk.folder.path) as keys:
        found = PersonProposals(len(records), made, (), DistinctPersons(1, 2, "by hand"))
        save_proposals(found, records, keys)
    for proposal in PersonProposal.objects.all():
        for revision, name in enumerate(("heron", "tern")):
            judge(None, proposal, "same", revision, name)


@pytest.mark.usefixtures("desk")
def test_persons_are_not_counted_before_people_linked_them(capsys: Told) -> None:
    assert run("estimate", "--from-archive", "--rows", "persons") == 2
    assert "awthiq people propose" in capsys.readouterr().err
    assert run("estimate", "--from-archive", "--rows", "persons", "--act", "arrest") == 2


def test_persons_whom_people_linked_are_counted_once(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    link_people(desk)
    output = tmp_path / "persons.csv"
    assert run("estimate", "--from-archive", "--rows", "persons", "--table", output) == 0
    found = told(capsys)
    assert set(found["lists"]) == set(LISTS)
    assert found["observed"] == sum(PATTERNS.values())
    assert {each["list"]: each["units"] for each in found["built"]["lists"]}["families"] == 57
    assert not any(name in output.read_text("utf-8-sig") for name in GIVEN)
