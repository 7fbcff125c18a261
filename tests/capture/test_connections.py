"""Connections: TLS facts, proxies, reuse and pauses; and what is said when none comes about."""

import contextlib
import socket
import threading
from pathlib import Path

import pytest

from local_servers import LocalServer, own_certificate, response, serving
from tawthiq.capture.http import Fetcher, fetch
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.errors import CaptureFailed

QUICK = FetchSettings(connect_timeout=2, read_timeout=0.3, total_timeout=0.8, pause=0)
PATIENT = FetchSettings(read_timeout=5, total_timeout=10, pause=0)
PAGE = "<html><body>خبر من الميدان</body></html>".encode()


def pipe(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(65_536):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)


def test_tls_facts_come_from_the_connection_that_carried_the_page(tmp_path: Path) -> None:
    context, pem, der = own_certificate(tmp_path)
    trusting = FetchSettings(pause=0, authorities=pem)
    with serving({"/": response(PAGE)}, tls=context) as server:
        (exchange,) = fetch(server.url(), trusting)
    assert exchange.certificate == der
    assert exchange.tls is not None
    assert exchange.tls.startswith("TLSv1.3 TLS_")
    assert exchange.payload == PAGE


def test_certificate_that_nobody_vouches_for_is_an_error(tmp_path: Path) -> None:
    context, _, _ = own_certificate(tmp_path)
    with serving({"/": response(PAGE)}, tls=context) as server, pytest.raises(CaptureFailed, match="certificate"):
        fetch(server.url(), PATIENT)


def test_tls_spoken_to_a_plain_server_is_an_error() -> None:
    with serving({}, greeting=b"220 mail.example ready\r\n") as server, pytest.raises(CaptureFailed, match="TLS"):
        fetch(server.url().replace("http:", "https:"), QUICK)


def test_unknown_host_and_closed_port_are_named() -> None:
    with pytest.raises(CaptureFailed, match="could not be looked up"):
        fetch("http://nowhere.invalid/", QUICK)
    with serving({}) as server:
        url = server.url()
    with pytest.raises(CaptureFailed, match="could not be reached"):
        fetch(url, QUICK)


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving({"/": response(PAGE)}) as server:
        assert fetch(server.url(), PATIENT)[0].payload == PAGE


def test_proxy_of_the_settings_gets_the_whole_address_and_is_not_taken_for_the_server() -> None:
    with serving({"http://site.invalid/page": response(PAGE)}) as proxy:
        settings = FetchSettings(pause=0, proxy=f"http://127.0.0.1:{proxy.port}")
        (exchange,) = fetch("http://site.invalid/page", settings)
    assert exchange.payload == PAGE
    assert exchange.request_line == "GET http://site.invalid/page HTTP/1.1"
    assert exchange.server_address is None


def test_proxy_carries_tls_through_a_tunnel_and_sees_none_of_it(tmp_path: Path) -> None:
    context, pem, der = own_certificate(tmp_path)
    with serving({"/": response(PAGE)}, tls=context) as server:

        def tunnel(connection: socket.socket) -> None:
            with socket.create_connection(("127.0.0.1", server.port)) as onward:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=pipe, args=(onward, connection))
                back.start()
                pipe(connection, onward)
                back.join()

        with serving({f"127.0.0.1:{server.port}": tunnel}) as proxy:
            settings = FetchSettings(pause=0, authorities=pem, proxy=f"http://127.0.0.1:{proxy.port}")
            (exchange,) = fetch(server.url(), settings)
    assert (exchange.payload, exchange.certificate, exchange.server_address) == (PAGE, der, None)
    assert proxy.requests[0].startswith(b"CONNECT ")
    assert exchange.request_line == "GET / HTTP/1.1"


def test_connections_to_many_hosts_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.connections.MOST_OPEN", 2)
    servers = [LocalServer({"/": response(PAGE)}) for _ in range(4)]
    with Fetcher(PATIENT) as fetcher:
        for server in [*servers, servers[3], servers[0]]:
            assert fetcher.fetch(server.url())[0].payload == PAGE
    assert [server.connections for server in servers] == [2, 1, 1, 1]


def test_connection_that_stood_idle_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.connections.IDLE_SECONDS", 0)
    with serving({"/": response(PAGE)}) as server, Fetcher(PATIENT) as fetcher:
        assert [fetcher.fetch(server.url())[0].payload for _ in range(2)] == [PAGE] * 2
        assert server.connections == 2


def test_requests_to_one_host_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tawthiq.capture.pauses.time.sleep", waited.append)
    with serving({"http://site.invalid/page": response(PAGE)}) as proxy:
        settings = FetchSettings(pause=1000, proxy=f"http://127.0.0.1:{proxy.port}")
        with Fetcher(settings) as fetcher:
            for _ in range(3):
                fetcher.fetch("http://site.invalid/page")
    assert [round(seconds / 1000) for seconds in waited] == [0, 1, 2]
