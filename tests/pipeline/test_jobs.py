"""Work among processes: order kept, dead workers survived, exceptions passed on."""

import os
import time

import pytest

from tawthiq.pipeline.jobs import WORTH_A_POOL, WorkerDied, in_order


def doubled(number: int) -> int:
    if number % 7 == 0:
        time.sleep(0.02)
    return number * 2


def dies_at_five(number: int) -> int:
    if number == 5:
        os._exit(9)
    return number


def fails_at_five(number: int) -> int:
    if number == 5:
        raise ValueError("five")
    return number


@pytest.mark.parametrize(("count", "workers"), [(0, 2), (3, 2), (WORTH_A_POOL * 2, 2), (WORTH_A_POOL * 2, 1)])
def test_results_come_in_the_order_of_the_items(count: int, workers: int) -> None:
    assert list(in_order(doubled, range(count), workers)) == [(number, number * 2) for number in range(count)]


def test_a_worker_that_dies_takes_one_item_with_it() -> None:
    results = list(in_order(dies_at_five, range(WORTH_A_POOL + 4), 2))
    assert [item for item, _ in results] == list(range(WORTH_A_POOL + 4))
    assert [item for item, result in results if isinstance(result, WorkerDied)] == [5]


def test_an_exception_of_the_work_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="five"):
        list(in_order(fails_at_five, range(WORTH_A_POOL + 4), 2))


def test_items_are_taken_only_a_little_ahead() -> None:
    taken = []

    def items() -> object:
        for number in range(200):
            taken.append(number)
            yield number

    results = in_order(doubled, items(), 2)  # type: ignore[arg-type]
    next(results)
    assert len(taken) <= WORTH_A_POOL + 8 + 1
    results.close()  # type: ignore[attr-defined]
