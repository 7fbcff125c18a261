"""Redaction: what is replaced or left out of an incident for whoever receives it (records.disclosure.Profile)."""

from dataclasses import replace
from typing import Any, TypeVar

from tawthiq.records.disclosure import (
    DisclosedClaim,
    DisclosedIncident,
    DisclosedReport,
    DisclosedStatement,
    Profile,
    Protected,
)

_Worded = TypeVar("_Worded", DisclosedClaim, DisclosedStatement, DisclosedReport)
_IN_CLAIM, _IN_STATEMENT, _IN_REPORT = ("text", "speaker", "shown"), ("text", "speaker"), ("title", "outlet", "address")


def redacted(incident: DisclosedIncident, profile: Profile, protected: Protected) -> DisclosedIncident:
    """The incident without what `profile` keeps from its readers; `redactions` says how many stretches were replaced."""
    count = 0

    def without(worded: _Worded, names: tuple[str, ...]) -> tuple[_Worded, bool]:
        nonlocal count
        found = {name: without_names(getattr(worded, name), profile, protected) for name in names}
        times = sum(each for _, each in found.values())
        count += times
        changes: dict[str, Any] = {name: text for name, (text, _) in found.items()}
        return replace(worded, **changes), bool(times)

    def claim(each: DisclosedClaim) -> DisclosedClaim:
        made, changed = without(each, _IN_CLAIM)
        return replace(made, redacted=changed)

    def statement(each: DisclosedStatement) -> DisclosedStatement:
        made, changed = without(each, _IN_STATEMENT)
        return replace(made, redacted=changed)

    def report(each: DisclosedReport) -> DisclosedReport:
        made, changed = without(each, _IN_REPORT)
        return replace(made, withheld=each.withheld or changed)

    slots = tuple(replace(slot, claims=tuple(claim(each) for each in slot.claims)) for slot in incident.slots)
    statements = tuple(statement(each) for each in incident.statements)
    reports = tuple(report(each) for each in incident.reports)
    return replace(incident, slots=slots, statements=statements, reports=reports, redactions=count)


def without_names(text: str, profile: Profile, protected: Protected) -> tuple[str, int]:
    """The text with every protected name replaced by what stands for the person, and how often."""
    times = 0
    for person in protected.people(profile):
        for string in sorted(person.strings, key=len, reverse=True):
            times += text.count(string)
            text = text.replace(string, f"[{person.stand_in}]")
    return text, times
