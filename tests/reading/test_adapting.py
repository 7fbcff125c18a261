"""Readings with an adapter: grammar's values stay, open ones are filled, and what is added names who added it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tawthiq.reading import read
from tawthiq.reading.adapting import READ_ALREADY, read_adapted
from tawthiq.records.errors import AdapterFailed
from tawthiq.records.event import Event
from tawthiq.records.proposal import (
    ActorOffer,
    AdapterIdentity,
    CountOffer,
    EventOffer,
    Offer,
    PersonOffer,
    PlaceOffer,
    Quote,
)
from tawthiq.records.reading import Document

IDENTITY = AdapterIdentity("fake", "none-1")
TEXT = (
    "قتل 12 مدنياً بقصف على زهرستان مساء الاثنين، وفق ناشطين.\n"
    "وفي ريف حلب اعتقلت قوات سوريا الديمقراطية ثلاثة شبان، ثم تطايرت شظايا فوق دار المسنين."
)
DOCUMENT = Document("d", TEXT, language="ar")


class Fake:
    """Offers what it was told to offer, and remembers what it was shown."""

    def __init__(self, *offers: Offer, fails: bool = False) -> None:
        self.offers, self.fails = offers, fails
        self.shown: list[Document] = []

    @property
    def identity(self) -> AdapterIdentity:
        return IDENTITY

    def propose(self, document: Document) -> Sequence[Offer]:
        self.shown.append(document)
        if self.fails:
            raise AdapterFailed(item="d", happened="the answer is not JSON", advice="try another model")
        return self.offers


def without_additions(event: Event) -> Event:
    return replace(event, rules=tuple(rule for rule in event.rules if not rule.startswith("adapter:")))


def test_nothing_offered_leaves_the_reading_as_it_is() -> None:
    assert read_adapted(DOCUMENT, Fake()).reading == read(DOCUMENT)


def test_an_offered_event_is_added_under_the_adapters_name_and_others_stay() -> None:
    event = EventOffer(Quote("تطايرت شظايا"), "explosive", "stated", "single", Quote("دار المسنين"))
    adapted = read_adapted(DOCUMENT, Fake(event))
    (new,) = [event for event in adapted.reading.events if event.trigger.text == "تطايرت شظايا"]
    assert new.rules == (f"adapter:fake model none-1 event {new.trigger.span.start}..{new.trigger.span.end}",)
    assert new.places[0].mention.text == "دار المسنين"
    assert new.when is None
    assert [event for event in adapted.reading.events if event is not new] == list(read(DOCUMENT).events)
    assert adapted.reading.statements == read(DOCUMENT).statements


def test_an_event_that_grammar_read_is_not_overwritten() -> None:
    (shelling,) = [event for event in read(DOCUMENT).events if event.act == "shelling"]
    counts = (CountOffer(Quote("12 مدنياً"), "injured", "children", 12, 12),)
    offer = EventOffer(Quote("بقصف"), "airstrike", "denied", "background", Quote("حلب"), counts=counts)
    adapted = read_adapted(DOCUMENT, Fake(offer))
    assert shelling in adapted.reading.events
    assert adapted.reading == read(DOCUMENT)
    assert [(accepted.kind, accepted.used) for accepted in adapted.accepted] == [("event", READ_ALREADY)]


@pytest.mark.parametrize(
    "offers",
    [
        (PlaceOffer(Quote("زهرستان")),),
        (PlaceOffer(Quote("دار المسنين")), ActorOffer(Quote("ناشطين"), "opposition")),
        (ActorOffer(Quote("شبان"), "isis"), ActorOffer(Quote("قوات سوريا الديمقراطية"), "russia")),
        (PersonOffer(Quote("ناشطين")), PlaceOffer(Quote("ريف حلب"))),
    ],
)
def test_offers_fill_what_is_open_and_change_nothing_that_grammar_read(offers: tuple[Offer, ...]) -> None:
    before = read(DOCUMENT)
    after = read_adapted(DOCUMENT, Fake(*offers)).reading
    assert after.statements == before.statements
    assert len(after.events) == len(before.events)
    for old, new in zip(before.events, after.events, strict=True):
        opened = replace(
            without_additions(new),
            places=new.places if old.places else (),
            by=new.by if old.by else (),
            country=old.country,
        )
        assert opened == old
        if (new.places, new.by) != (old.places, old.by):
            assert any(rule.startswith("adapter:fake model none-1 ") for rule in new.rules)


def test_a_place_that_no_table_knows_fills_an_event_without_place() -> None:
    text = "قصف الطيران زهرستان يوم 3 آذار 2016 وقتل ستة مدنيين."
    document = Document("d", text, language="ar")
    assert read(document).events[0].places == ()
    (event,) = read_adapted(document, Fake(PlaceOffer(Quote("زهرستان")))).reading.events
    assert [place.mention.text for place in event.places] == ["زهرستان"]
    assert event.rules[-1] == "adapter:fake model none-1 place 12..19"


def test_an_unusable_answer_leaves_grammars_reading_and_says_why() -> None:
    adapted = read_adapted(DOCUMENT, Fake(fails=True))
    assert adapted.reading == read(DOCUMENT)
    assert [(refusal.kind, refusal.reason) for refusal in adapted.refused] == [("answer", "the answer is not JSON")]


def test_a_document_without_readable_text_is_not_shown_to_the_adapter() -> None:
    fake = Fake()
    read_adapted(Document("d", " \n"), fake)
    read_adapted(Document("d", "Les bombardements ont repris.", language="fr"), fake)
    assert fake.shown == []


def test_the_adapter_is_told_which_stretches_may_be_read() -> None:
    fake = Fake()
    read_adapted(DOCUMENT, fake)
    assert fake.shown[0].readable is not None
