"""The terms of verification in the reader's language, each with its sentence of help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tawthiq.casework.case_content import OPEN
from tawthiq.casework.verification_sheet import ATTRIBUTION, DUPLICATE, PARTY_TYPE, STATUS, VALUE, VIOLATION
from tawthiq.lexicon.verification_terms import TermList, terms, violation_mappings, violation_types
from tawthiq.web import labels

SCHEMES: dict[str, Promise] = {
    "huridocs": gettext_lazy("HURIDOCS, list 4"),
    "icc": gettext_lazy("Rome Statute, article"),
    "acled": gettext_lazy("ACLED"),
    "plover": gettext_lazy("PLOVER"),
    "ucdp": gettext_lazy("UCDP"),
    "caac": gettext_lazy("Grave violation against children, no."),
}
WARNINGS: dict[str, Promise] = {
    "child": gettext_lazy("A victim may be a child"),
    "sexual-violence": gettext_lazy("Sexual violence"),
}
PARTS: dict[str, Promise] = {
    "links": pgettext_lazy("part taken", "decided which tellings belong to it"),
    "pages": pgettext_lazy("part taken", "corrected a page of it"),
    "readings": pgettext_lazy("part taken", "corrected a reading of it"),
}


@dataclass(frozen=True, slots=True)
class TermShown:
    """A term: its code, its name, its help, and whether it is chosen. `also` names what other lists call it."""

    code: str
    name: str
    help: str
    chosen: bool = False
    also: str = ""


@dataclass(frozen=True, slots=True)
class MappingShown:
    """What another list calls a type of violation, for a lawyer's review."""

    code: str
    scheme: str
    target: str
    violation: str
    chosen: bool


def terms_shown(of: TermList, chosen: str = "") -> list[TermShown]:
    """The terms of a list, one of them chosen."""
    language = labels.active_language()
    return [
        TermShown(code, term.name(language), term.help(language), code == chosen) for code, term in terms(of).items()
    ]


def types_shown(chosen: Sequence[str], acts: Sequence[str]) -> list[TermShown]:
    """The types of violations, those first that belong to the acts of the readings: an order and nothing more."""
    language = labels.active_language()
    ordered = sorted(violation_types().items(), key=lambda item: not set(item[1].acts) & set(acts))
    return [
        TermShown(code, kind.term.name(language), kind.term.help(language), code in chosen, _also(code))
        for code, kind in ordered
    ]


def mappings_shown(violations: Sequence[str], chosen: Sequence[str]) -> list[MappingShown]:
    """What other lists call some types of violations."""
    return [
        MappingShown(
            each.code, str(SCHEMES[each.scheme]), each.target, violation_name(each.violation), each.code in chosen
        )
        for each in violation_mappings()
        if each.violation in violations
    ]


def term_name(of: TermList, code: str) -> str:
    """What a code of a list is called; the code itself where no table holds it."""
    term = terms(of).get(code)
    return term.name(labels.active_language()) if term else code


def violation_name(code: str) -> str:
    """What a type of violation is called."""
    kind = violation_types().get(code)
    return kind.term.name(labels.active_language()) if kind else code


def slot_name(key: str) -> str:
    """What a slot is called, with the group that it counts: "number killed: children"."""
    slot, _dash, group = key.partition("-")
    name = labels.label("slot", slot)
    if group in ("", "all"):
        return name
    return _("%(slot)s: %(group)s") % {"slot": name, "group": labels.label("group", group)}


def field_name(field: str) -> str:
    """What a field of a sheet (verification_sheet.fields) is called."""
    kind, _colon, code = field.partition(":")
    if code:
        return _field_of(kind, code)
    named = {
        STATUS: _("What you find"),
        DUPLICATE: _("Number of the other incident"),
        VIOLATION: _("Types of violations"),
    }
    return named.get(kind, _("Remarks"))


def _field_of(kind: str, code: str) -> str:
    if kind == VALUE:
        return slot_name(code)
    if kind == VIOLATION:
        return violation_name(code)
    sentences = {
        ATTRIBUTION: _("Responsible: %(about)s"),
        PARTY_TYPE: _("Type of party: %(about)s"),
        "reliability": _("Reliability of source %(about)s"),
        "credibility": _("Credibility of what source %(about)s tells"),
    }
    about = labels.actor_name(code) if kind in (ATTRIBUTION, PARTY_TYPE) else str(int(code) + 1)
    return sentences[kind] % {"about": about}


def answer_name(field: str, said: str, values: Mapping[str, str]) -> str:
    """An answer of a field in words; `values` holds the words of the values of slots, by field and value."""
    kind = field.partition(":")[0]
    if not said:
        return _("not named") if kind in (VIOLATION, ATTRIBUTION) else ""
    lists = {STATUS: TermList.STATUS, ATTRIBUTION: TermList.ATTRIBUTION, PARTY_TYPE: TermList.PARTY_TYPE}
    if kind in lists:
        return term_name(lists[kind], said)
    if kind == VALUE:
        return _("left open") if said == OPEN else values.get(f"{field}={said}", said)
    return _("named") if kind == VIOLATION else said


def _also(code: str) -> str:
    found = [each for each in violation_mappings() if each.violation == code and each.scheme in ("icc", "caac")]
    return " · ".join(f"{SCHEMES[each.scheme]} {each.target}" for each in found)
