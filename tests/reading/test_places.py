"""Mentions of places by grammar, in Arabic and English. All texts are ours."""

import pytest

from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import prepare
from tawthiq.records.place import PlaceKind, PlaceMention
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def mentions(text: str, language: str = "ar") -> tuple[PlaceMention, ...]:
    return place_mentions(prepare(Document(id="t", text=text, language=language, readable=(Span(0, len(text)),))))


def texts(text: str, language: str = "ar") -> list[str]:
    return [mention.mention.text for mention in mentions(text, language)]


def test_a_type_noun_names_a_place_that_no_table_knows() -> None:
    assert "قرية الزنبقية" in texts("سقطت قذيفة على قرية الزنبقية مساء أمس.")


def test_a_known_name_that_begins_with_a_type_noun_stays_whole_behind_another() -> None:
    (found,) = mentions("قصف الطيران مدينة جسر الشغور فجر الاثنين.")
    assert found.mention.text == "مدينة جسر الشغور"
    assert found.resolved is not None
    assert found.resolved.code == "sy.jisrshughur"


def test_a_chain_is_told_from_the_inside_out() -> None:
    assert texts("وقع القصف على حي السكري بمدينة حلب في سوريا.") == ["حي السكري", "بمدينة حلب", "سوريا"]


def test_countryside_is_not_the_city() -> None:
    found = mentions("قصف طال ريف حلب الشمالي صباحاً.")
    assert [mention.mention.text for mention in found] == ["ريف حلب الشمالي"]
    assert found[0].kind is PlaceKind.COUNTRYSIDE
    assert found[0].resolved is None


def test_a_preposition_glued_to_the_name_stays_with_it() -> None:
    assert texts("قتل شخص بالرقة اليوم.") == ["بالرقة"]


def test_a_common_word_that_is_also_a_village_is_no_place() -> None:
    assert texts("كان هذا النصر الكبير في كل الأحوال.") == []


def test_a_homonym_is_settled_by_the_country_named_beside_it() -> None:
    lebanon = mentions("اشتباكات في طرابلس شمال لبنان، بحسب الجيش اللبناني في لبنان.")
    assert lebanon[0].resolved is not None
    assert lebanon[0].resolved.country == "LB"


def test_a_homonym_without_help_keeps_its_candidates() -> None:
    found = mentions("اندلعت اشتباكات في طرابلس فجراً.")
    assert found[0].resolved is None
    assert {place.country for place in found[0].candidates} == {"LY", "LB"}


def test_a_bare_name_denotes_the_city_and_keeps_the_governorate() -> None:
    found = mentions("قصف على تعز.")
    assert found[0].resolved is not None
    assert found[0].resolved.kind is not PlaceKind.GOVERNORATE
    assert PlaceKind.GOVERNORATE in {place.kind for place in found[0].candidates}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the town of Qalmara in Idlib province.", ["town of Qalmara", "Idlib province"]),
        ("They were held in Yarmouk camp.", ["Yarmouk camp"]),
        ("Raids struck northern Aleppo.", ["northern Aleppo"]),
        ("A strike near al-Tabqa killed two.", ["al-Tabqa"]),
    ],
)
def test_english_place_grammar(text: str, expected: list[str]) -> None:
    assert texts(text, "en") == expected


def test_every_mention_is_the_text_at_its_span() -> None:
    text = "أفاد ناشطون في بلدة معرة مصرين بريف إدلب، وفي مخيم اليرموك جنوبي دمشق، بسقوط قتلى."
    for mention in mentions(text):
        assert mention.mention.span.of(text) == mention.mention.text


@pytest.mark.parametrize(
    ("text", "wording", "name"),
    [
        ("تعرض حي باب النور لغارة.", "حي باب النور", None),
        ("غارة على قرية باب السنديان.", "قرية باب السنديان", None),
        ("قصف على مدينة الباب شرق حلب.", "مدينة الباب", "الباب"),
        ("قتل ثلاثة مدنيين بدمشق.", "بدمشق", "دمشق"),
        ("غارة على قطاع غزة.", "قطاع غزة", "قطاع غزة"),
    ],
)
def test_a_name_is_never_cut_down_to_one_that_is_known(text: str, wording: str, name: str | None) -> None:
    (first, *_) = place_mentions(prepare(Document("x", text, "ar")))
    assert first.mention.text == wording
    assert (first.resolved.name if first.resolved else None) == name


