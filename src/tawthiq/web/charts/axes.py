"""Round numbers for axes. Pure."""

from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)


def ticks(highest: float, most: int = 5) -> list[int]:
    """Whole numbers from 0 to at least `highest`, evenly apart by 1, 2 or 5 times a power of ten; about `most` of them."""
    if highest <= 1:
        return [0, 1]
    rough = highest / max(1, most)
    power = 10 ** max(0, floor(log10(rough)))
    step = next(step * power for step in _STEPS if step * power >= rough or step == _STEPS[-1])
    return [number * step for number in range(ceil(highest / step) + 1)]
