"""Languages told apart by script and function words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.language import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت طائرات حربية البلدة", "ar"),
        ("حلب", "ar"),
        ("Warplanes struck the town", "en"),
        ("این گزارش است که در تهران منتشر شد", "fa"),
        ("هێزەکانی ئاسایش لە شارەکە بوون", "ckb"),
        ("Saldırı sonrası bir açıklama ve çok sayıda yaralı", "tr"),
        ("Hêzên ewlehiyê li ser rê bûn û ji gund derketin", "ku"),
        ("قالت وكالة Reuters إن القصف استمر", "ar"),
        ("The outlet عنب بلدي reported shelling in the town", "en"),
        ("شہر پر گولہ باری ہوئی اور لوگ زخمی ہوئے ہیں", "ur"),
        ("העיר הופגזה אמש", "he"),
        ("Il presidente ha detto che la città è sotto attacco", "it"),
        ("De burgemeester zei dat het leger niet in de stad was", "nl"),
        ("У місті сталися вибухи, загинули люди", "uk"),
        ("В городе произошли взрывы", "ru"),
        ("城市遭到炮击", "zh"),
        ("韓国が戒厳令を出した", "ja"),
        ("No comment", "en"),
        ("What to do in Idlib", "en"),
        ("12:30", "und"),
        ("", "und"),
    ],
)
def test_language_of(text: str, expected: str) -> None:
    assert language(text) == expected


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert language(text)
