# ruff: noqa: E501 (sample lines read better unbroken)
import pytest

from tawthiq.page.shortcodes import shortcodes


@pytest.mark.parametrize("code", ["[ads3]", "[sociallocker]", "[sociallocker id=12]", "[/sociallocker]", "[caption width=300]", "[su_note]", "[contact-form-7 404]"])  # fmt: skip
def test_codes_of_publishing_systems_are_found_where_they_stand(code: str) -> None:
    text = f"قال الشهود.{code} وأضافوا"
    assert [text[start:end] for start, end in shortcodes(text)] == [code]


@pytest.mark.parametrize("words", ["[sic]", "[he said]", "[1]", "[الأنبار]", "[...]", "[citation needed]"])
def test_words_in_brackets_are_no_codes(words: str) -> None:
    assert not shortcodes(f"People fled {words} the town.")
