"""robots.txt (RFC 9309): asked for once a site, obeyed, noted or ignored as the team says, whatever it holds."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_servers import Answer, LocalServer, hang, redirect, response, serving, then_close
from tawthiq.capture.address import parse
from tawthiq.capture.http import Fetcher
from tawthiq.capture.pauses import Pauses
from tawthiq.capture.robots import Robots
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.capture import Exchange
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.provenance import RobotsStance

PAGE = b"<html>a page</html>"
SETTINGS = FetchSettings(connect_timeout=2, read_timeout=0.3, total_timeout=2, pause=0)
RULES = "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /خبر\nCrawl-delay: 7\n".encode()


def robots_txt(body: bytes, status: str = "200 OK") -> bytes:
    return response(body, status=status)


def fetched(stance: RobotsStance, robots: Answer, *paths: str) -> tuple[list[object], LocalServer]:
    """The verdict on each path, or the error in its place; and the server that was asked."""
    told: list[object] = []
    answers: dict[str, Answer] = {"/robots.txt": robots}
    answers |= {parse(f"http://h{path}").target: response(PAGE) for path in paths}
    pauses = Pauses(0)
    memory = Robots(stance, pauses)
    with serving(answers) as server, Fetcher(replace(SETTINGS, robots=stance), pauses, memory) as fetcher:
        for path in paths:
            try:
                fetcher.fetch(server.url(path))
                told.append(memory.verdict(parse(server.url(path))))
            except CaptureFailed as error:
                told.append(error)
    return told, server


def asked(server: LocalServer) -> list[str]:
    return [request.split(b" ")[1].decode() for request in server.requests]


def test_obeying_fetches_nothing_that_is_disallowed_and_asks_once() -> None:
    told, server = fetched(
        RobotsStance.OBEY, robots_txt(RULES), "/private/x", "/open", "/private/open", "/خبر", "/private"
    )
    assert [isinstance(each, CaptureFailed) for each in told] == [True, False, False, True, True]
    assert "robots.txt" in str(told[0])
    assert asked(server) == ["/robots.txt", "/open", "/private/open"]


def test_noting_fetches_all_and_tells_the_verdict() -> None:
    told, server = fetched(RobotsStance.NOTE, robots_txt(RULES), "/private/x", "/open")
    assert [each.facts() for each in told] == [  # type: ignore[attr-defined]
        {"robots_allowed": False, "robots_txt": "200"},
        {"robots_allowed": True, "robots_txt": "200"},
    ]
    assert asked(server) == ["/robots.txt", "/private/x", "/open"]


def test_ignoring_does_not_ask() -> None:
    told, server = fetched(RobotsStance.IGNORE, robots_txt(RULES), "/private/x")
    assert told == [None]
    assert asked(server) == ["/private/x"]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (robots_txt(b"", "404 Not Found"), True),
        (robots_txt(RULES, "403 Forbidden"), True),
        (robots_txt(RULES, "429 Too Many Requests"), True),
        (robots_txt(b"", "503 Service Unavailable"), False),
        (robots_txt(b""), True),
        (robots_txt(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /p"), False),
        (robots_txt(b"User-Agent: Tawthiq\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (robots_txt(b"User-Agent: otherbot\nDisallow: /"), True),
        (robots_txt(b"<html>not found</html>"), True),
        (robots_txt(bytes(range(256)) * 100), True),
        (robots_txt(b"User-agent: *\n" + b"Allow: /y\n" * 60_000 + b"Disallow: /p\n"), True),
        (hang, False),
        (then_close(b"no http\r\n\r\n"), False),
        (redirect("/robots.txt"), False),
    ],
)
def test_what_an_answer_for_robots_txt_means(answer: Answer, allowed: bool) -> None:
    told, _ = fetched(RobotsStance.NOTE, answer, "/page")
    assert told[0].allowed is allowed  # type: ignore[attr-defined]


def test_redirected_robots_txt_holds_for_the_site_that_was_asked() -> None:
    with serving({"/r": robots_txt(RULES)}) as other:
        told, _ = fetched(RobotsStance.NOTE, redirect(other.url("/r")), "/private/x")
    assert told[0].allowed is False  # type: ignore[attr-defined]


def test_redirect_into_a_disallowed_place_is_not_followed_when_obeying() -> None:
    answers: dict[str, Answer] = {"/robots.txt": robots_txt(RULES), "/go": redirect("/private/x")}
    with (
        serving(answers) as server,
        Fetcher(replace(SETTINGS, robots=RobotsStance.OBEY)) as fetcher,
        pytest.raises(CaptureFailed, match=r"robots\.txt"),
    ):
        fetcher.fetch(server.url("/go"))
    assert asked(server) == ["/robots.txt", "/go"]


def test_crawl_delay_is_kept_within_bounds_when_obeying(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tawthiq.capture.pauses.time.sleep", waited.append)
    for stance, delay, expected in (("obey", b"7", 7), ("obey", b"4000", 30), ("note", b"7", 1)):
        waited.clear()
        site = {"http://site.example/robots.txt": robots_txt(b"User-agent: *\nCrawl-delay: " + delay)}
        with serving({**site, "http://site.example/a": response(PAGE)}) as proxy:
            settings = FetchSettings(pause=1, proxy=f"http://127.0.0.1:{proxy.port}", robots=RobotsStance(stance))
            with Fetcher(settings) as fetcher:
                for _ in range(2):
                    fetcher.fetch("http://site.example/a")
        assert [round(seconds) for seconds in waited] == [0, expected, 2 * expected]


def test_many_threads_ask_once() -> None:
    calls: list[str] = []

    def ask(url: str) -> list[Exchange]:
        calls.append(url)
        time.sleep(0.02)
        raise CaptureFailed(item=url, happened="no answer", advice="none")

    robots = Robots(RobotsStance.NOTE, Pauses(0))
    barrier = threading.Barrier(4)

    def admit(_: int) -> None:
        barrier.wait()
        robots.admit(parse("http://site.example/a"), ask)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(admit, range(4)))
    assert calls == ["http://site.example/robots.txt"]


def test_thousands_of_groups_cost_no_more_than_their_length() -> None:
    hostile = b"".join(b"User-agent: a%d\n" % number for number in range(8_000)) + b"Disallow: /x\n" * 20_000
    told, _ = fetched(RobotsStance.NOTE, robots_txt(hostile), "/x")
    assert told[0].allowed is True  # type: ignore[attr-defined]


def test_sitemaps_are_told_whatever_the_stance() -> None:
    def ask(url: str) -> list[Exchange]:
        named = robots_txt(b"Sitemap: http://site.example/map.xml\nSitemap: /b.xml\n")
        with serving({"/robots.txt": named}) as server, Fetcher(SETTINGS) as fetcher:
            return fetcher.fetch(server.url("/robots.txt"))

    robots = Robots(RobotsStance.IGNORE, Pauses(0))
    assert robots.sitemaps(parse("http://site.example/"), ask) == ("http://site.example/map.xml", "/b.xml")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_robots_txt(body: bytes) -> None:
    with_answer = Exchange(
        url="u",
        method="GET",
        started=datetime(2026, 11, 22, tzinfo=UTC),
        request_line="",
        request_headers=(),
        status_line="HTTP/1.1 200 OK",
        response_headers=(),
        payload=b"User-agent: *\n" + body,
        server_address=None,
        tls=None,
        certificate=None,
    )
    robots = Robots(RobotsStance.NOTE, Pauses(0))
    verdict = robots.admit(parse("http://site.example/a"), lambda _url: [with_answer])
    assert verdict is not None
