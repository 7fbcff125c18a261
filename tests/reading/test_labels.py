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
    assert told("الدفاع المدني: انتهى البحث تحت الأنقاض\n" + ABOVE) == []


def test_places_credits_and_list_entries_are_no_labels() -> None:
    assert told(ABOVE + "حلب: سقطت قذيفتان على الحي\nالمصدر: وكالة محلية في الشمال\nقوات محلية: 5 قتلى في يوم") == []
