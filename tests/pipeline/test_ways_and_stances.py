"""What is recorded of the way out and of robots.txt: the class and the verdict, never an address of a proxy or a password."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from local_servers import response, serving
from proxy_servers import proxying
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.timestamp_authorities import posted
from tawthiq.pipeline.collect import collect, fetch_settings
from tawthiq.pipeline.collect_outcome import State
from tawthiq.pipeline.visit_lists import Wish
from tawthiq.pipeline.visiting import collect_lists
from tawthiq.records.log import LogEvent
from tawthiq.records.provenance import RobotsStance
from tawthiq.records.watch import WatchKind
from tawthiq.store import ArchiveFolder

PAGE = "<html><body>شهادة</body></html>".encode()
RULES = response(b"User-agent: *\nDisallow: /private\n")
QUICK = FetchSettings(connect_timeout=2, read_timeout=1, total_timeout=2, pause=0)


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester")


def logged(archive: ArchiveFolder, kind: str) -> list[LogEvent]:
    return [entry.event for entry in archive.entries() if entry.event and entry.event.kind == kind]


def written(archive: ArchiveFolder) -> bytes:
    """Everything below evidence/ and log/, out of its compression."""
    files = [file for name in ("evidence", "log") for file in (archive.path / name).rglob("*") if file.is_file()]
    return b"".join(
        gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data for data in map(Path.read_bytes, files)
    )


def test_verdict_of_robots_txt_is_recorded_with_each_item(archive: ArchiveFolder) -> None:
    settings = replace(QUICK, robots=RobotsStance.NOTE)
    with serving({"/robots.txt": RULES, "/private": response(PAGE), "/open": response(PAGE + b"2")}) as server:
        outcomes = list(collect(archive, [server.url("/private"), server.url("/open")], fetching=settings))
    assert [outcome.state for outcome in outcomes] == [State.KEPT, State.KEPT]
    facts = [event.facts["facts"] for event in logged(archive, "captured")]
    assert [(each["robots"], each["robots_allowed"], each["robots_txt"]) for each in facts] == [
        ("note", False, "200"),
        ("note", True, "200"),
    ]


def agents(requests: list[bytes]) -> set[bytes]:
    return {line for request in requests for line in request.split(b"\r\n") if line.lower().startswith(b"user-agent:")}


def test_every_request_says_of_its_program_what_the_settings_say(archive: ArchiveFolder) -> None:
    named = "Mozilla/5.0 (X11; Linux x86_64) Example/1"
    archive.settings = replace(archive.settings, user_agent=named)
    fetching = replace(fetch_settings(archive), pause=0)
    feed = b"<rss><channel><item><link>/item</link></item></channel></rss>"
    answers = {"/robots.txt": RULES, "/feed.xml": response(feed), "/item": response(PAGE)}
    with serving(answers) as server:
        list(collect_lists(archive, [server.url("/feed.xml")], Wish(WatchKind.AUTO, 5), fetching))
        posted(server.url("/item"), b"query", content_type="a/b", accept="a/b", settings=fetching)
        asked = [request.split(b" ")[1].decode() for request in server.requests]
        assert asked == ["/robots.txt", "/feed.xml", "/item", "/item"]
        assert agents(server.requests) == {b"User-Agent: " + named.encode()}
    assert {event.facts["facts"]["user_agent"] for event in logged(archive, "captured")} == {named}


def test_disallowed_address_is_told_and_logged_and_not_fetched_when_obeying(archive: ArchiveFolder) -> None:
    settings = replace(QUICK, robots=RobotsStance.OBEY)
    with serving({"/robots.txt": RULES, "/private": response(PAGE)}) as server:
        (outcome,) = collect(archive, [server.url("/private")], fetching=settings)
        assert [request.split(b" ")[1] for request in server.requests] == [b"/robots.txt"]
    assert outcome.state is State.FAILED
    (event,) = logged(archive, "collect-failed")
    assert (event.facts["robots"], event.facts["robots_allowed"]) == ("obey", False)
    assert "robots.txt" in event.facts["happened"]


def test_stance_comes_from_the_settings_of_the_archive(archive: ArchiveFolder) -> None:
    assert fetch_settings(archive).robots is RobotsStance.NOTE
    archive.settings = replace(archive.settings, robots="obey")
    assert fetch_settings(archive).robots is RobotsStance.OBEY


@pytest.mark.parametrize(("kind", "scheme"), [("socks", "socks5h"), ("http", "http")])
def test_neither_place_nor_password_of_a_proxy_is_written_anywhere(
    archive: ArchiveFolder, kind: str, scheme: str
) -> None:
    with (
        serving({"/a": response(PAGE)}) as server,
        proxying({"site.example": server.port}, kind, ("somebody", "pass-word")) as proxy,
    ):
        way = replace(QUICK, proxy=f"{scheme}://somebody:pass-word@127.0.0.1:{proxy.port}", robots=RobotsStance.NOTE)
        given = ["http://site.example/a", "https://gone.example/"]
        kept, failed = collect(archive, given, fetching=way)
    (down,) = collect(archive, ["http://site.example/b"], fetching=way)
    archive.flush()
    assert [outcome.state for outcome in (kept, failed, down)] == [State.KEPT, State.FAILED, State.FAILED]
    everything = written(archive)
    assert PAGE in everything
    for secret in (b"somebody", b"pass-word", b"c29tZWJvZHk", b"Proxy-Authorization: ", f":{proxy.port}".encode()):
        assert secret not in everything
    (event,) = logged(archive, "captured")
    assert (event.facts["facts"]["exit"], event.facts["facts"]["server_address"]) == ("proxy", None)
    assert not any(secret in str(down.error) for secret in ("somebody", "pass-word", f":{proxy.port}"))
