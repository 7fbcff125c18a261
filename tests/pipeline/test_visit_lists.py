"""What a list leads to: nothing of the documenter's own network where the list came from outside."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_servers import LocalServer, response, serving
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.wire import address_of
from tawthiq.pipeline.collect_browser import BrowsingSettings
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.visit_lists import Wish
from tawthiq.pipeline.visiting import collect_lists
from tawthiq.records.provenance import RobotsStance
from tawthiq.records.watch import WatchKind
from tawthiq.store import ArchiveFolder

NOTING = FetchSettings(connect_timeout=2, read_timeout=2, total_timeout=4, pause=0, robots=RobotsStance.NOTE)
PAGE = "<html><body>خبر</body></html>".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ArchiveFolder]:
    with ArchiveFolder.create(tmp_path / "archive", title="t", collector="c") as made:
        yield made


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name resolves to 127.0.0.1."""
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: look_up("127.0.0.1", *rest, **more))


def lead(
    archive: ArchiveFolder, site: LocalServer, *urls: str, browser: BrowsingSettings | None = None
) -> list[Outcome]:
    """What becomes of a feed of `site` that names some addresses."""
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    site.answers["/feed"] = response(f"<rss><channel>{items}</channel></rss>".encode())
    wish = Wish(WatchKind.FEED, 9, browser=browser)
    return list(collect_lists(archive, [f"http://site.example:{site.port}/feed"], wish, NOTING))


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("browser", [None, pytest.param(BrowsingSettings(page_seconds=15), marks=pytest.mark.browser)])
def test_name_in_a_list_from_outside_that_resolves_into_the_own_network_is_not_asked_for(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, browser: BrowsingSettings | None
) -> None:
    with serving({"/": response(PAGE)}) as router, serving({}) as site:

        def told(connection: socket.socket) -> str | None:
            peer = address_of(connection)
            return "192.0.9.1:80" if peer == f"127.0.0.1:{site.port}" else peer

        monkeypatch.setattr("tawthiq.capture.http.address_of", told)
        listed, inner = lead(archive, site, f"http://evil.example:{router.port}/", browser=browser)
    assert [listed.state, inner.state] == [State.KEPT, State.FAILED]
    assert "own network" in str(inner.error) or "may not reach into this computer" in str(inner.error)
    assert router.requests == []


@pytest.mark.browser
@pytest.mark.usefixtures("names")
def test_site_whose_list_leads_a_browser_to_its_pages_sees_one_program(archive: ArchiveFolder) -> None:
    with serving({"/news": response(PAGE), "/robots.txt": response(b"")}) as site:
        lead(archive, site, f"http://site.example:{site.port}/news", browser=BrowsingSettings(page_seconds=15))
        asked = {request.split(b" ")[1]: agent(request) for request in site.requests}
    assert {b"/feed", b"/news", b"/robots.txt"} <= set(asked)
    assert len(set(asked.values())) == 1
    events = [
        entry.event.facts["facts"] for entry in archive.entries() if entry.event and entry.event.kind == "captured"
    ]
    assert [each["user_agent"].encode() for each in events] == [asked[b"/feed"]] * 2


def agent(request: bytes) -> bytes:
    (line,) = (line for line in request.split(b"\r\n") if line.lower().startswith(b"user-agent: "))
    return line[len(b"user-agent: ") :]


@pytest.mark.usefixtures("names")
def test_list_of_the_own_network_leads_to_what_is_there(archive: ArchiveFolder) -> None:
    with serving({"/": response(PAGE)}) as second, serving({}) as site:
        _, inner = lead(archive, site, f"http://team.example:{second.port}/")
    assert inner.state is State.KEPT


@pytest.mark.browser
@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("meant", [True, False])
def test_page_that_a_browser_kept_in_place_of_a_list_is_told_of_only_where_a_list_was_meant(
    archive: ArchiveFolder, meant: bool
) -> None:
    with serving({"/news": response(PAGE), "/robots.txt": response(b"")}) as site:
        wish = Wish(WatchKind.AUTO, 3, browser=BrowsingSettings(page_seconds=15), list_meant=meant)
        [outcome] = collect_lists(archive, [f"http://site.example:{site.port}/news"], wish, NOTING)
    assert outcome.state is State.KEPT
    assert any("nothing was listed there" in note for note in outcome.notes) is meant
