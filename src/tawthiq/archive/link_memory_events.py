"""Events as linking remembers them: what each is compared by, under which keys it is found, and what it is connected with.

The caller holds the transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from tawthiq.archive.link_memory_rows import in_ranges, name, put, select, table, take_out
from tawthiq.archive.link_memory_shingles import REPORTS, Size, posting
from tawthiq.archive.models import (
    CopyMember,
    RememberedEvent,
    RememberedKey,
    RememberedReport,
    RememberedWord,
)
from tawthiq.archive.models.keys import ROWS_PER_REPORT, row_key
from tawthiq.linking.candidates import ALIKE_WORDS, word_keys
from tawthiq.linking.increment import Days, buckets, ranges
from tawthiq.linking.occurrence_codec import decoded, encoded
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.statistics import Statistics

Told = tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands among the others: its connected part, and the number of its incident."""

    part: int
    incident: int


def remember(
    told: Mapping[int, Told], documents: Mapping[int, str], sizes: Mapping[int, Size], statistics: Statistics
) -> None:
    """Put reports, with what they tell, no copy family named, into the memory; each event is a part of its own for now."""
    put(
        RememberedReport,
        (report_row(number, documents[number], sizes[number], found) for number, found in told.items()),
    )
    put(RememberedWord, ((key,) for key in sorted(word_postings(told, statistics))))
    put(RememberedKey, sorted(event_keys(told, statistics)))
    put(RememberedEvent, (event_row(key, one, Place(key, 0)) for key, one in keyed(told)))


def report_row(number: int, document: str, size: Size, told: Told) -> tuple[object, ...]:
    """The values of a RememberedReport."""
    return number, document, size.shingles, size.whole, size.sampled, encoded(told)


def event_row(key: int, told: Occurrence, place: Place) -> tuple[object, ...]:
    """The values of a RememberedEvent."""
    return key, told.first, told.last, told.details.rising, place.part, place.incident


def keyed(told: Mapping[int, Told]) -> Iterator[tuple[int, Occurrence]]:
    """Every event beside its key."""
    for number, found in told.items():
        for one in found:
            yield row_key(number, one.reference.event), one


def word_postings(told: Mapping[int, Told], statistics: Statistics) -> Iterator[int]:
    """The keys of the very rare words of reports."""
    for number, found in told.items():
        if found:
            yield from (posting(word, number) for word in word_keys(found[0], statistics))


def event_keys(told: Mapping[int, Told], statistics: Statistics) -> Iterator[tuple[int, int]]:
    """The buckets of events, each beside the event's key; a copied dispatch is no key here, for `CopyMember` tells it."""
    for key, one in keyed(told):
        yield from ((bucket, key) for bucket in buckets(one, statistics))


def forget(number: int, told: Told, statistics: Statistics) -> set[int]:
    """Take a report and what it told, no copy family named, out of the memory; the reports in parts that it was in."""
    keys = [key for key, _ in keyed({number: told})]
    parts = set(RememberedEvent.objects.filter(pk__in=keys).values_list("part", flat=True))
    others = RememberedEvent.objects.filter(part__in=parts).values_list("key", flat=True)
    touched = {key // ROWS_PER_REPORT for key in others} - {number}
    take_out(RememberedWord, ("key",), ((key,) for key in word_postings({number: told}, statistics)))
    take_out(RememberedKey, ("bucket", "event"), event_keys({number: told}, statistics))
    take_out(RememberedEvent, ("key",), ((key,) for key in keys))
    take_out(RememberedReport, ("number",), [(number,)])
    return touched


def recalled(numbers: Collection[int]) -> dict[int, Told]:
    """What remembered reports tell, by number, each with its present copy family."""
    families = dict(select(CopyMember, ("report_id", "family_id"), "report_id", numbers))
    rows = select(RememberedReport, ("number", "document", "form"), "number", numbers)
    return {number: decoded(bytes(form), document, families.get(number)) for number, document, form in rows}


def possible(told: Mapping[int, Told], statistics: Statistics) -> dict[int, set[int]]:
    """For the key of each event that the reports tell, the keys of all events that may be candidates of it."""
    asked = list(keyed(told))
    found: dict[int, set[int]] = defaultdict(set)
    looked_up = ((who, low, high) for who, (_, one) in enumerate(asked) for low, high in ranges(one, statistics))
    for who, event in in_ranges(RememberedKey, "bucket", "event", looked_up):
        found[asked[who][0]].add(event)
    alike = _alike(told, statistics)
    for number, others in alike.items():
        for key, _ in keyed({number: told[number]}):
            found[key].update(others)
    return found


def _alike(told: Mapping[int, Told], statistics: Statistics) -> dict[int, set[int]]:
    """For each report, the events of those that share enough very rare words with it, or its copied dispatch."""
    shared: Counter[tuple[int, int]] = Counter()
    words = ((number, word) for number, found in told.items() if found for word in word_keys(found[0], statistics))
    lookups = ((number, word * REPORTS, word * REPORTS + REPORTS - 1) for number, word in words)
    for number, key in in_ranges(RememberedWord, "key", "key", lookups):
        shared[number, key % REPORTS] += 1
    reports = {pair for pair, count in shared.items() if count >= ALIKE_WORDS} | _of_one_dispatch(told)
    found: dict[int, set[int]] = defaultdict(set)
    events = events_of({other for _, other in reports})
    for number, other in reports:
        found[number].update(events.get(other, ()))
    return found


def _of_one_dispatch(told: Mapping[int, Told]) -> set[tuple[int, int]]:
    """Pairs of a report and another member of its copy family."""
    families = {number: found[0].family for number, found in told.items() if found and found[0].family is not None}
    members: dict[int, list[int]] = defaultdict(list)
    wanted = {family for family in families.values() if family is not None}
    for family, report in select(CopyMember, ("family_id", "report_id"), "family_id", wanted):
        members[family].append(report)
    return {(number, other) for number, family in families.items() if family is not None for other in members[family]}


def events_of(reports: Iterable[int]) -> dict[int, list[int]]:
    """The keys of the remembered events of reports."""
    found: dict[int, list[int]] = defaultdict(list)
    ranges_of = ((number, row_key(number, 0), row_key(number, ROWS_PER_REPORT - 1)) for number in sorted(set(reports)))
    for number, key in in_ranges(RememberedEvent, "key", "key", ranges_of):
        found[number].append(key)
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A remembered event: its days, and its place."""

    days: Days
    place: Place


def standing(column: str, values: Collection[int]) -> dict[int, Standing]:
    """The remembered events, by key, that have one of the values in a column: "key", "part" or "incident"."""
    rows = select(RememberedEvent, ("key", "first", "last", "rising", "part", "incident"), column, values)
    return {
        key: Standing(Days(first, last, bool(rising)), Place(part, incident))
        for key, first, last, rising, part, incident in rows
    }


def move(places: Sequence[tuple[int, Place]]) -> None:
    """Write down the parts and incidents that events are in now."""
    columns = ", ".join(f"{name(column)} = %s" for column in ("part", "incident"))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table(RememberedEvent)} SET {columns} WHERE {name('key')} = %s",  # noqa: S608
            [(place.part, place.incident, key) for key, place in places],
        )
