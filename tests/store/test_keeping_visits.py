"""Visits of a browser as evidence: one file that others' tools accept, every part found again, nothing said that is untrue."""

import base64
import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_checks import MakeExchange, differing
from doomed import killed_at
from tawthiq.custody.entry import canonical_json
from tawthiq.records.capture import BodyForm, SourceKind
from tawthiq.records.errors import CaptureFailed, EvidenceDiffers, UnreadableCapture
from tawthiq.records.visit import Act, Browser, Loss, PageVisit, Part, PartKind, Unrecorded
from tawthiq.store import ArchiveFolder

PAGE = "http://news.example/خبر"
MOMENT = datetime(2026, 11, 22, 1, 2, 3, 456789, UTC)
DOM = "<html><body>شهادة جار</body></html>".encode()
BIN = Path(sys.executable).parent


def part(kind: PartKind = PartKind.DOM, data: bytes = DOM, **changes: str) -> Part:
    fields = {
        "target": f"urn:{kind.value}:{PAGE}",
        "content_type": "text/html; charset=utf-8" if kind is PartKind.DOM else "image/png",
        "converted": "serialised by the browser",
    }
    return Part(kind=kind, data=data, made=MOMENT, **(fields | changes))


@pytest.fixture
def visit(exchange: MakeExchange) -> PageVisit:
    main = exchange(PAGE, b"<html><script src=s.js></script></html>", protocol="h2", resource="document")
    posted = exchange(
        "http://news.example/comments",
        b"[1,2]",
        method="POST",
        request_line="POST /comments HTTP/1.1",
        request_body="سؤال".encode(),
        response_headers=(("Content-Encoding", "gzip"), ("Content-Length", "25"), ("Transfer-Encoding", "chunked")),
        body_form=BodyForm.DECODED,
        certificate=b"\x30\x03der",
        tls="TLSv1.3 X",
    )
    return PageVisit(
        asked=PAGE,
        final=PAGE,
        title="عنوان \u202e مقلوب",
        started=MOMENT,
        ended=MOMENT,
        browser=Browser("Chromium", "156.0", "ab" * 32, "Mozilla/5.0", 1280, 800, "ar"),
        exchanges=(main, posted),
        main=0,
        parts=(part(), part(PartKind.SCREENSHOT, b"\x89PNG plain")),
        acts=(Act(MOMENT, "scroll", "to the end"),),
        unrecorded=(Unrecorded("http://ads.example/", "GET", Loss.BLOCKED, "not on the list"),),
        requests=3,
        cookies_sent=0,
    )


def payloads(path: Path) -> dict[tuple[str, str], bytes]:
    found = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.is_http:
                record.parse_http(auto_decode="none")
            kind = record.headers["WARC-Type"]
            found[kind, record.headers.get("WARC-Target-URI", "")] = record.reader.read()
    return found


