"""What a new decision is checked for before it is kept: its names, whose they are already, its coordinates, its reason.

These checks look at the tables and packs at hand; `authority` holds the rules that need none of them. Refused is what
would make readings wrong in silence: a name that is no name, a wording that means another party, a place that is there
already, coordinates in another part of the world. What only may be wrong is a remark, which the person sees.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.authority import AuthorityRefused, contract_code, lineage, resolve
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.distance import kilometres
from tawthiq.lexicon.folded import name_key, name_words, word_key
from tawthiq.lexicon.gazetteer import LONGEST_NAME, Gazetteer, gazetteer
from tawthiq.lexicon.tables import load
from tawthiq.records.authority import OWN, Authority, Decision, EntryKind, Step
from tawthiq.records.place import Place, PlaceKind

SAME_PLACE = 15.0  # kilometres: two places of one name no farther apart are taken for one
ODD, FAR = 60.0, 300.0  # kilometres from the nearest known place of the stated country: remarked, refused
ENOUGH = 20  # so many places of a country must be known before distances from them say anything
_WIDE = frozenset(
    {PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.COUNTRYSIDE}
)
_ALIASES = ("alias", "actor", "country", "wording")
_ARABIC, _LATIN = re.compile(r"[\u0620-\u064a\u066e-\u06d3]"), re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORKING = frozenset({Step.ADD, Step.ALIAS, Step.CORRECT, Step.MERGE, Step.NOT_PLACE})


@dataclass(frozen=True, slots=True)
class Ground:
    """What decisions are checked against: the authority before them, and the gazetteer without anybody's decisions."""

    authority: Authority
    plain: Gazetteer

    @property
    def known(self) -> Gazetteer:
        """The gazetteer with the authority in force laid over it."""
        return with_overlay(self.plain, overlay(self.authority))


def remarks(ground: Ground, decision: Decision) -> tuple[str, ...]:
    """What a person should know of a decision that can be kept. Raises AuthorityRefused, with the reason, for another."""
    if not decision.reason:
        raise _refused(decision, "it does not say why", "give a reason, with its source")
    if decision.step in _WORKING and not decision.source:
        raise _refused(decision, "its reason names no source", "say where it can be read: a report, a map, a page")
    if decision.step is Step.WITHDRAW:
        return ()
    if decision.kind is EntryKind.ACTOR:
        return tuple(_actor_remarks(ground, decision))
    return tuple(_place_remarks(ground.known, decision))


def _names(decision: Decision) -> Iterator[tuple[str, str]]:
    """The names that a decision gives, by their column."""
    for column in ("name_ar", "name_en", "alias"):
        if name := getattr(decision, column):
            yield column, name


def _actor_remarks(ground: Ground, decision: Decision) -> Iterator[str]:
    for column, name in _names(decision):
        _check_script(decision, column, name)
        words = name_words(name)
        general = all(word in _force_words() for word in words)
        if general and not (column == "alias" and decision.country):
            raise _refused(
                decision, f'"{name}" names no party: any force is called so',
                "give its full name, or limit an alias to reports about one country",
            )  # fmt: skip
        if column != "alias":
            yield from _loaded_remarks(decision, name, words)
        if column == "alias" or (decision.code.startswith(OWN) and decision.step is Step.ADD):
            _check_holder(ground.authority, decision, name)


def _loaded_remarks(decision: Decision, name: str, words: tuple[str, ...]) -> Iterator[str]:
    """Loaded wording in a neutral name: a whole one is refused, a word that only such wordings have is remarked."""
    wordings, single = _loaded()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if words[start:end] in wordings:
                raise _refused(
                    decision, f'"{name}" holds loaded wording ({wordings[words[start:end]]}), and a neutral name is due',
                    "give what the party calls itself or a plain description; keep this wording as a loaded alias",
                )  # fmt: skip
    for word in words:
        if word in single:
            yield f'"{name}" holds a word that the tables know from loaded wording only ({single[word]}): is it neutral?'


