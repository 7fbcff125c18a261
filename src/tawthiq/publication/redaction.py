"""Redaction: what is replaced or left out of an incident for whoever receives it (records.disclosure.Profile).

Every text of an incident passes here, whatever it is called: words, speakers, what a claim is shown as, values chosen, titles,
outlets, addresses, names of places that no gazetteer has, pseudonyms, who decided. Spans stay those of the source: the pointer
says where the words stand, the words themselves are replaced. Redacting twice changes nothing.

A claim whose words were replaced gets a key of its own: the key that the archive keeps is a digest of what it says, by which
whoever has a list of names could try out which of them gives it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.linking.people.sounds import is_arabic
from tawthiq.publication.redaction_matcher import WITHHELD_AR, WITHHELD_EN, Matcher, matcher_of
from tawthiq.publication.redaction_places import ExactPlaces, coarse
from tawthiq.publication.redaction_private import private_names, without_private_names
from tawthiq.records.disclosure import (
    DisclosedClaim,
    DisclosedIncident,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    DisclosedStatement,
    Profile,
    Protected,
)

_Worded = TypeVar("_Worded", DisclosedClaim, DisclosedStatement)
_WHERE, _OPEN = "where", "open"
_KEY_LENGTH = 16
Replaced = Callable[[str], tuple[str, int]]


def redacted(incident: DisclosedIncident, profile: Profile, protected: Protected) -> DisclosedIncident:
    """The incident without what `profile` keeps from its readers; `redactions` says how many stretches were replaced."""
    return _Redacting(incident, profile, protected).whole()


def without_names(text: str, profile: Profile, protected: Protected) -> tuple[str, int]:
    """The text with every protected name replaced by what stands for the person, and how often.

    For a partner the names of private people that are found in it are taken out as well.
    """
    text, times = matcher_of(profile, protected).replaced(text)
    if profile is Profile.PARTNER:
        text, more = without_private_names(text)
        times += more
    return text, times


def names_somebody(text: str, profile: Profile, protected: Protected) -> bool:
    """Whether a whole text, such as that of a page or the name of a file, tells of anybody whom the profile keeps back."""
    if matcher_of(profile, protected).tells(text):
        return True
    return profile is Profile.PARTNER and bool(private_names(text))


def members_as(profile: Profile, protected: Protected) -> dict[str, str]:
    """What the members of a team are called in an output: by their own names for a court, by numbers for everybody else.

    The numbers are the same in every output of one archive, and follow no order of the names.
    """
    if profile is Profile.COURT:
        return {}
    scattered = sorted(protected.members, key=lambda name: hashlib.sha256(name.encode()).digest())
    return {name: f"member {number}" for number, name in enumerate(scattered, start=1)}


def member_as(name: str, profile: Profile, protected: Protected) -> str:
    """What somebody of the team is called in an output; whoever has no account, such as the collector, by no name."""
    if profile is Profile.COURT:
        return name
    return members_as(profile, protected).get(name, "member" if name else "")


class _Redacting:
    """One incident on its way out."""

    def __init__(self, incident: DisclosedIncident, profile: Profile, protected: Protected) -> None:
        self._incident, self._profile, self._protected = incident, profile, protected
        self._matcher: Matcher = matcher_of(profile, protected)
        self._members = members_as(profile, protected)
        self._no_place = incident.sensitive and profile is not Profile.COURT
        self._exact = ExactPlaces(_exact_names(incident) if self._no_place else ())
        self._count = 0

    def whole(self) -> DisclosedIncident:
        """The incident as it leaves."""
        incident = self._incident
        return replace(
            incident,
            slots=tuple(self._slot(each) for each in incident.slots),
            statements=tuple(self._statement(each) for each in incident.statements),
            reports=tuple(self._report(each) for each in incident.reports),
            places=self._places(),
            status=self._text(incident.status),
            attributions=tuple(replace(each, party=self._text(each.party)) for each in incident.attributions),
            grades=tuple(replace(each, by=self._member(each.by)) for each in incident.grades),
            decisions=tuple(replace(each, by=self._member(each.by)) for each in incident.decisions),
            differing=tuple(self._text(each) for each in incident.differing if not self._hides(each)),
            persons=tuple(replace(each, pseudonym=self._pseudonym(each.pseudonym)) for each in incident.persons),
            decided_by=self._members.get(incident.decided_by, self._text(incident.decided_by)),
            redactions=incident.redactions + self._count,
        )

    def _text(self, text: str) -> str:
        """A text without protected names, of a partner without private ones, where it must be without exact places."""
        if not text:
            return text
        text, times = without_names(text, self._profile, self._protected)
        text, more = self._exact.replaced(text)
        self._count += times + more
        return text

    def _claim(self, claim: DisclosedClaim) -> DisclosedClaim:
        hides = self._no_place and claim.slot == _WHERE
        if hides:
            wide = coarse(gazetteer().of_code(claim.code)) if claim.code else None
            shown = wide.name if wide else ""
            claim = replace(claim, text="", shown=shown, code=wide.code if wide else "")
        made = self._worded(claim, ("text", "speaker", "shown", "code"))
        if made == claim and not hides and not claim.redacted:
            return claim
        return replace(
            made, redacted=True, key=_own_key(made.document, made.start, made.end, f"{made.slot} {made.position}")
        )

    def _statement(self, said: DisclosedStatement) -> DisclosedStatement:
        made = self._worded(said, ("text", "speaker", "accused"))
        if made == said and not said.redacted:
            return said
        return replace(made, redacted=True, key=_own_key(made.document, made.start, made.end, made.kind))

    def _worded(self, worded: _Worded, names: tuple[str, ...]) -> _Worded:
        made: dict[str, Any] = {name: self._text(getattr(worded, name)) for name in names}
        changes = {name: text for name, text in made.items() if text != getattr(worded, name)}
        return replace(worded, **changes) if changes else worded

    def _slot(self, slot: DisclosedSlot) -> DisclosedSlot:
        claims = tuple(self._claim(each) for each in slot.claims)
        chosen = self._text(slot.chosen)
        if self._no_place and slot.slot == _WHERE and chosen not in ("", _OPEN):
            wide = coarse(gazetteer().of_code(slot.chosen))
            chosen = wide.code if wide else ""
        return replace(slot, claims=claims, chosen=chosen)

    def _report(self, report: DisclosedReport) -> DisclosedReport:
        address, times = self._matcher.replaced_address(report.address)
        if self._no_place:
            address = host_of(address)
        self._count += times
        made = replace(
            report,
            title=self._text(report.title),
            outlet=self._text(report.outlet),
            agency=self._text(report.agency),
            address=address,
            collector="" if self._profile is not Profile.COURT else self._text(report.collector),
        )
        told = replace(made, collector=report.collector) != report
        return replace(made, withheld=report.withheld or told or self._no_place)

    def _places(self) -> tuple[DisclosedPlace, ...]:
        if not self._no_place:
            return tuple(self._place(each) for each in self._incident.places)
        found: dict[str, DisclosedPlace] = {}
        for place in self._incident.places:
            wide = coarse(gazetteer().of_code(place.code)) if place.code else None
            if wide is not None:
                found[wide.code] = DisclosedPlace(
                    wide.code, wide.name, wide.name_en or wide.name, wide.kind.value, wide.country, wide.latitude,
                    wide.longitude, place.disputed,
                )  # fmt: skip
        return tuple(found.values())

    def _place(self, place: DisclosedPlace) -> DisclosedPlace:
        """A place of the gazetteer as it is; one that only a report names may be called after somebody."""
        if place.code and gazetteer().of_code(place.code):
            return place
        code, name, name_en = (self._text(text) for text in (place.code, place.name, place.name_en))
        return replace(place, code=code, name=name, name_en=name_en)

    def _member(self, name: str) -> str:
        if self._profile is Profile.COURT:
            return self._text(name)
        return self._members.get(name, "member" if name else "")

    def _pseudonym(self, pseudonym: str) -> str:
        """A person's pseudonym, or what stands for one that tells a protected name."""
        _, times = self._matcher.replaced(pseudonym)
        self._count += times
        return (WITHHELD_AR if is_arabic(pseudonym) else WITHHELD_EN) if times else pseudonym

    def _hides(self, field: str) -> bool:
        return self._no_place and _WHERE in field.split(":")


def _exact_names(incident: DisclosedIncident) -> set[str]:
    """What an incident calls the places that are narrower than a governorate."""
    names = {name for place in incident.places if not _is_wide(place.code) for name in (place.name, place.name_en)}
    for claim in incident.claims:
        if claim.slot == _WHERE and not _is_wide(claim.code):
            place = gazetteer().of_code(claim.code) if claim.code else None
            names |= {claim.shown, claim.text, *((place.name, place.name_en) if place else ())}
    return {name for name in names if name}


def _is_wide(code: str) -> bool:
    place = gazetteer().of_code(code) if code else None
    return place is not None and coarse(place) == place


def _own_key(document: str, start: int, end: int, what: str) -> str:
    """A key by where the words stand, which gives no digest of them."""
    return hashlib.sha256(f"{document} {start} {end} {what}".encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]


def host_of(address: str) -> str:
    """The host of an address, all that is left of one that tells too much; empty where it has none."""
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.hostname}/" if parts.scheme and parts.hostname else ""
    except ValueError:
        return ""
