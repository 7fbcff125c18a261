"""From sources to evidence: kept once, skipped when there, named when bad; whatever happens, the archive stays sound."""

import gzip
import io
import threading
from pathlib import Path

import pytest

from local_servers import drip, hang, redirect, response, serving, then_close
from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline.collect import collect, fetch_settings
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import StorageFailed
from tawthiq.store import ArchiveFolder

PAGE = "<html><body>تصريح لمسؤول محلي</body></html>".encode()
GZIP_CUT = gzip.compress(PAGE, mtime=0)[:30]
QUICK = FetchSettings(connect_timeout=2, read_timeout=0.3, total_timeout=0.6, size_limit=50_000, pause=0)


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "given"
    path.mkdir()
    return path


def run(archive: ArchiveFolder, *given: str, **options: object) -> list[Outcome]:
    return list(collect(archive, given, fetching=QUICK, **options))  # type: ignore[arg-type]


def warc_of(body: bytes, count: int = 2) -> bytes:
    records = []
    for number in range(count):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body + b"%d" % number
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\n"
            f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://elsewhere.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        records.append(gzip.compress(head + block + b"\r\n\r\n"))
    return b"".join(records)


def test_address_is_kept_with_its_redirects_and_read_back_unchanged(archive: ArchiveFolder) -> None:
    with serving({"/old": redirect("/new"), "/new": response(PAGE)}) as server:
        (outcome,) = run(archive, server.url("/old"), reason="case 12")
    (capture,) = outcome.captures
    assert outcome.state is State.KEPT
    assert (capture.source, capture.final, capture.status) == (server.url("/old"), server.url("/new"), 200)
    assert archive.record(capture).payload == PAGE
    event = list(archive.entries())[capture.log_index].event
    assert event is not None
    assert event.facts["facts"]["reason"] == "case 12"
    assert event.facts["facts"]["redirects"] == 1


def test_second_run_skips_an_address_in_any_spelling_unless_told_again(archive: ArchiveFolder) -> None:
    with serving({"/%D8%AE%D8%A8%D8%B1?x=1": response(PAGE)}) as server:
        (first,) = run(archive, server.url("/خبر?x=1"))
        second = run(archive, server.url("/%D8%AE%D8%A8%D8%B1?x=1#part"), server.url("/خبر?x=1"))
        (again,) = run(archive, server.url("/خبر?x=1"), again=True)
    assert [outcome.state for outcome in second] == [State.THERE, State.THERE]
    assert second[0].captures == first.captures
    assert again.state is State.KEPT
    assert again.captures[0].id != first.captures[0].id
    assert len(server.requests) == 2


def test_address_with_hostile_characters_is_known_again(archive: ArchiveFolder) -> None:
    with serving({"/%E2%80%AEx": response(PAGE)}) as server:
        states = [run(archive, server.url("/\u202ex"))[0].state for _ in range(2)]
    assert states == [State.KEPT, State.THERE]


def test_the_same_address_twice_in_one_run_is_fetched_once(archive: ArchiveFolder) -> None:
    with serving({"/": response(PAGE)}) as server:
        outcomes = run(archive, server.url(), server.url())
        assert len(server.requests) == 1
    assert [outcome.state for outcome in outcomes] == [State.KEPT, State.THERE]


def test_what_another_run_kept_meanwhile_is_not_kept_again(archive: ArchiveFolder, folder: Path) -> None:
    (folder / "a.html").write_bytes(PAGE)
    with serving({"/1": response(PAGE), "/2": response(PAGE)}) as server:
        given = [server.url("/1"), server.url("/2"), str(folder / "a.html")]
        outcomes = collect(archive, given, fetching=QUICK)
        first = next(outcomes)
        other = run(ArchiveFolder.open(archive.path), *given)
        rest = list(outcomes)
    assert [outcome.state for outcome in other] == [State.THERE, State.KEPT, State.KEPT]
    assert [outcome.state for outcome in (first, *rest)] == [State.KEPT, State.THERE, State.THERE]
    assert [outcome.captures for outcome in rest] == [outcome.captures for outcome in other[1:]]


def test_files_are_known_by_their_bytes(archive: ArchiveFolder, folder: Path) -> None:
    (folder / "a.html").write_bytes(PAGE)
    (folder / "b.html").write_bytes(PAGE)
    (folder / "c.html").write_bytes(PAGE + b" ")
    outcomes = run(archive, str(folder))
    assert [outcome.state for outcome in outcomes] == [State.KEPT, State.THERE, State.KEPT]
    assert {outcome.state for outcome in run(archive, str(folder))} == {State.THERE}
    capture = outcomes[0].captures[0]
    assert (capture.kind, capture.source, capture.content_type) == (SourceKind.FILE, "a.html", "text/html")
    assert archive.record(capture).payload == PAGE


