"""What a decision about a place is checked for: names that are none, places that are there already, far coordinates."""

from collections.abc import Iterator
from functools import cache
from math import floor

from tawthiq.lexicon.authority import refusal, resolve
from tawthiq.lexicon.authority_ground import Ground, check_script, names_given
from tawthiq.lexicon.distance import kilometres
from tawthiq.lexicon.folded import name_key, name_words, word_key
from tawthiq.lexicon.gazetteer import LONGEST_NAME, Gazetteer, gazetteer
from tawthiq.lexicon.tables import load
from tawthiq.records.authority import Decision, Step, Told, told
from tawthiq.records.place import Place, PlaceKind

SAME_PLACE = 15.0  # kilometres: two places of one name no farther apart are taken for one
ODD, FAR = 60.0, 300.0  # kilometres from the nearest known place of the stated country: remarked
ENOUGH = 20  # so many places of a country must be known before distances from them say anything
_NO_PLACE = "no place has the code %(code)s"
_HELD_NEAR = "“%(name)s” is held by %(code)s, %(km)s km away"
_HELD_INSIDE = "“%(name)s” is held by %(code)s in the same place"
_WIDE = frozenset(
    {PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.COUNTRYSIDE}
)


def place_remarks(ground: Ground, decision: Decision) -> Iterator[Told]:
    """What a person should know of the decision. Raises AuthorityRefused as `authority_checks.remarks` does."""
    for column, name in names_given(decision):
        check_script(decision, column, name)
        words = name_words(name)
        if len(words) > LONGEST_NAME:
            raise refusal(
                decision, "“%(name)s” has more than %(most)s words", "give the name as texts write it",
                name=name, most=LONGEST_NAME,
            )  # fmt: skip
        if all(word in _general_words() for word in words) and decision.step is not Step.NOT_PLACE:
            raise refusal(
                decision, "“%(name)s” names no place: any place is called so", "give the place's own name", name=name
            )
    known = ground.known
    held = None if decision.step is Step.ADD else _existing(ground, decision)
    place = _proposed(held, decision)
    if decision.parent:
        yield from _parent_remarks(ground, decision, place)
    if decision.step is Step.NOT_PLACE:
        key = name_key(decision.alias)
        named = (name_key(spelling.text) == key for spelling in ground.overlay.spellings)
        if not ground.plain.holds(key) and not any(named):
            yield told(
                "no place is called “%(name)s” now: the decision changes nothing until one is", name=decision.alias
            )
        return
    if decision.step is Step.MERGE:
        yield from _merge_remarks(ground, decision, held)
        return
    if decision.latitude is not None or decision.country:
        yield from _far_remarks(decision, place)
    for _column, name in names_given(decision):
        yield from _homonym_remarks(known, decision, place, name)


def _existing(ground: Ground, decision: Decision) -> Place | None:
    """The place that a decision is about, None for any place. Raises AuthorityRefused where there is none."""
    if not decision.code:
        return None
    place = ground.place(decision.code)
    if place is None:
        raise refusal(decision, "no gazetteer at hand has this code", "check it, or install its place pack")
    return place


def _proposed(held: Place | None, decision: Decision) -> Place:
    """The place as the decision would leave it."""
    kind = decision.sort or (held.kind if held else PlaceKind.OTHER)
    return Place(
        code=decision.code,
        name=decision.name_ar or decision.name_en or (held.name if held else ""),
        name_en=decision.name_en or decision.name_ar or (held.name_en if held else ""),
        kind=PlaceKind(kind),
        country=decision.country or (held.country if held else ""),
        latitude=held.latitude if held and decision.latitude is None else decision.latitude,
        longitude=held.longitude if held and decision.longitude is None else decision.longitude,
        parent=decision.parent or (held.parent if held else None),
        population=0,
    )


def _parent_remarks(ground: Ground, decision: Decision, place: Place) -> Iterator[Told]:
    parent = ground.known.of_code(decision.parent)
    if parent is None:
        raise refusal(decision, _NO_PLACE, "give the code of the containing place", code=decision.parent)
    if place.country and parent.country != place.country:
        yield told(
            "%(code)s lies in %(country)s, the place in %(other)s",
            code=parent.code, country=parent.country, other=place.country,
        )  # fmt: skip
    if parent.code == decision.code or ground.plain.within(parent, place):
        raise refusal(decision, "%(code)s lies in this place", "give the place that contains it", code=parent.code)
    away = kilometres(place, parent)
    if away is not None and away > FAR:
        yield told("it lies %(km)s km from %(code)s, which is to contain it", km=round(away), code=parent.code)


