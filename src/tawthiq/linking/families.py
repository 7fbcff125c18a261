"""Families of copies from pairs: strong pairs join first, and a chain of weak ones joins nothing.

Two groups become one when at least half of the pairs between them are copies of each other. A plain connected component
would glue two dispatches together through one round-up that quotes both at length or through one chance likeness.
"""

from collections import Counter
from collections.abc import Sequence

from tawthiq.records.copies import CopyEdge

ALIKE = 0.5


def families(edges: Sequence[CopyEdge]) -> list[list[CopyEdge]]:
    """The edges inside each family, families in the order of their first identifier, edges by theirs."""
    group: dict[str, int] = {}
    members: dict[int, list[str]] = {}
    between: dict[int, Counter[int]] = {}
    for number, identifier in enumerate(sorted({end for edge in edges for end in (edge.first, edge.second)})):
        group[identifier], members[number], between[number] = number, [identifier], Counter()
    for edge in edges:
        first, second = group[edge.first], group[edge.second]
        between[first][second] += 1
        between[second][first] += 1
    for edge in sorted(edges, key=lambda edge: (-edge.containment, edge.first, edge.second)):
        first, second = sorted((group[edge.first], group[edge.second]))
        if first != second and between[first][second] >= ALIKE * len(members[first]) * len(members[second]):
            _join(first, second, group, members, between)
    found: dict[int, list[CopyEdge]] = {}
    for edge in sorted(edges, key=lambda edge: (edge.first, edge.second)):
        if group[edge.first] == group[edge.second]:
            found.setdefault(group[edge.first], []).append(edge)
    return [found[number] for number in sorted(found)]


def _join(
    first: int, second: int, group: dict[str, int], members: dict[int, list[str]], between: dict[int, Counter[int]]
) -> None:
    """Make one group of two, under the lower number."""
    for identifier in members[second]:
        group[identifier] = first
    members[first] += members.pop(second)
    for other, count in between.pop(second).items():
        if other == first:
            continue
        between[first][other] += count
        between[other][first] += count
        del between[other][second]
    between[first].pop(second, None)
