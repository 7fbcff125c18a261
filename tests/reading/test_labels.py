"""Statements of the form "source: what it says"."""

from tawthiq.reading.prepared import prepare
from tawthiq.reading.statements import statements
from tawthiq.records.reading import Document
from tawthiq.records.span import Span

ABOVE = "سطر أول\nسطر ثان\nسطر ثالث\n"


def told(text: str) -> list[tuple[str | None, str]]:
    """Speaker and content of each statement."""
    document = Document(id="t", text=text, language="ar", readable=(Span(0, len(text)),))
    found = statements(prepare(document))
    return [(s.speaker.mention.text if s.speaker else None, s.content.of(text)) for s in found]


def test_label_of_a_running_update_names_the_source() -> None:
    assert told(ABOVE + "10:30 | الدفاع المدني: انتهى البحث تحت الأنقاض") == [
        ("الدفاع المدني", "انتهى البحث تحت الأنقاض")
    ]


def test_label_of_the_headline_is_left_to_the_text_below() -> None:
    assert told("الدفاع المدني: انتهى البحث تحت الأنقاض\n" + 6 * ABOVE) == []


def test_post_of_one_line_is_no_headline() -> None:
    assert told("الدفاع المدني: انتهى البحث تحت الأنقاض") == [("الدفاع المدني", "انتهى البحث تحت الأنقاض")]


def test_places_credits_and_list_entries_are_no_labels() -> None:
    assert told(ABOVE + "حلب: سقطت قذيفتان على الحي\nالمصدر: وكالة محلية في الشمال\nقوات محلية: 5 قتلى في يوم") == []


def test_label_with_who_was_told_names_the_source() -> None:
    assert told(ABOVE + '📍مصدر طبي في المشفى لـ"صوت النهر": استقبلنا الجرحى حتى المساء') == [
        ('مصدر طبي في المشفى لـ"صوت النهر"', "استقبلنا الجرحى حتى المساء")
    ]


def test_number_behind_the_label_of_a_rescue_service_is_content() -> None:
    assert told(ABOVE + "محامو الطوارئ: 100 قتيل في السوق حتى المساء") == [
        ("محامو الطوارئ", "100 قتيل في السوق حتى المساء")
    ]


def test_label_that_asks_is_the_outlets_question() -> None:
    assert told(ABOVE + "الصحفي: كم جريحاً وصل إلى المشفى؟") == []


def test_answers_of_an_interview_belong_to_who_is_named_further_down() -> None:
    text = (
        "An interview\nby our desk\nfrom the border\n"
        "Q: Who gives the orders here?\nA: We take orders from nobody in this town.\n"
        "Q: And the prisoners?\nA: They are guests in our house until the winter ends.\n"
        "The commander said the talks were over.\n"
    )
    document = Document(id="t", text=text, language="en", readable=(Span(0, len(text)),))
    found = [(s.speaker.mention.text if s.speaker else None, s.content.of(text)) for s in statements(prepare(document))]
    assert found[:2] == [
        ("The commander", "We take orders from nobody in this town"),
        ("The commander", "They are guests in our house until the winter ends"),
    ]


def test_list_below_a_label_is_its_content() -> None:
    text = ABOVE + "المتحدث باسم اللجنة:\n- أوقفنا حافلتين في المدخل\n- فتحنا الطريق مساء\n\nتابعونا"
    assert told(text) == [("المتحدث باسم اللجنة", "أوقفنا حافلتين في المدخل\n- فتحنا الطريق مساء")]
