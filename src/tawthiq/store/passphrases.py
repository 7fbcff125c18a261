"""Where passphrases come from: the environment, a file that it names, else a person at a terminal.

A passphrase is never taken from the command line, which other users of the machine can see, never logged, and never part
of an error. Every command takes them out of its environment before it does anything (`take_out`), so that no program that it
starts inherits one. Spelling is kept byte for byte, so that public tools accept the same passphrase.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tawthiq.records.errors import KeyLocked, WrongPassphrase, WrongUsage

# Only length is judged: four or more random words have it, and no rule about signs makes a short one strong.
SHORT = 16
ATTEMPTS = 3
_FOR_OTHERS = 0o077
Made = TypeVar("Made")
Ask = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a passphrase is for, and the environment variable that may hold it; `VARIABLE_FILE` may name a file instead."""

    name: str
    variable: str


KEY = Purpose("the signing key", "TAWTHIQ_PASSPHRASE")
NEW_KEY = Purpose("the signing key from now on", "TAWTHIQ_NEW_PASSPHRASE")
BACKUP = Purpose("the backup", "TAWTHIQ_BACKUP_PASSPHRASE")

_taken: dict[str, str] = {}
_ask: list[Ask] = []


def ask_with(ask: Ask) -> None:
    """Let `ask` put a question to the person at the terminal; it returns None where there is none."""
    _ask[:] = [ask]


def take_out() -> None:
    """Take every passphrase out of the environment; what it holds is judged when it is needed."""
    for purpose in (KEY, NEW_KEY, BACKUP):
        if value := os.environ.pop(purpose.variable, None):
            _taken[purpose.variable] = value


def forget() -> None:
    """Forget what was taken from the environment, and whom to ask."""
    _taken.clear()
    _ask.clear()


def is_given(purpose: Purpose) -> bool:
    """Whether the environment provides the passphrase, so that nobody has to be asked."""
    names = (purpose.variable, f"{purpose.variable}_FILE")
    return purpose.variable in _taken or any(os.environ.get(name) for name in names)


def provided(purpose: Purpose) -> str | None:
    """The passphrase that the environment provides. Raises WrongUsage for a file that others may read, or an empty one."""
    take_out()
    if purpose.variable in _taken:
        return _text(os.fsencode(_taken[purpose.variable]), purpose.variable)
    file = os.environ.get(f"{purpose.variable}_FILE")
    return _of_file(Path(file), f"{purpose.variable}_FILE") if file else None


def chosen(purpose: Purpose) -> str:
    """A passphrase for something new: provided, else asked for twice. Raises WrongUsage where there is nobody to ask."""
    given = provided(purpose)
    if given is not None:
        return given
    for _ in range(ATTEMPTS):
        first = _asked(f"A passphrase for {purpose.name} (nothing is shown): ")
        if first is None:
            raise _nobody(purpose, WrongUsage)
        if first and first == _asked("The same again: "):
            return first
    raise WrongUsage(item=purpose.name, happened="no passphrase was given twice alike", advice="try again")


def opened_with(purpose: Purpose, attempt: Callable[[str], Made]) -> Made:
    """What `attempt` makes with the passphrase that is provided, else asked for, three times at most.

    Raises KeyLocked where there is nobody to ask, WrongPassphrase when the last one was wrong, and what `attempt` raises.
    """
    given = provided(purpose)
    if given is not None:
        return attempt(given)
    for left in reversed(range(ATTEMPTS)):
        answer = _asked(f"The passphrase of {purpose.name} (nothing is shown): ")
        if answer is None:
            break
        try:
            return attempt(answer)
        except WrongPassphrase:
            if not left:
                raise
    raise _nobody(purpose, KeyLocked)


def is_short(passphrase: str) -> bool:
    """Whether a passphrase is so short that a thief's machine may find it."""
    return len(passphrase) < SHORT


def _asked(question: str) -> str | None:
    return _ask[0](question) if _ask else None


def _of_file(path: Path, variable: str) -> str:
    """The passphrase in a file, without the line's end. Its name may be told, its content never."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        data = path.read_bytes()
    except OSError as error:
        raise WrongUsage(
            item=variable, happened=f"the file that it names cannot be read ({error.strerror})", advice="name another"
        ) from error
    if mode & _FOR_OTHERS:
        raise WrongUsage(
            item=variable, happened=f"others may read the file that it names (mode {mode:04o})", advice="chmod 600 it"
        )
    return _text(data.rstrip(b"\r\n"), variable)


def _text(data: bytes, variable: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongUsage(item=variable, happened="it is not UTF-8", advice="write it in UTF-8") from error
    if not text or "\x00" in text:
        raise WrongUsage(item=variable, happened="it holds no passphrase", advice="write one into it")
    return text


def _nobody(purpose: Purpose, kind: type[WrongUsage]) -> WrongUsage:
    return kind(
        item=purpose.name,
        happened="its passphrase is needed, and there is no terminal to ask at",
        advice=f"set {purpose.variable}, or let {purpose.variable}_FILE name a file of mode 600 that holds it",
    )
