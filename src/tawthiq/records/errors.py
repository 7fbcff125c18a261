"""The error tree. Every error says which item, what happened and what to do, and carries an exit code.

Exit codes follow docs/contracts.md: 0 done, 1 evidence differs from the log, 2 wrong usage or cannot tell, 3 some items
failed, 130 interrupted.
"""

from typing import ClassVar


class TawthiqError(Exception):
    """The root of the tree; what the command line turns into one readable message.

    `item` names what was being worked on, `happened` states the fact, `advice` says what the person can do next.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, *, item: str, happened: str, advice: str) -> None:
        super().__init__(f"{item}: {happened}")
        self.item = item
        self.happened = happened
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.item}: {self.happened}. {self.advice[:1].upper()}{self.advice[1:]}."

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (type(self), self.item, self.happened, self.advice))


def _rebuilt(kind: type[TawthiqError], item: str, happened: str, advice: str) -> TawthiqError:
    """An error as it was on the other side of a process boundary."""
    return kind(item=item, happened=happened, advice=advice)


class WrongUsage(TawthiqError):
    """The command, its options or its settings cannot be carried out as given."""

    exit_code = 2


class ArchiveMissing(WrongUsage):
    """No archive stands where one was expected."""


class ArchiveBusy(WrongUsage):
    """Another process holds the archive's log."""


class KeyLocked(WrongUsage):
    """Signing is due, the signing key is sealed, and nobody gave its passphrase."""


class WrongPassphrase(WrongUsage):
    """A passphrase does not open what it was given for."""


class EvidenceDiffers(TawthiqError):
    """Preserved evidence or the log is not what the log says it was."""

    exit_code = 1


class UnreadableInput(TawthiqError):
    """An input document, line or file cannot be read as its format demands."""


class UnreadableCapture(TawthiqError):
    """A preserved capture cannot be turned into a page."""


class CaptureFailed(TawthiqError):
    """A source could not be collected: network, server, file system or size."""


class StorageFailed(TawthiqError):
    """The disk refused to keep evidence: full, read-only or failing."""


class BadLexicon(TawthiqError):
    """A vocabulary table breaks its own rules; `item` is file, line and column."""

    exit_code = 2


class AdapterFailed(TawthiqError):
    """An adapter's answer for one document cannot be used; grammar's own reading stands."""


class AdapterUnavailable(WrongUsage):
    """An adapter cannot be used at all: not installed, not allowed by the settings, or nothing answers there."""
