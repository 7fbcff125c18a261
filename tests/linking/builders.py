"""Small documents with events at hand, for the tests of linking: every mention stands in the text it is said to."""

from datetime import date

from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Mention


def mention(text: str, words: str) -> Mention:
    start = text.index(words)
    return Mention.at(text, start, start + len(words))


def on(text: str, words: str, day: str) -> When:
    first = date.fromisoformat(day)
    return When(mention(text, words), Period(first, first, Precision.DAY), "given")


def at(text: str, words: str, entry: Place | None = None) -> PlaceMention:
    return PlaceMention(mention(text, words), entry, (), entry.kind if entry else None)


def entry(code: str, latitude: float, longitude: float, parent: str | None = None) -> Place:
    return Place(code, f"name {code}", f"name {code}", PlaceKind.TOWN, "SY", latitude, longitude, parent, 0)


def counted(text: str, words: str, harm: Harm, least: int, most: int | None, *, part_of: bool = False) -> Count:
    return Count(harm, Group.ALL, least, most, part_of, mention(text, words))


def by(text: str, words: str, actor: str) -> ActorMention:
    return ActorMention(mention(text, words), actor, False)


def event(
    text: str,
    trigger: str,
    act: Act = Act.AIRSTRIKE,
    *,
    when: When | None = None,
    places: tuple[PlaceMention, ...] = (),
    counts: tuple[Count, ...] = (),
    actors: tuple[ActorMention, ...] = (),
    scope: Scope = Scope.SINGLE,
    modality: Modality = Modality.STATED,
) -> Event:
    return Event(act, mention(text, trigger), modality, scope, when, places, "SY", actors, (), counts, None, ())


def report(
    identifier: str, text: str, *events: Event, outlet: str | None = None, published: str = "2021-05-04"
) -> LinkInput:
    document = Document(identifier, text, "ar", date.fromisoformat(published), outlet)
    return LinkInput(document, Reading(identifier, "ar", document.published, (), events))
