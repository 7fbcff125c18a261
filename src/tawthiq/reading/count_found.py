"""What is found of counts on the way to them: the count with its place, the ruling on its harm, the words around it."""

from dataclasses import dataclass

from tawthiq.reading.marked import Marked
from tawthiq.records.count import Count

PARTS = ("subset", "share", "partitive")
"""Roles of count words that make what follows a part of the count before."""


@dataclass(frozen=True, slots=True)
class CountFound:
    """A count and where it stands: tokens, and the token of the word that gave the harm (-1: the head noun itself)."""

    count: Count
    first: int
    last: int
    harm_at: int
    rule: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The harm of a count, the token of its word, the rule's name, and whether it is part of the count before."""

    harm: str
    at: int
    rule: str
    part: bool = False


def role_at(marked: Marked, at: int) -> str | None:
    """The role of the count word that begins at a token."""
    cue = marked.at("casualty_cues", at)
    return cue.row["role"] if cue else None
