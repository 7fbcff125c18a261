"""A web server for the bundled sample site: one loopback address and port an outlet, headers exactly as the manifest says.

Only this machine can reach it, and it serves nothing but the bundled pages and redirects. Outlets get hosts of their own
(127.0.0.2, 127.0.0.3, ...), as on the web, where the system has them; else they share 127.0.0.1.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from tawthiq.sample_site import SamplePage, SampleRedirect, SampleSite, sample_site

ADDRESS = "127.0.0.1"
FIRST_OWN = 2  # outlets are served from 127.0.0.2 on


class _Outlet(ThreadingHTTPServer):
    """The server of one outlet, with what it serves by path."""

    daemon_threads = True

    def __init__(self, host: str, pages: dict[str, SamplePage], redirects: dict[str, SampleRedirect]) -> None:
        super().__init__((host, 0), _Handler)
        self.pages = pages
        self.redirects = redirects


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for one outlet; every other path does not exist."""

    server: _Outlet
    server_version = "SampleSite"
    sys_version = ""

    def do_GET(self) -> None:
        """Send the page, the redirect or "not found"."""
        path = self.path.lstrip("/")
        if redirect := self.server.redirects.get(path):
            self._answer(redirect.status, (("Location", f"/{redirect.target}"),), b"")
        elif page := self.server.pages.get(path):
            self._answer(200, (("Content-Type", page.content_type),), page.data())
        else:
            self._answer(404, (("Content-Type", "text/plain; charset=utf-8"),), b"no such page\n")

    do_HEAD = do_GET  # noqa: N815 the name is the base class's

    def _answer(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is the base class's
        """Keep the terminal free of request lines."""


def _served(host: str, pages: dict[str, SamplePage], redirects: dict[str, SampleRedirect]) -> _Outlet:
    """The outlet's server on a host of its own, or on the one loopback address that every system has."""
    try:
        return _Outlet(host, pages, redirects)
    except OSError:
        return _Outlet(ADDRESS, pages, redirects)


class SampleServer:
    """The sample site on loopback, for as long as the `with` block lasts.

    Ports are free ones picked by the system.
    """

    def __init__(self, site: SampleSite | None = None) -> None:
        self.site = site or sample_site()
        self._servers: dict[str, _Outlet] = {}

    def __enter__(self) -> "SampleServer":
        for number, outlet in enumerate(self.site.outlets):
            pages = {page.path: page for page in self.site.pages if page.outlet == outlet}
            redirects = {redirect.path: redirect for redirect in self.site.redirects if redirect.outlet == outlet}
            server = _served(f"127.0.0.{FIRST_OWN + number}", pages, redirects)
            self._servers[outlet] = server
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True, name=f"sample-{outlet}").start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        self._servers.clear()

    def address(self, outlet: str, path: str) -> str:
        """The address of one path of one outlet."""
        host, port = self._servers[outlet].server_address[:2]
        return f"http://{host!s}:{port}/{path}"

    def addresses(self) -> list[str]:
        """What a documenter would collect: every page once, by its redirect where it has one."""
        starts = {(item.outlet, item.target): item.path for item in self.site.redirects}
        found = []
        for page in self.site.pages:
            path = page.path
            while (page.outlet, path) in starts:
                path = starts[page.outlet, path]
            found.append(self.address(page.outlet, path))
        return found
