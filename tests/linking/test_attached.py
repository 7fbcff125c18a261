"""Statements attached to incidents: their kind, their words, whom they are about, and what is not attached."""

from dataclasses import replace

import pytest

from linking.builders import at, by, event, mention, on, report
from tawthiq.linking.attached import attached
from tawthiq.linking.independence import sources
from tawthiq.linking.occurrences import occurrences
from tawthiq.linking.slots import slot_views
from tawthiq.records.actor import ActorMention
from tawthiq.records.claim import AttachedStatement, Slot, Standing, StatementKind
from tawthiq.records.event import Act, Event, Modality
from tawthiq.records.links import LinkInput
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

STRIKE = "قتلت غارة أربعة أشخاص في السنديانة يوم الثلاثاء."


def statement(
    text: str, speaker: str, cue: str, content: str, actor: str | None = None, stance: Stance = Stance.ASSERTS
):
    spoken = mention(text, content).span
    return Statement(
        Speaker(mention(text, speaker), actor, False), mention(text, cue), spoken, QuoteKind.INDIRECT, stance, "r"
    )


def told(
    text: str, *statements: Statement, events: tuple[Event, ...] = (), actors: tuple[ActorMention, ...] = ()
) -> LinkInput:
    strike = event(
        text, "غارة", when=on(text, "الثلاثاء", "2021-05-04"), places=(at(text, "السنديانة"),), actors=actors
    )
    made = report("a", text, strike, *events, outlet="o1")
    return replace(made, reading=replace(made.reading, statements=statements))


def of(made: LinkInput) -> list[AttachedStatement]:
    first = [occurrence for occurrence in occurrences(made) if occurrence.reference.event == 0]
    return list(attached(first, {made.document.id: made}))


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "stance", "kind", "sign"),
    [
        ("تبنى الفصيل الغارة في بيان", "تبنى", "الغارة في بيان", Stance.ASSERTS, "claims_responsibility", "تبنى"),
        (
            "أعلن الفصيل مسؤوليته عن الهجوم",
            "أعلن",
            "مسؤوليته عن الهجوم",
            Stance.ASSERTS,
            "claims_responsibility",
            "مسؤوليته عن الهجوم",
        ),
        ("نفى الفصيل أن تكون الغارة له", "نفى", "أن تكون الغارة له", Stance.DENIES, "denies", "نفى"),
        ("قال الفصيل إنه سيحقق في الحادثة", "قال", "سيحقق في الحادثة", Stance.ASSERTS, "promises_inquiry", "سيحقق في"),
        ("أدان الفصيل استهداف البيوت", "أدان", "استهداف البيوت", Stance.ACCUSES, "condemns", "أدان"),
        ("اتهم الفصيل خصومه بالغارة", "اتهم", "خصومه بالغارة", Stance.ACCUSES, "accuses", "اتهم"),
        ("قال الفصيل إن الوضع هادئ", "قال", "الوضع هادئ", Stance.ASSERTS, "says", None),
    ],
)
def test_the_kind_is_known_by_words_that_are_kept(
    sentence: str, cue: str, content: str, stance: Stance, kind: str, sign: str | None
) -> None:
    text = f"{STRIKE} و{sentence}."
    (said,) = of(told(text, statement(text, "الفصيل", cue, content, "opposition", stance)))
    assert (said.kind, said.sign.text if said.sign else None) == (kind, sign)
    assert (said.speaker, said.speaker_actor) == ("الفصيل", "opposition")
    assert said.mention.text == content == said.mention.span.of(text)


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "content", "stance", "kind"),
    [
        ("The army denied that it struck the town", "The army", "denied", "that it struck the town",
         Stance.DENIES, "denies"),
        ("The army said it has opened an investigation", "The army", "said", "it has opened an investigation",
         Stance.ASSERTS, "promises_inquiry"),
        ("The group claimed responsibility for it", "The group", "claimed", "responsibility for it",
         Stance.ASSERTS, "claims_responsibility"),
        ("The council condemned the raid", "The council", "condemned", "the raid", Stance.ACCUSES, "condemns"),
    ],
)  # fmt: skip
def test_english_statements_are_known_as_well(
    sentence: str, speaker: str, cue: str, content: str, stance: Stance, kind: str
) -> None:
    text = f"{STRIKE} {sentence}."
    (said,) = of(told(text, statement(text, speaker, cue, content, "us", stance)))
    assert said.kind == kind


