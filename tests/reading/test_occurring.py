"""Which texts a change of the authority can change: the law holds for any two authorities, and most texts are left alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_ACTOR, OTHER_PLACE, about
from tawthiq.lexicon.authority import AuthorityRefused, in_force
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer
from tawthiq.reading import read
from tawthiq.reading.occurring import changed_names, trace
from tawthiq.records.authority import Decision, Step
from tawthiq.records.reading import Document

RAQQA, IDLIB = (
    next(place for place in gazetteer().named(name) if place.code.startswith("sy.")) for name in ("الطبقة", "سرمين")
)
AT_RAQQA = replace(ADD_PLACE, code=RAQQA.code)
DECISIONS = (
    ADD_ACTOR, OTHER_ACTOR, ADD_PLACE, OTHER_PLACE,
    about(ADD_ACTOR, Step.ALIAS, alias="قوات الدرع البعيد"),
    about(ADD_ACTOR, Step.ALIAS, alias="الدرع", country="SY"),
    about(ADD_ACTOR, Step.CORRECT, parent="unknown"),
    about(ADD_ACTOR, Step.CORRECT, last=date(2016, 1, 1)),
    about(OTHER_ACTOR, Step.MERGE, target=ADD_ACTOR.code),
    about(ADD_ACTOR, Step.END),
    about(ADD_PLACE, Step.ALIAS, alias="الزنبق", wording="common"),
    about(ADD_PLACE, Step.ALIAS, alias="Tel Zanbak"),
    about(ADD_PLACE, Step.CORRECT, parent="sy.raqqa", latitude=35.9, longitude=39.0),
    about(ADD_PLACE, Step.CORRECT, parent=RAQQA.code),
    about(OTHER_PLACE, Step.MERGE, target=ADD_PLACE.code),
    about(OTHER_PLACE, Step.END),
    about(AT_RAQQA, Step.CORRECT, latitude=34.0, longitude=40.0),
    about(AT_RAQQA, Step.CORRECT, parent="sy.idlib"),
    about(AT_RAQQA, Step.MERGE, target=IDLIB.code),
    about(AT_RAQQA, Step.END),
    about(replace(ADD_PLACE, code=""), Step.NOT_PLACE, alias="حلب"),
    about(AT_RAQQA, Step.NOT_PLACE, alias="الطبقة"),
    about(replace(ADD_ACTOR, code="opposition"), Step.ALIAS, alias="كتائب الوادي البعيد", wording="part"),
)  # fmt: skip
TEXTS = (
    "قال ناشطون إن مقاتلي درع الأرز الشرقي قصفوا بالمدفعية قرية تل الزنبق في ريف إدلب وقتلوا ثلاثة مدنيين.",
    "قصفت قوات الدرع البعيد بلدة سرمين شرق إدلب، ما أدى إلى مقتل أربعة مدنيين في تل الزمبق.",
    "قُتل طفلان في غارة جوية على مدينة الطبقة في محافظة الرقة، وأصيب آخرون في محيط سرمين.",
    "انفجر لغم بالزنبق قرب الطبقة وقتل راعياً، وقال الأهالي إن رتل الفجر البعيد زرعه.",
    "Shelling by the Eastern Cedar Shield killed four civilians in the village of Tel-Zanbaq near Sarmin on Sunday.",
    "Residents said an air strike killed seven people near Raqqa on Monday.",
    "اعتقل الدرع أربعة شبان في حلب، وقال ذووهم إنهم لا يعرفون مكانهم، وسقطت قذائف في محافظة الرقة.",
    "اشتبكت كتائب الوادي البعيد مع رتل الفجر البعيد في حلب وقُتل خمسة من الطرفين.",
    "أعلنت وزارة الصحة عن افتتاح مركز جديد لغسيل الكلى، بحسب بيان نشرته مساء الأحد.",
)
DOCUMENTS = tuple(
    Document(id=str(number), text=text, language=None, published=date(2018, 5, 6), outlet=None, title=None)
    for number, text in enumerate(TEXTS)
)
READ: dict[tuple[str, str], object] = {}


def known(decisions: tuple[Decision, ...]) -> Gazetteer:
    sound: list[Decision] = []
    for decision in decisions:
        try:
            in_force([*sound, decision])
        except AuthorityRefused:
            continue
        sound.append(decision)
    return with_overlay(gazetteer(), overlay(in_force(sound)))


def reading(document: Document, held: Gazetteer) -> object:
    at = document.id, held.overlay.digest if held.overlay else ""
    if at not in READ:
        READ[at] = read(document, known=held)
    return READ[at]


CHOSEN = st.lists(st.sampled_from(DECISIONS), max_size=6, unique=True).map(
    lambda made: tuple(sorted(made, key=lambda each: each.step is not Step.ADD))
)


@settings(max_examples=40, deadline=None)
@given(CHOSEN, CHOSEN)
def test_a_text_without_a_changed_name_reads_the_same(
    first: tuple[Decision, ...], second: tuple[Decision, ...]
) -> None:
    one, other = known(first), known(second)
    names = changed_names(one, other)
    for document in DOCUMENTS:
        if not names.stand_in(document):
            assert reading(document, one) == reading(document, other)


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_alone_is_seen_where_it_changes_something(decision: Decision) -> None:
    before = tuple(each for each in DECISIONS if each.step is Step.ADD and each != decision)
    one, other = known(before), known((*before, decision))
    names = changed_names(one, other)
    for document in DOCUMENTS:
        if reading(document, one) != reading(document, other):
            assert names.stand_in(document)


def test_the_decisions_of_this_test_do_change_readings() -> None:
    before = tuple(each for each in DECISIONS if each.step is Step.ADD)
    plain, added = known(()), known(before)
    assert [reading(document, plain) != reading(document, added) for document in DOCUMENTS].count(True) == 4


def test_a_report_that_names_nothing_of_it_is_left_alone() -> None:
    names = changed_names(known(()), known((ADD_ACTOR, ADD_PLACE)))
    assert [document.id for document in DOCUMENTS if names.stand_in(document)] == ["0", "4"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("تل الزنبق", "قصف بتل الزنبق"),
        ("كفرنبودة", "في كفر نبودة"),
        ("الرقة", "وقصفٌ للرقّة ليلاً"),
        ("Tell Abyad", "near Tal al-Abyad's market"),
        ("Yarmouk", "the Yarmuk camp"),
        ("Deir az-Zor", "in Deir Az Zour"),
    ],
)
def test_the_trace_of_a_name_stands_in_the_trace_of_every_writing_of_it(name: str, text: str) -> None:
    assert trace(name) in trace(text)
