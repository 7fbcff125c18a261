"""FollowTheMoney's own library takes every entity and every statement that we write (make checkers)."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exchanged_incidents import ABOUT, incidents
from tawthiq.publication.exchange import ftm
from tawthiq.records.disclosure import DisclosedIncident

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-checkers" / "bin" / "python"
CHECK = Path(__file__).with_name("validate_followthemoney.py")


@pytest.fixture(scope="module")
def hostile() -> list[DisclosedIncident]:
    """Twenty-five arbitrary incidents under numbers of their own."""
    found: list[DisclosedIncident] = []

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(incidents())
    def collect(incident: DisclosedIncident) -> None:
        found.append(incident)

    collect()
    from dataclasses import replace  # noqa: PLC0415

    return [replace(incident, number=place) for place, incident in enumerate(found, start=1)]


def test_their_library_takes_every_entity_and_statement(hostile: list[DisclosedIncident], tmp_path: Path) -> None:
    if not PYTHON.exists():
        pytest.skip("followthemoney is not installed: make checkers")
    ftm.write(iter(hostile), ABOUT, tmp_path / "out")
    done = subprocess.run([PYTHON, CHECK, tmp_path / "out"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["entities"] > len(hostile)
    assert told["origins"] > 0
    assert {name: told[name] for name in ("wrong", "missing", "keys", "differing", "left")} == {
        "wrong": [], "missing": [], "keys": [], "differing": [], "left": [],
    }  # fmt: skip
