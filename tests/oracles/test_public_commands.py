"""What the documents tell others to run, run: on what was handed over alone, in an empty folder, with public tools only."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from oracles.conftest import ROOT
from package_samples import Sample
from tawthiq.pipeline.packaging import Packaged

TOOLS = ("sh", "sha256sum", "openssl", "jq", "xxd", "unzip")
Machine = Callable[[str], "subprocess.CompletedProcess[str]"]
Hand = Callable[[Packaged], Machine]
UNZIP = "unzip -q case.wacz -d package && cd package"
CHECKS = "sh -eu tawthiq/checks.txt"


def commands() -> list[str]:
    """The commands of the section on packages, as they stand there, with the name of our package."""
    section = (
        (ROOT / "docs" / "custody-format.md").read_text("utf-8").split("## Evidence packages")[1].split("\n## ")[0]
    )
    after = section[section.index("On another machine") :]
    return [line.strip().replace("NAME.wacz", "case.wacz") for line in re.findall(r"^    \S.*", after, re.MULTILINE)]


@pytest.fixture(scope="module")
def small(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    """A package of one item, for the tests that need not check many."""
    return sample.package(tmp_path_factory.mktemp("small") / "case.wacz", "http")


@pytest.fixture
def machine(oracle: Callable[[str], Path], tlogcheck: Path, tmp_path: Path) -> Hand:
    """Runs commands in a folder that holds the two files handed over, with nothing of ours on the path."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    programs, folder = tmp_path / "bin", tmp_path / "empty"
    programs.mkdir()
    folder.mkdir()
    (programs / "warcio").symlink_to(oracle("warcio"))
    (programs / "tlogcheck").symlink_to(tlogcheck)

    def run(command: str) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONWARNINGS": "ignore"}
        whole = ["bash", "-o", "pipefail", "-c", command]
        return subprocess.run(whole, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    def handed(packaged: Packaged) -> Machine:
        shutil.copy(packaged.path, folder)
        shutil.copy(packaged.proof, folder)
        return run

    return handed


def test_every_command_of_the_document_holds_on_another_machine(machine: Hand, packaged: Packaged) -> None:
    told = commands()
    assert told[:2] == [UNZIP, f"{CHECKS} ../case.wacz"]
    assert len(told) >= 8
    ran = machine(packaged)("set -e\n" + "\n".join(told))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "All checks hold.\n" in ran.stdout
    assert ran.stdout.count("not checked") == 1
    assert "NOT PROVEN" not in ran.stdout
    assert ran.stdout.count("holds: proofs/") == 2 * 13
    assert "by an authority" in ran.stdout
    assert "by the team's own authority" in ran.stdout
    assert "cosigned by witness.example/w1" in ran.stdout


def unzipped(machine: Machine) -> Path:
    """The folder in which the package was unzipped."""
    ran = machine(f"{UNZIP} && pwd")
    assert ran.returncode == 0, ran.stderr
    return Path(ran.stdout.strip())


def checks(machine: Machine) -> "subprocess.CompletedProcess[str]":
    return machine(f"cd package && {CHECKS}")


def agreed(folder: Path) -> None:
    """Make list and digest fit what the parts have become, as whoever forges a package does."""
    script = """
    jq -c '.resources[]' datapackage.json | while read -r each; do path=$(echo "$each" | jq -r .path)
      echo "$each" | jq -c --arg hash "sha256:$(sha256sum "$path" | cut -d ' ' -f 1)" '.hash = $hash'; done > listed
    jq --slurpfile listed listed '.resources = $listed' datapackage.json > new; mv new datapackage.json; rm listed
    jq --arg hash "sha256:$(sha256sum datapackage.json | cut -d ' ' -f 1)" '.hash = $hash' datapackage-digest.json > new
    mv new datapackage-digest.json"""
    subprocess.run(["bash", "-eu", "-c", script], cwd=folder, check=True)


def flip(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("part", "at", "said"),
    [
        ("archive/*.warc.gz", 400, "DIFFERS"),
        ("proofs/1-in-*.tlog-proof", 60, "the entry is not in the log"),
        ("tawthiq/checkpoint", -20, "the signature of tawthiq/checkpoint"),
        ("timestamps/*-north.tsr", 700, "timestamps/"),
        ("timestamps/*.checkpoint", -20, "signature"),
    ],
)
def test_the_commands_find_a_forgery_whose_digests_all_fit(
    machine: Hand, small: Packaged, part: str, at: int, said: str
) -> None:
    run = machine(small)
    folder = unzipped(run)
    flip(min(folder.glob(part)), at)
    agreed(folder)
    ran = checks(run)
    assert ran.returncode != 0
    assert said in ran.stdout, ran.stdout + ran.stderr


def test_the_commands_find_a_changed_and_an_added_part(machine: Hand, small: Packaged) -> None:
    run = machine(small)
    folder = unzipped(run)
    flip(folder / "pages" / "pages.jsonl", 80)
    assert "DIFFERS: a part" in checks(run).stdout
    flip(folder / "pages" / "pages.jsonl", 80)
    assert checks(run).returncode == 0
    for plant in (lambda path: path.write_bytes(b""), lambda path: path.symlink_to("/etc/passwd")):
        plant(folder / "archive" / "planted.warc.gz")
        assert "added" in checks(run).stdout
        (folder / "archive" / "planted.warc.gz").unlink()


def test_the_commands_find_that_the_whole_file_is_not_the_one_exported(
    machine: Hand, small: Packaged, sample: Sample, tmp_path: Path
) -> None:
    run = machine(small)
    folder = unzipped(run)
    other = sample.package(tmp_path / "other.wacz", "file")
    (folder.parent / "case.wacz.tlog-proof").write_bytes(other.proof.read_bytes())
    ran = run(f"cd package && {CHECKS} ../case.wacz")
    assert ran.returncode != 0
    assert "not the file that was logged" in ran.stdout


def planted(folder: Path, name: str) -> None:
    """Put a part into the package and into its list."""
    (folder / name).write_bytes(b"forged")
    script = """
    jq --arg path "$1" '.resources += [{name: "x", path: $path, hash: "x", bytes: 6}]' datapackage.json > new
    mv new datapackage.json"""
    subprocess.run(["bash", "-eu", "-c", script, "bash", name], cwd=folder, check=True)
    agreed(folder)


@pytest.mark.parametrize("name", ["indexes/other.cdx", "pages/extraPages.jsonl", "tawthiq/read-me.html", "notes.txt"])
def test_the_commands_name_a_listed_part_that_belongs_to_no_package(machine: Hand, small: Packaged, name: str) -> None:
    run = machine(small)
    planted(unzipped(run), name)
    ran = checks(run)
    assert ran.returncode != 0
    assert f"DIFFERS: {name} belongs to no package" in ran.stdout


def test_the_commands_call_nothing_proven_that_no_event_speaks_of(
    machine: Hand, small: Packaged, sample: Sample, tmp_path: Path
) -> None:
    run = machine(small)
    folder = unzipped(run)
    assert checks(run).stdout.endswith("\nAll checks hold.\n")
    original = next((folder / "archive").iterdir())
    planted(folder, "archive/other.warc.gz")
    shutil.copy(original, folder / "archive" / "other.warc.gz")
    agreed(folder)
    ran = checks(run)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "NOT PROVEN: archive/other.warc.gz:" in ran.stdout
    assert f"NOT PROVEN: archive/{original.name}" not in ran.stdout
    assert ran.stdout.endswith("\nAll checks hold, but for what is marked NOT PROVEN.\n")
    withheld = tmp_path / "withheld"
    withheld.mkdir()
    packaged = sample.package(withheld / "case.wacz", "http", with_events=False)
    ran = run(f"mkdir withheld && cd withheld && unzip -q {packaged.path} && {CHECKS}")
    assert ran.stdout.endswith("\nAll checks hold, but for what is marked NOT PROVEN.\n"), ran.stdout + ran.stderr
