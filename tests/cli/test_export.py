"""`tawthiq export`, as a person runs it: what leaves, for whom, what it says, and what never leaves."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from disclosed_desk import NAME, PSEUDONYM, incident_of, publish_case, seal_person
from exported_archive import make_exported_archive
from served_archive import Desk
from tawthiq.archive.models import Capture, Claim, EventCount, EventVictim, IncidentReport, Report, Statement
from tawthiq.casework.models import Group, ItemRestriction
from tawthiq.lexicon.exports import format_words
from tawthiq.publication.formats import FORMATS
from tawthiq.publication.tables.reading import read_csv, read_parquet
from tawthiq.reading.contract import reading_from_json
from tawthiq.store import ArchiveFolder
from verified_desk import copied

Told = pytest.CaptureFixture[str]
OURS = ("csv", "parquet", "geojson", "acled-csv", "atlos-csv")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_exported_archive(tmp_path_factory.mktemp("export") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.folder.path))
        yield made


def claims(folder: Path) -> list[dict[str, str]]:
    with (folder / "claims.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def logged(desk: Desk) -> list[dict[str, Any]]:
    with ArchiveFolder.open(desk.folder.path) as archive:
        events = [entry.event for entry in archive.entries() if entry.event and entry.event.kind == "exported"]
    return [dict(event.facts) for event in events]


def bytes_of(output: Path) -> bytes:
    return b"".join(path.read_bytes() for path in ([output] if output.is_file() else sorted(output.iterdir())))


def test_the_list_tells_every_format_in_both_languages(capsys: Told) -> None:
    assert run("export", "--list") == 0
    both = capsys.readouterr().out
    assert all(f"{name}\n" in both for name in FORMATS)
    assert "جداول" in both
    assert run("export", "--list", "--language", "ar") == 0
    assert "One row an incident" not in capsys.readouterr().out
    assert set(FORMATS) | {"readings", "wacz"} == set(format_words())


def test_a_court_gets_every_claim_with_its_words_and_the_log_says_so(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    number = incident_of(desk)
    output = tmp_path / "out"
    assert run("export", "csv", number, "-o", output, "--profile", "court") == 0
    told = capsys.readouterr()
    digest, count, path = told.out.strip().split("\t")
    assert (count, path) == ("1", str(output))
    rows = claims(output)
    assert all(row["text"] and row["document"] and len(row["sha256"]) == 64 for row in rows)
    assert f"1 incident with {len(rows):,} claims, for: court" in told.err
    facts = logged(desk)[-1]
    assert (facts["output_sha256"], facts["incidents"], facts["profile"]) == (digest, [number], "court")
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert (report["incidents"], report["claims"], report["not_carried"]) == (1, len(rows), [])
    assert "report.json" in (output / "SHA256SUMS").read_text(encoding="utf-8")


def test_csv_and_parquet_of_one_archive_hold_the_same(desk: Desk, tmp_path: Path) -> None:
    for name in ("csv", "parquet"):
        assert run("export", name, "-o", tmp_path / name, "--profile", "court") == 0
    assert list(read_csv(tmp_path / "csv")) == list(read_parquet(tmp_path / "parquet")) != []


@pytest.mark.parametrize("name", OURS)
def test_two_exports_of_one_state_are_the_same_bytes(name: str, desk: Desk, tmp_path: Path) -> None:
    for output in ("one", "two"):
        assert run("export", name, "-o", tmp_path / output, "--profile", "court") == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_everybody_gets_published_cases_only_and_no_words(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    assert run("export", "csv", "-o", tmp_path / "before") == 0
    assert claims(tmp_path / "before") == []
    publish_case(desk)
    assert run("export", "csv", "-o", tmp_path / "after") == 0
    rows = claims(tmp_path / "after")
    assert rows
    assert not any(row["text"] or row["document"] or row["speaker"] for row in rows)
    assert "for: public" in capsys.readouterr().err


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("profile", ["partner", "court"])
def test_a_sealed_name_never_leaves(name: str, profile: str, desk: Desk, tmp_path: Path) -> None:
    seal_person(desk)
    assert run("export", name, "-o", tmp_path / "out", "--profile", profile) == 0
    assert NAME.encode() not in bytes_of(tmp_path / "out")
    if name == "csv":
        assert PSEUDONYM.encode() in bytes_of(tmp_path / "out")


def test_what_a_format_could_not_carry_is_told_and_lies_beside_it(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    output = tmp_path / "map.geojson"
    assert run("export", "geojson", incident_of(desk), "-o", output, "--profile", "partner") == 0
    report = json.loads((tmp_path / "map-report.json").read_text(encoding="utf-8"))
    lost = {each["field"]: each for each in report["not_carried"]}
    assert lost["reports"]["times"] == 4
    assert lost["claims"]["why_ar"]
    assert f"not carried: claims ({lost['claims']['times']} times)" in capsys.readouterr().err
    assert len(logged(desk)) == 2


def test_what_was_left_out_for_one_reason_is_told_in_one_line_and_named_whole_in_the_report(
    desk: Desk, tmp_path: Path, capsys: Told
) -> None:
    assert run("export", "uwazi", incident_of(desk), "-o", tmp_path / "case.zip", "--profile", "court") == 0
    left = json.loads((tmp_path / "case-report.json").read_text(encoding="utf-8"))["not_carried"]
    lines = [line for line in capsys.readouterr().err.splitlines() if "not carried" in line]
    assert len(lines) == len({each["why_ar"] for each in left}) < len(left)
    most = max(left, key=lambda each: each["times"])
    assert any(f"{most['times']:,} times" in line for line in lines)


def test_a_number_that_is_not_there_is_named_and_the_rest_is_done(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    number = incident_of(desk)
    assert run("export", "csv", number, "404", "-o", tmp_path / "out", "--profile", "partner") == 3
    assert "404: you see no such incident" in capsys.readouterr().err
    assert claims(tmp_path / "out")


def test_nothing_is_written_where_none_of_the_numbers_is_there(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    assert run("export", "csv", "404", "-o", tmp_path / "out") == 2
    assert "no published case" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert logged(desk) == []


def test_a_hidden_incident_is_answered_as_one_that_is_not_there(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    number = incident_of(desk)
    document = IncidentReport.objects.filter(incident=number).first()
    assert document is not None
    hidden = Report.objects.get(pk=document.report_id).capture.identifier
    ItemRestriction.objects.create(item=hidden, group=Group.objects.create(name="north"))
    assert run("export", "csv", number, "-o", tmp_path / "out", "--profile", "partner") == 2
    first = capsys.readouterr().err.replace(str(number), "N")
    assert run("export", "csv", "404", "-o", tmp_path / "out", "--profile", "partner") == 2
    assert capsys.readouterr().err.replace("404", "N") == first
    assert run("export", "readings", number, "-o", tmp_path / "out", "--profile", "partner") == 2


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (("--act", "airstrike"), None),
        (("--from", "1990-01-01", "--to", "1990-12-31"), 0),
        (("--from", "١٩٩٠-٠١-٠١"), None),
        (("--state", "verified"), 0),
        (("--state", "proposed"), 1),
        (("--place", "مكان لا وجود له"), 0),
    ],
)
def test_filters_choose_incidents(options: tuple[str, ...], kept: int | None, desk: Desk, tmp_path: Path) -> None:
    assert run("export", "csv", "-o", tmp_path / "out", "--profile", "partner", *options) == 0
    found = list(read_csv(tmp_path / "out"))
    if options[0] == "--act":
        assert all(each.act == "airstrike" for each in found)
    if options[0] == "--from" and kept is None:
        assert found
    if kept is not None:
        assert bool(found) is bool(kept)


def test_a_place_is_found_by_its_name_in_another_spelling(desk: Desk, tmp_path: Path) -> None:
    assert run("export", "csv", "-o", tmp_path / "all", "--profile", "partner") == 0
    named = next(place.name for each in read_csv(tmp_path / "all") for place in each.places if place.name)
    assert (
        run("export", "csv", "-o", tmp_path / "out", "--profile", "partner", "--place", named.removeprefix("ال")) == 0
    )
    assert list(read_csv(tmp_path / "out"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-format", "-o", "OUT"), "no format"),
        ((), "no format"),
        (("csv",), "no place for the output"),
        (("csv", "-o", "OUT", "--state", "nonsense"), "no state"),
        (("csv", "-o", "OUT", "--from", "yesterday"), "no day"),
        (("csv", "-o", "OUT", "--as", "nobody"), "nobody of the team"),
        (("readings", "-o", "OUT"), "not published"),
        (("wacz", "-o", "OUT.wacz"), "not published"),
        (("readings", "-o", "OUT", "--profile", "court", "--act", "arrest"), "choose incidents"),
    ],
)
def test_wrong_usage_is_answered_and_leaves_nothing(
    arguments: tuple[str, ...], said: str, desk: Desk, tmp_path: Path, capsys: Told
) -> None:
    assert run("export", *(each.replace("OUT", str(tmp_path / "out")) for each in arguments)) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_file_that_is_there_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "map-report.json").write_text("mine", encoding="utf-8")
    assert run("export", "geojson", "-o", tmp_path / "map.geojson", "--profile", "court") == 2
    assert (tmp_path / "map-report.json").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "map.geojson").exists()


def break_off(*_: object) -> None:
    raise KeyboardInterrupt


def fill_up(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("fault", "code"), [(break_off, 130), (fill_up, 3)])
@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_an_interrupt_and_a_full_disk_leave_nothing_half_written(
    name: str, fault: Any, code: int, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"tawthiq.publication.tables.{name}_tables.describe", fault)
    assert run("export", name, "-o", tmp_path / "out", "--profile", "court") == code
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert logged(desk) == []


def readings(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in io.StringIO(path.read_text(encoding="utf-8"))]


def test_readings_keep_the_contract_and_point_into_the_reports(desk: Desk, tmp_path: Path) -> None:
    output = tmp_path / "readings.jsonl"
    assert run("export", "readings", "-o", output, "--profile", "court") == 0
    texts = dict(Report.objects.values_list("capture__identifier", "text"))
    found = readings(output)
    assert [each["id"] for each in found] == [
        row.capture.identifier for row in Report.objects.order_by("pk").select_related("capture")
    ]
    keys = {"act", "trigger", "modality", "scope", "when", "places", "country", "by", "victims", "counts", "source"}
    for each in found:
        assert set(each) == {"schema", "id", "language", "published", "statements", "events"}
        for event in each["events"]:
            assert set(event) == keys
            span = event["trigger"]
            assert texts[each["id"]][span["start"] : span["end"]] == span["text"]
        for said in each["statements"]:
            assert set(said) == {"speaker", "cue", "content", "kind", "stance"}
        assert reading_from_json(each).id == each["id"]
    report = json.loads((tmp_path / "readings-report.json").read_text(encoding="utf-8"))
    assert report["readings"] == len(found)


def test_readings_of_an_incident_are_those_of_its_reports(desk: Desk, tmp_path: Path) -> None:
    number = incident_of(desk)
    assert run("export", "readings", number, "-o", tmp_path / "out", "--profile", "court") == 0
    due = IncidentReport.objects.filter(incident=number).count()
    assert len(readings(tmp_path / "out")) == due


def test_a_name_in_a_reading_is_replaced_also_where_a_span_holds_half_of_it(desk: Desk, tmp_path: Path) -> None:
    seal_person(desk)
    said = Statement.objects.filter(speaker_text__contains=NAME).first()
    assert said is not None
    first = NAME.partition(" ")[0]
    start = said.speaker_start + said.speaker_text.index(NAME)
    half = {"speaker_start": start, "speaker_end": start + len(first), "speaker_text": first}
    Statement.objects.filter(pk=said.pk).update(**half)
    output = tmp_path / "out.jsonl"
    assert run("export", "readings", "-o", output, "--profile", "court") == 0
    assert first not in output.read_text(encoding="utf-8")
    speakers = [each["speaker"] for line in readings(output) for each in line["statements"] if each["speaker"]]
    assert (start, start + len(first), f"[{PSEUDONYM}]") in [
        (each["start"], each["end"], each["text"]) for each in speakers
    ]


def test_a_partner_gets_no_reading_of_a_case_that_asks_for_care(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    assert run("export", "readings", "-o", tmp_path / "out", "--profile", "partner") == 0
    assert readings(tmp_path / "out") == []
    assert "stays behind" in capsys.readouterr().err
    EventCount.objects.filter(group="children").delete()
    Claim.objects.filter(group="children").delete()
    EventVictim.objects.all().delete()
    assert run("export", "readings", "-o", tmp_path / "plain", "--profile", "partner") == 0
    assert len(readings(tmp_path / "plain")) == Report.objects.count()


def test_a_partner_gets_no_page_of_a_case_that_asks_for_care(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    number = incident_of(desk)
    assert run("export", "wacz", number, "-o", tmp_path / "out.wacz", "--profile", "partner") == 2
    assert "none of 4 pages may leave" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_evidence_leaves_as_a_package_that_verifies(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    number = incident_of(desk)
    output = tmp_path / "evidence.wacz"
    assert run("export", "wacz", number, "-o", output, "--profile", "court") == 0
    told = capsys.readouterr()
    documents = IncidentReport.objects.filter(incident=number).values_list("report__capture__identifier", flat=True)
    assert told.out.split("\t")[1] == str(len(set(documents)))
    assert run("verify", output) == 0
    assert json.loads((tmp_path / "evidence-report.json").read_text(encoding="utf-8"))["kept_back"] == []


def test_a_page_that_names_somebody_protected_stays_behind(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    seal_person(desk)
    number = incident_of(desk)
    output = tmp_path / "evidence.wacz"
    assert run("export", "wacz", number, "-o", output, "--profile", "court") == 0
    behind = Capture.objects.get(source__contains="named").identifier
    assert f"stays behind: {behind}" in capsys.readouterr().err
    report = json.loads((tmp_path / "evidence-report.json").read_text(encoding="utf-8"))
    assert [each["item"] for each in report["kept_back"]] == [behind]
