"""Counts of many numbers as bytes: the statistics of linking as they are stored.

Two sorted columns of equal length, numbers and counts, little-endian; a million words take twelve megabytes. A number that is
not there stands in one report at most: statistics ask with 1 for default, so counts of 1 may be left out.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

_NUMBERS, _COUNTS = "Q", "I"  # 64 and 32 bits
_NUMBER_BYTES, _COUNT_BYTES = 8, 4

T = TypeVar("T")


def packed(counts: Mapping[int, int], least: int = 1) -> bytes:
    """The counts of at least `least`; numbers below 2**64, counts below 2**32."""
    kept = sorted(number for number, count in counts.items() if count >= least)
    numbers, told = array(_NUMBERS, kept), array(_COUNTS, (counts[number] for number in kept))
    if sys.byteorder == "big":
        numbers.byteswap()
        told.byteswap()
    return numbers.tobytes() + told.tobytes()


class PackedCounts(Mapping[int, int]):
    """The counts that `packed` wrote, looked up in place: what nobody asks for is never unpacked.

    A report asks for a few hundred of perhaps a million numbers; what was asked for once is remembered.
    """

    def __init__(self, data: bytes) -> None:
        length = len(data) // (_NUMBER_BYTES + _COUNT_BYTES)
        self._numbers, self._counts = array(_NUMBERS), array(_COUNTS)
        self._numbers.frombytes(data[: _NUMBER_BYTES * length])
        self._counts.frombytes(data[_NUMBER_BYTES * length :])
        if sys.byteorder == "big":
            self._numbers.byteswap()
            self._counts.byteswap()
        self._asked: dict[int, int | None] = {}

    def __getitem__(self, number: int) -> int:
        """The count of a number. Raises KeyError where it has none."""
        count = self._found(number)
        if count is None:
            raise KeyError(number)
        return count

    @overload
    def get(self, number: int, default: None = None, /) -> int | None: ...
    @overload
    def get(self, number: int, default: int | T, /) -> int | T: ...
    def get(self, number: int, default: int | T | None = None, /) -> int | T | None:
        """The count of a number, or `default`; most words of a report have none, so no error is raised on the way."""
        count = self._found(number)
        return default if count is None else count

    def __contains__(self, number: object) -> bool:
        """Whether a number has a count."""
        return isinstance(number, int) and self._found(number) is not None

    def __iter__(self) -> Iterator[int]:
        """The numbers in order."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """How many numbers have counts."""
        return len(self._numbers)

    def _found(self, number: int) -> int | None:
        try:
            return self._asked[number]
        except KeyError:
            at = bisect_left(self._numbers, number)
            there = at < len(self._numbers) and self._numbers[at] == number
            count = self._asked[number] = self._counts[at] if there else None
            return count