def test_an_english_name_that_goes_on_is_not_the_shorter_one() -> None:
    mentions = place_mentions(prepare(Document("x", "A raid hit Bab al-Rayhan in Aleppo on Monday.", "en")))
    assert "الباب" not in {place.name for mention in mentions for place in mention.candidates}
    assert any(mention.resolved and mention.resolved.name == "حلب" for mention in mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نفذ الطيران خمس غارات.", []),
        ("وقع انفجار في مدينة الخمس.", ["مدينة الخمس"]),
        ("عرضت القناة صور القصف.", []),
    ],
)
def test_a_name_keeps_to_its_article(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_plural_kind_without_a_known_name_is_no_place() -> None:
    assert texts("استهدف القصف مناطق تجمعات المقاتلين ومواقع لهم.") == []


def test_a_list_of_names_goes_on_after_its_kind() -> None:
    assert texts("قصف الطيران بلدات الزنبقية والخزامية وقرنفلة في ريف إدلب.") == [
        "بلدات الزنبقية",
        "والخزامية",
        "وقرنفلة",
        "ريف إدلب",
    ]


def test_an_epithet_stays_with_the_site() -> None:
    assert texts("غارات على قاعدة الزنبقية الجوية الاستراتيجية صباحاً.") == ["قاعدة الزنبقية الجوية الاستراتيجية"]


def test_an_item_of_a_digest_begins_with_its_place() -> None:
    known = texts("حصيلة أمس:\n- سراقب: أربعة مدنيين.\n- الرقة: مدني واحد.")
    assert known == ["سراقب", "الرقة"]


def test_a_hashtag_does_not_part_a_kind_from_its_name() -> None:
    assert texts("قصف على مدينة #حمورية و #بلدة_الزنبقية في #الرقة") == ["مدينة #حمورية", "بلدة_الزنبقية", "الرقة"]


@pytest.mark.parametrize(
    "text",
    [
        "وفي مايو الماضي أصابت غارة مشابهة المركز.",
        "وفي آب الماضي قتل ثلاثة.",
        "وقع القصف في 4 اب 2020.",
        "قتل ثلاثة من الموظفين.",
        "كان الرجل في السبعين من العمر.",
        "أطلق الحرس النار على المهاجرين.",
        "سقطت قذيفة في باب المنزل.",
    ],
)
def test_months_and_people_that_share_a_name_with_a_place_are_none(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize("text", ["قتل ثلاثة في قصف على إب أمس.", "قتل ثلاثة بإب أمس."])
def test_a_city_that_folds_like_a_month_or_a_door_stays_a_city(text: str) -> None:
    (found,) = mentions(text)
    assert found.resolved is not None
    assert found.resolved.country == "YE"


def test_a_quarter_that_is_named_like_a_month_is_found_by_its_kind() -> None:
    assert texts("قصف الطيران حي مايو في مايو 2023.") == ["حي مايو"]


@pytest.mark.parametrize("name", ["بلدة أبي عدي", "قرية ذي ناعم", "قرية كفر زيتون", "قرية أم الزنابق"])
def test_a_compound_name_is_one_whatever_else_its_first_word_means(name: str) -> None:
    assert texts(f"سقطت قذيفة على {name} أمس.") == [name]


def test_a_capital_with_an_apostrophe_tells_its_country() -> None:
    (found,) = mentions("Police fired on protesters in N'Djamena on Thursday.", "en")
    assert found.resolved is not None
    assert found.resolved.country == "TD"


def test_a_compound_name_does_not_go_on_into_a_function_word() -> None:
    assert texts("فر السكان من قرية باب إلى الجبل.") == ["قرية باب"]