def test_what_nobody_of_a_party_merely_says_is_not_attached() -> None:
    text = f"{STRIKE} وقال سكان إن البيوت تهدمت."
    assert of(told(text, statement(text, "سكان", "قال", "البيوت تهدمت"))) == []


def test_of_a_report_of_several_events_only_what_tells_this_one_is_attached() -> None:
    text = f"{STRIKE} ونفى الفصيل القصف على الزيتونة. ونفى الحزب الغارة."
    other = event(text, "القصف", Act.SHELLING, places=(at(text, "الزيتونة"),))
    elsewhere = statement(text, "الفصيل", "ونفى الفصيل"[1:4], "القصف على الزيتونة", "opposition", Stance.DENIES)
    made = told(text, elsewhere, events=(other,))
    assert of(made) == []


def test_a_denied_event_of_the_same_report_is_a_denial() -> None:
    text = "غارة على السنديانة الثلاثاء. لم تقع أي غارات على السنديانة بحسب الفصيل."
    denied = event(
        text,
        "غارات",
        places=(at(text, "السنديانة"),),
        actors=(by(text, "الفصيل", "opposition"),),
        modality=Modality.DENIED,
    )
    (said,) = of(told(text, events=(denied,)))
    assert (said.kind, said.accused, said.mention.text) == (StatementKind.DENIES, "opposition", "غارات")


def test_a_denied_event_of_another_act_elsewhere_is_not_this_incidents() -> None:
    text = "غارة على السنديانة الثلاثاء ثم اعتقال في الزيتونة. لم يقع إعدام في الزيتونة."
    denied = event(text, "إعدام", Act.EXECUTION, places=(at(text, "الزيتونة"),), modality=Modality.DENIED)
    arrest = event(text, "اعتقال", Act.ARREST, places=(at(text, "الزيتونة"),))
    assert of(told(text, events=(arrest, denied))) == []


def test_a_party_that_denies_its_part_disputes_who_did_it() -> None:
    text = f"{STRIKE} ونفذها التحالف. ونفى متحدث ضلوعه في الغارة."
    denial = statement(text, "متحدث", "نفى", "ضلوعه في الغارة", "coalition", Stance.DENIES)
    made = told(text, denial, actors=(by(text, "التحالف", "coalition"),))
    (said,) = of(made)
    assert (said.kind, said.accused) == (StatementKind.DENIES, "coalition")
    members = [one for one in occurrences(made) if one.reference.event == 0]
    views = slot_views(members, {"a": made}, {"a": "outlet o1"}, [said])
    assert next(view for view in views if view.slot is Slot.WHO).standing is Standing.DISPUTED


def test_responsibility_is_found_in_a_sentence_that_is_no_statement() -> None:
    text = f"{STRIKE} وتبنت جماعة الضفة العملية لاحقا."
    (said,) = of(told(text, actors=(by(text, "جماعة الضفة", "other"),)))
    assert (said.kind, said.statement, said.speaker) == (StatementKind.CLAIMS_RESPONSIBILITY, None, "جماعة الضفة")
    assert said.sign is not None
    assert said.sign.text == "تبنت"
    assert isinstance(said.mention.span, Span)


def test_who_denies_a_strike_is_no_source_for_the_party_that_the_denial_names() -> None:
    text = STRIKE + " ونفت وزارة الدفاع الروسية تنفيذ طائراتها أي غارة"
    denial = statement(text, "وزارة الدفاع الروسية", "ونفت", "تنفيذ طائراتها أي غارة", "russia", Stance.DENIES)
    made = told(text, denial, actors=(by(text, "طائراتها", "russia"),))
    members = list(occurrences(made, None))
    by_id = {made.document.id: made}
    slots = {view.slot for view in slot_views(members, by_id, sources(members, by_id), attached(members, by_id))}
    assert Slot.WHO not in slots
    assert {Slot.WHEN, Slot.WHERE, Slot.HOW} <= slots
