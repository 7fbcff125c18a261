"""Django is set up before test modules import its models; an archive that holds nothing."""

from pathlib import Path

import pytest

from tawthiq.archive.database import open_database, set_up_django

set_up_django()


@pytest.fixture
def bare_archive(tmp_path: Path) -> Path:
    """The folder of an archive without any item, its database open."""
    from sample_archive import make_folder  # noqa: PLC0415  after Django is set up

    made = make_folder(tmp_path / "archive", {})
    open_database(made.database)
    made.close()
    return made.path
