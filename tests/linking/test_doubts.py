"""What the machine may not merge by itself, however alike two reports are worded."""

from dataclasses import replace
from datetime import date

import pytest

from linking.builders import at, counted, entry, event, mention, on, report
from tawthiq.linking import link
from tawthiq.records.count import Harm
from tawthiq.records.incident import Linked
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Period, Precision
from tawthiq.records.place import PlaceKind, PlaceMention

DISPATCH = (
    "قُتل سبعة أشخاص {hour} الثلاثاء في غارة على {site} في {place}، وقال مسعفون إن فرق الإنقاذ انتشلت الضحايا من تحت ركام "
    "المبنى المهدم وإن الطائرة حلّقت طويلاً قبل أن تطلق صاروخين، وعُرف من القتلى سامر خالد الحمود وريم قاسم الزعبي "
    "وياسر محمود العمر وفارس نبيل الخطيب"
)
NEAR, FAR = entry("own.one", 35.0, 36.0), entry("own.two", 35.02, 36.02)


def told(
    identifier: str, *, place: str = "السنديانة", hour: str = "فجر", site: str = "مدرسة", code=None, day="2021-05-04"
):
    text = DISPATCH.format(place=place, hour=hour, site=site)
    happened = event(
        text,
        "غارة",
        when=on(text, "الثلاثاء", day) if day else None,
        places=(at(text, place, code),),
        counts=(counted(text, "سبعة", Harm.KILLED, 7, 7),),
    )
    return report(identifier, text, happened, outlet=f"outlet {identifier}")


def in_area(identifier: str, area: str) -> LinkInput:
    """The dispatch with the governorate named, whose villages the gazetteer takes for one."""
    made = told(identifier, place="السنديانة بريف", code=NEAR)
    text = f"{made.document.text} في {area}"
    (happened,) = made.reading.events
    wide = PlaceMention(mention(text, area), None, (), PlaceKind.GOVERNORATE)
    return replace(
        made,
        document=replace(made.document, text=text),
        reading=replace(made.reading, events=(replace(happened, places=(*happened.places, wide)),)),
    )


def others() -> list[LinkInput]:
    """Reports of other days and places, beside which the words of the dispatch are rare."""
    texts = [f"أصيب رجل في حادثة رقم {number} عند الموضع{number}" for number in range(60)]
    return [
        report(f"z{number}", text, event(text, "حادثة", places=(at(text, f"الموضع{number}"),)), published="2019-01-01")
        for number, text in enumerate(texts)
    ]


def linked(first: LinkInput, other: LinkInput) -> Linked:
    found = link([first, other, *others()]).incidents
    together = [incident for incident in found if incident.documents == ("a", "b")]
    return together[0].linked if together else Linked.PROPOSED


def test_two_dispatches_that_differ_in_nothing_are_merged() -> None:
    assert linked(told("a"), told("b")) is Linked.MERGED


@pytest.mark.parametrize(
    "other",
    [
        {"place": "الزيتونة"},
        {"hour": "مساء"},
        {"site": "سوق"},
    ],
)
def test_a_dispatch_copied_with_another_village_hour_or_site_is_never_merged_by_the_machine(other: dict) -> None:
    assert linked(told("a"), told("b", **other)) is Linked.PROPOSED


def test_villages_of_one_name_are_never_merged_by_the_machine() -> None:
    assert linked(told("a", code=NEAR), told("b", code=NEAR)) is Linked.MERGED
    assert linked(told("a", code=NEAR), told("b", code=FAR)) is Linked.PROPOSED


def test_a_village_of_one_name_in_another_governorate_is_never_merged_by_the_machine() -> None:
    assert linked(in_area("a", "إدلب"), in_area("b", "إدلب")) is Linked.MERGED
    assert linked(in_area("a", "إدلب"), in_area("b", "حماة")) is Linked.PROPOSED


def test_a_day_within_a_longer_period_is_not_sure_enough() -> None:
    within = told("b")
    (happened,) = within.reading.events
    week = replace(happened.when, period=Period(date(2021, 5, 1), date(2021, 5, 7), Precision.WEEK))
    other = replace(within, reading=replace(within.reading, events=(replace(happened, when=week),)))
    assert linked(told("a"), other) is Linked.PROPOSED
