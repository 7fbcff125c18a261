"""Serves an archive's pages on this machine.

Loopback only: the pages travel over plain HTTP. A team's server behind a proxy is another verb's work.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tawthiq.archive.database import open_database
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder

THREADS = 8
# Waitress refuses larger bodies before reading them; the largest form of these pages has a few hundred bytes.
LARGEST_REQUEST = 1_000_000


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


def prepare(folder: ArchiveFolder, host: str, port: int) -> Server:
    """Open the database, take the port (0 for any free one) and make the first owner's link.

    Raises WrongUsage for an address other than this machine's own and for a port that is taken.
    """
    _expect_loopback(host)
    open_database(folder.database)
    from tawthiq.casework.domain.custody import write_waiting  # noqa: PLC0415
    from tawthiq.casework.domain.erasing import forget_erased  # noqa: PLC0415
    from tawthiq.casework.domain.first_owner import make_link  # noqa: PLC0415  models need the database opened above
    from tawthiq.casework.domain.people_sealing import seal_pairs  # noqa: PLC0415
    from tawthiq.casework.domain.session_secret import session_secret  # noqa: PLC0415

    if any(folder.erasures()):
        forget_erased(folder)
    seal_pairs(folder.path)
    settings.SECRET_KEY = session_secret()
    settings.ARCHIVE_FOLDER = folder.path
    try:
        server = waitress.create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
        )
    except OSError as error:
        raise WrongUsage(
            item=f"{host}:{port}",
            happened=f"the port cannot be used ({error.strerror or error})",
            advice="choose another with --port, or --port 0 for any free one",
        ) from error
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{server.effective_port}/"
    token = make_link()

    def close() -> None:
        server.close()
        write_waiting(folder.path, last=True)

    return Server(address, f"{address}first-owner/{token}/" if token else None, server.run, close)


def _expect_loopback(host: str) -> None:
    if host == "localhost":
        return
    try:
        if ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    raise WrongUsage(
        item=f"--host {host}",
        happened="it is not an address of this machine alone",
        advice="use 127.0.0.1: pages travel unencrypted and must not leave the machine",
    )
