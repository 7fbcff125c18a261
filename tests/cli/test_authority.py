"""`tawthiq authority`: decisions made, shown, handed over and taken back without the pages; nothing half kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_PLACE, about
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.cli.main import tawthiq
from tawthiq.lexicon.authority import AuthorityRefused
from tawthiq.lexicon.authority_file import format_authority
from tawthiq.records.authority import Step
from tawthiq.records.errors import UnreadableInput, WrongUsage
from tawthiq.store import ArchiveFolder

WHY = ("--reason", "own statements name it", "--source", "own sample reports")
ACTOR = ("add-actor", "--ar", "درع الأرز الشرقي", "--en", "Eastern Cedar Shield", "--parent", "opposition", *WHY)
PLACE = (
    "add-place", "--ar", "تل الزنبق", "--en", "Tell Zanbaq", "--kind", "village", "--country", "SY",
    "--parent", "sy.idlib", "--latitude", "٣٥٫٨١", "--longitude", "36.55", *WHY,
)  # fmt: skip
TEXT = "قال ناشطون إن مقاتلي درع الأرز الشرقي قصفوا بالمدفعية قرية تل الزنبق في ريف إدلب وقتلوا ثلاثة مدنيين."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Path]:
    made = make_folder(tmp_path / "archive", {"a.txt": f"{TEXT}\n".encode()})
    made.close()
    yield made.path
    connection.close()


def run(archive: Path | None, *arguments: str | Path) -> Result:
    named = ["--archive", str(archive)] if archive else []
    return CliRunner().invoke(tawthiq, [*named, *map(str, arguments)], standalone_mode=False)


def decide(archive: Path, *arguments: str | Path) -> Result:
    result = run(archive, "authority", *arguments)
    assert result.exception is None, result.exception
    return result


def test_an_actor_and_a_place_are_added_listed_and_logged(archive: Path) -> None:
    assert "own.eastern_cedar_shield" in decide(archive, *ACTOR, "--by", "heron").stdout
    decide(archive, *PLACE)
    assert decide(archive, "list", "actors").stdout.split("\t")[:4] == [
        "own.eastern_cedar_shield", "درع الأرز الشرقي", "Eastern Cedar Shield", "counts under opposition",
    ]  # fmt: skip
    assert "village SY 35.81, 36.55" in decide(archive, "list", "places").stdout
    with ArchiveFolder.open(archive) as folder:
        events = [entry.event for entry in folder.entries() if entry.event and entry.event.kind == "authority-decided"]
    assert (events[0].actor, events[0].subject) == ("heron", "own.eastern_cedar_shield")
    assert events[1].facts["after"] == events[0].facts["decisions"][0][3]


def test_a_dry_run_keeps_nothing(archive: Path) -> None:
    assert "would be kept" in decide(archive, *ACTOR, "--dry-run").stderr
    assert decide(archive, "list").stdout == ""


def test_a_decision_is_withdrawn_by_its_identifier_and_stays_in_the_history(archive: Path) -> None:
    identifier = decide(archive, *ACTOR).stdout.partition("\t")[0]
    decide(archive, "withdraw", identifier, "--reason", "the name was misread")
    assert decide(archive, "list", "--all").stdout == ""
    first, second = decide(archive, "history").stdout.splitlines()
    assert "\twithdrawn\t" in first
    assert "the name was misread" in second
    refused = run(archive, "authority", *ACTOR, "--code", "own.eastern_cedar_shield").exception
    assert isinstance(refused, AuthorityRefused)
    assert "given before" in refused.happened


def test_every_kind_of_change_can_be_made(archive: Path) -> None:
    decide(archive, *ACTOR)
    decide(archive, *PLACE)
    code, place = "own.eastern_cedar_shield", "own.tell_zanbaq"
    decide(archive, "alias", code, "قوات الدرع البعيد", "--wording", "part", "--to", "2016-01-01", *WHY)
    decide(archive, "alias", place, "Tel Zanbak", *WHY)
    decide(archive, "correct", "opposition", "--en", "Syrian opposition groups", *WHY)
    decide(archive, "correct", place, "--latitude", "35.82", "--longitude", "36.56", *WHY)
    decide(archive, "not-place", "الفجر", *WHY)
    decide(archive, *(part if part != "Eastern Cedar Shield" else "Western Cedar Shield" for part in ACTOR[:2]),
           "درع الأرز الغربي", *("--en", "Western Cedar Shield", "--parent", "opposition"), *WHY)  # fmt: skip
    decide(archive, "merge", "own.western_cedar_shield", code, *WHY)
    decide(archive, "end", code, "--to", "2017-01-01", "--reason", "it was dissolved")
    shown = decide(archive, "list", "--all").stdout
    assert "merged into own.eastern_cedar_shield" in shown
    assert "قوات الدرع البعيد (part)" in shown
    assert "-\tالفجر\t-\tnever a place\t-\tin force" in shown.splitlines()
    told = decide(archive, "history", place).stdout
    assert "35.82, 36.56" in told
    assert "until 2016-01-01" in decide(archive, "history", code).stdout


def test_readings_of_the_archive_follow(archive: Path) -> None:
    assert run(archive, "read").return_value == 0
    told = decide(archive, *PLACE).stderr
    assert "what changed is named in 1 report already read: run `tawthiq read`" in told
    assert "1 read" in run(archive, "read").stderr
    assert "0 read" in run(archive, "read").stderr
    open_database(archive / "tawthiq.sqlite3")
    from tawthiq.archive.models import EventPlace, Report  # noqa: PLC0415  models need an open database

    assert EventPlace.objects.filter(code="own.tell_zanbaq").exists()
    assert " authority 1@" in Report.objects.get().reader


def test_an_exported_file_is_taken_over_whole_by_another_archive_and_only_once(archive: Path, tmp_path: Path) -> None:
    decide(archive, *ACTOR)
    decide(archive, *PLACE)
    file = tmp_path / "authority.tsv"
    decide(archive, "export", file)
    other = make_folder(tmp_path / "other", {}).path
    looked = decide(other, "import", file)
    assert "--apply keeps them" in looked.stderr
    assert decide(other, "list").stdout == ""
    decide(other, "import", file, "--apply")
    assert decide(other, "list").stdout == decide(archive, "list").stdout
    again = decide(other, "import", file, "--apply")
    assert "2 of the decisions are here already" in again.stderr
    decide(other, "export", tmp_path / "again.tsv")
    assert (tmp_path / "again.tsv").read_bytes() == file.read_bytes()


def test_bad_lines_are_named_and_the_rest_is_kept(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "mixed.tsv"
    bad = (
        about(ADD_PLACE, Step.ALIAS, alias="Tell\u202eZanbaq"),
        about(ADD_PLACE, Step.CORRECT, parent="own.nowhere"),
    )
    file.write_text(format_authority([ADD_ACTOR, ADD_PLACE, *bad]) + "three\tcells\tonly\n", encoding="utf-8")
    result = decide(archive, "import", file, "--apply")
    assert result.return_value == 3
    for line in (4, 5, 6):
        assert f"{file}:{line}" in result.stderr
    assert "U+202E" in result.stderr
    assert decide(archive, "list").stdout.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add-place", "--ar", "المدينة", "--country", "SY", "--kind", "city", *WHY), "names no place"),
        (("add-place", "--ar", "تل\u202eزنبق", "--country", "SY", "--kind", "city", *WHY), "U+202E"),
        (("add-place", "--ar", "تل\nزنبق", "--country", "SY", "--kind", "city", *WHY), "U+000A"),
        (("add-place", "--ar", "تل\0زنبق", "--country", "SY", "--kind", "city", *WHY), "U+0000"),
        ((*PLACE, "--latitude", "95"), "not between"),
        ((*PLACE, "--source", "=HYPERLINK()"), "formula"),
        ((*PLACE, "--latitude", "-33.4", "--longitude", "151.2"), "km from"),
        (
            (*PLACE[:2], "سرمين", "--en", "Sarmin", *PLACE[5:], "--latitude", "35.9", "--longitude", "36.72"),
            "is held by",
        ),
        (("alias", "isis", "الجيش الحر", *WHY), "is held by opposition"),
        (("add-actor", "--ar", "عصابات الأسد", "--en", "A group", "--parent", "other", *WHY), "loaded"),
        (("add-actor", "--ar", "القوات", "--en", "Forces", "--parent", "other", *WHY), "names no party"),
        (("add-actor", "--ar", "درع بعيد", "--en", "Far Shield", *WHY), "counts under no party"),
        (("merge", "isis", "sdf", *WHY), "merged into none"),
        (("merge", "own.nothing", "sdf", *WHY), "no such entry"),
        (("withdraw", "0123456789abcdef", "--reason", "x"), "withdraws no decision"),
        ((*ACTOR[:-4],), "does not say why"),
        ((*ACTOR[:-2],), "names no source"),
    ],
)
def test_what_would_make_readings_wrong_is_refused(archive: Path, arguments: tuple[str, ...], told: str) -> None:
    error = run(archive, "authority", *arguments).exception
    assert isinstance(error, AuthorityRefused | UnreadableInput)
    assert told in str(error)
    assert decide(archive, "history").stdout == ""


def test_files_are_read_with_an_authority_file(tmp_path: Path) -> None:
    file, source, target = tmp_path / "own.tsv", tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text(format_authority([ADD_ACTOR, ADD_PLACE, OTHER_PLACE]), encoding="utf-8")
    source.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    assert run(None, "read", "--input", source, "--output", target, "--authority", file).return_value == 0
    event = json.loads(target.read_text())["events"][0]
    assert (event["by"][0]["actor"], event["by"][0]["actor_entry"]) == ("opposition", ADD_ACTOR.code)
    assert event["places"][0]["code"] == ADD_PLACE.code
    assert run(None, "read", "--input", source, "--output", target).return_value == 0
    assert "actor_entry" not in target.read_text()


def test_files_are_linked_with_an_authority_file(tmp_path: Path) -> None:
    file, source = tmp_path / "own.tsv", tmp_path / "in.jsonl"
    file.write_text(format_authority([ADD_ACTOR, ADD_PLACE, OTHER_PLACE]), encoding="utf-8")
    source.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    links = json.loads(run(None, "link", "--input", source, "--authority", file).stdout)
    assert links["incidents"][0]["latitude"] == ADD_PLACE.latitude
    assert json.loads(run(None, "link", "--input", source).stdout)["incidents"][0]["latitude"] != ADD_PLACE.latitude
    assert isinstance(run(None, "link", "--authority", file).exception, WrongUsage)


def test_an_authority_file_that_breaks_a_rule_reads_nothing(tmp_path: Path) -> None:
    file, source = tmp_path / "own.tsv", tmp_path / "in.jsonl"
    file.write_text(format_authority([ADD_PLACE, ADD_PLACE]), encoding="utf-8")
    source.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    error = run(None, "read", "--input", source, "--authority", file).exception
    assert isinstance(error, AuthorityRefused)
    assert str(error).startswith(f"{file}:3 ")
    assert isinstance(run(None, "read", "--authority", file).exception, WrongUsage)
