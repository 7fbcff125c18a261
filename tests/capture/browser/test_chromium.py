"""A real Chromium behind the gate: what it keeps apart, what it refuses, what it survives, and whom it calls."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from local_servers import LocalServer, hang, own_certificate, response, serving, then_close
from tawthiq.capture.browser import engine as engine_module
from tawthiq.capture.browser import expect_playwright, gate, switches
from tawthiq.capture.browser.chromium import BrowserSession, BrowserSettings, Tab
from tawthiq.capture.browser.outward import Space, space_of
from tawthiq.capture.browser.process import found, program_digest
from tawthiq.capture.proxies import parse_upstream
from tawthiq.records.errors import CaptureFailed, WrongUsage
from tawthiq.records.visit import Loss

pytestmark = pytest.mark.browser

ARABIC = "<!doctype html><title>خبر</title><p>قصف على أطراف البلدة".encode("cp1256")


@contextmanager
def opened(session: BrowserSession, page: bytes, **answers: Any) -> Iterator[tuple[Tab, LocalServer]]:
    """A tab in which a page of a local server is open."""
    paths = {"/": response(page), **{f"/{name}": each for name, each in answers.items()}}
    with serving(paths) as server, session.tab() as tab:
        tab.page.goto(server.url("/"))
        yield tab, server


def test_the_facts_of_the_browser_name_the_program_that_runs(browser: BrowserSession) -> None:
    facts = browser.browser
    assert facts.name == "Chromium"
    assert facts.version.split(".")[0] in facts.user_agent
    assert "Headless" not in facts.user_agent
    running = browser._engine.running_file
    assert running is not None
    assert facts.sha256 == program_digest(running)
    assert facts.sandboxed == (os.geteuid() != 0)


def test_texts_are_kept_in_the_bytes_that_came_not_in_the_browsers_reading(browser: BrowserSession) -> None:
    page = response(ARABIC).replace(b"charset=utf-8", b"charset=windows-1256")
    with serving({"/": page}) as server, browser.tab() as tab:
        tab.page.goto(server.url("/"))
        assert tab.page.title() == "خبر"
        recorded = tab.recorded()
    assert recorded.main is not None
    assert recorded.exchanges[recorded.main].payload == ARABIC


def test_header_values_are_kept_in_the_bytes_that_came(browser: BrowserSession) -> None:
    arabic = "قصف".encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Utf: " + arabic + b"\r\nX-Latin: caf\xe9\r\nX-Next: a\r\n"
    with serving({"/": head + b"Content-Length: 2\r\n\r\nhi"}) as server, browser.tab() as tab:
        tab.page.goto(server.url("/"))
        (exchange, *_) = tab.recorded().exchanges
    assert ("X-Utf", arabic.decode("latin-1")) in exchange.response_headers
    assert ("X-Latin", "caf\xe9") in exchange.response_headers
    assert ("X-Next", "a") in exchange.response_headers


def test_no_cookie_passes_from_one_page_to_the_next(browser: BrowserSession) -> None:
    setting = response(b"<title>one</title>", "Set-Cookie: who=someone")
    with serving({"/": setting}) as server:
        for _ in range(2):
            with browser.tab() as tab:
                tab.page.goto(server.url("/"))
                assert tab.page.evaluate("document.cookie") == "who=someone"
        first_of_each = [request for request in server.requests if request.startswith(b"GET / ")]
    assert len(first_of_each) == 2
    assert not [request for request in first_of_each if b"cookie" in request.lower()]


def test_further_windows_are_closed_and_told(browser: BrowserSession) -> None:
    page = b"<script>open('/window', '_blank'); open('/other', '_blank', 'noopener')</script>"
    with opened(browser, page) as (tab, server):
        for _ in range(100):
            if len(browser._engine.recorder._popups) == 2:
                break
            tab.page.wait_for_timeout(50)
        recorded = tab.recorded()
    assert [address.rpartition("/")[2] for address in recorded.popups] == ["window", "other"]
    assert not [request for request in server.requests if b"/window" in request or b"/other" in request]


def test_dialogs_and_questions_hold_nobody_up(browser: BrowserSession) -> None:
    page = b"""<script>alert(1); confirm(2); onbeforeunload = () => 'stay'; document.title = Notification.permission;
    navigator.geolocation.getCurrentPosition(() => document.title += ' told', () => document.title += ' refused')</script>"""
    with opened(browser, page) as (tab, _):
        tab.page.wait_for_function("document.title.includes(' ')", timeout=5000)
        assert tab.page.title() == "denied refused"


def test_a_page_that_crashes_is_told_and_what_came_before_is_kept(browser: BrowserSession) -> None:
    with opened(browser, b"<title>falling</title>") as (tab, _):
        with tab.page.expect_event("crash"), pytest.raises(Error):
            tab.page.goto("chrome://crash")
        recorded = tab.recorded()
    assert recorded.crashed
    assert recorded.exchanges[0].payload == b"<title>falling</title>"


def test_the_browser_goes_on_after_a_crash(browser: BrowserSession) -> None:
    with opened(browser, b"<title>after</title>") as (tab, _):
        assert tab.page.title() == "after"
        assert not tab.recorded().crashed


def test_a_page_that_never_stops_loading_is_kept_as_far_as_it_came(browser: BrowserSession) -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\nhalf"

    def half(connection: socket.socket) -> None:
        connection.sendall(endless)
        hang(connection)

    page = b"<script>fetch('/half'); fetch('/nothing'); fetch('/cut')</script>"
    cut = then_close(endless)
    with opened(browser, page, half=half, nothing=hang, cut=cut) as (tab, _):
        tab.page.wait_for_timeout(200)
        assert tab.pending == 2
        recorded = tab.recorded()
    kept = {exchange.url.rpartition("/")[2]: exchange for exchange in recorded.exchanges}
    assert (kept["half"].payload, kept["half"].truncated) == (b"half", "time")
    assert (kept["cut"].payload, kept["cut"].truncated) == (b"half", "disconnect")
    assert [(loss.url.rpartition("/")[2], loss.loss) for loss in recorded.unrecorded] == [("nothing", Loss.FAILED)]


def test_nothing_is_asked_for_once_recording_has_ended(browser: BrowserSession) -> None:
    page = b"<link rel=icon href='data:,'><title>over</title>"
    with opened(browser, page, later=response(b"late")) as (tab, server):
        first = tab.recorded()
        assert tab.page.evaluate("fetch('/later').then(() => 'came', () => 'failed')") == "failed"
        assert len(server.requests) == first.requests == 1
        assert tab.recorded() is first


def test_a_host_that_is_not_there_is_a_failure_with_the_reason(browser: BrowserSession) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        closed = listening.getsockname()[1]
    with browser.tab() as tab:
        with pytest.raises(Error):
            tab.page.goto(f"http://127.0.0.1:{closed}/")
        recorded = tab.recorded()
    assert recorded.main is None
    (loss,) = recorded.unrecorded
    assert loss.loss is Loss.FAILED
    assert "no connection" in loss.reason


def test_a_certificate_that_nobody_vouches_for_is_refused(browser: BrowserSession, tmp_path: Path) -> None:
    tls, _, _ = own_certificate(tmp_path)
    with serving({"/": response(b"secret")}, tls) as server, browser.tab() as tab:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            tab.page.goto(server.url("/"))
        recorded = tab.recorded()
        assert not server.requests
    assert [loss.reason for loss in recorded.unrecorded] == ["net::ERR_CERT_AUTHORITY_INVALID"]


def test_what_a_page_of_the_web_asks_of_this_computer_is_blocked(
    browser: BrowserSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's host resolves to 127.0.0.1, and is taken for one of the web."""
    real = gate.resolved

    async def resolved(host: str, port: int) -> list[str]:
        return ["127.0.0.2"] if host == "news.example" else await real(host, port)

    monkeypatch.setattr(gate, "resolved", resolved)
    monkeypatch.setattr(gate, "space_of", lambda address: Space.PUBLIC if address == "127.0.0.2" else space_of(address))
    with serving({"/": response(b"router")}) as inside, _web_server(inside.url("/")) as port, browser.tab() as tab:
        tab.page.goto(f"http://news.example:{port}/")
        tab.page.wait_for_function("document.title === 'failed'", timeout=8000)
        recorded = tab.recorded()
        assert not inside.requests
    blocked = [loss for loss in recorded.unrecorded if loss.loss is Loss.BLOCKED]
    assert [loss.url for loss in blocked] == [inside.url("/")]
    assert blocked[0].reason == "a page from outside may not reach into this computer"
    assert recorded.exchanges[0].server_address == f"127.0.0.2:{port}"


