"""`tawthiq serve` as a process of its own, for tests that ask it as a browser or a stranger would."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(archive: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A server on a free port: the process, its address, and the line that it prints after that."""
    command = [sys.executable, "-m", "tawthiq", "--archive", str(archive), "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        first, second = process.stdout.readline(), process.stdout.readline()
        assert first.startswith("pages: http://127.0.0.1:"), first
        try:
            yield process, first.partition(": ")[2].strip(), second.strip()
        finally:
            process.kill()


@contextmanager
def serving_first_owner(archive: Path) -> Iterator[tuple[str, str]]:
    """A server of an archive without users: its address and the first owner's link."""
    with serving(archive) as (_, address, line):
        link = line.partition(": ")[2]
        assert link, line
        yield address, link
