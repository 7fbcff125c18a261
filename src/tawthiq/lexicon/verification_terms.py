"""The terms by which people verify: grades, statuses, attribution, types of parties and of violations, and their mappings.

Tables: verification_terms.tsv, violation_types.tsv, violation_mappings.tsv (docs/lexicons.md). The mappings are marked for a
lawyer's review and are shown so. `TermList` names which question a term answers.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tawthiq.lexicon.tables import Row, load
from tawthiq.records.errors import BadLexicon

TERM_COLUMNS = ("list", "code", "name_en", "name_ar", "help_en", "help_ar", "huridocs", "outcome")
TYPE_COLUMNS = ("code", "name_en", "name_ar", "help_en", "help_ar", "acts", "modifier", "sensitive")
MAPPING_COLUMNS = ("code", "scheme", "target")


class TermList(StrEnum):
    """The lists of terms; each answers one question of a verification sheet."""

    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"
    STATUS = "status"
    ATTRIBUTION = "attribution"
    PARTY_TYPE = "party_type"
    DATE_TYPE = "date_type"


class Outcome(StrEnum):
    """What a status that people agree on makes of a case."""

    VERIFIED = "verified"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its code, its names and help in both languages, and the HURIDOCS codes that mean nearly the same."""

    code: str
    name_en: str
    name_ar: str
    help_en: str
    help_ar: str
    huridocs: tuple[str, ...] = ()
    outcome: Outcome | None = None

    def name(self, language: str) -> str:
        """Its name in Arabic ("ar") or English."""
        return self.name_ar if language == "ar" else self.name_en

    def help(self, language: str) -> str:
        """The sentence that stands beside it, in Arabic ("ar") or English."""
        return self.help_ar if language == "ar" else self.help_en


@dataclass(frozen=True, slots=True)
class ViolationType:
    """A type of violation: its term, the acts of readings that it is offered first for, and what it asks for.

    A `modifier` never stands alone; a `sensitive` type asks for particular protection.
    """

    term: Term
    acts: tuple[str, ...]
    modifier: bool
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Mapping:
    """What another list calls a type of violation: a proposal for a lawyer's review, never a finding."""

    violation: str
    scheme: str
    target: str

    @property
    def code(self) -> str:
        """How a qualification names it: "icc:7(1)(a)"."""
        return f"{self.scheme}:{self.target}"


@cache
def terms(of: TermList) -> dict[str, Term]:
    """The terms of a list by their codes, in the table's order. Raises BadLexicon."""
    return {row["code"]: _term(row) for row in load("verification_terms", TERM_COLUMNS) if row["list"] == of}


@cache
def violation_types() -> dict[str, ViolationType]:
    """The types of violations by their codes, in the table's order. Raises BadLexicon."""
    return {row["code"]: _type(row) for row in load("violation_types", TYPE_COLUMNS)}


@cache
def violation_mappings() -> tuple[Mapping, ...]:
    """What other lists call the types, in the table's order. Raises BadLexicon, also for a type that no table holds."""
    known = violation_types()
    rows = load("violation_mappings", MAPPING_COLUMNS)
    for row in rows:
        if row["code"] not in known:
            raise BadLexicon(
                item=f"{row.at}:1",
                happened=f'"code" is "{row["code"]}", which is no code of violation_types.tsv',
                advice="docs/lexicons.md tells what this table may hold",
            )
    return tuple(Mapping(row["code"], row["scheme"], row["target"]) for row in rows)


def _term(row: Row) -> Term:
    outcome = row.optional("outcome")
    return Term(
        row["code"],
        row["name_en"],
        row["name_ar"],
        row["help_en"],
        row["help_ar"],
        row.alternatives("huridocs"),
        Outcome(outcome) if outcome else None,
    )


def _type(row: Row) -> ViolationType:
    names = (row["name_en"], row["name_ar"], row["help_en"], row["help_ar"])
    return ViolationType(
        Term(row["code"], *names), row.alternatives("acts"), row["modifier"] == "yes", row["sensitive"] == "yes"
    )