def _check_holder(authority: Authority, decision: Decision, name: str) -> None:
    """A wording means one party at a time, unless the entry is a part of the party that holds it."""
    key = name_key(name)
    own = resolve(authority.entries, decision.code)
    start = decision.parent if decision.step is Step.ADD else own
    above = {decision.code, own, *lineage(authority.entries, start), contract_code(authority.entries, start)}
    for holder, country, at in _holders(authority, key):
        if country and decision.country and country != decision.country:
            continue
        if holder == own and decision.step is Step.ALIAS:
            raise _refused(decision, f'"{name}" names {holder} already ({at})', "leave it as it is")
        if holder not in above:
            raise _refused(
                decision, f'"{name}" is held by {holder} ({at})',
                f"give the wording in full, or let the entry count under {holder}",
            )  # fmt: skip


def _holders(authority: Authority, key: str) -> Iterator[tuple[str, str, str]]:
    """Who bears a wording: code, the country it is limited to, and where that is said."""
    for wording in overlay(authority).wordings:
        if name_key(wording.text) == key:
            yield wording.entry or wording.actor, wording.country, "your authority"
    yield from _table_holders().get(key, ())


@cache
def _table_holders() -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for language in ("ar", "en"):
        for row in load(f"{language}/actor_aliases", _ALIASES):
            found.setdefault(name_key(row["alias"]), []).append((row["actor"], row.optional("country") or "", row.at))
    return {key: tuple(held) for key, held in found.items()}


@cache
def _loaded() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Loaded wordings by the keys of their words, and the words that no party's name has; each with its table row."""
    wordings: dict[tuple[str, ...], str] = {}
    single: dict[str, str] = {}
    plain: set[str] = set()
    for language in ("ar", "en"):
        for row in load(f"{language}/actor_aliases", _ALIASES):
            words = name_words(row["alias"])
            if row["wording"] != "loaded":
                plain.update(words)
                continue
            wordings.setdefault(words, row.at)
            for word in words:
                single.setdefault(word, row.at)
        plain.update(word_key(row["adjective"]) for row in load(f"{language}/nationalities", ("adjective", "actor")))
    names = (name for row in load("actors", ("code", "name_ar", "name_en", "country")) for name in row.cells.values())
    plain.update(word for name in names for word in name_words(name))
    return wordings, {word: at for word, at in single.items() if word not in plain and len(word) > 2}


@cache
def _force_words() -> frozenset[str]:
    """Keys of the words by which any force is called."""
    rows = [row for language in ("ar", "en") for row in load(f"{language}/force_nouns", ("word", "use"))]
    return frozenset(word_key(row["word"]) for row in rows if row["use"] != "doubt")


def _check_script(decision: Decision, column: str, name: str) -> None:
    """A neutral name stands in its own script, and any name has two letters at least."""
    wanted = {"name_ar": _ARABIC, "name_en": _LATIN}.get(column)
    if wanted is not None and not wanted.search(name):
        script = "Arabic" if column == "name_ar" else "Latin"
        raise _refused(decision, f'"{name}" has no {script} letter', f"give the name in {script} script")
    if sum(letter.isalpha() for letter in name) < 2:
        raise _refused(decision, f'"{name}" is no name', "give one of two letters or more")


def _place_remarks(known: Gazetteer, decision: Decision) -> Iterator[str]:
    for column, name in _names(decision):
        _check_script(decision, column, name)
        words = name_words(name)
        if len(words) > LONGEST_NAME:
            raise _refused(decision, f'"{name}" has more than {LONGEST_NAME} words', "give the name as texts write it")
        if all(word in _general_words() for word in words) and decision.step is not Step.NOT_PLACE:
            raise _refused(decision, f'"{name}" names no place: any place is called so', "give the place's own name")
    held = _existing(known, decision)
    place = _proposed(held, decision)
    if decision.parent:
        yield from _parent_remarks(known, decision, place)
    if decision.step is Step.NOT_PLACE:
        if not known.holds(name_key(decision.alias)):
            yield f'no place is called "{decision.alias}" now: the decision changes nothing until one is'
        return
    if decision.step is Step.MERGE:
        yield from _merge_remarks(known, decision, held)
        return
    if decision.latitude is not None or decision.country:
        yield from _far_remarks(decision, place)
    for _column, name in _names(decision):
        yield from _homonym_remarks(known, decision, place, name)


def _existing(known: Gazetteer, decision: Decision) -> Place | None:
    """The place that a decision is about, None where it makes one. Raises AuthorityRefused where there is none."""
    if not decision.code or decision.step is Step.ADD:
        return None
    place = known.of_code(decision.code)
    if place is None and not decision.code.startswith(OWN):
        raise _refused(decision, "no gazetteer at hand has this code", "check it, or install its place pack")
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


