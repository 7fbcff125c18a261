"""Child processes that die with SIGKILL at one chosen call that changes the disk: each state of a crash has its call."""

import os
import signal
import traceback
from collections.abc import Callable
from typing import BinaryIO, ParamSpec, TypeVar

from tawthiq.records.errors import StorageFailed
from tawthiq.store import files

DISK_CALLS = ("fsync", "rename", "replace", "unlink", "mkdir", "rmdir")
REFUSED = 3
P = ParamSpec("P")
R = TypeVar("R")


class Doomed:
    """Counts the calls that change the disk and kills the process at number `at`; a write that is hit is half done."""

    def __init__(self, at: int, calls: tuple[str, ...] = DISK_CALLS) -> None:
        self.left = at
        self._calls = calls

    def arm(self) -> None:
        """Stand before every such call of this process from now on."""
        files._write_all = self._halving(files._write_all)
        for name in self._calls:
            setattr(os, name, self.before(getattr(os, name)))

    def before(self, function: Callable[P, R]) -> Callable[P, R]:
        """`function`, unless the process ends before it."""

        def call(*arguments: P.args, **named: P.kwargs) -> R:
            if self._hit():
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **named)

        return call

    def _halving(self, write: Callable[[BinaryIO, bytes], None]) -> Callable[[BinaryIO, bytes], None]:
        def call(stream: BinaryIO, data: bytes) -> None:
            if self._hit():
                write(stream, data[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            write(stream, data)

        return call

    def _hit(self) -> bool:
        self.left -= 1
        return self.left == 0


def forked(work: Callable[[], object]) -> int:
    """Do `work` in a child process; its number. It leaves with REFUSED when the disk refused."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except StorageFailed:
        os._exit(REFUSED)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def outcome(child: int) -> int:
    """How a child ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(point: int, work: Callable[[], object], calls: tuple[str, ...] = DISK_CALLS) -> int:
    """Do `work` in a child that dies at its call number `point`, if there are so many; how it ended."""

    def doomed_work() -> None:
        Doomed(point, calls).arm()
        work()

    return outcome(forked(doomed_work))
