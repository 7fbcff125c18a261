"""Act words that tell an act, and those that tell none where they stand. All texts are ours."""

import pytest

from tawthiq.reading.marked import mark
from tawthiq.reading.prepared import prepare
from tawthiq.reading.triggers import triggers
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def told(text: str, language: str) -> list[str]:
    document = Document(id="t", text=text, language=language, published=None, readable=(Span(0, len(text)),))
    marked = mark(prepare(document))
    tokens = marked.tokens
    return [text[tokens[t.first].start : tokens[t.last - 1].end] for t in triggers(marked, ())]


@pytest.mark.parametrize(
    "text",
    [
        "دعا المبعوث إلى وقف إطلاق النار في المدينة.",
        "وزعت البلدية الخبز على مخيم النازحين.",
        "وجه المهاجم ضربة جزاء إلى القائم.",
        "تعرض موقع المصرف إلى هجوم إلكتروني.",
        "اجتمعت لجان الحي مساء السبت.",
        "جاء في بيان صادر عن المجلس أن المدارس تفتح غدا.",
        "وصفت الوزيرة الاجتماع بالمفيد.",
        "قد تغير الأمطار موعد المباراة.",
        "يعمل خبراء الألغام في الحقول منذ الربيع.",
        "جرى الحفل دون سابق إنذار.",
    ],
)
def test_an_arabic_phrase_that_only_holds_an_act_word_tells_none(text: str) -> None:
    assert told(text, "ar") == []


@pytest.mark.parametrize(
    "text",
    [
        "The fair opened in the rebel-held town.",
        "Teachers began a strike by school workers over pay.",
        "The council held a meeting on Monday.",
        "Aid reached a famine-hit valley.",
        "A bomb disposal team spoke to pupils.",
        "The army displayed a bomb-making kit.",
        "The camp shelters displaced families.",
        "Villagers sold the anti-tank missiles.",
        "He called it a shot in the arm for trade.",
    ],
)
def test_an_english_phrase_that_only_holds_an_act_word_tells_none(text: str) -> None:
    assert told(text, "en") == []


def test_a_word_beside_such_a_phrase_is_still_told() -> None:
    assert told("قصفت المدفعية مخيم النازحين رغم وقف إطلاق النار.", "ar") == ["قصفت"]
    assert told("Shelling hit the rebel-held town.", "en") == ["Shelling", "hit"]


def test_a_word_in_the_gap_of_a_phrase_is_still_told() -> None:
    assert told("Militants who killed him fled.", "en") == ["killed"]


def test_a_longer_act_phrase_stands_though_it_holds_such_a_phrase() -> None:
    assert told("سجلت البعثة خروقات وقف إطلاق النار.", "ar") == ["خروقات وقف إطلاق النار"]


def test_people_wounded_by_war_are_told_of() -> None:
    assert told("The clinic received 30 war-wounded.", "en") == ["wounded"]


def test_people_who_are_held_are_told_of() -> None:
    assert told("Two drivers were held at the checkpoint.", "en") == ["were held at"]


def test_a_verb_that_says_whom_a_named_attack_struck_is_no_act_of_its_own() -> None:
    assert told("وقع انفجار عنيف استهدف دورية.", "ar") == ["انفجار"]
    assert told("استهدف الطيران دورية.", "ar") == ["استهدف"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("حفر السكان الملاجئ تحسبا لهجوم.", "ar"),
        ("طالب الأهالي بوقف القصف.", "ar"),
        ("وصلت ناقلة جند إلى المرفأ.", "ar"),
        ("Shops closed ahead of the planned assault.", "en"),
        ("Mothers asked them to stop the shelling.", "en"),
    ],
)
def test_what_is_feared_planned_or_to_stop_is_not_told(text: str, language: str) -> None:
    assert told(text, language) == []
