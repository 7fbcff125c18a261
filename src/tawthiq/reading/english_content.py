"""How far reported content reaches in English, and what stands between a reporting verb and it."""

from tawthiq.reading.cues import english_verbs, speech_words
from tawthiq.reading.english_phrases import is_capital, name_before, name_end
from tawthiq.reading.layout import Layout
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Stance

_NAME_QUOTED = 1
_CLOSING = frozenset(  # behind a comma, their -ing forms report anew
    {
        "add",
        "say",
        "warn",
        "accuse",
        "blame",
        "note",
        "call",
        "describe",
        "urge",
        "insist",
        "deny",
        "cite",
        "stress",
        "demand",
    }
)
_LONGEST_ADDRESSEE = 7
_NEAR_QUOTATION = 3  # tokens: "said it "came from ...""


def behind_addressee(layout: Layout, index: int, last: int) -> int:
    """Index behind who was told: "told Reuters", "told the agency", "told reporters"."""
    at = index
    while at < min(last, index + _LONGEST_ADDRESSEE):
        word = layout.words[at]
        known = word in speech_words("en", "addressee")
        if not (
            known
            or is_capital(layout, at)
            or word in ("the", "this", "a", "state", "news", "local", "-", "'", "his", "her")
        ):
            break
        at += 1
        if known and not (at < last and layout.words[at] in speech_words("en", "addressee")):
            break
    return at


def has_clause(layout: Layout, start: int, last: int) -> bool:
    """Whether a clause with a verb of its own starts at `start`, not just adverbials."""
    first = layout.words[start] if start < last else ""
    if is_adverbial_only(layout, start, last) or first.endswith("ing") or first in ("while", "but", "and", "although"):
        return False
    finite = any(_is_finite(layout, index) for index in range(start + 1, last))
    if not finite and name_end(layout, start, last) >= last - 1:
        return False
    if any(index in layout.opens for index in range(start, min(last, start + _NEAR_QUOTATION))):
        return True
    words = [layout.words[index] for index in range(start, last) if layout.within[index] < 0]
    return any(word in speech_words("en", "finite") or word.endswith("ed") for word in words) or len(words) >= 5


def _is_finite(layout: Layout, index: int) -> bool:
    """Whether a word is, or looks like, a finite verb ("attacked", but not "Britain-based")."""
    word = layout.words[index]
    return word in speech_words("en", "finite") or (
        word.endswith("ed") and len(word) > 4 and layout.words[index - 1] != "-"
    )


def is_adverbial_only(layout: Layout, start: int, last: int) -> bool:
    """Whether nothing but a time, an occasion or an aside follows: "said on Thursday in a statement"."""
    if start >= last or layout.tokens[start].kind == "mark":
        return True
    word = layout.words[start]
    if word not in speech_words("en", "time") and word not in speech_words("en", "occasion"):
        return False
    words = layout.words[start : min(last, start + 14)]
    rest = last - start
    finite = any(item in speech_words("en", "finite") for item in words)
    return (rest <= 16 and not finite) or (word in ("in", "by", "via", "during") and not finite)


def content_span(layout: Layout, start: int, last: int) -> Span:
    """The characters of content from token `start`, ended by a participle cue, another report or `last`."""
    end = start
    while end < last:
        if end in layout.opens and end > start:
            end = min(last, max(end + 1, layout.after(layout.opens[end])))
            continue
        if end > start and layout.within[end] < 0 and (layout.words[end] == ";" or _is_new_report(layout, end, last)):
            break
        end += 1
    while end > start + 1 and layout.tokens[end - 1].kind == "mark" and layout.words[end - 1] not in (")", "%"):
        end -= 1
    while (
        start < end and layout.tokens[start].kind == "mark" and start not in layout.opens and layout.words[start] != "("
    ):
        start += 1
    if start >= end:
        return Span(layout.tokens[max(0, end - 1)].end, layout.tokens[max(0, end - 1)].end)
    begin = layout.tokens[start].start
    if start in layout.opens:
        begin = layout.quotations[layout.opens[start]].inner.start
    return Span(begin, max(begin, layout.tokens[end - 1].end))


def _is_new_report(layout: Layout, index: int, last: int) -> bool:
    word = layout.words[index]
    if word == "according" and index + 1 < last and layout.words[index + 1] == "to":
        return True
    cue = english_verbs().get(word)
    if cue is not None and cue.tense == "participle":
        that = index + 1 < last and layout.words[index + 1] in ("that", "out")
        return that or (layout.words[index - 1] == "," and cue.lemma in _CLOSING)
    if word == "and" and index + 1 < last:
        following = english_verbs().get(layout.words[index + 1])
        if following is not None and following.tense in ("past", "present"):
            return following.strength == "speech" or following.stance is Stance.CALLS
    return word in ("but", "while", "and") and layout.words[index - 1] == "," and _reports_soon(layout, index, last)


def _reports_soon(layout: Layout, index: int, last: int) -> bool:
    """Whether another reporting verb with its own subject follows."""
    if layout.words[index + 1 : index + 2] == ("that",):
        return False
    for at in range(index + 2, min(last, index + 14)):
        cue = english_verbs().get(layout.words[at])
        if cue is not None and cue.tense in ("past", "present") and cue.strength == "speech":
            return name_before(layout, index + 1, at) is not None
    return False


def kind_of(layout: Layout, span: Span) -> QuoteKind:
    """Direct when one quotation is the whole content, mixed when one stands inside, else indirect."""
    for number, quotation in enumerate(layout.quotations):
        if quotation.inner.start >= span.start and quotation.inner.end <= span.end + 1:
            if quotation.inner.start == span.start and quotation.inner.end >= span.end:
                return QuoteKind.DIRECT
            if layout.quoted_words(number) > _NAME_QUOTED:
                return QuoteKind.MIXED
    return QuoteKind.INDIRECT
