"""What reading gives to the linking of incidents: of each report whose leading incident is known, which facts are read rightly.

`python -m eval.incident_reading` prints the figures of the composed reports by split (`--missed` also the train reports that
lack something). Only events that linking can use count: single occurrences, stated or hedged. A report has a fact when one of
these events has it: `day` the incident's day in the event's own time or, where it has none, within the days before publication
that linking allows; `place` the incident's name among its words, or a known place near by; `killed` a whole count that the
incident's range allows; `together` day, place and no contrary count in one event, the place as its narrowest or the narrowest
known. `act` is asked only where a marked reading tells the act of the leading event. `events` is the mean number of events that
linking can use, to be held against `told`, the incidents that the truth gives each report: one occurrence that is read thrice
makes reports hard to compare.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from eval.check import CORPUS
from tawthiq.lexicon.distance import kilometres
from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.linking.occurrences import TOLD_AFTER
from tawthiq.reading import read
from tawthiq.reading.contract import document_from_json
from tawthiq.reading.words import stems
from tawthiq.records.count import Harm
from tawthiq.records.event import Event, Modality, Scope
from tawthiq.records.period import Precision
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document
from tawthiq.text.folding import fold
from tawthiq.text.tokens import tokens

INCIDENTS = CORPUS.parent / "incidents"
NEAR = 8.0  # kilometres
# A day told may lie one beside the coded one: raids begin before midnight, and people die the next morning.
BESIDE = timedelta(days=1)
SHORTEST = 3  # letters of a word that a place is known by


@dataclass(frozen=True)
class Known:
    """The coded facts of one incident; `names` holds the words of its place, `act` its commonest marked act or None."""

    day: date
    names: tuple[frozenset[str], ...]
    places: tuple[Place, ...]
    killed: tuple[int, int] | None
    act: str | None


def linkable(event: Event) -> bool:
    """Whether linking may use an event."""
    return event.scope is Scope.SINGLE and event.modality in (Modality.STATED, Modality.HEDGED)


def day_right(event: Event, known: Known, published: date | None) -> bool:
    """Whether the event may have happened on the incident's day."""
    period = event.when.period if event.when else None
    if period is not None and period.precision is not Precision.YEAR:
        return period.first - BESIDE <= known.day <= period.last + BESIDE
    return published is not None and published - timedelta(days=TOLD_AFTER) <= known.day <= published + BESIDE


def place_right(event: Event, known: Known, narrow: bool = False) -> bool:
    """Whether one of the event's places (with `narrow`, of those up to the first known one) is the incident's."""
    for mention in _narrowest(event) if narrow else event.places:
        words = words_of(mention.mention.text)
        if any(name <= words for name in known.names):
            return True
        narrowest = [place for place in mention.candidates if place.kind is not PlaceKind.GOVERNORATE]
        for place in narrowest:
            apart = (kilometres(place, other) for other in known.places)
            if any(distance is not None and distance <= NEAR for distance in apart):
                return True
    return False


def _narrowest(event: Event) -> Sequence[PlaceMention]:
    """The places of an event up to the first that the gazetteer holds."""
    known = next((at for at, place in enumerate(event.places) if place.candidates), 0)
    return event.places[: known + 1]


def killed_right(event: Event, known: Known) -> bool:
    """Whether the event's counts of the dead allow the incident's range; an event without them does."""
    tolls = [count for count in event.counts if count.harm is Harm.KILLED and not count.part_of]
    if not tolls or known.killed is None:
        return True
    low, high = known.killed
    return any((count.minimum or 0) <= high and (count.maximum is None or count.maximum >= low) for count in tolls)


def words_of(text: str) -> frozenset[str]:
    """The words of a name under each of their analyses, and the name as one word."""
    found = {stem for token in tokens(text) for stem in stems(token.folded) if len(stem) >= SHORTEST}
    return frozenset(found | {name_key(text)})


def facts(events: Iterable[Event], known: Known, published: date | None) -> dict[str, bool | None]:
    """Which facts a report has; None where the truth does not say."""
    told = [event for event in events if linkable(event)]
    return {
        "event": bool(told),
        "act": any(event.act.value == known.act for event in told) if known.act else None,
        "day": any(day_right(event, known, published) for event in told),
        "place": any(place_right(event, known) for event in told) if known.names else None,
        "killed": any(event.counts and killed_right(event, known) for event in told) if known.killed else None,
        "together": any(
            day_right(event, known, published) and place_right(event, known, True) and killed_right(event, known)
            for event in told
        ),
    }


