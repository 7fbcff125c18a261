"""What an adapter offers: held only where its words stand, with the reason where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.reading.prepared import Prepared, prepare
from tawthiq.reading.proposals import MOST_OFFERS, MOST_PARTS, check
from tawthiq.records.proposal import ActorOffer, CountOffer, EventOffer, Offer, PersonOffer, PlaceOffer, Quote
from tawthiq.records.reading import Document
from tawthiq.records.span import Span

TEXT = "قتل 12 مدنياً بقصف على سوق الخضار بالرقة مساء الاثنين، وقال شاهد من الرقة إن القصف استمر.\nتعليق: أبو نورس كذب"
BODY = TEXT.index("\n")


def prepared(text: str = TEXT, body: int = BODY) -> Prepared:
    return prepare(Document("d", text, language="ar", readable=(Span(0, body),)))


def reasons(*offers: Offer) -> list[str]:
    return [refusal.reason for refusal in check(prepared(), offers).refused]


def test_a_value_that_stands_in_the_text_becomes_its_span() -> None:
    found = check(prepared(), [PersonOffer(Quote("شاهد"))])
    assert [TEXT[m.span.start : m.span.end] for m in found.persons] == ["شاهد"]
    assert found.refused == []


def test_a_value_behind_a_particle_is_widened_to_the_written_word_and_keeps_its_candidates() -> None:
    glued, free = check(prepared(), [PlaceOffer(Quote("الرقة", occurrence)) for occurrence in (1, 2)]).places
    assert (glued.mention.text, free.mention.text) == ("بالرقة", "الرقة")
    assert glued.candidates


def test_only_whole_words_count_as_occurrences() -> None:
    text = "القصفات كثيرة وهذا قصف"
    (event,) = check(prepared(text, len(text)), [EventOffer(Quote("قصف"), "shelling", "stated", "single")]).events
    assert event.trigger.span == Span(len(text) - 3, len(text))


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        (Quote("حلب"), "nowhere in the text"),
        (Quote("أبو نورس"), "only outside of what is read"),
        (Quote("أبو نورس", start=TEXT.index("أبو")), "outside of what is read"),
        (Quote("الرقة", occurrence=3), "there is no occurrence 3"),
        (Quote("الرقة", occurrence=10**5000), "a number of too many digits"),
        (Quote("الرقة", occurrence=0), "there is no occurrence 0"),
        (Quote("شاهد", start=3), "at the offset given"),
        (Quote("شاهد", start=-4), "at the offset given"),
        (Quote("شاهد", start=10**30), "at the offset given"),
        (Quote(""), "empty"),
        (Quote(" شاهد"), "space"),
        (Quote("استمر.\nتعليق"), "crosses a line"),
        (Quote("خضار"), "begins inside a word"),
        (Quote("الخض"), "ends inside a word"),
        (Quote("شاهد" * 100), "longer than"),
        (Quote("شاهد", within=(Span(0, 20),)), "only outside of what is read"),
    ],
)
def test_a_value_that_does_not_hold_is_refused_with_its_reason(quote: Quote, reason: str) -> None:
    assert [reason in given for given in reasons(PersonOffer(quote))] == [True]


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (ActorOffer(Quote("شاهد"), "martians"), "no code of a party"),
        (EventOffer(Quote("قصف"), "bombing", "stated", "single"), "no code of act"),
        (EventOffer(Quote("قصف"), "shelling", "sure", "single"), "no code of modality"),
        (EventOffer(Quote("قصف"), "shelling", "stated", "one"), "no code of scope"),
        (CountOffer(Quote("12 مدنياً"), "killed", "civilians", 12, 12), "not taken alone"),
    ],
)
def test_unknown_codes_are_refused(offer: Offer, reason: str) -> None:
    assert [reason in given for given in reasons(offer)] == [True]


def test_words_of_another_party_or_of_an_act_blame_no_one() -> None:
    text = "قصف الطيران الروسي السوق وقال مسلحو الغيمة إن القصف استمر"
    blamed = [ActorOffer(Quote(words), "iran") for words in ("الطيران الروسي", "القصف", "مسلحو الغيمة")]
    event = EventOffer(Quote("استمر"), "other", "stated", "single", by=tuple(blamed))
    found = check(prepared(text, len(text)), [*blamed, event])
    assert [actor.mention.text for actor in found.actors] == ["مسلحو الغيمة"]
    assert [doer.mention.text for doer in found.events[0].by] == ["مسلحو الغيمة"]
    assert [refusal.reason for refusal in found.refused] == [
        "grammar reads these words as russia",
        "these words tell an act",
    ] * 2


def count(text: str, minimum: int | None, maximum: int | None, harm: str = "killed") -> EventOffer:
    counts = (CountOffer(Quote(text), harm, "civilians", minimum, maximum),)
    return EventOffer(Quote("بقصف"), "shelling", "stated", "single", counts=counts)


def test_a_number_is_taken_where_our_own_grammar_reads_the_same() -> None:
    (event,) = check(prepared(), [count("12 مدنياً", 12, 12)]).events
    assert [(c.minimum, c.mention.text) for c in event.counts] == [(12, "12 مدنياً")]


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (count("12 مدنياً", 120, 120), "its words say 12, not 120"),
        (count("12 مدنياً", 12, None), "not 12 to open"),
        (count("12 مدنياً", 10**5000, 10**5000), "too many digits"),
        (count("شاهد", 1, 1), "hold no number"),
        (count("13 مدنياً", 13, 13), "nowhere"),
        (count("12 مدنياً", 12, 12, harm="martyred"), "no code of harm"),
    ],
)
def test_a_wrong_number_is_refused_and_its_event_stays(offer: EventOffer, reason: str) -> None:
    found = check(prepared(), [offer])
    assert [event.counts for event in found.events] == [()]
    assert [reason in refusal.reason for refusal in found.refused] == [True]


def test_a_flood_of_offers_is_cut() -> None:
    found = check(prepared(), [PersonOffer(Quote("شاهد"))] * (MOST_OFFERS + 1))
    assert len(found.persons) == MOST_OFFERS
    assert "at most" in found.refused[0].reason


def test_a_flood_of_parts_costs_the_event() -> None:
    part = CountOffer(Quote("12 مدنياً"), "killed", "civilians", 12, 12)
    event = EventOffer(Quote("بقصف"), "shelling", "stated", "single", counts=(part,) * (MOST_PARTS + 1))
    found = check(prepared(), [event])
    assert found.events == []
    assert "more than" in found.refused[0].reason


quotes = st.builds(
    Quote,
    st.one_of(st.text(max_size=12), st.sampled_from([TEXT[i : i + n] for i in range(0, len(TEXT), 3) for n in (1, 4, 9)])),
    st.integers(-2, 4),
    st.just(()),
    st.one_of(st.none(), st.integers(-3, 200)),
)  # fmt: skip
offers = st.one_of(
    st.builds(PlaceOffer, quotes),
    st.builds(PersonOffer, quotes),
    st.builds(ActorOffer, quotes, st.sampled_from(["russia", "", "x"])),
    st.builds(EventOffer, quotes, st.sampled_from(["shelling", "x"]), st.just("stated"), st.just("single"), quotes),
)


@given(st.lists(offers, max_size=6))
def test_whatever_is_offered_every_value_that_holds_is_verbatim_and_inside_what_is_read(
    given_offers: list[Offer],
) -> None:
    found = check(prepared(), given_offers)
    mentions = [
        *(place.mention for place in found.places),
        *(actor.mention for actor in found.actors),
        *found.persons,
        *(event.trigger for event in found.events),
        *(event.place.mention for event in found.events if event.place),
    ]
    assert all(mention.text == TEXT[mention.span.start : mention.span.end] for mention in mentions)
    assert all(mention.span.end <= BODY for mention in mentions)
