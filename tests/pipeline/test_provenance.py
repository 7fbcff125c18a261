"""The circumstances that are logged with what is collected."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive_checks import differing
from local_servers import response, serving
from tawthiq.custody.entry import canonical_json
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.provenance import Circumstances, provenance
from tawthiq.records.log import LogEvent
from tawthiq.records.provenance import ExitClass, RobotsStance
from tawthiq.records.visit import Browser
from tawthiq.store import ArchiveFolder

BROWSER = Browser("Chromium", "156.0", "ab" * 32, "agent", 1280, 800, "ar")


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="t", collector="c")


def page(tmp_path: Path, text: str) -> str:
    path = tmp_path / f"{text}.html"
    path.write_text(f"<p>{text}</p>")
    return str(path)


def events(archive: ArchiveFolder, kind: str) -> list[LogEvent]:
    return [entry.event for entry in archive.entries() if entry.event and entry.event.kind == kind]


def test_every_item_says_clock_reason_and_case(archive: ArchiveFolder, tmp_path: Path) -> None:
    with archive:
        list(collect(archive, [page(tmp_path, "one")], reason="seen by a witness", case="case 4"))
    (kept,) = events(archive, "captured")
    facts = kept.facts["facts"]
    assert (facts["reason"], facts["case"]) == ("seen by a witness", "case 4")
    assert set(facts["clock"]) == {"synchronized", "error_seconds", "behind_log_seconds"}
    assert facts["clock"]["behind_log_seconds"] == 0


def test_only_what_was_asked_for_states_a_way_out_and_a_stance(archive: ArchiveFolder, tmp_path: Path) -> None:
    with serving({"/": response(b"<p>page</p>")}) as server, archive:
        list(collect(archive, [page(tmp_path, "one"), server.url("/")]))
    file, fetched = (kept.facts["facts"] for kept in events(archive, "captured"))
    assert not {"exit", "robots", "robots_txt", "user_agent"} & set(file)
    assert (fetched["exit"], fetched["robots"]) == ("own", "note")


def test_programs_are_logged_once_and_named_by_their_digest(archive: ArchiveFolder, tmp_path: Path) -> None:
    for name in ("one", "two"):
        with ArchiveFolder.open(archive.path) as opened:
            list(collect(opened, [page(tmp_path, name), page(tmp_path, name + "more")]))
    (tools,) = events(archive, "tools")
    assert tools.subject == hashlib.sha256(canonical_json(tools.facts)).hexdigest()
    assert {kept.facts["facts"]["tools"] for kept in events(archive, "captured")} == {tools.subject}
    assert [each["name"] for each in tools.facts["tools"]][:2] == ["tawthiq", "CPython"]
    assert differing(archive.path) == []


def test_a_changed_set_of_programs_is_logged_anew(archive: ArchiveFolder) -> None:
    with archive:
        circumstances = Circumstances(archive)
        plain, visiting = circumstances.facts(), circumstances.facts(BROWSER)
        assert circumstances.facts(BROWSER)["tools"] == visiting["tools"] != plain["tools"]
    assert [event.subject for event in events(archive, "tools")] == [plain["tools"], visiting["tools"]]


@pytest.mark.parametrize(
    ("proxy", "setting", "expected"),
    [
        ("", "", ExitClass.OWN),
        ("tor", "", ExitClass.TOR),
        ("http://127.0.0.1:3128", "", ExitClass.PROXY),
        ("", "vpn", ExitClass.VPN),
        ("http://127.0.0.1:3128", "tor", ExitClass.TOR),
    ],
)
def test_the_class_of_the_exit_is_the_one_set_or_told_from_the_proxy(
    archive: ArchiveFolder, proxy: str, setting: str, expected: ExitClass
) -> None:
    settings = replace(archive.settings, proxy=proxy, exit=setting, robots="obey")
    told = provenance(archive, settings, None, None)
    assert (told.exit, told.robots) == (expected, RobotsStance.OBEY)
    assert "3128" not in repr(told)


def test_a_clock_that_was_set_back_is_told_once_and_recorded_with_every_item(
    archive: ArchiveFolder, tmp_path: Path
) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    with archive:
        archive.log([LogEvent("note", later, "c", "x", {})])
        given = [page(tmp_path, "one"), page(tmp_path, "two")]
        outcomes = list(collect(archive, given))
    assert [len(outcome.notes) for outcome in outcomes] == [1, 0]
    assert "set back" in outcomes[0].notes[0]
    behind = [kept.facts["facts"]["clock"]["behind_log_seconds"] for kept in events(archive, "captured")]
    assert all(7_100 < seconds <= 7_200 for seconds in behind)
    assert differing(archive.path) == []
