"""Documents of pages are taken apart in a process of their own: the library that reads PDFs is C++, and files are hostile.

The parent hands the bytes over standard input and hears on standard output, line by line, which sheet is worked on, then
the page as JSON (page/1) or the error. It ends a child that is silent for longer than a sheet may take, and with it what
the child has started; the child bounds its own memory. A crash, a loop or a bomb costs that document alone. Nothing is
written to disk.
"""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from tawthiq.page import anatomy, document_page
from tawthiq.page.contract import page_from_json, page_to_json
from tawthiq.page.document_kinds import PDF, document_kind
from tawthiq.records.errors import TawthiqError, UnreadableCapture
from tawthiq.records.page import Page

MEMORY = 1 << 30  # bytes of data of the child
SHEET_SECONDS = 10.0
START_SECONDS = 60.0  # until the first sheet: a busy machine starts a process slowly
GRACE_SECONDS = 2.0  # for a child that is asked to end to end what it has started
LAYOUT_SECONDS = 120.0  # from the last sheet to the page, for MOST_SHEETS sheets
COMMAND = (sys.executable, "-m", "tawthiq.pipeline.document_process")

Told = Callable[[str], None]
"""Told what is worked on ("sheet 3", "recognizing sheet 2 of 7")."""


def page_of_bytes(
    data: bytes,
    *,
    id: str,  # noqa: A002 (the contract's name)
    url: str | None = None,
    content_type: str | None = None,
    known: frozenset[int] = frozenset(),
    recognize: bool = True,
    told: Told | None = None,
) -> Page:
    """The page that `data` holds (`page.anatomy`), documents of pages in a process of their own.

    With `recognize`, what pictures of sheets show is recognized where the machine can. Raises UnreadableCapture as
    `anatomy` does, and for a document that crashes or holds up its reader.
    """
    kind = document_kind(data)
    if kind is None:
        return anatomy(data, id=id, url=url, content_type=content_type, known=known)
    asked = {"id": id, "url": url, "recognize": recognize, "size": len(data)}
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # noqa: S603  this program
        try:
            return _heard(child, json.dumps(asked).encode() + b"\n" + data, id, told)
        finally:
            _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Ask a child to end, and kill it where it does not listen, as inside PDFium."""
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(GRACE_SECONDS)
    child.kill()


def _heard(child: "subprocess.Popen[bytes]", question: bytes, item: str, told: Told | None) -> Page:
    """The page that the child answers with. Raises UnreadableCapture."""
    lines: Queue[bytes] = Queue()
    Thread(target=_listen, args=(child.stdout, lines), daemon=True).start()
    Thread(target=_ask, args=(child.stdin, question), daemon=True).start()
    seconds, doing = START_SECONDS, "its beginning"
    while True:
        try:
            line = lines.get(timeout=seconds)
        except Empty:
            raise _held_up(item, f"{doing} holds up its reader for more than {seconds:.0f} seconds") from None
        if not line:
            raise _held_up(item, f"{doing} ended its reader ({child.wait()})")
        try:
            said = json.loads(line)
        except ValueError:
            raise _held_up(item, f"{doing} ended its reader in the middle of a word") from None
        if "page" in said:
            return page_from_json(said["page"])
        if "error" in said:
            raise UnreadableCapture(**said["error"])
        seconds, doing = said["seconds"], said["doing"]
        if told:
            told(doing)


def _held_up(item: str, happened: str) -> UnreadableCapture:
    advice = "the capture stays in evidence as it is; look at it with other tools, with care"
    return UnreadableCapture(item=item, happened=happened, advice=advice)


def _listen(stream: IO[bytes] | None, lines: "Queue[bytes]") -> None:
    """Lines as they come; an empty one at the end."""
    with suppress(OSError, ValueError):
        for line in stream or ():
            lines.put(line)
    lines.put(b"")


def _ask(stream: IO[bytes] | None, question: bytes) -> None:
    with suppress(OSError, ValueError):
        if stream:
            stream.write(question)
            stream.close()


def main() -> None:
    """The child: one document from standard input, its page to standard output."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a pool's workers ignore it, and children inherit that
    signal.signal(signal.SIGTERM, _leave)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(asked["size"])
    try:
        _say({"page": page_to_json(_taken_apart(data, asked))})
    except TawthiqError as error:
        _say({"error": {"item": error.item, "happened": error.happened, "advice": error.advice}})
    except MemoryError:
        advice = "the capture stays in evidence as it is; look at it with other tools, with care"
        happened = f"it takes more than {MEMORY >> 20} MB of memory to read"
        _say({"error": {"item": asked["id"], "happened": happened, "advice": advice}})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _leave(_signal: int, _frame: object) -> None:
    """End the child by an exception, so that the recognizer is ended on the way out."""
    raise SystemExit(1)


def _taken_apart(data: bytes, asked: dict[str, Any]) -> Page:
    from tawthiq.page.document_bytes import raw_document  # noqa: PLC0415
    from tawthiq.pipeline.recognizing import MOST_LOOKS, SECONDS, recognition  # noqa: PLC0415  PDFium is loaded in the child only

    def recognizing(number: int, count: int) -> None:
        _say({"doing": f"recognizing sheet {number} of {count}", "seconds": MOST_LOOKS * SECONDS + START_SECONDS})

    def sheet(number: int) -> None:
        doing, seconds = (f"sheet {number}", SHEET_SECONDS) if number else ("its layout", LAYOUT_SECONDS)
        _say({"doing": doing, "seconds": seconds})

    raw = raw_document(data, asked["id"], sheet)
    read = recognition(data, raw, asked["id"], recognizing) if asked["recognize"] else None
    if read:
        sheet(0)
    kind = document_kind(data) or PDF
    if kind != PDF and read is None:
        return anatomy(data, id=asked["id"])
    if kind != PDF and read and not read.sheets:
        happened = "; ".join(read.notes).rstrip(".") or "the picture shows no characters that could be recognized"
        advice = "the capture stays in evidence as it is; mend what is named and read it again, or look at it yourself"
        raise UnreadableCapture(item=asked["id"], happened=happened, advice=advice)
    return document_page(raw, id=asked["id"], url=asked["url"], kind=kind, recognition=read)


def _say(what: dict[str, object]) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201  the parent listens to this process's standard output


if __name__ == "__main__":
    main()