def _parent_remarks(known: Gazetteer, decision: Decision, place: Place) -> Iterator[str]:
    parent = known.of_code(decision.parent)
    if parent is None:
        raise _refused(decision, f'no place has the code "{decision.parent}"', "give the code of the containing place")
    if place.country and parent.country != place.country:
        yield f"{parent.name_en} ({parent.code}) lies in {parent.country}, the place in {place.country}"
    if parent.code == decision.code or known.within(parent, place):
        raise _refused(decision, f"{parent.code} lies in this place", "give the place that contains it")
    away = kilometres(place, parent)
    if away is not None and away > FAR:
        yield f"it lies {away:.0f} km from {parent.name_en} ({parent.code}), which is to contain it"


def _merge_remarks(known: Gazetteer, decision: Decision, held: Place | None) -> Iterator[str]:
    onto = known.of_code(decision.target)
    if onto is None:
        raise _refused(decision, f'no place has the code "{decision.target}"', "give the code of the place that stays")
    if held is None:
        return
    if PlaceKind.COUNTRY in (held.kind, onto.kind):
        raise _refused(decision, "a country is merged into none", "check both codes")
    away = kilometres(held, onto)
    if away is not None and away > SAME_PLACE:
        yield f"{held.name_en} and {onto.name_en} lie {away:.0f} km apart"
    if held.country != onto.country:
        yield f"{held.code} lies in {held.country}, {onto.code} in {onto.country}"


def _far_remarks(decision: Decision, place: Place) -> Iterator[str]:
    """How far the place lies from all that is known of its country."""
    others = _of_country(place.country)
    if not others and not any(other.country == place.country for other in gazetteer().by_code.values()):
        yield f"no place of {place.country} is known here: its coordinates were not compared"
    if len(others) < ENOUGH or place.latitude is None:
        return
    away, nearest = min((kilometres(place, other) or 0.0, other.name_en) for other in others)
    if away > FAR:
        raise _refused(
            decision, f"the coordinates lie {away:.0f} km from {nearest}, the nearest known place of {place.country}",
            "check latitude, longitude and country; the two numbers may be the wrong way round",
        )  # fmt: skip
    if away > ODD:
        yield f"it lies {away:.0f} km from {nearest}, the nearest known place of {place.country}"


@cache
def _of_country(country: str) -> tuple[Place, ...]:
    """The embedded places of a country that have coordinates, the country itself left out."""
    places = gazetteer().by_code.values()
    return tuple(
        place
        for place in places
        if place.country == country and place.latitude is not None and place.kind is not PlaceKind.COUNTRY
    )


def _homonym_remarks(known: Gazetteer, decision: Decision, place: Place, name: str) -> Iterator[str]:
    """Who bears the name already. Raises AuthorityRefused where that is the same place by all that is known."""
    others = [
        other for other in known.named(name) if other.code != place.code and known.of_code(place.code or "-") != other
    ]
    for other in others:
        away = kilometres(place, other)
        alike = place.kind is other.kind or not {place.kind, other.kind} & _WIDE
        if alike and other.country == place.country and (place.parent == other.code or _near(place, other, away)):
            told = f"{away:.0f} km away" if away is not None else "in the same place"
            raise _refused(
                decision, f'"{name}" is held by {other.name_en} ({other.code}), {told}',
                f"add a spelling to {other.code}, or merge the two",
            )  # fmt: skip
    if others:
        named = ", ".join(f"{other.name_en} ({other.code}, {other.country})" for other in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        yield f'"{name}" is also borne by {named}{more}: where a text does not tell, readings stay open'


def _near(place: Place, other: Place, away: float | None) -> bool:
    return away <= SAME_PLACE if away is not None else place.parent == other.parent


@cache
def _general_words() -> frozenset[str]:
    """Keys of the words that say what sort of place something is or where in it, never which."""
    rows = [row for language in ("ar", "en") for row in load(f"{language}/place_generic", ("word",))]
    return frozenset(word_key(word) for row in rows for word in row.alternatives("word"))


def _refused(decision: Decision, happened: str, advice: str) -> AuthorityRefused:
    return AuthorityRefused(item=f"{decision.step} {decision.code or decision.alias}", happened=happened, advice=advice)
