"""The same address again: a new capture, compared with the last; what is told and what the log says of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from local_servers import redirect, response, serving
from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline import compare_captures
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.compare_captures import COMPARED, compared_with, in_words
from tawthiq.records.capture import SourceKind
from tawthiq.records.change import How, ServerChange
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder

QUICK = FetchSettings(connect_timeout=2, read_timeout=1, total_timeout=2, size_limit=500_000, pause=0)
BODY = "قتل ثلاثة مدنيين في قصف على سوق المدينة، وقال شهود إن القصف استمر ساعة كاملة ولم تعلن أي جهة مسؤوليتها."


def html(body: str = BODY, menu: str = "1") -> bytes:
    return (
        f"<html><head><title>قصف</title></head><body><nav><a href=/>قسم {menu}</a></nav><article><h1>قصف على السوق</h1>"
        f"<p>{body}</p><p>وأضاف المصدر أن فرق الإسعاف نقلت الجرحى إلى مشفى المدينة بعد ساعات.</p></article></body></html>"
    ).encode()


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester")


def twice(archive: ArchiveFolder, first: bytes, second: bytes) -> Outcome:
    routes = {"/p": response(first)}
    with serving(routes) as server:
        list(collect(archive, [server.url("/p")], fetching=QUICK))
        routes["/p"] = response(second) if second else response(b"none", status="404 Not Found")
        (outcome,) = collect(archive, [server.url("/p")], again=True, fetching=QUICK)
    return outcome


def logged(archive: ArchiveFolder) -> LogEvent:
    (event,) = (entry.event for entry in archive.entries() if entry.event and entry.event.kind == COMPARED)
    return event


def test_a_changed_report_is_told_and_logged_without_a_word_of_it(archive: ArchiveFolder) -> None:
    outcome = twice(archive, html(), html(BODY.replace("ثلاثة", "خمسة")))
    assert outcome.state is State.KEPT
    assert outcome.notes[-1].endswith("changed: body (words removed: 1, added: 1)")
    first, second = archive.captures()
    event = logged(archive)
    assert (event.subject, event.facts["before"], event.facts["after"]) == (second.id, first.id, second.id)
    assert event.facts["words"] == {"body": {"removed": 1, "added": 1}}
    assert (event.facts["sha256_before"], event.facts["sha256_after"]) == (first.sha256, second.sha256)
    assert "ثلاثة" not in str(event.facts)


@pytest.mark.parametrize(
    ("second", "told", "how"),
    [
        (html(), "the same bytes", "bytes"),
        (html().replace(b"<nav>", b"<nav >"), "the same text in other bytes", "text"),
        (html(menu="2"), "the report is the same; what stands around it changed", "report"),
    ],
)
def test_what_did_not_change_is_told_as_far_as_it_goes(
    archive: ArchiveFolder, second: bytes, told: str, how: str
) -> None:
    assert told in twice(archive, html(), second).notes[-1]
    assert logged(archive).facts["how"] == how


def test_a_page_that_is_gone_is_told(archive: ArchiveFolder) -> None:
    outcome = twice(archive, html(), b"")
    assert any("the page is gone: 404 (before: 200)" in note for note in outcome.notes)
    assert logged(archive).facts["gone"] is True


def test_a_new_redirect_is_told(archive: ArchiveFolder) -> None:
    routes = {"/p": response(html()), "/q": response(html())}
    with serving(routes) as server:
        list(collect(archive, [server.url("/p")], fetching=QUICK))
        routes["/p"] = redirect("/q")
        (outcome,) = collect(archive, [server.url("/p")], again=True, fetching=QUICK)
        assert any(f"answered from {server.url('/q')} now" in note for note in outcome.notes)


def test_a_first_capture_is_compared_with_nothing(archive: ArchiveFolder) -> None:
    with serving({"/p": response(html())}) as server:
        (outcome,) = collect(archive, [server.url("/p")], fetching=QUICK)
    assert outcome.notes == ()
    assert not any(entry.event and entry.event.kind == COMPARED for entry in archive.entries())


def test_comparing_never_costs_the_capture(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise RuntimeError("a page made to break it")

    monkeypatch.setattr(compare_captures, "changes", fails)
    outcome = twice(archive, html(), html(menu="3"))
    assert outcome.state is State.KEPT
    assert "could not be compared" in outcome.notes[-1]
    assert len(list(archive.captures())) == 2


def test_another_way_of_collecting_is_told(archive: ArchiveFolder) -> None:
    twice(archive, html(), html(menu="2"))
    first, second = archive.captures()
    change = compared_with(archive, first, replace(second, kind=SourceKind.BROWSER))
    assert ServerChange("kind", "url", "browser") in change.server
    assert any("collected with a browser" in words for words in in_words(change))


def test_what_is_no_page_is_told_by_its_bytes(archive: ArchiveFolder) -> None:
    outcome = twice(archive, b"\x89PNG one", b"\x89PNG two")
    assert "other bytes; the text was not compared" in outcome.notes[-1]
    first, second = archive.captures()
    assert compared_with(archive, first, replace(second, sha256=first.sha256)).how is How.BYTES
