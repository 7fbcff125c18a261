"""What a preserved file says of its own making, read in a process of its own: its parsers are C and C++, and files are hostile.

The child is told where the record lies, reads it there itself, and answers with one line of JSON. It bounds its own memory and
processor time, has no network to ask (its libraries are given bytes, no addresses), and writes nothing to disk. The parent ends
a child that takes too long. Nothing is stored: facts are read anew from the evidence when a person asks for them.
"""

import json
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from tawthiq.pipeline.record_place import ordinal_in
from tawthiq.pipeline.record_stream import RecordStream
from tawthiq.records.capture import Capture
from tawthiq.records.errors import TawthiqError, UnreadableCapture
from tawthiq.records.media import MediaFact, MediaFacts, MediaKind
from tawthiq.store import ArchiveFolder

MEMORY = 1 << 30  # bytes of data of the child
SECONDS = 30.0
PROCESSOR_SECONDS = 20
IN_MEMORY = 64 * 1024 * 1024
MOST_FACTS = 200
COMMAND = (sys.executable, "-m", "tawthiq.pipeline.media_process")
READ_TYPES = ("image/", "video/", "audio/", "application/pdf", "application/mp4", "application/ogg")


def may_have_facts(content_type: str | None) -> bool:
    """Whether files of a media type can say something of their making; SVG is markup and cannot."""
    told = (content_type or "").partition(";")[0].strip().lower()
    return told.startswith(READ_TYPES) and told != "image/svg+xml"


def facts_of_capture(folder: ArchiveFolder, capture: Capture) -> MediaFacts:
    """The facts of a capture's payload. Raises UnreadableCapture when it is of another kind, hostile or too slow."""
    path, ordinal = folder.path / capture.path, ordinal_in(folder, capture)
    asked = {
        "item": capture.source,
        "path": str(path),
        "offset": capture.offset,
        "length": capture.length,
        "ordinal": ordinal,
    }
    return _answered(asked)


def facts_of_file(path: Path) -> MediaFacts:
    """The facts of a file that is no evidence (yet). Raises UnreadableCapture as `facts_of_capture`."""
    return _answered({"item": path.name, "path": str(path.absolute())})


def _answered(asked: dict[str, Any]) -> MediaFacts:
    item = str(asked["item"])
    try:
        done = subprocess.run(  # noqa: S603  this program
            COMMAND, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _given_up(item, f"it holds up its reader for more than {SECONDS:.0f} seconds") from None
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise _given_up(item, f"it ended its reader ({done.returncode})") from None
    if "error" in said:
        raise UnreadableCapture(**said["error"])
    facts = tuple(MediaFact(**fact) for fact in said["facts"])
    return MediaFacts(MediaKind(said["kind"]), facts, tuple(said["notes"]))


def _given_up(item: str, happened: str) -> UnreadableCapture:
    advice = "the capture stays in evidence as it is; look at it with other tools, with care"
    return UnreadableCapture(item=item, happened=happened, advice=advice)


def main() -> None:
    """The child: where a file lies on standard input, its facts on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        found = _read(asked)
        answer: dict[str, Any] = {**asdict(found), "facts": [asdict(fact) for fact in found.facts[:MOST_FACTS]]}
    except TawthiqError as error:
        answer = {"error": {"item": error.item, "happened": error.happened, "advice": error.advice}}
    except Exception as error:
        given_up = _given_up(asked["item"], f"its reader failed on it ({type(error).__name__})")
        answer = {"error": {"item": given_up.item, "happened": given_up.happened, "advice": given_up.advice}}
    print(json.dumps(answer), flush=True)  # noqa: T201  the parent listens to this process's standard output


def _read(asked: dict[str, Any]) -> MediaFacts:
    from tawthiq.capture.media import media_facts  # noqa: PLC0415  the parsers are loaded in the child only

    path, item = Path(asked["path"]), str(asked["item"])
    if "offset" not in asked:
        with path.open("rb") as stream:
            return media_facts(stream, item)
    with RecordStream(path, asked["offset"], asked["length"], asked["ordinal"], item) as record:
        if record.size > IN_MEMORY:
            return media_facts(cast(BinaryIO, record), item)
        return media_facts(BytesIO(record.read()), item)


if __name__ == "__main__":
    main()
