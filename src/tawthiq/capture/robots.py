"""What a site's robots.txt says about an address (RFC 9309), by the stance that a team takes towards it.

One question a site and run. A robots.txt that does not exist allows everything; one that cannot be had, because the server
fails or nobody answers, forbids everything (sections 2.3.1.3 and 2.3.1.4). Up to five redirects are followed, and 500 KiB
are read (section 2.5). Matching is protego's; groups for other robots are taken together first, so that a hostile file of
thousands of groups costs no more than its length.

| stance | what happens |
|---|---|
| obey | an address that is disallowed is not fetched; a crawl delay is kept within bounds |
| note | the verdict is recorded, everything is fetched |
| ignore | robots.txt is not asked for |
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from protego import Protego

from tawthiq.capture.address import Address
from tawthiq.capture.names import shown
from tawthiq.capture.pauses import Pauses
from tawthiq.capture.wire import STATUS_LINE
from tawthiq.records.capture import Exchange
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.provenance import RobotsStance

PRODUCT = "tawthiq"
LARGEST = 500 * 1024
MOST_REDIRECTS = 5
SECONDS = 30.0
MOST_SITES = 1_000
MOST_SITEMAPS = 100
AGENT_FIELDS = ("user-agent", "useragent", "user agent")
Ask = Callable[[str], Sequence[Exchange]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What robots.txt says of one address. `found` is the status it came with, or why it did not come."""

    stance: RobotsStance
    allowed: bool
    found: str

    def facts(self) -> dict[str, object]:
        """As a capture's record states it, beside the stance."""
        return {"robots_allowed": self.allowed, "robots_txt": self.found}


@dataclass(frozen=True, slots=True)
class _Site:
    """One site's robots.txt: None stands for a file that allows (`closed` False) or forbids (True) everything."""

    rules: Protego | None
    closed: bool
    found: str


class Robots:
    """The robots.txt of every site of a run, asked for once each. Safe between threads."""

    def __init__(self, stance: RobotsStance, pauses: Pauses) -> None:
        self._stance = stance
        self._pauses = pauses
        self._sites: dict[str, _Site] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._turn = threading.Lock()

    def admit(self, address: Address, ask: Ask) -> Verdict | None:
        """The verdict on an address, None where robots.txt is ignored; `ask` fetches an address.

        Raises CaptureFailed for a disallowed address where robots.txt is obeyed.
        """
        if self._stance is RobotsStance.IGNORE or address.target == "/robots.txt":
            return None
        self._site(address, ask)
        verdict = self.verdict(address)
        if verdict is not None and not verdict.allowed and self._stance is RobotsStance.OBEY:
            unread = "" if verdict.found.isdigit() else f", which could not be had ({verdict.found})"
            raise CaptureFailed(
                item=shown(address.url, 300),
                happened=f"it was not asked for: the site's robots.txt{unread} does not allow it, and robots.txt is obeyed",
                advice='save the page with a browser, or set robots = "note" in tawthiq.toml to collect it all the same',
            )
        return verdict

    def verdict(self, address: Address) -> Verdict | None:
        """The verdict on an address of a site that was asked about already; None for others."""
        site = self._sites.get(_origin(address))
        if site is None:
            return None
        allowed = not site.closed if site.rules is None else bool(site.rules.can_fetch(address.url, PRODUCT))
        return Verdict(self._stance, allowed, site.found)

    def sitemaps(self, address: Address, ask: Ask) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the address's site names, whatever the stance: a person asked for them."""
        site = self._site(address, ask)
        return () if site.rules is None else tuple(site.rules.sitemaps)[:MOST_SITEMAPS]

    def _site(self, address: Address, ask: Ask) -> _Site:
        """The site's robots.txt, asked for by the first that needs it while others wait."""
        origin = _origin(address)
        with self._turn:
            asking = self._asking.setdefault(origin, threading.Lock())
        with asking:
            site = self._sites.get(origin)
            if site is None:
                site = _asked_for(f"{origin}/robots.txt", ask)
                self._slow_down(address, site)
                with self._turn:
                    self._sites[origin] = site
                    if len(self._sites) > MOST_SITES:
                        del self._sites[next(iter(self._sites))]
        return site

    def _slow_down(self, address: Address, site: _Site) -> None:
        delay = site.rules.crawl_delay(PRODUCT) if site.rules is not None else None
        if delay is not None and self._stance is RobotsStance.OBEY:
            self._pauses.slow_down(address.host, float(delay))


def _asked_for(url: str, ask: Ask) -> _Site:
    """The rules at `url`, by what answered (RFC 9309 section 2.3.1)."""
    try:
        last = ask(url)[-1]
    except CaptureFailed:
        return _Site(None, closed=True, found="no answer")
    status = STATUS_LINE.match(last.status_line)
    code = int(status[1]) if status else 0
    if 200 <= code < 300:
        return _Site(Protego.parse(_for_us(last.payload)), closed=False, found=str(code))
    return _Site(None, closed=code >= 500, found=str(code) if code < 500 else f"status {code}")


def _for_us(payload: bytes) -> str:
    """The file as text, with all groups that are neither for us nor for everyone under one name."""
    lines = payload[:LARGEST].decode("utf-8-sig", "replace").splitlines()
    return "\n".join(
        "User-agent: another" if lower.startswith(AGENT_FIELDS) and PRODUCT not in lower and "*" not in lower else line
        for line in lines
        for lower in [line.strip().lower()]
    )


def _origin(address: Address) -> str:
    return f"{address.scheme}://{address.authority}"