def test_warc_of_others_is_kept_whole_and_known_again(archive: ArchiveFolder, folder: Path) -> None:
    (folder / "theirs.bin").write_bytes(warc_of(PAGE))
    (outcome,) = run(archive, str(folder))
    assert [capture.source for capture in outcome.captures] == [
        "http://elsewhere.example/0",
        "http://elsewhere.example/1",
    ]
    assert archive.record(outcome.captures[1]).payload == PAGE + b"1"
    assert (archive.path / outcome.captures[0].path).read_bytes() == warc_of(PAGE)
    (second,) = run(archive, str(folder))
    assert (second.state, second.captures) == (State.THERE, outcome.captures)


def test_warc_without_pages_is_kept_once_too(archive: ArchiveFolder, folder: Path) -> None:
    (folder / "empty.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    states = [run(archive, str(folder))[0].state for _ in range(2)]
    assert states == [State.KEPT, State.THERE]


@pytest.mark.parametrize("kept", [2, 0])
def test_damaged_warc_is_kept_whole_and_named(archive: ArchiveFolder, folder: Path, kept: int) -> None:
    whole = warc_of(PAGE * 50, count=3) if kept else warc_of(PAGE * 50, count=1)
    (folder / "cut.warc.gz").write_bytes(whole[: len(whole) - 40])
    (outcome,) = run(archive, str(folder))
    assert outcome.state is State.KEPT_INCOMPLETE
    assert len(outcome.captures) == kept
    assert f"only {kept} records" in str(outcome.error)
    assert run(archive, str(folder))[0].state is State.THERE


def test_error_status_is_kept_and_shown_as_such(archive: ArchiveFolder) -> None:
    with serving({"/gone": response(PAGE, status="410 Gone")}) as server:
        (outcome,) = run(archive, server.url("/gone"))
    assert outcome.state is State.KEPT
    assert "410 Gone" in outcome.notes[0]
    assert outcome.captures[0].status == 410


def test_empty_answer_is_kept_and_shown_as_such(archive: ArchiveFolder) -> None:
    with serving({"/": response(b"")}) as server:
        (outcome,) = run(archive, server.url())
    assert outcome.state is State.KEPT
    assert "no bytes" in outcome.notes[0]


def test_bad_items_are_named_and_the_rest_goes_on(archive: ArchiveFolder, folder: Path) -> None:
    for name, data in (
        ("1-empty.html", b""),
        ("2-noise.bin", bytes(range(256)) * 40),
        ("3-cut.html.gz", gzip.compress(PAGE * 100)[:60]),
        ("4-nul.txt", b"\x00" * 100 + PAGE),
        ("5-\u202egpj.html", PAGE + b"5"),
        ("6-two\nlines.html", PAGE + b"6"),
    ):
        (folder / name).write_bytes(data)
    answers = {
        "/loop": redirect("/loop2"),
        "/loop2": redirect("/loop"),
        "/hangs": hang,
        "/drips": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"),
        "/garbage": then_close(b"\x00\xff garbage\r\n\r\n"),
        "/lies": response(PAGE, "Content-Type: text/html; charset=utf-16"),
        "/gzip": response(GZIP_CUT, "Content-Encoding: gzip"),
        "/noise": response(b"\x00\x01" * 40_000),
    }
    with serving(answers) as server:
        outcomes = run(
            archive, str(folder), *[server.url(path) for path in answers], "nowhere/file", server.url("/missing")
        )
    states = {
        outcome.source.removeprefix(str(folder)).removeprefix(server.url("")): outcome.state for outcome in outcomes
    }
    assert states == {
        "/1-empty.html": State.FAILED,
        "/2-noise.bin": State.KEPT,
        "/3-cut.html.gz": State.KEPT,
        "/4-nul.txt": State.KEPT,
        "/5-\\u202egpj.html": State.KEPT,
        "/6-two\\x0alines.html": State.KEPT,
        "/loop": State.FAILED,
        "/loop2": State.FAILED,
        "/hangs": State.FAILED,
        "/drips": State.KEPT_INCOMPLETE,
        "/garbage": State.FAILED,
        "/lies": State.KEPT,
        "/gzip": State.KEPT,
        "/noise": State.KEPT_INCOMPLETE,
        "nowhere/file": State.FAILED,
        "/missing": State.KEPT,
    }
    kept = {outcome.source: outcome.captures[0] for outcome in outcomes if outcome.captures}
    assert archive.record(kept[server.url("/lies")]).payload == PAGE
    assert archive.record(kept[server.url("/gzip")]).payload == GZIP_CUT
    assert archive.record(kept[server.url("/noise")]).truncated == "length"
    assert archive.record(kept[str(folder / "4-nul.txt")]).payload == b"\x00" * 100 + PAGE
    assert all(outcome.error and outcome.error.advice for outcome in outcomes if outcome.is_trouble)


def test_pause_and_proxy_come_from_the_archives_settings(archive: ArchiveFolder) -> None:
    assert (fetch_settings(archive).pause, fetch_settings(archive).proxy) == (1.0, None)
    with serving({"http://site.invalid/page": response(PAGE)}) as proxy:
        file = archive.path / "tawthiq.toml"
        text = file.read_text().replace('proxy = ""', f'proxy = "http://127.0.0.1:{proxy.port}"')
        file.write_text(text.replace("pause_seconds = 1.0", "pause_seconds = 0"))
        (outcome,) = collect(ArchiveFolder.open(archive.path), ["http://site.invalid/page"])
    assert outcome.state is State.KEPT


def test_failed_attempts_at_an_address_are_logged(archive: ArchiveFolder) -> None:
    with serving({"/": then_close(b"")}) as server:
        run(archive, server.url(), "no-such-file")
    failures = [entry.event for entry in archive.entries() if entry.event and entry.event.kind == "collect-failed"]
    assert [event.subject for event in failures] == [server.url()]


def test_credentials_never_reach_the_archive(archive: ArchiveFolder) -> None:
    (outcome,) = run(archive, "http://someone:geheim@127.0.0.1:9/x")
    archive.close()
    assert outcome.state is State.FAILED
    assert all(b"geheim" not in path.read_bytes() for path in archive.path.rglob("*") if path.is_file())


def test_file_over_the_size_limit_is_named_with_the_limit(archive: ArchiveFolder, folder: Path) -> None:
    with (folder / "noise.bin").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    (folder / "page.html").write_bytes(PAGE)
    outcomes = run(archive, str(folder), size_limit=1_000_000)
    assert [outcome.state for outcome in outcomes] == [State.FAILED, State.KEPT]
    assert "limit of 1,000,000" in str(outcomes[0].error)


def test_list_on_standard_input_is_collected(archive: ArchiveFolder) -> None:
    with serving({"/a": response(PAGE)}) as server:
        lines = f"# list\n\n{server.url('/a')}\nnot/there\n".encode()
        outcomes = run(archive, "-", standard_input=io.BytesIO(lines))
    assert [outcome.state for outcome in outcomes] == [State.KEPT, State.FAILED]
    assert outcomes[1].source == "standard input, line 4: not/there"


def test_folder_that_holds_the_archive_leaves_it_out(archive: ArchiveFolder) -> None:
    page = archive.path.parent / "page.html"
    page.write_bytes(PAGE)
    states = {Path(outcome.source).name: outcome.state for outcome in run(archive, str(archive.path.parent))}
    assert states == {"archive": State.PASSED_OVER, "page.html": State.KEPT}


def test_disk_that_refuses_ends_the_run_with_the_item_named(
    archive: ArchiveFolder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (folder / f"{number}.html").write_bytes(PAGE + b"%d" % number)
    kept = archive.keep_file

    def full(name: str, *rest: object) -> object:
        if name == "1.html":
            raise StorageFailed(
                item=name, happened="the disk refused: No space left on device", advice="free some space"
            )
        return kept(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(archive, "keep_file", full)
    outcomes = run(archive, str(folder))
    assert [outcome.state for outcome in outcomes] == [State.KEPT, State.FAILED]
    monkeypatch.undo()
    assert [outcome.state for outcome in run(archive, str(folder))] == [State.THERE, State.KEPT, State.KEPT]


def test_fault_of_our_own_costs_one_item(archive: ArchiveFolder, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.html").write_bytes(PAGE)
    monkeypatch.setattr(archive, "keep_file", lambda *_: 1 / 0)
    (outcome,) = run(archive, str(folder))
    assert outcome.state is State.FAILED
    assert "ZeroDivisionError" in str(outcome.error)


def test_collecting_works_outside_the_main_thread(archive: ArchiveFolder, folder: Path) -> None:
    (folder / "a.html").write_bytes(PAGE)
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.extend(run(archive, str(folder))))
    thread.start()
    thread.join()
    assert [outcome.state for outcome in outcomes] == [State.KEPT]
