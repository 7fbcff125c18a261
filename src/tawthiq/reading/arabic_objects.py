"""Arabic reporting verbs whose content is a bare noun phrase: "اتهم X القوات بإلقاء", "أدان X الهجوم", "وصف X ما حدث بأنه"."""

from tawthiq.reading.arabic_content import content_from, resume
from tawthiq.reading.arabic_phrases import is_definite, is_source_noun, is_verbal_noun, name_end
from tawthiq.reading.arabic_subjects import Name, subject_before
from tawthiq.reading.cues import Cue, speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.position import Position

_MARKS = frozenset("،,:؛-–—")
_COMMAS = ("،", ",")
_ASIDES = frozenset({"في", "ردا", "بحسب", "وفق", "عبر", "اليوم", "امس", "تعليقا"})
_DEMONSTRATIVES = frozenset({"هذه", "هذا", "تلك", "ما", "اي", "هولاء", "ذلك"})
_FARTHEST = 26
_LONGEST_ASIDE = 14
_ONE_PHRASE = 3
_BLAME = ("مسوول", "المسوول")


def object_frame(position: Position, cue: Cue, subject: Subject) -> tuple[Frame, int] | None:
    """The frame of a verb that takes a noun phrase as content, and where to look on; None when it does not."""
    layout, start = position.layout, position.index + 1
    if not _demands_met(position, cue):
        return None
    speaker: Name | None = None
    if cue.tense != "participle":
        speaker = subject_before(position)
        if speaker is None:
            split = _subject_end(position, start, cue)
            if split > start:
                speaker, start = (start, split), split
    if speaker is None and (cue.strength != "speech" or not (cue.particle or cue.tense == "participle")):
        return None
    while start < position.last - 1 and layout.words[start] in _MARKS:
        start = _past_aside(position, start)
    if start >= position.last:
        return None
    content = content_from(layout, start, position.last)
    if not any(character.isalnum() for character in content.span.of(layout.text)):
        return None
    if speaker and cue.strength == "evidence" and not is_source_noun(layout.words[speaker[0]]):
        return None
    frame = Frame.of(
        (position.index, position.index + 1), speaker, content, cue.stance, f"{cue.at} object", subject=subject
    )
    return frame, resume(layout, content, start)


def _demands_met(position: Position, cue: Cue) -> bool:
    """Whether the words behind the verb hold what it demands beside its object."""
    if not cue.links & {"object", "described", "blame"} or position.index + 1 >= position.last:
        return False
    words = position.layout.words[position.index + 1 : min(position.last, position.index + _FARTHEST)]
    if "described" in cue.links:
        return any(word.startswith(("بان", "بال")) or word == "ب" for word in words)
    return "blame" not in cue.links or any(word.startswith(_BLAME) for word in words)


def _past_aside(position: Position, index: int) -> int:
    """Behind a comma, and behind an aside between commas when one follows at once (، رداً على سؤال،)."""
    layout = position.layout
    if layout.words[index + 1] in _ASIDES:
        for behind in range(index + 2, min(position.last - 1, index + _LONGEST_ASIDE)):
            if layout.words[behind] in _COMMAS:
                return behind + 1
    return index + 1


def _subject_end(position: Position, start: int, cue: Cue) -> int:
    """Where the subject ends and the object begins, both bare noun phrases; `start` when the subject is not named."""
    layout = position.layout
    end = _object_limit(position, start)
    for index in range(start + 1, end):
        if layout.words[index] in _DEMONSTRATIVES or _starts_object(position, start, index):
            return index
        if index in layout.opens and layout.words[index - 1] not in speech_words("ar", "head"):
            return index
    if end >= position.last:
        return start
    if layout.words[end] in _COMMAS:
        return end
    if end - start <= _ONE_PHRASE:
        return start if cue.particle else end
    return start + (end - start) // 2


def _object_limit(position: Position, start: int) -> int:
    """Index of the accusation itself ("بـ" and a verbal noun), else where the noun phrases end."""
    layout = position.layout
    for index in range(start, min(position.last, start + _FARTHEST)):
        word = layout.words[index]
        if word in _COMMAS or word in (".", "؛"):
            return index
        if word[:1] == "ب" and is_verbal_noun(word[1:]):
            return index
    return min(name_end(layout, start, position.last), position.last)


def _starts_object(position: Position, start: int, index: int) -> bool:
    """Whether a second bare noun phrase starts here: a party or a deed, behind a finished first one."""
    word, previous = position.layout.words[index], position.layout.words[index - 1]
    if previous in ("في", "من", "باسم", "علي", "بين") or previous in speech_words("ar", "head"):
        return False
    plural = previous.endswith("ون")
    if index == start + 1 and not is_definite(previous) and not plural:
        return False
    closed = is_definite(previous) or plural or not is_source_noun(previous)
    return closed and word in speech_words("ar", "accused")
