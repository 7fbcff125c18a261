"""Counts of many numbers as bytes: the statistics of linking as they are stored, looked up without being taken apart.

Two sorted columns of equal length, numbers and counts, little-endian; a million words take twelve bytes each. A number that is
not there stands in one report at most: statistics ask with 1 for default, so counts of 1 are left out.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

T = TypeVar("T")
_NUMBERS, _COUNTS = "Q", "I"  # 64 and 32 bits
_COUNT_BYTES = 4


class PackedCounts(Mapping[int, int]):
    """Counts by number, over what `packed` gave."""

    def __init__(self, data: bytes) -> None:
        length = len(data) // (8 + _COUNT_BYTES)
        self._numbers, self._counts = array(_NUMBERS), array(_COUNTS)
        self._numbers.frombytes(data[: 8 * length])
        self._counts.frombytes(data[8 * length :])
        if sys.byteorder == "big":
            self._numbers.byteswap()
            self._counts.byteswap()

    def __getitem__(self, number: int) -> int:
        at = bisect_left(self._numbers, number)
        if at == len(self._numbers) or self._numbers[at] != number:
            raise KeyError(number)
        return self._counts[at]

    @overload
    def get(self, number: int, /) -> int | None: ...

    @overload
    def get(self, number: int, /, default: int | T) -> int | T: ...

    def get(self, number: int, /, default: int | T | None = None) -> int | T | None:
        """The count of a number; the default where it was not counted. Asked for every word of every candidate."""
        numbers = self._numbers
        at = bisect_left(numbers, number)
        return self._counts[at] if at < len(numbers) and numbers[at] == number else default

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def packed(counts: Mapping[int, int], least: int = 1) -> bytes:
    """The counts of at least `least`, as `PackedCounts` takes them; numbers below 2**64, counts below 2**32."""
    kept = sorted(number for number, count in counts.items() if count >= least)
    numbers, told = array(_NUMBERS, kept), array(_COUNTS, (counts[number] for number in kept))
    if sys.byteorder == "big":
        numbers.byteswap()
        told.byteswap()
    return numbers.tobytes() + told.tobytes()
