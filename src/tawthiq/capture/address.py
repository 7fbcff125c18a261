"""Web addresses: as people give them, and as they go over the wire (RFC 3986, RFC 3987, IDNA 2003 host names).

An address may hold Arabic letters, spaces and stray percent signs; its wire form is ASCII. User names and passwords in an
address are refused, never sent and never stored.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from tawthiq.capture.names import shown
from tawthiq.records.errors import CaptureFailed

SCHEME = re.compile(r"^\s*([A-Za-z][A-Za-z0-9+.-]*)://")
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 16_384
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# RFC 6052: IPv4 addresses as a translating network writes them.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
# WHATWG URL, path and query percent-encode sets, turned round: what stays as given.
PATH_KEPT = "/%:@!$&'()*+,;=~-._[]|\\"
QUERY_KEPT = PATH_KEPT.replace("'", "") + "?`{}^"
ODD_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")
HOST_LETTERS = re.compile(r"^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$")


@dataclass(frozen=True, slots=True)
class Address:
    """One http or https address in wire form.

    `host` is lower-case ASCII (IPv6 in brackets), `target` the path and query of the request line. Fragments are not
    part of it: they never leave the reader's browser.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port: the value of the Host header."""
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address; equal for two spellings of one address."""
        return f"{self.scheme}://{self.authority}{self.target}"


def leads_inside(host: str) -> bool:
    """Whether a host, as it stands in an address, is this machine or one of a private network (RFC 6890, RFC 6761, RFC 6762).

    Told by the name or number alone, in every spelling of a number that resolvers take ("127.1", "0x7f.1"): what a public name
    resolves to is not asked; of an open connection, ask with the address at its other end.
    """
    name = host.strip("[]").lower().rstrip(".").partition("%")[0]
    try:
        return not is_public(innermost(_plain_number(name)))
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))


def innermost(number: str) -> IPAddress:
    """The address that a number stands for: of an IPv6 number that carries an IPv4 address, that one.

    RFC 4291 section 2.5.5.2 (mapped), RFC 6052 (translated), RFC 3056 (6to4). Raises ValueError for what is no number.
    """
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(address.packed[-4:]) if address in TRANSLATED else None
        return address.ipv4_mapped or translated or address.sixtofour or address
    return address


def is_public(address: IPAddress) -> bool:
    """Whether an address is one of the public network; site-local ones (RFC 3879) are still routed in old networks."""
    is_site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not address.is_multicast and not is_site_local


def looks_like_address(given: str) -> bool:
    """Whether what a person gave is meant as an address (of whatever scheme) rather than as a file."""
    return SCHEME.match(given) is not None


def parse(given: str) -> Address:
    """The address that `given` spells. Raises CaptureFailed when it is none that can be fetched."""
    text = given.strip()
    if len(text) > LONGEST:
        raise _refused(text, f"the address is longer than {LONGEST} characters", "check it for a stray paste")
    scheme = text.partition(":")[0].lower()
    if scheme not in DEFAULT_PORTS:
        advice = "give an http or https address, or the name of a file or folder"
        raise _refused(_masked(text), f'"{shown(scheme, 40)}" addresses cannot be fetched', advice)
    try:
        parts = urlsplit(text)
        port, credentials = parts.port, parts.username is not None or parts.password is not None
        host = _wire_host(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise _refused(_masked(text), f"this is not a web address ({error})", "check its spelling") from error
    if credentials:
        raise _refused(
            _masked(text),
            "the address holds a user name or password, which would be kept in the evidence",
            "give it without them; save a page that needs them with a browser and collect the file",
        )
    target = quote(parts.path or "/", safe=PATH_KEPT, encoding="utf-8", errors="surrogateescape")
    if not target.startswith("/"):
        target = "/" + target
    if parts.query:
        target += "?" + quote(parts.query, safe=QUERY_KEPT, encoding="utf-8", errors="surrogateescape")
    return Address(scheme, host, port or DEFAULT_PORTS[scheme], target)


def joined(base: Address, location: str) -> Address:
    """Where a Location header read at `base` leads. `location` holds the header's bytes one character each."""
    try:
        text = location.encode("latin-1").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        text = location
    try:
        return parse(urljoin(base.url, text.strip()))
    except ValueError as error:
        raise _refused(
            base.url, f'it redirects to "{shown(text, 200)}", no web address', "check it in a browser"
        ) from error


def masked(given: str) -> str:
    """What was given, fit to be shown or logged: without user name and password."""
    return _masked(given.strip())


def _plain_number(name: str) -> str:
    """An IPv4 address in the spellings of inet_aton(3) as four decimal numbers; whatever else is given, as it is."""
    if not ODD_NUMBER.fullmatch(name):
        return name
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return name


def _wire_host(host: str) -> str:
    """A host name as DNS knows it. Raises ValueError (UnicodeError included) when it cannot be one."""
    if not host:
        raise ValueError("it names no host")
    if ":" in host:
        return f"[{host.lower()}]"
    wire = host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()
    if not HOST_LETTERS.match(wire) or len(wire) > 253 or any(len(label) > 63 for label in wire.split(".")):
        raise ValueError("its host is no host name")
    return wire


def _masked(text: str) -> str:
    return re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@", r"\1…@", text)


def _refused(item: str, happened: str, advice: str) -> CaptureFailed:
    return CaptureFailed(item=shown(item, 300), happened=happened, advice=advice)
