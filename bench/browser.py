"""Visiting with the browser: a recorded page beside the same page loaded and photographed by Playwright alone.

Same Chromium, same page, same run, turns taken; each contender in a process of its own with a browser that runs already, each
page in a fresh profile. The page comes from a further process, over HTTPS and HTTP/2: 40 pictures, 6 scripts, 3 style sheets,
two frames, about 5 MB. "Playwright alone" goes there, waits for its "networkidle" (half a second of silence) and takes a
picture of the whole page; nothing is kept. "recorded" does the same with gate and recorder, all bodies taken. "visit" is
what `tawthiq collect --browser` does, scripted behaviours left out: rendered DOM, picture with and without frame, PDF as well.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tawthiq.capture.browser.chromium import BrowserSession, BrowserSettings
from tawthiq.capture.browser.process import found
from tawthiq.capture.browser.visiting import VisitOptions, visit
from tests.fidelity_site.serving import Answer, Asked, Site, serving_site

ROUNDS = 9
LIMIT = 1.3
PICTURES, SCRIPTS, STYLES, FRAMES = 40, 6, 3, 2
PARAGRAPH = "<p>وصلت القافلة إلى أطراف البلدة قبل الظهر، وقال السكان إن الطريق بقي مفتوحا طوال اليوم.</p>"
Work = Callable[[str], object]


def main() -> None:
    """Print each contender's time and its ratio to Playwright alone."""
    context = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        site = _Process(context, _serve, folder)
        running.callback(site.end)
        url = str(site.answer())
        contenders = {name: _Process(context, _work, name, str(Path(folder) / "site.pem"), url) for name in CONTENDERS}
        for contender in contenders.values():
            running.callback(contender.end)
            contender.answer()
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for number in range(ROUNDS + 1):
            for name, contender in contenders.items():
                contender.pipe.send("go")
                taken = float(contender.answer())
                # The first round warms up.
                times[name] += [taken] if number else []
    alone = statistics.median(times["Playwright alone"])
    for name, taken_each in times.items():
        middle = statistics.median(taken_each)
        print(f"{name:17} {middle:5.2f} s a page (median of {ROUNDS}), {middle / alone:.2f} x")
    print(f"the bar: at most {LIMIT} x")


class _Process:
    """A process of its own with a pipe to it."""

    def __init__(self, context: object, target: Callable[..., None], *given: str) -> None:
        self.pipe, far = context.Pipe()  # type: ignore[attr-defined]
        self._process = context.Process(target=target, args=(far, *given))  # type: ignore[attr-defined]
        self._process.start()

    def answer(self) -> object:
        """What it says next."""
        return self.pipe.recv()

    def end(self) -> None:
        """Let it end."""
        self.pipe.send(None)
        self._process.join()


def _serve(pipe: Connection, folder: str) -> None:
    with serving_site(Path(folder), _route) as (site, _):
        pipe.send(site.first + "/")
        pipe.recv()


def _route(_site: Site, asked: Asked) -> Answer:
    kind, _, number = asked.path.strip("/").partition("-")
    if kind == "picture":
        return Answer(200, [("content-type", "image/bmp")], _picture(int(number)))
    if kind == "script":
        return Answer(200, [("content-type", "text/javascript")], b"var a = 0;\n" + b"a += 1;\n" * 8_000)
    if kind == "style":
        return Answer(200, [("content-type", "text/css")], f".c{number} {{ color: #123 }}\n".encode() * 1_000)
    if kind == "frame":
        return Answer(200, [("content-type", "text/html; charset=utf-8")], (PARAGRAPH * 20).encode())
    return Answer(200, [("content-type", "text/html; charset=utf-8")], _page())


def _page() -> bytes:
    head = "".join(f"<link rel=stylesheet href=/style-{number}>" for number in range(STYLES))
    head += "".join(f"<script src=/script-{number} defer></script>" for number in range(SCRIPTS))
    body = "".join(f"{PARAGRAPH * 5}<img src=/picture-{number}>" for number in range(PICTURES))
    body += "".join(f"<iframe src=/frame-{number}></iframe>" for number in range(FRAMES))
    return f"<!doctype html><html lang=ar dir=rtl><meta charset=utf-8><title>ص</title>{head}<body>{body}".encode()


def _picture(number: int) -> bytes:
    """A bitmap of 200 by 200 pixels, 120 kB."""
    size, pixels = 200, bytes([number * 5 % 256, 120, 200]) * 200 * 200
    head = (54 + len(pixels)).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    shape = size.to_bytes(4, "little") * 2 + b"\1\0\x18\0" + bytes(24)
    return b"BM" + head + shape + pixels


def _work(pipe: Connection, name: str, authorities: str, url: str) -> None:
    """Load the page and say how long it took, as often as told."""
    with ExitStack() as running:
        work = CONTENDERS[name](running, Path(authorities))
        pipe.send("ready")
        while pipe.recv() is not None:
            started = time.perf_counter()
            work(url)
            pipe.send(time.perf_counter() - started)


def _alone(running: ExitStack, _authorities: Path) -> Work:
    playwright = running.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=found(None), args=["--no-sandbox"])
    running.callback(browser.close)

    def work(url: str) -> None:
        context = browser.new_context(ignore_https_errors=True, locale="ar", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        page.screenshot(full_page=True)
        context.close()

    return work


def _recording(running: ExitStack, authorities: Path) -> Work:
    session = running.enter_context(BrowserSession(BrowserSettings(authorities=authorities)))

    def work(url: str) -> None:
        with session.tab() as tab:
            page: Page = tab.page
            page.goto(url, wait_until="networkidle")
            page.screenshot(full_page=True)
            recorded = tab.recorded()
        assert len(recorded.exchanges) >= 1 + PICTURES + SCRIPTS + STYLES + FRAMES
        assert not any(exchange.truncated for exchange in recorded.exchanges)

    return work


def _visiting(running: ExitStack, authorities: Path) -> Work:
    session = running.enter_context(BrowserSession(BrowserSettings(authorities=authorities)))
    return lambda url: visit(session, url, VisitOptions(behaviours=False))


CONTENDERS: dict[str, Callable[[ExitStack, Path], Work]] = {
    "Playwright alone": _alone,
    "recorded": _recording,
    "visit": _visiting,
}

if __name__ == "__main__":
    main()
