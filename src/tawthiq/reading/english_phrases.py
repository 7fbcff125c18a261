"""Where an English speaker's name starts and ends: the noun phrase before "said", or behind "said" and "according to".

Punctuation may be missing altogether (dispatches copied without commas), so capitals, determiners and source nouns decide.
"""

from tawthiq.reading.cues import english_verbs, source_nouns, speech_words
from tawthiq.reading.layout import Layout

LONGEST_NAME = 18
_LONGEST_RELATIVE = 12
_NAME_MARKS = frozenset("-'’.&")


def is_capital(layout: Layout, index: int) -> bool:
    """Whether the word at `index` begins with a capital letter."""
    return layout.tokens[index].kind == "word" and layout.tokens[index].text[:1].isupper()


def is_name_start(layout: Layout, index: int) -> bool:
    """Whether a speaker's name can start at the token: a capital, a determiner or a pronoun."""
    word = layout.words[index]
    return is_capital(layout, index) or word in speech_words("en", "determiner") or is_pronoun(word)


def is_pronoun(word: str) -> bool:
    """Whether a word is a subject pronoun that needs an antecedent."""
    return any(word in speech_words("en", f"pronoun_{kind}") for kind in "mfnp")


def name_before(layout: Layout, first: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends before token `end`: adverbs and auxiliaries taken off; None when none ends there."""
    end = _before_day(layout, first, _before_adverbs(layout, first, end))
    if layout.words[max(first, end - 3) : end] in (
        ("for", "its", "part"),
        ("for", "his", "part"),
        ("for", "her", "part"),
    ):
        end -= 3
    if end > first and layout.words[end - 1] == ",":
        return _with_apposition(layout, first, end)
    if end > first and layout.words[end - 1] in ("who", "which"):
        end -= 1
        if end > first and layout.words[end - 1] == ",":
            end -= 1
    relative = _relative_before(layout, first, end)
    start = _start_before(layout, first, end if relative is None else relative)
    if start == end - 1 and layout.words[start] in ("a", "an", "the"):
        return None
    return (start, end) if start < (end if relative is None else relative) else None


def is_quoted_adverb(layout: Layout, number: int) -> bool:
    """Whether a quotation holds one adverb only: 'The army "categorically" denied'."""
    inner = layout.quotations[number].inner.of(layout.text).strip()
    return layout.quoted_words(number) == 1 and inner.isalpha() and inner.endswith("ly")


def _before_adverbs(layout: Layout, first: int, end: int) -> int:
    """Where the adverbs start that stand before token `end`, one in quotation marks included."""
    while end > first:
        number = layout.within[end - 1]
        if number >= 0 and is_quoted_adverb(layout, number):
            end = layout.index_at(layout.quotations[number].outer.start)
        elif layout.words[end - 1] in speech_words("en", "adverb"):
            end -= 1
        else:
            break
    return end


def _before_day(layout: Layout, first: int, end: int) -> int:
    """Where a time starts that stands between a name and its verb: "Russia on Wednesday", "the envoy today"."""
    at = end
    while at > first and layout.words[at - 1] in speech_words("en", "time"):
        at -= 1
    alone = end - at == 1 and is_capital(layout, at) and layout.words[at] not in speech_words("en", "weekday")
    return end if at == first or alone else at


def _relative_before(layout: Layout, first: int, end: int) -> int | None:
    """Where "who ..." starts in "a doctor who asked not to be named said"; None when no such clause stands before `end`."""
    for index in range(end - 2, max(first, end - _LONGEST_RELATIVE) - 1, -1):
        if layout.words[index] == "who" and index > first:
            return index
        if layout.tokens[index].kind == "mark" and layout.words[index] not in _NAME_MARKS:
            return None
    return None


def _with_apposition(layout: Layout, first: int, end: int) -> tuple[int, int] | None:
    """ "X, head of the group, said": the name before the comma that opens the apposition, up to the verb."""
    for index in range(end - 2, max(first, end - 16) - 1, -1):
        if layout.words[index] == ",":
            start = _start_before(layout, first, index)
            return (start, end - 1) if start < index else None
    return None


def _start_before(layout: Layout, first: int, end: int) -> int:
    """Where the noun phrase that ends before `end` starts."""
    if end <= first or layout.tokens[end - 1].kind != "word":
        return end
    if is_pronoun(layout.words[end - 1]):
        return end - 1
    index = end
    farthest = max(first, end - LONGEST_NAME)
    while index > farthest and _belongs(layout, index - 1, end):
        index -= 1
        if layout.words[index] in speech_words("en", "determiner") and not _is_linked(layout, first, index):
            if layout.words[index] in source_nouns("en"):
                return _modified(layout, farthest, index)
            if _joins_plural(layout, first, index):
                return index - 2
            return _behind_day(layout, _name_before_title(layout, farthest, index), end)
    while index < end and (layout.words[index] in speech_words("en", "joiner") and layout.words[index] != "the"):
        index += 1
    return _behind_day(layout, index, end)


def _joins_plural(layout: Layout, first: int, index: int) -> bool:
    """Whether "residents and" stands before a determiner and opens its clause: "..., residents and a doctor said"."""
    if index - 2 < first or layout.words[index - 1] != "and" or layout.words[index - 2] not in source_nouns("en"):
        return False
    return layout.words[index - 2].endswith("s") and (index - 2 == first or layout.words[index - 3] in (",", "."))


def _behind_day(layout: Layout, index: int, end: int) -> int:
    """Index behind a day that opens the clause: "On Wednesday the minister said"."""
    at = index
    while at < end - 1 and layout.words[at] in speech_words("en", "time") and layout.words[at] not in ("this", "last"):
        at += 1
    return at if at < end else index


def _modified(layout: Layout, farthest: int, index: int) -> int:
    """Where "police and medical officials" starts when only the plural noun was certain."""
    while index > farthest and (
        layout.words[index - 1] in speech_words("en", "modifier")
        or (
            layout.words[index - 1] == "and" and index - 2 >= farthest and layout.words[index - 2] in source_nouns("en")
        )
        or (layout.words[index - 1] in source_nouns("en") and layout.words[index] == "and")
    ):
        index -= 1
    return index


def _name_before_title(layout: Layout, farthest: int, index: int) -> int:
    """ "Jan Egeland the UN envoy said": where the capitals before an apposition without comma start, if they open a clause."""
    start = index
    while (
        start > farthest
        and layout.within[start - 1] < 0
        and (is_capital(layout, start - 1) or (layout.words[start - 1] == "." and len(layout.words[start - 2]) == 1))
    ):
        start -= 1
    opens = start == farthest or layout.within[start - 1] >= 0 or layout.words[start - 1] in (",", ".")
    return start if index - start >= 2 and opens else index


def _belongs(layout: Layout, index: int, end: int) -> bool:
    """Whether the token before a phrase can be part of it."""
    word, token = layout.words[index], layout.tokens[index]
    if layout.within[index] >= 0:
        return layout.quoted_words(layout.within[index]) <= 3
    if token.kind == "mark":
        return word in _NAME_MARKS and index + 1 < end
    noun = word in speech_words("en", "also_noun")
    if word in english_verbs() and not is_capital(layout, index) and not noun:
        return False
    if word in speech_words("en", "boundary") and word != "and":
        return False
    if word == "and":
        return index + 1 < end and (is_capital(layout, index - 1) or layout.words[index - 1] in source_nouns("en"))
    return word not in speech_words("en", "finite")


def _is_linked(layout: Layout, first: int, index: int) -> bool:
    """Whether the phrase before a determiner carries on the name: "a spokesman for the coalition"."""
    if index - 2 < first or layout.words[index - 1] not in speech_words("en", "linking"):
        return False
    before = layout.words[index - 2]
    return before in source_nouns("en")


def name_end(layout: Layout, first: int, limit: int) -> int:
    """Index behind the noun phrase that starts at `first`, at most at `limit`; commas end it."""
    index = first
    limit = min(limit, first + LONGEST_NAME)
    if index < limit and is_pronoun(layout.words[index]):
        return index + 1
    while index < limit:
        word = layout.words[index]
        if layout.tokens[index].kind == "mark" and word not in _NAME_MARKS:
            break
        if word == "." and (
            index + 1 >= limit or not is_capital(layout, index - 1) or len(layout.words[index - 1]) > 3
        ):
            break
        if index > first and (
            word in ("who", "which", "that", "but", "while", "adding", "citing") or word in speech_words("en", "finite")
        ):
            break
        if index > first and word in speech_words("en", "time") and word not in ("this", "last"):
            break
        index += 1
    return index
