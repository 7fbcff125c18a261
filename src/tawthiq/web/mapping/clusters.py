"""Points of a map taken together where their signs would cover each other. Pure; the same points give the same clusters."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, hypot, sqrt
from typing import Generic, TypeVar

NEAR = 44  # units of the picture between two signs
SMALLEST, LARGEST = 11.0, 34.0  # radius of a sign
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Spot(Generic[Item]):
    """Something at a point of the picture that counts for so many."""

    x: float
    y: float
    count: int
    item: Item


@dataclass(frozen=True, slots=True)
class Cluster(Generic[Item]):
    """Spots under one sign, which stands at the spot that counts most; `count` is of all of them."""

    x: float
    y: float
    count: int
    spots: tuple[Spot[Item], ...]


def clustered(spots: Iterable[Spot[Item]], near: float = NEAR) -> list[Cluster[Item]]:
    """Every spot in exactly one cluster, those that count most first. No two signs stand nearer than `near`."""
    ordered = sorted(spots, key=lambda spot: (-spot.count, spot.x, spot.y))
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    held: list[list[Spot[Item]]] = []
    for spot in ordered:
        column, row = floor(spot.x / near), floor(spot.y / near)
        about = (
            (hypot(held[at][0].x - spot.x, held[at][0].y - spot.y), at)
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for at in cells[column + across, row + down]
        )
        distance, nearest = min(about, default=(near, -1))
        if distance < near:
            held[nearest].append(spot)
        else:
            cells[column, row].append(len(held))
            held.append([spot])
    made = (Cluster(found[0].x, found[0].y, sum(spot.count for spot in found), tuple(found)) for found in held)
    return sorted(made, key=lambda cluster: (-cluster.count, cluster.x, cluster.y))


def radius(count: int, most: int) -> float:
    """The radius of a sign: its area grows with the number, between the smallest that can be read and the largest."""
    share = sqrt(max(0, count) / most) if most > 0 else 0.0
    return SMALLEST + (LARGEST - SMALLEST) * min(1.0, share)
