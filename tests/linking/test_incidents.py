import random
from dataclasses import replace

from linking.builders import at, by, counted, entry, event, on, report
from tawthiq.linking import link
from tawthiq.linking.contract import links_to_json
from tawthiq.linking.features import features
from tawthiq.linking.occurrences import occurrences
from tawthiq.linking.scoring import PRIOR, shipped_weights
from tawthiq.linking.statistics import Statistics
from tawthiq.records.count import Harm
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.records.incident import DecidedBy, EventReference, Incident, Linked
from tawthiq.records.link_decision import Constraints
from tawthiq.records.links import LinkInput

STRIKE = "قُتل خمسة أشخاص في غارة على بلدة السنديانة يوم الثلاثاء نفذها الطيران"
MORE = "أسفرت غارة الثلاثاء عن مقتل تسعة في السنديانة بحسب الأهالي"
OTHER = "قُتل رجل في غارة يوم الثلاثاء على بلدة الزيتونة البعيدة"


def told(identifier: str, text: str, killed: tuple[str, int], place: str, day: str = "2021-05-04", **more) -> LinkInput:
    words, number = killed
    happened = event(
        text,
        "غارة",
        when=on(text, "الثلاثاء", day),
        places=(at(text, place),),
        counts=(counted(text, words, Harm.KILLED, number, number),),
    )
    return report(identifier, text, happened, **more)


def groups(reports: list[LinkInput]) -> list[tuple[str, ...]]:
    return sorted(incident.documents for incident in link(reports).incidents)


def the_one(reports: list[LinkInput]) -> Incident:
    (incident,) = link(reports).incidents
    return incident


def test_same_place_day_and_act_are_one_incident_and_another_town_is_not() -> None:
    reports = [
        told("a", STRIKE, ("خمسة", 5), "السنديانة"),
        told("b", MORE, ("تسعة", 9), "السنديانة"),
        told("c", OTHER, ("رجل", 1), "الزيتونة"),
    ]
    assert groups(reports) == [("a", "b"), ("c",)]


def test_the_same_town_weeks_later_is_another_incident() -> None:
    reports = [
        told("a", STRIKE, ("خمسة", 5), "السنديانة"),
        told("b", STRIKE, ("خمسة", 5), "السنديانة", "2021-05-25", published="2021-05-25"),
    ]
    assert groups(reports) == [("a",), ("b",)]


def test_contradicting_tolls_stay_side_by_side_and_are_named() -> None:
    incident = the_one(
        [
            told("a", STRIKE, ("خمسة", 5), "السنديانة", outlet="o1"),
            told("b", MORE, ("تسعة", 9), "السنديانة", outlet="o2"),
        ]
    )
    assert [(claim.document, claim.minimum) for claim in incident.killed] == [("a", 5), ("b", 9)]
    assert incident.contradictions == ("killed",)
    assert incident.independent_sources == 2


def test_one_outlet_correcting_its_toll_does_not_contradict_itself() -> None:
    incident = the_one(
        [told("a", STRIKE, ("خمسة", 5), "السنديانة", outlet="o"), told("b", MORE, ("تسعة", 9), "السنديانة", outlet="o")]
    )
    assert incident.contradictions == ()
    assert incident.independent_sources == 1


def test_a_subset_contradicts_no_total() -> None:
    text = "قُتل طفلان في غارة على السنديانة الثلاثاء"
    subset = event(
        text,
        "غارة",
        when=on(text, "الثلاثاء", "2021-05-04"),
        places=(at(text, "السنديانة"),),
        counts=(counted(text, "طفلان", Harm.KILLED, 2, 2, part_of=True),),
    )
    incident = the_one([told("a", STRIKE, ("خمسة", 5), "السنديانة"), report("b", text, subset)])
    assert incident.contradictions == ()


def test_a_copied_dispatch_counts_as_one_source() -> None:
    tail = " وقال سكان إنهم سمعوا دوي انفجارات قوية هزت البيوت القريبة من الساحة وإن فرق الإنقاذ تأخرت في الوصول"
    text = STRIKE + tail
    reports = [
        told("a", text, ("خمسة", 5), "السنديانة", outlet="o1"),
        told("b", "نقلا عن الوكالة: " + text, ("خمسة", 5), "السنديانة", outlet="o2"),
        told("c", MORE, ("تسعة", 9), "السنديانة", outlet="o3"),
    ]
    links = link(reports)
    assert [family.ids for family in links.copies] == [("a", "b")]
    assert links.incidents[0].documents == ("a", "b", "c")
    assert links.incidents[0].independent_sources == 2


