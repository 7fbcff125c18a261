"""Work shared among processes: results come in the order of the items, and a worker that dies takes one item with it.

Few items are done in this process, since starting workers costs more than they save.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_POOL = 24
AHEAD = 4


class WorkerDied(Exception):
    """The process that worked on this item was ended from outside (memory, signal) or crashed."""


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> Iterator[tuple[Item, Result | WorkerDied]]:
    """Each item with its result, in order; at most `AHEAD` items a worker wait in memory.

    `work` must be importable by name. `workers` defaults to the number of processors; 1 means this process.
    """
    workers = workers or os.cpu_count() or 1
    source = iter(items)
    first = list(islice(source, WORTH_A_POOL))
    if workers == 1 or len(first) < WORTH_A_POOL:
        for item in chain(first, source):
            yield item, work(item)
        return
    yield from _pooled(work, chain(first, source), workers)


def _pooled(
    work: Callable[[Item], Result], items: Iterator[Item], workers: int
) -> Iterator[tuple[Item, Result | WorkerDied]]:
    """Results of a pool of processes; a broken pool is replaced and its open items are tried one by one."""
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            try:
                for item in islice(items, workers * AHEAD - len(waiting)):
                    waiting.append((item, _submitted(pool, work, item)))
                if not waiting:
                    return
                result = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                suspects = [item for item, _future in waiting]
                waiting.clear()
                pool = _pool(workers)
                for suspect in suspects:
                    yield suspect, _alone(work, suspect)
                continue
            yield waiting.popleft()[0], result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    """The item's future; a pool that is already broken answers through it, so that no item is lost."""
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as error:
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _alone(work: Callable[[Item], Result], item: Item) -> Result | WorkerDied:
    """The result of one item in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return WorkerDied("the process working on it was ended")


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh interpreters: nothing of the parent (database connections, locks) is inherited."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """In a new worker: leave Ctrl-C to the parent, and end when the parent has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
