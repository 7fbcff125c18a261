"""Many proofs over one tree (RFC 6962 section 2.1): every complete subtree is hashed once and kept.

`merkle.inclusion_proof` hashes the tree anew for each proof; this costs the tree once, then a few hashes a proof, also over
the smaller trees that older checkpoints signed.
"""

from collections.abc import Sequence

from tawthiq.custody.merkle import joined, node_hash
from tawthiq.records.errors import UnreadableInput


class Subtrees:
    """The complete subtrees over leaf hashes, by level; 64 bytes and some overhead a leaf."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([node_hash(left, right) for left, right in pairs])

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def root(self, size: int) -> bytes:
        """The root of the tree of the first `size` leaves."""
        return self._over(0, size)

    def inclusion_proof(self, index: int, size: int) -> tuple[bytes, ...]:
        """The audit path of leaf `index` in the tree of the first `size` leaves, sibling of the leaf first.

        Raises UnreadableInput when there is no such leaf or no such tree.
        """
        if not 0 <= index < size <= self.size:
            raise UnreadableInput(
                item="Merkle proof",
                happened=f"there is no entry {index} in a log of {size}",
                advice="ask for an entry and a size that the log has",
            )
        path: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + (1 << ((high - low - 1).bit_length() - 1))
            if index < middle:
                path.append(self._over(middle, high))
                high = middle
            else:
                path.append(self._over(low, middle))
                low = middle
        return tuple(reversed(path))

    def _over(self, low: int, high: int) -> bytes:
        """The root over leaves `low` to `high`, where `low` is a multiple of the power of two that covers the range."""
        complete: list[bytes] = []
        while low < high:
            level = (high - low).bit_length() - 1
            complete.append(self._levels[level][low >> level])
            low += 1 << level
        return joined(complete)