def test_captures_of_one_page_are_one_source_however_it_was_rewritten() -> None:
    tail = " وقال سكان إنهم سمعوا دوي انفجارات قوية هزت البيوت القريبة من الساحة وإن فرق الإنقاذ تأخرت في الوصول"
    text = STRIKE + tail
    reports = [
        told("a", MORE, ("تسعة", 9), "السنديانة"),
        told("b", text, ("خمسة", 5), "السنديانة"),
        told("c", "نقلا عن الوكالة: " + text, ("خمسة", 5), "السنديانة", outlet="o2"),
    ]
    assert the_one(reports).independent_sources == 2
    captured = [replace(each, address="page" if each.document.id in "ab" else "") for each in reports]
    incident = the_one(captured)
    assert incident.documents == ("a", "b", "c")
    assert incident.independent_sources == 1
    assert incident.contradictions == ()


def test_a_shared_copy_alone_joins_nothing() -> None:
    tail = " ".join(f"كلمة{chr(0x0628 + n)}" for n in range(20))
    first, second = f"غارة على السنديانة {tail}", f"غارة على الزيتونة {tail}"
    one = event(first, "غارة", when=on(first, "غارة", "2021-05-01"), places=(at(first, "السنديانة"),))
    other = event(second, "غارة", when=on(second, "غارة", "2021-05-04"), places=(at(second, "الزيتونة"),))
    links = link([report("a", first, one), report("b", second, other)])
    assert [family.ids for family in links.copies] == [("a", "b")]
    assert sorted(incident.documents for incident in links.incidents) == [("a",), ("b",)]


def test_two_different_events_of_one_document_stay_apart_whatever_lies_between() -> None:
    text = "قُتل ثلاثة في غارة صباح الثلاثاء على السنديانة ثم ثمانية في قصف عليها"
    day = on(text, "الثلاثاء", "2021-05-04")
    place = (at(text, "السنديانة"),)
    first = event(text, "غارة", when=day, places=place, counts=(counted(text, "ثلاثة", Harm.KILLED, 3, 3),))
    second = event(
        text, "قصف", Act.SHELLING, when=day, places=place, counts=(counted(text, "ثمانية", Harm.KILLED, 8, 8),)
    )
    between = told("b", STRIKE, ("خمسة", 5), "السنديانة")
    incidents = link([report("a", text, first, second), between]).incidents
    assert all(len({reference.document for reference in i.events}) == len(i.events) for i in incidents)


def test_nearby_gazetteer_entries_join_across_languages_and_far_ones_do_not() -> None:
    near, far = entry("1", 36.20, 37.10), entry("2", 33.50, 36.30)
    text, english = "غارة على الحي الثلاثاء", "An airstrike hit the quarter on Tuesday"

    def inputs(place) -> list[LinkInput]:
        one = event(text, "غارة", when=on(text, "الثلاثاء", "2021-05-04"), places=(at(text, "الحي", near),))
        other = event(
            english, "airstrike", when=on(english, "Tuesday", "2021-05-04"), places=(at(english, "quarter", place),)
        )
        return [report("a", text, one), report("b", english, other)]

    assert groups(inputs(near)) == [("a", "b")]
    assert groups(inputs(far)) == [("a",), ("b",)]


def test_only_single_occurrences_that_happened_are_linked_each_once() -> None:
    text = "غارة وقصف واعتقال وإعدام"
    events = (
        event(text, "غارة"),
        event(text, "قصف", Act.SHELLING, scope=Scope.CUMULATIVE),
        event(text, "اعتقال", Act.ARREST, modality=Modality.DENIED),
        event(text, "إعدام", Act.EXECUTION, modality=Modality.HEDGED),
    )
    references = [r.event for incident in link([report("a", text, *events)]).incidents for r in incident.events]
    assert sorted(references) == [0, 3]


