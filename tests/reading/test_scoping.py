"""What an event is to its report. All texts are ours."""

from datetime import date

import pytest

from tawthiq.reading import read
from tawthiq.records.reading import Document


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("أحيا أهالي كفرنبل اليوم الذكرى السنوية الأولى لمقتل سبعة مدنيين بقصف جوي على سوق المدينة.", "background"),
        ("بعد عام على مجزرة أريحا يروي الأهالي ما جرى.", "background"),
        (
            "Residents marked the first anniversary of the air strike that killed seven people in Kafr Nabl.",
            "background",
        ),
        ("قتل سبعة مدنيين بغارة على كفرنبل اليوم، وقال الدفاع المدني إنه انتشلهم من تحت الأنقاض.", "single"),
    ],
)
def test_what_an_anniversary_recalls_did_not_happen_today(text: str, scope: str) -> None:
    events = read(Document("a", text, published=date(2024, 3, 14))).events
    assert {event.scope.value for event in events} == {scope}
