"""The index of a package: what replay needs to find, in the order that it is searched, in memory that stays small."""

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tawthiq.publication import replay_index
from tawthiq.publication.replay_index import Answer, IndexWriter, WarcScan, line
from tawthiq.publication.url_keys import url_key


def warc(*, each_its_own: bool = True) -> bytes:
    """A redirect, a page, an answer to a form, one to raw bytes, and a request behind its answer."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=each_its_own)

    def add(
        url: str, status: str, method: str = "GET", body: bytes = b"", kind: str = "", *, behind: bool = False
    ) -> None:
        asked = StatusAndHeaders(f"{method} / HTTP/1.1", [("Content-Type", kind)], is_http_request=True)
        request = writer.create_warc_record(url, "request", BytesIO(body), http_headers=asked)
        head = StatusAndHeaders(status, [("Content-Type", "text/html; charset=x")], protocol="HTTP/1.1")
        answer = writer.create_warc_record(url, "response", BytesIO(b"answer"), http_headers=head)
        request.rec_headers.add_header("WARC-Concurrent-To", answer.rec_headers.get_header("WARC-Record-ID"))
        for record in (answer, request) if behind else (request, answer):
            writer.write_record(record)

    add("http://a.example/old", "301 Moved")
    add("http://a.example/new", "200 OK")
    add("http://a.example/form", "200 OK", "POST", b"q=%D8%AE&p=1", "application/x-www-form-urlencoded")
    add("http://a.example/raw", "200 OK", "POST", b"\0\1", "application/octet-stream", behind=True)
    add("http://a.example/last?x=1", "204 None", "DELETE")
    return out.getvalue()


def scanned(data: bytes) -> list[Answer]:
    return list(WarcScan(BytesIO(data), BytesIO(data), len(data)).answers())


def test_each_answer_is_found_with_its_method_and_its_bytes() -> None:
    data = warc()
    found = scanned(data)
    assert [each.url.rsplit("/", 1)[1] for each in found] == ["old", "new", "form", "raw", "last?x=1"]
    assert [each.query for each in found] == [
        "",
        "",
        "__wb_method=POST&q=خ&p=1",
        "__wb_method=POST&__wb_post_data=AAE=",
        "__wb_method=DELETE",
    ]
    for each in found:
        member = gzip.decompress(data[each.offset : each.offset + each.length])
        assert member.startswith(b"WARC/")
        assert each.url.encode() in member
    assert line(found[4], "a.warc.gz").startswith("example,a)/last?__wb_method=delete&x=1 ")


def test_records_that_cannot_be_addressed_singly_are_left_out() -> None:
    whole = gzip.compress(warc(each_its_own=False))
    assert len(scanned(whole)) <= 1


@settings(deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=30))
def test_damage_ends_the_list_and_nothing_else(at: int, noise: bytes) -> None:
    data = warc()
    found = scanned(data[:at] + noise + data[at + len(noise) :])
    whole = {(each.url, each.offset, each.length) for each in scanned(data)}
    before = [each for each in found if each.offset + each.length <= at]
    assert {(each.url, each.offset, each.length) for each in before} <= whole


def test_lines_are_sorted_however_many_runs_they_come_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_index, "LINES_A_RUN", 7)
    monkeypatch.setattr(replay_index, "LINES_A_MEMBER", 10)
    answers = [
        Answer(
            f"http://{chr(0x61 + n % 26)}.example/{n}", "2026-01-02T03:04:05Z", "text/html", 200, "sha256:0", n, 1, ""
        )
        for n in range(50)
    ]
    due = sorted(line(each, "a.warc.gz") for each in answers)
    writer, out = IndexWriter(tmp_path), BytesIO()
    writer.add(line(each, "a.warc.gz") for each in [*answers, *answers])
    second = writer.write(out).decode().splitlines()
    assert gzip.decompress(out.getvalue()).decode().splitlines(keepends=True) == due
    assert len(second) == 1 + 5
    for number, each in enumerate(second[1:]):
        fields = json.loads(each.split(" ", 2)[2])
        block = out.getvalue()[fields["offset"] : fields["offset"] + fields["length"]]
        assert gzip.decompress(block).decode().splitlines(keepends=True) == due[number * 10 : number * 10 + 10]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.News.example/A?b=2&a=1#f", "example,news)/a?a=1&b=2"),
        ("http://news.example:80/a//b/../c/", "example,news)/a/c"),
        ("https://x.example:8443/ق", "example,x:8443)/%d9%82"),
        ("http://موقع.example/", "example,xn--4gbrim)/"),
        ("http://127.0.0.1:8080/", "1,0,0,127:8080)/"),
        ("urn:dom:http://x.example/", "urn:dom:http://x.example"),
        ("file:saved page.html", "file:saved%20page.html"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_keys_are_those_that_replay_looks_up(url: str, key: str) -> None:
    assert url_key(url) == key


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_key_that_fits_into_a_line(url: str) -> None:
    key = url_key(f"http://{url}")
    assert not any(letter.isspace() for letter in key)
