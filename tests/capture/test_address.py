"""Addresses as people write them, and the wire form that servers see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.capture.address import joined, leads_inside, looks_like_address, masked, parse
from tawthiq.records.errors import CaptureFailed


@pytest.mark.parametrize(
    ("given_address", "wire"),
    [
        ("http://example.org", "http://example.org/"),
        ("  HTTPS://Example.ORG:443/A?b=c#part ", "https://example.org/A?b=c"),
        ("http://example.org:8080/a b", "http://example.org:8080/a%20b"),
        ("http://example.org/أخبار?س=ج", "http://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B3=%D8%AC"),
        ("http://example.org/%D8%A3/100%", "http://example.org/%D8%A3/100%"),
        ("http://مثال.إختبار/", "http://xn--mgbh0fb.xn--kgbechtv/"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("http://example.org?q=1", "http://example.org/?q=1"),
        ("http://example.org/\u202egpj.exe", "http://example.org/%E2%80%AEgpj.exe"),
    ],
)
def test_wire_form(given_address: str, wire: str) -> None:
    assert parse(given_address).url == wire


@pytest.mark.parametrize(
    "bad",
    ["ftp://example.org/x", "file:///etc/hostname", "http://", "http:///x", "http://a b/", "http://example.org:99999/",
     "http://" + "a" * 70 + ".org/", "http://[::1", "https://exa\u202emple.org/", "http://x/" + "y" * 20_000, "javascript:x"],
)  # fmt: skip
def test_what_cannot_be_fetched_is_refused_by_name(bad: str) -> None:
    with pytest.raises(CaptureFailed) as caught:
        parse(bad)
    assert caught.value.advice
    assert "\u202e" not in str(caught.value)


def test_credentials_are_refused_and_never_shown() -> None:
    with pytest.raises(CaptureFailed) as caught:
        parse("https://documenter:geheim@example.org/private")
    assert "geheim" not in str(caught.value)
    assert "documenter" not in str(caught.value)
    assert masked("https://documenter:geheim@example.org/@x") == "https://…@example.org/@x"


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "http://example.org/b"),
        ("c?d", "http://example.org/x/c?d"),
        ("//other.example/p", "http://other.example/p"),
        ("https://example.org/ق".encode().decode("latin-1"), "https://example.org/%D9%82"),
        ("", "http://example.org/x/y"),
    ],
)
def test_where_a_location_leads(location: str, leads_to: str) -> None:
    assert joined(parse("http://example.org/x/y"), location).url == leads_to


def test_only_what_has_a_scheme_is_an_address() -> None:
    assert looks_like_address("http://example.org")
    assert looks_like_address("gopher://x")
    assert not looks_like_address("page.html")
    assert not looks_like_address("folder/http/x")
    assert not looks_like_address("-")


@given(st.text(max_size=80))
def test_any_text_after_the_scheme_gives_a_wire_address_or_a_clear_refusal(rest: str) -> None:
    try:
        address = parse("http://" + rest)
    except CaptureFailed:
        return
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert parse(address.url) == address


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True),
        ("[::1]", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),
        ("[fe80::1]", True),
        ("localhost", True),
        ("router", True),
        ("NAS.local.", True),
        ("127.1", True),
        ("0x7f.1", True),
        ("0177.0.0.1", True),
        ("2130706433", True),
        ("[fe80::1%25eth0]", True),
        ("1.257", False),
        ("[64:ff9b::7f00:1]", True),
        ("[2002:c0a8:101::1]", True),
        ("[fec0::1]", True),
        ("[ff02::fb]", True),
        ("[2620:fe::fe]", False),
        ("[64:ff9b::909:909]", False),
        ("1.2.3.4.example", False),
        ("outlet.example", False),
        ("1.1.1.1", False),
        ("local.example", False),
    ],
)
def test_hosts_of_the_own_network(host: str, inside: bool) -> None:
    assert leads_inside(host) is inside
