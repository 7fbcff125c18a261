"""Where a statement grammar stands: one token of one sentence, with the bounds it may look at."""

from dataclasses import dataclass, replace

from tawthiq.reading.layout import Layout


@dataclass(frozen=True, slots=True)
class Position:
    """Token `index` of the sentence `first`..`last` (half-open); before `floor` everything is spoken for already."""

    layout: Layout
    first: int
    floor: int
    index: int
    last: int

    @property
    def word(self) -> str:
        """The comparison form of the token."""
        return self.layout.words[self.index]

    def at(self, index: int) -> "Position":
        """The same sentence from another token."""
        return replace(self, index=index)
