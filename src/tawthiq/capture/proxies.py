"""Proxies: the ways out that a team sets, parsed once for the fetcher and the browser's gate alike.

Four spellings: `http://[user:password@]host:port` (RFC 9110 section 7.3: requests whole, TLS through CONNECT),
`socks5h://[user:password@]host:port` (RFC 1928, RFC 1929), `tor` (Tor on this machine, 127.0.0.1 port 9050) and
`tor://host:port` (Tor elsewhere, such as Tor Browser's 9150). `socks5://` is taken as `socks5h://`: the proxy always looks
names up, because a question to the local resolver would tell the network which sites are documented. Whatever is set, there
is no way round it: a proxy that does not answer is an error, never a reason to connect directly.

Credentials are for the proxy alone. They are in no `repr`, no error and no record.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from tawthiq.records.errors import CaptureFailed, WrongUsage
from tawthiq.records.provenance import ExitClass

TOR = "tor"
TOR_HOST, TOR_PORT = "127.0.0.1", 9050
DEFAULT_PORTS = {"http": 8080, "socks5h": 1080, "socks5": 1080, "tor": TOR_PORT}
# RFC 1929 section 2: one octet of length each.
LONGEST_CREDENTIAL = 255
HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")
ADVICE = (
    'write "http://host:port", "socks5h://host:port" or "tor"; user and password go before the host, percent-encoded'
)
# Tor keeps streams of different SOCKS credentials on different circuits (IsolateSOCKSAuth, on by default).
_RUN = secrets.token_bytes(32)


class UpstreamKind(StrEnum):
    """What a proxy speaks; Tor speaks SOCKS5, and is told apart because it alone reaches onion services."""

    HTTP = "http"
    SOCKS5 = "socks5h"
    TOR = "tor"


@dataclass(frozen=True, slots=True)
class Upstream:
    """A proxy. `host` is a name or an address without brackets; `user` and `password` are None where it asks for none."""

    kind: UpstreamKind
    host: str
    port: int
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @property
    def speaks_socks(self) -> bool:
        """Whether requests are handed over by SOCKS5 (RFC 1928), names included."""
        return self.kind is not UpstreamKind.HTTP

    @property
    def authority(self) -> str:
        """Host and port, IPv6 in brackets; for connecting, not for records."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def isolated(self, site: str) -> "Upstream":
        """The proxy as `site` (a host name) is to be reached through it: through Tor, on a circuit that no other site shares.

        The credentials are random for each run of the program and the same for one site within it.
        """
        if self.kind is not UpstreamKind.TOR:
            return self
        drawn = hmac.new(_RUN, site.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return replace(self, user=drawn[:32], password=drawn[32:])


def parse_upstream(text: str | None) -> Upstream | None:
    """The proxy that a setting spells; None for none. Raises WrongUsage, which never repeats what was given."""
    given = (text or "").strip()
    if not given:
        return None
    if given.lower() == TOR:
        return Upstream(UpstreamKind.TOR, TOR_HOST, TOR_PORT)
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _unusable("it is no address of a proxy") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise _unusable("it is no proxy of a kind that can be used")
    if not HOST.fullmatch(host) or port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _unusable("it is no address of a proxy")
    kind = UpstreamKind.SOCKS5 if parts.scheme == "socks5" else UpstreamKind(parts.scheme)
    user, password = _credential(parts.username), _credential(parts.password)
    if kind is UpstreamKind.TOR and user:
        raise _unusable("Tor takes no user name here: each site gets credentials of its own")
    if not user and password:
        raise _unusable("it has a password without a user name")
    port = port or DEFAULT_PORTS[parts.scheme]
    return Upstream(kind, host, port, user, password or "") if user else Upstream(kind, host, port)


def exit_class(setting: str, upstream: Upstream | None) -> ExitClass:
    """The class of the way out: what the setting `exit` says, else what the proxy tells."""
    if setting:
        return ExitClass(setting)
    if upstream is None:
        return ExitClass.OWN
    return ExitClass.TOR if upstream.kind is UpstreamKind.TOR else ExitClass.PROXY


def expect_way(host: str, upstream: Upstream | None) -> None:
    """Raises CaptureFailed for an onion service (RFC 7686) that would not be asked for through Tor.

    Its name must reach neither a resolver nor a proxy that is not Tor: the question alone tells what is being looked at.
    """
    name = host.lower().rstrip(".")
    through_tor = upstream is not None and upstream.kind is UpstreamKind.TOR
    if (name == "onion" or name.endswith(".onion")) and not through_tor:
        raise CaptureFailed(
            item=host,
            happened="an onion service is reached through Tor only, and no Tor is set; nothing was asked for",
            advice='start Tor and set proxy = "tor" in tawthiq.toml, or give --proxy tor',
        )


def _credential(quoted: str | None) -> str | None:
    """A user name or password as it is meant. Raises WrongUsage for one that RFC 1929 cannot carry."""
    if quoted is None:
        return None
    meant = unquote(quoted, errors="surrogateescape")
    try:
        length = len(meant.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise _unusable("its user name or password is no text") from error
    if length > LONGEST_CREDENTIAL or any(ord(letter) < 32 for letter in meant):
        raise _unusable(
            f"its user name or password is longer than {LONGEST_CREDENTIAL} bytes or holds control characters"
        )
    return meant


def _unusable(happened: str) -> WrongUsage:
    return WrongUsage(item="the proxy that is set", happened=happened, advice=ADVICE)
