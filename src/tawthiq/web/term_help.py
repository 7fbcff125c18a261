"""What the terms of pages mean: a sentence each beside them, and all of them on one page.

The sentences are a table (lexicon/data/term_help.tsv) in both languages; grades and violation types bring theirs with their
own tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tawthiq.lexicon import tables, verification_terms
from tawthiq.lexicon.verification_terms import TermList
from tawthiq.web import labels

COLUMNS = ("kind", "code", "en", "ar")
# The kinds of terms in the order of the page, and what the page calls each.
HEADINGS: Mapping[str, Promise] = {
    "act": _("Acts: what physically happened"),
    "modality": _("How a text presents it"),
    "scope": _("One occurrence or a total"),
    "slot": _("What is claimed of an incident"),
    "group": _("Who was harmed"),
    "standing": _("How sources stand to each other"),
    "linked": _("How tellings came together"),
    "stance": _("What a speaker does"),
    "statement_kind": _("What parties say about an incident"),
}
SHEET_HEADINGS: Mapping[TermList, Promise] = {
    TermList.STATUS: _("What a verifier finds"),
    TermList.RELIABILITY: _("Grades of sources"),
    TermList.CREDIBILITY: _("Grades of what a source tells"),
    TermList.ATTRIBUTION: _("How far the naming of a party carries"),
    TermList.PARTY_TYPE: _("Sorts of parties"),
    TermList.DATE_TYPE: _("How exact a date is"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its label and its sentence in the active language; `anchor` is its place on the page of terms."""

    code: str
    label: str
    sentence: str
    anchor: str


def sentence(kind: str, code: str) -> str:
    """What a code of a kind means, in the active language; empty where no sentence explains it."""
    english, arabic = _sentences().get((kind, code), ("", ""))
    return english if labels.active_language() == "en" else arabic


def anchor(kind: str, code: str) -> str:
    """The place of a term on the page of terms."""
    return f"{kind}-{code}"


def terms() -> list[tuple[str, list[Term]]]:
    """All terms under their headings: those of pages, those of verification sheets, and the types of violations."""
    return [*_of_pages(), *_of_sheets(), _violations()]


def _of_pages() -> list[tuple[str, list[Term]]]:
    found: dict[str, list[Term]] = {kind: [] for kind in HEADINGS}
    for kind, code in _sentences():
        found[kind].append(Term(code, labels.label(kind, code), sentence(kind, code), anchor(kind, code)))
    return [(str(HEADINGS[kind]), told) for kind, told in found.items()]


def _of_sheets() -> list[tuple[str, list[Term]]]:
    language = labels.active_language()
    return [
        (
            str(heading),
            [
                Term(code, term.name(language), term.help(language), anchor(of.value, code))
                for code, term in verification_terms.terms(of).items()
            ],
        )
        for of, heading in SHEET_HEADINGS.items()
    ]


def _violations() -> tuple[str, list[Term]]:
    language = labels.active_language()
    types = verification_terms.violation_types().items()
    told = [
        Term(code, kind.term.name(language), kind.term.help(language), anchor("violation", code))
        for code, kind in types
    ]
    return str(_("Types of violations: people set them, never the machine")), told


@cache
def _sentences() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["kind"], row["code"]): (row["en"], row["ar"]) for row in tables.load("term_help", COLUMNS)}
