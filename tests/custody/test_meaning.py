"""The sentences that explain checks: whole in both languages, and found by what a check says."""

import re

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


def test_a_check_that_the_table_lacks_keeps_its_own_words() -> None:
    check = Check("x", holds=False, found="", proves="something new")
    assert meaning.explained(check) == ("something new", "")
    assert meaning.mark(check) == "DIFFERS"
