"""Compartments: which reports may be linked with each other, so that nothing a person sees depends on what they may not see.

A report's compartment is its set of groups; reports without restriction are all in one. Linking never crosses compartments,
and what people decided about two reports of different ones rests for as long as these differ.
"""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from tawthiq.casework.models import ItemRestriction

_AT_ONCE = 400
_About = TypeVar("_About")


def compartments(documents: Collection[str] | None = None) -> dict[str, str]:
    """The compartment of each restricted document, of those asked for or of all; what is open to everybody is left out."""
    rows = ItemRestriction.objects.order_by()
    if documents is None:
        return _named(rows.values_list("item", "group"))
    if not rows.exists():
        return {}
    asked = sorted(documents)
    some = (asked[begin : begin + _AT_ONCE] for begin in range(0, len(asked), _AT_ONCE))
    return _named(row for items in some for row in rows.filter(item__in=items).values_list("item", "group"))


def within_one(found: Iterable[_About], documents: Callable[[_About], tuple[str, str]]) -> list[_About]:
    """Those of some things, each about two `documents`, whose documents are of one compartment."""
    about = [(each, documents(each)) for each in found]
    of = compartments({document for _, both in about for document in both}) if about else {}
    return [each for each, (first, second) in about if of.get(first) == of.get(second)]


def _named(rows: Iterable[tuple[str, int]]) -> dict[str, str]:
    groups: dict[str, set[int]] = {}
    for item, group in rows:
        groups.setdefault(item, set()).add(group)
    return {item: " ".join(map(str, sorted(found))) for item, found in groups.items()}
