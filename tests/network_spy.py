"""Watches the resolver and the sockets of this process, so that a test sees what went round a proxy."""

import socket

import pytest


class Spy:
    """Every name that was looked up and every port that was connected to, those of test servers in this process included."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.ports: list[int] = []


def spied(monkeypatch: pytest.MonkeyPatch) -> Spy:
    """A spy that watches until the test ends."""
    seen = Spy()
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def looking_up(host: str, *rest: object, **named: object) -> object:
        seen.names.append(str(host))
        return look_up(host, *rest, **named)  # type: ignore[arg-type]

    def connecting(self: socket.socket, place: tuple[str, int]) -> None:
        seen.ports.append(place[1])
        connect(self, place)

    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    monkeypatch.setattr(socket.socket, "connect", connecting)
    for name in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        monkeypatch.setattr(socket, name, lambda *_: pytest.fail("a name was looked up"))
    return seen
