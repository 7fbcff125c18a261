"""What a report attributes to a source other than its own voice."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.span import Mention, Span


class QuoteKind(StrEnum):
    """How the content is given: all of it in quotation marks, none of it, or part of it."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the speaker does with the content."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ACCUSES = "accuses"
    THREATENS = "threatens"
    CALLS = "calls"
    HEDGES = "hedges"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is named as the source.

    `actor` is a canonical code of lexicon/data/actors.tsv or None; `implicit` marks a null subject ("and added that")
    whose antecedent the mention is.
    """

    mention: Mention
    actor: str | None
    implicit: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One contiguous stretch of content and who is said to have said it.

    `rule` names the rule and lexicon row that found it.
    """

    speaker: Speaker | None
    cue: Mention | None
    content: Span
    kind: QuoteKind
    stance: Stance
    rule: str
