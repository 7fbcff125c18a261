"""One address fetched: what was sent and what came, exactly; and every way in which a server can fail us."""

import socket
import struct
from dataclasses import replace
from datetime import UTC

import pytest

from local_servers import drip, hang, redirect, response, serving, then_close
from tawthiq import __version__
from tawthiq.capture.http import Fetcher, fetch
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.wire import address_of
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.provenance import RobotsStance

QUICK = FetchSettings(connect_timeout=2, read_timeout=0.3, total_timeout=0.8, size_limit=100_000, pause=0)
PATIENT = FetchSettings(read_timeout=5, total_timeout=10, pause=0)
PAGE = "<html><body>خبر من الميدان</body></html>".encode()


def reset(connection: socket.socket) -> None:
    connection.sendall(response(PAGE, length=5_000))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_request_is_recorded_byte_for_byte_as_the_server_saw_it() -> None:
    with serving({"/page": response(PAGE)}) as server:
        (exchange,) = fetch(server.url("/page"), PATIENT)
    lines = [exchange.request_line, *(f"{name}: {value}" for name, value in exchange.request_headers)]
    assert ("\r\n".join(lines) + "\r\n\r\n").encode() == server.requests[0]
    sent = dict(exchange.request_headers)
    assert sent["User-Agent"] == f"tawthiq/{__version__}"
    assert sent["Accept-Encoding"] == "identity"
    assert exchange.method == "GET"


def test_response_headers_keep_order_case_and_repetition() -> None:
    head = b"HTTP/1.1 200 Fine indeed\r\nX-B: 1\r\nset-COOKIE: a=1\r\nX-a:2\r\nset-COOKIE: b=2\r\nContent-Length: 2\r\n\r\nok"
    with serving({"/": head}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert exchange.status_line == "HTTP/1.1 200 Fine indeed"
    assert exchange.response_headers == (
        ("X-B", "1"), ("set-COOKIE", "a=1"), ("X-a", "2"), ("set-COOKIE", "b=2"), ("Content-Length", "2"),
    )  # fmt: skip
    assert exchange.server_address == f"127.0.0.1:{server.port}"
    assert exchange.started.tzinfo is UTC
    assert exchange.tls is None
    assert exchange.certificate is None
    assert exchange.truncated is None


def test_bytes_above_ascii_in_headers_survive() -> None:
    value = "قيمة".encode()
    with serving({"/": b"HTTP/1.1 200 OK\r\nX-Name: " + value + b"\r\nContent-Length: 0\r\n\r\n"}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert dict(exchange.response_headers)["X-Name"].encode("latin-1") == value


def test_compressed_payload_is_kept_as_served() -> None:
    served = b"\x1f\x8b not really gzip \x00\xff"
    with serving({"/": response(served, "Content-Encoding: gzip")}) as server:
        assert fetch(server.url(), PATIENT)[0].payload == served


def test_chunks_are_joined_and_the_connection_is_used_again() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;note=x\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n"
    )
    with serving({"/a": chunked, "/b": response(PAGE)}) as server, Fetcher(PATIENT) as fetcher:
        assert fetcher.fetch(server.url("/a"))[0].payload == b"hello!"
        assert fetcher.fetch(server.url("/b"))[0].payload == PAGE
        assert server.connections == 1


def test_connection_closed_by_the_server_between_requests_is_opened_anew() -> None:
    with serving({"/": then_close(response(PAGE))}) as server, Fetcher(PATIENT) as fetcher:
        assert [fetcher.fetch(server.url())[0].payload for _ in range(3)] == [PAGE] * 3
        assert server.connections == 3


def test_each_redirect_is_an_exchange_of_its_own() -> None:
    answers = {"/old": redirect("/new?x=1", "301 Moved"), "/new?x=1": response(PAGE)}
    with serving(answers) as server:
        first, last = fetch(server.url("/old"), PATIENT)
    assert (first.url, first.payload) == (server.url("/old"), b"moved")
    assert dict(first.response_headers)["Location"] == "/new?x=1"
    assert (last.url, last.payload) == (server.url("/new?x=1"), PAGE)


def test_redirect_loop_is_named() -> None:
    with serving({"/a": redirect("/b"), "/b": redirect("/a")}) as server, pytest.raises(CaptureFailed) as caught:
        fetch(server.url("/a"), PATIENT)
    assert f"{server.url('/a')} -> {server.url('/b')} -> {server.url('/a')}" in caught.value.happened
    assert caught.value.item == server.url("/a")


def test_endless_redirects_stop_at_the_limit() -> None:
    answers = {f"/{number}": redirect(f"/{number + 1}") for number in range(30)}
    with serving(answers) as server, pytest.raises(CaptureFailed, match="more than 10 redirects"):
        fetch(server.url("/0"), PATIENT)


@pytest.mark.parametrize(
    "location", ["ftp://127.0.0.1/x", "mailto:a@b.example", "http://[::1", "http://u:p@127.0.0.1/"]
)
def test_redirect_to_what_cannot_be_fetched_is_an_error(location: str) -> None:
    with serving({"/": redirect(location)}) as server, pytest.raises(CaptureFailed) as caught:
        fetch(server.url(), PATIENT)
    assert "u:p" not in str(caught.value)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "451 Unavailable For Legal Reasons"])
