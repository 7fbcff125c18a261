"""`tawthiq serve --team` behind a reverse proxy: one host, secure cookies, forwarded addresses, health, a clean end."""

import http.client
import http.server
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from command_line import run
from sample_archive import make_folder
from tawthiq.records.errors import WrongUsage
from tawthiq.web import team as team_server
from tawthiq.web.team import Team, application, expect_fit, team_of

DESK = "https://desk.example.org"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "archive", {})
    folder.close()
    return folder.path


@contextmanager
def team_serving(archive: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Path, str]]:
    """A team's server on a socket: the process, the socket, the owner's link."""
    path = archive.parent / "desk.sock"
    command = [sys.executable, "-m", "tawthiq", "--archive", str(archive), "serve", "--team", "--address", DESK]
    with subprocess.Popen(
        [*command, "--unix", str(path), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == f"pages: {DESK}/\n", first + process.stdout.read()
        link = process.stdout.readline().partition(": ")[2].strip()
        try:
            yield process, path, link
        finally:
            process.kill()


class _ToSocket(http.client.HTTPConnection):
    """A connection to a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=30)
        self._path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)


@contextmanager
def proxy(path: Path) -> Iterator[int]:
    """A reverse proxy as Caddy is one: passes the host on, adds the address of whoever asks; its port."""

    class Passing(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            inner = _ToSocket(path)
            passed = {name: value for name, value in self.headers.items() if name.lower() != "x-forwarded-for"}
            asked_by = self.headers.get("Test-Client", self.client_address[0])
            added = {"X-Forwarded-For": asked_by, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
            inner.request(self.command, self.path, body, {**passed, **added})
            answer = inner.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815  the name that the server looks for

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Passing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class Visitor:
    """Somebody with a browser: keeps cookies, asks through the proxy under the desk's name."""

    def __init__(self, port: int, address: str = "203.0.113.7") -> None:
        self._port = port
        self._address = address
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(
        self, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        cookies = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        given = {"Host": "desk.example.org", "Cookie": cookies, "Test-Client": self._address, "Origin": DESK, **headers}
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if fields is not None else "GET", path, body, given)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer.status, answer.headers, text

    def send(self, path: str, **fields: str) -> tuple[int, http.client.HTTPMessage, str]:
        """Open a page and send its form."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(path)[2])
        assert found
        return self.ask(path, {"csrfmiddlewaretoken": found[1], **fields})


def test_the_owner_comes_in_through_the_proxy_with_cookies_for_https_alone(archive: Path) -> None:
    with team_serving(archive) as (process, path, link), proxy(path) as port:
        assert link.startswith(f"{DESK}/first-owner/")
        owner = Visitor(port)
        password = "several unrelated words"
        status, headers, text = owner.send(link.removeprefix(DESK), name="heron", password=password, repeated=password)
        assert status == 302, text
        assert all(cookie["secure"] for cookie in owner.cookies.values())
        assert "evil.example" not in str(headers)
        assert "Strict-Transport-Security" not in headers
        assert owner.ask("/reports/")[0] == 200
        assert Visitor(port).ask("/reports/", Host="127.0.0.1")[0] == 400
        assert Visitor(port).ask("/reports/")[0] == 302
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert run("--archive", archive, "log", "--kind", "owner-made") == 0


def test_failures_count_against_the_address_that_the_proxy_tells_of(archive: Path) -> None:
    with team_serving(archive, "--forwarded-for") as (_, path, _), proxy(path) as port:

        def refused(visitor: Visitor, name: str) -> list[str]:
            return re.findall(
                r'role="alert"[^>]*>(.*?)</', visitor.send("/sign-in/", username=name, password="a guess")[2]
            )

        guessing, other = Visitor(port, "203.0.113.7"), Visitor(port, "203.0.113.8")
        usual = refused(guessing, "nobody")
        assert usual
        told = [refused(guessing, f"nobody{number}") for number in range(24)]
        assert told[0] == usual
        assert told[-1] != usual
        assert refused(other, "somebody") == usual


def test_health_is_told_to_this_machine_and_not_through_the_proxy(archive: Path) -> None:
    with team_serving(archive) as (_, path, _):
        asking = _ToSocket(path)
        asking.request("GET", "/health")
        answer = asking.getresponse()
        assert (answer.status, answer.read()) == (200, b"ok\n")
        with proxy(path) as port:
            assert Visitor(port).ask("/health")[0] in (302, 404)


@pytest.mark.parametrize(
    "address",
    ["http://desk.example.org", "https://desk.example.org/path", "desk.example.org", "https://", "https://a b", "https://[::1",
     "https://user@desk.example.org", "https://*", "https://.example.org", "https://desk.example.org:99999"],
)  # fmt: skip
def test_an_address_that_is_no_desk_is_refused(address: str) -> None:
    with pytest.raises(WrongUsage, match="address"):
        team_of(address, forwarded=False)


def test_addresses_of_desks() -> None:
    assert team_of("https://desk.example.org/", forwarded=True) == Team(DESK, True)
    assert team_of("https://desk.example.org:8443", forwarded=False).host == "desk.example.org"
    assert team_of("http://abcdefgh.onion", forwarded=False).host == "abcdefgh.onion"


@pytest.mark.parametrize(
    "options", [["--team"], ["--address", DESK], ["--forwarded-for"], ["--host", "0.0.0.0"], ["--sealed-key"]]
)
def test_nothing_is_opened_to_others_by_half(archive: Path, options: list[str]) -> None:
    assert run("--archive", archive, "serve", *options) == 2


def test_an_unsealed_key_is_refused_where_the_team_demands_a_sealed_one(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--archive", archive, "serve", "--team", "--address", DESK, "--sealed-key") == 2
    assert "tawthiq key" in capsys.readouterr().err


@pytest.mark.sqlite
def test_sqlite_on_a_network_file_system_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_server, "_file_system", lambda folder: "nfs4")
    with pytest.raises(WrongUsage, match="network file system"):
        expect_fit(archive, sealed_key=False)


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/a / ext4 rw 0 0\nserver:/x /srv/a\\040b nfs4 rw 0 0\n")
    assert team_server._file_system(Path("/srv/a b/archive"), mounts) == "nfs4"
    assert team_server._file_system(Path("/srv/else"), mounts) == "ext4"


@pytest.mark.parametrize(
    ("peer", "told", "forwarded", "expected"),
    [
        ("127.0.0.1", "6.6.6.6, 203.0.113.7", True, "203.0.113.7"),
        ("localhost", "203.0.113.7", True, "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7", False, "127.0.0.1"),
        ("198.51.100.2", "203.0.113.7", True, "198.51.100.2"),
        ("127.0.0.1", "not an address", True, "127.0.0.1"),
        ("127.0.0.1", "", True, "127.0.0.1"),
    ],
)
def test_only_a_near_proxy_is_believed(peer: str, told: str, forwarded: bool, expected: str) -> None:
    seen: dict[str, Any] = {}

    def pages(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ)
        return []

    asked = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": told, "HTTP_X_FORWARDED_HOST": "evil", "PATH_INFO": "/"}
    application(pages, Team(DESK, forwarded))(asked, None)  # type: ignore[arg-type]
    assert seen["REMOTE_ADDR"] == expected
    assert not any("FORWARDED" in name for name in seen)
