"""What another extractor takes for the text of a page: a second opinion, never evidence and never the text that is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The body of a page as `by` (a program and its version) sees it.

    `text` is that program's own wording of the page: it may rewrite, so no span ever points into it. `agreement` is the
    token F1 of `text` and our body, 0 to 1 (text.agreement).
    """

    by: str
    text: str
    agreement: float


@dataclass(frozen=True, slots=True)
class NoOpinion:
    """Why `by` was not asked about a page, or gave no answer."""

    by: str
    reason: str
