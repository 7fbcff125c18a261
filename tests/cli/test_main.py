"""The command's entry: verbs found, summaries at hand, errors as one message."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tawthiq.cli.main import VERBS, Verbs, main, tawthiq


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tawthiq", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_has_a_command_with_help(verb: str) -> None:
    assert isinstance(tawthiq, Verbs)
    command = tawthiq.get_command(click.Context(tawthiq), verb)
    assert command is not None
    assert command.help


def test_help_lists_every_verb_and_imports_none() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    assert all(f"\n  {verb} " in shown.stdout for verb in VERBS)
    code = "import sys; from tawthiq.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([name for name in sys.modules if name.startswith(('django', 'tawthiq.cli.verb_'))])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.splitlines()[-1] == "[]"


def test_unknown_verb_is_wrong_usage() -> None:
    answer = run("guess")
    assert answer.returncode == 2
    assert "guess" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_fault_of_our_own_is_one_line_that_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(_path: Path) -> None:
        raise ZeroDivisionError("nothing\nleft\x1b[31m")

    monkeypatch.setattr("tawthiq.cli.verb_verify.verify", fault)
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(tmp_path)])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError at test_main.py" in line
    assert "\x1b" not in line


@pytest.mark.parametrize("umask", [0o022, 0o002, 0])
def test_an_archive_is_for_its_owner_alone(tmp_path: Path, umask: int) -> None:
    command = [sys.executable, "-m", "tawthiq", "new", "archive"]
    subprocess.run(command, cwd=tmp_path, umask=umask, capture_output=True, check=True)
    made = [tmp_path / "archive", *(tmp_path / "archive").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}


def test_what_a_process_holds_in_memory_reaches_no_core_dump() -> None:
    code = "import resource; from tawthiq.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "0"