def test_error_statuses_are_evidence(status: str) -> None:
    with serving({"/": response(PAGE, status=status)}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert exchange.status_line == f"HTTP/1.1 {status}"
    assert exchange.payload == PAGE


def test_answer_shorter_than_its_content_length_is_kept_and_labelled() -> None:
    with serving({"/": then_close(response(PAGE, length=5_000))}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert (exchange.payload, exchange.truncated) == (PAGE, "disconnect")


def test_answer_longer_than_its_content_length_is_labelled() -> None:
    with serving({"/": then_close(response(PAGE, length=10))}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert (exchange.payload, exchange.truncated) == (PAGE[:10], "unspecified")


def test_connection_reset_in_the_body_keeps_what_came() -> None:
    with serving({"/": reset}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert exchange.truncated == "disconnect"
    assert PAGE.startswith(exchange.payload)


def test_chunks_that_stop_short_keep_what_came() -> None:
    cut = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nwor"
    with serving({"/": then_close(cut), "/bad": then_close(cut.replace(b"5\r\nwor", b"-7\r\nwor"))}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
        assert (exchange.payload, exchange.truncated) == (b"hellowor", "disconnect")
        (exchange,) = fetch(server.url("/bad"), PATIENT)
        assert exchange.truncated == "unspecified"


def test_body_without_length_ends_with_the_connection() -> None:
    with serving({"/": then_close(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE)}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert (exchange.payload, exchange.truncated) == (PAGE, None)


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 900000\r\n\r\n", b"\r\n", b"Transfer-Encoding: chunked\r\n\r\ndbba0\r\n"]
)
def test_noise_without_end_is_cut_at_the_size_limit_and_labelled(framing: bytes) -> None:
    def noise(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + framing)
        for _ in range(90):
            connection.sendall(b"\x00" * 10_000)

    with serving({"/": noise}) as server:
        (exchange,) = fetch(server.url(), QUICK)
    assert (len(exchange.payload), exchange.truncated) == (QUICK.size_limit, "length")


def test_server_that_hangs_is_named() -> None:
    with serving({"/": hang}) as server, pytest.raises(CaptureFailed, match="did not answer in time"):
        fetch(server.url(), QUICK)


def test_head_that_drips_in_cannot_outlast_the_total_time() -> None:
    with serving({"/": drip(b"HTTP/1.1 200 OK\r\nX: ")}) as server, pytest.raises(CaptureFailed, match="in time"):
        fetch(server.url(), QUICK)


def test_body_that_drips_in_is_kept_as_far_as_it_came() -> None:
    with serving({"/": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")}) as server:
        (exchange,) = fetch(server.url(), QUICK)
    assert exchange.truncated == "time"
    assert 0 < len(exchange.payload) < 1000


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"\x00" * 200_000,
        b"HTTP/2 200\r\n\r\n",
        b"HTTP",
    ],
)
def test_what_is_not_http_is_named(garbage: bytes) -> None:
    with serving({"/": then_close(garbage)}) as server, pytest.raises(CaptureFailed) as caught:
        fetch(server.url(), PATIENT)
    assert caught.value.item == server.url()


def test_endless_headers_are_refused() -> None:
    head = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 2_000 + b"\r\n"
    with serving({"/": then_close(head)}) as server, pytest.raises(CaptureFailed, match="header fields"):
        fetch(server.url(), PATIENT)


def test_interim_answers_are_passed_over() -> None:
    with serving({"/": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + response(PAGE)}) as server:
        (exchange,) = fetch(server.url(), PATIENT)
    assert (exchange.status_line, exchange.payload) == ("HTTP/1.1 200 OK", PAGE)


def test_site_outside_leads_nobody_into_the_own_network() -> None:
    leading = redirect("http://127.0.0.1:9/secret")
    with serving({"http://site.example/": leading, "http://127.0.0.1:9/secret": response(b"router")}) as proxy:
        settings = FetchSettings(pause=0, proxy=f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(CaptureFailed, match="own network"):
            fetch("http://site.example/", settings)
    assert len(proxy.requests) == 1


@pytest.mark.parametrize("host", ["127.1", "localhost.outside.example"])
def test_name_that_resolves_into_the_own_network_is_not_followed_there(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo
    with (
        serving({"/": response(b"router")}) as router,
        serving({"/": redirect(f"http://{host}:{router.port}/")}) as site,
    ):

        def outside(connection: socket.socket) -> str | None:
            peer = address_of(connection)
            return "192.0.9.1:80" if peer == f"127.0.0.1:{site.port}" else peer

        monkeypatch.setattr("tawthiq.capture.http.address_of", outside)
        monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: look_up("127.0.0.1", *rest, **more))
        with pytest.raises(CaptureFailed, match=r"it redirects to .* in your own network"):
            fetch(f"http://site.example:{site.port}/", replace(PATIENT, robots=RobotsStance.NOTE))
    assert not router.requests


def test_address_that_a_site_outside_names_is_not_asked_for_in_the_own_network() -> None:
    with serving({"/": response(PAGE)}) as server, Fetcher(replace(PATIENT, robots=RobotsStance.NOTE)) as fetcher:
        with pytest.raises(CaptureFailed, match="a list from outside names it, but it is in your own network"):
            fetcher.fetch(server.url(), from_outside=True)
        assert not server.requests
        assert fetcher.fetch(server.url())[-1].payload == PAGE


def test_address_that_a_site_outside_names_is_asked_for_through_a_proxy_nearby() -> None:
    with serving({"http://site.example/": response(PAGE)}) as proxy:
        settings = FetchSettings(pause=0, proxy=f"http://127.0.0.1:{proxy.port}")
        with Fetcher(settings) as fetcher:
            assert fetcher.fetch("http://site.example/", from_outside=True)[-1].payload == PAGE


def test_site_of_the_own_network_may_lead_to_another_there() -> None:
    with serving({"/": response(PAGE)}) as second, serving({"/": redirect(second.url())}) as first:
        assert fetch(first.url(), PATIENT)[-1].payload == PAGE
