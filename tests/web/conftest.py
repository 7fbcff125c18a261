"""The archive behind the pages that these tests ask for: made once, copied for each test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test.utils import override_settings

from either_database import settle, unsynced
from served_archive import Desk, make_desk
from tawthiq.archive.database import open_database
from tawthiq.store import ArchiveFolder

SERVERS_HASHERS = settings.PASSWORD_HASHERS


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Passwords that are made in a millisecond; the hashes say how they were made, so a real server takes them too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 2)
        yield


@pytest.fixture(scope="session")
def desk_model(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Desk:
    """The archive that is copied; its passwords are hashed as a server does, whatever the test that needs it first has set."""
    with override_settings(PASSWORD_HASHERS=SERVERS_HASHERS):
        desk = make_desk(tmp_path_factory.mktemp("desk") / "archive")
    settle()
    desk.folder.close()
    return desk


@pytest.fixture
def desk(desk_model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Two reports of one incident, an image that holds none, and a user named heron."""
    path = tmp_path / "archive"
    copytree(desk_model.folder.path, path)
    folder = ArchiveFolder.open(path)
    open_database(folder.database)
    unsynced()
    monkeypatch.setattr(settings, "ARCHIVE_FOLDER", path)
    cache.clear()
    yield replace(desk_model, folder=folder)
    connection.close()
    folder.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """An installed Chromium without a window (chromium_visits.running_chromium)."""
    from web.chromium_visits import running_chromium  # noqa: PLC0415  only tests of browsers need Playwright

    with running_chromium() as browser:
        yield browser
