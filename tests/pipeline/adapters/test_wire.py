"""One request to a server on raw sockets that keeps to no protocol: it ends, in time, with a reason."""

import socket
import time
from pathlib import Path

import pytest

from local_servers import LocalServer, drip, hang, own_certificate, response, serving, then_close
from tawthiq.capture.address import parse
from tawthiq.pipeline.adapters import wire
from tawthiq.pipeline.adapters.wire import Answer, Post, post
from tawthiq.records.errors import AdapterFailed, AdapterUnavailable


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PAUSE_SECONDS", 0.0)


def asked(server: LocalServer, seconds: float = 5.0) -> Post:
    # LocalServer takes a request to end with its head.
    return Post(parse(server.url("/v1/chat/completions")), b"", "d", seconds, allow_remote=False)


def endless_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Filler: " + b"x" * 1000 + b"\r\n")


def endless_continues(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def test_an_answer_comes_with_status_kind_and_body() -> None:
    good = response(b'{"a": 1}')
    with serving({"/v1/chat/completions": good}) as server:
        assert post(asked(server)) == Answer(200, "text/html", b'{"a": 1}')


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (hang, "within 0.3 seconds"),
        (drip(b"HTTP/1.1 200 OK\r\nX-Drip: "), "within 0.3 seconds"),
        (endless_continues, "within 0.3 seconds"),
        (endless_headers, "no HTTP that can be read"),
        (then_close(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "no HTTP that can be read"),
        (then_close(b"HTTP/9.9 999 what\r\n\r\n"), "no HTTP that can be read"),
        (then_close(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort"), "ends before its announced length"),
    ],
)
def test_a_server_that_keeps_to_nothing_is_left_with_a_reason(behaviour: object, reason: str) -> None:
    with serving({"/v1/chat/completions": behaviour}) as server, pytest.raises(AdapterFailed, match=reason):  # type: ignore[dict-item]
        post(asked(server, 0.3 if "0.3" in reason else 20.0))


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(tmp_path: Path) -> None:
    context, _, _ = own_certificate(tmp_path)
    with serving({"/v1/chat/completions": response(b"{}")}, context) as server:
        with pytest.raises(AdapterUnavailable, match="certificate"):
            post(asked(server))
        assert server.requests == []
