"""What two occurrences have in common and what parts them: a visible list of named features, each with a value.

The weights of the values stand in lexicon/data/link_weights.tsv. A feature whose value is missing on either side is absent
and weighs nothing either way.
"""

from functools import cache
from typing import TypeVar

from tawthiq.lexicon.tables import load
from tawthiq.linking.nearness import nearness
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.statistics import Statistics, Words
from tawthiq.linking.tolls import shared_numbers, toll_agreement
from tawthiq.records.count import Harm

FEW_DAYS, UPDATE_DAYS = 3, 10
Limits = tuple[tuple[str, float], ...]
# Least shares of what the smaller stretch holds, weighted by rarity: the words around two events, whole reports, titles.
WORDS: Limits = (("most", 0.5), ("many", 0.18), ("some", 0.07))
REPORT: Limits = (("nearly_all", 0.3), ("most", 0.2), ("much", 0.13), ("many", 0.09), ("some", 0.05))
NAMED: Limits = (("most", 0.6), ("many", 0.3), ("some", 0.01))
TITLE: Limits = (("most", 0.5), ("some", 0.2))
T = TypeVar("T")
Features = tuple[tuple[str, str], ...]


def features(first: Occurrence, second: Occurrence, statistics: Statistics) -> Features:
    """What was found for each feature, in a fixed order; features with a missing value are absent.

    The same whichever of the two comes first.
    """
    same_document = first.reference.document == second.reference.document
    found = [
        ("act", _act(first, second)),
        ("date", _date(first, second) if not same_document or (first.dated and second.dated) else None),
        ("hour", _common(first.details.hours, second.details.hours)),
        ("place", nearness(first, second, statistics)),
        ("site", _common(first.details.sites, second.details.sites)),
        ("weapon", _common(first.details.weapons, second.details.weapons)),
        ("killed", toll_agreement(first, second, Harm.KILLED)),
        ("injured", toll_agreement(first, second, Harm.INJURED)),
        ("counts", shared_numbers(first, second)),
        ("actor", _common(first.actors, second.actors)),
    ]
    found += [("document", "same")] if same_document else _of_reports(first, second, statistics)
    return tuple((name, value) for name, value in found if value is not None)


def _of_reports(first: Occurrence, second: Occurrence, statistics: Statistics) -> list[tuple[str, str | None]]:
    """What the wording of two different reports says."""
    one, other = first.told_in, second.told_in
    comparable = one.language == other.language
    return [
        ("names", _people(one.people, other.people, statistics)),
        ("named", _places(one.words, other.words, statistics) if comparable else None),
        ("words", _shared(first.words, second.words, statistics, WORDS) if comparable else None),
        ("report", _shared(one.words, other.words, statistics, REPORT) if comparable else None),
        ("title", _shared(one.title, other.title, statistics, TITLE) if comparable else None),
        ("tags", _common(one.tags, other.tags)),
        ("copy", "shared" if one.family is not None and one.family == other.family else None),
    ]


@cache
def _kinship() -> frozenset[tuple[str, str]]:
    rows = load("act_kinship", ("act", "kindred"))
    pairs = {(row["act"], other) for row in rows for other in row.alternatives("kindred")}
    return frozenset(pairs | {(second, first) for first, second in pairs})


def _act(first: Occurrence, second: Occurrence) -> str:
    if first.act is second.act:
        return "same"
    return "kindred" if (first.act.value, second.act.value) in _kinship() else "different"


def _date(first: Occurrence, second: Occurrence) -> str:
    """How the days lie; "unknown" is no missing value, for the prior speaks of events known to be close in time."""
    if first.first is None and second.first is None:
        return "both_unknown"
    if first.first is None or second.first is None or first.last is None or second.last is None:
        return "unknown"
    gap = max(first.first - second.last, second.first - first.last)
    if first.dated and second.dated:
        return _stated_dates(first, second, gap)
    if gap > 0:
        return "published_late" if gap <= FEW_DAYS else "apart"
    if not first.dated and not second.dated:
        return "published" if abs(first.last - second.last) <= 1 else "published_late"
    dated, other = (first, second) if first.dated else (second, first)
    return "published" if (other.last or 0) - (dated.last or 0) <= 1 else "published_late"


def _stated_dates(first: Occurrence, second: Occurrence, gap: int) -> str:
    if gap > 0:
        early, late = (first, second) if (first.last or 0) < (second.first or 0) else (second, first)
        if late.details.rising and not early.details.rising and gap <= UPDATE_DAYS:
            return "updated"
        if gap == 1 and {"night", "dawn"} & first.details.hours and {"night", "dawn"} & second.details.hours:
            return "one_night"
        return "next_day" if gap == 1 else "few_days" if gap <= FEW_DAYS else "apart"
    return "same_day" if first.precise and second.precise else "overlap"


def _common(first: frozenset[T], second: frozenset[T]) -> str | None:
    """Whether two sets have a member in common; None where one is empty."""
    if not first or not second:
        return None
    return "same" if first & second else "different"


def _people(first: Words, second: Words, statistics: Statistics) -> str | None:
    """How many rarely named people two reports both name."""
    mine, theirs = statistics.rare_people(first), statistics.rare_people(second)
    if not mine or not theirs:
        return None
    shared = len(mine & theirs)
    if not shared:
        return "none"
    return "most" if shared > 2 and shared >= min(len(mine), len(theirs)) / 2 else "some"


def _places(first: Words, second: Words, statistics: Statistics) -> str | None:
    """How much of the rarity of the words that name places, wherever in two whole reports, both hold."""
    return _shared(statistics.places_named(first), statistics.places_named(second), statistics, NAMED)


def _shared(first: Words, second: Words, statistics: Statistics, limits: Limits) -> str | None:
    """How much rare wording two stretches share, as the name of the highest limit reached."""
    share = statistics.share(first, second)
    if share is None:
        return None
    return next((value for value, limit in limits if share >= limit), "none")
