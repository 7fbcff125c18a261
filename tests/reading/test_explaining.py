"""Explanations: every value of a reading has its rule, its rows exist, and what was weighed is what the tables hold."""

import pytest

from lexicon.authority_decisions import ADD_ACTOR
from tawthiq.lexicon.authority import in_force
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.lexicon.tables import wording
from tawthiq.reading import gathered, read
from tawthiq.reading.adapting import read_adapted
from tawthiq.reading.choosing import weights
from tawthiq.reading.explaining import explain
from tawthiq.reading.explanation_contract import explanation_to_json
from tawthiq.records.explanation import Explanation, Reason
from tawthiq.records.proposal import AdapterIdentity, EventOffer, Offer, Quote
from tawthiq.records.reading import Document, Reading

ARABIC = Document(
    "ar",
    "قتل 12 مدنياً بينهم ثلاثة أطفال بغارة نفذها الطيران الروسي على سوق الخضار في مدينة إدلب يوم 3 آذار 2016.\n"
    'وقال مدير المشفى: "استقبلنا أربعين جريحاً". وأضاف أن الغارة دمرت السوق.\n'
    "ونفت وزارة الدفاع الروسية قصف المدينة.",
    language="ar",
)
ENGLISH = Document(
    "en",
    "An airstrike hit a market in Idlib on 3 March 2016, killing at least 12 people, including three children, "
    "activists said. The Russian defence ministry denied carrying out the strike.",
    language="en",
)
BOTH = pytest.mark.parametrize("document", [ARABIC, ENGLISH], ids=lambda document: document.id)


def explained(document: Document) -> tuple[Reading, Explanation]:
    reading = read(document)
    return reading, explain(reading, gathered(document))


def about(reasons: tuple[Reason, ...], field: str) -> list[Reason]:
    return [reason for reason in reasons if reason.about == field]


@BOTH
def test_every_value_of_every_event_has_a_reason(document: Document) -> None:
    reading, explanation = explained(document)
    assert reading.events
    for event, reasons in zip(reading.events, explanation.events, strict=True):
        assert [reason.mention for reason in about(reasons, "trigger")] == [event.trigger]
        assert [reason.value for reason in about(reasons, "act")] == [event.act.value]
        assert [reason.value for reason in about(reasons, "modality")] == [event.modality.value]
        assert [reason.value for reason in about(reasons, "scope")] == [event.scope.value]
        assert [reason.mention for reason in about(reasons, "when")] == ([event.when.mention] if event.when else [])
        assert [reason.mention for reason in about(reasons, "places")] == [place.mention for place in event.places]
        assert [reason.value for reason in about(reasons, "by")] == [doer.actor for doer in event.by]
        assert [reason.mention for reason in about(reasons, "counts")] == [count.mention for count in event.counts]
        assert len(about(reasons, "source")) == 1
        assert [reason.value for reason in about(reasons, "country")] == ([event.country] if event.country else [])
        assert [reason.mention for reason in about(reasons, "victims")] == list(event.victims)
        assert all(reason.rule for reason in reasons)


@BOTH
def test_every_statement_says_how_its_speaker_was_found_and_by_which_row(document: Document) -> None:
    reading, explanation = explained(document)
    assert reading.statements
    for statement, reasons in zip(reading.statements, explanation.statements, strict=True):
        (cue,) = about(reasons, "cue")
        assert cue.mention == statement.cue
        (speaker,) = about(reasons, "speaker")
        assert speaker.mention == (statement.speaker.mention if statement.speaker else None)
        named = speaker.rule == "named beside the cue"
        assert named == bool(statement.speaker and not statement.speaker.implicit)


@BOTH
def test_every_row_that_is_named_stands_in_its_table(document: Document) -> None:
    _, explanation = explained(document)
    rows = [
        row for reasons in (*explanation.statements, *explanation.events) for reason in reasons for row in reason.rows
    ]
    assert rows
    assert [row for row in rows if row.rpartition(":")[2].isdigit() and wording(row) is None] == []


