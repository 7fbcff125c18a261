"""The outcome of one check of verification."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `tawthiq verify`: what was checked, whether it holds, and what was found.

    `proves` says in a sentence what a passing check proves, so that nobody reads more into it.
    """

    name: str
    holds: bool
    found: str
    proves: str
