"""Short posts as people write them: colloquial, clipped, stretched, the town in a hashtag. All texts are ours."""

from datetime import date

import pytest

from tawthiq.reading import read
from tawthiq.records.event import Event, Modality, Scope
from tawthiq.records.reading import Document


def told(text: str, language: str = "ar") -> list[Event]:
    """The events of a raw post that linking can use."""
    found = read(Document(id="t", text=text, language=language, published=date(2016, 5, 5))).events
    return [event for event in found if event.scope is Scope.SINGLE and event.modality is not Modality.DENIED]


def places(text: str, language: str = "ar") -> set[str]:
    return {place.mention.text for event in told(text, language) for place in event.places}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("انفجااار قوي بالكرادة قبل شوي والزجاج نزل", "explosive"),
        ("عنقودي روسي ع حي الأنصاري بعد الصلاة .. شهيدين لحد الان", "airstrike"),
        ("٣ اطفال شهداء و ٧ جرحى بهاونات الجيش على حي الجولان", "shelling"),
        ("صاروخ فوق حوش الحاج سالم والله يستر", "shelling"),
        ("طاحت قذيفة على السوق قبل شوي وفي جرحى", "shelling"),
    ],
)
def test_a_clipped_post_tells_an_event(text: str, act: str) -> None:
    assert [str(event.act) for event in told(text)] == [act]


def test_mortars_that_were_destroyed_did_not_fire() -> None:
    assert not any(event.trigger.text == "هاونات" for event in told("دمرت الوحدات ثلاثة هاونات في ريف حماة."))


def test_a_post_in_which_no_act_is_likely_tells_the_likeliest() -> None:
    found = told("انفجار السيطرة اليوم راح بيه شرطي من اهلنا، الله يرحمه")
    assert [event.trigger.text for event in found] == ["انفجار"]


def test_the_short_form_of_a_preposition_leads_a_place() -> None:
    assert "حي الشعار" in places("براميل ع حي الشعار وفي شهداء")


def test_a_site_lies_in_the_town_that_the_post_names() -> None:
    assert places("#سلقين استهداف فرن البلدة بصاروخ و٣ شهداء") >= {"فرن البلدة", "سلقين"}


def test_a_market_lies_in_the_town_named_before() -> None:
    text = "ازدحم الناس صباحا في مدينة معرة النعمان.\nقصف الطيران السوق وقتل خمسة مدنيين."
    assert {"السوق", "مدينة معرة النعمان"} <= places(text)


def test_a_round_up_of_many_towns_lends_none_of_them_to_a_bare_site() -> None:
    towns = ("دوما", "حرستا", "عربين", "زملكا", "سقبا")
    text = "\n".join(f"قصف الطيران مدينة {town} وقتل مدنيا." for town in towns) + "\nقصف الطيران السوق وجرح طفلا."
    market = [event for event in told(text) if any(place.mention.text == "السوق" for place in event.places)]
    assert market
    assert all(len(event.places) == 1 for event in market)


def test_a_town_from_which_was_fired_does_not_hold_the_market() -> None:
    text = "سقطت قذائف على السوق مصدرها من مدينة الرستن، وقتل ثلاثة مدنيين."
    assert [[place.mention.text for place in event.places] for event in told(text)] == [["السوق"]]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("قذيفتين كاتيوشا من تبة الكلابة ع حي الزهور والناس نايمين", "ar", "حي الزهور"),
        ("قصف مدفعي مصدره معسكر الشيخ سليمان استهدف سيارة في طريق الكورنيش وقتل ثلاثة مدنيين.", "ar", "الكورنيش"),
        (
            "Rockets fired from positions in Jurin hit the town of Janoudiya on Monday, killing three.",
            "en",
            "Janoudiya",
        ),
    ],
)
def test_where_fire_came_from_is_not_where_it_fell(text: str, language: str, place: str) -> None:
    assert place in told(text, language)[0].places[0].mention.text


def tolls(text: str, language: str = "ar") -> list[set[tuple[str, int | None]]]:
    return [{(str(count.harm), count.minimum) for count in event.counts} for event in told(text, language)]


def test_a_toll_on_a_line_of_its_own_is_that_of_the_act_told_before() -> None:
    text = "الطيران ضرب سوق الخضرة بالأتارب من شوي\nالناس عم تركض والإسعاف وصل\nيا رب سترك\n٨ شهدا لهلق حسب المشفى"
    assert tolls(text) == [{("killed", 8)}]


def test_there_are_two_dead_in_colloquial_words() -> None:
    assert ("killed", 2) in tolls("قصف الطيران السوق قبل شوي، لهلأ في شهيدين والناس تحت الردم")[0]


def test_dead_at_a_place_of_their_own_are_not_lent_to_the_act_before() -> None:
    text = "قصف الطيران مدينة دوما قبل شوي\nشهيدين بمدينة الرستن برصاص قناص"
    assert [str(event.act) for event in told(text) if event.counts] == ["shooting"]


def test_a_headline_and_the_sentence_below_tell_one_event() -> None:
    text = (
        "شبكة الوادي\nغارة على سوق في ريف حماة\n"
        "قتل ستة أشخاص الاثنين في غارة جوية على سوق شعبي في ريف حماة الشمالي، على ما أفاد به ناشطون."
    )
    assert tolls(text) == [{("killed", 6)}]


def test_a_headline_and_another_place_below_stay_two_events() -> None:
    text = (
        "شبكة الوادي\nغارة على مدينة دوما\nقتل ستة أشخاص يوم الاثنين في غارة جوية على مدينة سراقب في ريف إدلب الشرقي."
    )
    assert len(told(text)) == 2
