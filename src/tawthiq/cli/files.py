"""Files that verbs read and write for the person: `-` is a standard stream, a result appears under its name only whole.

A target that exists and is no regular file (a terminal, a pipe, /dev/null) is written into as it stands.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tawthiq.records.errors import WrongUsage

STANDARD = Path("-")


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], str]]:
    """The input and the name by which errors call it. Raises WrongUsage when it cannot be opened or read."""
    if path == STANDARD:
        yield sys.stdin.buffer, "standard input"
        return
    with _refusals(str(path)):
        stream = path.open("rb")
    with stream:
        yield stream, str(path)


@contextmanager
def written_to(path: Path) -> Iterator[IO[bytes]]:
    """The output. Raises WrongUsage when it cannot be written; nothing half-written is left under a file's name."""
    if path == STANDARD:
        with _standard_output() as stream:
            yield stream
    elif path.exists() and not path.is_file():
        with _refusals(str(path)), path.open("wb") as stream:
            yield stream
    else:
        unfinished = path.with_name(path.name + ".part")
        try:
            with _refusals(str(path)):
                with unfinished.open("wb") as stream:
                    yield stream
                unfinished.replace(path)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)


@contextmanager
def _standard_output() -> Iterator[IO[bytes]]:
    """Standard output, flushed; once it has failed, what is still buffered must not fail again when Python ends."""
    try:
        with _refusals("standard output"):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
    except WrongUsage:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


@contextmanager
def _refusals(item: str) -> Iterator[None]:
    """Turns what the operating system says into WrongUsage that names `item`."""
    try:
        yield
    except OSError as error:
        raise WrongUsage(
            item=item,
            happened=error.strerror or str(error),
            advice="check that it exists, may be read and written, and has room",
        ) from error
