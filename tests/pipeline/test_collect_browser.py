"""Addresses visited by a browser on their way into evidence, and read from there: a real Chromium and local pages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive_checks import differing
from local_servers import LocalServer, response, serving, then_close
from tawthiq.capture.settings import FetchSettings
from tawthiq.page.pointers import Source
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_browser import BrowsingSettings, browsing_settings
from tawthiq.pipeline.collect_outcome import Outcome, State, visit_notes
from tawthiq.pipeline.read_capture import Item, ReadCapture, read_item
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import WrongUsage
from tawthiq.records.provenance import RobotsStance
from tawthiq.records.span import Span
from tawthiq.records.visit import Browser, Loss, PageVisit, Part, PartKind, Piece, Unrecorded
from tawthiq.store import ArchiveFolder

pytestmark = pytest.mark.browser

BROWSER = BrowsingSettings(page_seconds=15)
QUICK = FetchSettings(connect_timeout=2, read_timeout=2, total_timeout=5, pause=0, robots=RobotsStance.OBEY)
PAGE = """<!doctype html><html lang="ar" dir="rtl"><meta charset="windows-1256"><title>قصف على سوق البلدة</title>
<article><h1>قصف على سوق البلدة</h1>
<p>قال مصدر محلي إن قصفا استهدف سوق البلدة يوم الاثنين وأدى إلى مقتل ثلاثة مدنيين.</p></article>
<div id="c"></div><script>fetch('/c.json').then(r => r.json()).then(l => { c.innerHTML =
'<h3>التعليقات</h3>' + l.map(t => `<div class="comment"><b class="author">قارئ</b><p class="text">${t}</p></div>`).join('') })
</script></html>"""  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[LocalServer]:
    answers = {
        "/": response(PAGE.encode("windows-1256"), "X-Served: yes"),
        "/c.json": response('["شهدت ذلك بنفسي من نافذة البيت"]'.encode()),
        "/gone": response("<p>لا توجد</p>".encode(), status="410 Gone"),
        "/robots.txt": response(b"User-agent: *\nDisallow: /private\n"),
    }
    answers["/"] = answers["/"].replace(b"text/html; charset=utf-8", b"text/html")
    with serving(answers) as server:
        yield server


@pytest.fixture(scope="module")
def collected(site: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Outcome]]:
    """An archive and the outcomes of one run, by one browser."""
    path = tmp_path_factory.mktemp("visited") / "archive"
    note = path.parent / "note.txt"
    note.write_text("ملاحظة", encoding="utf-8")
    given = [site.url("/"), str(note), site.url("/"), site.url("/gone"), site.url("/private"), "http://127.0.0.1:9/"]
    with ArchiveFolder.create(path, title="t", collector="c-1") as archive:
        outcomes = list(collect(archive, given, fetching=QUICK, browser=BROWSER, reason="case 7"))
    return path, outcomes


def test_each_source_has_its_outcome_and_the_archive_is_sound(collected: tuple[Path, list[Outcome]]) -> None:
    path, outcomes = collected
    assert [outcome.state for outcome in outcomes] == [
        State.KEPT, State.KEPT, State.THERE, State.KEPT, State.FAILED, State.FAILED
    ]  # fmt: skip
    kinds = [outcome.captures[0].kind for outcome in outcomes[:4]]
    assert kinds == [SourceKind.BROWSER, SourceKind.FILE, SourceKind.BROWSER, SourceKind.BROWSER]
    assert 'the server answered "410 Gone"; kept as such' in outcomes[3].notes
    assert "robots.txt" in str(outcomes[4].error)
    assert differing(path) == []


def test_visit_is_logged_with_its_circumstances_and_failures_too(collected: tuple[Path, list[Outcome]]) -> None:
    path, outcomes = collected
    with ArchiveFolder.open(path) as archive:
        entries = [entry.event for entry in archive.entries() if entry.event]
        capture = outcomes[0].captures[0]
        facts = next(event.facts["facts"] for event in entries if event.subject == capture.id)
        told = archive.visit_facts(capture)
    assert (facts["reason"], facts["missed"], facts["robots_allowed"]) == ("case 7", 0, True)
    assert {part["kind"] for part in facts["parts"]} >= {"dom", "screenshot", "framed-screenshot", "pdf"}
    assert told["facts"]["tools"] == facts["tools"]
    named = next(event.facts["tools"] for event in entries if event.subject == facts["tools"])
    assert told["browser"]["sha256"] in {tool["sha256"] for tool in named}
    failed = [event for event in entries if event.kind == "collect-failed"]
    assert [event.facts.get("by_browser") for event in failed] == [True, True]


def test_comments_that_a_script_fetched_are_read_from_the_rendered_page(collected: tuple[Path, list[Outcome]]) -> None:
    path, outcomes = collected
    capture = outcomes[0].captures[0]
    read = read_item(Item(1, capture, path))
    assert isinstance(read, ReadCapture)
    assert read.page.title == "قصف على سوق البلدة"
    assert "شهدت ذلك بنفسي" in read.page.text
    assert [event.act.value for event in read.reading.events] == ["shelling"]
    with ArchiveFolder.open(path) as archive:
        rendered = archive.record(capture).payload
    source = Source(rendered, capture.content_type)
    start = read.page.text.index("شهدت ذلك بنفسي")
    (pointer,) = source.pointers(Span(start, start + 4))
    assert source.text == read.page.text
    assert pointer.bytes is not None
    assert rendered[pointer.bytes.start : pointer.bytes.end].decode() == read.page.text[start : start + 4]


def test_browser_and_fetch_do_not_stand_for_each_other_and_again_makes_a_new_capture(
    collected: tuple[Path, list[Outcome]], site: LocalServer
) -> None:
    path, _ = collected
    with ArchiveFolder.open(path) as archive:
        (fetched,) = collect(archive, [site.url("/")], fetching=QUICK)
        again, there = (
            next(collect(archive, [site.url("/")], fetching=QUICK, browser=BROWSER, again=again))
            for again in (True, False)
        )
    assert (fetched.state, again.state, there.state) == (State.KEPT, State.KEPT, State.THERE)
    assert there.captures == again.captures


def test_site_sees_one_program_ask_for_robots_txt_and_for_the_page(tmp_path: Path) -> None:
    still, stance = replace(BROWSER, behaviours=False), replace(QUICK, robots=RobotsStance.NOTE)
    answers = {"/": response(b"<p>page</p>"), "/robots.txt": response(b"User-agent: *\n")}
    with serving(answers) as server, ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive:
        list(collect(archive, [server.url("/")], fetching=stance, browser=still))
        asked = {request.split(b" ")[1]: said(request) for request in server.requests}
        facts = [
            entry.event.facts["facts"] for entry in archive.entries() if entry.event and entry.event.kind == "captured"
        ]
    assert set(asked[b"/"]) == {b"user-agent", b"accept-language"}
    assert asked[b"/robots.txt"] == asked[b"/"]
    assert [each["user_agent"].encode() for each in facts] == [asked[b"/"][b"user-agent"]]


def said(request: bytes) -> dict[bytes, bytes]:
    """What a request says of its program and its reader."""
    fields = (line.split(b": ", 1) for line in request.split(b"\r\n\r\n")[0].split(b"\r\n")[1:])
    return {name.lower(): value for name, value in fields if name.lower() in (b"user-agent", b"accept-language")}


def test_page_cut_short_is_incomplete_and_a_busy_server_is_to_be_asked_again(tmp_path: Path) -> None:
    whole = PAGE.encode("windows-1256")
    answers = {
        "/": then_close(response(whole, length=len(whole) + 500)),
        "/busy": response(b"busy", "Retry-After: 30", status="503 Service Unavailable"),
    }
    still = replace(BROWSER, behaviours=False)
    with serving(answers) as server, ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive:
        cut, busy = collect(archive, [server.url("/"), server.url("/busy")], fetching=QUICK, browser=still)
    assert (cut.state, busy.state) == (State.KEPT_INCOMPLETE, State.KEPT)
    assert cut.is_trouble
    assert "the connection ended before the answer did" in str(cut.error)
    assert busy.notes[0].endswith("kept as such; collect it again with --again in 30 seconds")
    assert busy.retry_after == 30


def test_missing_browser_ends_the_run_with_what_to_install(tmp_path: Path, site: LocalServer) -> None:
    with ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive:
        nowhere = replace(browsing_settings(archive), executable=Path("/nowhere/chromium"))
        with pytest.raises(WrongUsage, match="there is no such program"):
            list(collect(archive, [site.url("/")], fetching=QUICK, browser=nowhere))


def test_person_is_told_what_a_visit_lacks(tmp_path: Path) -> None:
    losses = [Unrecorded("http://x/", "GET", loss, "") for loss in (Loss.BLOCKED, Loss.FAILED, Loss.MISSED)]
    facts = Browser("Chromium", "1", "", "", 1, 1, "ar")
    with ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive:
        moment = next(archive.entries()).event.time  # type: ignore[union-attr]
    cut = Piece(number=1, count=1, first=0, end=9, height=10, width=8, shown_height=9, shown_width=8)
    tall = Part(PartKind.SCREENSHOT, "", "", b"", moment, "painted by the browser", cut)
    made = PageVisit("", "", "", moment, moment, facts, (), None, (tall,), (), tuple(losses), 9, 0, "it went on")
    assert list(visit_notes(made)) == [
        "not waited for to the end: it went on; kept as far as it came",
        "its pictures do not show all of it: it is too tall or too wide; the rendered page is kept whole",
        "1 of 9 requests were seen, but their answers were missed",
        "1 of 9 requests were blocked, 1 failed",
    ]
