"""Statements of the form "source: what it says", as posts and running updates print them.

A label stands at the start of a line or of a part of it (behind a bullet, a bar, two dots), is short, and is headed by a
noun that names people or bodies (lexicon/data/{ar,en}/source_nouns.tsv); so "Aleppo:" or "Tags:" are none. The first
lines are left out: a headline's label is told again below, and a number behind a label is a list's entry.
"""

from collections.abc import Iterator

from tawthiq.reading.arabic_phrases import is_source_noun
from tawthiq.reading.cues import arabic_verbs, english_verbs, source_nouns, speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.layout import Layout
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Stance

_LONGEST_LABEL = 7
_FEWEST_CONTENT = 3
_HEADLINE_LINES = 3
_HEADLINE_REACH = 1_000  # code points; no headline starts further down
_OWN_VOICE = 2  # first words in which "we" and "our" show a quotation without marks
_OPEN = Subject("", "")
_INSIDE = frozenset('،,:"()؛')


def label_frames(layout: Layout, language: str) -> Iterator[Frame]:
    """The labelled statements of a text, in text order."""
    for colon in range(1, len(layout.words) - 1):
        if layout.words[colon] != ":" or layout.within[colon] >= 0:
            continue
        start = _label_start(layout, colon)
        if start is not None and _is_source(layout, start, colon, language):
            frame = _frame(layout, start, colon, language)
            if frame:
                yield frame


def _label_start(layout: Layout, colon: int) -> int | None:
    """Where the label before a colon starts; None when what stands there is no label."""
    for index in range(colon - 1, max(-1, colon - 1 - _LONGEST_LABEL), -1):
        if layout.tokens[index].kind != "word" and layout.words[index] not in ("(", ")"):
            return index + 1 if index + 1 < colon and layout.words[index] not in _INSIDE else None
        if layout.starts_line(index):
            return index
    return None


def _is_source(layout: Layout, start: int, colon: int, language: str) -> bool:
    words = layout.words[start:colon]
    verbs = arabic_verbs() if language == "ar" else english_verbs()
    if any(word in verbs for word in words) or words[0] in speech_words(language, "no_label"):
        return False
    if language == "ar":
        return is_source_noun(words[0]) and source_nouns("ar").get(words[0].removeprefix("ال")) != "document"
    return layout.tokens[start].text[:1].isupper() and any(word in source_nouns("en") for word in words)


def _frame(layout: Layout, start: int, colon: int, language: str) -> Frame | None:
    first, last = colon + 1, layout.line_end(colon)
    at = layout.starts[start]
    headline = at < _HEADLINE_REACH and layout.text.count("\n", 0, at) < _HEADLINE_LINES
    if last - first < _FEWEST_CONTENT or layout.starts_line(first) or headline or layout.tokens[first].kind == "number":
        return None
    if first in layout.opens:
        content, kind = layout.quotations[layout.opens[first]].inner, QuoteKind.DIRECT
    else:
        end = _content_end(layout, first, last)
        own = any(word.endswith("نا") for word in layout.words[first : first + _OWN_VOICE])
        content = Span(layout.tokens[first].start, layout.tokens[end - 1].end)
        kind = QuoteKind.DIRECT if own and language == "ar" else QuoteKind.INDIRECT
    return Frame(
        cue=(colon, colon + 1), speaker=(start, colon), content=content, kind=kind, stance=Stance.ASSERTS,
        subject=_OPEN, rule=f"{language}/source_nouns.tsv label",
    )  # fmt: skip


def _content_end(layout: Layout, first: int, last: int) -> int:
    """Behind the last token of the labelled content: the line's end, or two dots that part a headline."""
    for index in range(first + 1, last - 1):
        if layout.words[index] == "." and layout.words[index + 1] == ".":
            return index
    while last > first + 1 and layout.words[last - 1] in (".", "،"):
        last -= 1
    return last
