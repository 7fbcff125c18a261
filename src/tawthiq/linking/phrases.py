"""Phrases of vocabulary tables found in short stretches of a text, each with its exact characters.

A stretch is folded (text/folding.py) and searched once for all phrases of a table, longest first, as whole words; Arabic
conjunctions and prepositions written onto a word are left out of what is found.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, TypeVar

from tawthiq.records.span import Mention, Span
from tawthiq.text.folding import fold, fold_with_map

Meaning = TypeVar("Meaning")
_CLITICS = "(?:[وف]?[بلك]?)"


def _past_marks(text: str, end: int) -> int:
    """`end` moved behind the diacritics that belong to the character before it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


class Phrases(Generic[Meaning]):
    """The phrases of a table and what each means; a phrase that stands twice keeps its first meaning."""

    def __init__(self, forms: Iterable[tuple[str, Meaning]]) -> None:
        self._meanings: dict[str, Meaning] = {}
        for form, meaning in forms:
            self._meanings.setdefault(" ".join(fold(form).split()), meaning)
        longest_first = sorted(self._meanings, key=lambda form: (-len(form), form))
        words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
        self._pattern = re.compile(rf"(?<!\w){_CLITICS}({words})(?!\w)")

    def within(self, text: str, span: Span) -> list[tuple[Mention, Meaning]]:
        """The phrases that stand in the characters `span` of `text`, in text order; none overlap."""
        stretch = span.of(text)
        if not self._pattern.search(fold(stretch)):
            return []
        folded = fold_with_map(stretch)
        found = []
        for match in self._pattern.finditer(folded.text):
            at = folded.original(*match.span(1)).shifted(span.start)
            mention = Mention.at(text, at.start, _past_marks(text, at.end))
            found.append((mention, self._meanings[" ".join(match[1].split())]))
        return found

    def first(self, text: str) -> Meaning | None:
        """What the first phrase in `text` means; None where there is none."""
        match = self._pattern.search(fold(text))
        return self._meanings[" ".join(match[1].split())] if match else None
