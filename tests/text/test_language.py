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
        ("12:30", "und"),
        ("", "und"),
    ],
)
def test_language_of(text: str, expected: str) -> None:
    assert language(text) == expected


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert language(text)
