"""Statements of the form "source: what it says", as posts, running updates, headlines and interviews print them.

A label stands at the start of a line or of a part of it (behind a bullet, a bar, a time, two dots), is short, and is headed by
a noun that names people or bodies (lexicon/data/{ar,en}/source_nouns.tsv), so that "Aleppo:" or "Tags:" are none. In an
interview a label that comes back is a speaker whatever it says; what ends in a question mark is the outlet's question.
"""

from collections import Counter
from collections.abc import Iterator

from tawthiq.reading.arabic_phrases import source_use
from tawthiq.reading.cues import arabic_verbs, english_verbs, force_nouns, source_nouns, speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.layout import Layout
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Stance

_LONGEST_LABEL = 14
_FEWEST_CONTENT, _FEWEST_SPOKEN = 3, 5
_HEADLINE_LINES = 3
_FEWEST_BELOW = 30  # tokens of text that may tell a headline again
_HEADLINE_REACH = 1_000  # code points; no headline starts further down
_OWN_VOICE = 2  # first words in which "we" and "our" show a quotation without marks
_FEWEST_TURNS = 2  # times a label comes back in an interview
_INITIAL = 1  # letters of a label that only says who asks and who answers (Q, A, س, ج)
_OPEN = Subject("", "")
_INSIDE = frozenset('،,"()؛')
_STOPS = frozenset({".", "!", "…"})
_SPEAKING = frozenset({"person", "body", "media", "name"})
_QUESTIONS = ("?", "؟")


def label_frames(layout: Layout, language: str) -> Iterator[Frame]:
    """The labelled statements of a text, in text order."""
    labels = list(_labels(layout))
    texts = [layout.words[start:colon] for start, colon in labels]
    turns = Counter(texts) if _is_interview(layout, labels) else Counter()
    for number, (start, colon) in enumerate(labels):
        known = _is_source(layout, start, colon, language)
        answer = not known and turns[texts[number]] >= _FEWEST_TURNS and layout.starts_line(start)
        if not (known or answer) or _is_dateline(layout, colon):
            continue
        last = min(layout.line_end(colon), labels[number + 1][0] if number + 1 < len(labels) else len(layout.words))
        frame = _frame(layout, start, colon, last, language, answer=answer)
        if frame:
            yield frame


def _is_dateline(layout: Layout, colon: int) -> bool:
    """Whether the sentence starts behind the colon, because what stands before is a dateline."""
    return layout.starts_sentence(colon + 1) and not layout.starts_line(colon + 1)


def _labels(layout: Layout) -> Iterator[tuple[int, int]]:
    """Every short phrase before a colon that could be a label: where it starts, and the colon."""
    for colon in range(1, len(layout.words) - 1):
        if layout.words[colon] == ":" and layout.within[colon] < 0:
            start = _label_start(layout, colon)
            if start is not None and start < colon:
                yield start, colon


def _label_start(layout: Layout, colon: int) -> int | None:
    """Where the label before a colon starts; None when what stands there is no label."""
    index = colon - 1
    while index > colon - 1 - _LONGEST_LABEL and index >= 0:
        if layout.within[index] >= 0:
            index = layout.index_at(layout.quotations[layout.within[index]].outer.start) - 1
            continue
        inside = layout.words[index] in ("(", ")") or _joins(layout, index)
        if layout.tokens[index].kind != "word" and not inside:
            return index + 1 if layout.words[index] not in _INSIDE else None
        if layout.starts_line(index):
            return index
        index -= 1
    return None


def _joins(layout: Layout, index: int) -> bool:
    """Whether a hyphen or apostrophe stands inside a name, without space on either side."""
    if layout.words[index] not in ("-", "'", "’") or not 0 < index < len(layout.tokens) - 1:
        return False
    before, mark, behind = layout.tokens[index - 1 : index + 2]
    return before.end == mark.start and mark.end == behind.start


def _is_interview(layout: Layout, labels: list[tuple[int, int]]) -> bool:
    """Whether labelled lines, or lines of their own, ask questions."""
    asked = 0
    for start, colon in labels:
        end = layout.line_end(colon)
        asked += layout.starts_line(start) and layout.words[end - 1] in _QUESTIONS
    return asked >= _FEWEST_TURNS


