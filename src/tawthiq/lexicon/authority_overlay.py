"""The authority in force as readers need it: wordings, places, spellings, redirects; and what two overlays differ in.

An overlay holds people's own decisions only, nothing of the tables and packs over which it is laid, so that its digest is
the same on every machine.
"""

from collections.abc import Iterator
from datetime import date

from tawthiq.lexicon.authority import contract_code, resolve
from tawthiq.records.authority import (
    Alias,
    Authority,
    Entry,
    EntryKind,
    Overlay,
    PartyWording,
    PlaceChange,
    PlaceSpelling,
    Wording,
)
from tawthiq.records.place import Place, PlaceKind

NOTHING = Overlay()


def overlay(authority: Authority) -> Overlay:
    """What the authority in force changes for readers."""
    entries = authority.entries
    actors = [entry for entry in entries.values() if entry.kind is EntryKind.ACTOR]
    places = [entry for entry in entries.values() if entry.kind is EntryKind.PLACE]
    return Overlay(
        wordings=tuple(dict.fromkeys(wording for entry in actors for wording in _wordings(authority, entry))),
        places=tuple(place_of(entry) for entry in places if entry.own and not entry.merged and not entry.ended),
        spellings=tuple(dict.fromkeys(spelling for entry in places for spelling in _spellings(authority, entry))),
        changes=tuple(change for entry in places if (change := _change(entry)) is not None),
        redirects=tuple(_redirects(authority, places)),
        never=authority.never,
    )


def _wordings(authority: Authority, entry: Entry) -> Iterator[PartyWording]:
    """The wordings of an actor, within the days in which they mean it; none once it has ended for good."""
    final = resolve(authority.entries, entry.code)
    standing = authority.entries.get(final, entry)
    if any(one.ended and one.last is None for one in (entry, standing)):
        return
    code = contract_code(authority.entries, final)
    own = final if standing.own and final == standing.code else ""
    names = [Alias(name, Wording.NAME) for name in (entry.name_ar, entry.name_en) if name and entry.own]
    for alias in (*names, *entry.aliases):
        first = max(filter(None, (alias.first, entry.first, standing.first)), default=None)
        last = min(filter(None, (alias.last, entry.last, standing.last)), default=None)
        if _is_period(first, last):
            yield PartyWording(alias.text, code, own, alias.country, first, last)


def _is_period(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


def place_of(entry: Entry) -> Place:
    """A place that people added, as the gazetteer holds it."""
    return Place(
        code=entry.code,
        name=entry.name_ar or entry.name_en,
        name_en=entry.name_en or entry.name_ar,
        kind=PlaceKind(entry.sort),
        country=entry.country,
        latitude=entry.latitude,
        longitude=entry.longitude,
        parent=entry.parent or entry.country,
        population=0,
    )


def _spellings(authority: Authority, entry: Entry) -> Iterator[PlaceSpelling]:
    """The names of a place that people gave it; a neutral name of one word is taken for a common word as well."""
    if _gone(authority, entry):
        return
    final = resolve(authority.entries, entry.code)
    for name in filter(None, (entry.name_ar, entry.name_en)):
        yield PlaceSpelling(name, final, common=len(name.split()) == 1)
    for alias in entry.aliases:
        yield PlaceSpelling(alias.text, final, common=alias.wording is Wording.COMMON)


def _gone(authority: Authority, entry: Entry) -> bool:
    """Whether no place stands for the entry any more."""
    standing = authority.entries.get(resolve(authority.entries, entry.code))
    return standing is not None and standing.ended


def _change(entry: Entry) -> PlaceChange | None:
    if entry.own or entry.merged or entry.ended:
        return None
    change = PlaceChange(
        entry.code, entry.name_ar, entry.name_en, entry.sort, entry.country, entry.parent, entry.latitude,
        entry.longitude,
    )  # fmt: skip
    return change if change != PlaceChange(entry.code) else None


def _redirects(authority: Authority, places: list[Entry]) -> Iterator[tuple[str, str]]:
    for entry in places:
        if _gone(authority, entry):
            yield entry.code, ""
        elif entry.merged:
            yield entry.code, resolve(authority.entries, entry.code)


def changed_wordings(one: Overlay, other: Overlay) -> frozenset[str]:
    """The wordings of parties that mean something else by the other overlay."""
    return frozenset(wording.text for wording in set(one.wordings) ^ set(other.wordings))


def changed_places(one: Overlay, other: Overlay) -> frozenset[str]:
    """The codes of places that lead to something else, or are something else, by the other overlay."""
    records = set(one.places) ^ set(other.places)
    changes = set(one.changes) ^ set(other.changes)
    redirects = set(one.redirects) ^ set(other.redirects)
    return frozenset([place.code for place in records] + [c.code for c in changes] + [old for old, _ in redirects])


def changed_spellings(one: Overlay, other: Overlay) -> frozenset[str]:
    """The names of places that one overlay has, or says are no place, and the other does not."""
    spellings = {spelling.text for spelling in set(one.spellings) ^ set(other.spellings)}
    return frozenset(spellings | {word for word, _ in set(one.never) ^ set(other.never)})
