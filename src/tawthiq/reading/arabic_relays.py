"""Nested sources of Arabic: "نقل المرصد عن مصادر قولها إن ...": the content belongs to the source behind عن."""

from dataclasses import replace

from tawthiq.reading.arabic_content import content_from, resume
from tawthiq.reading.arabic_phrases import is_verbal_noun, name_end, source_use
from tawthiq.reading.arabic_subjects import find_subject
from tawthiq.reading.cues import Cue, speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position

_FARTHEST_FROM = 16
_FARTHEST_CONTENT = 14


def relayed_frame(position: Position, cue: Cue) -> tuple[Frame, int] | None:
    """The frame of a verb that passes on what another source said, and where to look on; None when it does not."""
    layout = position.layout
    pivots = ("من",) if "learn" in cue.links else ("عن", "عنه", "عنها")
    start = _behind_from(position, pivots)
    if start is None:
        return None
    if layout.words[start - 1] != pivots[0]:
        return _with_content(position, cue, None, start)
    end = name_end(layout, start, position.last)
    sayings = speech_words("ar", "saying")
    end = next((at for at in range(start + 1, end) if layout.words[at] in sayings), end)
    return _with_content(position, cue, (start, end), end) if end > start else None


def _behind_from(position: Position, pivots: tuple[str, ...]) -> int | None:
    """Index behind عن (or "عنه": from him) or من that belongs to the verb; None when a clause ends first."""
    layout = position.layout
    for index in range(position.index + 1, min(position.last - 1, position.index + _FARTHEST_FROM)):
        if layout.words[index] in pivots and layout.within[index] < 0:
            return index + 1
        if layout.words[index] in (".", "؛", "الي"):
            return None
    return None


def _with_content(position: Position, cue: Cue, name: tuple[int, int] | None, behind: int) -> tuple[Frame, int] | None:
    layout = position.layout
    start, colon = _content_start(layout, behind, position.last)
    if start is None or start >= position.last:
        return None
    content = content_from(layout, start, position.last, colon=colon)
    frame = Frame.of((position.index, position.index + 1), name, content, cue.stance, f"{cue.at} relay")
    relayer = find_subject(position, cue, behind)
    if relayer is None:
        frame = replace(frame, aside=not cue.object)
    elif source_use(layout.words[relayer[0]]) in ("person", "body", "name"):
        frame = replace(frame, relayer=relayer, subject=Subject(cue.gender, cue.number))
    return frame, resume(layout, content, start)


def _content_start(layout: Layout, behind: int, last: int) -> tuple[int | None, bool]:
    """Where content starts behind the source's name, and whether a colon opens it."""
    sayings = speech_words("ar", "saying")
    for index in range(behind, min(last, behind + _FARTHEST_CONTENT)):
        word = layout.words[index]
        if word in speech_words("ar", "that"):
            return index + 1, False
        if word in speech_words("ar", "that_subject") or index in layout.opens:
            return index, False
        if word == ":":
            return index + 1, index + 1 not in layout.opens
        if is_verbal_noun(word) and word not in sayings:
            return index, False
    return None, False
