"""Ways out: everything through the proxy that is set, nothing round it, and its credentials in no record."""

from dataclasses import replace
from pathlib import Path

import pytest

from local_servers import own_certificate, response, serving
from network_spy import Spy, spied
from proxy_servers import proxying
from tawthiq.capture.http import Fetcher, fetch
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.provenance import RobotsStance

PAGE = "<html><body>خبر من وراء وسيط</body></html>".encode()
SITE = "site.example"
SETTINGS = FetchSettings(connect_timeout=2, read_timeout=2, total_timeout=4, pause=0)


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    return spied(monkeypatch)


@pytest.mark.parametrize("scheme", ["socks5h", "socks5", "tor"])
def test_socks_carries_plain_pages_and_looks_names_up_itself(scheme: str, spy: Spy) -> None:
    with serving({"/a": response(PAGE)}) as server, proxying({SITE: server.port}) as proxy:
        (exchange,) = fetch(f"http://{SITE}/a", _through(f"{scheme}://127.0.0.1:{proxy.port}"))
    assert (exchange.payload, exchange.server_address) == (PAGE, None)
    assert exchange.request_line == "GET /a HTTP/1.1"
    assert proxy.asked == [(SITE, 80)]
    assert set(spy.names) == {"127.0.0.1"}
    assert set(spy.ports) <= {proxy.port, server.port}


