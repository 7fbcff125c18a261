"""The sentences that explain checks: whole in both languages, and found by what a check says."""

import re

import pytest

from tawthiq.custody import meaning
from tawthiq.records.check import Check


def test_every_meaning_is_told_whole_in_both_languages() -> None:
    for each in meaning.MEANINGS:
        for wording in (each.proves, each.leaves_open):
            assert wording.en
            assert not re.search("[؀-ۿ]", wording.en)
            assert re.search("[؀-ۿ]", wording.ar)
            assert not re.search("[a-zA-Z]", wording.ar)
            assert not wording.en.endswith(".")
            assert not wording.ar.endswith(".")


def test_no_two_meanings_are_told_by_the_same_sentence() -> None:
    sentences = [each.proves.en for each in meaning.MEANINGS]
    assert len(set(sentences)) == len(sentences)


def test_a_check_is_explained_by_what_it_says_it_proves() -> None:
    check = Check("evidence/x", holds=True, found="", proves=meaning.FILE.proves.en)
    proves, leaves_open = meaning.explained(check, meaning.ARABIC)
    assert proves == meaning.FILE.proves.ar
    assert leaves_open == meaning.FILE.leaves_open.ar
    assert meaning.mark(check, meaning.ARABIC) == "سليم"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("evidence/2026/11/22/x.warc.gz", meaning.FILE),
        ("log/timestamps/2.checkpoint", meaning.STAMPED_HEAD),
        ("log/timestamps/north-fa4f633f.pem", meaning.CERTIFICATES_KEPT),
        ("log/timestamps/2-north.tsr", meaning.STAMP_KEPT),
        ("log/timestamps/2-calendar-2.ots", meaning.CALENDAR_PROOF_KEPT),
        ("log/cosignatures/2-team.note", meaning.COSIGNED_HEAD_KEPT),
        ("log/torn/x", meaning.CUT_LINE_KEPT),
        ("evidence/x.pem", meaning.FILE),
    ],
)
def test_a_file_beside_the_log_is_no_page_that_a_site_served(path: str, expected: meaning.Meaning) -> None:
    assert meaning.meaning_of_file(path) is expected


def test_a_check_that_the_table_lacks_keeps_its_own_words() -> None:
    check = Check("x", holds=False, found="", proves="something new")
    assert meaning.explained(check) == ("something new", "")
    assert meaning.mark(check) == "DIFFERS"
