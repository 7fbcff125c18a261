"""All claims of an incident by slot: grouped into positions, sources counted, standing told (docs/claims.md).

No claim of a member event is lost, none is made up, and each stands in exactly one position of its slot. Nothing is averaged:
every number shown is one that a source says.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tawthiq.linking.claims import Told, told_by
from tawthiq.linking.independence import counted, speakers
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.positions import Relation, Unit, grouped, order_of_telling, units
from tawthiq.linking.relations import ACTS, DAYS, HOURS, NUMBERS, OTHERS, PARTIES, PLACES, named_parties, one_party
from tawthiq.linking.standing import standing
from tawthiq.records.claim import AttachedStatement, Claim, Position, Slot, SlotView, Standing, StatementKind
from tawthiq.records.count import Group
from tawthiq.records.links import LinkInput
from tawthiq.text.folding import fold

HARMS = (Slot.KILLED, Slot.INJURED, Slot.DETAINED, Slot.ABDUCTED, Slot.MISSING, Slot.DISPLACED)
_RELATIONS: Mapping[Slot, Relation[Any]] = {
    Slot.WHEN: DAYS, Slot.HOUR: HOURS, Slot.WHERE: PLACES, Slot.WHO: PARTIES, Slot.HOW: ACTS,
}  # fmt: skip
Key = tuple[Slot, Group | None]
Telling = tuple[str, int, str | None]


def slot_views(
    members: Sequence[Occurrence],
    reports: Mapping[str, LinkInput],
    source: Mapping[str, str],
    statements: Sequence[AttachedStatement],
) -> tuple[SlotView, ...]:
    """The slots of an incident in the order of `Slot` and `Group`; `source` is of `independence.sources`."""
    by_slot: dict[Key, list[Told]] = defaultdict(list)
    for member in members:
        document = member.reference.document
        for told in told_by(member, reports[document], source[document]):
            by_slot[told.claim.slot, told.group].append(told)
    quoted = speakers(told.claim for found in by_slot.values() for told in found)
    made = [_view(key, by_slot[key], quoted) for key in _ordered(by_slot)]
    return tuple(_answered(view, statements) if view.slot is Slot.WHO else view for view in made)


def disputed(views: Iterable[SlotView]) -> tuple[str, ...]:
    """The slots that are disputed, each once, in the order of `Slot`."""
    return tuple(dict.fromkeys(view.slot.value for view in views if view.standing is Standing.DISPUTED))


def _ordered(by_slot: Mapping[Key, Sequence[Told]]) -> list[Key]:
    slots, groups = list(Slot), [None, *Group]
    return sorted(by_slot, key=lambda key: (slots.index(key[0]), groups.index(key[1])))


def _view(key: Key, told: Sequence[Told], quoted: Mapping[tuple[str, str | None], str]) -> SlotView:
    slot, group = key
    relation = _relation(slot, group)
    positions = [_with_sources(position, quoted) for position in grouped(units(list(_values(slot, told))), relation)]
    if len(positions) > 1:
        positions.sort(key=_rank)
    stands, disputes = standing(positions, relation)
    return SlotView(slot, group, stands, tuple(_position(position) for position in positions), disputes)


def _relation(slot: Slot, group: Group | None) -> Relation[Any]:
    if slot in _RELATIONS:
        return _RELATIONS[slot]
    return OTHERS if group is Group.OTHER else NUMBERS


def _values(slot: Slot, told: Sequence[Told]) -> Iterator[tuple[Hashable, Claim]]:
    """Each claim beside the value that its slot compares; places, parties and acts of one telling are one value."""
    if slot in (Slot.WHERE, Slot.WHO, Slot.HOW):
        yield from _of_tellings(slot, told)
        return
    for entry in told:
        claim = entry.claim
        if slot is Slot.WHEN and claim.first and claim.last:
            yield (claim.first.toordinal(), claim.last.toordinal()), claim
        elif slot is Slot.HOUR:
            stretches = entry.stretches or ()
            yield (stretches, "" if stretches else fold(claim.mention.text)), claim
        elif slot in HARMS:
            yield (claim.minimum or 0, claim.maximum), claim


def _of_tellings(slot: Slot, told: Sequence[Told]) -> Iterator[tuple[Hashable, Claim]]:
    tellings: dict[Telling, list[Told]] = defaultdict(list)
    for entry in told:
        claim = entry.claim
        tellings[claim.document, claim.event, claim.speaker if slot is Slot.WHO else None].append(entry)
    for entries in tellings.values():
        value: Hashable
        if slot is Slot.WHERE:
            value = tuple(entry.place for entry in entries if entry.place is not None)
        else:
            value = frozenset(_code(entry.claim) for entry in entries)
        for entry in entries:
            yield value, entry.claim


def _code(claim: Claim) -> str:
    """A code to compare; a party without one of its own is known by its words."""
    code = claim.code or ""
    return f"other:{fold(claim.mention.text)}" if claim.slot is Slot.WHO and code == "other" else code


def _with_sources(position: Sequence[Unit[Any]], quoted: Mapping[tuple[str, str | None], str]) -> Sequence[Unit[Any]]:
    if not quoted:
        return position
    claims = counted([claim for unit in position for claim in unit.claims], quoted)
    made, at = [], 0
    for unit in position:
        made.append(replace(unit, claims=claims[at : at + len(unit.claims)]))
        at += len(unit.claims)
    return made


def _rank(position: Sequence[Unit[Any]]) -> tuple[int, Any]:
    claims = [claim for unit in position for claim in unit.claims]
    return -len({claim.source for claim in claims}), min(order_of_telling(claim) for claim in claims)


def _position(position: Sequence[Unit[Any]]) -> Position:
    claims = [claim for unit in position for claim in unit.claims]
    if len(claims) > 1:
        claims.sort(key=order_of_telling)
    return Position(tuple(claims), len({claim.source for claim in claims}))


def _answered(view: SlotView, statements: Sequence[AttachedStatement]) -> SlotView:
    """Who did it is disputed, too, where a party denies what somebody else says of it."""
    claims = [claim for position in view.positions for claim in position.claims]
    denied = any(denies(statement, claim) for statement in statements for claim in claims)
    return replace(view, standing=Standing.DISPUTED) if denied else view


def denies(statement: AttachedStatement, claim: Claim) -> bool:
    """Whether a statement denies what another speaker claims of a party."""
    if statement.kind is not StatementKind.DENIES or not statement.accused or not claim.code:
        return False
    own = claim.speaker_actor is not None and claim.speaker_actor == statement.speaker_actor
    return not own and bool(named_parties(frozenset([claim.code]))) and one_party(statement.accused, claim.code)
