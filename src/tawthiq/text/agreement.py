"""How far two texts agree: the F1 of their words and numbers, counted, order aside.

The measure by which page anatomy is scored (docs/quality.md) and by which a second opinion is compared with ours. Words
are compared folded, so that spelling variants of Arabic letters, case and diacritics are no disagreement; punctuation and
layout are none either.
"""

from collections import Counter

from tawthiq.text.tokens import tokens


def counted_words(text: str) -> Counter[str]:
    """The folded words and numbers of a text with how often each stands in it; marks are left out."""
    return Counter(token.folded for token in tokens(text) if token.kind != "mark")


def token_f1(first: str, second: str) -> float:
    """Token F1 of two texts, 0 to 1 and the same either way round: 1 when neither has a word, 0 when one alone has."""
    ours, theirs = counted_words(first), counted_words(second)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0
