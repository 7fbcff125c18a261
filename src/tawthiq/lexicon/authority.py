"""The authority in force: what a list of decisions amounts to, and the rules that every list keeps.

Pure. Decisions are applied in their order, withdrawn ones left out. A list that breaks a rule is refused with the decision
that does: a code is made once and never again, a merged entry is a redirect for good and takes no further decisions, no
chain of merges or parents closes in a circle, every actor of people's own counts under a code of actors.tsv, and a decision
is withdrawn only after those that rest upon it. What a name may look like, and whose it is already, is `authority_checks`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from tawthiq.lexicon.authority_file import identifier_of
from tawthiq.lexicon.tables import load
from tawthiq.records.authority import OWN, Alias, Authority, Decision, Entry, EntryKind, Step, Told, Wording, told
from tawthiq.records.errors import TawthiqError

CODE = re.compile(r"own\.[a-z0-9][a-z0-9_.-]{0,58}")
SHORTEST_IDENTIFIER = 12
_NO_ENTRY = "there is no entry %(code)s"
_NO_PARTY = "%(code)s is no party"
_OTHER_KIND = "%(code)s is of the other kind: an actor is no place"
_TAKEN_OVER = ("name_ar", "name_en", "sort", "country", "parent", "latitude", "longitude", "first", "last")


class AuthorityRefused(TawthiqError):
    """A decision breaks a rule of the authority; nothing of it is kept. `item` names the decision, which is `decision`.

    `told` are what happened and what to do, for pages in other languages.
    """

    decision: Decision | None = None
    told: tuple[Told, ...] = ()


@cache
def contract_codes() -> frozenset[str]:
    """The codes of parties that docs/contracts.md fixes."""
    return frozenset(row["code"] for row in load("actors", ("code", "name_ar", "name_en", "country")))


def in_force(decisions: Iterable[Decision]) -> Authority:
    """What the decisions amount to, in their order. Raises AuthorityRefused for the first one that breaks a rule."""
    given = tuple(decisions)
    identifiers = tuple(map(identifier_of, given))
    withdrawn = _withdrawn(given, identifiers)
    entries: dict[str, Entry] = {}
    never: list[tuple[str, str]] = []
    made = {decision.code for at, decision in enumerate(given, 1) if at in withdrawn and decision.step is Step.ADD}
    for number, decision in enumerate(given, 1):
        if decision.step is Step.WITHDRAW or number in withdrawn:
            continue
        if decision.step is Step.NOT_PLACE:
            _refuse_unless(decision, bool(decision.alias), "it names no word", "give the word that is no place")
            if decision.code:
                _standing(entries, decision)
            never.append((decision.alias, decision.code))
            continue
        if decision.step is Step.ADD:
            again = decision.code in entries or decision.code in made
            _refuse_unless(decision, not again, "the code was given before", "a code is never used again: take another")
        entry = _applied(entries, decision)
        entries[decision.code] = replace(entry, numbers=(*entry.numbers, number))
        if decision.step in (Step.ADD, Step.CORRECT, Step.MERGE):
            _refuse_circles(entries, decision)
    return Authority(given, identifiers, entries, tuple(dict.fromkeys(never)), frozenset(withdrawn))


def resolve(entries: Mapping[str, Entry], code: str) -> str:
    """The code that stands for `code` after all merges; the code itself where it was merged into none."""
    while (entry := entries.get(code)) is not None and entry.merged:
        code = entry.merged
    return code


def contract_code(entries: Mapping[str, Entry], code: str) -> str:
    """The contract code that an actor counts under: its own, or that of the nearest party above it."""
    return next((above for above in lineage(entries, code) if above in contract_codes()), "other")


def lineage(entries: Mapping[str, Entry], code: str) -> tuple[str, ...]:
    """An entry's code, resolved, and those above it as far as people decided; the first to come round ends it."""
    found: list[str] = []
    at = resolve(entries, code)
    while at and at not in found:
        found.append(at)
        entry = entries.get(at)
        at = resolve(entries, entry.parent) if entry is not None and entry.parent else ""
    return tuple(found)


