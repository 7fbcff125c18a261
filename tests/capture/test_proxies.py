"""Proxies as they are set: what each spelling means, what is refused, and that credentials show nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.capture.proxies import Upstream, UpstreamKind, exit_class, expect_way, parse_upstream
from tawthiq.records.errors import CaptureFailed, WrongUsage
from tawthiq.records.provenance import ExitClass


@pytest.mark.parametrize(
    ("text", "kind", "host", "port"),
    [
        ("http://127.0.0.1:3128", UpstreamKind.HTTP, "127.0.0.1", 3128),
        ("HTTP://Gate.example", UpstreamKind.HTTP, "gate.example", 8080),
        ("socks5h://10.0.0.1", UpstreamKind.SOCKS5, "10.0.0.1", 1080),
        ("socks5://[::1]:9999/", UpstreamKind.SOCKS5, "::1", 9999),
        ("tor", UpstreamKind.TOR, "127.0.0.1", 9050),
        (" Tor ", UpstreamKind.TOR, "127.0.0.1", 9050),
        ("tor://127.0.0.1:9150", UpstreamKind.TOR, "127.0.0.1", 9150),
    ],
)
def test_spellings_of_a_proxy(text: str, kind: UpstreamKind, host: str, port: int) -> None:
    assert parse_upstream(text) == Upstream(kind, host, port)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_proxy_is_none(text: str | None) -> None:
    assert parse_upstream(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1:3128",
        "https://gate.example",
        "socks4://gate.example",
        "http://",
        "http://gate.example:0",
        "http://gate.example:99999",
        "http://gate.example/path",
        "http://gate.example?x",
        "http://[::1",
        "http://gate example",
        "http://:secret-word@gate.example",
        "tor://user:secret-word@127.0.0.1",
        "http://user:%FF@gate.example",
        "http://us%0Aer:secret-word@gate.example",
        f"socks5h://{'u' * 256}:secret-word@gate.example",
    ],
)
def test_what_is_no_proxy_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        parse_upstream(text)
    assert "secret-word" not in str(refused.value)
    assert "gate.example" not in str(refused.value)


@given(st.text(max_size=60))
def test_any_text_is_a_proxy_or_refused(text: str) -> None:
    for given_text in (text, f"http://{text}", f"socks5h://{text}@h"):
        try:
            parse_upstream(given_text)
        except WrongUsage:
            continue


def test_credentials_are_decoded_and_shown_nowhere() -> None:
    upstream = parse_upstream("socks5h://se%40m:p%3Aass@10.0.0.1:1")
    assert upstream is not None
    assert (upstream.user, upstream.password) == ("se@m", "p:ass")
    assert "se@m" not in repr(upstream)
    assert "p:ass" not in repr(upstream)


def test_each_site_has_a_circuit_of_its_own_through_tor_only() -> None:
    tor = parse_upstream("tor")
    plain = parse_upstream("socks5h://user:word@10.0.0.1")
    assert tor is not None
    assert plain is not None
    one, again, other = tor.isolated("a.example"), tor.isolated("a.example"), tor.isolated("b.example")
    assert (one.user, one.password) == (again.user, again.password)
    assert one.user != other.user
    assert "a.example" not in f"{one.user}{one.password}"
    assert plain.isolated("a.example") == plain


@pytest.mark.parametrize(
    ("setting", "proxy", "told"),
    [
        ("", None, ExitClass.OWN),
        ("", "http://h", ExitClass.PROXY),
        ("", "tor", ExitClass.TOR),
        ("vpn", None, ExitClass.VPN),
        ("tor", "socks5h://127.0.0.1:9050", ExitClass.TOR),
    ],
)
def test_class_of_the_way_out(setting: str, proxy: str | None, told: ExitClass) -> None:
    assert exit_class(setting, parse_upstream(proxy)) is told


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:1", "socks5h://127.0.0.1:1"])
@pytest.mark.parametrize("host", ["abcdef.onion", "www.abcdef.ONION", "abcdef.onion."])
def test_onion_services_are_asked_for_through_tor_alone(host: str, proxy: str | None) -> None:
    with pytest.raises(CaptureFailed, match="Tor"):
        expect_way(host, parse_upstream(proxy))
    expect_way(host, parse_upstream("tor"))
    expect_way("onion.example", parse_upstream(proxy))