@contextmanager
def _web_server(reaches_for: str) -> Iterator[int]:
    page = response(
        f"<script>fetch('{reaches_for}', {{mode: 'no-cors'}}).catch(() => document.title = 'failed')</script>".encode()
    )
    with socket.create_server(("127.0.0.2", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    if connection.recv(65_536):
                        connection.sendall(page.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nConnection: close"))

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def test_through_a_proxy_everything_goes_and_no_address_is_recorded(executable: Path) -> None:
    with serving({"/": response(b"<title>through</title>")}) as server, _connect_proxy(server.port) as (proxy, asked):
        settings = BrowserSettings(executable, upstream=parse_upstream(f"http://127.0.0.1:{proxy}"))
        with BrowserSession(settings) as session, session.tab() as tab:
            tab.page.goto("http://far.example/")
            recorded = tab.recorded()
    assert recorded.exchanges[0].payload == b"<title>through</title>"
    assert recorded.exchanges[0].server_address is None
    assert set(asked) == {b"CONNECT far.example:80 HTTP/1.1"}


@contextmanager
def _connect_proxy(to: int) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that leads every tunnel to one port of this computer."""
    asked: list[bytes] = []

    def tunnel(connection: socket.socket) -> None:
        asked.append(connection.recv(65_536).split(b"\r\n")[0])
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        far = socket.create_connection(("127.0.0.1", to))
        threading.Thread(target=_pump, args=(far, connection), daemon=True).start()
        _pump(connection, far)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=tunnel, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], asked
        listening.shutdown(socket.SHUT_RDWR)


def _pump(near: socket.socket, far: socket.socket) -> None:
    try:
        while data := near.recv(65_536):
            far.sendall(data)
    except OSError:
        return


LEAKING = b"""<script>
const one = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:STUN'}]});
one.createDataChannel('x');
one.createOffer().then(offer => one.setLocalDescription(offer));
one.onicegatheringstatechange = () => document.title = one.iceGatheringState;
</script><link rel=dns-prefetch href=//elsewhere.example><link rel=preconnect href=http://elsewhere.example>"""


def test_the_browsers_own_net_log_shows_that_it_called_nobody_else(
    executable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "net.json"
    monkeypatch.setattr(
        engine_module, "arguments", lambda *given: [*switches.arguments(*given), f"--log-net-log={log}"]
    )
    stun = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    stun.bind(("127.0.0.1", 0))
    stun.settimeout(0.1)
    page = LEAKING.replace(b"STUN", str(stun.getsockname()[1]).encode())
    with BrowserSession(BrowserSettings(executable)) as session:
        with opened(session, page) as (tab, server):
            tab.page.wait_for_function("document.title === 'complete'", timeout=10_000)
            recorded = tab.recorded()
        own = {session._engine.page_door, *session._engine.gate._own_ports}
        asked = session.browser_asked
    with pytest.raises(TimeoutError):
        stun.recv(1000)
    stun.close()
    assert _connected(log) <= {f"127.0.0.1:{port}" for port in own}
    assert {exchange.server_address for exchange in recorded.exchanges} == {f"127.0.0.1:{server.port}"}
    assert not [refusal for refusal in recorded.refused if not refusal.startswith("elsewhere.example")]
    assert not [place for place in asked if place.endswith(f":{server.port}")]


def _connected(log: Path) -> set[str]:
    """Every address to which Chromium's net log shows a connection over TCP, or bytes sent over UDP."""
    told = json.loads(log.read_text(errors="replace"))
    names = {number: name for name, number in told["constants"]["logEventTypes"].items()}
    reached: set[str] = set()
    meant: dict[int, str] = {}
    for event in told["events"]:
        name, address, source = names[event["type"]], event.get("params", {}).get("address"), event["source"]["id"]
        if name == "TCP_CONNECT_ATTEMPT" and address:
            reached.add(address)
        elif name == "UDP_CONNECT" and address:
            # A socket that is only bound to a way out, to see whether there is one: nothing is sent.
            meant[source] = address
        elif name == "UDP_BYTES_SENT":
            reached.add(address or meant.get(source, "somewhere"))
    return reached


def test_a_browser_that_is_not_there_is_named_with_the_command_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongUsage, match="no such program"):
        BrowserSession(BrowserSettings(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(WrongUsage) as raised:
        found(None)
    assert "apt install chromium" in raised.value.advice


def test_playwrights_own_browser_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    program = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    program.parent.mkdir(parents=True)
    program.write_text("")
    program.chmod(0o755)
    assert found(None) == program


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\nexec cat <&3 >&4\n", "no program"])
def test_a_program_that_is_no_browser_is_an_error_not_a_wait(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "STARTING_SECONDS", 1.0)
    program = tmp_path / "chromium"
    program.write_text(script)
    program.chmod(0o755)
    with pytest.raises(CaptureFailed, match="the browser does not"), BrowserSession(BrowserSettings(program)):
        pass


def test_what_a_browser_complains_of_is_told(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho '[1:FATAL:host.cc] No usable sandbox!' >&2\necho more >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(CaptureFailed, match="No usable sandbox"), BrowserSession(BrowserSettings(program)):
        pass


def test_authorities_that_are_none_are_named(executable: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "roots.pem"
    wrong.write_text("no certificates")
    with pytest.raises(WrongUsage, match=r"roots\.pem"), BrowserSession(BrowserSettings(executable, authorities=wrong)):
        pass


def test_what_is_missing_of_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    expect_playwright()
    monkeypatch.setattr("tawthiq.capture.browser.find_spec", lambda name: None)
    with pytest.raises(WrongUsage) as raised:
        expect_playwright()
    assert "pip install" in raised.value.advice


def test_a_browser_that_dies_is_an_error_for_the_next_page(executable: Path) -> None:
    with BrowserSession(BrowserSettings(executable)) as session:
        with session.tab() as tab:
            session._engine._process.kill()  # type: ignore[union-attr]
            with pytest.raises(Error):
                tab.page.goto("http://127.0.0.1:1/")
            assert tab.recorded().requests <= 1
        assert not session.running
        folder = session._engine._profile.folder
        with pytest.raises(CaptureFailed, match="no page can be opened"), session.tab():
            pass

    assert not folder.exists()


def test_the_drivers_address_serves_only_who_knows_its_path(browser: BrowserSession) -> None:
    address = browser._engine.address
    port = int(address.split(":")[2].split("/")[0])
    for path in ("/", "/json/version", "/devtools/browser", address.split(str(port))[1]):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            # Even who knows it finds the place taken.
            answer = connection.recv(1000)
        assert b" 404 " in answer
