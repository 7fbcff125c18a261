"""The gazetteer with people's decisions laid over it: own places, spellings, corrections, redirects, words that are no place.

Look-ups alone change; no table and no pack does. A place that was merged is never found again: whatever leads to it leads
to the place that stands for it, parents included.
"""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.lexicon.authority_overlay import changed_places, changed_spellings
from tawthiq.lexicon.folded import is_definite, name_key, name_words
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.records.authority import OWN, Overlay, PlaceChange
from tawthiq.records.place import Place, PlaceKind


def with_overlay(plain: Gazetteer, overlay: Overlay | None) -> Gazetteer:
    """The gazetteer as people's decisions leave it; the same one where they changed nothing."""
    if not overlay:
        return plain
    standing = _standing(plain, overlay)
    by_key = dict(plain.by_key)
    by_code = {**plain.by_code, **{place.code: place for place in overlay.places}}
    first_words, sure = set(plain.first_words), set(plain.sure)
    definite, indefinite = set(plain.definite), set(plain.indefinite)
    for spelling in overlay.spellings:
        words = name_words(spelling.text)
        key = "".join(words)
        place = standing.get(spelling.code) or by_code.get(spelling.code) or plain.of_code(spelling.code)
        if not key or place is None:
            continue
        held = by_key.get(key, ())
        if place.code not in {other.code for other in held}:
            by_key[key] = (place, *held)
        first_words.update("".join(words[:count]) for count in range(1, len(words) + 1))
        (definite if is_definite(spelling.text.split()[0]) else indefinite).add(key)
        if not spelling.common:
            sure.add(key)
    never = frozenset((name_key(word), code) for word, code in overlay.never)
    found = replace(
        plain,
        by_key=by_key,
        by_code=by_code,
        first_words=frozenset(first_words),
        sure=frozenset(sure),
        definite=frozenset(definite),
        indefinite=frozenset(indefinite),
        overlay=overlay,
        standing=standing,
        never=never,
    )
    for key in {key for key, _ in never}:
        if not found.of_key(key):
            by_key.pop(key, None)
    return found


def _standing(plain: Gazetteer, overlay: Overlay) -> dict[str, Place | None]:
    """For every code that people decided about, the place that stands for it."""
    found: dict[str, Place | None] = {place.code: place for place in overlay.places}
    for change in overlay.changes:
        place = plain.of_code(change.code)
        if place is not None:
            found[change.code] = _changed(place, change)
    for old, new in overlay.redirects:
        found[old] = (found.get(new) or plain.of_code(new)) if new else None
    return found


def _changed(place: Place, change: PlaceChange) -> Place:
    return replace(
        place,
        name=change.name or place.name,
        name_en=change.name_en or place.name_en,
        kind=PlaceKind(change.sort) if change.sort else place.kind,
        country=change.country or place.country,
        parent=change.parent or place.parent,
        latitude=place.latitude if change.latitude is None else change.latitude,
        longitude=place.longitude if change.longitude is None else change.longitude,
    )


def changed_keys(one: Gazetteer, other: Gazetteer) -> frozenset[str] | None:
    """The keys of all names that may denote something else by the other gazetteer; None where they cannot be told.

    Both are one gazetteer with different overlays. A name changes when it is given, taken away or said to be no place, when
    a place that bears it is another or differs, or when a place that holds others is moved: then the names of what held it,
    and of what holds it now, decide about homonyms inside. A pack does not list the names of its places, so that a change
    of one of them cannot be told.
    """
    before, after = one.overlay or Overlay(), other.overlay or Overlay()
    codes = set(changed_places(before, after))
    keys = {name_key(text) for text in changed_spellings(before, after)}
    held = {code for moved in codes & _holding(one, other, codes) for code in _above(one, other, moved)}
    if any(pack.place(code) is not None for pack in one.packs for code in codes | held):
        return None
    for gazetteer in (one, other):
        keys.update(
            key for key, places in gazetteer.by_key.items() if any(place.code in codes | held for place in places)
        )
    return frozenset(filter(None, keys))


def _holding(one: Gazetteer, other: Gazetteer, codes: set[str]) -> set[str]:
    """Those of the codes that may contain other places, by either gazetteer."""
    parents: set[str | None] = set()
    for gazetteer in (one, other):
        parents.update(place.parent for place in gazetteer.by_code.values())
        parents.update(place.parent for place in gazetteer.standing.values() if place is not None)
    return {code for code in codes if code in parents or (one.packs and not code.startswith(OWN))}


def _above(one: Gazetteer, other: Gazetteer, code: str) -> Iterator[str]:
    """The places, below countries, that hold a place or stand for it by either gazetteer, where they differ."""
    chains = [tuple(place.code for place in _chain(gazetteer, code)) for gazetteer in (one, other)]
    if chains[0] != chains[1]:
        yield from chains[0]
        yield from chains[1]


def _chain(gazetteer: Gazetteer, code: str) -> Iterator[Place]:
    seen: set[str] = set()
    place = gazetteer.of_code(code)
    while place is not None and place.code not in seen and place.kind is not PlaceKind.COUNTRY:
        seen.add(place.code)
        yield place
        place = gazetteer.of_code(place.parent) if place.parent else None
