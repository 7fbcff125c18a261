"""Pure: what a report says. Statements with their speakers, events with who, where, when and how many."""

from collections import Counter
from collections.abc import Sequence

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.lexicon.languages import with_tables
from tawthiq.reading.actors import actor_mentions, document_country
from tawthiq.reading.events import events
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import Prepared, prepare
from tawthiq.reading.setting import Setting, setting
from tawthiq.reading.statements import statements
from tawthiq.records.actor import ActorMention
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.text.dates import times

# A magazine of a hundred pages holds about 300,000 characters. Beyond that a "report" is a dump, and would take gigabytes.
READABLE_LIMIT = 400_000


def read(
    document: Document,
    places: Sequence[PlaceMention] = (),
    parties: Sequence[ActorMention] = (),
    known: Gazetteer | None = None,
) -> Reading:
    """The statements and events of one document, every value with its characters.

    Same document and same gazetteer, same reading. `known` is the gazetteer to read with, the embedded one when not given;
    what people decided about parties comes with it (`Gazetteer.overlay`).
    `places` and `parties` are mentions found by other means, which then compete with those that grammar finds.

    A document in a language without tables yields an empty reading under that language's code. Raises UnreadableInput
    when more than READABLE_LIMIT code points are to be read.
    """
    _refuse_beyond_limit(document)
    prepared = prepare(document)
    if prepared.language not in with_tables():
        return Reading(document.id, prepared.language, prepared.document.published, (), ())
    found = _gathered(prepared, places, parties, known)
    return Reading(document.id, prepared.language, prepared.document.published, found.statements, events(found))


def gathered(document: Document, known: Gazetteer | None = None) -> Setting:
    """Everything found in a document before events are put together, as training and explanations need it."""
    return _gathered(prepare(document), known=known)


def _gathered(
    prepared: Prepared,
    places: Sequence[PlaceMention] = (),
    parties: Sequence[ActorMention] = (),
    known: Gazetteer | None = None,
) -> Setting:
    document = prepared.document
    named = place_mentions(prepared, known)
    acting = actor_mentions(prepared, _country(prepared, named), known.overlay if known else None)
    if places or parties:
        named = tuple(sorted((*named, *places), key=lambda place: place.mention.span))
        acting = tuple(sorted((*acting, *parties), key=lambda party: party.mention.span))
    said = statements(prepared, acting)
    when = [
        found
        for found in times(document.text, prepared.language, document.published)
        if any(span.contains(found.mention.span) for span in prepared.readable)
    ]
    return setting(prepared, said, acting, named, when)


def _refuse_beyond_limit(document: Document) -> None:
    size = len(document.text) if document.readable is None else sum(map(len, document.readable))
    if size > READABLE_LIMIT:
        raise UnreadableInput(
            item=document.id,
            happened=f"it holds {size:,} characters to read, and at most {READABLE_LIMIT:,} are read as one report",
            advice="split it into its articles or pages, and read those",
        )


def _country(prepared: Prepared, places: tuple[PlaceMention, ...]) -> str | None:
    """The country a report is about: by its words, else by the places it names."""
    country = document_country(prepared)
    if country:
        return country
    votes = Counter(place.resolved.country for place in places if place.resolved)
    return votes.most_common(1)[0][0] if votes else None