@pytest.mark.parametrize(("kind", "scheme"), [("socks", "socks5h"), ("http", "http")])
def test_tls_goes_through_whole_and_is_verified_against_the_server(
    kind: str, scheme: str, tmp_path: Path, spy: Spy
) -> None:
    context, pem, der = own_certificate(tmp_path)
    with serving({"/": response(PAGE)}, tls=context) as server, proxying({"127.0.0.1": server.port}, kind) as proxy:
        settings = FetchSettings(pause=0, authorities=pem, proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        (exchange,) = fetch(server.url(), settings)
        with pytest.raises(CaptureFailed, match="certificate"):
            fetch(server.url(), _through(f"{scheme}://127.0.0.1:{proxy.port}"))
    assert (exchange.payload, exchange.certificate, exchange.server_address) == (PAGE, der, None)
    assert proxy.asked == [("127.0.0.1", server.port)] * 2
    assert set(spy.names) == {"127.0.0.1"}


@pytest.mark.parametrize(("kind", "scheme"), [("socks", "socks5h"), ("http", "http")])
def test_credentials_reach_the_proxy_and_no_record(kind: str, scheme: str) -> None:
    with (
        serving({"/a": response(PAGE)}) as server,
        proxying({SITE: server.port}, kind, ("se@m", "long word")) as proxy,
    ):
        (exchange,) = fetch(f"http://{SITE}/a", _through(f"{scheme}://se%40m:long%20word@127.0.0.1:{proxy.port}"))
        with pytest.raises(CaptureFailed, match="user name and password") as refused:
            fetch(f"http://{SITE}/a", _through(f"{scheme}://se%40m:wrong@127.0.0.1:{proxy.port}"))
        with pytest.raises(CaptureFailed, match=r"user name and password|does not speak"):
            fetch(f"http://{SITE}/a", _through(f"{scheme}://127.0.0.1:{proxy.port}"))
    assert exchange.payload == PAGE
    assert proxy.users[0] == ("se@m", "long word")
    assert not any(word in f"{exchange}{refused.value}" for word in ("se@m", "long word", "c2VAbT", "wrong"))
    assert b"Proxy-Authorization" not in server.requests[0]
    assert bool(exchange.conversions) is (kind == "http")


def test_tls_through_an_http_proxy_with_credentials(tmp_path: Path) -> None:
    context, pem, _ = own_certificate(tmp_path)
    with (
        serving({"/": response(PAGE)}, tls=context) as server,
        proxying({"127.0.0.1": server.port}, "http", ("me", "word")) as proxy,
    ):
        settings = FetchSettings(pause=0, authorities=pem, proxy=f"http://me:word@127.0.0.1:{proxy.port}")
        assert fetch(server.url(), settings)[0].payload == PAGE
        with pytest.raises(CaptureFailed, match="user name and password"):
            fetch(server.url(), FetchSettings(pause=0, authorities=pem, proxy=f"http://127.0.0.1:{proxy.port}"))


def test_each_site_has_its_own_circuit_through_tor() -> None:
    with (
        serving({"/a": response(PAGE, "Connection: close"), "/b": response(PAGE, "Connection: close")}) as server,
        proxying({"a.example": server.port, "b.example": server.port, "abc.onion": server.port}) as proxy,
        Fetcher(_through(f"tor://127.0.0.1:{proxy.port}")) as fetcher,
    ):
        for url in ("http://a.example/a", "http://a.example/b", "http://b.example/a", "http://abc.onion/a"):
            assert fetcher.fetch(url)[0].payload == PAGE
    first, second, third, fourth = proxy.users
    assert first == second
    assert len({first, third, fourth}) == 3
    assert None not in proxy.users


@pytest.mark.parametrize("scheme", ["http", "socks5h", "tor"])
@pytest.mark.parametrize("url_scheme", ["http", "https"])
def test_proxy_that_is_down_is_an_error_and_never_gone_round(scheme: str, url_scheme: str, spy: Spy) -> None:
    with proxying({}) as proxy:
        pass
    with (
        serving({"/": response(PAGE)}) as server,
        pytest.raises(CaptureFailed, match="proxy could not be reached") as e,
    ):
        fetch(f"{url_scheme}://127.0.0.1:{server.port}/", _through(f"{scheme}://127.0.0.1:{proxy.port}"))
    assert server.connections == 0
    assert set(spy.ports) == {proxy.port}
    assert str(proxy.port) not in e.value.happened


@pytest.mark.parametrize(
    ("kind", "scheme", "url"),
    [("socks", "socks5h", "http"), ("socks", "tor", "https"), ("http", "http", "https")],
)
def test_site_that_the_proxy_cannot_reach_is_named(kind: str, scheme: str, url: str, spy: Spy) -> None:
    with proxying({}, kind) as proxy, pytest.raises(CaptureFailed, match=r"proxy (could not reach|did not open)"):
        fetch(f"{url}://gone.example/", _through(f"{scheme}://127.0.0.1:{proxy.port}"))
    assert set(spy.names) == {"127.0.0.1"}


@pytest.mark.parametrize("scheme", ["http", "socks5h"])
@pytest.mark.parametrize("greeting", [b"220 mail.example ready\r\n", b"\x05", b""])
def test_what_is_no_proxy_is_named(scheme: str, greeting: bytes) -> None:
    with serving({}, greeting=greeting or b"\r\n") as server, pytest.raises(CaptureFailed, match="proxy"):
        fetch("https://site.example/", _through(f"{scheme}://127.0.0.1:{server.port}"))


def test_onion_service_is_never_asked_of_the_resolver(spy: Spy) -> None:
    with proxying({"abc.onion": 1}) as proxy:
        for given in (None, f"socks5h://127.0.0.1:{proxy.port}"):
            with pytest.raises(CaptureFailed, match="Tor"):
                fetch("http://abc.onion/", FetchSettings(pause=0, proxy=given))
    assert (spy.names, spy.ports, proxy.asked) == ([], [], [])


def _through(proxy: str) -> FetchSettings:
    return FetchSettings(connect_timeout=2, read_timeout=2, total_timeout=4, pause=0, proxy=proxy)


def test_robots_txt_is_asked_for_by_the_same_way_as_the_page(spy: Spy) -> None:
    answers = {"/robots.txt": response(b"User-agent: *\nDisallow: /a\n"), "/a": response(PAGE)}
    with serving(answers) as server, proxying({SITE: server.port}) as proxy:
        settings = replace(_through(f"socks5h://127.0.0.1:{proxy.port}"), robots=RobotsStance.NOTE)
        assert fetch(f"http://{SITE}/a", settings)[0].payload == PAGE
        with pytest.raises(CaptureFailed, match=r"robots\.txt"):
            fetch(f"http://{SITE}/a", replace(settings, robots=RobotsStance.OBEY))
    assert set(proxy.asked) == {(SITE, 80)}
    assert set(spy.names) == {"127.0.0.1"}
    assert set(spy.ports) <= {proxy.port, server.port}


def test_settings_show_no_credentials() -> None:
    assert "word" not in repr(_through("http://me:word@127.0.0.1:1"))
