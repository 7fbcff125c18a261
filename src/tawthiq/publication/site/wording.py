"""What a published incident says, in words: values of claims, slots, places, parties, findings.

Nothing here is worded from a source: values are told by codes, numbers and days. A party that no table names is "another
party", for its words may be a name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.lexicon.verification_terms import Term, TermList, terms, violation_types
from tawthiq.publication.site.elements import clean
from tawthiq.publication.site.texts import Words
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace, DisclosedSlot

OPEN, OTHER = "open", "other"
_ACTORS = ("code", "name_ar", "name_en", "country")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in both languages."""

    ar: str
    en: str

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one language, and the names of parties that a team added to those of the lexicon, by code."""

    words: Words
    parties: Mapping[str, Named] = field(default_factory=dict)

    def act(self, code: str) -> str:
        """What an act is called."""
        return self.words.label("act", code)

    def party(self, code: str) -> str:
        """The neutral name of a party."""
        known = self.parties.get(code) or _actors().get(code)
        return (
            clean(known.name(self.words.language)) if known and code != OTHER else self.words.plain("value.other_party")
        )

    def place(self, place: DisclosedPlace) -> str:
        """The name of a place."""
        english = self.words.language == "en"
        return clean(place.name_en or place.name) if english else clean(place.name or place.name_en)

    def title(self, incident: DisclosedIncident) -> str:
        """What an incident is called: the act, and where it is known the place."""
        act = self.act(incident.act)
        return f"{act} — {self.place(incident.places[0])}" if incident.places else act

    def when(self, incident: DisclosedIncident) -> str:
        """The days that were verified, no finer than they were; or that the date is open."""
        shown = self.words.period(incident.first, incident.last, precision_of(incident))
        return shown or self.words.plain("day.open")

    def outlet(self, name: str) -> str:
        """What an outlet is called; a report without one is a document that the team keeps."""
        return clean(name) or self.words.plain("value.document")

    def slot(self, slot: DisclosedSlot | str) -> str:
        """What a slot is called, with the group that it counts."""
        key = slot if isinstance(slot, str) else slot.key
        name, _, group = key.partition("-")
        named = self.words.label("slot", name)
        if group in ("", "all"):
            return named
        return self.words.plain("slot.of_group", slot=named, group=self.words.label("group", group))

    def claim(self, claim: DisclosedClaim) -> str:
        """What a claim says."""
        if claim.harm:
            number = self.toll(claim.minimum, claim.maximum, claim.group)
            return self.words.plain("number.of_them", number=number) if claim.part_of else number
        unclear = self.words.plain("value.unclear")
        if claim.slot == "when":
            return self.words.period(claim.first, claim.last, claim.precision) or unclear
        if claim.slot == "hour":
            return self._hour(claim.code)
        if claim.slot == "who":
            return self.party(claim.code)
        return self.act(claim.code) if claim.slot == "how" else unclear

    def toll(self, minimum: int | None, maximum: int | None, group: str) -> str:
        """A number of people, with what is open about it."""
        words = self.words
        if minimum is None and maximum is None:
            return words.plain("number.not_stated")
        if minimum is None or maximum is None:
            known, key = (minimum, "number.at_least") if minimum is not None else (maximum, "number.at_most")
            return words.plain(key, number=words.counted(known or 0, group))
        if minimum == maximum:
            return words.counted(minimum, group)
        return words.plain("number.range", low=words.number(minimum), high=words.counted(maximum, group))

    def held(self, slot: DisclosedSlot) -> str:
        """The value that was verified where it is a range from one claim to another; empty where it is a claim or open."""
        if slot.chosen in ("", OPEN) or ".." not in slot.chosen or any(c.key == slot.chosen for c in slot.claims):
            return ""
        low, _, high = slot.chosen.partition("..")
        try:
            if slot.slot == "when":
                return self.words.period(date.fromisoformat(low), date.fromisoformat(high), "range")
            return self.toll(int(low) if low else None, int(high) if high else None, "all")
        except ValueError:
            return ""

    def field(self, name: str) -> str:
        """What a question is called on which those who verified stayed apart (casework.verification_sheet.fields)."""
        kind, _, code = name.partition(":")
        if kind == "value":
            return self.slot(code)
        about = self.party(code) if kind in ("attribution", "party_type") else code
        if kind == "violation" and code in violation_types():
            about = violation_types()[code].term.name(self.words.language)
        key = f"field.{kind}"
        return self.words.plain(key, about=about) if self.words.has(key) else self.words.plain("field.other")

    def _hour(self, code: str) -> str:
        stretches = [part.replace("-", "–") for part in code.split(",") if part]
        return self.words.digits(" / ".join(stretches)) or self.words.plain("value.hour_unclear")


def precision_of(incident: DisclosedIncident) -> str:
    """How finely the verified day was told: the precision of the claim that holds, or of the only one."""
    for slot in incident.slots:
        if slot.slot == "when":
            holding = [claim for claim in slot.claims if claim.key == slot.chosen] or list(slot.claims)
            told = {claim.precision for claim in holding}
            return told.pop() if len(told) == 1 else "range"
    return ""


def term_of(of: TermList, code: str) -> Term | None:
    """A term of verification by its code."""
    return terms(of).get(code)


@cache
def _actors() -> dict[str, Named]:
    return {row["code"]: Named(row["name_ar"], row["name_en"]) for row in load("actors", _ACTORS)}
