"""The fidelity test: a site of our own, and what is kept of it compared with the server's own log, byte for byte."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from fidelity_site.serving import Entry, Site
from tawthiq.capture.browser.chromium import BrowserSession, BrowserSettings, Tab
from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.browser.targets import ACCEPT_ANY_ENCODING, ACCEPT_ENCODING
from tawthiq.records.capture import BodyForm, Exchange
from tawthiq.records.visit import Loss
from tawthiq.store.warc_writing import WarcFile

pytestmark = pytest.mark.browser

# Bodies that the browser gives to nobody: withheld from the page by its rules between origins, or of a redirect.
WITHHELD = {"/facts.json", "/closed.txt", "/told.txt"}
# Requests of the browser's network itself, on which no page's headers can be set.
OWN_ENCODINGS = {("OPTIONS", "/across"), ("GET", "/served/sw.js")}
ENCODED = {"/app.js", "/style.css", "/coded-gzip", "/coded-br", "/coded-deflate", "/coded-zstd", "/chunked-gzip.txt"}
Pair = tuple[Entry, Exchange]


@pytest.fixture(scope="module")
def visited(site: tuple[Site, Path], executable: Path) -> Iterator[tuple[Site, Recorded, tuple[str, ...]]]:
    serving, authorities = site
    with BrowserSession(BrowserSettings(executable, authorities=authorities)) as session:
        with session.tab() as tab:
            recorded = _visit(tab, serving.first + "/start")
        yield serving, recorded, session.browser_asked


@pytest.fixture(scope="module")
def pairs(visited: tuple[Site, Recorded, tuple[str, ...]]) -> list[Pair]:
    """Each exchange of the server's log with ours; named losses are left out, a missing one is a failure."""
    site, recorded, _ = visited
    ours: dict[tuple[str, str], list[Exchange]] = defaultdict(list)
    for exchange in recorded.exchanges:
        ours[exchange.method, exchange.url].append(exchange)
    named = [(loss.method, loss.url) for loss in recorded.unrecorded if loss.loss is not Loss.MISSED]
    found, missed = [], []
    for entry in site.log:
        key = entry.asked.method, entry.url
        if key in named:
            named.remove(key)
        elif ours[key]:
            found.append((entry, ours[key].pop(0)))
        else:
            missed.append(key)
    print(f"\nexchanges: server {len(site.log)}, kept {len(recorded.exchanges)}, missed {len(missed)}")
    assert missed == []
    assert [each for left in ours.values() for each in left] == []
    return found


def _visit(tab: Tab, address: str) -> Recorded:
    page = tab.page
    page.goto(address)
    _quiet(tab)
    if tab.compressed_unasked:
        page.goto(address)
    page.wait_for_function("document.title === 'done'", timeout=30_000)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    _quiet(tab)
    return tab.recorded()


def _quiet(tab: Tab) -> None:
    for _ in range(200):
        if not tab.pending and tab.silent_seconds > 0.4:
            return
        tab.page.wait_for_timeout(50)


def test_every_request_is_an_exchange_or_named(visited: tuple[Site, Recorded, tuple[str, ...]]) -> None:
    _, recorded, _ = visited
    assert recorded.requests == len(recorded.exchanges) + len(recorded.unrecorded)
    assert [loss for loss in recorded.unrecorded if loss.loss is Loss.MISSED] == []


def test_payloads_equal_the_servers_own(pairs: list[Pair]) -> None:
    differing = []
    for entry, exchange in pairs:
        bodiless = entry.answer.status in (204, 304) or entry.asked.method == "HEAD"
        # What the browser cannot decode it hands on as it is.
        whole = entry.answer.sent if entry.asked.path == "/coded-other" else entry.answer.body
        if exchange.payload != (b"" if bodiless else whole):
            assert exchange.truncated, f"{entry.url} differs silently"
            assert exchange.conversions
            differing.append(entry.asked.path)
    assert set(differing) == WITHHELD


def test_only_what_the_server_compressed_is_labelled_decoded(pairs: list[Pair]) -> None:
    for entry, exchange in pairs:
        expected = BodyForm.DECODED if entry.asked.path in ENCODED else BodyForm.WIRE
        assert exchange.body_form is expected, entry.url
    assert {entry.asked.path for entry, _ in pairs} >= ENCODED


