"""Limits on guessing passwords: failures are counted for the name and for the address it comes from.

Counts live in the server's memory; a restart forgets them, and only somebody at the machine can restart it.
"""

from hashlib import sha256

from django.core.cache import cache

WINDOW_SECONDS = 15 * 60
FAILURES_OF_A_NAME = 5
FAILURES_OF_AN_ADDRESS = 20


def is_blocked(name: str, address: str) -> bool:
    """Whether this name or address has failed too often within the window."""
    return bool(
        cache.get(_key("name", name), 0) >= FAILURES_OF_A_NAME
        or cache.get(_key("address", address), 0) >= FAILURES_OF_AN_ADDRESS
    )


def count_failure(name: str, address: str) -> None:
    """Remember one failed attempt."""
    for key in (_key("name", name), _key("address", address)):
        cache.add(key, 0, WINDOW_SECONDS)
        try:
            cache.incr(key)
        except ValueError:  # the window ended between the two calls
            cache.set(key, 1, WINDOW_SECONDS)


def forget_failures(name: str) -> None:
    """Start anew for a name that has just signed in."""
    cache.delete(_key("name", name))


def _key(what: str, value: str) -> str:
    return f"attempts:{what}:{sha256(value.casefold().encode('utf-8', 'surrogatepass')).hexdigest()}"