def _merge_remarks(ground: Ground, decision: Decision, held: Place | None) -> Iterator[Told]:
    onto = ground.place(resolve(ground.authority.entries, decision.target))
    if onto is None:
        raise refusal(decision, _NO_PLACE, "give the code of the place that stays", code=decision.target)
    if held is None:
        return
    if PlaceKind.COUNTRY in (held.kind, onto.kind):
        raise refusal(decision, "a country is merged into none", "check both codes")
    if ground.plain.within(onto, held):
        raise refusal(
            decision, "%(code)s lies in this place", "a place and a part of it are two places", code=onto.code
        )
    away = kilometres(held, onto)
    if away is not None and away > SAME_PLACE:
        yield told("%(code)s and %(other)s lie %(km)s km apart", code=held.code, other=onto.code, km=round(away))
    if held.country != onto.country:
        yield told(
            "%(code)s lies in %(country)s, the place in %(other)s",
            code=onto.code, country=onto.country, other=held.country,
        )  # fmt: skip


def _far_remarks(decision: Decision, place: Place) -> Iterator[Told]:
    """How far the place lies from all that is known of its country."""
    others, cells = _of_country(place.country)
    if not others and not any(other.country == place.country for other in gazetteer().by_code.values()):
        yield told("no place of %(country)s is known here: its coordinates were not compared", country=place.country)
    if len(others) < ENOUGH or place.latitude is None:
        return
    if any((kilometres(place, other) or 0.0) <= ODD for cell in _around(place) for other in cells.get(cell, ())):
        return
    away, nearest = min((kilometres(place, other) or 0.0, other.name_en) for other in others)
    if away > FAR:
        raise refusal(
            decision, "the coordinates lie %(km)s km from %(name)s, the nearest known place of %(country)s",
            "check latitude, longitude and country; the two numbers may be the wrong way round",
            km=round(away), name=nearest, country=place.country,
        )  # fmt: skip
    if away > ODD:
        yield told(
            "it lies %(km)s km from %(name)s, the nearest known place of %(country)s",
            km=round(away), name=nearest, country=place.country,
        )  # fmt: skip


@cache
def _of_country(country: str) -> tuple[tuple[Place, ...], dict[tuple[int, int], list[Place]]]:
    """The embedded places of a country that have coordinates, without the country itself; and by square degree."""
    places = tuple(
        place
        for place in gazetteer().by_code.values()
        if place.country == country and place.latitude is not None and place.kind is not PlaceKind.COUNTRY
    )
    cells: dict[tuple[int, int], list[Place]] = {}
    for place in places:
        cells.setdefault(_cell(place), []).append(place)
    return places, cells


def _cell(place: Place) -> tuple[int, int]:
    return floor(place.latitude or 0.0), floor(place.longitude or 0.0)


def _around(place: Place) -> Iterator[tuple[int, int]]:
    """The square degree of a place and its neighbours: below 55 degrees of latitude they reach farther than ODD."""
    south, west = _cell(place)
    return ((south + up, west + right) for up in (0, -1, 1) for right in (0, -1, 1))


def _homonym_remarks(known: Gazetteer, decision: Decision, place: Place, name: str) -> Iterator[Told]:
    """Who bears the name already. Raises AuthorityRefused where that is the same place by all that is known."""
    others = [
        other for other in known.named(name) if other.code != place.code and known.of_code(place.code or "-") != other
    ]
    for other in others:
        away = kilometres(place, other)
        alike = place.kind is other.kind or not {place.kind, other.kind} & _WIDE
        if alike and other.country == place.country and (place.parent == other.code or _near(place, other, away)):
            where = _HELD_NEAR if away is not None else _HELD_INSIDE
            raise refusal(
                decision, where, "add a spelling to %(code)s, or merge the two",
                name=name, code=other.code, km=round(away or 0),
            )  # fmt: skip
    if others:
        named = " · ".join(f"{other.name_en} ({other.code}, {other.country})" for other in others[:4])
        more = "" if len(others) <= 4 else f" · +{len(others) - 4}"
        yield told(
            "“%(name)s” is also borne by %(others)s: where a text does not tell, readings stay open",
            name=name, others=named + more,
        )  # fmt: skip


def _near(place: Place, other: Place, away: float | None) -> bool:
    return away <= SAME_PLACE if away is not None else place.parent == other.parent


@cache
def _general_words() -> frozenset[str]:
    """Keys of the words that say what sort of place something is or where in it, never which."""
    rows = [row for language in ("ar", "en") for row in load(f"{language}/place_generic", ("word",))]
    return frozenset(word_key(word) for row in rows for word in row.alternatives("word"))