def test_a_speaker_who_goes_on_is_found_by_agreement() -> None:
    reading, explanation = explained(ARABIC)
    rules = [
        about(reasons, "speaker")[0].rule
        for statement, reasons in zip(reading.statements, explanation.statements, strict=True)
        if statement.speaker and statement.speaker.implicit
    ]
    assert rules == ["the nearest earlier speaker that agrees with the cue"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "وقال شاهد إن غارة روسية على سوق إدلب قتلت خمسة مدنيين.",
            "the innermost statement whose content holds the trigger",
        ),
        (
            "قصف الطيران الروسي سوق إدلب وقتل خمسة مدنيين.",
            "in the outlet's own voice: no statement's content holds the trigger",
        ),
        (
            "غارة روسية على سوق إدلب تقتل خمسة\nقال مدير المشفى إن غارة روسية على سوق إدلب قتلت خمسة مدنيين يوم الاثنين.",
            "the headline tells in short what a source is quoted for below",
        ),
        ("هدد قائد الفصيل بأن مقاتليه سيقصفون المدينة.", "the threat stands in the reporting word itself"),
    ],
)
def test_a_source_says_how_it_carries_the_event(text: str, rule: str) -> None:
    _, explanation = explained(Document("d", text, language="ar"))
    assert [reason.rule for reason in about(explanation.events[0], "source")] == [rule]


def test_the_trigger_names_the_row_that_holds_its_word() -> None:
    _, explanation = explained(ENGLISH)
    (trigger,) = about(explanation.events[0], "trigger")
    cells = wording(trigger.rows[0])
    assert cells
    assert "airstrike" in cells[0]


@BOTH
def test_scored_values_show_how_sure_and_what_weighed_most(document: Document) -> None:
    _, explanation = explained(document)
    language = document.language or ""
    for field, table in (
        ("scope", "scope"),
        ("when", "time"),
        ("by", "agent"),
        ("places", "place"),
        ("counts", "count"),
    ):
        for reasons in explanation.events:
            for reason in about(reasons, field):
                if reason.share is not None:
                    assert 0 <= reason.share <= 1
                    held = weights(table, language)
                    assert all(one.weight == held[one.feature] for one in reason.weighed)
                    sizes = [abs(one.weight) for one in reason.weighed]
                    assert sizes == sorted(sizes, reverse=True)
    assert any(reason.weighed for reasons in explanation.events for reason in about(reasons, "scope"))
    doers = [reason for reasons in explanation.events for reason in about(reasons, "by")]
    assert all(reason.share is not None and reason.share >= 0.5 for reason in doers)


def test_the_weights_of_a_scope_are_those_of_the_scope_that_was_chosen() -> None:
    reading, explanation = explained(ARABIC)
    for event, reasons in zip(reading.events, explanation.events, strict=True):
        (scope,) = about(reasons, "scope")
        assert all(one.feature.startswith(f"{event.scope.value} ") for one in scope.weighed)


def test_explaining_changes_nothing() -> None:
    before = read(ARABIC)
    explain(before, gathered(ARABIC))
    assert read(ARABIC) == before


def test_what_an_adapter_added_is_explained_by_the_adapter() -> None:
    class Fake:
        identity = AdapterIdentity("fake", "m")

        def propose(self, document: Document) -> list[Offer]:
            return [EventOffer(Quote("استقبلنا"), "other", "stated", "single")]

    adapted = read_adapted(ARABIC, Fake())
    explanation = explain(adapted.reading, gathered(ARABIC))
    (reasons,) = [reasons for reasons in explanation.events if about(reasons, "adapter")]
    assert about(reasons, "adapter")[0].rule.startswith("adapter:fake model m event")
    assert [reason.mention.text for reason in about(reasons, "act") if reason.mention] == ["استقبلنا"]


def test_nothing_read_has_nothing_to_explain() -> None:
    document = Document("d", "", language="ar")
    assert explanation_to_json(explain(read(document), gathered(document))) == {"statements": [], "events": []}


def test_a_doer_of_peoples_own_is_told_with_the_party_it_counts_under() -> None:
    text = "قصف مقاتلو درع الأرز الشرقي بالمدفعية قرية تل الزنبق يوم الثلاثاء وقتلوا ثلاثة مدنيين."
    known = with_overlay(gazetteer(), overlay(in_force((ADD_ACTOR,))))
    document = Document("own", text, "ar", None, None)
    told = explain(read(document, known=known), gathered(document, known))
    values = [reason.value for event in told.events for reason in event if reason.about == "by"]
    assert values == [f"opposition: {ADD_ACTOR.code}"]
