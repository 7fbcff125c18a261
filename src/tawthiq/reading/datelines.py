"""Datelines: the place, day and credit before a dispatch's first words, which nobody in the report says.

"BEIRUT, May 30 (Agency) - ...", "بيروت (وكالة) - ...", "رام الله - شبكة الخبر: ...". A dateline opens its line, is short, and
ends in a dash or colon. What marks it: a credit in brackets, a name in capitals, a number, or a word for a medium.
"""

from collections.abc import Sequence

from tawthiq.reading.cues import arabic_verbs, english_verbs, source_nouns, speech_words
from tawthiq.text.tokens import Token

_LONGEST, _LONGEST_CAPITALS = 16, 3  # tokens
_DASHES = frozenset({"-", "–", "—", "ـ", "―"})
_INSIDE = frozenset({"(", ")", "[", "]", ",", "،", "/", ".", "|", "«", "»", '"', ":", *_DASHES})
_FEWEST_BEHIND = 3


def behind_dateline(
    words: Sequence[str], tokens: Sequence[Token], first: int, last: int, outlet: frozenset[str]
) -> int:
    """Index of the first word behind the dateline of the line that starts at token `first`; `first` where none stands.

    `outlet` are the comparison forms of the words in the outlet's own name.
    """
    found = first
    verbs = (arabic_verbs(), english_verbs())
    for index in range(first + 1, min(last - _FEWEST_BEHIND, first + _LONGEST)):
        word = words[index]
        if _ends(words, tokens, index) and _is_dateline(words, tokens, first, index, outlet):
            found = index + 1
        if word in verbs[0] or word in verbs[1] or (tokens[index].kind == "mark" and word not in _INSIDE):
            break
    while first < found < last and words[found] in _DASHES:
        found += 1
    return found


def _ends(words: Sequence[str], tokens: Sequence[Token], index: int) -> bool:
    """Whether a colon, or a dash with space behind and before it, stands at `index`."""
    if words[index] == ":":
        return True
    spaced = tokens[index - 1].end < tokens[index].start or words[index - 1] in (")", "]")
    return words[index] in _DASHES and spaced and tokens[index].end < tokens[index + 1].start


def _is_dateline(words: Sequence[str], tokens: Sequence[Token], first: int, end: int, outlet: frozenset[str]) -> bool:
    """Whether what stands before the dash or colon at `end` is place, day and credit."""
    before = words[first + 1 : end]
    if any(source_nouns("ar").get(word) == "person" for word in before):
        return False
    dash = words[end] in _DASHES
    if tokens[first].kind == "mark" or before.count("(") != before.count(")"):
        return False
    if dash and words[end - 1] in (")", "]"):
        return True
    if tokens[first].text.isupper() and len(tokens[first].text) > 2:
        return dash or end - first <= _LONGEST_CAPITALS
    named = any(_is_medium(word) for word in before) or len(outlet.intersection(before)) > 1
    if words[end] == ":":
        return named and any(word in _DASHES or word in ("/", "|") for word in before)
    return named or any(token.kind == "number" for token in tokens[first + 1 : end])


def _is_medium(word: str) -> bool:
    credit = word in speech_words("ar", "credit") or word in speech_words("en", "credit")
    return credit or source_nouns("ar").get(word) == "media" or source_nouns("en").get(word) == "media"
