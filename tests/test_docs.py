"""Documentation that a test keeps complete: every verb, table, setting and exit code is told."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tawthiq.cli.main import VERBS
from tawthiq.store.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "tawthiq" / "lexicon" / "data"


def text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_is_told_in_the_readme(verb: str) -> None:
    assert f"tawthiq {verb}" in text("README.md")


@pytest.mark.parametrize("table", sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.tsv")))
def test_every_table_is_told_in_the_page_on_lexicons(table: str) -> None:
    page = text("docs", "lexicons.md")
    folder, _, name = table.rpartition("/")
    assert f"`{table}`" in page or re.search(rf"`{folder}/.*\b{re.escape(name)}`", page)


def test_every_setting_is_told_in_the_page_on_the_custody_format() -> None:
    page = text("docs", "custody-format.md")
    assert [field.name for field in fields(Settings) if field.name not in page] == []


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs" / "en" / "guide").glob("*.md")))
def test_every_page_of_the_guide_stands_in_both_languages_with_the_same_commands(page: str) -> None:
    english, arabic = text("docs", "en", "guide", page), text("docs", "ar", "guide", page)
    commands = re.compile(r"^    ((?:tawthiq|make|cd) \S+)", re.MULTILINE)
    assert commands.findall(english) == commands.findall(arabic)
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", arabic, re.MULTILINE))


def test_links_between_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    broken = []
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
