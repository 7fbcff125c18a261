"""schemathesis against a really running `tawthiq serve`: all of its checks, with a court's token and with one for everybody.

A bounded version of `schemathesis run ADDRESS/api/v1/openapi.json --checks all -H "Authorization: Bearer TOKEN"`.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosed_desk import publish_case, seal_person, tell_the_name
from serving import serving
from tawthiq.casework.domain import api_tokens, custody
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import User
from tawthiq.records.disclosure import Profile
from verified_desk import copied, make_verified_desk

pytestmark = pytest.mark.sqlite  # the server is a process of its own, over an archive as a folder
SCHEMATHESIS = Path(__file__).resolve().parents[2] / ".venv-checkers" / "bin" / "schemathesis"
OPTIONS = ("--checks", "all", "--generation-deterministic", "--no-color", "--max-examples", "6")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[Profile, str]]]:
    """A server's address, and a token for each profile."""
    if not SCHEMATHESIS.exists():
        pytest.skip("schemathesis is not installed: make checkers")
    where = tmp_path_factory.mktemp("schemathesis")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        with copied(make_verified_desk(where / "model"), where / "archive") as desk:
            publish_case(desk)
            seal_person(desk)
            tell_the_name(desk)
            heron = User.objects.get(name="heron")
            tokens = {
                profile: api_tokens.make(Acting(None, "heron"), heron, api_tokens.Wanted(profile, "checks"))[1]
                for profile in (Profile.COURT, Profile.PUBLIC)
            }
    with serving(where / "archive") as (_, address, _line):
        yield address, tokens


def test_schemathesis_finds_nothing_with_either_token(served: tuple[str, dict[Profile, str]], tmp_path: Path) -> None:
    address, tokens = served
    phases = {Profile.COURT: "coverage,fuzzing,stateful", Profile.PUBLIC: "fuzzing"}
    started = {
        profile: _started(address, token, tmp_path / profile, phases[profile]) for profile, token in tokens.items()
    }
    for profile, process in started.items():
        told, _ = process.communicate(timeout=120)
        assert process.returncode == 0, f"{profile}\n{told}"
        assert "4 selected / 4 total" in told
        assert "❌" not in told
    assert int(re.findall(r"(\d+) generated", told)[0]) > 10


def _started(address: str, token: str, folder: Path, phases: str) -> "subprocess.Popen[str]":
    """The checks, under way in a folder of their own."""
    folder.mkdir()
    asked = [
        SCHEMATHESIS,
        "run",
        f"{address}api/v1/openapi.json",
        "-H",
        f"Authorization: Bearer {token}",
        *OPTIONS,
        "--phases",
        phases,
    ]
    return subprocess.Popen(asked, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
