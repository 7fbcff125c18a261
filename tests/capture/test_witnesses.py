"""What a witness answers over HTTP, hostile answers among it."""

import pytest

from local_servers import Answer, drip, hang, response, serving, then_close
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.witnesses import cosignatures_of
from tawthiq.records.errors import CaptureFailed, EvidenceDiffers

SETTINGS = FetchSettings(connect_timeout=2, read_timeout=0.3, total_timeout=1, pause=0)
LINE = "— witness.example AAAA\n".encode()


def asked(answer: Answer, request: bytes = b"old 0\n\nhead") -> tuple[bytes | int, bytes]:
    with serving({"/w/add-checkpoint": answer}) as server:
        return cosignatures_of(server.url("/w/"), request, SETTINGS), server.requests[0]


def test_lines_of_signatures_come_back_and_the_request_is_posted_whole() -> None:
    answer, request = asked(response(LINE))
    assert answer == LINE
    assert request.startswith(b"POST /w/add-checkpoint HTTP/1.1\r\n")


def test_a_conflict_tells_the_size() -> None:
    assert asked(response(b"1234\n", status="409 Conflict"))[0] == 1234


@pytest.mark.parametrize(
    "body", [b"", b"12", b"012\n", b"-1\n", b"1 2\n", b"9" * 30 + b"\n", "١٢\n".encode()], ids=repr
)
def test_a_conflict_without_a_size_is_a_failure(body: bytes) -> None:
    with pytest.raises(CaptureFailed, match="409"):
        asked(response(body, status="409 Conflict"))


@pytest.mark.parametrize("status", ["400 Bad", "403 Forbidden", "404 Not Found", "429 Busy", "500 Broken", "302 Found"])
def test_refusals_are_failures_with_advice(status: str) -> None:
    with pytest.raises(CaptureFailed):
        asked(response(b"", "Location: /elsewhere", status=status))


def test_another_history_is_an_alarm() -> None:
    with pytest.raises(EvidenceDiffers, match="REWRITTEN"):
        asked(response(b"", status="422 Unprocessable"))


@pytest.mark.parametrize(
    "answer",
    [hang, drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"), then_close(b""), then_close(b"SSH-2.0\r\n"),
     response(b"x" * (1 << 19)), response(b"short", length=900)],
    ids=["silent", "slow", "closed", "no HTTP", "endless", "cut"],
)  # fmt: skip
def test_answers_that_are_none_are_failures(answer: Answer) -> None:
    with pytest.raises(CaptureFailed):
        asked(answer)
