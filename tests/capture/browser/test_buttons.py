"""Which buttons a visit presses, by their wording, and which it leaves alone."""

import pytest

from tawthiq.capture.browser.buttons import Use, is_banner, use_of
from tawthiq.lexicon.tables import load


@pytest.mark.parametrize(
    ("wording", "use"),
    [
        ("رفض الكل", Use.REJECT),
        ("لا أوافق", Use.REJECT),
        ("Tout refuser", Use.REJECT),
        ("Tümünü Reddet", Use.REJECT),
        ("Only necessary", Use.NECESSARY),
        ("×", Use.CLOSE),
        ("إغلاق", Use.CLOSE),
        ("اقرأ المزيد…", Use.TEXT),
        ("Lire la suite", Use.TEXT),
        ("عرض ٢٥ تعليقاً", Use.COMMENTS),
        ("View all 1,204 comments", Use.COMMENTS),
        ("نمایش دیدگاه‌ها", Use.COMMENTS),
        ("Daha fazla yükle", Use.ITEMS),
        ("تحميل المزيد", Use.ITEMS),
    ],
)
def test_wording_tells_what_a_button_does(wording: str, use: Use) -> None:
    assert use_of(wording) is use


@pytest.mark.parametrize(
    "wording",
    [
        "Accept all",
        "موافق",
        "قبول الكل",
        "Subscribe to read more",
        "تسجيل الدخول",
        "شارك",
        "Reply",
        "Buy",
        "",
        "x" * 900,
    ],
)
def test_buttons_that_agree_buy_or_send_are_left_alone(wording: str) -> None:
    assert use_of(wording) is None


def test_no_phrase_that_may_be_pressed_is_forbidden_by_another_row() -> None:
    rows = [row for code in ("ar", "en") for row in load(f"{code}/page_buttons", ("use", "match", "phrases"))]
    pressed = [(row["use"], each) for row in rows if row["use"] in set(Use) for each in row.alternatives("phrases")]
    lost = [(use, phrase) for use, phrase in pressed if use_of(phrase.replace("#", "12")) is None]
    assert lost == []


def test_banners_are_known_by_their_words() -> None:
    assert is_banner("نستخدم ملفات تعريف الارتباط لتحسين الموقع")
    assert is_banner("We use cookies and similar technologies.")
    assert not is_banner("الرئيسية محليات رياضة بحث")
