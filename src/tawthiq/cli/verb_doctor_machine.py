"""What `tawthiq doctor` asks of the machine: Python and its packages, SQLite, programs of the system, disk, clock.

A probe is a function that returns findings; it reads and never changes anything. Package names in advice are Debian's.
"""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from tawthiq import __version__
from tawthiq.capture.clock import clock_state

OLDEST_PYTHON = (3, 11)
LITTLE_SPACE = 1 << 30
PROGRAM_SECONDS = 15
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Health(StrEnum):
    """How one part stands. Only `MISSING` (a part that is needed) makes the doctor's answer a bad one."""

    OK = "ok"
    OPTIONAL = "optional"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: a part, how it stands, what was found, and what to do when it is not well."""

    part: str
    health: Health
    found: str
    advice: str | None = None


def python() -> Iterator[Finding]:
    """The interpreter and this package."""
    version = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info[:2] >= OLDEST_PYTHON
    advice = None if enough else "install Python 3.11 or later (Debian: python3)"
    yield Finding("Python", Health.OK if enough else Health.MISSING, version, advice)
    yield Finding("Tawthiq", Health.OK, __version__)


def packages() -> Iterator[Finding]:
    """The Python packages that the core needs, by the installed package's own list."""
    try:
        stated = metadata.requires("tawthiq") or []
    except metadata.PackageNotFoundError:
        yield Finding("packages", Health.WARNING, "Tawthiq runs without being installed", "pip install tawthiq")
        return
    for requirement in stated:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        if "extra ==" in requirement:
            continue
        try:
            yield Finding(name, Health.OK, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(
                name, Health.MISSING, "not installed", f'pip install "{requirement.partition(";")[0].strip()}"'
            )


def sqlite() -> Iterator[Finding]:
    """SQLite with the full-text index that search needs."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
        yield Finding("SQLite", Health.OK, f"{sqlite3.sqlite_version} with FTS5")
    except sqlite3.OperationalError as error:
        found = f"{sqlite3.sqlite_version} without FTS5 ({error})"
        yield Finding("SQLite", Health.MISSING, found, "install a Python whose SQLite has FTS5 (Debian: python3)")
    finally:
        connection.close()


def chromium() -> Iterator[Finding]:
    """A browser for capturing pages as they look, and the package that drives it."""
    program = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if program is None:
        yield Finding(
            "Chromium", Health.OPTIONAL, "not found; needed only for capture by browser", "apt install chromium"
        )
    else:
        yield Finding("Chromium", Health.OK, _output([program, "--version"]) or program)
    try:
        yield Finding("Playwright", Health.OK, metadata.version("playwright"))
    except metadata.PackageNotFoundError:
        yield Finding("Playwright", Health.OPTIONAL, "not installed", 'pip install "tawthiq[browser]"')


def tesseract() -> Iterator[Finding]:
    """Character recognition with Arabic, for scans."""
    program = shutil.which("tesseract")
    if program is None:
        found = "not found; needed only for scanned documents"
        yield Finding("Tesseract", Health.OPTIONAL, found, "apt install tesseract-ocr tesseract-ocr-ara")
        return
    version = _output([program, "--version"]).splitlines()
    yield Finding("Tesseract", Health.OK, version[0] if version else program)
    if "ara" in _output([program, "--list-langs"]).split():
        yield Finding("Tesseract Arabic", Health.OK, "data found")
    else:
        yield Finding("Tesseract Arabic", Health.OPTIONAL, "no Arabic data", "apt install tesseract-ocr-ara")


def extras() -> Iterator[Finding]:
    """The packages that parts of the program need which are not installed with it."""
    yield _extra(
        "trafilatura", "opinion", "pages are read without a second opinion on what their body is", "trafilatura"
    )
    yield _extra("Splink", "people", "needed only to compare lists of persons", "splink", "pyarrow")
    yield _extra("SciPy", "estimate", "needed only to estimate how many no list names", "scipy", "numpy")
    yield _extra("WeasyPrint", "dossier", "dossiers are written as HTML only", "weasyprint")
    if find_spec("weasyprint") is not None and find_library("pangoft2-1.0") is None:
        found = "not found; dossiers are written as HTML only"
        yield Finding(
            "Pango", Health.OPTIONAL, found, "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


def _extra(part: str, extra: str, without: str, package: str, *further: str) -> Finding:
    """Whether the packages of an extra are there; `without` says what happens where they are not."""
    try:
        version = metadata.version(package)
        for each in further:
            metadata.version(each)
    except metadata.PackageNotFoundError:
        return Finding(part, Health.OPTIONAL, f"not installed; {without}", f'pip install "tawthiq[{extra}]"')
    return Finding(part, Health.OK, version)


def postgresql() -> Iterator[Finding]:
    """A database server for teams; one person needs none."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    program = shutil.which("postgres") or (str(installed[-1]) if installed else None)
    if program is None:
        found = "not found; needed only by teams that share one database"
        yield Finding("PostgreSQL", Health.OPTIONAL, found, "apt install postgresql")
    else:
        yield Finding("PostgreSQL", Health.OK, _output([program, "--version"]) or program)


def disk(folder: Path) -> Iterator[Finding]:
    """Room on the disk that `folder` is on."""
    free = shutil.disk_usage(folder).free
    found = f"{free / (1 << 30):.1f} GiB free"
    if free < LITTLE_SPACE:
        yield Finding("disk", Health.WARNING, found, "free some space before collecting")
    else:
        yield Finding("disk", Health.OK, found)


def clock() -> Iterator[Finding]:
    """Whether the clock can be right: every record carries its time. Zone and synchronisation are said as they are."""
    now = datetime.now(UTC)
    installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if now < installed:
        found = f"{now:%Y-%m-%d %H:%M} UTC is earlier than this program's own files"
        yield Finding("clock", Health.WARNING, found, "set the clock (Debian: apt install systemd-timesyncd)")
    else:
        yield Finding("clock", Health.OK, f"{now:%Y-%m-%d %H:%M:%S} UTC")
    yield Finding("time zone", Health.OK, f"{time.strftime('%Z %z')}; records are kept in UTC")
    match clock_state(None).synchronized:
        case True:
            yield Finding("clock synchronisation", Health.OK, "synchronised with the network")
        case False:
            found = "not synchronised; records say so of their times"
            advice = "times in records rest on this clock alone; timedatectl set-ntp true"
            yield Finding("clock synchronisation", Health.WARNING, found, advice)


def terminal() -> Iterator[Finding]:
    """Whether Arabic can be printed."""
    encoding = (sys.stdout.encoding or "unknown").lower()
    if encoding.replace("-", "") == "utf8":
        yield Finding("terminal", Health.OK, "UTF-8")
    else:
        yield Finding("terminal", Health.WARNING, encoding, "set LANG=C.UTF-8, so that Arabic is printed")


def _output(command: list[str]) -> str:
    """What a program prints, or nothing when it does not answer in time or cannot be run."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        run = subprocess.run(  # noqa: S603 programs of the system, found on PATH, with fixed arguments
            command,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=PROGRAM_SECONDS,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return (run.stdout or run.stderr).decode("utf-8", "replace").strip()
    return ""
