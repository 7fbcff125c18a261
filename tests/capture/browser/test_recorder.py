"""The recorder: what becomes of the DevTools protocol's events, in whatever order and number they come."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.capture.browser.bodies import content_length, is_decoded
from tawthiq.capture.browser.devtools import Refused
from tawthiq.capture.browser.gate import Gate
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.recorder import Recorder
from tawthiq.capture.browser.targets import ACCEPT_ENCODING
from tawthiq.records.capture import BodyForm
from tawthiq.records.visit import Loss

Event = tuple[str, dict[str, Any]]
URL = "https://news.example/story"


class Replies:
    """Stands in for the hub: answers commands from a table, refuses the rest, and remembers all."""

    root = "root"

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self._bodies = bodies
        self.sent: list[tuple[str, dict[str, Any], str]] = []

    def post(self, method: str, parameters: dict[str, Any] | None = None, session: str = "") -> asyncio.Future[Any]:
        future = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: done.exception())
        self.sent.append((method, parameters or {}, session))
        body = self._bodies.get((parameters or {}).get("requestId", ""))
        if method == "Network.getResponseBody" and body is not None:
            future.set_result({"body": base64.b64encode(body).decode(), "base64Encoded": True})
        elif method.startswith(("Target.", "Runtime.", "Page.", "Inspector.")) or method == "Network.enable":
            future.set_result({})
        else:
            future.set_exception(Refused("no"))
        return future

    async def send(self, method: str, parameters: dict[str, Any] | None = None, session: str = "") -> Any:
        return await self.post(method, parameters, session)


def record(events: list[Event], bodies: dict[str, bytes] | None = None, replies: Replies | None = None) -> Recorded:
    """What is recorded of these events of a page."""

    async def run() -> Recorded:
        hub: Any = replies or Replies(bodies or {})
        recorder = Recorder(Gate(None), 1000)
        await recorder.attach(hub)
        recorder.begin()
        for method, parameters in [attached(), *events]:
            recorder.listen("page", method, parameters)
        await asyncio.sleep(0)
        for trail in recorder._trails.values():
            # Nothing more comes in these scenes: no need to wait for it.
            if trail.hops and trail.under_way and trail.last.response is None:
                trail.failure = {"errorText": "no answer"}
        return await recorder.end()

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SETTLING_SECONDS", "CUTTING_SECONDS"):
        monkeypatch.setattr(f"tawthiq.capture.browser.recorder.{name}", 0.0)


def attached(kind: str = "page", session: str = "page", target: str = "T") -> Event:
    info = {"targetId": target, "type": kind, "browserContextId": "C", "url": ""}
    return "Target.attachedToTarget", {"sessionId": session, "targetInfo": info, "waitingForDebugger": True}


def request(identity: str = "1", url: str = URL, method: str = "GET", kind: str = "Document", **more: Any) -> Event:
    told = {"requestId": identity, "request": {"url": url, "method": method, "headers": {}}, "type": kind}
    return "Network.requestWillBeSent", {
        **told,
        "wallTime": 1_700_000_000.5,
        "frameId": "T",
        "loaderId": identity,
        **more,
    }


def request_extra(identity: str = "1", **headers: str) -> Event:
    return "Network.requestWillBeSentExtraInfo", {"requestId": identity, "associatedCookies": [], "headers": headers}


def answer(status: int = 200, **more: Any) -> dict[str, Any]:
    return {"url": URL, "status": status, "statusText": "OK", "headers": {}, "protocol": "h2", **more}


def response(identity: str = "1", told: dict[str, Any] | None = None, extra: bool = True) -> Event:
    return "Network.responseReceived", {
        "requestId": identity,
        "type": "Other",
        "response": told or answer(),
        "hasExtraInfo": extra,
    }


def response_extra(identity: str = "1", status: int = 200, text: str | None = None, **headers: str) -> Event:
    told: dict[str, Any] = {"requestId": identity, "statusCode": status, "headers": headers}
    return "Network.responseReceivedExtraInfo", {**told, **({"headersText": text} if text else {})}


def finished(identity: str = "1") -> Event:
    return "Network.loadingFinished", {"requestId": identity}


def failed(identity: str = "1", text: str = "net::ERR_ABORTED", **more: Any) -> Event:
    return "Network.loadingFailed", {"requestId": identity, "errorText": text, **more}


def test_heads_off_the_wire_go_to_their_hop_of_a_redirect_however_late_they_come() -> None:
    led_on = request(url=URL + "2", redirectResponse=answer(302), redirectHasExtraInfo=True)
    recorded = record(
        [
            request(),
            led_on,
            request_extra(first="1"),
            response(told=answer(200)),
            request_extra(second="2"),
            finished(),
            response_extra(status=302, text="HTTP/1.1 302 Found\r\nLocation: /2\r\nContent-Length: 0\r\n\r\n"),
            response_extra(status=200, text="HTTP/1.1 200 OK\r\n\r\n"),
        ],
        {"1": b"whole"},
    )
    first, second = recorded.exchanges
    assert (first.url, first.status_line, first.request_headers) == (URL, "HTTP/1.1 302 Found", (("first", "1"),))
    assert (first.payload, first.truncated) == (b"", None)
    assert (second.url, second.status_line, second.payload) == (URL + "2", "HTTP/1.1 200 OK", b"whole")
    assert recorded.main == 1


def test_the_body_of_a_redirect_that_had_one_is_named_as_missing() -> None:
    led_on = request(url=URL + "2", redirectResponse=answer(302, headers={"Content-Length": "5"}))
    first = record([request(), led_on, response(), finished()], {"1": b""}).exchanges[0]
    assert first.truncated == "unspecified"
    assert any("redirect" in each for each in first.conversions)


def test_a_font_that_failed_after_its_404_came_is_kept() -> None:
    events = [request(kind="Font"), response(told=answer(404)), response_extra(status=404), failed(canceled=True)]
    recorded = record(events, {"1": b"no such font"})
    (exchange,) = recorded.exchanges
    assert (exchange.payload, exchange.truncated) == (b"no such font", None)
    assert exchange.status_line.startswith("HTTP/1.1 404")


@pytest.mark.parametrize(
    "events",
    [
        [request(), ("Network.requestServedFromCache", {"requestId": "1"}), response(extra=False), finished()],
        [request(), response(told=answer(fromDiskCache=True), extra=False), finished()],
        [request(), response(told=answer(fromServiceWorker=True), extra=False), finished()],
        [request(url="data:text/plain,hi"), response(), finished()],
        [request(url="blob:https://news.example/1"), response(), finished()],
    ],
)
def test_what_asked_no_server_is_not_counted(events: list[Event]) -> None:
    recorded = record(events, {"1": b"kept before"})
    assert (recorded.requests, recorded.exchanges, recorded.unrecorded) == (0, (), ())


def test_the_browsers_own_step_to_https_is_no_request_but_a_server_cannot_pretend_one() -> None:
    told = answer(307, headers={"Non-Authoritative-Reason": "HSTS"}, connectionId=0)
    led_on = request(url=URL + "2", redirectResponse=told)
    own = record([request(), led_on, response(), finished()], {"1": b"x"})
    assert [exchange.url for exchange in own.exchanges] == [URL + "2"]
    forged = request(url=URL + "2", redirectResponse={**told, "connectionId": 7}, redirectHasExtraInfo=True)
    assert record([request(), forged, response(), finished()], {"1": b"x"}).requests == 2


def test_an_answer_that_the_cache_revalidated_is_kept_as_the_304_that_came() -> None:
    events = [
        request(),
        request_extra(),
        response_extra(status=304),
        response(told=answer(fromDiskCache=True)),
        finished(),
    ]
    (exchange,) = record(events, {"1": b"the kept body"}).exchanges
    assert exchange.status_line == "HTTP/1.1 304 Not Modified"
    assert (exchange.payload, exchange.truncated) == (b"", None)


def test_a_request_that_ended_without_an_answer_is_missed() -> None:
    recorded = record([request(), finished()])
    assert [loss.loss for loss in recorded.unrecorded] == [Loss.MISSED]


def test_a_request_of_which_only_the_head_was_told_is_missed() -> None:
    head = {":authority": "news.example", ":path": "/unseen", ":method": "POST"}
    recorded = record([request_extra("9", **head)])
    (loss,) = recorded.unrecorded
    assert (loss.url, loss.method, loss.loss) == ("//news.example/unseen", "POST", Loss.MISSED)


def test_a_request_that_the_page_may_not_make_is_blocked() -> None:
    recorded = record([request(), failed(text="net::ERR_BLOCKED_BY_CLIENT", blockedReason="csp")])
    assert [(loss.loss, loss.reason) for loss in recorded.unrecorded] == [(Loss.BLOCKED, "csp")]


@pytest.mark.parametrize(
    ("events", "truncated"),
    [
        ([response(told=answer(headers={"Content-Length": "9"})), finished()], "disconnect"),
        ([response(told=answer(headers={"Content-Length": "9"}))], "time"),
        ([response(), failed(text="net::ERR_HTTP2_PROTOCOL_ERROR")], "disconnect"),
        ([response(), finished()], "unspecified"),
    ],
)
def test_a_body_that_is_not_whole_says_so(events: list[Event], truncated: str) -> None:
    (exchange,) = record([request(), *events]).exchanges
    assert exchange.truncated == truncated
    assert exchange.conversions


def test_a_body_over_the_limit_is_cut_and_says_so() -> None:
    (exchange,) = record([request(), response(), finished()], {"1": b"x" * 1001}).exchanges
    assert (len(exchange.payload), exchange.truncated) == (1000, "length")


def test_pseudo_headers_become_host_and_request_line() -> None:
    extra = request_extra(**{":authority": "news.example", ":method": "GET", ":path": "/story", "accept": "*/*"})
    (exchange,) = record([request(), extra, response(), response_extra(), finished()], {"1": b"x"}).exchanges
    assert exchange.request_line == "GET /story HTTP/1.1"
    assert exchange.request_headers == (("Host", "news.example"), ("accept", "*/*"))
    assert any("HTTP/2" in each for each in exchange.conversions)


def test_repeated_headers_keep_their_order() -> None:
    extra = response_extra(**{"set-cookie": "b=2\na=1", "x": "y"})
    (exchange,) = record([request(), response(), extra, finished()], {"1": b"x"}).exchanges
    assert exchange.response_headers == (("set-cookie", "b=2"), ("set-cookie", "a=1"), ("x", "y"))


def test_a_folded_header_is_one_header() -> None:
    text = "HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nnonsense\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n"
    (exchange,) = record([request(), response(), response_extra(text=text), finished()], {"1": b"x"}).exchanges
    assert exchange.response_headers == (("X-Long", "one two"), ("Set-Cookie", "a"), ("Set-Cookie", "b"))


@given(st.binary(min_size=1, max_size=20).filter(lambda value: b"\n" not in value))
def test_header_values_are_kept_byte_for_byte(value: bytes) -> None:
    as_chromium_tells = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in value)
    (exchange,) = record(
        [request(), response(), response_extra(x=as_chromium_tells), finished()], {"1": b"x"}
    ).exchanges
    assert exchange.response_headers == (("x", value.decode("latin-1")),)


def test_a_header_that_a_stray_byte_swallowed_is_found_again() -> None:
    extra = response_extra(text="HTTP/1.1 200 OK\r\nX: cafY: 1\r\nZ: 2\r\n\r\n", X="caf\xe9", Y="1", Z="2")
    (exchange,) = record([request(), response(), extra, finished()], {"1": b"x"}).exchanges
    assert exchange.response_headers == (("X", "caf\xe9"), ("Z", "2"), ("Y", "1"))
    assert any("elsewhere" in each for each in exchange.conversions)


def test_what_a_document_left_behind_waits_no_more() -> None:
    second = (
        "Network.responseReceived",
        {"requestId": "2", "type": "Document", "frameId": "T", "loaderId": "2", "response": answer()},
    )
    recorded = record([request("1"), response("1"), request("2"), second, finished("2")], {"2": b"new", "1": b"old"})
    assert [exchange.payload for exchange in recorded.exchanges] == [b"old", b"new"]


def test_every_target_is_recorded_before_it_runs_and_further_windows_are_closed() -> None:
    replies = Replies({})
    kinds = [("iframe", "frame"), ("worker", "worker"), ("service_worker", "served"), ("page", "window")]
    recorded = record([attached(kind, session, session) for kind, session in kinds], replies=replies)
    for session in ("page", "frame", "worker", "served"):
        sent = [(method, given) for method, given, to in replies.sent if to == session]
        methods = [method for method, _ in sent]
        assert methods.index("Network.enable") < methods.index("Runtime.runIfWaitingForDebugger")
        assert ("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": ACCEPT_ENCODING}}) in sent
    assert ("Target.closeTarget", {"targetId": "window"}, "page") in replies.sent
    window = [method for method, _, to in replies.sent if to == "window"]
    assert window.index("Fetch.enable") < window.index("Runtime.runIfWaitingForDebugger")
    assert recorded.requests == 0


def test_bodies_beyond_what_can_be_held_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.browser.taking.MOST_BYTES", 3)
    first, second = [request("1"), response("1"), finished("1")], [request("2"), response("2"), finished("2")]
    held = record([*first, *second], {"1": b"four", "2": b"more"}).exchanges
    # Asked for before the first one came: taken still.
    assert [exchange.truncated for exchange in held] == [None, None]
    monkeypatch.setattr("tawthiq.capture.browser.taking.MOST_BYTES", -1)
    (over,) = record(first, {"1": b"four"}).exchanges
    assert (over.payload, over.truncated) == (b"", "length")


def test_a_page_that_asks_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.browser.recorder.MOST_REQUESTS", 3)
    events = [
        each for number in range(9) for each in (request(str(number)), response(str(number)), finished(str(number)))
    ]
    recorded = record(events, {str(number): b"x" for number in range(9)})
    assert len(recorded.exchanges) == 3
    assert [loss.loss for loss in recorded.unrecorded] == [Loss.BLOCKED]


_IDENTITIES = st.sampled_from(["1", "2"])
_EVENTS: list[Callable[[str], Event]] = [
    request,
    lambda identity: request(identity, redirectResponse=answer(302), redirectHasExtraInfo=True),
    lambda identity: request(identity, kind="Image"),
    request_extra,
    response,
    lambda identity: response(identity, answer(200, fromDiskCache=True), extra=False),
    lambda identity: response(identity, answer(200, headers={"Content-Length": "-1", "Content-Encoding": "gzip, odd"})),
    response_extra,
    lambda identity: response_extra(identity, text="\r\n\r\nx: y"),
    finished,
    failed,
    lambda identity: ("Network.dataReceived", {"requestId": identity, "dataLength": 3}),
    lambda identity: ("Network.requestServedFromCache", {"requestId": identity}),
    lambda identity: ("Network.webSocketCreated", {"requestId": identity, "url": "wss://news.example/live"}),
]


def test_the_server_is_known_when_the_answers_head_overtakes_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gate, "peer", lambda _gate, host, _port: "192.0.2.1:443" if host == "news.example" else None)
    found = record([response_extra(), request(), failed(text="net::ERR_FAILED")])
    assert [each.server_address for each in found.exchanges] == ["192.0.2.1:443"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_EVENTS), _IDENTITIES), max_size=14))
def test_whatever_is_told_every_request_is_kept_or_named(told: list[tuple[Callable[[str], Event], str]]) -> None:
    recorded = record([make(identity) for make, identity in told], {"1": b"body"})
    assert recorded.requests == len(recorded.exchanges) + len(recorded.unrecorded)
    for exchange in recorded.exchanges:
        bodiless = exchange.status_line.split(" ")[1:2] in (["304"], ["204"])
        assert exchange.payload or exchange.truncated or bodiless
    assert all(loss.reason for loss in recorded.unrecorded)


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=4))
def test_any_headers_can_be_asked_for_length_and_encoding(headers: list[tuple[str, str]]) -> None:
    given_headers = (*headers, ("Content-Length", "12"), ("Content-Encoding", " GZIP , identity"))
    assert is_decoded(given_headers) in (True, False)
    length = content_length(given_headers)
    assert length is None or length >= 0


def test_a_browser_that_cannot_decode_leaves_the_bytes_of_the_wire() -> None:
    strange = response(told=answer(headers={"Content-Encoding": "secret"}))
    (exchange,) = record([request(), strange, finished()], {"1": b"coded"}).exchanges
    assert exchange.body_form is BodyForm.WIRE
    plain = response(told=answer(headers={"Content-Encoding": "br"}))
    assert record([request(), plain, finished()], {"1": b"text"}).exchanges[0].body_form is BodyForm.DECODED
