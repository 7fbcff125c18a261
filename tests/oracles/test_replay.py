"""pywb replays a page out of a package in a real Chromium that can reach nothing else."""

import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from oracles.conftest import ran
from package_samples import PAGE, REPORT
from tawthiq.pipeline.packaging import Packaged

pytestmark = pytest.mark.browser


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
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        tab.route(re.compile(".*"), guard)
        tab.on("response", lambda answer: statuses.append(answer.status))
        tab.goto(f"{address}/case/{page}", wait_until="load")
        yield tab, beyond, statuses
        browser.close()


def test_a_handed_over_page_is_replayed_whole_with_no_network(
    packaged: Packaged, oracle: Callable[[str], Path], tmp_path: Path
) -> None:
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("Chromium is not installed")
    manager = oracle("wb-manager")
    (tmp_path / "config.yaml").write_text("framed_replay: false\n")
    assert ran(manager, "init", "case", folder=tmp_path).returncode == 0
    added = ran(manager, "add", "--unpack-wacz", "case", packaged.path, folder=tmp_path)
    assert added.returncode == 0, added.stderr
    with served(tmp_path, oracle("wayback")) as address, visited(address, PAGE) as (tab, beyond, statuses):
        assert tab.locator("#report").inner_text() == REPORT
        assert tab.locator("#report").evaluate("node => getComputedStyle(node).color") == "rgb(31, 95, 91)"
        assert tab.locator("#picture").evaluate("node => node.naturalWidth") == 24
        assert tab.frame_locator("#frame").locator("p").inner_text() == "شاهد ثان"
        tab.wait_for_function("document.getElementById('comments').textContent")
        assert tab.locator("#comments").inner_text() == "تعليق محفوظ"
        assert beyond == []
        assert {status for status in statuses if status >= 400} == set()
        missing = tab.goto(f"{address}/case/http://news.example/never-collected")
        assert missing is not None
        assert missing.status == 404
