"""Which groups document which persons: records of lists and reports, joined where two people said that they are one person.

A collected list is one group, named after its file; a victim whom a report names counts for whoever documents in that report.
What is not decided is not joined. No name leaves this module: rows are sets of groups.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tawthiq.archive.models import Capture
from tawthiq.archive.people_records import people_in
from tawthiq.casework.domain.field_key import field_keys
from tawthiq.casework.domain.people import opened
from tawthiq.casework.models import PersonProposal
from tawthiq.casework.queries.estimation_lists import group_names, one_spelling
from tawthiq.casework.queries.visibility import Sight
from tawthiq.records.estimate import DocumentedUnit
from tawthiq.records.person import ListCell, PersonRecord
from tawthiq.store import ArchiveFolder

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class DocumentedPersons:
    """The persons, how many pairs of records were joined, how many proposed pairs wait for people, how many rows of lists
    could not be read.
    """

    units: tuple[DocumentedUnit, ...]
    joined: int
    waiting: int
    faults: int


def documented_persons(sight: Sight, folder: ArchiveFolder) -> DocumentedPersons:
    """The persons whom items that a person may see name. The archive is unlocked; raises as `field_keys` does."""
    people = people_in(folder)
    hidden = sight.hides({record.source for record in people.records})
    places = {_place(record): record.source for record in people.records if record.source not in hidden}
    pairs = PersonProposal.objects.filter(state=PersonProposal.State.SAME)
    seen = sight.by_identifier(PersonProposal.objects.all(), "first_capture", "second_capture")
    joined = list(_joined(sight.by_identifier(pairs, "first_capture", "second_capture"), folder, places))
    names = _names(set(places.values()))
    spelled = one_spelling(set(names.values()))
    together = _components(places, joined)
    units = []
    for members in together:
        groups = frozenset(spelled[names[places[place]]] for place in members if places[place] in names)
        if groups:
            units.append(DocumentedUnit(groups, decided=True))
    waiting = seen.filter(state=PersonProposal.State.WAITING).count()
    return DocumentedPersons(tuple(units), len(joined), waiting, len(people.faults))


def _joined(
    pairs: Iterable[PersonProposal], folder: ArchiveFolder, places: dict[_Place, str]
) -> Iterable[tuple[_Place, _Place]]:
    """The places of records that are one person; pairs of which a record is not there any more join nothing."""
    keys = None
    for pair in pairs:
        keys = keys or field_keys(folder.path)
        content = opened(pair, keys)
        first, second = _kept_place(content["first"]), _kept_place(content["second"])
        if first in places and second in places:
            yield first, second


def _components(places: Iterable[_Place], joined: Iterable[tuple[_Place, _Place]]) -> list[list[_Place]]:
    parents = {place: place for place in places}

    def root(place: _Place) -> _Place:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for first, second in joined:
        one, other = sorted((root(first), root(second)))
        parents[other] = one
    found: dict[_Place, list[_Place]] = {}
    for place in sorted(parents):
        found.setdefault(root(place), []).append(place)
    return list(found.values())


def _names(identifiers: set[str]) -> dict[str, str]:
    """The group behind each item: of a report its documenter, of a list the name of its file, numbered where several have
    it.
    """
    rows = [
        row
        for row in Capture.objects.values_list("identifier", "number", "source", "report__pk")
        if row[0] in identifiers
    ]
    groups = group_names({report for _, _, _, report in rows if report is not None})
    found = {identifier: groups[report] for identifier, _, _, report in rows if report in groups}
    lists = {identifier: _file(source) for identifier, _, source, report in sorted(rows) if report is None}
    times = Counter(lists.values())
    for place, (identifier, name) in enumerate(sorted(lists.items()), start=1):
        found[identifier] = name if times[name] == 1 else f"{name} ({place})"
    return found


def _file(source: str) -> str:
    return PurePosixPath(source.partition("?")[0]).stem or "list"


def _place(record: PersonRecord) -> _Place:
    at = record.name.at
    return (at.file, at.line, 0) if isinstance(at, ListCell) else (at.report, at.span.start, at.span.end)


def _kept_place(side: dict[str, Any]) -> _Place:
    return (side["capture"], side["line"], 0) if "line" in side else (side["capture"], side["start"], side["end"])
