"""Counts of many numbers as bytes: the statistics of linking as they are stored.

Two sorted columns of equal length, numbers and counts, little-endian; a million words take twelve megabytes. A number that is
not there stands in one report at most: statistics ask with 1 for default, so counts of 1 may be left out.
"""

import sys
from array import array
from collections.abc import Mapping

_NUMBERS, _COUNTS = "Q", "I"  # 64 and 32 bits
_NUMBER_BYTES, _COUNT_BYTES = 8, 4


def packed(counts: Mapping[int, int], least: int = 1) -> bytes:
    """The counts of at least `least`; numbers below 2**64, counts below 2**32."""
    kept = sorted(number for number, count in counts.items() if count >= least)
    numbers, told = array(_NUMBERS, kept), array(_COUNTS, (counts[number] for number in kept))
    if sys.byteorder == "big":
        numbers.byteswap()
        told.byteswap()
    return numbers.tobytes() + told.tobytes()


def unpacked(data: bytes) -> dict[int, int]:
    """The counts that `packed` wrote."""
    length = len(data) // (_NUMBER_BYTES + _COUNT_BYTES)
    numbers, counts = array(_NUMBERS), array(_COUNTS)
    numbers.frombytes(data[: _NUMBER_BYTES * length])
    counts.frombytes(data[_NUMBER_BYTES * length :])
    if sys.byteorder == "big":
        numbers.byteswap()
        counts.byteswap()
    return dict(zip(numbers, counts, strict=True))