def test_an_incident_of_one_report_is_proposed_without_a_score() -> None:
    incident = the_one([told("a", STRIKE, ("خمسة", 5), "السنديانة")])
    assert (incident.linked, incident.score, incident.reasons) == (Linked.PROPOSED, 0.0, ())


def test_the_order_of_reports_changes_nothing() -> None:
    reports = [
        told(f"{n}", MORE if n % 2 else STRIKE, ("تسعة", 9) if n % 2 else ("خمسة", 5), "السنديانة") for n in range(6)
    ]
    reports += [told("z", OTHER, ("رجل", 1), "الزيتونة")]
    assert link(reports) == link(random.Random(1).sample(reports, len(reports)))


def test_reasons_name_each_feature_and_parties_that_differ_are_a_contradiction() -> None:
    def blaming(identifier: str, actor: str) -> LinkInput:
        happened = event(
            STRIKE,
            "غارة",
            when=on(STRIKE, "الثلاثاء", "2021-05-04"),
            places=(at(STRIKE, "السنديانة"),),
            actors=(by(STRIKE, "الطيران", actor),),
        )
        return report(identifier, STRIKE, happened)

    incident = the_one(
        [blaming("a", "russia"), report("b", MORE, *told("b", MORE, ("تسعة", 9), "السنديانة").reading.events)]
    )
    assert {reason.feature for reason in incident.reasons} >= {"prior", "act", "date", "place"}
    assert all(reason.detail for reason in incident.reasons)


def test_the_links_contract_holds_every_claim_and_no_average() -> None:
    links = link([told("a", STRIKE, ("خمسة", 5), "السنديانة"), told("b", MORE, ("تسعة", 9), "السنديانة")])
    (incident,) = links_to_json(links)["incidents"]
    assert (incident["killed"]["min"], incident["killed"]["max"]) == (5, 9)
    assert [claim["text"] for claim in incident["killed"]["claims"]] == ["خمسة", "تسعة"]
    assert incident["injured"] is None
    assert incident["events"] == [["a", 0], ["b", 0]]
    assert (incident["from"], incident["to"], incident["decided"]) == ("2021-05-04", "2021-05-04", incident["decided"])
    assert 0 < incident["score"] <= 1


def test_the_links_contract_tells_slots_statements_and_who_decided() -> None:
    links = link(
        [
            told("a", STRIKE, ("خمسة", 5), "السنديانة", outlet="o1"),
            told("b", MORE, ("تسعة", 9), "السنديانة", outlet="o2"),
        ]
    )
    (incident,) = links_to_json(links)["incidents"]
    killed = next(slot for slot in incident["slots"] if slot["slot"] == "killed")
    assert (killed["group"], killed["standing"], killed["disputes"]) == ("all", "disputed", [[0, 1]])
    assert [position["sources"] for position in killed["positions"]] == [1, 1]
    assert {claim["text"] for position in killed["positions"] for claim in position["claims"]} == {"خمسة", "تسعة"}
    when = next(slot for slot in incident["slots"] if slot["slot"] == "when")
    assert {claim["from"] for position in when["positions"] for claim in position["claims"]} == {"2021-05-04"}
    assert (incident["statements"], incident["by"], incident["contradictions"]) == ([], "machine", ["killed"])


def test_the_place_shown_is_a_name_and_not_a_sort_of_place() -> None:
    text = "غارة على الحي في بلدة السنديانة يوم الثلاثاء"
    places = (at(text, "الحي"), at(text, "بلدة السنديانة"))
    happened = event(text, "غارة", when=on(text, "الثلاثاء", "2021-05-04"), places=places)
    assert the_one([report("a", text, happened)]).place == "بلدة السنديانة"


def decided(reports: list[LinkInput], constraints: Constraints, **more) -> dict[tuple[str, ...], Incident]:
    return {incident.documents: incident for incident in link(reports, constraints, **more).incidents}


def test_a_persons_merge_holds_against_the_score_and_is_marked() -> None:
    reports = [told("a", STRIKE, ("خمسة", 5), "السنديانة"), told("c", OTHER, ("رجل", 1), "الزيتونة")]
    pair = (EventReference("c", 0), EventReference("a", 0))
    incident = decided(reports, Constraints(together=(pair,)))["a", "c"]
    assert (incident.decided_by, incident.linked) == (DecidedBy.PERSON, Linked.MERGED)


