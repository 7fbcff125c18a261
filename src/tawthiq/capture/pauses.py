"""Politeness: the timetable of requests to each host, kept by every fetcher of a run together.

A host is asked at most once in its pause; longer where its robots.txt names a delay and the team obeys it, and not before
the time that a busy server names (`Retry-After`, RFC 9110 section 10.2.3). A short time is waited for; with a long one the
host is closed to the run, so that no server can stop it.
"""

import ipaddress
import threading
import time

# What is waited for. A server that asks for more is not asked again before that time.
LONGEST_HOLD = 120.0
LONGEST_DELAY = 30.0


class Pauses:
    """The timetable of requests to each host, at least `pause` seconds apart. Safe between threads."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._own_pause: dict[str, float] = {}
        self._free: dict[str, float] = {}
        self._closed: dict[str, float] = {}
        self._turn = threading.Lock()

    def wait(self, host: str) -> float:
        """Wait until `host` may be asked again; the seconds waited. Loopback hosts are not waited for."""
        if is_loopback(host):
            return 0.0
        with self._turn:
            now = time.monotonic()
            due = max(now, self._free.get(host, now))
            self._free[host] = due + self._own_pause.get(host, self._pause)
        time.sleep(due - now)
        return due - now

    def slow_down(self, host: str, seconds: float) -> None:
        """Ask `host` no more often than once in `seconds` (of which `LONGEST_DELAY` counts), nor than the usual pause."""
        with self._turn:
            own = max(self._pause, min(seconds, LONGEST_DELAY))
            self._free[host] = self._free.get(host, 0.0) + own - self._own_pause.get(host, self._pause)
            self._own_pause[host] = own

    def hold(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds` from now on: wait for it, or, where that is long, ask it nothing till then."""
        with self._turn:
            until = time.monotonic() + max(seconds, 0.0)
            if seconds > LONGEST_HOLD:
                self._closed[host] = max(until, self._closed.get(host, until))
            else:
                self._free[host] = max(until, self._free.get(host, until))

    def closed_for(self, host: str) -> float:
        """For how many more seconds `host` wants to be left alone, where that is longer than is waited for; else 0."""
        if is_loopback(host):
            return 0.0
        return max(self._closed.get(host, 0.0) - time.monotonic(), 0.0)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, which nobody needs to be spared from."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
