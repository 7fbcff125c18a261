"""What must never be read wrong of who did what: accusers, threats, denials, negations, totals."""

import pytest

from tawthiq.reading import read
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.reading import Document


def events(text: str, language: str = "ar") -> tuple[Event, ...]:
    return read(Document("d", text, language=language)).events


def doers(event: Event) -> set[str]:
    return {actor.actor for actor in event.by}


def test_who_accuses_is_not_the_doer() -> None:
    text = "اتهمت قوات الدعم السريع الجيش السوداني بتنفيذ غارة جوية على سوق في نيالا قتلت 12 مدنياً أمس."
    found = events(text)
    assert found
    assert all("sudan_rsf" not in doers(event) for event in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("توعد قائد في الجيش الحر بقصف بلدة نبل إذا لم تنسحب منها القوات.", "ar"),
        ("A commander of the rebels vowed that his men would shell the town of Nubul.", "en"),
    ],
)
def test_what_is_threatened_has_not_happened(text: str, language: str) -> None:
    found = events(text, language)
    assert found
    assert all(event.modality is Modality.FUTURE for event in found if event.act is not Act.THREAT)


def test_an_act_told_only_in_its_denial_is_denied() -> None:
    text = "Russia denied that its aircraft bombed a market in Idlib on Tuesday."
    assert [event.modality for event in events(text, "en")] == [Modality.DENIED]


def test_what_one_party_did_not_do_is_not_merged_with_what_another_did() -> None:
    text = "قال المتحدث إن جبهة النصرة لم تقتل أحداً في القرية، وإن 11 مدنياً قتلوا على يد تنظيم الدولة."
    told = [event for event in events(text) if any(count.minimum == 11 for count in event.counts)]
    assert [doers(event) for event in told] == [{"isis"}]


def test_a_total_takes_no_doer_of_the_act_before() -> None:
    text = (
        "قصفت قوات الدعم السريع حياً في الفاشر أمس وقتلت خمسة مدنيين.\n"
        "ومنذ اندلاع القتال في أبريل قتل أكثر من 1800 شخص في عموم البلاد."
    )
    totals = [event for event in events(text) if event.scope is Scope.CUMULATIVE]
    assert totals
    assert all(not event.by for event in totals)


def test_people_who_speak_are_no_casualties() -> None:
    text = "Two wounded soldiers said shells hit the village of Kafr Nabl on Monday, killing three civilians."
    counts = [count for event in events(text, "en") for count in event.counts if count.harm == "killed"]
    assert [count.minimum for count in counts] == [3]


def test_what_is_aimed_at_is_not_the_doer() -> None:
    found = events("Hamas said it fired rockets at Tel Aviv on Monday.", "en")
    assert found
    assert all("israel" not in doers(event) for event in found)


def test_those_to_whom_the_arrested_belong_did_not_arrest_them() -> None:
    found = events("أعلنت الشرطة اعتقال خلية تابعة لتحالف العدوان في صنعاء.")
    assert found
    assert all("saudi_coalition" not in doers(event) for event in found)


@pytest.mark.parametrize(
    "text",
    [
        "قتل ثلاثة مدنيين ونجا 12 مدنياً من القصف على إدلب.",
        "قتل ثلاثة مدنيين في غارة على مبنى يسكنه 40 شخصاً في إدلب.",
        "أنقذت الفرق 12 شخصاً بعد غارة قتلت ثلاثة مدنيين في إدلب.",
    ],
)
def test_who_survived_or_was_rescued_is_not_counted_as_killed(text: str) -> None:
    counts = [count.minimum for event in events(text) for count in event.counts]
    assert counts == [3]


def test_a_day_stays_open_where_the_report_has_no_date() -> None:
    (event,) = events("Three civilians were killed in Idlib on Monday.", "en")
    assert event.when is not None
    assert event.when.mention.text == "Monday"
    assert event.when.period is None