def test_a_persons_split_holds_against_every_score() -> None:
    reports = [told("a", STRIKE, ("خمسة", 5), "السنديانة"), told("b", STRIKE, ("خمسة", 5), "السنديانة")]
    assert groups(reports) == [("a", "b")]
    pair = (EventReference("a", 0), EventReference("b", 0))
    assert set(decided(reports, Constraints(apart=(pair,)))) == {("a",), ("b",)}
    surer = {feature: weight + 20 for feature, weight in shipped_weights().items()}
    assert set(decided(reports, Constraints(apart=(pair,)), weights=surer)) == {("a",), ("b",)}


def test_a_decision_about_events_that_are_not_at_hand_changes_nothing() -> None:
    reports = [told("a", STRIKE, ("خمسة", 5), "السنديانة"), told("c", OTHER, ("رجل", 1), "الزيتونة")]
    pair = (EventReference("a", 0), EventReference("gone", 7))
    assert link(reports, Constraints(together=(pair,), apart=(pair,))) == link(reports)


def test_weights_that_people_taught_merge_nothing_that_the_shipped_ones_would_not() -> None:
    reports = [told("a", STRIKE, ("خمسة", 5), "السنديانة"), told("b", MORE, ("تسعة", 9), "السنديانة")]
    surer = {**shipped_weights(), PRIOR: 30.0}
    assert the_one(reports).linked is Linked.PROPOSED
    assert decided(reports, Constraints(), weights=surer)["a", "b"].linked is Linked.PROPOSED


def test_one_outlet_that_tells_two_places_of_one_day_tells_two_events_whatever_the_weights() -> None:
    reports = [
        told("a", STRIKE, ("خمسة", 5), "السنديانة", outlet="o"),
        told("c", OTHER, ("رجل", 1), "الزيتونة", outlet="o"),
    ]
    surer = {**shipped_weights(), PRIOR: 30.0}
    assert set(decided(reports, Constraints(), weights=surer)) == {("a",), ("c",)}


def test_the_incident_that_most_reports_tell_comes_first() -> None:
    reports = [
        told("a", OTHER, ("رجل", 1), "الزيتونة", "2021-05-01"),
        told("b", STRIKE, ("خمسة", 5), "السنديانة"),
        told("c", STRIKE, ("خمسة", 5), "السنديانة"),
    ]
    assert [incident.documents for incident in link(reports).incidents] == [("b", "c"), ("a",)]


def test_a_risen_toll_told_later_speaks_for_the_incident_and_not_against_it() -> None:
    later = "ارتفاع حصيلة غارة الثلاثاء على السنديانة إلى تسعة قتلى"
    early = told("a", STRIKE, ("خمسة", 5), "السنديانة")
    risen = told("b", later, ("تسعة", 9), "السنديانة", published="2021-05-06")
    (first,), (second,) = occurrences(early), occurrences(risen)
    assert ("killed", "risen") in features(first, second, Statistics.of([first, second]))
    assert ("killed", "risen") in features(second, first, Statistics.of([first, second]))
    assert groups([early, risen]) == [("a", "b")]


def test_a_persons_merge_holds_against_a_rule_that_lies_between() -> None:
    reports = [
        told("a", STRIKE, ("خمسة", 5), "السنديانة", outlet="o"),
        told("b", MORE, ("تسعة", 9), "السنديانة"),
        told("c", OTHER, ("رجل", 1), "الزيتونة", outlet="o"),
    ]
    one, two, three = (EventReference(name, 0) for name in "abc")
    found = decided(reports, Constraints(together=((one, two), (two, three))))
    assert set(found) == {("a", "b", "c")}
    assert ("a", "b", "c") not in decided(
        reports, Constraints(together=((one, two), (two, three)), apart=((one, three),))
    )


def test_a_report_of_the_first_days_of_the_calendar_is_linked_like_others() -> None:
    text = "قُتل رجل في غارة على الزيتونة"
    first, other = (
        report(name, text, event(text, "غارة", places=(at(text, "الزيتونة"),)), published="0001-01-01")
        for name in ("a", "b")
    )
    assert sorted(document for incident in link([first, other]).incidents for document in incident.documents)
