"""`tawthiq link --decisions`: decisions kept beside a file of documents hold; an archive's are printed in the same form."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from linked_desk import LinkedDesk, copied, make_linked_desk, settle
from tawthiq.archive.models import Event
from tawthiq.casework.domain.link_decisions import Deciding, confirm
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.visibility import Sight
from tawthiq.cli.main import tawthiq
from tawthiq.custody.entry import digest_of
from tawthiq.linking.anchoring import anchor_at
from tawthiq.linking.decision_contract import decided, decision_to_json, withdrawal_to_json
from tawthiq.records.errors import WrongUsage
from tawthiq.records.link_decision import EventAnchor, LinkVerdict
from tawthiq.records.link_decision import LinkDecision as Decision
from tawthiq.records.span import Span
from tawthiq.web.link_deciding.tellings import chosen

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEXTS = {
    "near-1": "قتل خمسة أشخاص في غارة جوية على سوق مدينة إدلب يوم 3 آذار 2020.",
    "near-2": "أدت غارة جوية على سوق مدينة إدلب يوم 3 آذار 2020 إلى مقتل خمسة أشخاص.",
    "far": "قتل شرطي في انفجار عبوة ناسفة في عدن يوم 9 أيار 2018.",
}
TRIGGERS = {"near-1": "غارة جوية", "near-2": "غارة جوية", "far": "انفجار"}


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(tawthiq, list(arguments), input=given, standalone_mode=False)


def telling(name: str) -> EventAnchor:
    at = TEXTS[name].index(TRIGGERS[name])
    return anchor_at(name, TEXTS[name], Span(at, at + len(TRIGGERS[name])), "airstrike")


def said(verdict: LinkVerdict, one: str, other: str) -> Decision:
    return decided(verdict, telling(one), telling(other), by="heron", at=NOW, reason="read both")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A file of documents, and where decisions go."""
    documents = tmp_path / "documents.jsonl"
    rows = [{"id": name, "text": text, "language": "ar", "outlet": name} for name, text in TEXTS.items()]
    documents.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return documents, tmp_path / "decisions.jsonl"


def grouped(result: Result) -> list[list[str]]:
    return sorted(incident["documents"] for incident in json.loads(result.stdout)["incidents"])


def write(path: Path, *values: object) -> None:
    path.write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")


def test_decisions_of_a_file_hold_whatever_the_scores(files: tuple[Path, Path]) -> None:
    documents, decisions = files
    assert grouped(run("link", "--input", str(documents))) == [["far"], ["near-1", "near-2"]]
    write(
        decisions,
        decision_to_json(said(LinkVerdict.APART, "near-1", "near-2")),
        decision_to_json(said(LinkVerdict.TOGETHER, "near-1", "far")),
    )
    result = run("link", "--input", str(documents), "--decisions", str(decisions))
    assert result.return_value == 0
    assert grouped(result) == [["far", "near-1"], ["near-2"]]
    incidents = json.loads(result.stdout)["incidents"]
    assert {tuple(each["documents"]): each["by"] for each in incidents} == {
        ("far", "near-1"): "person",
        ("near-2",): "machine",
    }


def test_a_withdrawn_decision_of_a_file_does_not_hold(files: tuple[Path, Path]) -> None:
    documents, decisions = files
    made = said(LinkVerdict.APART, "near-1", "near-2")
    write(decisions, decision_to_json(made), withdrawal_to_json(made.identifier, by="crane", at=NOW))
    result = run("link", "--input", str(documents), "--decisions", str(decisions))
    assert grouped(result) == [["far"], ["near-1", "near-2"]]


def test_unfit_decisions_and_bad_lines_are_named_and_the_rest_holds(files: tuple[Path, Path]) -> None:
    documents, decisions = files
    gone = decided(
        LinkVerdict.TOGETHER, EventAnchor("gone", 0, 4, "غارة", "airstrike"), telling("far"), by="crane", at=NOW
    )
    write(
        decisions,
        {"schema": "x"},
        decision_to_json(gone),
        {"schema": "tawthiq/link-decision/1", "verdict": "withdrawn"},
        decision_to_json(said(LinkVerdict.APART, "near-1", "near-2")),
    )
    result = run("link", "--input", str(documents), "--decisions", str(decisions))
    assert result.return_value == 3
    assert f"{decisions}:1" in result.stderr
    assert f"{decisions}:3" in result.stderr
    assert "the decision by crane of 2026-11-22 (far, gone)" in result.stderr
    assert grouped(result) == [["far"], ["near-1"], ["near-2"]]


@pytest.mark.parametrize("arguments", [("--decisions", "file.jsonl"), ("--input", "-", "--decisions")])
def test_a_file_of_decisions_goes_with_documents_and_only_with_them(arguments: tuple[str, ...]) -> None:
    assert isinstance(run("link", *arguments).exception, WrongUsage)


def test_standard_input_cannot_be_two_things() -> None:
    assert isinstance(run("link", "--input", "-", "--decisions", "-").exception, WrongUsage)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_linked_desk(tmp_path_factory.mktemp("linked") / "archive"))


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Iterator[LinkedDesk]:
    made = copied(model, tmp_path / "archive")
    anchors = chosen(made.tokens(1), Sight(desk=True, person=None))
    confirm(made.folder.path, anchors, Deciding("heron", 0, "read all", at=NOW))
    yield made
    connection.close()
    made.folder.close()


def printed(desk: LinkedDesk) -> Result:
    desk.folder.close()
    return run("--archive", str(desk.folder.path), "link", "--decisions")


def test_an_archives_decisions_are_printed_in_the_form_that_files_take(desk: LinkedDesk) -> None:
    result = printed(desk)
    assert result.return_value == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["schema"], row["verdict"], row["by"], row["state"]) for row in rows] == [
        ("tawthiq/link-decision/1", "together", "heron", "in_force")
    ] * 2
    assert {row["sha256"] for row in rows} == set(LinkDecision.objects.values_list("sha256", flat=True))
    assert "2 decisions in force; fitting the readings no more: 0" in result.stderr


def test_a_decision_that_fits_no_more_is_marked(desk: LinkedDesk) -> None:
    Event.objects.filter(report=1).update(scope="background")
    rows = [json.loads(line) for line in printed(desk).stdout.splitlines()]
    assert [row["state"] for row in rows] == ["unfit", "in_force"]


@pytest.mark.parametrize("deed", ["changed", "taken away", "put in"])
def test_rows_that_other_hands_touched_are_told_from_the_log(desk: LinkedDesk, deed: str) -> None:
    row = LinkDecision.objects.order_by("number").first()
    assert row is not None
    if deed == "changed":
        LinkDecision.objects.filter(pk=row.pk).update(kind="apart")
    elif deed == "taken away":
        row.delete()
    else:
        LinkDecision.objects.filter(pk=row.pk).update(act=9)
        row.number, row.act, row.by = 99, 7, "gull"
        row.content = {**row.content, "by": "gull"}
        row.sha256 = digest_of(row.content)
        row.save(force_insert=True)
    result = printed(desk)
    assert result.return_value == 1
    told = {"changed": "not what it was", "taken away": "no row of it", "put in": "not in the custody log"}
    assert told[deed] in result.stderr
