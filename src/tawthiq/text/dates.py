"""Times of a text: what it says about when, and the days that this means.

Owns the public reading of time: `times` for reports, `calendar_dates` for the dates that outlets print, `anchor` for
the text's own
day. Rules are in `time_rules`, their meaning in `time_values`, `time_periods` and `time_ranges`. A report's own day is its day
of publication unless its wording says otherwise: "اليوم (الخميس)" (today, Thursday) under a Friday's date was written
on Thursday.
An expression that the text leaves open has no period and a reason.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import regex

from tawthiq.records.period import When
from tawthiq.records.span import Mention, Span
from tawthiq.text import calendars
from tawthiq.text.items import Items, items
from tawthiq.text.time_general import GENERAL_RESOLVERS
from tawthiq.text.time_ranges import RESOLVERS, Atom, combined
from tawthiq.text.time_rules import BEFORE_RULES, BEHIND_RULES, GENERAL, GRAMMAR, NEAR, OPENINGS, RULES
from tawthiq.text.time_values import Resolved, Slots

_NAMED = re.compile(r"\(\?P<(\w+)>")
_AHEAD = ("event", "noun", "near")
"""Slots that look ahead without taking an item."""


class _Rule(NamedTuple):
    """A rule in a pattern: the group that tells it, and the groups of its slots; `ahead` slots may be empty."""

    group: int
    name: str
    slots: tuple[tuple[int, str, bool], ...]


def _rules(pattern: "regex.Pattern[str]") -> tuple[_Rule, ...]:
    groups = pattern.groupindex
    return tuple(
        _Rule(
            groups[f"rule_{name}"],
            name,
            tuple((groups[slot], slot, slot in _AHEAD) for slot in dict.fromkeys(_NAMED.findall(rule))),
        )
        for name, rule in {**BEFORE_RULES, **RULES, **BEHIND_RULES}.items()
        if f"rule_{name}" in groups
    )


_RULES: dict[object, tuple[_Rule, ...]] = {pattern: _rules(pattern) for pattern in (GRAMMAR, GENERAL, NEAR)}
_FURTHEST_ANCHOR = 6
_WEEK = 7
_EARLIEST, _LATEST = 1800, 2200


class OwnDay(NamedTuple):
    """The day that a text counts from, and why it is that day."""

    day: date | None
    reason: str


def times(
    text: str, language: str, published: date | None, within: Span | None = None, *, general: bool = False
) -> list[When]:
    """The time expressions of `text` (or of its part `within`) in order.

    `published` is the day of publication in the outlet's zone. Relative expressions count from the text's own day (`anchor`);
    where neither is known they come with `period` None. `general` also reads what a report does not mean by a time
    ("in 15", "the week", "4.22"): for texts that tell of plans.
    """
    found = _times(text, language, published, general)
    if within is None:
        return list(found)
    return [when for when in found if within.contains(when.mention.span)]


@lru_cache(maxsize=8)
def _times(text: str, language: str, published: date | None, general: bool) -> tuple[When, ...]:
    row = items(text)
    published = _believed(published)
    base = anchor(text, published).day
    atoms = list(_general_atoms(row, language, base) if general else _atoms(row, language, base))
    return tuple(_when(text, row, atom) for atom in combined(atoms, row, base, published))


def _when(text: str, row: Items, atom: Atom) -> When:
    span = row.source.span(row.item(atom.first).start, row.item(atom.last).end)
    return When(Mention(span, text[span.start : span.end]), atom.found.period, f"{atom.rule}: {atom.found.reason}")


def calendar_dates(text: str) -> list[When]:
    """The full dates of `text`, as outlets print them: a day with its month and year, in any calendar read here."""
    return [
        when
        for when in _times(text, "ar", None, False)
        if when.period is not None
        and when.period.first == when.period.last
        and when.reason.startswith(("day:", "weekday:", "near_day:"))
    ]


@lru_cache(maxsize=8)
def anchor(text: str, published: date | None) -> OwnDay:
    """The text's own day: the day of publication, unless weekdays or dates beside "today" and "yesterday" say another.

    Each such pair votes; the day of publication stands when it is among those voted for. A vote further than six days
    before publication is not believed. A weekday that is six days off is taken for the day after: dates of publication are
    printed in other zones, and reports taken up from a paper of the day to come.
    """
    published = _believed(published)
    votes: Counter[date] = Counter()
    row = items(text)
    for match in NEAR.finditer(row.letters):
        slots = _slots(match, _rule(match), row, "ar", published)
        voted = _vote(slots, published) if slots.has("E") else None
        if voted is not None:
            votes[voted] += 1
    if not votes:
        return OwnDay(
            published, "the day of publication" if published else "neither publication nor the text tells the day"
        )
    if published in votes:
        return OwnDay(published, "the day of publication; days named in the text agree")
    best = max(votes, key=lambda day: (votes[day], day))
    if published is None or -1 <= (published - best).days <= _FURTHEST_ANCHOR:
        return OwnDay(best, f"the text names the day of its own today or yesterday: {best.isoformat()}")
    return OwnDay(published, f"the day of publication; conflict: the text names {best.isoformat()} as its own day")


def _believed(published: date | None) -> date | None:
    """The day of publication, unless it lies centuries from any news: then nothing is counted from it."""
    return published if published is not None and _EARLIEST <= published.year <= _LATEST else None


def _vote(slots: Slots, published: date | None) -> date | None:
    offset = slots.number("E")
    if slots.has("M") or slots.has("a"):
        resolved = RESOLVERS["day"](slots)
        if resolved is not None and resolved.period is not None:
            return calendars.shift_days(resolved.period.first, -offset)
    if slots.has("W") and published is not None:
        target = (slots.number("W") - offset) % 7
        back = (published.weekday() - target) % 7
        return calendars.shift_days(published, 1 if back == _WEEK - 1 else -back)
    return None


def _atoms(row: Items, language: str, base: date | None) -> Iterator[Atom]:
    """Each match of a rule that its resolver accepts; a refused match is tried again one item on."""
    at = 0
    while (opening := OPENINGS.search(row.letters, at)) is not None:
        match = GRAMMAR.match(row.letters, opening.start())
        atom, at = _resolved(match, row, language, base) if match else (None, opening.start() + 1)
        if atom is not None:
            yield atom


def _general_atoms(row: Items, language: str, base: date | None) -> Iterator[Atom]:
    at = 0
    while (match := GENERAL.search(row.letters, at)) is not None:
        atom, at = _resolved(match, row, language, base)
        if atom is not None:
            yield atom


def _resolved(match: "regex.Match[str]", row: Items, language: str, base: date | None) -> tuple[Atom | None, int]:
    """What the match resolves to, and where to read on."""
    rule = _rule(match)
    slots = _slots(match, rule, row, language, base)
    found: Resolved | None = (RESOLVERS.get(rule.name) or GENERAL_RESOLVERS[rule.name])(slots)
    if found is None or match.end() == match.start():
        return None, match.start() + 1
    end = match.end(found.kind[6:]) if found.kind.startswith("until:") else match.end()
    first, last = _trimmed(row, match.start(), end - 1) if rule.name != "to_day" else (match.start(), end - 1)
    return Atom(first, last, rule.name, found), end


def _trimmed(row: Items, first: int, last: int) -> tuple[int, int]:
    """Without the joints that open a match and the marks that close it."""
    while first < last and row.letters[first] in "fbit,(G&" and not row.item(first).prefix:
        first += 1
    while last > first and row.letters[last] in ",.(-&":
        last -= 1
    return first, last


def _rule(match: "regex.Match[str]") -> _Rule:
    """The rule that held."""
    start = match.start
    for rule in _RULES[match.re]:
        if start(rule.group) >= 0:
            return rule
    raise AssertionError("a match without a rule")


def _slots(match: "regex.Match[str]", rule: _Rule, row: Items, language: str, base: date | None) -> Slots:
    found = {}
    for group, name, ahead in rule.slots:
        start, end = match.span(group)
        if end > start or (ahead and start >= 0):
            found[name] = row.item(start)
    return Slots(found, language, base)
