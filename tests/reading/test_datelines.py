"""Datelines are no part of what the first sentence reports."""

import pytest

from tawthiq.reading.layout import lay_out
from tawthiq.reading.prepared import prepare
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def first_word(text: str, language: str, outlet: str | None = None) -> str:
    """The first word of the first sentence behind its dateline."""
    document = Document(id="t", text=text, language=language, outlet=outlet, readable=(Span(0, len(text)),))
    layout = lay_out(prepare(document))
    return layout.tokens[layout.sentences[0][0]].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BEIRUT, May 30 (Agency) - Seventeen people were hurt on Monday", "Seventeen"),
        ("PORT TOWN, 12 June 2024 — A convoy was stopped at the bridge", "A"),
        ("SIDON: Masked men were sweeping glass in the street", "Masked"),
        ("TOWN – A member of a pro-government group was sentenced", "A"),
        ("Officials – who spoke in private – said nothing more", "Officials"),
        ("The town: a place of many bridges and few shops", "The"),
    ],
)
def test_english_dateline_is_left_out(text: str, expected: str) -> None:
    assert first_word(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بيروت (وكالة المرفأ) - قُتل ثلاثة أشخاص في قصف على البلدة", "قُتل"),
        ("عمان 17 يوليو تموز (وكالة المرفأ) - نقل المرصد عن سكان أن قصفاً وقع", "نقل"),
        ("مصدر طبي - من المشفى الكبير في المدينة قال إن الجرحى كثر", "مصدر"),
        ("5 مدنيين بصواريخ (أرض - أرض) أطلقت على الحي القديم", "5"),
    ],
)
def test_arabic_dateline_is_left_out(text: str, expected: str) -> None:
    assert first_word(text, "ar") == expected


def test_outlet_named_before_a_colon_is_a_dateline() -> None:
    text = "القاهرة - ساحة النهر: توصلت الأطراف إلى اتفاق في المدينة"
    assert first_word(text, "ar", "ساحة النهر") == "توصلت"