def test_visit_is_one_sound_file_that_other_tools_accept(archive: ArchiveFolder, visit: PageVisit) -> None:
    with archive:
        capture = archive.keep_visit(PAGE, visit, {"reason": "case 3"})
    file = archive.path / capture.path
    assert differing(archive.path) == []
    assert [path for path in (archive.path / "evidence").rglob("*") if path.is_file()] == [file]
    for tool in ("warcio", "fastwarc"):
        checked = subprocess.run([BIN / tool, "check", file], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_capture_stands_for_the_rendered_page_with_the_main_answers_status(
    archive: ArchiveFolder, visit: PageVisit
) -> None:
    gone = replace(visit.exchanges[0], status_line="HTTP/1.1 404 Not Found")
    capture = archive.keep_visit(PAGE, replace(visit, exchanges=(gone, visit.exchanges[1])), {})
    assert (capture.kind, capture.status) == (SourceKind.BROWSER, 404)
    assert capture.content_type == "text/html; charset=utf-8"
    assert archive.record(capture).payload == DOM
    assert list(archive.captures()) == [capture]


def test_capture_stands_for_the_main_answer_when_no_page_was_rendered(archive: ArchiveFolder, visit: PageVisit) -> None:
    capture = archive.keep_visit(PAGE, replace(visit, parts=visit.parts[1:]), {})
    assert (capture.content_type, archive.record(capture).payload) == ("text/html", visit.exchanges[0].payload)


def test_download_stands_for_a_page_that_never_was(archive: ArchiveFolder, visit: PageVisit) -> None:
    file = part(PartKind.DOWNLOAD, b"%PDF-1.7", target=PAGE, content_type="application/pdf")
    capture = archive.keep_visit(PAGE, replace(visit, exchanges=(), main=None, parts=(file,)), {})
    assert (capture.content_type, archive.record(capture).payload) == ("application/pdf", b"%PDF-1.7")
    assert capture.status is None


def test_decoded_bodies_are_labelled_and_headers_that_would_belie_them_are_dropped(
    archive: ArchiveFolder, visit: PageVisit
) -> None:
    capture = archive.keep_visit(PAGE, visit, {})
    with (archive.path / capture.path).open("rb") as stream:
        records = [(record.headers, record.reader.read()) for record in ArchiveIterator(stream, parse_http=False)]
    request, response = records[3], records[4]
    assert request[1].endswith("\r\n\r\nسؤال".encode())
    assert response[0]["WARC-X-Body-Form"] == "decoded"
    assert response[1] == b"HTTP/1.1 200 OK\r\n\r\n[1,2]"
    assert records[2][0].get("WARC-X-Body-Form") is None
    assert records[2][0]["WARC-Protocol"] == "h2"
    told = archive.visit_facts(capture)["exchanges"][1]
    assert told["body_form"] == "decoded"
    assert len(told["conversions"]) == 3
    assert base64.b64decode(told["certificate"]) == b"\x30\x03der"


def test_metadata_tells_everything_but_bodies_and_its_manifest_covers_every_record(
    archive: ArchiveFolder, visit: PageVisit
) -> None:
    capture = archive.keep_visit(PAGE, visit, {"reason": "case 3"})
    told = archive.visit_facts(capture)
    assert (told["schema"], told["logged_in"], told["requests"]) == ("tawthiq/visit/1", False, 3)
    assert told["requests"] == len(told["exchanges"]) + len(told["unrecorded"])
    assert told["browser"]["sha256"] == "ab" * 32
    assert told["acts"][0]["detail"] == "to the end"
    assert told["facts"]["reason"] == "case 3"
    assert [each["sha256"] for each in told["parts"]] == [hashlib.sha256(each.data).hexdigest() for each in visit.parts]
    assert hashlib.sha256(canonical_json(told["manifest"])).hexdigest() == told["manifest_sha256"]
    with (archive.path / capture.path).open("rb") as stream:
        records = [(each.record_id, each.headers["WARC-Block-Digest"]) for each in ArchiveIterator(stream)]
    assert [(each["record_id"], each["block_digest"]) for each in told["manifest"]] == records[:-1]


def test_log_names_each_part_which_is_read_back_and_checked(archive: ArchiveFolder, visit: PageVisit) -> None:
    with archive:
        capture = archive.keep_visit(PAGE, visit, {})
    event = list(archive.entries())[capture.log_index].event
    assert event is not None
    assert (event.facts["facts"]["blocked"], event.facts["facts"]["missed"]) == (1, 0)
    assert [archive.visit_part(capture, number).payload for number in (0, 1)] == [each.data for each in visit.parts]
    with pytest.raises(UnreadableCapture, match="no part 2"):
        archive.visit_part(capture, 2)
    file = archive.path / capture.path
    other = replace(visit, parts=(part(), part(PartKind.SCREENSHOT, b"\x89PNG other")))
    with ArchiveFolder.create(archive.path.parent / "other", title="t", collector="c") as elsewhere:
        forged = elsewhere.keep_visit(PAGE, other, {})
        file.write_bytes((elsewhere.path / forged.path).read_bytes())
    with pytest.raises((EvidenceDiffers, UnreadableCapture)):
        archive.visit_part(capture, 1)
    assert [check.name for check in differing(archive.path)] == [capture.path]


def test_visit_above_the_limit_or_without_content_leaves_nothing(archive: ArchiveFolder, visit: PageVisit) -> None:
    settings_file = archive.path / "tawthiq.toml"
    settings_file.write_text(settings_file.read_text(encoding="utf-8").replace("4294967296", "60"), encoding="utf-8")
    with ArchiveFolder.open(archive.path) as small:
        with pytest.raises(CaptureFailed, match="larger than 60 bytes"):
            small.keep_visit(PAGE, visit, {})
        with pytest.raises(CaptureFailed, match="no answer"):
            small.keep_visit(PAGE, replace(visit, exchanges=(), main=None, parts=()), {})
        assert list(small.captures()) == []
    assert list((archive.path / "evidence").rglob("*.gz")) == []
    assert differing(archive.path) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=40), header=st.text(alphabet=st.characters(max_codepoint=255), max_size=20), body=st.binary()
)
def test_hostile_titles_targets_and_headers_are_kept_readable(
    archive: ArchiveFolder, visit: PageVisit, text: str, header: str, body: bytes
) -> None:
    main = replace(visit.exchanges[0], response_headers=((header or "X", text),), payload=body)
    hostile = replace(
        visit,
        title=text,
        final=PAGE + text,
        exchanges=(main,),
        parts=(part(target="urn:dom:" + text, content_type="text/html" + text, data=body),),
        acts=(Act(MOMENT, text, text),),
    )
    capture = archive.keep_visit(PAGE, hostile, {})
    assert archive.record(capture).payload == body
    assert archive.visit_facts(capture)["requests"] == 3


def test_kill_at_every_step_of_keeping_a_visit_leaves_a_sound_archive(archive: ArchiveFolder, visit: PageVisit) -> None:
    def keep_it() -> None:
        with ArchiveFolder.open(archive.path) as folder:
            folder.keep_visit(PAGE, visit, {})

    kept = 0
    for point in range(1, 60):
        ended = killed_at(point, keep_it)
        with ArchiveFolder.open(archive.path) as folder:
            captures = list(folder.captures())
            assert len(captures) in (kept, kept + 1)
            assert all(folder.record(each).payload == DOM for each in captures[kept:])
            kept = len(captures)
        assert differing(archive.path) == []
        if ended == 0:
            break
    assert ended == 0
    assert kept > 1
