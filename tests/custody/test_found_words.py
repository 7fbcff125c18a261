"""What checks found, in Arabic: a whole table, values as they are, and sentences that the checks still write."""

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tawthiq
from package_samples import make_attested_sample
from tawthiq.custody.found_words import SENTENCES, in_arabic
from tawthiq.pipeline.package_checks import package_checks
from tawthiq.pipeline.packaging import hand_over, package
from tawthiq.store import ArchiveFolder
from tawthiq.store.verify import verify
from tawthiq.store.verify_item import verify_item

ROOT = Path(tawthiq.__file__).parent
ROOMS = ("store/verify*.py", "pipeline/package_*.py", "custody/proof.py")


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize(("english", "arabic"), SENTENCES)
def test_each_sentence_is_told_in_arabic_with_all_its_values(english: str, arabic: str) -> None:
    assert places(english) == places(arabic)
    assert re.search("[؀-ۿ]", arabic)
    values = {name: f"<{number}>" for number, name in enumerate(places(english))}
    assert in_arabic(english.format(**values)) == arabic.format(**values)


def test_each_sentence_is_one_that_a_check_writes() -> None:
    source = "".join(file.read_text("utf-8") for pattern in ROOMS for file in sorted(ROOT.glob(pattern)))
    source = re.sub(r'"\s*f?"', "", source)
    for english, _ in SENTENCES:
        longest = max(re.split(r"\{\w+\}|;", english), key=len).strip(" ;:,()")
        assert longest in source, english


def test_all_that_holds_is_told_in_arabic(tmp_path: Path) -> None:
    sample = make_attested_sample(tmp_path / "archive", tmp_path / "authority")
    item = sample.captures["file"].id
    with ArchiveFolder.open(sample.path) as archive:
        done = package(archive, hand_over(archive, [item]), tmp_path / "x.wacz")
    checks = [*verify(sample.path), *verify_item(sample.path, item), *package_checks(done.path, sample.key)]
    assert all(check.holds for check in checks)
    english = [check.found for check in checks if in_arabic(check.found) == check.found]
    assert set(english) <= {sample.key}


@given(st.text())
def test_whatever_the_table_lacks_stays_as_it_is(text: str) -> None:
    told = in_arabic(text)
    assert told == text or re.search("[؀-ۿ]", told)
