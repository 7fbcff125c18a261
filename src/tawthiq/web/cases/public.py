"""A published case in words: made from what was kept when it was published, and from nothing else.

Names are written as everybody may see them at this moment (`casework.queries.public_names`), those of the authority list too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from django.utils.translation import gettext as _

from tawthiq.archive.models import Claim
from tawthiq.casework.case_content import OPEN
from tawthiq.casework.models import Case, Publication
from tawthiq.casework.queries.public_names import Named, content_for_everybody
from tawthiq.lexicon.verification_terms import TermList
from tawthiq.web import labels
from tawthiq.web.cases.terms import WARNINGS, TermShown, field_name, slot_name, term_name, terms_shown, types_shown
from tawthiq.web.templatetags.wording import claim_label, day

Outlets = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """One value with who says so: outlets, each with the day of its report in words."""

    label: str
    sources: Outlets
    holds: bool


@dataclass(frozen=True, slots=True)
class PublicSlot:
    """What holds on one slot, empty while it stays open, and all that is claimed."""

    name: str
    holds: str
    claims: tuple[PublicClaim, ...]

    @property
    def disputed(self) -> bool:
        """Whether sources differ."""
        return len(self.claims) > 1


@dataclass(frozen=True, slots=True)
class PublicParty:
    """What was found of one party: by whom it is named, and who tells that it denies."""

    name: str
    degree: TermShown | None
    party_type: str
    sources: Outlets
    denials: Outlets


@dataclass(frozen=True, slots=True)
class PublicCase:
    """Everything that the page of a published case shows. `changed` says that it is being verified anew."""

    number: int
    act: str
    status: TermShown | None
    place: str
    withheld: bool
    place_disputed: bool
    when: str
    date_type: TermShown | None
    slots: tuple[PublicSlot, ...]
    violations: tuple[TermShown, ...]
    parties: tuple[PublicParty, ...]
    sources: int
    reports: Outlets
    differing: tuple[str, ...]
    verified: date
    people: int
    warnings: tuple[str, ...]
    changed: bool
    published: date


def public_case(case: Case, row: Publication, named: Named) -> PublicCase:
    """The page of one published case, with names as `named` writes them."""
    kept = content_for_everybody(row.content, named)
    slots = tuple(_slot(each, named) for each in kept["slots"])
    when = next((shown for each, shown in zip(kept["slots"], slots, strict=True) if each["key"] == "when"), None)
    return PublicCase(
        number=case.incident,
        act=kept["act"],
        status=_term(TermList.STATUS, kept["status"]),
        place=_place(kept["place"]),
        withheld=bool(kept["sensitive"]),
        place_disputed=bool(kept["place_disputed"]),
        when=when.holds if when else "",
        date_type=_date_type(kept["slots"]),
        slots=slots,
        violations=tuple(each for each in types_shown(kept["violations"], ()) if each.chosen),
        parties=tuple(_party(each, named) for each in kept["attributions"]),
        sources=kept["sources"],
        reports=_outlets(kept["reports"]),
        differing=tuple(field_name(name) for name in kept["differing"]),
        verified=date.fromisoformat(kept["verified"]),
        people=kept["people"],
        warnings=tuple(str(WARNINGS[each]) for each in kept["warnings"] if each in WARNINGS),
        changed=case.changed or case.state != Case.State.VERIFIED,
        published=row.at.date(),
    )


def _slot(kept: Mapping[str, Any], named: Named) -> PublicSlot:
    chosen = kept["chosen"]
    claims = tuple(
        PublicClaim(_value(each["says"], named), _outlets(each["sources"]), each["value"] == chosen)
        for each in kept["claims"]
    )
    holds = next((claim.label for claim in claims if claim.holds), "")
    if not holds and chosen != OPEN and ".." in chosen and kept["claims"]:
        holds = _range(kept["claims"][0]["says"], chosen)
    return PublicSlot(slot_name(kept["key"]), holds, claims)


def _value(says: Mapping[str, Any], named: Named) -> str:
    """A value in words; only parties have names."""
    label = _label(says)
    return named(label) if says["slot"] == "who" else label


def _label(says: Mapping[str, Any]) -> str:
    """A value in words; those that no table names are not worded, for their words may be names."""
    if says["slot"] == "hour":
        return " / ".join(part.replace("-", "–") for part in str(says["code"]).split(",")) or _("time of day not clear")
    if says["slot"] == "who" and says["code"] == "other":
        return _("another party")
    return claim_label(cast(Claim, _row(says))) or _("not clear")


def _range(says: Mapping[str, Any], chosen: str) -> str:
    low, _dots, high = chosen.partition("..")
    if says["harm"]:
        ends = {"minimum": int(low) if low else None, "maximum": int(high) if high else None, "part_of": False}
        return _label({**says, **ends, "group": "all"})
    return _label({**says, "first": low or None, "last": high or None, "precision": "range"})


def _row(says: Mapping[str, Any]) -> SimpleNamespace:
    """The value with the fields of a claim's row that its words are made of."""
    days = {end: date.fromisoformat(says[end]) if says[end] else None for end in ("first", "last")}
    return SimpleNamespace(**{**says, **days, "text": "", "shown": "", "hedged": False})


def _date_type(slots: list[Mapping[str, Any]]) -> TermShown | None:
    """How exactly the day is known (HURIDOCS list 48)."""
    when = next((slot for slot in slots if slot["key"] == "when"), None)
    if when is None or when["chosen"] == OPEN:
        return _term(TermList.DATE_TYPE, "open")
    says = next((each["says"] for each in when["claims"] if each["value"] == when["chosen"]), None)
    if says is None:
        return _term(TermList.DATE_TYPE, "span")
    known = {"year": "year", "month": "month"}
    return _term(TermList.DATE_TYPE, known.get(says["precision"], "exact" if says["first"] == says["last"] else "span"))


def _party(kept: Mapping[str, Any], named: Named) -> PublicParty:
    return PublicParty(
        named(labels.actor_name(kept["party"])),
        _term(TermList.ATTRIBUTION, kept["degree"]),
        "" if kept["party_type"] in ("", "unknown") else term_name(TermList.PARTY_TYPE, kept["party_type"]),
        _outlets(kept["sources"]),
        _outlets(kept["denials"]),
    )


def _place(kept: Mapping[str, Any] | None) -> str:
    if not kept:
        return ""
    return str(kept["name_en"] if labels.active_language() == "en" else kept["name"])


def _outlets(kept: list[list[str]]) -> Outlets:
    named = (
        (name or _("a document kept by the team"), day(date.fromisoformat(told)) if told else "") for name, told in kept
    )
    return tuple(dict.fromkeys(named))


def _term(of: TermList, code: str) -> TermShown | None:
    return next((term for term in terms_shown(of, code) if term.chosen), None)
