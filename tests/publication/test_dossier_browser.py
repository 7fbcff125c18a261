"""Dossiers in a real Chromium, in both languages and at both widths: axe, nothing from elsewhere, no line too wide.

Screenshots go to out/dossiers/, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publication.dossier_samples import dossier_of, public_incident
from tawthiq.publication.dossier.writing import write_dossier
from tawthiq.records.disclosure import Profile
from web.chromium_visits import ROOT, running_chromium, sync_api

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREENS = ROOT / "out" / "dossiers"


@pytest.fixture(scope="module")
def chromium() -> "Iterator[sync_api.Browser]":
    with running_chromium() as browser:
        yield browser


@pytest.mark.parametrize(
    ("language", "profile"), [("ar", Profile.COURT), ("en", Profile.COURT), ("ar", Profile.PUBLIC)]
)
def test_a_dossier_has_no_fault_asks_nobody_and_fits_each_width(
    chromium: "sync_api.Browser", tmp_path: Path, language: str, profile: Profile
) -> None:
    about = public_incident() if profile is Profile.PUBLIC else None
    write_dossier(dossier_of(about, profile, (language,)), tmp_path / "made", ("html",))
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "made" / "dossier.html").as_uri())
    assert [each for each in asked if not each.startswith("data:")] == [(tmp_path / "made" / "dossier.html").as_uri()]
    assert said == []  # such as a style that the policy refuses
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        page.screenshot(path=SCREENS / f"dossier-{profile.value}-{language}-{width}.png", full_page=True)
    found = axe.Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 10  # it looked
    assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]] == []
    assert page.evaluate("document.fonts.check('16px \"Dossier arabic\"')")
    page.close()