def _is_source(layout: Layout, start: int, colon: int, language: str) -> bool:
    words = layout.words[start:colon]
    verbs = arabic_verbs() if language == "ar" else english_verbs()
    alone = len(words) == 1 and words[0] in speech_words(language, "no_label")
    nouns = speech_words(language, "also_noun")
    if any(word in verbs and word not in nouns for word in words) or alone:
        return False
    if language == "ar":
        use = source_use(words[0])
        if use == "document":  # "بيان الصحة:" (statement of the health ministry)
            use = source_use(words[1]) if len(words) > 1 else None
        return use in _SPEAKING
    uses = {source_nouns("en").get(word) for word in words}
    return layout.tokens[start].text[:1].isupper() and not uses.isdisjoint(_SPEAKING)


def _frame(layout: Layout, start: int, colon: int, last: int, language: str, *, answer: bool) -> Frame | None:
    first = colon + 1
    if layout.starts_line(first) and not answer:
        first, last = _listed(layout, first)
    if last - first < _FEWEST_CONTENT or layout.starts_line(first) or layout.words[last - 1] in _QUESTIONS:
        return None
    if _is_headline(layout, start) or _is_entry(layout, start, first, language):
        return None
    if first in layout.opens:
        content, kind = layout.quotations[layout.opens[first]].inner, QuoteKind.DIRECT
    else:
        end = _content_end(layout, first, last)
        content = Span(layout.tokens[first].start, layout.tokens[end - 1].end)
        own = any(_is_own_voice(word, language) for word in layout.words[first : first + _OWN_VOICE])
        kind = QuoteKind.DIRECT if own or answer else QuoteKind.INDIRECT
    name = None if answer and colon - start == 1 and len(layout.words[start]) == _INITIAL else (start, colon)
    return Frame(
        cue=(colon, colon + 1), speaker=name, content=content, kind=kind, stance=Stance.ASSERTS,
        subject=_OPEN, rule=f"{language}/source_nouns.tsv {'answer' if answer else 'label'}", answers=answer,
    )  # fmt: skip


def _listed(layout: Layout, first: int) -> tuple[int, int]:
    """The list below a label that ends its line: from behind its first bullet to the end of its last entry."""
    end = first
    while end < len(layout.words) and _is_bullet(layout, end) and (end == first or not layout.starts_paragraph(end)):
        end = layout.line_end(end)
    return (first + 1, end) if end > first else (first, first)


def _is_bullet(layout: Layout, index: int) -> bool:
    token = layout.tokens[index]
    return token.kind == "mark" and index not in layout.opens and layout.starts_line(index)


def _is_own_voice(word: str, language: str) -> bool:
    if language == "ar":
        return word.endswith("نا") and len(word) > 3
    return word in ("we", "i", "our", "my", "us")


def _is_headline(layout: Layout, start: int) -> bool:
    at = layout.starts[start]
    if not layout.starts_line(start) and layout.words[start - 1] != ".":
        return False
    told_below = len(layout.words) - layout.line_end(start) >= _FEWEST_BELOW
    return told_below and at < _HEADLINE_REACH and layout.text.count("\n", 0, at) < _HEADLINE_LINES


def _is_entry(layout: Layout, start: int, first: int, language: str) -> bool:
    """Whether the label heads a list's entry: a party, and how many it killed or lost."""
    head = layout.words[start].removeprefix("ال")
    if force_nouns(language).isdisjoint((head, layout.words[start])):
        return False
    return layout.tokens[first].kind == "number" or layout.words[first].endswith("ت")


def _content_end(layout: Layout, first: int, last: int) -> int:
    """Behind the last token of the labelled content: the line's end, or two dots that part a headline."""
    for index in range(first + 1, last - 1):
        if layout.words[index] == "." and layout.words[index + 1] == ".":
            return index
    while last > first + 1 and (layout.tokens[last - 1].kind == "mark" and layout.words[last - 1] not in (")", "%")):
        last -= 1
    return last
