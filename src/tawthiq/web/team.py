"""A team's server behind a reverse proxy: what it demands, what it sets, and what it takes from the proxy.

The proxy ends TLS and says so to browsers (HSTS is its own); here every page counts as asked for over HTTPS. Of what a proxy
adds, only the last address of X-Forwarded-For is used, for limits on guessing alone, when the team says so, and only from this
machine or a socket: anybody else could write it himself. `/health` tells a supervisor that pages and database answer, and
nothing more.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from tawthiq.archive.database_address import located
from tawthiq.custody import age
from tawthiq.records.errors import WrongUsage
from tawthiq.store.keys import read_private
from tawthiq.store.layout import Layout

HEALTH = "/health"
THREADS = 16
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$")
# File systems on which SQLite's locks do not hold between machines (sqlite.org/faq.html#q5).
_SHARED = re.compile(r"^(nfs|cifs|smb|afs|9p|ceph|gluster|lustre|fuse\.(sshfs|gluster|rclone|s3fs))")
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Team:
    """How a team reaches the server: its public address, and whether limits go by X-Forwarded-For."""

    address: str
    forwarded: bool = False

    @property
    def host(self) -> str:
        """The host of the public address, without its port."""
        return urlsplit(self.address).hostname or ""


def team_of(address: str, *, forwarded: bool) -> Team:
    """The team of a public address as typed. Raises WrongUsage for one that is not https://HOST[:PORT]."""
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise _wrong(address) from error
    is_onion = parts.scheme == "http" and host.endswith(".onion")
    rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if rest or not _HOST.match(host) or not (parts.scheme == "https" or is_onion):
        raise _wrong(address)
    return Team(f"{parts.scheme}://{host}{f':{port}' if port else ''}", forwarded)


def expect_fit(folder: Path, *, sealed_key: bool) -> None:
    """Raises WrongUsage for an archive that a team must not share as it is."""
    if sealed_key and not age.is_sealed(read_private(Layout(folder))):
        raise WrongUsage(
            item=str(folder),
            happened="its signing key is not sealed with a passphrase, as this server demands",
            advice="seal it with: tawthiq key protect",
        )
    kind = _file_system(folder)
    if located(folder) is None and _SHARED.match(kind):
        raise WrongUsage(
            item=str(folder),
            happened=f"its SQLite database lies on a network file system ({kind}), where it may be torn",
            advice="keep the archive on a disk of this machine, or move the database: tawthiq move --to postgresql://...",
        )


def settle(team: Team) -> None:
    """Have Django's settings be those of a server that browsers reach over HTTPS under one name."""
    settings.ALLOWED_HOSTS = [team.host]
    settings.CSRF_TRUSTED_ORIGINS = [team.address]
    secure = team.address.startswith("https:")
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = secure


def application(inner: Application, team: Team) -> Application:
    """The pages as the proxy asks for them."""

    def answer(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        told = environ.pop("HTTP_X_FORWARDED_FOR", "")
        for name in [each for each in environ if each.startswith("HTTP_X_FORWARDED") or each == "HTTP_FORWARDED"]:
            del environ[name]
        is_near = _is_near(str(environ.get("REMOTE_ADDR", "")))
        if environ.get("PATH_INFO") == HEALTH and is_near and not told:
            return _health(start)
        if team.forwarded and is_near:
            environ["REMOTE_ADDR"] = _last_address(told) or environ.get("REMOTE_ADDR", "")
        return inner(environ, start)

    return answer


def _health(start: Callable[..., Any]) -> Iterable[bytes]:
    """Whether the database answers, in one word."""
    try:
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        status, said = "200 OK", b"ok\n"
    except DatabaseError:
        status, said = "503 Service Unavailable", b"the database does not answer\n"
    start(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(said))), ("Cache-Control", "no-store")])
    return [said]


def _is_near(address: str) -> bool:
    """Whether a request comes from this machine, or over a socket."""
    if address in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _last_address(told: str) -> str:
    """The address that the nearest proxy wrote at the end of X-Forwarded-For; empty for none."""
    last = told.rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return ""


def _file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system that a folder lies on; empty where the system does not say."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    found = [(parts[1].replace("\\040", " "), parts[2]) for parts in (line.split() for line in lines) if len(parts) > 2]
    around = [(len(place), kind) for place, kind in found if folder.is_relative_to(place)]
    return max(around)[1] if around else ""


def _wrong(address: str) -> WrongUsage:
    return WrongUsage(
        item=f"--address {address!a}",
        happened="it is not the address of a team's desk",
        advice="give the address that people type, without a path: https://desk.example.org",
    )