def test_bytes_are_asked_for_without_compression_first(pairs: list[Pair]) -> None:
    asked = {(entry.asked.method, entry.asked.path): entry.asked.header("accept-encoding") for entry, _ in pairs}
    for key, value in asked.items():
        if key not in OWN_ENCODINGS:
            assert value in (ACCEPT_ENCODING, ACCEPT_ANY_ENCODING), key
    assert all(value.startswith("identity") for value in (ACCEPT_ENCODING, ACCEPT_ANY_ENCODING))


def test_request_bodies_equal_what_the_server_got(pairs: list[Pair]) -> None:
    posted = [(entry, exchange) for entry, exchange in pairs if entry.asked.method == "POST"]
    assert {entry.asked.path for entry, _ in posted} == {"/echo", "/form", "/across", "/again", "/beacon"}
    assert all(exchange.request_body == entry.asked.body for entry, exchange in posted)


def test_heads_are_those_of_the_server(pairs: list[Pair]) -> None:
    for entry, exchange in pairs:
        assert int(exchange.status_line.split()[1]) == entry.answer.status
        kept = sorted((name.lower(), value) for name, value in exchange.response_headers)
        assert [each for each in sorted(entry.answer.headers) if each not in kept] == [], entry.url
        cookies = [value for name, value in exchange.response_headers if name.lower() == "set-cookie"]
        assert cookies == [value for name, value in entry.answer.headers if name == "set-cookie"]


def test_server_protocol_tls_and_certificate_are_known(pairs: list[Pair], site: tuple[Site, Path]) -> None:
    serving, authorities = site
    certificate = _der(authorities)
    for entry, exchange in pairs:
        assert exchange.server_address == "127.0.0.1:" + entry.asked.origin.rpartition(":")[2]
        assert exchange.protocol == ("h2" if entry.protocol == "2" else "http/1.1")
        assert exchange.certificate == certificate
        if exchange.truncated != "disconnect":
            assert exchange.tls is not None
            assert exchange.tls.startswith("TLS 1.3")
    assert {exchange.protocol for _, exchange in pairs} == {"h2", "http/1.1"}
    assert serving.sockets


def test_the_page_itself_is_found_behind_its_redirects(visited: tuple[Site, Recorded, tuple[str, ...]]) -> None:
    site, recorded, _ = visited
    assert recorded.main is not None
    assert recorded.exchanges[recorded.main].url == site.first + "/article"
    assert [each.status_line.split()[1] for each in recorded.exchanges[:3]] == ["301", "302", "200"]


def test_messages_of_a_web_socket_are_named_as_not_kept(visited: tuple[Site, Recorded, tuple[str, ...]]) -> None:
    site, recorded, _ = visited
    sockets = [loss.url for loss in recorded.unrecorded if loss.loss is Loss.NOT_KEPT]
    assert sockets == site.sockets


def test_cookies_that_were_sent_are_counted(visited: tuple[Site, Recorded, tuple[str, ...]]) -> None:
    site, recorded, _ = visited
    # Of a service worker's own script the browser tells no head.
    told = [
        entry.asked.headers for entry in site.log if (entry.asked.method, entry.asked.path) != ("GET", "/served/sw.js")
    ]
    sent = [value for headers in told for name, value in headers if name == "cookie"]
    assert recorded.cookies_sent == sum(len(value.split(";")) for value in sent) > 0


def test_other_tools_accept_what_is_written(visited: tuple[Site, Recorded, tuple[str, ...]], tmp_path: Path) -> None:
    path = tmp_path / "visit.warc.gz"
    with path.open("wb") as out:
        writing = WarcFile(out, title="fidelity", collector="tests")
        for exchange in visited[1].exchanges:
            writing.write_exchange(exchange)
    for command in ("warcio", "fastwarc"):
        program = Path(sys.executable).with_name(command)
        done = subprocess.run([program, "check", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "fail" not in done.stdout.lower()


def test_nobody_but_the_pages_hosts_was_reached(visited: tuple[Site, Recorded, tuple[str, ...]]) -> None:
    site, recorded, browser_asked = visited
    assert {exchange.url.split("/")[2] for exchange in recorded.exchanges} == site.hosts
    # What the browser wants on its own account ends at the gate's other door.
    assert not [asked for asked in browser_asked if asked in site.hosts]


def _der(pem: Path) -> bytes:
    return x509.load_pem_x509_certificate(pem.read_bytes()).public_bytes(Encoding.DER)
