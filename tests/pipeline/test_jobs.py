"""Work among processes: order kept, dead workers survived, exceptions passed on."""

import os
import subprocess
import sys
import time
from pathlib import Path

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


def says_its_name(number: int) -> int:
    os.write(1, f"{os.getpid()}\n".encode())  # one write, so that lines of two workers do not mix
    time.sleep(0.02)
    return number


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{process}/status").read_text()


def test_workers_end_with_a_parent_that_is_killed() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_jobs as jobs\n"
        "if __name__ == '__main__': list(jobs.in_order(jobs.says_its_name, range(10_000), 2))"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = {int(parent.stdout.readline()) for _ in range(20)}
        parent.kill()
        parent.wait()
        deadline = time.monotonic() + 20
        while any(map(is_running, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(is_running, workers))


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
