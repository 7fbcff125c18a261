"""Where words find room on a map: boxes are placed one after another and never over one that stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of the picture, in units from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        """Whether they overlap."""
        return not (
            other.right <= self.left or other.left >= self.right or other.bottom <= self.top or other.top >= self.bottom
        )


@dataclass(slots=True)
class Room:
    """What is taken of a picture of `width` by `height`."""

    width: float
    height: float
    taken: list[Area] = field(default_factory=list)

    def is_free(self, area: Area) -> bool:
        """Whether it lies inside the picture and over nothing."""
        inside = area.left >= 0 and area.top >= 0 and area.right <= self.width and area.bottom <= self.height
        return inside and not any(area.meets(each) for each in self.taken)

    def take(self, candidates: Iterable[Area]) -> Area | None:
        """The first candidate that is free, which is taken then; None where none is."""
        found = next((each for each in candidates if self.is_free(each)), None)
        if found:
            self.taken.append(found)
        return found
