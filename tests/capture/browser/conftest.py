"""One Chromium for the tests of this folder, and one that trusts the fidelity site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fidelity_site.pages import route
from fidelity_site.serving import Site, serving_site
from tawthiq.capture.browser.chromium import BrowserSession, BrowserSettings
from tawthiq.capture.browser.process import found
from tawthiq.records.errors import WrongUsage


@pytest.fixture(scope="session")
def executable() -> Path:
    try:
        return found(None)
    except WrongUsage as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def browser(executable: Path) -> Iterator[BrowserSession]:
    with BrowserSession(BrowserSettings(executable=executable)) as session:
        yield session


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    with serving_site(tmp_path_factory.mktemp("site"), route) as (serving, authorities):
        yield serving, authorities
