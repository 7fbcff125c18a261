"""The programs that take part in collecting: names, versions, and SHA-256 where the code is ours to read.

Tawthiq's digest is that of the list that `sha256sum` prints for its files in the order of their paths, so that anybody can
recompute it with public tools (docs/custody-format.md, "Circumstances"). Worked out once a process.
"""

import hashlib
import platform
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from tawthiq import __version__
from tawthiq.records.provenance import Tool
from tawthiq.records.visit import Browser

# Those that fetch, read or write evidence, or check the signatures over it.
LIBRARIES = ("warcio", "fastwarc", "urllib3", "cryptography", "playwright")
_NOT_CODE = "__pycache__"


def tools(browser: Browser | None = None) -> tuple[Tool, ...]:
    """The programs that take part; `browser` is the one that visits, where one does."""
    visiting = (Tool(browser.name, browser.version, browser.sha256),) if browser else ()
    return _always() + visiting


def system() -> str:
    """Operating system, its release and the architecture; neither the machine's name nor anybody's."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"


@cache
def _always() -> tuple[Tool, ...]:
    own = Tool("tawthiq", __version__, sources_digest(_package_folder()))
    python = Tool(platform.python_implementation(), platform.python_version(), _interpreter_digest())
    return (own, python, *_libraries())


def sources_digest(folder: Path) -> str | None:
    """SHA-256 over the lines "DIGEST  PATH" of every file below `folder`, sorted by path; None when one cannot be read."""
    lines = hashlib.sha256()
    try:
        for path in sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()):
            if _NOT_CODE not in path.split("/"):
                lines.update(f"{_digest(folder / path)}  {path}\n".encode())
    except (OSError, UnicodeError):
        return None
    return lines.hexdigest()


def _package_folder() -> Path:
    spec = find_spec("tawthiq")
    return Path(spec.origin).parent if spec and spec.origin else Path(__file__).parents[1]


def _interpreter_digest() -> str | None:
    """The digest of the interpreter that runs, symbolic links followed."""
    try:
        return _digest(Path(sys.executable).resolve())
    except OSError:
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _libraries() -> Iterator[Tool]:
    for name in LIBRARIES:
        try:
            yield Tool(name, metadata.version(name), None)
        except metadata.PackageNotFoundError:
            continue
