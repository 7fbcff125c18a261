"""The command line as a person runs it, within the process of the tests."""

from pathlib import Path

import pytest

from tawthiq.cli.main import main


def run(*arguments: str | Path) -> int:
    """Run `tawthiq` with these arguments; its exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(each) for each in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code
