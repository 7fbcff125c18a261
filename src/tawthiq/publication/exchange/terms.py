"""The words for codes of our records in files for other programs, in Arabic and English (lexicon/data/exchange_terms.tsv)."""

from collections.abc import Mapping
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.lexicon.verification_terms import violation_types
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace

LANGUAGES = ("ar", "en")


@cache
def _terms() -> Mapping[tuple[str, str], dict[str, str]]:
    rows = load("exchange_terms", ("list", "code", "name_en", "name_ar"))
    return {(row["list"], row["code"]): {"en": row["name_en"], "ar": row["name_ar"]} for row in rows}


@cache
def _parties() -> Mapping[str, dict[str, str]]:
    rows = load("actors", ("code", "name_ar", "name_en", "country"))
    return {row["code"]: {"en": row["name_en"], "ar": row["name_ar"]} for row in rows}


def term(kind: str, code: str, language: str) -> str:
    """What a code of a list is called; the code itself where no table knows it."""
    return _terms().get((kind, code), {}).get(language, code)


def codes(kind: str) -> tuple[str, ...]:
    """All codes of a list, in the order of the table."""
    return tuple(code for told, code in _terms() if told == kind)


def is_party(code: str) -> bool:
    """Whether a code names one party of the table, not others or unknown ones."""
    return code in _parties() and code not in ("other", "unknown")


def party(code: str, shown: str, language: str) -> str:
    """What a party is called: by the table of parties, else as it was shown, else by its code."""
    known = _parties().get(code)
    if known and is_party(code):
        return known[language]
    return shown or (known[language] if known else code)


def party_country(code: str) -> str:
    """The country (ISO 3166 alpha-2) that a party belongs to, empty where none is told."""
    rows = load("actors", ("code", "name_ar", "name_en", "country"))
    return next((row.optional("country") or "" for row in rows if row["code"] == code), "")


def violation(code: str, language: str) -> str:
    """What a type of violation is called; its code where no table knows it."""
    known = violation_types().get(code)
    return known.term.name(language) if known else code


def place(found: DisclosedPlace, language: str) -> str:
    """The name of a place, in the other language where it has none in this one."""
    return (found.name_en or found.name) if language == "en" else (found.name or found.name_en)


def title(incident: DisclosedIncident, language: str) -> str:
    """A line that names an incident: what, where, when, its number. It begins with a word of ours, never with one of a page."""
    where = next((named for each in incident.places if (named := place(each, language))), "")
    days = " – ".join(dict.fromkeys(day.isoformat() for day in (incident.first, incident.last) if day))
    parts = (
        term("act", incident.act, language) or term("word", "incident", language),
        where or term("word", "unknown_place", language),
        days or term("word", "unknown_day", language),
        f"({incident.number})",
    )
    return " ".join(parts[:1]) + " — " + " — ".join(parts[1:])


def said(claim: DisclosedClaim, language: str) -> str:
    """What a claim says, in words of ours: bounds of a count, days, a party, a place."""
    if claim.harm:
        return bounds(claim, language)
    if claim.first:
        days = (claim.first.isoformat(), claim.last.isoformat() if claim.last else "")
        return " – ".join(dict.fromkeys(day for day in days if day))
    if claim.slot == "who":
        return party(claim.code, claim.shown, language)
    if claim.slot == "how":
        return term("act", claim.code, language) if claim.code else claim.shown
    return claim.shown or claim.code


def heading(claim: DisclosedClaim, language: str) -> str:
    """What a claim is about and what it says: whom it counts, whether it is part of the whole count, whether it is hedged."""
    about = term("slot", claim.slot, language)
    if claim.harm and claim.group != "all":
        about = f"{about} ({term('group', claim.group, language)})"
    told = (
        said(claim, language),
        *(term("word", name, language) for name in ("part_of", "hedged") if getattr(claim, name)),
    )
    return f"{about}: {' — '.join(each for each in told if each)}"


def bounds(claim: DisclosedClaim, language: str) -> str:
    """The bounds of a count in digits: "3", "3-5", "at least 3"."""
    low, high = claim.minimum, claim.maximum
    if high is None:
        return f"{term('word', 'at_least', language)} {low}" if low is not None else ""
    return str(high) if low in (None, high) else f"{low}-{high}"