def _withdrawn(given: tuple[Decision, ...], identifiers: tuple[str, ...]) -> set[int]:
    """The numbers of the decisions that were taken back."""
    taken: set[int] = set()
    for at, decision in enumerate(given):
        if decision.step is not Step.WITHDRAW:
            continue
        wanted = decision.target
        meant = [
            number
            for number, (other, identifier) in enumerate(zip(given[:at], identifiers, strict=False), 1)
            if identifier.startswith(wanted) and other.step is not Step.WITHDRAW and number not in taken
        ]
        found = meant if len(wanted) >= SHORTEST_IDENTIFIER else []
        said = "it withdraws no decision that is in force" if len(found) < 2 else "it may mean several decisions"
        advice = "name the decision by %(signs)s or more signs of its identifier, as the history shows it"
        _refuse_unless(decision, len(found) == 1, said, advice, signs=SHORTEST_IDENTIFIER)
        taken.add(found[0])
    return taken


def _applied(entries: Mapping[str, Entry], decision: Decision) -> Entry:
    """The entry as the decision leaves it."""
    if decision.step is Step.ADD:
        return _added(decision)
    entry = _standing(entries, decision)
    if decision.step is Step.ALIAS:
        return _with_alias(entry, decision)
    if decision.step is Step.CORRECT:
        changes = {name: value for name in _TAKEN_OVER if (value := getattr(decision, name)) not in ("", None)}
        _refuse_unless(decision, bool(changes), "it corrects nothing", "give what is to be different")
        _refuse_parentless(decision, entry.kind)
        return replace(entry, **changes)
    if decision.step is Step.END:
        _refuse_unless(decision, not entry.ended, "the entry has ended already", "leave it as it is")
        closed = entry.kind is EntryKind.PLACE or entry.own
        _refuse_unless(decision, closed, "a party of the contract does not end", "correct or withdraw an alias instead")
        return replace(entry, ended=True, last=decision.last or entry.last)
    return _merged(entries, entry, decision)


def _added(decision: Decision) -> Entry:
    form = 'write it as "own.", then small Latin letters, digits, and . _ - between them'
    _refuse_unless(decision, bool(CODE.fullmatch(decision.code)), "the code does not have the form of one's own", form)
    named = bool(decision.name_ar and decision.name_en) or (
        decision.kind is EntryKind.PLACE and bool(decision.name_ar or decision.name_en)
    )
    _refuse_unless(decision, named, "it has no neutral name", "an actor needs one in Arabic and one in English")
    if decision.kind is EntryKind.PLACE:
        _refuse_unless(decision, bool(decision.country), "no country is given", "give its two letters (ISO 3166)")
        _refuse_unless(decision, bool(decision.sort), "it does not say what kind of place it is", "such as village")
    else:
        above = "give a parent: the party it belongs to, or the contract code it counts under (other, unknown)"
        _refuse_unless(decision, bool(decision.parent), "it counts under no party", above)
    _refuse_parentless(decision, decision.kind)
    return Entry(decision.code, decision.kind, **{name: getattr(decision, name) for name in _TAKEN_OVER})


def _with_alias(entry: Entry, decision: Decision) -> Entry:
    _refuse_unless(decision, bool(decision.alias), "it names no wording", "give the alias as texts write it")
    wording = Wording(decision.wording or Wording.NAME)
    alias = Alias(decision.alias, wording, decision.country, decision.first, decision.last)
    _refuse_unless(decision, alias not in entry.aliases, "the entry has this alias", "leave it as it is")
    return replace(entry, aliases=(*entry.aliases, alias))


