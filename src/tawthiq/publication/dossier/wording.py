"""Values, codes, days and parties in words of one language: what a claim says, never whether it is so."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tawthiq.lexicon.dossier_texts import DossierTexts
from tawthiq.lexicon.tables import load
from tawthiq.lexicon.verification_terms import TermList, terms, violation_types
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace, DisclosedSlot

OPEN = "open"
"""The value of a slot that those who verified left open."""
_ACTORS = ("code", "name_ar", "name_en", "country")
_IN_NOUN_ALONE = 2  # Arabic says these numbers by the noun, which cannot end a range
_COUNTS = re.compile(r"([a-z]*)(\d*)\.\.(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language for what an incident holds."""

    texts: DossierTexts
    incident: DisclosedIncident

    def act(self, code: str) -> str:
        """What physically happened."""
        return self.texts.label("act", code)

    def actor(self, code: str, otherwise: str = "") -> str:
        """The neutral name of a party; of one that the table lacks, or that is some other, what `otherwise` says."""
        if code == "other" and otherwise:
            return otherwise
        names = {row["code"]: row[f"name_{self.texts.language}"] for row in load("actors", _ACTORS)}
        return names.get(code) or otherwise or code

    def term(self, of: TermList, code: str) -> str:
        """What a term of verification is called."""
        found = terms(of).get(code)
        return found.name(self.texts.language) if found else code

    def violation(self, code: str) -> str:
        """What a type of violation is called."""
        found = violation_types().get(code)
        return found.term.name(self.texts.language) if found else code

    def slot(self, slot: DisclosedSlot) -> str:
        """What a slot is about, with the group that is counted."""
        name = self.texts.label("slot", slot.slot)
        if not slot.group or slot.group == "all":
            return name
        return self.texts.filled("value.slot_group", slot=name, group=self.texts.label("group", slot.group))

    def heading(self, slot: DisclosedSlot) -> str:
        """What a slot is about, at the beginning of a line."""
        name = self.slot(slot)
        return f"{name[:1].upper()}{name[1:]}"

    def standing(self, slot: DisclosedSlot) -> str:
        """How the claims on a slot stand to each other."""
        return self.texts.label("standing", slot.standing)

    def place(self, place: DisclosedPlace) -> str:
        """A place's name in this language, in the other where it has none."""
        ours, other = (place.name, place.name_en) if self.texts.language == "ar" else (place.name_en, place.name)
        return ours or other or place.code

    def day(self, day: date | None) -> str:
        """A day in words; empty where it is not known."""
        if day is None:
            return ""
        return self.texts.filled("value.day", day=day.day, month=self.texts.of(f"month.{day.month}"), year=day.year)

    def days(self, first: date | None, last: date | None, precision: str = "day") -> str:
        """A day, a month, a year, or a stretch of days, no finer than is known."""
        if first is None:
            return self.day(last)
        if precision == "year" and last is not None and first.year == last.year:
            return str(first.year)
        if precision == "month" and last is not None and (first.year, first.month) == (last.year, last.month):
            return self.texts.filled("value.month", month=self.texts.of(f"month.{first.month}"), year=first.year)
        if last is None or first == last:
            return self.day(first)
        return self.texts.filled("value.days", first=self.day(first), last=self.day(last))

    def moment(self, moment: datetime | None) -> str:
        """A moment in UTC, to the second."""
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if moment else ""

    def value(self, claim: DisclosedClaim) -> str:
        """What a claim says."""
        if claim.harm:
            counted = self._count(claim.minimum, claim.maximum, claim.group)
            return self.texts.filled("part_of", value=counted) if claim.part_of else counted
        made = {"when": self._when, "hour": self._hour, "where": self._where, "who": self._who, "how": self._how}
        said = made[claim.slot](claim) if claim.slot in made else claim.shown or claim.text or claim.code
        return said or self.texts.of("value.unknown")

    def chosen(self, slot: DisclosedSlot) -> str:
        """The value that those who verified took; empty where nobody decided."""
        if not slot.chosen or slot.chosen == OPEN:
            return self.texts.of("value.open") if slot.chosen else ""
        for claim in slot.claims:
            if slot.chosen in (claim.key, *_meant(claim, slot)):
                return self.value(claim)
        first, dots, last = slot.chosen.partition("..")
        if slot.slot == "when" and dots:
            return self.days(_day(first), _day(last)) or slot.chosen
        counted = _COUNTS.fullmatch(slot.chosen)
        if counted:
            low, high = (int(bound) if bound else None for bound in counted.groups()[1:])
            return self._count(low, high, counted[1] or slot.group or "all")
        return slot.chosen

    def _count(self, minimum: int | None, maximum: int | None, group: str) -> str:
        if minimum is None and maximum is None:
            return self.texts.of("value.unknown")
        if maximum is None or minimum is None:
            key, bound = ("value.at_least", minimum) if maximum is None else ("value.at_most", maximum)
            return self.texts.filled(key, number=self._people(bound or 0, group))
        if minimum == maximum:
            return self._people(minimum, group)
        high = self._people(maximum, group)
        if maximum <= _IN_NOUN_ALONE:
            high = f"{maximum} ({self.texts.label('group', group)})"
        return self.texts.filled("value.range", low=f"{minimum:,}", high=high)

    def _people(self, number: int, group: str) -> str:
        noun = group if group in ("civilians", "children", "women", "fighters", "other") else "all"
        return self.texts.counted(number, noun)

    def _when(self, claim: DisclosedClaim) -> str:
        return self.days(claim.first, claim.last, claim.precision) or claim.shown or claim.text

    def _hour(self, claim: DisclosedClaim) -> str:
        stretches = [stretch.partition("-") for stretch in claim.code.split(",") if stretch]
        clock = [
            self.texts.filled("value.range", low=low, high=high) if high and high != low else low
            for low, _, high in stretches
        ]
        return " / ".join(clock) or claim.text or claim.shown

    def _where(self, claim: DisclosedClaim) -> str:
        place = next((each for each in self.incident.places if each.code and each.code == claim.code), None)
        return self.place(place) if place else claim.shown or claim.text or claim.code

    def _who(self, claim: DisclosedClaim) -> str:
        name = self.actor(claim.code, claim.text if claim.code == "other" else claim.shown)
        return self.texts.filled("value.hedged", value=name) if claim.hedged else name

    def _how(self, claim: DisclosedClaim) -> str:
        return self.act(claim.code) if claim.code else claim.shown or claim.text


def _meant(claim: DisclosedClaim, slot: DisclosedSlot) -> tuple[str, ...]:
    """What a choice of this claim is kept as (casework.case_content.ClaimPoint.value)."""
    if claim.harm:
        bounds = "..".join("" if bound is None else str(bound) for bound in (claim.minimum, claim.maximum))
        return (bounds if claim.group == "all" or slot.group != "all" else f"{claim.group}{bounds}",)
    if claim.slot == "when":
        return (f"{claim.first or ''}..{claim.last or ''}" if claim.first else claim.text,)
    if claim.slot == "who" and claim.code == "other":
        return (claim.text,)
    return (claim.code or claim.shown or claim.text,)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
