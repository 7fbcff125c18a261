"""What every test can ask for: the measuring data of ../shared, where it is at hand."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What the person at this machine has installed for reading must not change what tests read.
os.environ["TAWTHIQ_PLACES"] = str(ROOT / "no-place-packs")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the repository; skips where it is absent."""
    folder = Path(os.environ.get("TAWTHIQ_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold" / "dev.jsonl").is_file():
        pytest.skip("the measuring data of ../shared is not at hand")
    return folder


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a skipped test is a failure: a part that was to be installed is missing."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome, report.longrepr = "failed", f"skipped in CI, where every part must be installed: {reason}"


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name byte strings by their length: compressed ones hold the clock, and test processes must agree on names."""
    return f"{argname}-of-{len(val)}-bytes" if isinstance(val, bytes) else None
