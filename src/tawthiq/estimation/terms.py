"""Hierarchical log-linear models of lists: which terms they hold, how they are named, which there are.

A model is the set of its interactions (two lists or more, as places from 0); with an interaction stands every part of it, and
every list on its own always. Its name lists the highest terms, lists numbered from 1, as Rcapture's closedpMS does (Baillargeon
and Rivest 2007): "[12,3,4]" has lists 1 and 2 depend on each other. The highest of all, of every list, is never there: with it
the unseen could be any number.
"""

from collections.abc import Iterator
from itertools import chain, combinations

Term = tuple[int, ...]
Model = frozenset[Term]
INDEPENDENT: Model = frozenset()
MOST_LISTS = 9
"""Lists that names of one digit can tell apart."""


def pairs(lists: int) -> tuple[Term, ...]:
    """Every pair of lists."""
    return tuple(combinations(range(lists), 2))


def highest(model: Model, lists: int) -> tuple[Term, ...]:
    """The terms of a model that are no part of another, the longest first."""
    singles: list[Term] = [(place,) for place in range(lists) if not any(place in term for term in model)]
    tops = [term for term in model if not any(set(term) < set(other) for other in model)]
    return tuple(sorted([*tops, *singles], key=lambda term: (-len(term), term)))


def name(model: Model, lists: int) -> str:
    """The model's name: "[123,34,5]"."""
    tops = ("".join(str(place + 1) for place in term) for term in highest(model, lists))
    return f"[{','.join(tops)}]"


def ordered(model: Model) -> tuple[Term, ...]:
    """The interactions of a model in one fixed order."""
    return tuple(sorted(model, key=lambda term: (len(term), term)))


def all_models(lists: int, order: int) -> Iterator[Model]:
    """Every hierarchical model whose terms have `order` lists at most: 8 of three lists, 113 of four."""
    yield from _grown(frozenset(), lists, 2, order)


def _grown(model: Model, lists: int, size: int, order: int) -> Iterator[Model]:
    """The model and all that have more terms of `size` lists or above, each once."""
    if size > min(order, lists - 1):
        yield model
        return
    possible = [term for term in combinations(range(lists), size) if _all_parts_in(term, model)]
    for chosen in chain.from_iterable(combinations(possible, count) for count in range(len(possible) + 1)):
        yield from _grown(model | set(chosen), lists, size + 1, order)


def _all_parts_in(term: Term, model: Model) -> bool:
    return len(term) == 2 or all(part in model for part in combinations(term, len(term) - 1))


def pair_neighbours(model: Model, lists: int) -> Iterator[Model]:
    """The models of pairs that have one pair more or less."""
    for pair in pairs(lists):
        yield model ^ {pair}
