"""Reported speech in English, with and without punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.reading.prepared import prepare
from tawthiq.reading.statements import statements
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement


def said(text: str) -> list[Statement]:
    """The statements of one English text, all of it readable."""
    document = Document(id="t", text=text, language="en", readable=(Span(0, len(text)),))
    return list(statements(prepare(document)))


def told(text: str) -> list[tuple[str | None, str]]:
    """Speaker and content of each statement."""
    return [(s.speaker.mention.text if s.speaker else None, s.content.of(text)) for s in said(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The health directorate said that nine people were treated overnight.",
            "The health directorate",
            "nine people were treated overnight",
        ),
        (
            "Two shells landed near the bakery at dawn, a rescue worker said.",
            "a rescue worker",
            "Two shells landed near the bakery at dawn",
        ),
        (
            "Two shells landed near the bakery at dawn a rescue worker said on Friday.",
            "a rescue worker",
            "Two shells landed near the bakery at dawn",
        ),
        (
            "Four houses were burned in the village, according to local officials.",
            "local officials",
            "Four houses were burned in the village",
        ),
        (
            "According to the council, the bridge was closed for a week.",
            "the council",
            "the bridge was closed for a week",
        ),
        (
            "The army denied using cluster bombs in the district.",
            "The army",
            "using cluster bombs in the district",
        ),
    ],
)
def test_speaker_and_content_of_each_order_of_the_clause(text: str, speaker: str, content: str) -> None:
    assert told(text) == [(speaker, content)]


def test_quotation_before_its_speaker_is_direct() -> None:
    text = '"We heard the plane twice before it dropped anything," said a shepherd from the valley.'
    (statement,) = said(text)
    assert statement.kind.value == "direct"
    assert statement.content.of(text).startswith("We heard the plane")
    assert statement.speaker is not None
    assert statement.speaker.mention.text.startswith("a shepherd")


def test_pronoun_takes_the_last_speaker() -> None:
    text = "A nurse said the ward was full. She added that the generator had failed."
    last = said(text)[-1]
    assert last.speaker is not None
    assert last.speaker.implicit
    assert last.speaker.mention.text == "A nurse"


def test_adding_that_goes_on_with_the_same_speaker() -> None:
    text = "The mayor said the wells were poisoned, adding that trucks would bring water."
    assert told(text)[1] == ("The mayor", "trucks would bring water")


@pytest.mark.parametrize(
    "text",
    ["The report was published in March.", "Edward Said wrote essays in exile.", "No one said anything."],
)
def test_names_and_nouns_are_no_cues(text: str) -> None:
    assert not [s for s in said(text) if s.cue and s.cue.text in ("report", "Said", "said")]


@given(
    st.lists(
        st.sampled_from(
            [
                "said",
                "the",
                "army",
                "“",
                "”",
                '"',
                ",",
                ".",
                "that",
                "according",
                "to",
                "he",
                "adding",
                ":",
                "\n",
                "denied",
                "told",
            ]
        )
    )
)
def test_any_order_of_cues_and_marks_is_read_without_fault(words: list[str]) -> None:
    text = " ".join(words)
    for statement in said(text):
        assert 0 <= statement.content.start <= statement.content.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A rescuer who asked not to be named said that two people were missing.",
            ("A rescuer who asked not to be named", "two people were missing"),
        ),
        (
            "Authorities in the northern province claim that the road is open again.",
            ("Authorities in the northern province", "the road is open again"),
        ),
        ("On Friday the ministry said that the bridge was hit.", ("the ministry", "the bridge was hit")),
        ("The town was shelled twice, per the civil defence.", ("the civil defence", "The town was shelled twice")),
        ('The union called the raid "a cowardly crime".', ("The union", 'the raid "a cowardly crime')),
    ],
)
def test_speakers_of_less_common_orders(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == [expected]


def test_passive_and_noun_forms_report_nothing() -> None:
    assert told("A bombing claimed by an armed group hit the market.") == []
    assert told("Two girls who had been counted among the dead were alive.") == []


def test_speaker_goes_on_behind_and() -> None:
    assert told("The committee put the toll at ten and blamed the militia for the fire.") == [
        ("The committee", "the toll at ten"),
        ("The committee", "the militia for the fire"),
    ]


def test_semicolon_ends_what_was_said() -> None:
    assert told("The minister said the bridge was open; shops stayed closed.") == [
        ("The minister", "the bridge was open")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Activists said planes dropped sarin on the town at about 6:30 a.m. on Tuesday.",
            [("Activists", "planes dropped sarin on the town at about 6:30 a.m. on Tuesday")],
        ),
        (
            'The army "categorically" denied using any chemical weapons.',
            [("The army", "using any chemical weapons")],
        ),
        (
            "The United Nations today condemned the killing of nine people.",
            [("The United Nations", "the killing of nine people")],
        ),
        (
            "Four mosques were burned on Friday, residents and an army officer said.",
            [("residents and an army officer", "Four mosques were burned on Friday")],
        ),
        (
            "Nine civilians died in a month, a United Nations report said.",
            [("a United Nations report", "Nine civilians died in a month")],
        ),
        (
            "The military said it could not confirm the report, and the Interior Ministry denied that anyone was burned.",
            [
                ("The military", "it could not confirm the report"),
                ("the Interior Ministry", "anyone was burned"),
            ],
        ),
        (
            "The council said the army shelled the market, and that its men were told to leave.",
            [("The council", "the army shelled the market, and that its men were told to leave")],
        ),
    ],
)
def test_speakers_and_contents_end_where_they_do(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russia on Wednesday rejected claims that its aircraft carried out the attack.",
        "The ministry dismissed reports that civilians were hit.",
    ],
)
def test_who_rejects_a_claim_is_not_read_as_making_it(text: str) -> None:
    assert [statement.stance.value for statement in said(text)] == ["denies"]


def test_reports_that_were_received_make_no_speaker() -> None:
    assert told("The office received reports that twelve men were shot.") == []


@pytest.mark.parametrize(
    "text",
    [
        "No one from the ministry said whether the strike was theirs.",
        "Neither side said how many of its men were killed.",
    ],
)
def test_who_did_not_speak_is_no_source(text: str) -> None:
    assert told(text) == []


def test_reports_behind_a_preposition_are_no_verb() -> None:
    found = told("The office called for an inquiry into reports that twenty men were executed.")
    assert found == [("The office", "an inquiry into reports that twenty men were executed")]


def test_a_second_source_in_the_present_ends_what_the_first_says() -> None:
    found = told("Israel says it was unaware of any strike, while Hamas insists that twelve people died.")
    assert found == [("Israel", "it was unaware of any strike"), ("Hamas", "twelve people died")]
