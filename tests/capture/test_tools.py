"""What is said of the programs that take part: recomputable with public tools, and of no person or machine."""

import getpass
import platform
import subprocess
from pathlib import Path

from tawthiq import __version__
from tawthiq.capture.tools import sources_digest, system, tools
from tawthiq.records.visit import Browser

COMMAND = (
    r"find . -type f -not -path '*/__pycache__/*' -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum"
)
BROWSER = Browser("Chromium", "156.0", "ab" * 32, "agent", 1280, 800, "ar")


def test_the_digest_of_the_sources_is_what_public_tools_compute(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "__pycache__").mkdir()
    for name in ("b.py", "a/z.py", "a.py", "a/__pycache__/z.pyc", "a/كلمات.tsv"):
        (tmp_path / name).write_text(name, "utf-8")
    run = subprocess.run(["bash", "-c", COMMAND], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert sources_digest(tmp_path) == run.stdout.split()[0]


def test_one_changed_byte_of_the_sources_changes_their_digest(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    before = sources_digest(tmp_path)
    (tmp_path / "a.py").write_bytes(b"x = 2\n")
    assert sources_digest(tmp_path) != before


def test_tawthiq_and_the_interpreter_come_first_and_carry_digests() -> None:
    own, python, *libraries = tools()
    assert (own.name, own.version, len(own.sha256 or "")) == ("tawthiq", __version__, 64)
    assert (python.version, len(python.sha256 or "")) == (platform.python_version(), 64)
    assert {"warcio", "fastwarc", "urllib3", "cryptography"} <= {each.name for each in libraries}


def test_the_browser_that_visits_is_one_of_them() -> None:
    last = tools(BROWSER)[-1]
    assert (last.name, last.version, last.sha256) == ("Chromium", "156.0", "ab" * 32)


def test_the_system_names_neither_the_machine_nor_its_user() -> None:
    words = system().split()
    assert words[0] == platform.system()
    assert platform.machine() in words
    assert not {platform.node(), getpass.getuser()} & set(words)
