"""Events end to end: what happened, where, when, who did it, how many. All texts are ours."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.reading import read
from tawthiq.records.event import Event
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def events(text: str, language: str = "ar") -> tuple[Event, ...]:
    document = Document(
        id="t", text=text, language=language, published=date(2016, 5, 5), readable=(Span(0, len(text)),)
    )
    return read(document).events


def only(text: str, language: str = "ar") -> Event:
    found = events(text, language)
    assert len(found) == 1, [(str(event.act), event.trigger.text) for event in found]
    return found[0]


def tolls(event: Event) -> set[tuple[str, int | None]]:
    return {(str(count.harm), count.minimum) for count in event.counts if not count.part_of}


def test_toll_and_means_are_one_event() -> None:
    event = only("قتل 12 مدنياً وأصيب 20 آخرون في غارات جوية استهدفت مدينة الرقة أمس.")
    assert str(event.act) == "airstrike"
    assert tolls(event) == {("killed", 12), ("injured", 20)}
    assert event.places[0].mention.text == "مدينة الرقة"


def test_a_word_of_time_dates_the_event() -> None:
    event = only("قتل 12 مدنياً في غارات جوية استهدفت مدينة الرقة أمس.")
    assert event.when is not None
    assert event.when.period is not None
    assert event.when.period.first == date(2016, 5, 4)


def test_the_doer_is_named_by_min_qibal() -> None:
    event = only("أصيب طفل بجروح جراء قصف مدفعي من قبل قوات النظام السوري على بلدة اللطامنة.")
    assert [actor.actor for actor in event.by] == ["syria_gov"]


def test_dawn_is_not_a_detonation() -> None:
    found = events("استهدفت غارة جوية بلدة سراقب فجر اليوم وقتل مدني.")
    assert "explosive" not in {str(event.act) for event in found}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("انفجرت سيارة مفخخة في سوق شعبي ببغداد وقتل 5 أشخاص.", "explosive"),
        ("اعتقلت قوات الأمن ثلاثة ناشطين في مدينة حمص.", "arrest"),
        ("اندلعت اشتباكات بين مسلحين في مدينة طرابلس وقتل شخصان.", "clash"),
        ("اختطف مسلحون طبيباً في مدينة تعز.", "abduction"),
        ("أعدم التنظيم رجلين في مدينة الميادين.", "execution"),
    ],
)
def test_acts_by_their_words(text: str, act: str) -> None:
    assert act in {str(event.act) for event in events(text)}


def test_english_event() -> None:
    event = only("An air strike on the town of Saraqib killed nine civilians on Tuesday.", "en")
    assert str(event.act) == "airstrike"
    assert tolls(event) == {("killed", 9)}


def test_a_text_without_harm_has_no_event() -> None:
    assert events("افتتح المجلس المحلي مدرسة جديدة في المدينة وحضر الأهالي الحفل.") == ()


def test_every_event_names_its_rules_and_lexicon_rows() -> None:
    event = only("قتل 12 مدنياً في غارات جوية استهدفت مدينة الرقة أمس.")
    assert any(rule.startswith("trigger:ar/act_") for rule in event.rules)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["قتل", "مدني", "غارة", "في", "حلب", "12", "«", "»", "،", ".", "\n", "بينهم", "وأصيب", "إلى"]),
        max_size=30,
    )
)
def test_every_span_of_any_word_salad_is_the_text_it_claims(words: list[str]) -> None:
    text = " ".join(words)
    for event in events(text):
        parts = [event.trigger, *event.victims, *(count.mention for count in event.counts)]
        parts += [place.mention for place in event.places] + [actor.mention for actor in event.by]
        for mention in parts:
            assert mention.span.of(text) == mention.text


def test_a_headline_and_its_report_are_one_event() -> None:
    text = (
        "مقتل 14 مدنياً في غارة على مدينة سراقب\n"
        "قتل 14 مدنياً وأصيب 30 آخرون في غارة جوية استهدفت سوقاً في مدينة سراقب أمس، بحسب الدفاع المدني."
    )
    found = [event for event in events(text) if str(event.scope) == "single"]
    assert len(found) == 1
    assert ("killed", 14) in tolls(found[0])


def test_a_total_since_a_date_is_no_single_occurrence() -> None:
    text = "وثقت المنظمة مقتل 2400 مدني في الغارات الجوية منذ بداية العام في عموم سوريا."
    assert all(str(event.scope) != "single" for event in events(text))


def test_places_inside_names_of_parties_locate_nothing() -> None:
    text = "اعتقلت قوات سوريا الديمقراطية رجلين في بلدة الشحيل أمس."
    assert only(text).places[0].mention.text == "بلدة الشحيل"


def test_an_event_points_to_the_statement_that_tells_it() -> None:
    text = "قال مدير المشفى إن غارة جوية على بلدة اللطامنة قتلت ثلاثة أشخاص يوم أمس."
    event = only(text)
    assert event.source is not None
    statement = read(Document(id="t", text=text, language="ar", published=date(2016, 5, 5))).statements[event.source]
    assert statement.content.start <= event.trigger.span.start < statement.content.end


@pytest.mark.parametrize(
    "text",
    [
        "انفجرت سيارة مفخخة في سوق بمدينة الباب أمس وقتل خمسة أشخاص.\nوقال شهود إن التفجير هز الحي كله.",
        "قتل تسعة مدنيين في غارة جوية على مدينة سراقب أمس.\nوأغلقت المحال أبوابها.\nوجاءت الغارة بعد هدنة قصيرة.",
    ],
)
def test_a_definite_noun_without_place_or_toll_takes_up_the_event_told_before(text: str) -> None:
    assert only(text).trigger.span.start < text.index("\n")


def test_a_second_blast_with_its_own_place_and_toll_is_an_event() -> None:
    text = (
        "انفجرت سيارة مفخخة في سوق بمدينة الباب أمس وقتل خمسة أشخاص.\n"
        "كما انفجرت عبوة ناسفة في مدينة جرابلس اليوم وأصيب ثلاثة مدنيين."
    )
    assert [tolls(event) for event in events(text)] == [{("killed", 5)}, {("injured", 3)}]


@pytest.mark.parametrize("doer", ["قوات النظام السوري", "القوات الروسية", "قوات التحالف الدولي", "القوات الإسرائيلية"])
def test_who_did_it_never_settles_the_means(doer: str) -> None:
    assert str(only(f"قصفت {doer} بلدة اللطامنة أمس وقتل 4 مدنيين.").act) == "shelling"
