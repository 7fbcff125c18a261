"""What every test can ask for: the measuring data of ../shared, where it is at hand."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the repository; skips where it is absent."""
    folder = Path(os.environ.get("TAWTHIQ_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold" / "dev.jsonl").is_file():
        pytest.skip("the measuring data of ../shared is not at hand")
    return folder
