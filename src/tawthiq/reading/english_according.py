"""Sources that English names without a verb: "according to X, ...", "..., according to X", ", per X"."""

from tawthiq.reading.cues import speech_words
from tawthiq.reading.english_content import content_span, kind_of
from tawthiq.reading.english_phrases import is_name_start, name_end
from tawthiq.reading.frames import Content, Frame, Subject
from tawthiq.reading.position import Position
from tawthiq.records.statement import Stance

SOURCE_PHRASES = {"according": ("according", "to"), "per": ("per",)}
_FEWEST_BEFORE = 3


def according(position: Position) -> list[Frame]:
    """ "..., according to X" and "according to X, ..."; likewise ", per X"."""
    layout, index, last = position.layout, position.index, position.last
    start = index + len(SOURCE_PHRASES[position.word])
    if start >= last or layout.words[index:start] != SOURCE_PHRASES[position.word]:
        return []
    if position.word == "per" and not (
        index > position.first and layout.words[index - 1] == "," and is_name_start(layout, start)
    ):
        return []
    end = name_end(layout, start, last)
    name = (start, end)
    if end <= start:
        return []
    parenthesis = layout.words[index - 1] == "," and layout.words[index - 2] in speech_words("en", "boundary")
    if index <= position.first + 1 or parenthesis:
        at = end
        while at < last and layout.words[at] not in (",", ":"):
            at += 1
        if at + 2 >= last:
            return []
        span = content_span(layout, at + 1, last)
    else:
        if sum(layout.tokens[at].kind != "mark" for at in range(position.floor, index)) < _FEWEST_BEFORE:
            return []
        span = content_span(layout, position.floor, index)
    cue = (index, start)
    return [
        Frame.of(
            cue,
            name,
            Content(span, kind_of(layout, span)),
            Stance.ASSERTS,
            "english according",
            subject=Subject("", ""),
        )
    ]
