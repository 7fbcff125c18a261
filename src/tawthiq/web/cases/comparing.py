"""Sheets side by side with their differences, and what changed since a content was verified."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tawthiq.casework.case_content import CaseContent, content_from_json
from tawthiq.casework.queries.verification_secrecy import GivenSheet, Round
from tawthiq.casework.verification_sheet import fields
from tawthiq.lexicon.verification_terms import TermList
from tawthiq.web.cases.sheet import label_of, value_labels
from tawthiq.web.cases.terms import PARTS, answer_name, field_name, slot_name, term_name


@dataclass(frozen=True, slots=True)
class Author:
    """Who gave a sheet and when, what else they did about the incident, and what they remark."""

    name: str
    at: datetime
    part: tuple[str, ...]
    remarks: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what each sheet says, in the order of the authors, and what holds; "" while it stays open."""

    name: str
    said: tuple[str, ...]
    holds: str
    differs: bool


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What each sheet says of one source; grades need not agree."""

    source: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sheets in force about one content."""

    authors: tuple[Author, ...]
    lines: tuple[Line, ...]
    grades: tuple[GradeLine, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is there now and was not when people verified, or the other way round."""

    added: bool
    what: str
    words: str
    document: str


def comparison(found: Round, names: dict[str, str]) -> Comparison:
    """The sheets in force side by side; `names` are what sources are called, by their keys."""
    content = content_from_json(found.about.content)
    sheets = found.in_force
    said = [fields(given.sheet, content) for given in sheets]
    told = found.verdict
    worded = value_labels(content, [*said, told.settled])
    every = list(dict.fromkeys(name for each in said for name in each))
    lines = [
        Line(
            field_name(name),
            tuple(answer_name(name, each.get(name, ""), worded) for each in said),
            answer_name(name, told.settled[name], worded) if name in told.settled else "",
            len({each.get(name, "") for each in said}) > 1,
        )
        for name in every
    ]
    grades = [
        GradeLine(names.get(source.key, source.key), tuple(_grade(given, source.key) for given in sheets))
        for source in content.sources
    ]
    return Comparison(tuple(map(_author, sheets)), tuple(lines), tuple(grades), told.state)


def what_changed(before: CaseContent, now: CaseContent | None) -> list[Difference]:
    """What was added since and what is gone: tellings, claims, statements, and reports that became copies or ceased to
    be.
    """
    later = now or CaseContent(before.incident, (), (), (), ())
    found = _differences(
        [("telling", each.text, each.document, (each.document, each.text, each.act)) for each in before.tellings],
        [("telling", each.text, each.document, (each.document, each.text, each.act)) for each in later.tellings],
    )
    found += _differences(
        [(slot_name(each.slot_key), label_of(each), each.document, (each.key,)) for each in before.claims],
        [(slot_name(each.slot_key), label_of(each), each.document, (each.key,)) for each in later.claims],
    )
    found += _differences(
        [("statement", each.text, each.document, (each.key,)) for each in before.statements],
        [("statement", each.text, each.document, (each.key,)) for each in later.statements],
    )
    return found + _differences(
        [("source", "", each.documents[0], tuple(sorted(each.documents))) for each in before.sources],
        [("source", "", each.documents[0], tuple(sorted(each.documents))) for each in later.sources],
    )


Part = tuple[str, str, str, tuple[str, ...]]


def _differences(before: Sequence[Part], now: Sequence[Part]) -> list[Difference]:
    had, has = (Counter(part[3] for part in parts) for parts in (before, now))
    gone = [Difference(False, *part[:3]) for part in before if not has[part[3]]]
    return gone + [Difference(True, *part[:3]) for part in now if not had[part[3]]]


def _author(given: GivenSheet) -> Author:
    part = tuple(str(PARTS[each]) for each in given.row.content.get("part", []) if each in PARTS)
    return Author(given.row.by, given.row.at, part, given.sheet.remarks, given.row.sha256)


def _grade(given: GivenSheet, source: str) -> tuple[str, str]:
    for grade in given.sheet.sources:
        if grade.source == source:
            reliability = term_name(TermList.RELIABILITY, grade.reliability)
            return reliability, term_name(TermList.CREDIBILITY, grade.credibility)
    return "", ""
