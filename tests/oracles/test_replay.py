"""pywb replays a page out of a package in a real Chromium that can reach nothing else."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from local_servers import serving
from oracles.conftest import ran
from package_samples import PAGE, REPORT, visit
from tawthiq.pipeline.packaging import Packaged, hand_over, package
from tawthiq.records.capture import Exchange
from tawthiq.store import ArchiveFolder

CHROMIUM = "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed"),
]


@contextmanager
def served(folder: Path, wayback: Path) -> Iterator[str]:
    """pywb over the collection in `folder`; its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [wayback, "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urlopen(address, timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, "pywb ended"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def visited(address: str, page: str) -> Iterator[tuple[Page, list[str], list[int]]]:
    """A page in Chromium, the addresses beyond pywb that it asked for, and the statuses it was answered with."""
    beyond: list[str] = []
    statuses: list[int] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            beyond.append(route.request.url)
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.route(re.compile(".*"), guard)
        tab.on("response", lambda answer: statuses.append(answer.status))
        tab.goto(f"{address}/case/{page}", wait_until="load")
        yield tab, beyond, statuses
        browser.close()


def answer(exchange: Exchange) -> bytes:
    """What the site said, as it goes over the wire."""
    lines = [exchange.status_line, *(f"{name}: {value}" for name, value in exchange.response_headers), "", ""]
    return "\r\n".join(lines).encode() + exchange.payload


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Packaged]:
    """A site on loopback that our own browser captured and that is gone since: the page's address, and its package."""
    folder = tmp_path_factory.mktemp("captured")
    ArchiveFolder.create(folder / "archive", title="t", collector="c").close()
    paths = ("/report", "/style.css", "/picture.png", "/frame.html", "/comments")
    with serving({path: answer(each) for path, each in zip(paths, visit().exchanges, strict=True)}) as server:
        page = server.url("/report")
        tawthiq = [sys.executable, "-c", "from tawthiq.cli.main import main; main()", "--archive", folder / "archive"]
        told = ran(*tawthiq, "collect", "--browser", page)
        assert told.returncode == 0, told.stderr
    item = told.stdout.partition("\t")[0]
    with ArchiveFolder.open(folder / "archive") as archive:
        return page, package(archive, hand_over(archive, [item]), folder / "captured.wacz")


@pytest.fixture(scope="module")
def replay(
    packaged: Packaged,
    captured: tuple[str, Packaged],
    oracle: Callable[[str], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of pywb over both packages."""
    folder, manager = tmp_path_factory.mktemp("pywb"), oracle("wb-manager")
    (folder / "config.yaml").write_text("framed_replay: false\n")
    assert ran(manager, "init", "case", folder=folder).returncode == 0
    for each in (packaged, captured[1]):
        added = ran(manager, "add", "--unpack-wacz", "case", each.path, folder=folder)
        assert added.returncode == 0, added.stderr
    with served(folder, oracle("wayback")) as address:
        yield address


def expect_whole(replay: str, page: str) -> None:
    """Every part of the page is there, and nothing beyond the package was asked for."""
    with visited(replay, page) as (tab, beyond, statuses):
        assert tab.locator("#report").inner_text() == REPORT
        assert tab.locator("#report").evaluate("node => getComputedStyle(node).color") == "rgb(31, 95, 91)"
        assert tab.locator("#picture").evaluate("node => node.naturalWidth") == 24
        assert tab.frame_locator("#frame").locator("p").inner_text() == "شاهد ثان"
        tab.wait_for_function("document.getElementById('comments').textContent")
        assert tab.locator("#comments").inner_text() == "تعليق محفوظ"
        assert beyond == []
        assert {status for status in statuses if status >= 400} == set()
        missing = tab.goto(f"{replay}/case/http://news.example/never-collected")
        assert missing is not None
        assert missing.status == 404


def test_a_handed_over_page_is_replayed_whole_with_no_network(replay: str) -> None:
    expect_whole(replay, PAGE)


def test_a_page_that_our_browser_captured_is_replayed_whole_once_the_site_is_gone(
    replay: str, captured: tuple[str, Packaged]
) -> None:
    expect_whole(replay, captured[0])


def test_what_our_browser_captured_is_accepted_by_the_other_tools_too(
    captured: tuple[str, Packaged], oracle: Callable[[str], Path], tmp_path: Path
) -> None:
    assert ran(oracle("wacz"), "validate", "-f", captured[1].path).returncode == 0
    assert ran("unzip", "-q", captured[1].path, "-d", tmp_path).returncode == 0
    (file,) = (tmp_path / "archive").iterdir()
    told = ran(oracle("warcio"), "check", "-v", file)
    assert told.returncode == 0, told.stdout
    assert ran(Path(sys.executable).with_name("fastwarc"), "check", file).returncode == 0
