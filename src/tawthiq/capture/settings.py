"""How fetching behaves: what we say of ourselves, how long we wait, how much we take, how gently we ask."""

from dataclasses import dataclass, field
from pathlib import Path

from tawthiq import __version__
from tawthiq.records.provenance import RobotsStance

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Settings of one fetcher. Times are seconds, sizes bytes.

    `total_timeout` bounds one source from its first connection to its last byte, redirects included and pauses not
    counted, so a server that drips a byte a second cannot hold the work. An answer is held in memory before it is kept,
    hence a modest `size_limit`. `pause` is the least time between two requests to one host; loopback hosts are not
    paused for. `proxy` is a proxy as `proxies.parse_upstream` reads it; proxies named in the environment are ignored, so
    that nobody's traffic takes a way that its owner did not choose. `authorities` is a file of further certificate
    authorities in PEM, beside those of the system. `robots` is the stance towards robots.txt.
    """

    user_agent: str = f"tawthiq/{__version__}"
    accept_language: str = "ar,en;q=0.8"
    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    total_timeout: float = 180.0
    size_limit: int = 64 * MEBIBYTE
    redirect_limit: int = 10
    pause: float = 1.0
    proxy: str | None = field(default=None, repr=False)
    authorities: Path | None = None
    robots: RobotsStance = RobotsStance.IGNORE
