"""How fast linking is: copy families by documents a second, incidents by events, on made-up documents of one seed.

The texts are random words of a small vocabulary with planted copies; the events lie in 2,000 places over five years, each
told by one to four documents. Times are processor time of one process, so that other work does not count.
"""

import random
import resource
import time
from datetime import date, timedelta

from tawthiq.linking import link
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Mention

DOCUMENTS, EVENTS, PLACES, DAYS = 50_000, 100_000, 2_000, 1_825
ACTS = (Act.AIRSTRIKE, Act.SHELLING, Act.EXPLOSIVE, Act.SHOOTING, Act.ARREST, Act.CLASH, Act.KILLING)


def texts(count: int, rnd: random.Random) -> list[Document]:
    """Documents of 50 to 180 words, one in six a copy of the one before amid other words."""
    vocabulary = [f"كلمة{number}" for number in range(20_000)]
    made: list[list[str]] = []
    for number in range(count):
        words = rnd.choices(vocabulary, k=rnd.randint(50, 180))
        if number % 6 == 5:
            words = words[:20] + made[-1] + words[20:30]
        made.append(words)
    return [Document(f"d{number:06}", " ".join(words)) for number, words in enumerate(made)]


def places(rnd: random.Random) -> list[Place]:
    """Villages scattered over five degrees."""

    def village(number: int) -> Place:
        north, east = 32 + 5 * rnd.random(), 36 + 5 * rnd.random()
        name = f"قرية{number}"
        return Place(f"p{number}", name, f"village{number}", PlaceKind.VILLAGE, "SY", north, east, None, 0)

    return [village(number) for number in range(PLACES)]


def reports(count: int, rnd: random.Random) -> list[LinkInput]:
    """`count` events, each in a document of its own."""
    known = places(rnd)
    made: list[LinkInput] = []
    while len(made) < count:
        place, day = rnd.choice(known), date(2015, 1, 1) + timedelta(rnd.randrange(DAYS))
        act, killed = rnd.choice(ACTS), rnd.randint(1, 12)
        for _ in range(rnd.randint(1, 4)):
            told = max(1, killed + rnd.randint(-1, 1))
            made.append(_report(f"d{len(made):06}", place, day, act, killed=told, rnd=rnd))
    return made[:count]


def _report(identifier: str, place: Place, day: date, act: Act, *, killed: int, rnd: random.Random) -> LinkInput:
    # The words differ from report to report, so that no two are copies and linking is measured by its events.
    filler = " ".join(f"كلمة{rnd.randrange(5000)}" for _ in range(20))
    text = f"قصف في {place.name} قتل {killed} {filler}"
    at = text.index(place.name)
    counted = text.index(f" {killed} ") + 1
    event = Event(
        act=act,
        trigger=Mention.at(text, 0, 3),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=When(Mention.at(text, 0, 3), Period(day, day, Precision.DAY), "given"),
        places=(PlaceMention(Mention.at(text, at, at + len(place.name)), place, (place,), place.kind),),
        country="SY",
        by=(),
        victims=(),
        counts=(
            Count(Harm.KILLED, Group.ALL, killed, killed, False, Mention.at(text, counted, counted + len(str(killed)))),
        ),
        source=None,
        rules=(),
    )
    return LinkInput(Document(identifier, text, "ar", day), Reading(identifier, "ar", day, (), (event,)))


def main() -> None:
    """Print documents and events a second, and the memory it took."""
    rnd = random.Random(7)
    documents = texts(DOCUMENTS, rnd)
    started = time.process_time()
    families = link([LinkInput(document, Reading(document.id, "ar", None, (), ())) for document in documents]).copies
    taken = time.process_time() - started
    print(
        f"copies: {DOCUMENTS / taken:,.0f} documents/s ({DOCUMENTS:,} documents, {len(families):,} families, {taken:.1f} s)"
    )
    made = reports(EVENTS, rnd)
    started = time.process_time()
    found = link(made).incidents
    taken = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"incidents: {EVENTS / taken:,.0f} events/s ({EVENTS:,} events, {len(found):,} incidents, {taken:.1f} s)")
    print(f"largest memory: {memory:,.0f} MB, the made-up documents included")


if __name__ == "__main__":
    main()
