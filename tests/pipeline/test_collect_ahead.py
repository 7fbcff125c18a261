"""Fetching ahead: order kept, one request to a host at a time, an interrupt that waits for nobody."""

import socket
import threading
import time
from pathlib import Path

import pytest

from local_servers import hang, response, serving
from tawthiq.capture.address import parse
from tawthiq.capture.pauses import Pauses
from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_ahead import AHEAD, FetchingAhead
from tawthiq.pipeline.collect_outcome import State
from tawthiq.records.errors import CaptureFailed
from tawthiq.store import ArchiveFolder

SETTINGS = FetchSettings(read_timeout=1, total_timeout=2, pause=0)


class Crowd:
    """Counts how many requests are being answered at one moment."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._turn = threading.Lock()

    def answer(self, connection: socket.socket) -> None:
        with self._turn:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self._turn:
            self.now -= 1
        connection.sendall(response(b"page"))


def test_outcomes_come_in_the_order_given_whatever_the_servers_do(tmp_path: Path) -> None:
    answers = {"/slow": Crowd().answer, **{f"/{number}": response(b"%d" % number) for number in range(9)}}
    with ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive, serving(answers) as server:
        here, local = server.url(), server.url().replace("127.0.0.1", "localhost")
        given = [f"{here}slow", *[f"{(here, local)[number % 2]}{number}" for number in range(9)]]
        outcomes = list(collect(archive, given, fetching=SETTINGS))
        assert [outcome.captures[0].source for outcome in outcomes] == given
        assert [capture.source for capture in archive.captures()] == given


def test_one_host_is_asked_one_thing_at_a_time() -> None:
    crowd = Crowd()
    with serving({"/": crowd.answer}) as server, FetchingAhead(SETTINGS) as ahead:
        for fetched in [ahead.start(server.url(), parse(server.url())) for _ in range(8)]:
            assert fetched.result()[0].payload == b"page"
    assert crowd.most == 1


def test_two_hosts_are_asked_at_once() -> None:
    both = threading.Barrier(2, timeout=5)

    def answer(connection: socket.socket) -> None:
        both.wait()
        connection.sendall(response(b"page"))

    with serving({"/": answer}) as server, FetchingAhead(FetchSettings(read_timeout=8)) as ahead:
        urls = [server.url(), server.url().replace("127.0.0.1", "localhost")]
        assert [each.result()[0].payload for each in [ahead.start(url, parse(url)) for url in urls]] == [b"page"] * 2


def test_no_more_than_a_few_are_fetched_before_they_are_taken(tmp_path: Path) -> None:
    answers = {f"/{number}": response(b"%d" % number) for number in range(20)}
    with ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive, serving(answers) as server:
        outcomes = collect(archive, [server.url(f"/{number}") for number in range(20)], fetching=SETTINGS)
        next(outcomes)
        outcomes.close()
        time.sleep(0.1)
        assert len(server.requests) <= AHEAD


def test_leaving_does_not_wait_for_a_server_that_hangs() -> None:
    with serving({"/": hang}) as server:
        with FetchingAhead(FetchSettings()) as ahead:
            running, waiting = (ahead.start(server.url(), parse(server.url())) for _ in range(2))
            while not server.requests:
                time.sleep(0.01)
        assert not running.done()
        assert waiting.cancelled()


def test_failures_come_through_the_future() -> None:
    with serving({}) as server:
        url = server.url()
    with FetchingAhead(SETTINGS) as ahead, pytest.raises(CaptureFailed):
        ahead.start(url, parse(url)).result()


def test_host_that_hangs_costs_only_itself(tmp_path: Path) -> None:
    with (
        ArchiveFolder.create(tmp_path / "a", title="t", collector="c") as archive,
        serving({"/hangs": hang, "/page": response(b"page")}) as server,
    ):
        given = [server.url("/hangs"), server.url("/page"), server.url("/page").replace("127.0.0.1", "localhost")]
        outcomes = list(collect(archive, given, fetching=SETTINGS))
    assert [outcome.state for outcome in outcomes] == [State.FAILED, State.KEPT, State.KEPT]


def test_pauses_are_shared_between_threads_and_none_is_made_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.connections.time.sleep", lambda seconds: None)
    pauses = Pauses(1000)
    waited: list[float] = []
    threads = [threading.Thread(target=lambda: waited.append(pauses.wait("site.example"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [round(seconds / 1000) for seconds in sorted(waited)] == [0, 1, 2, 3]
    assert [pauses.wait(host) for host in ("127.0.0.1", "localhost", "[::1]", "other.example")] == [0, 0, 0, 0]
