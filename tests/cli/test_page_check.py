"""`tawthiq page --check`: people's decisions as tests of their archive."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from corrected_archive import INSULT, Corrected, copied, make_corrected, settle
from tawthiq.archive.restoring_pages import page_of
from tawthiq.casework.domain.page_corrections import decide, withdraw
from tawthiq.casework.models import PageCorrection
from tawthiq.cli.main import tawthiq
from tawthiq.pipeline.read_capture import Item, page_item
from tawthiq.records.correction import Baseline, CorrectionKind
from tawthiq.records.correction import PageCorrection as Decision
from tawthiq.records.page import Page, ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.correction.draft import painted


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_corrected(tmp_path_factory.mktemp("corrected") / "archive"))


@pytest.fixture
def archive(model: Path, tmp_path: Path) -> Iterator[Corrected]:
    made = copied(model, tmp_path / "archive")
    yield made
    connection.close()
    made.folder.close()


def confirmed(archive: Corrected, number: int) -> Decision:
    """A decision that finds the page right."""
    report = archive.report(number)
    page = page_of(report)
    date = page.published
    place = page.text.find(date.text) if date else -1
    return Decision(
        capture=page.id,
        payload_sha256=report.capture.sha256,
        text=page.text,
        kind=CorrectionKind.CONFIRMED,
        zones=page.zones,
        title=page.title,
        byline=page.byline,
        agency=page.agency,
        published=date,
        published_span=Span(place, place + len(date.text)) if date else None,
        comments=page.comments,
        note="",
        by="heron",
        at=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        baseline=Baseline("tawthiq", 1.0, ()),
    )


def without_insult(archive: Corrected, *known: str) -> Decision:
    """The wrong page with one insult out of its body; `known` is in what the program was wrong already."""
    right = confirmed(archive, archive.wrong)
    at = right.text.index(INSULT)
    zones = painted(right.text, right.zones, Span(at, at + len(INSULT)), ZoneKind.COMMENT)
    return replace(right, zones=zones, kind=CorrectionKind.CORRECTED, baseline=Baseline("tawthiq", 0.5, known))


def check(archive: Corrected, *options: str) -> Result:
    command = ["--archive", str(archive.folder.path), "page", "--check", *options]
    return CliRunner().invoke(tawthiq, command, standalone_mode=False)


def test_an_archive_without_decisions_has_nothing_to_check(archive: Corrected) -> None:
    result = check(archive)
    assert result.return_value == 0
    assert "nothing to check" in result.stderr


def test_a_page_that_the_program_reads_as_the_person_does_passes(archive: Corrected) -> None:
    decide(archive.folder.path, confirmed(archive, archive.right), 0)
    result = check(archive)
    assert (result.return_value, result.exception) == (0, None)
    verdict, capture, source = result.stdout.strip().split("\t")
    assert (verdict, source) == ("pass", "right.html")
    assert capture == archive.report(archive.right).capture.identifier
    assert "1 passed, 0 failed" in result.stderr


def test_what_differs_is_named_with_both_sides_and_fails(archive: Corrected) -> None:
    decide(archive.folder.path, without_insult(archive), 0)
    archive.read()
    assert INSULT not in archive.body(), "the correction is applied; the check must look past it"
    result = check(archive)
    assert result.return_value == 3
    line = result.stdout.strip()
    assert line.startswith("FAIL\t")
    assert "body: expected" in line
    assert "zones: expected comment, found body" in line
    assert "1 failed, 1 of them worse" in result.stderr


def test_what_was_wrong_already_can_be_left_out_of_the_failures(archive: Corrected) -> None:
    decide(archive.folder.path, without_insult(archive, "body", "zones"), 0)
    result = check(archive, "--only-worse")
    assert result.return_value == 0
    assert "as when the person decided" in result.stdout
    assert check(archive).return_value == 3


def test_a_program_that_becomes_worse_is_told_from_one_that_was_wrong(
    archive: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(archive.folder.path, without_insult(archive, "body", "zones"), 0)
    monkeypatch.setattr("tawthiq.casework.checking.page_item", _untitled)
    result = check(archive, "--only-worse")
    assert result.return_value == 3
    assert "title: expected" in result.stdout


def test_a_withdrawn_decision_is_no_case(archive: Corrected) -> None:
    row = decide(archive.folder.path, without_insult(archive), 0)
    withdraw(archive.folder.path, row.capture, 1, "crane")
    assert check(archive).return_value == 0


def test_a_row_changed_by_other_hands_fails(archive: Corrected) -> None:
    row = decide(archive.folder.path, confirmed(archive, archive.right), 0)
    PageCorrection.objects.filter(pk=row.pk).update(content={**row.content, "title": "changed"})
    result = check(archive)
    assert result.return_value == 3
    assert "custody" in result.stdout


def test_a_row_that_the_log_does_not_know_fails(archive: Corrected) -> None:
    decide(None, confirmed(archive, archive.right), 0)
    result = check(archive)
    assert result.return_value == 3
    assert "in the custody log" in result.stdout


def test_a_row_taken_away_is_missed_though_a_newer_one_stands(archive: Corrected) -> None:
    first = decide(archive.folder.path, confirmed(archive, archive.right), 0)
    decide(archive.folder.path, replace(confirmed(archive, archive.right), note="again"), 1)
    assert check(archive).return_value == 0
    PageCorrection.objects.filter(pk=first.pk).delete()
    result = check(archive)
    assert result.return_value == 3
    assert "custody: expected the decision by heron of 2026-11-22, found no row of it" in result.stdout


def test_json_holds_every_case_and_the_summary(archive: Corrected) -> None:
    decide(archive.folder.path, confirmed(archive, archive.right), 0)
    decide(archive.folder.path, without_insult(archive), 0)
    value = json.loads(check(archive, "--json").stdout)
    assert value["schema"] == "tawthiq/page-check/1"
    assert (value["passed"], value["failed"], value["worse"]) == (1, 1, 1)
    assert [case["verdict"] for case in value["cases"]] == ["pass", "worse"]
    assert {each["part"] for each in value["cases"][1]["differences"]} == {"body", "zones"}


def test_cases_are_exported_with_text_and_zones_and_without_names_only_when_asked(
    archive: Corrected, tmp_path: Path
) -> None:
    decide(archive.folder.path, replace(without_insult(archive), note="private"), 0)
    target = tmp_path / "cases.jsonl"
    result = check(archive, "--export", str(target))
    case = json.loads(target.read_text("utf-8"))
    assert INSULT in case["text"]
    assert (case["by"], case["note"]) == ("", "")
    assert case["zones"][-1][2] == len(case["text"])
    assert "readers' comments too" in result.stderr


@pytest.mark.parametrize("wrong", [["--export", "x.jsonl"], ["--only-worse"], ["--check", "page.html"]])
def test_options_of_the_check_belong_to_the_check(archive: Corrected, wrong: list[str]) -> None:
    result = CliRunner().invoke(tawthiq, ["--archive", str(archive.folder.path), "page", *wrong])
    assert result.exception is not None
    assert "--check" in str(result.exception)


def _untitled(item: Item) -> Page:
    """The page by a program that no longer finds titles."""
    page = page_item(item)
    assert isinstance(page, Page)
    return replace(page, title=None)
