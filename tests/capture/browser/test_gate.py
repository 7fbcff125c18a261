"""The gate: whom it lets through, whom it refuses, and what it remembers. Real sockets on loopback."""

import asyncio
import contextlib
import ipaddress
import struct
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.capture.address import innermost
from tawthiq.capture.browser import gate as gate_module
from tawthiq.capture.browser.gate import Gate
from tawthiq.capture.browser.outward import Space, space_of, space_of_name
from tawthiq.capture.proxies import Upstream, UpstreamKind, parse_upstream

GRANTED, REFUSED, UNREACHABLE = 0, 2, 4
Scene = Callable[[Gate, int, int], Awaitable[None]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "PERMISSION_SECONDS", 0.15)


def play(scene: Scene, upstream: Upstream | None = None) -> Gate:
    """Run a scene with a gate: it gets the gate, the port of its page's door, and that of a server that echoes."""

    async def run() -> Gate:
        gate = Gate(upstream)
        page_door, _ = await gate.open()
        gate.begin_page()
        server = await asyncio.start_server(_echo, "127.0.0.1", 0)
        try:
            await scene(gate, page_door, server.sockets[0].getsockname()[1])
        finally:
            await gate.close()
            server.close()
            await asyncio.sleep(0.01)
        return gate

    return asyncio.run(run())


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1000):
        writer.write(b"echo " + data)
    writer.close()


async def ask(door: int, host: str, port: int) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
    """The gate's reply to a SOCKS5 client, and the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", door)
    writer.write(b"\x05\x01\x00" + b"\x05\x01\x00\x03" + bytes([len(host)]) + host.encode() + struct.pack(">H", port))
    assert await reader.readexactly(2) == b"\x05\x00"
    return (await reader.readexactly(10))[1], reader, writer


def test_a_host_that_the_page_names_is_reached_and_its_address_remembered() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("localhost", port)
        reply, reader, writer = await ask(door, "localhost", port)
        assert reply == GRANTED
        writer.write(b"hello")
        assert await reader.read(100) == b"echo hello"
        assert gate.peer("LOCALHOST", port) == f"127.0.0.1:{port}"
        writer.close()

    play(scene)


def test_a_host_that_no_request_names_is_refused_and_written_down() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        reply, _, _ = await ask(door, "127.0.0.1", port)
        assert reply == REFUSED
        assert gate.refusal("127.0.0.1", port) == "no request of the page names it"

    play(scene)


def test_the_same_host_on_another_port_is_not_named() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", port + 1)
        assert (await ask(door, "127.0.0.1", port))[0] == REFUSED

    play(scene)


def test_a_connection_waits_for_the_request_that_needs_it() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        asyncio.get_running_loop().call_later(0.05, gate.permit, "127.0.0.1", port)
        assert (await ask(door, "127.0.0.1", port))[0] == GRANTED

    play(scene)


def test_what_one_page_named_is_forgotten_for_the_next_and_its_connections_end() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", port)
        reply, reader, _ = await ask(door, "127.0.0.1", port)
        assert reply == GRANTED
        gate.begin_page()
        with contextlib.suppress(ConnectionError):
            assert await reader.read(10) == b""
        assert (await ask(door, "127.0.0.1", port))[0] == REFUSED

    play(scene)


def test_nothing_passes_once_recording_has_ended() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", port)
        gate.end_page()
        assert (await ask(door, "127.0.0.1", port))[0] == REFUSED

    play(scene)


def test_the_browsers_own_door_opens_for_nobody() -> None:
    async def run() -> list[str]:
        gate = Gate(None)
        _, browser_door = await gate.open()
        gate.begin_page()
        gate.permit("updates.example", 443)
        assert (await ask(browser_door, "updates.example", 443))[0] == REFUSED
        await gate.close()
        return gate.browser_asked

    assert asyncio.run(run()) == ["updates.example:443"]


def test_the_gates_own_doors_are_out_of_reach() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", door)
        assert (await ask(door, "127.0.0.1", door))[0] == REFUSED

    play(scene)


def test_a_page_of_the_web_cannot_reach_into_this_computer_by_name_or_by_rebinding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # One answers on loopback and says of itself that it stands on the web.
    monkeypatch.setattr(
        gate_module, "space_of", lambda address: Space.PUBLIC if address == "127.0.0.2" else space_of(address)
    )

    async def named(host: str, port: int) -> list[str]:
        return ["127.0.0.2"] if host == "news.example" else ["127.0.0.1"]

    monkeypatch.setattr(gate_module, "resolved", named)

    async def scene(gate: Gate, door: int, port: int) -> None:
        for host in ("news.example", "127.0.0.1", "rebound.example", "localhost"):
            gate.permit(host, port)
        # Nothing listens at the page's own address: it is refused all the same, not reached.
        assert (await ask(door, "news.example", port))[0] in (GRANTED, UNREACHABLE)
        for host in ("127.0.0.1", "rebound.example", "localhost"):
            assert (await ask(door, host, port))[0] == REFUSED
            assert gate.refusal(host, port) == "a page from outside may not reach into this computer"

    play(scene)


def test_a_page_that_a_site_of_the_web_named_is_not_asked_for_in_the_own_network() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.begin_page(from_outside=True)
        gate.permit("localhost", port)
        assert (await ask(door, "localhost", port))[0] == REFUSED
        gate.begin_page()
        gate.permit("localhost", port)
        assert (await ask(door, "localhost", port))[0] == GRANTED

    play(scene)


def test_a_local_page_that_leads_to_the_web_loses_its_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", port)
        assert (await ask(door, "127.0.0.1", port))[0] == GRANTED
        gate.answered("news.example", 443)
        assert (await ask(door, "127.0.0.1", port))[0] == REFUSED

    play(scene)


def test_an_onion_service_is_asked_for_through_tor_only() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("abc.onion", 80)
        assert (await ask(door, "abc.onion", 80))[0] == REFUSED
        assert "Tor" in (gate.refusal("abc.onion", 80) or "")

    play(scene)


def test_a_host_that_cannot_be_reached_is_a_failure_not_a_refusal() -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", 1)
        assert (await ask(door, "127.0.0.1", 1))[0] == UNREACHABLE
        assert gate.refusal("127.0.0.1", 1) is None
        assert "no connection" in (gate.failure("127.0.0.1", 1) or "")

    play(scene)


async def _proxy(said: list[bytes], answer: Callable[[bytes], list[bytes]]) -> tuple[asyncio.Server, int]:
    """A proxy that notes what it hears and answers each piece by the next of `answer`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(1000)
        said.append(first)
        for reply in answer(first):
            writer.write(reply)
            said.append(await reader.read(1000))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


