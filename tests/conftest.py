"""What every test can ask for: the measuring data of ../shared, where it is at hand; the database that a run is about."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What the person at this machine has installed for reading must not change what tests read.
os.environ["TAWTHIQ_PLACES"] = str(ROOT / "no-place-packs")


if os.environ.get("TAWTHIQ_TEST_DATABASE") == "postgresql":
    import either_database
    from postgres_server import NoPostgres, server

    either_database.install()

    @pytest.fixture(scope="session", autouse=True)
    def postgresql() -> None:
        """A running server; skips, with the reason, where there is none."""
        try:
            server()
        except NoPostgres as reason:
            pytest.skip(str(reason))

    @pytest.fixture(autouse=True)
    def no_database_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
        """Databases of a test's own folder go with it."""
        folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
        yield
        if folder:
            either_database.forget(folder)

    def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
        """What is about SQLite's own file is left out."""
        gone = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


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
