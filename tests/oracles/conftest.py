"""Where others' tools are, and what they are given: one sample archive, one package of all of it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from package_samples import Sample, make_attested_sample
from tawthiq.pipeline.packaging import Packaged

ROOT = Path(__file__).resolve().parents[2]
ORACLES = ROOT / ".venv-oracles" / "bin"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def ran(*command: str | Path, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """A finished program, with what it said."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def oracle() -> Callable[[str], Path]:
    """Where a tool of .venv-oracles is; skips where it could not be installed."""

    def find(name: str) -> Path:
        if not (ORACLES / name).exists():
            pytest.skip(f"{name} is not installed: make oracles")
        return ORACLES / name

    return find


@pytest.fixture(scope="session")
def tlogcheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tools/go_verifier, built from Debian's Go and golang.org/x/mod, with no network."""
    if shutil.which("go") is None or not Path("/usr/share/gocode/src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("Go or golang.org/x/mod is not installed: apt install golang-go golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    settings = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    settings["CGO_ENABLED"] = "0"
    command = ["go", "build", "-o", str(folder / "tlogcheck"), "."]
    built = subprocess.run(
        command, cwd=ROOT / "tools" / "go_verifier", env={**os.environ, **settings}, capture_output=True, check=False
    )
    assert built.returncode == 0, built.stderr.decode()
    return folder / "tlogcheck"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """An archive with timestamps and a cosignature."""
    folder = tmp_path_factory.mktemp("sample")
    return make_attested_sample(folder / "archive", folder / "authority")


@pytest.fixture(scope="session")
def packaged(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    return sample.package(tmp_path_factory.mktemp("handed") / "case.wacz", to="a court", reason="asked for")


@pytest.fixture
def unpacked(packaged: Packaged, tmp_path: Path) -> Path:
    """Another machine: an empty folder with what was handed over, unzipped, and nothing else."""
    folder = tmp_path / "machine"
    folder.mkdir()
    assert ran("unzip", "-q", packaged.path, folder=folder).returncode == 0
    return folder