def _merged(entries: Mapping[str, Entry], entry: Entry, decision: Decision) -> Entry:
    own = decision.kind is EntryKind.PLACE or entry.own
    _refuse_unless(decision, own, "a party of the contract is merged into none", "merge your entry into it instead")
    _refuse_unless(decision, bool(decision.target), "it does not say into which entry", "give the entry that stays")
    onto = entries.get(decision.target)
    known = onto is not None or not decision.target.startswith(OWN)
    _refuse_unless(decision, known, _NO_ENTRY, "check its code", code=decision.target)
    kind = decision.kind if decision.target not in contract_codes() else EntryKind.ACTOR
    same = (onto.kind if onto else kind) is decision.kind
    _refuse_unless(decision, same, "an actor and a place are never one", "merge entries of one kind")
    final = resolve(entries, decision.target)
    _refuse_unless(
        decision, final != decision.code, "%(code)s is this entry itself", "name another one", code=decision.target
    )
    ended = final in entries and entries[final].ended
    _refuse_unless(decision, not ended, "%(code)s has ended", "merge into an entry that is in use", code=final)
    return replace(entry, merged=final)


def _standing(entries: Mapping[str, Entry], decision: Decision) -> Entry:
    """The entry that a decision is about; one that Tawthiq ships begins with the first decision about it."""
    entry = entries.get(decision.code)
    if entry is None:
        _refuse_unless(decision, bool(decision.code), "it names no entry", "give the code of one")
        _refuse_unless(decision, not decision.code.startswith(OWN), "there is no such entry", "add it first")
        actor = decision.code in contract_codes()
        _refuse_unless(
            decision, actor == (decision.kind is EntryKind.ACTOR), _OTHER_KIND, "check the code", code=decision.code
        )
        return Entry(decision.code, decision.kind)
    _refuse_unless(decision, entry.kind is decision.kind, _OTHER_KIND, "check the code", code=decision.code)
    advice = "decide about %(code)s instead, or withdraw the merge"
    final = resolve(entries, entry.code)
    _refuse_unless(decision, not entry.merged, "the entry was merged into %(code)s", advice, code=final)
    return entry


def _refuse_parentless(decision: Decision, kind: EntryKind) -> None:
    """An actor's parent is a contract code or one's own entry; dates are for actors only."""
    if kind is EntryKind.ACTOR and decision.parent:
        known = decision.parent in contract_codes() or decision.parent.startswith(OWN)
        _refuse_unless(decision, known, _NO_PARTY, "give a contract code or your own entry's", code=decision.parent)
        own = decision.step is Step.ADD or decision.code.startswith(OWN)
        _refuse_unless(decision, own, "a party of the contract counts under itself", "leave the parent out")
    ordered = not (decision.first and decision.last) or decision.first <= decision.last
    _refuse_unless(decision, ordered, "it ends before it begins", "check both days")


def _refuse_circles(entries: Mapping[str, Entry], decision: Decision) -> None:
    """Parents exist and lead to a contract code (actors), and never back to the entry itself."""
    seen: list[str] = []
    at = resolve(entries, decision.code)
    while at:
        _refuse_unless(decision, at not in seen, "%(code)s would stand above itself", "check the parents", code=at)
        seen.append(at)
        entry = entries.get(at)
        missing = entry is None and at.startswith(OWN)
        _refuse_unless(decision, not missing, _NO_ENTRY, "add it first", code=at)
        if entry is not None and entry.kind is not decision.kind:
            _refuse_unless(decision, False, _OTHER_KIND, "a parent is of the same kind", code=at)
        at = resolve(entries, entry.parent) if entry is not None and entry.parent else ""
    reaches = decision.kind is EntryKind.PLACE or any(code in contract_codes() for code in seen)
    _refuse_unless(decision, reaches, "it counts under no contract code", "give one of docs/contracts.md as parent")


def _refuse_unless(decision: Decision, sound: bool, happened: str, advice: str, **values: object) -> None:
    if not sound:
        raise refusal(decision, happened, advice, **values)


def refusal(decision: Decision, happened: str, advice: str, **values: object) -> AuthorityRefused:
    """The error that names the decision; `values` stand in `happened` and `advice` as `%(name)s`."""
    named = decision.code or decision.alias or decision.target or "of nothing"
    said = (told(happened, **values), told(advice, **values))
    error = AuthorityRefused(item=f"{decision.step} {named}", happened=str(said[0]), advice=str(said[1]))
    error.decision, error.told = decision, said
    return error
