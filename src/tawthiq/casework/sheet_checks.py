"""Whether a sheet answers every question about its content, with codes and claims that there are.

Pure. A sheet that does not is refused with the questions that are left, by the names of the fields
(`verification_sheet.fields`).
"""

from collections.abc import Iterator

from tawthiq.casework.case_content import CaseContent, ClaimPoint, is_range
from tawthiq.casework.verification_sheet import Attribution, Choice, Sheet
from tawthiq.lexicon.verification_terms import Outcome, TermList, terms, violation_types
from tawthiq.records.errors import WrongUsage

LONGEST_REMARKS = 20_000
_OPEN = "open"


class Incomplete(WrongUsage):
    """A sheet leaves questions open, or answers with what there is not. `missing` names their fields."""

    missing: tuple[str, ...] = ()


def expect_whole(sheet: Sheet, content: CaseContent) -> None:
    """Raises Incomplete unless the sheet answers everything."""
    missing = tuple(dict.fromkeys(left_open(sheet, content)))
    if missing:
        error = Incomplete(
            item="a verification sheet",
            happened=f"{len(missing)} questions have no answer",
            advice="answer them; what cannot be said is left open, which is an answer too",
        )
        error.missing = missing
        raise error


def left_open(sheet: Sheet, content: CaseContent) -> Iterator[str]:
    """The names of the fields without an answer."""
    yield from _sources(sheet, content)
    status = terms(TermList.STATUS).get(sheet.status)
    if status is None:
        yield "status"
    is_duplicate = sheet.status == "duplicate"
    if is_duplicate != (sheet.duplicate is not None) or sheet.duplicate == content.incident:
        yield "duplicate"
    yield from _values(sheet, content)
    yield from _violations(sheet, holds=status is not None and status.outcome is Outcome.VERIFIED)
    yield from _attributions(sheet, content)
    if len(sheet.remarks) > LONGEST_REMARKS:
        yield "remarks"


def parties_of(content: CaseContent) -> dict[str, tuple[str, ...]]:
    """The parties that claims and statements speak of, each with the keys of those that do, in the archive's order."""
    found: dict[str, list[str]] = {}
    for claim in content.claims:
        if claim.slot == "who" and claim.code:
            found.setdefault(claim.code, []).append(claim.key)
    for said in content.statements:
        party = said.speaker_actor if said.kind == "claims_responsibility" else said.accused
        if party:
            found.setdefault(party, []).append(said.key)
    return {party: tuple(dict.fromkeys(keys)) for party, keys in found.items()}


def _sources(sheet: Sheet, content: CaseContent) -> Iterator[str]:
    graded = {grade.source: grade for grade in sheet.sources}
    for number, source in enumerate(content.sources):
        grade = graded.get(source.key)
        if grade is None or grade.reliability not in terms(TermList.RELIABILITY):
            yield f"reliability:{number}"
        if grade is None or grade.credibility not in terms(TermList.CREDIBILITY):
            yield f"credibility:{number}"


def _values(sheet: Sheet, content: CaseContent) -> Iterator[str]:
    chosen = dict(sheet.values)
    slots = content.slots
    for slot, claims in slots.items():
        if slot not in chosen or not _is_of(chosen[slot], claims):
            yield f"value:{slot}"
    yield from (f"value:{slot}" for slot in chosen if slot not in slots)


def _is_of(choice: Choice, claims: tuple[ClaimPoint, ...]) -> bool:
    """Whether a choice names claims of its slot, and a range only where values can be spanned."""
    keys = {claim.key for claim in claims}
    if choice.is_open:
        return not choice.to
    return choice.claim in keys and (not choice.to or (choice.to in keys and is_range(claims)))


def _violations(sheet: Sheet, *, holds: bool) -> Iterator[str]:
    types = violation_types()
    known = [types[code] for code in dict.fromkeys(sheet.violations) if code in types]
    is_sound = len(known) == len(sheet.violations)
    stands = not known or not all(each.modifier for each in known)
    if not (is_sound and stands and (known or not holds)):
        yield "violation"


def _attributions(sheet: Sheet, content: CaseContent) -> Iterator[str]:
    parties = parties_of(content)
    found = {each.party: each for each in sheet.attributions}
    for party, keys in parties.items():
        each = found.get(party)
        if each is None or not _is_founded(each, keys):
            yield f"attribution:{party}"
        if each is None or each.party_type not in terms(TermList.PARTY_TYPE):
            yield f"party_type:{party}"
    yield from (f"attribution:{party}" for party in found if party not in parties)


def _is_founded(each: Attribution, keys: tuple[str, ...]) -> bool:
    """Whether the degree is a term, and characters that speak of the party say so; leaving it open needs none."""
    if each.degree not in terms(TermList.ATTRIBUTION) or not set(each.says) <= set(keys):
        return False
    return each.degree == _OPEN or bool(each.says)
