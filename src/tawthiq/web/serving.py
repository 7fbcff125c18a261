"""Serves an archive's pages: to this machine over plain HTTP, or to a team behind a reverse proxy (`web.team`)."""

import ipaddress
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tawthiq.archive.database import open_database, set_up_django
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.web import team as team_server
from tawthiq.web.long_lived import spare_long_lived
from tawthiq.web.team import Team

THREADS = 8
# Waitress refuses larger bodies before reading them. The largest that pages take is a layer of a map (8 MB); forms without a
# file stay below settings.DATA_UPLOAD_MAX_MEMORY_SIZE.
LARGEST_REQUEST = 9_000_000
# Owner and group may write to a socket: the proxy is in the group.
SOCKET_RIGHTS = "660"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has its port and is ready to run.

    `address` is where the pages are; `owner_link` the one-time link of the first owner, None once there are users;
    `run` serves until interrupted, `close` gives the port back.
    """

    address: str
    owner_link: str | None
    run: Callable[[], None]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens: an address of a machine and a port (0 for any free one), or a socket's path."""

    host: str
    port: int
    socket: Path | None = None


def prepare(folder: ArchiveFolder, place: Place, team: Team | None = None) -> Server:
    """Open the database, take the port and make the first owner's link.

    Raises WrongUsage for an address that others reach where no team is served, and for a port or socket that is taken or cannot
    be used; ArchiveBusy while the archive's database is being moved.
    """
    if team is None:
        _expect_loopback(place)
    set_up_django()
    from tawthiq.archive.moving import served  # noqa: PLC0415  models need Django set up above

    with ExitStack() as held:
        held.enter_context(served(folder.path))
        open_database(folder.database)
        token = _settled(folder, team)
        spare_long_lived()
        server = _listening(place, team)
        return _ready(folder, server, _address(place, team, server), token, held.pop_all())


def _settled(folder: ArchiveFolder, team: Team | None) -> str | None:
    """What is due before the first page: erasures finished, secrets at hand; the token of the first owner's link."""
    from tawthiq.casework.domain.erasing import forget_erased  # noqa: PLC0415
    from tawthiq.casework.domain.first_owner import make_link  # noqa: PLC0415  models need an open database
    from tawthiq.casework.domain.people_sealing import seal_pairs  # noqa: PLC0415
    from tawthiq.casework.domain.session_secret import session_secret  # noqa: PLC0415

    if any(folder.erasures()):
        forget_erased(folder)
    seal_pairs(folder.path)
    settings.SECRET_KEY = session_secret()
    settings.ARCHIVE_FOLDER = folder.path
    if team:
        team_server.settle(team)
    return make_link()


def _ready(folder: ArchiveFolder, server: Any, address: str, token: str | None, held: ExitStack) -> Server:
    from tawthiq.casework.domain.custody import write_waiting  # noqa: PLC0415  models need an open database

    def close() -> None:
        server.close()
        write_waiting(folder.path, last=True)
        held.close()

    return Server(address, f"{address}first-owner/{token}/" if token else None, server.run, close)


def _listening(place: Place, team: Team | None) -> Any:
    """A server of the pages that has its port or socket. Raises WrongUsage."""
    pages = get_wsgi_application()
    where: dict[str, Any] = {"host": place.host, "port": place.port}
    if place.socket:
        where = {"unix_socket": str(place.socket), "unix_socket_perms": SOCKET_RIGHTS}
    try:
        return waitress.create_server(
            team_server.application(pages, team) if team else pages,
            threads=team_server.THREADS if team else THREADS,
            url_scheme=team.address.partition(":")[0] if team else "http",
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
            clear_untrusted_proxy_headers=team is None,
            **where,
        )
    except OSError as error:
        reason = error.strerror or error
        if place.socket:
            advice = "choose another with --unix, in a folder that this user may write in"
            raise WrongUsage(
                item=str(place.socket), happened=f"the socket cannot be made ({reason})", advice=advice
            ) from error
        raise WrongUsage(
            item=f"{place.host}:{place.port}",
            happened=f"the port cannot be used ({reason})",
            advice="choose another with --port, or --port 0 for any free one",
        ) from error


def _address(place: Place, team: Team | None, server: Any) -> str:
    """Where people find the pages."""
    if team:
        return f"{team.address}/"
    shown = f"[{place.host}]" if ":" in place.host else place.host
    return f"http://{shown}:{server.effective_port}/"


def _expect_loopback(place: Place) -> None:
    if place.socket or place.host == "localhost":
        return
    try:
        if ipaddress.ip_address(place.host).is_loopback:
            return
    except ValueError:
        pass
    raise WrongUsage(
        item=f"--host {place.host}",
        happened="it is not an address of this machine alone",
        advice="use 127.0.0.1: pages travel unencrypted and must not leave the machine; a team's desk stands behind a proxy "
        "(--team --address, docs/team-server.md)",
    )
