"""Watching: kept when changed, logged when not, left alone when busy, finished when interrupted, never doubled."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_pages import channel_html
from local_servers import LocalServer, response, serving
from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline import watching
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.watch_schedule import FIRST_RETRY, LONGEST_RETRY, after_visit, back_off, is_due
from tawthiq.pipeline.watching import Seldom, Told, Watching
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import StorageFailed, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.records.watch import Watch, WatchKind, WatchState
from tawthiq.store import ArchiveFolder
from tawthiq.store.fixity import check_if_due
from tawthiq.store.verify import verify
from tawthiq.store.watch_list import WatchList
from tawthiq.store.watch_state import WatchStates

PAGE = "<html><body>تقرير عن الحصار</body></html>".encode()
DATE = "Sat, 21 Nov 2026 08:00:00 GMT"
START = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUICK = FetchSettings(connect_timeout=2, read_timeout=0.5, total_timeout=1, pause=0)


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.moment = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ArchiveFolder]:
    with ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester") as folder:
        yield folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _no_duties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "DUTIES", ())


def watch(archive: ArchiveFolder, address: str, kind: WatchKind = WatchKind.AUTO, **other: object) -> Watch:
    one = replace(Watch(address, kind, 3600, 50, False, "case 7"), **other)  # type: ignore[arg-type]
    WatchList(archive.path).change(lambda watches: (*watches, one))
    return one


def once(
    archive: ArchiveFolder, clock: Clock, *, due_only: bool = True, fetching: FetchSettings = QUICK
) -> list[Outcome]:
    run = Watching(archive, fetching, now=clock.now, sleep=clock.sleep)
    return [told.outcome for told in run.once(due_only=due_only) if told.outcome]


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state.value for outcome in outcomes]


def events(archive: ArchiveFolder, kind: str) -> list[LogEvent]:
    return [entry.event for entry in archive.entries() if entry.event and entry.event.kind == kind]


def paths(server: LocalServer) -> list[str]:
    return [request.split(b" ")[1].decode() for request in server.requests]


def state_of(archive: ArchiveFolder, address: str) -> WatchState:
    state = WatchStates(archive.path).read(address)
    assert state is not None
    return state


def test_page_is_kept_again_only_when_it_changed(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(PAGE)}) as server:
        watch(archive, server.url("/p"), reason="case 7")
        found = [once(archive, clock)]
        for change in (PAGE, PAGE + b"<!-- more -->", PAGE + b"<!-- more -->"):
            server.answers["/p"] = response(change)
            clock.sleep(3600)
            found.append(once(archive, clock))
    assert [states(each) for each in found] == [["kept"], ["unchanged"], ["kept"], ["unchanged"]]
    assert len(list(archive.captures())) == 2
    first, second = events(archive, "unchanged")
    assert first.subject == found[0][0].captures[0].id
    assert second.subject == found[2][0].captures[0].id
    assert (first.facts["told_by"], first.facts["status"], first.facts["reason"]) == ("payload", 200, "case 7")
    archive.flush()
    assert all(check.holds for check in verify(archive.path))


def test_server_that_knows_its_page_is_asked_conditionally(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(PAGE, 'ETag: W/"a1"', f"Last-Modified: {DATE}")}) as server:
        watch(archive, server.url("/p"))
        once(archive, clock)
        server.answers["/p"] = response(b"", status="304 Not Modified")
        clock.sleep(3600)
        (outcome,) = once(archive, clock)
    assert outcome.state is State.UNCHANGED
    assert b'If-None-Match: W/"a1"\r\nIf-Modified-Since: ' + DATE.encode() in server.requests[-1]
    assert b"If-" not in server.requests[0]
    (event,) = events(archive, "unchanged")
    assert (event.facts["told_by"], event.facts["etag"], event.facts["last_modified"]) == ("server", 'W/"a1"', DATE)
    assert len(list(archive.captures())) == 1


def test_what_is_not_due_is_not_asked(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(PAGE)}) as server:
        watch(archive, server.url("/p"))
        once(archive, clock)
        clock.sleep(3599)
        assert once(archive, clock) == []
        assert states(once(archive, clock, due_only=False)) == ["unchanged"]
        assert len(server.requests) == 2


def test_removed_page_is_kept_once_as_such(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(PAGE)}) as server:
        watch(archive, server.url("/p"))
        once(archive, clock)
        found = []
        for number in range(2):
            server.answers["/p"] = response(b"gone, request %d" % number, status="410 Gone")
            clock.sleep(3600)
            found += once(archive, clock)
    assert states(found) == ["kept", "unchanged"]
    assert [capture.status for capture in archive.captures()] == [200, 410]
    assert events(archive, "unchanged")[0].facts["told_by"] == "status"


@pytest.mark.parametrize(
    ("retry", "least", "most"),
    [
        ("Retry-After: 7200", 7200, 7200),
        ("Retry-After: Thu, 01 Jan 2099 00:00:00 GMT", 86_400, 86_400),
        ("Retry-After: 1", FIRST_RETRY * 0.8, FIRST_RETRY * 1.2),
        ("X: y", FIRST_RETRY * 0.8, FIRST_RETRY * 1.2),
    ],
)
def test_busy_server_is_left_alone_for_as_long_as_it_asks(
    archive: ArchiveFolder, clock: Clock, retry: str, least: float, most: float
) -> None:
    with serving({"/p": response(b"busy", retry, status="503 Service Unavailable")}) as server:
        watch(archive, server.url("/p"))
        (outcome,) = once(archive, clock)
        clock.sleep(FIRST_RETRY * 0.8 - 1)
        assert once(archive, clock) == []
    assert outcome.state is State.FAILED
    assert list(archive.captures()) == []
    assert events(archive, "collect-failed")[0].facts["status"] == 503
    state = state_of(archive, server.url("/p"))
    assert state.due is not None
    assert least <= (state.due - START).total_seconds() <= most


def test_failures_back_off_and_one_success_ends_that(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(b"", status="500 Oops")}) as server:
        address = watch(archive, server.url("/p")).address
        waits = []
        for _ in range(3):
            assert states(once(archive, clock)) == ["failed"]
            due = state_of(archive, address).due
            assert due is not None
            waits.append((due - clock.moment).total_seconds())
            clock.moment = due
        server.answers["/p"] = response(PAGE)
        assert states(once(archive, clock)) == ["kept"]
    for wait, usual in zip(waits, (300, 600, 1200), strict=True):
        assert usual * 0.8 <= wait <= usual * 1.2
    state = state_of(archive, address)
    assert (state.failures, state.succeeded) == (0, clock.moment)


@given(st.integers(1, 10_000), st.integers(60, 366 * 86_400))
def test_back_off_stays_within_bounds(failures: int, every: int) -> None:
    assert 0 < back_off(failures, every) <= max(LONGEST_RETRY, every)
    assert back_off(1, every) <= FIRST_RETRY * 1.2


def test_clock_that_was_set_back_does_not_stop_the_watching() -> None:
    one = Watch("http://site.example/", WatchKind.PAGE, 3600, 50, False, None)
    state = after_visit(one, WatchState(), START, failed=False)
    assert not is_due(one, state, START + timedelta(seconds=3599))
    assert is_due(one, state, START + timedelta(seconds=3600))
    assert is_due(one, state, START - timedelta(days=3000))


def test_lost_state_is_told_by_the_log(archive: ArchiveFolder) -> None:
    clock = Clock()
    clock.moment = datetime.now(UTC)
    with serving({"/p": response(PAGE), "/bad": response(b"", status="500 Oops")}) as server:
        watch(archive, server.url("/p"))
        watch(archive, server.url("/bad"))
        for _ in range(2):
            once(archive, clock, due_only=False)
            clock.sleep(0.001)
        before = Watching(archive, QUICK).states(WatchList(archive.path).read())
        for damage in ("", "[]", '{"schema": "tawthiq/watch-state/1", "address": "a"}'):
            for file in (archive.path / ".watch").glob("*/state.json"):
                file.write_text(damage)
            told = Watching(archive, QUICK).states(WatchList(archive.path).read())
            assert (
                [state.failures for state in told.values()] == [state.failures for state in before.values()] == [0, 2]
            )
            assert once(archive, clock) == []


def feed(*paths: str) -> bytes:
    items = "".join(
        f"<item><link>{path}</link><pubDate>Sat, 21 Nov 2026 08:{number:02}:00 GMT</pubDate></item>"
        for number, path in enumerate(paths)
    )
    return response(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())


def test_feed_is_kept_and_its_newest_unknown_items_after_it(archive: ArchiveFolder, clock: Clock) -> None:
    pages = {f"/{number}": response(PAGE + b"%d" % number) for number in range(6)}
    with serving({"/feed": feed("/0", "/1", "/2", "/3"), **pages}) as server:
        watch(archive, server.url("/feed"), items=3)
        first = once(archive, clock)
        clock.sleep(3600)
        second = once(archive, clock)
        server.answers["/feed"] = feed("/1", "/2", "/3", "/4", "/5")
        clock.sleep(3600)
        third = once(archive, clock)
    assert states(first) == ["kept"] * 4
    assert [outcome.captures[0].source.rpartition("/")[2] for outcome in first] == ["feed", "3", "2", "1"]
    assert states(second) == ["unchanged", "kept"]
    assert [outcome.captures[0].source.rpartition("/")[2] for outcome in third] == ["feed", "5", "4"]
    captured = events(archive, "captured")
    assert captured[1].facts["facts"]["listed_in"] == first[0].captures[0].id
    assert "listed_in" not in captured[0].facts["facts"]
    assert paths(server).count("/3") == 1


def test_page_that_names_a_feed_is_followed_to_it(archive: ArchiveFolder, clock: Clock) -> None:
    page = response(b'<html><link rel="alternate" type="application/rss+xml" href="/feed"></html>')
    with serving({"/": page, "/feed": feed("/0"), "/0": response(PAGE)}) as server:
        watch(archive, server.url("/"), WatchKind.FEED)
        assert states(once(archive, clock)) == ["kept"] * 3
    assert paths(server) == ["/", "/feed", "/0"]


def test_page_watched_as_a_feed_that_names_none_is_an_error(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/": response(PAGE)}) as server:
        watch(archive, server.url("/"), WatchKind.FEED)
        assert states(once(archive, clock)) == ["kept", "failed"]


def test_sitemap_is_found_through_robots_txt_and_its_index_followed_within_bounds(
    archive: ArchiveFolder, clock: Clock
) -> None:
    index = b"<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-11-20</lastmod></sitemap>"
    index += b"<sitemap><loc>/map.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
    urls = b"<urlset><url><loc>/1</loc><lastmod>2026-11-01</lastmod></url><url><loc>/2</loc></url></urlset>"
    with serving({"/1": response(PAGE), "/2": response(PAGE), "/": response(PAGE)}) as server:
        server.answers["/robots.txt"] = response(f"Sitemap: {server.url('/map.xml')}\n".encode())
        server.answers["/map.xml"] = response(index)
        server.answers["/a.xml"] = server.answers["/b.xml"] = response(urls)
        watch(archive, server.url("/"), WatchKind.SITEMAP)
        assert states(once(archive, clock)) == ["kept"] * 6
        clock.sleep(3600)
        again = once(archive, clock)
    assert paths(server)[:7] == ["/", "/robots.txt", "/map.xml", "/a.xml", "/1", "/2", "/b.xml"]
    assert paths(server)[7:] == ["/", "/robots.txt", "/map.xml", "/b.xml"]
    assert states(again) == ["unchanged"] * 3


def test_list_from_outside_leads_nobody_into_the_own_network(archive: ArchiveFolder, clock: Clock) -> None:
    listed = feed("http://127.0.0.1:9/router", "http://192.168.1.1/", "http://nas.local/", "/news")
    with serving({"http://outlet.example/feed": listed, "http://outlet.example/news": response(PAGE)}) as proxy:
        watch(archive, "http://outlet.example/feed")
        found = once(archive, clock, fetching=replace(QUICK, proxy=f"http://127.0.0.1:{proxy.port}"))
    assert [outcome.source for outcome in found] == ["http://outlet.example/feed", "http://outlet.example/news"]


def channel(server: LocalServer, last: int, size: int = 10) -> None:
    """Let the server show a channel of `last` messages, a page for every number that can be asked for."""
    name = "sahl_net"
    for before in range(2, last + 1):
        shown = channel_html(name, range(max(1, before - size), before))
        server.answers[f"/s/{name}?before={before}"] = response(shown)
    server.answers[f"/s/{name}"] = response(channel_html(name, range(max(1, last - size + 1), last + 1)))


def test_channel_is_followed_back_until_what_is_held(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({}) as server:
        channel(server, 45)
        watch(archive, server.url("/s/sahl_net"), WatchKind.CHANNEL, items=3)
        first = once(archive, clock)
        clock.sleep(3600)
        second = once(archive, clock)
        channel(server, 57)
        clock.sleep(3600)
        third = once(archive, clock)
        clock.sleep(3600)
        fourth = once(archive, clock)
    asked = [path.removeprefix("/s/sahl_net").removeprefix("?before=") for path in paths(server)]
    assert asked == ["", "36", "26", "", "16", "6", "", "48", ""]
    assert states(first) == ["kept"] * 3
    assert states(second) == ["unchanged", "kept", "kept"]
    assert states(third) == ["kept", "kept"]
    assert states(fourth) == ["unchanged"]
    spans = [event.facts["facts"]["messages"] for event in events(archive, "captured")]
    assert spans == [[36, 45], [26, 35], [16, 25], [6, 15], [1, 5], [48, 57], [38, 47]]


def test_channel_that_shows_nothing_is_said_to(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/s/sahl_net": response(PAGE)}) as server:
        watch(archive, server.url("/s/sahl_net"), WatchKind.CHANNEL)
        (outcome,) = once(archive, clock)
    assert any("no messages" in note for note in outcome.notes)


def test_two_runs_at_once_share_the_work(archive: ArchiveFolder) -> None:
    with serving({f"/{number}": response(PAGE + b"%d" % number) for number in range(8)}) as server:
        for number in range(8):
            watch(archive, server.url(f"/{number}"))
        barrier = threading.Barrier(2)
        found: list[list[Outcome]] = []

        def run() -> None:
            with ArchiveFolder.open(archive.path) as folder:
                barrier.wait()
                found.append(once(folder, Clock()))

        runs = [threading.Thread(target=run) for _ in range(2)]
        for each in runs:
            each.start()
        for each in runs:
            each.join()
    assert sorted(paths(server)) == [f"/{number}" for number in range(8)]
    assert sum(len(each) for each in found) == 8


def test_interrupted_visit_comes_again_and_doubles_nothing(archive: ArchiveFolder, clock: Clock) -> None:
    clock.moment = datetime.now(UTC)
    with serving({"/feed": feed("/0", "/1"), "/0": response(PAGE), "/1": response(PAGE + b"1")}) as server:
        watch(archive, server.url("/feed"))
        run = Watching(archive, QUICK, now=clock.now, sleep=clock.sleep).once(due_only=True)
        next(run)
        next(run)
        run.close()
        assert states(once(archive, clock)) == ["unchanged", "kept"]
    assert len(list(archive.captures())) == 3


def test_run_sleeps_until_something_is_due_and_outlives_a_list_that_is_being_edited(
    archive: ArchiveFolder, clock: Clock
) -> None:
    told: list[Told] = []
    naps = 0

    def sleep(seconds: float) -> None:
        nonlocal naps
        naps += 1
        clock.sleep(seconds)
        if naps == 2:
            (archive.path / "watch.toml").write_text("[[watch]\n")
        elif naps == 3:
            (archive.path / "watch.toml").write_text(good)
        elif naps == 6:
            raise KeyboardInterrupt

    with serving({"/p": response(PAGE)}) as server:
        watch(archive, server.url("/p"), every=120)
        good = (archive.path / "watch.toml").read_text()
        run = Watching(archive, QUICK, now=clock.now, sleep=sleep).always()
        with pytest.raises(KeyboardInterrupt):
            told.extend(run)
    assert [each.outcome.state.value if each.outcome else "line" for each in told] == [
        "kept",
        "line",
        "unchanged",
        "unchanged",
    ]
    assert clock.slept[0] == 60


def test_list_that_cannot_be_read_stops_a_single_run(archive: ArchiveFolder, clock: Clock) -> None:
    (archive.path / "watch.toml").write_text("[[watch]]\nadress = 'x'\n")
    with pytest.raises(WrongUsage, match="adress"):
        once(archive, clock)


def test_address_that_cannot_be_asked_is_told_and_the_rest_goes_on(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(PAGE)}) as server:
        watch(archive, "gopher://old.example/")
        watch(archive, server.url("/p"))
        assert states(once(archive, clock)) == ["failed", "kept"]


def test_duties_are_done_and_their_troubles_told(
    archive: ArchiveFolder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def troubled(_archive: ArchiveFolder) -> list[str]:
        raise WrongUsage(item="authority", happened="it does not answer", advice="try later")

    def full(_archive: ArchiveFolder) -> list[str]:
        raise StorageFailed(item="disk", happened="it is full", advice="free some")

    duties: list[Callable[[ArchiveFolder], list[str]]] = [troubled, lambda _archive: ["stamped"]]
    monkeypatch.setattr(watching, "DUTIES", tuple(duties))
    run = Watching(archive, QUICK, now=clock.now, sleep=clock.sleep)
    assert [told.line.partition(":")[0] for told in run.once(due_only=True)] == ["authority", "stamped"]
    monkeypatch.setattr(watching, "DUTIES", (full,))
    with pytest.raises(StorageFailed):
        list(run.once(due_only=True))


def test_seldom_duty_is_thought_of_once_in_its_time(archive: ArchiveFolder) -> None:
    seconds = [0.0]
    duty = Seldom(lambda _archive: ["done"], 3600, lambda: seconds[0])
    told = []
    for moment in (0, 60, 3599, 3600, 3700):
        seconds[0] = moment
        told.append(list(duty(archive)))
    assert told == [["done"], [], [], ["done"], []]


def test_archive_is_verified_by_a_run_when_that_is_due(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "DUTIES", (Seldom(check_if_due, 3600),))
    archive.settings = replace(archive.settings, fixity_days=1e-9)
    (told,) = Watching(archive, QUICK).once(due_only=True)
    assert "0 do not" in told.line
    assert len(events(archive, "fixity-checked")) == 1


@pytest.mark.browser
def test_page_watched_by_a_browser_is_backed_off_from_when_it_is_busy(archive: ArchiveFolder, clock: Clock) -> None:
    with serving({"/p": response(b"busy", "Retry-After: 7200", status="503 Service Unavailable")}) as server:
        address = watch(archive, server.url("/p"), browser=True).address
        (outcome,) = once(archive, clock)
    assert outcome.state is State.KEPT
    assert [(capture.kind, capture.status) for capture in archive.captures()] == [(SourceKind.BROWSER, 503)]
    state = state_of(archive, address)
    assert (state.failures, state.due) == (1, clock.moment + timedelta(seconds=7200))