def known_incident(incident: Mapping[str, Any], acts: Mapping[str, str]) -> Known:
    """The facts of a coded incident, its place looked up by its names."""
    latitude, longitude = incident.get("latitude"), incident.get("longitude")
    first = _OUTER.split(incident.get("place") or "")[0].strip(" -")
    held = gazetteer().named(first) if first else ()
    if latitude is not None:
        held = (Place("-", "-", "-", PlaceKind.OTHER, "", None, latitude, longitude, 0),)
    told = [acts[document] for document in incident["documents"] if document in acts]
    names = [first, _OUTER.split(incident.get("place_en") or "")[0].strip(" -")]
    killed = incident["killed"]
    return Known(
        day=date.fromisoformat(incident["date"]),
        names=tuple(_name(name) for name in names if words_of(name)),
        places=tuple(place for place in held if place.kind is not PlaceKind.GOVERNORATE),
        killed=(killed[0], killed[1]) if killed else None,
        act=max(sorted(set(told)), key=told.count) if told else None,
    )


def _name(name: str) -> frozenset[str]:
    """The words that tell a place's name: without the article, and without the kind of place where a name follows."""
    words = [fold(token.text).removeprefix("ال") for token in tokens(name) if token.kind == "word"]
    words = [word for word in words if len(word) >= SHORTEST]
    return frozenset(words[1:] if len(words) > 1 and words[0] in _KINDS else words)


_OUTER = re.compile(r"[،,(/]")  # behind it stand wider places, or further ones
_KINDS = frozenset({"حي", "مدينه", "بلده", "قريه", "مخيم", "سوق", "مشفي", "مستشفي", "مدرسه", "منطقه", "شارع"})


def corpora() -> list[tuple[str, Path, Path]]:
    """Name, reports and incidents of each corpus of known incidents."""
    composed = [(f"incidents {p}", INCIDENTS / f"{p}_reports.jsonl", INCIDENTS / f"{p}_incidents.json") for p in "ab"]
    return [("samples", CORPUS / "reports.jsonl", CORPUS / "incidents.json"), *composed]


def documents_of(reports: Path) -> dict[str, tuple[Document, str]]:
    """The documents of a corpus as found, without titles and cleaning, each with its split."""
    rows = map(json.loads, reports.read_text(encoding="utf-8").splitlines())
    return {row["id"]: (replace(document_from_json(row), title=None), row["split"]) for row in rows}


def marked_acts() -> dict[str, str]:
    """The act of the leading event of each report that was marked by hand."""
    rows = map(json.loads, (CORPUS / "readings.jsonl").read_text(encoding="utf-8").splitlines())
    leading = ((row["id"], next((e for e in row["events"] if e["scope"] == "single"), None)) for row in rows)
    return {identifier: event["act"] for identifier, event in leading if event}


def figures(missed: bool = False) -> dict[str, float]:
    """The share of reports with each fact, by corpus and split; with `missed`, prints the train reports that lack one."""
    had: dict[str, list[float]] = defaultdict(list)
    acts = marked_acts()
    for corpus, reports, incidents in corpora():
        documents = documents_of(reports)
        rows = json.loads(incidents.read_text(encoding="utf-8"))["incidents"]
        rows = [row for row in rows if row.get("date")]
        passing = Counter(identifier for row in rows for identifier in row.get("also", ()))
        for row in rows:
            known = known_incident(row, acts)
            for identifier in row["documents"]:
                document, split = documents[identifier]
                reading = read(document)
                result = facts(reading.events, known, reading.published)
                _add(had, f"{corpus} {split}", {**result, "told": 1 + passing[identifier]})
                had[f"{corpus} {split} events"].append(sum(map(linkable, reading.events)))
                lacks = [fact for fact, value in result.items() if value is False]
                if missed and split == "train" and lacks:
                    print(f"{identifier} {row['code']} {row['date']} {row['place']}: {' '.join(lacks)}")
    return {key: sum(values) / len(values) for key, values in sorted(had.items())}


def _add(had: dict[str, list[float]], name: str, found: Mapping[str, float | None]) -> None:
    """Count one report's facts, those aside that the truth does not say."""
    for fact, value in found.items():
        if value is not None:
            had[f"{name} {fact}"].append(value)


def main() -> None:
    """Print the figures, a line a corpus and split."""
    lines: dict[str, list[str]] = defaultdict(list)
    for key, value in figures("--missed" in sys.argv).items():
        corpus, _, fact = key.rpartition(" ")
        lines[corpus].append(f"{fact} {value:.3f}")
    for corpus, parts in lines.items():
        print(f"{corpus:20} {'  '.join(parts)}")


if __name__ == "__main__":
    main()