def _through(kind: UpstreamKind, answers: list[bytes], host: str = "news.example") -> tuple[int, list[bytes], Gate]:
    async def run() -> tuple[int, list[bytes], Gate]:
        said: list[bytes] = []
        server, port = await _proxy(said, lambda _: answers)
        gate = Gate(Upstream(kind, "127.0.0.1", port))
        door, _ = await gate.open()
        gate.begin_page()
        gate.permit(host, 443)
        reply, _, writer = await ask(door, host, 443)
        writer.close()
        await gate.close()
        server.close()
        await asyncio.sleep(0.01)
        return reply, said, gate

    return asyncio.run(run())


def test_an_http_proxy_is_asked_to_connect_to_the_name() -> None:
    reply, said, gate = _through(UpstreamKind.HTTP, [b"HTTP/1.1 200 OK\r\n\r\n"])
    assert reply == GRANTED
    assert said[0].startswith(b"CONNECT news.example:443 HTTP/1.1\r\nHost: news.example:443\r\n")
    assert gate.peer("news.example", 443) is None


def test_tor_gets_the_name_and_credentials_of_the_page() -> None:
    answers = [b"\x05\x02", b"\x01\x00", b"\x05\x00\x00\x01" + bytes(6)]
    reply, said, gate = _through(UpstreamKind.TOR, answers, "abcdef.onion")
    assert reply == GRANTED
    assert said[0] == b"\x05\x01\x02"
    assert b"abcdef.onion" in said[2]
    assert gate.peer("abcdef.onion", 443) is None


def test_a_proxy_that_refuses_is_never_gone_round() -> None:
    reply, _, gate = _through(UpstreamKind.HTTP, [b"HTTP/1.1 403 Forbidden\r\n\r\n"])
    assert reply == UNREACHABLE
    assert gate.failure("news.example", 443) == "the proxy refuses (403 Forbidden)"


def test_a_dead_proxy_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        gate.permit("127.0.0.1", port)
        assert (await ask(door, "127.0.0.1", port))[0] == UNREACHABLE
        assert "the proxy does not answer" in (gate.failure("127.0.0.1", port) or "")

    play(scene, parse_upstream("socks5h://127.0.0.1:1"))


@pytest.mark.parametrize(
    ("address", "space"),
    [
        ("127.0.0.1", Space.LOOPBACK),
        ("127.8.8.8", Space.LOOPBACK),
        ("0.0.0.0", Space.LOOPBACK),
        ("::1", Space.LOOPBACK),
        ("::ffff:127.0.0.1", Space.LOOPBACK),
        ("64:ff9b::7f00:1", Space.LOOPBACK),
        ("10.1.2.3", Space.LOCAL),
        ("192.168.0.1", Space.LOCAL),
        ("169.254.169.254", Space.LOCAL),
        ("100.64.0.1", Space.LOCAL),
        ("fe80::1%eth0", Space.LOCAL),
        ("fd00::1", Space.LOCAL),
        ("224.0.0.1", Space.LOCAL),
        ("::ffff:10.0.0.1", Space.LOCAL),
        ("9.9.9.9", Space.PUBLIC),
        ("2620:fe::fe", Space.PUBLIC),
    ],
)
def test_address_spaces(address: str, space: Space) -> None:
    assert space_of(address) is space


@given(st.ip_addresses())
def test_every_address_has_a_space_and_only_global_ones_are_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert space_of(str(address)) is not Space.PUBLIC or innermost(str(address)).is_global


@pytest.mark.parametrize(
    ("host", "space"),
    [
        ("LOCALHOST.", Space.LOOPBACK),
        ("a.localhost", Space.LOOPBACK),
        ("router", Space.LOCAL),
        ("nas.local", Space.LOCAL),
        ("192.168.1", Space.LOCAL),
        ("news.example", Space.PUBLIC),
    ],
)
def test_names_that_tell_where_they_lead(host: str, space: Space) -> None:
    assert space_of_name(host) is space


@given(st.binary(max_size=40))
def test_any_bytes_at_the_door_are_refused_quietly(data: bytes) -> None:
    async def scene(gate: Gate, door: int, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", door)
        writer.write(data)
        writer.write_eof()
        answer = await reader.read(100)
        assert len(answer) < 10 or answer[3] != GRANTED

    play(scene)
