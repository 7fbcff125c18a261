"""What a person gives to be collected: addresses, files, folders, and "-" for a list of them on standard input.

Folders are walked in the byte order of names. Symbolic links inside a folder are not followed, so that nothing outside it is
collected unnoticed; links, sockets, pipes and devices are named and passed over. A link that the person names is followed.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tawthiq.capture.address import looks_like_address, masked
from tawthiq.capture.names import shown
from tawthiq.records.errors import CaptureFailed, TawthiqError

STANDARD_INPUT = "-"
LONGEST_LINE = 65_536


@dataclass(frozen=True, slots=True)
class AddressSource:
    """An address to fetch, as given."""

    given: str

    @property
    def shown(self) -> str:
        """The address fit for a terminal, without user name and password."""
        return shown(masked(self.given), 500)


@dataclass(frozen=True, slots=True)
class FileSource:
    """A regular file to keep; whether it is a WARC file shows when it is opened."""

    path: Path

    @property
    def shown(self) -> str:
        """The path fit for a terminal."""
        return shown(str(self.path), 500)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something inside a folder that is not collected, and why."""

    path: Path
    reason: str

    @property
    def shown(self) -> str:
        """The path fit for a terminal."""
        return shown(str(self.path), 500)


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something given that cannot be collected; the error names it."""

    error: TawthiqError

    @property
    def shown(self) -> str:
        """What the error names."""
        return self.error.item


Source = AddressSource | FileSource | PassedOver | Unusable


def sources(
    given: Iterable[str], standard_input: BinaryIO | None = None, leave_out: Path | None = None
) -> Iterator[Source]:
    """Everything that `given` leads to, in the order given; each bad part is an `Unusable`, and the rest goes on.

    `leave_out` is a folder that is never walked into (the archive itself).
    """
    for item in given:
        if item == STANDARD_INPUT and standard_input is not None:
            yield from _listed(standard_input, leave_out)
        else:
            yield from _one(item, leave_out)


def _listed(stream: BinaryIO, leave_out: Path | None) -> Iterator[Source]:
    """The addresses and paths on the lines of `stream`; blank lines and lines that begin with "#" are comments."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        at = f"standard input, line {number}"
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE + 1)
            yield _unusable(at, f"the line is longer than {LONGEST_LINE} bytes", "write one address or path a line")
            continue
        text = os.fsdecode(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
        if not text or text.startswith("#"):
            continue
        if text == STANDARD_INPUT:
            yield _unusable(at, 'a list cannot name "-" again', "write one address or path a line")
            continue
        for source in _one(text, leave_out):
            yield _placed(source, at) if isinstance(source, Unusable) else source


def _placed(source: Unusable, at: str) -> Unusable:
    error = source.error
    return _unusable(f"{at}: {error.item}", error.happened, error.advice)


def _one(item: str, leave_out: Path | None) -> Iterator[Source]:
    if looks_like_address(item):
        yield AddressSource(item.strip())
        return
    if not item or "\0" in item:
        yield _unusable(shown(item, 300) or '""', "this names nothing", "give an address, a file or a folder")
        return
    path = Path(item)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield _unusable(shown(item, 300), *_why_unreadable(item, error))
        return
    if stat.S_ISDIR(mode):
        yield from _walked(path, leave_out)
    elif stat.S_ISREG(mode):
        yield FileSource(path)
    else:
        yield _unusable(shown(item, 300), f"this is {_sort(mode)}, not a file", "give a regular file or a folder")


def _walked(top: Path, leave_out: Path | None) -> Iterator[Source]:
    """Every regular file below `top`; what is no file, and folders that cannot be read, are named."""
    pending = [top]
    while pending:
        path = pending.pop()
        try:
            mode = path.lstat().st_mode if path != top else path.stat().st_mode
            if stat.S_ISREG(mode):
                yield FileSource(path)
            elif not stat.S_ISDIR(mode):
                yield PassedOver(path, f"{_sort(mode)} inside a folder is not collected")
            elif leave_out is not None and path.resolve() == leave_out.resolve():
                yield PassedOver(path, "this is the archive itself")
            else:
                pending += sorted(path.iterdir(), key=os.fsencode, reverse=True)
        except OSError as error:
            yield _unusable(shown(str(path), 300), *_why_unreadable(str(path), error))


def _why_unreadable(item: str, error: OSError) -> tuple[str, str]:
    """What happened and what to do when the file system refuses."""
    if isinstance(error, FileNotFoundError):
        advice = "check the name"
        if item.lower().startswith("www.") or ("/" in item and "." in item.split("/", maxsplit=1)[0].strip(".")):
            advice = "check the name; a web address begins with http:// or https://"
        return "there is no such file or folder", advice
    if isinstance(error, PermissionError):
        return "it may not be read", "ask for the right to read it, or copy it"
    return f"it cannot be read ({error.strerror or error})", "check the name and the disk"


def _sort(mode: int) -> str:
    """What a directory entry is, in words."""
    kinds = (
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((words for is_kind, words in kinds if is_kind(mode)), "a special file")


def _unusable(item: str, happened: str, advice: str) -> Unusable:
    return Unusable(CaptureFailed(item=item, happened=happened, advice=advice))
