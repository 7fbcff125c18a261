"""What may be chosen for the selected characters: every reading of them, and the codes that people choose from lists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tawthiq.casework.queries.authority import AuthorityInForce
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.reading.correcting_anchors import anchored
from tawthiq.reading.correcting_selection import readings
from tawthiq.records.event import Modality, Scope
from tawthiq.records.reading_correction import Slot, Value
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Stance
from tawthiq.store.place_packs import chosen, gazetteer_with, packs_folder
from tawthiq.web import labels
from tawthiq.web.desk.meanings import meaning
from tawthiq.web.desk.opened import Named, Opened

CODED = {
    Slot.ACT: "act",
    Slot.EVENT: "act",
    Slot.MODALITY: "modality",
    Slot.SCOPE: "scope",
    Slot.KIND: "quote",
    Slot.STANCE: "stance",
}
_CODES = {
    Slot.MODALITY: [each.value for each in Modality],
    Slot.SCOPE: [each.value for each in Scope],
    Slot.KIND: [each.value for each in QuoteKind],
    Slot.STANCE: [each.value for each in Stance],
}
UNKNOWN, NOBODY = "unknown", "|"
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list: its key in the form, its name, and whether it is chosen at first."""

    key: str
    name: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose for characters.

    `picks` are readings of the characters; `codes` is the list of acts, parties and the like; `harms` and `groups` are there
    for counts. `fault` says why there is nothing to choose.
    """

    slot: Slot
    words: str
    picks: tuple[Option, ...] = ()
    codes: tuple[Option, ...] = ()
    harms: tuple[Option, ...] = ()
    groups: tuple[Option, ...] = ()
    part_of: bool = False
    hedged: bool = False
    fault: str = ""


def known_places() -> Gazetteer:
    """The gazetteer by which the archive is read."""
    return with_overlay(gazetteer_with(chosen(packs_folder(), ())), AuthorityInForce().now()[1])


def values_for(opened: Opened, slot: Slot, span: Span) -> tuple[Value, ...]:
    """The readings of the characters."""
    return readings(opened.document, span, slot, known_places()) if slot not in CODED else ()


def choices_for(opened: Opened, named: Named, slot: Slot, span: Span) -> Choices:
    """What may be chosen for the characters at `span` as a value of `slot`."""
    words = span.of(opened.text)
    if slot in CODED:
        return Choices(slot, words, codes=_coded(slot, named))
    if slot is Slot.VICTIM:
        return Choices(slot, words)
    found = values_for(opened, slot, span)
    if slot in (Slot.BY, Slot.SPEAKER):
        hedged = next((value.hedged for value in found), False)
        return Choices(slot, words, codes=_parties(slot, found), hedged=hedged)
    if slot is Slot.COUNT and not found:
        fault = _("No number can be read from these characters. Select the words that hold the number.")
        return Choices(slot, words, fault=fault)
    picks = tuple(
        Option(key_of(slot, value), meaning(slot, value) or _("left open"), at == 0)
        for at, value in enumerate(found[:MOST_SHOWN])
    )
    if slot is not Slot.COUNT:
        return Choices(slot, words, picks=picks)
    before = named.value if named.slot is Slot.COUNT else None
    likely = found[0] if found[0].code else before or found[0]
    return Choices(
        slot,
        words,
        picks=picks,
        harms=_listed("harm", labels.HARMS, likely.code),
        groups=_listed("group", labels.GROUPS, likely.group),
        part_of=likely.part_of,
    )


def chosen_value(opened: Opened, named: Named, slot: Slot, span: Span, sent: Mapping[str, str]) -> Value | None:
    """The value that a form chose for the characters; None for what was not offered."""
    told = anchored(opened.text, span)
    code = sent.get("code", "")
    if slot in CODED:
        codes = {option.key for option in _coded(slot, named)}
        return Value(told, code=code) if code in codes else None
    if slot is Slot.VICTIM:
        return Value(told)
    if slot in (Slot.BY, Slot.SPEAKER):
        return _party(opened, slot, span, sent)
    found = {key_of(slot, value): value for value in reversed(values_for(opened, slot, span))}
    value = found.get(sent.get("pick", ""))
    if value is None or slot is not Slot.COUNT:
        return value
    harm, group = sent.get("harm", ""), sent.get("group", "")
    if harm not in labels.HARMS or group not in labels.GROUPS:
        return None
    return replace(value, code=harm, group=group, part_of="part_of" in sent)


def key_of(slot: Slot, value: Value) -> str:
    """How a form names a reading of characters: by what it says."""
    if slot is Slot.WHEN:
        period = value.period
        return f"{period.first}/{period.last}/{period.precision.value}" if period else "open"
    if slot is Slot.COUNT:
        return f"{value.minimum}-{value.maximum}"
    if slot is Slot.PLACE:
        return value.place.code if value.place else "open"
    return f"{value.code}|{value.entry}"


def _coded(slot: Slot, named: Named) -> tuple[Option, ...]:
    kind = CODED[slot]
    now = named.value.code if named.value and named.slot is slot else ""
    codes = _CODES.get(slot) or list(labels.ACTS)
    return tuple(Option(code, labels.label(kind, code), code == now) for code in codes)


def _listed(kind: str, codes: Mapping[str, object], now: str) -> tuple[Option, ...]:
    return tuple(Option(code, labels.label(kind, code), code == now) for code in codes)


def _parties(slot: Slot, found: tuple[Value, ...]) -> tuple[Option, ...]:
    """The parties that the characters name, then all others by name; a speaker may be nobody known."""
    named = {key_of(slot, value): labels.actor_name(value.entry or value.code) for value in found}
    nobody = {NOBODY: _("no party that is listed")} if slot is Slot.SPEAKER else {}
    rest = {f"{code}|": name for code, name in labels.actors(labels.active_language()).items()} | _own_entries()
    every = {**named, **nobody, **dict(sorted(rest.items(), key=lambda each: each[1]))}
    usual = next(iter(named), NOBODY if nobody else f"{UNKNOWN}|")
    return tuple(Option(key, named.get(key, name), key == usual) for key, name in every.items())


def _own_entries() -> dict[str, str]:
    """People's own entries of parties, by key and name."""
    wordings = AuthorityInForce().now()[1].wordings
    return {f"{each.actor}|{each.entry}": labels.actor_name(each.entry) for each in wordings if each.entry}


def _party(opened: Opened, slot: Slot, span: Span, sent: Mapping[str, str]) -> Value | None:
    offered = {option.key for option in _parties(slot, values_for(opened, slot, span))}
    key = sent.get("code", "")
    if key not in offered:
        return None
    code, _bar, entry = key.partition("|")
    told = anchored(opened.text, span)
    if slot is Slot.SPEAKER:
        return Value(told, code=entry or code)
    return Value(told, code=code, entry=entry, hedged="hedged" in sent)
