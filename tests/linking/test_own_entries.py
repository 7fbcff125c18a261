"""Linking compares what people's own actors and places say: two spellings of one village meet, a nameless doer has a name."""

from datetime import date

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_PLACE, about
from tawthiq.lexicon.authority import in_force
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.linking.nearness import nearness
from tawthiq.linking.occurrences import Occurrence, occurrences
from tawthiq.linking.statistics import Statistics
from tawthiq.reading import read
from tawthiq.records.authority import Decision, Step
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Document

ONE = "قصف مقاتلو درع الأرز الشرقي بالمدفعية قرية تل الزنبق يوم الثلاثاء وقتلوا ثلاثة مدنيين."
OTHER = "قُتل ثلاثة مدنيين يوم الثلاثاء في قصف بالمدفعية على قرية تل الزمبق نفذه درع الأرز الشرقي."
MERGED = about(OTHER_PLACE, Step.MERGE, target=ADD_PLACE.code)
FAR = Decision(
    Step.ADD, OTHER_PLACE.kind, code=OTHER_PLACE.code, name_ar=OTHER_PLACE.name_ar, name_en=OTHER_PLACE.name_en,
    sort="village", country="SY", latitude=33.0, longitude=36.0, reason="x", source="y",
)  # fmt: skip


def told(*decisions: Decision) -> list[Occurrence]:
    known = with_overlay(gazetteer(), overlay(in_force(decisions)))
    documents = [Document(name, text, "ar", date(2021, 5, 4), None) for name, text in (("a", ONE), ("b", OTHER))]
    return [
        found
        for document in documents
        for found in occurrences(LinkInput(document, read(document, known=known)))
        if found.places
    ]


def test_two_spellings_of_one_village_meet_when_people_say_that_they_are_one() -> None:
    apart, one = told(ADD_PLACE, FAR), told(ADD_PLACE, FAR, MERGED)
    assert nearness(apart[0], apart[-1], Statistics.of(apart)) == "far"
    assert nearness(one[0], one[-1], Statistics.of(one)) == "same_spot"


def test_an_entry_that_counts_under_no_known_party_is_a_party_of_its_own() -> None:
    nameless = Decision(
        Step.ADD, ADD_ACTOR.kind, code=ADD_ACTOR.code, name_ar=ADD_ACTOR.name_ar, name_en=ADD_ACTOR.name_en,
        parent="unknown", reason="x", source="y",
    )  # fmt: skip
    assert {code for found in told(nameless) for code in found.actors} == {ADD_ACTOR.code}
    assert {code for found in told(ADD_ACTOR) for code in found.actors} == {"opposition"}
