"""Validators go back as they came; what a server says about asking again is understood in both forms and bounded."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_servers import Answer, redirect, response, serving
from tawthiq.capture.conditional import Validators, is_temporary, retry_after, validators_of
from tawthiq.capture.http import Fetcher, fetch
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.errors import CaptureFailed

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DATE = "Sat, 21 Nov 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([("ETag", '"a1"'), ("Last-Modified", DATE)], Validators('"a1"', DATE)),
        ([("etag", 'W/"a1"')], Validators('W/"a1"')),
        ([("ETag", "a1")], Validators()),
        ([("ETag", '"a"'), ("ETag", '"b"')], Validators()),
        ([("ETag", '"a"'), ("ETag", '"a"')], Validators('"a"')),
        ([("ETag", '"a"\r\nX: y')], Validators()),
        ([("ETag", '"' + "a" * 2_000 + '"')], Validators()),
        ([("Last-Modified", "yesterday")], Validators()),
        ([("Last-Modified", "Sat, 99 Nov 2026 08:00:00 GMT")], Validators()),
        ([], Validators()),
    ],
)
def test_validators_of_an_answer(headers: list[tuple[str, str]], expected: Validators) -> None:
    assert validators_of(headers) == expected


def test_condition_is_sent_to_the_place_it_came_from() -> None:
    known = {}
    unchanged = response(b"", 'ETag: "a1"', status="304 Not Modified")
    with serving({"/go": redirect("/page"), "/page": unchanged}) as server, Fetcher(FetchSettings(pause=0)) as fetcher:
        known[server.url("/page")] = Validators('"a1"', DATE)
        exchanges = fetcher.fetch(server.url("/go"), known)
    assert b"If-None-Match" not in server.requests[0]
    assert b'If-None-Match: "a1"\r\nIf-Modified-Since: ' + DATE.encode() in server.requests[1]
    assert exchanges[-1].status_line == "HTTP/1.1 304 Not Modified"
    assert ("If-None-Match", '"a1"') in exchanges[-1].request_headers


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999999", 86_400),
        ("Sun, 22 Nov 2026 10:05:00 GMT", 300),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0),
        ("Sun, 22 Nov 2099 09:00:00 GMT", 86_400),
        ("Sunday, 22-Nov-26 10:05:00 GMT", 300),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
    ],
)
def test_time_to_ask_again(value: str, seconds: float | None) -> None:
    assert retry_after([("Retry-After", value)], NOW) == seconds


@given(st.lists(st.tuples(st.sampled_from(["ETag", "Last-Modified", "Retry-After"]), st.text(max_size=40)), max_size=4))
def test_any_header_values_are_met(headers: list[tuple[str, str]]) -> None:
    for _, value in validators_of(headers).headers():
        value.encode("latin-1")
        assert "\n" not in value
    seconds = retry_after(headers, NOW)
    assert seconds is None or 0 <= seconds <= 86_400


@pytest.mark.parametrize(("status", "temporary"), [(200, False), (404, False), (410, False), (429, True), (503, True)])
def test_temporary_answers(status: int, temporary: bool) -> None:
    assert is_temporary(status) is temporary


def busy_site(seconds: int) -> dict[str, Answer]:
    answer = response(b"busy", f"Retry-After: {seconds}", status="503 Service Unavailable")
    return {"http://site.example/a": answer, "http://other.example/a": answer}


def test_busy_host_is_left_alone_for_as_long_as_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tawthiq.capture.pauses.time.sleep", waited.append)
    with serving(busy_site(60)) as proxy:
        settings = FetchSettings(pause=0, proxy=f"http://127.0.0.1:{proxy.port}")
        with Fetcher(settings) as fetcher:
            for host in ("site", "site", "other"):
                fetcher.fetch(f"http://{host}.example/a")
    assert [round(each) for each in waited] == [0, 60, 0]


def test_host_that_asks_for_long_is_not_asked_again_and_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tawthiq.capture.pauses.time.sleep", lambda seconds: pytest.fail("waited") if seconds > 1 else None
    )
    with (
        serving(busy_site(7200)) as proxy,
        Fetcher(FetchSettings(pause=0, proxy=f"http://127.0.0.1:{proxy.port}")) as fetcher,
    ):
        fetcher.fetch("http://site.example/a")
        with pytest.raises(CaptureFailed, match="another 120 minutes"):
            fetcher.fetch("http://site.example/a")
        fetcher.fetch("http://other.example/a")
    assert len(proxy.requests) == 2


def test_unconditional_request_carries_no_condition() -> None:
    with serving({"/": response(b"x", 'ETag: "a"')}) as server:
        fetch(server.url())
    assert b"If-" not in server.requests[0]
