"""The last look at an output before it gets its name: whether any protected string stands anywhere in its bytes."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.errors import TawthiqError


class LeakFound(TawthiqError):
    """An output holds a string that must not leave. The message names the place, never the string."""


def expect_no_leak(output: Path, profile: Profile, protected: Protected) -> None:
    """Raises LeakFound when a protected string stands in a file of `output` (a file or a folder), or in its name."""
    strings = [string.encode() for string in protected.strings(profile)]
    for name, data in _parts(output):
        if any(string in data or string in name.encode() for string in strings):
            raise LeakFound(
                item=name,
                happened="it names somebody who is protected",
                advice="nothing was handed out; tell whoever keeps Tawthiq",
            )


def _parts(output: Path) -> Iterator[tuple[str, bytes]]:
    for path in [output] if output.is_file() else sorted(output.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    yield from ((each, packed.read(each)) for each in packed.namelist())
