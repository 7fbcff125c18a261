"""One text printed by many outlets is one source, however many there are."""

from dataclasses import replace

import pytest

from linking.test_slots import killed, numbers, toll
from tawthiq.linking import link
from tawthiq.linking.repeated import repeated
from tawthiq.linking.sampled_index import MOST_DOCUMENTS
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Document

LONG = (
    "ووصف سكان الحي لحظات الخوف حين اهتزت الجدران وتطاير الزجاج، وخرج الجيران يبحثون بأيديهم تحت الركام حتى ساعة متأخرة، "
    "بينما كانت سيارات الإسعاف تنقل المصابين تباعاً نحو المشفى الوحيد الذي بقي يعمل"
)


def printed(number: int) -> LinkInput:
    """The same dispatch in another outlet, under a line of its own."""
    told = toll(f"d{number:03}", 5, outlet=f"outlet {number}")
    own = f" {LONG} نشره الموقع{number} ضمن باب{number} برقم{number}"
    return replace(told, document=replace(told.document, text=told.document.text + own))


@pytest.mark.parametrize("outlets", [2, MOST_DOCUMENTS + 3])
def test_a_dispatch_is_one_source_whether_two_outlets_print_it_or_very_many(outlets: int) -> None:
    (incident,) = link([printed(number) for number in range(outlets)]).incidents
    assert (len(incident.documents), incident.independent_sources) == (outlets, 1)


def test_outlets_that_tell_the_same_in_words_of_their_own_stay_sources_of_their_own() -> None:
    view = killed(toll("a", 5, outlet="o1"), printed(2))
    assert numbers(view) == [([5], 2)]


def test_a_text_that_repeats_two_is_one_source_with_both_families() -> None:
    first, second = (f"{LONG[:150]} خاتمة أولى".split(), f"{LONG[150:]} خاتمة ثانية".split())
    texts = {"a": " ".join(first), "b": " ".join(second), "c": " ".join([*first, *second])}
    found = repeated({name: Document(name, text, "ar", None, None) for name, text in texts.items()})
    assert found == {"c": "a"}
