"""Arabic reporting verbs whose content is a bare noun phrase: "اتهم X القوات بإلقاء", "أدان X الهجوم", "وصف X ما حدث بأنه"."""

from tawthiq.reading.arabic_content import content_from, resume
from tawthiq.reading.arabic_phrases import (
    is_definite,
    is_source_noun,
    is_verbal_noun,
    name_end,
    source_use,
    starts_object,
)
from tawthiq.reading.arabic_subjects import Name, is_called_upon, past_addressee, past_aside, subject_before
from tawthiq.reading.cues import Cue, arabic_verbs, speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.position import Position
from tawthiq.records.statement import Stance

_MARKS = frozenset("،,:؛-–—")
_COMMAS = ("،", ",")
_FARTHEST = 26
_LONGEST_ASIDE = 14
_ONE_PHRASE = 3
_NEAR_TOLL = 14
_BLAME = ("مسوول", "المسوول")


def object_frame(position: Position, cue: Cue, subject: Subject) -> tuple[Frame, int] | None:
    """The frame of a verb that takes a noun phrase as content, and where to look on; None when it does not."""
    layout, start = position.layout, position.index + 1
    if not _demands_met(position, cue):
        return None
    speaker: Name | None = None
    if cue.tense != "participle":
        speaker = subject_before(position)
        start = past_addressee(layout, start, position.last) if speaker else start
        split = _subject_end(position, start, cue) if speaker is None else start
        if split > start:
            speaker, start = (start, split), split
    if not _may_stand(position, cue, speaker):
        return None
    if speaker and cue.stance is Stance.DENIES:
        start = past_aside(layout, start, position.last)
    while start < position.last - 1 and layout.words[start] in _MARKS:
        start = _past_aside(position, start)
    start = _claimed(position, start)
    if start >= position.last:
        return None
    content = content_from(layout, start, position.last)
    if not any(character.isalnum() for character in content.span.of(layout.text)):
        return None
    rule = f"{cue.at} object"
    frame = Frame.of((position.index, position.index + 1), speaker, content, cue.stance, rule, subject=subject)
    return frame, resume(layout, content, start)


def _claimed(position: Position, start: int) -> int:
    """Where the claim starts in "نفى ما تداولته صفحات عن قصف السوق": behind عن."""
    layout = position.layout
    if layout.words[start] != "ما" or start + 1 >= position.last or layout.words[start + 1] not in arabic_verbs():
        return start
    for index in range(start + 2, min(position.last - 1, start + _LONGEST_ASIDE)):
        if layout.words[index] in _COMMAS:
            return start
        if layout.words[index] == "عن" or (layout.words[index] == "من" and layout.words[index + 1] == "ان"):
            return index + (1 if layout.words[index] == "عن" else 2)
    return start


def _may_stand(position: Position, cue: Cue, speaker: Name | None) -> bool:
    """Whether the verb may report with this subject, or with none."""
    if speaker is None:
        goes_on = cue.particle or cue.tense == "participle" or position.layout.words[position.index - 1] == "كما"
        return cue.strength == "speech" and bool(goes_on)
    return cue.strength != "evidence" or is_source_noun(position.layout.words[speaker[0]])


def _demands_met(position: Position, cue: Cue) -> bool:
    """Whether the words behind the verb hold what it demands beside its object."""
    start = position.index + 1
    if not cue.links & {"object", "described", "blame", "tally"} or start >= position.last:
        return False
    first = position.layout.words[start]
    passive = (first == "الي" and cue.lemma != "دعا") or (
        cue.tense == "imperfect" and cue.lemma in speech_words("ar", "often_passive")
    )
    if passive or first in speech_words("ar", "silent") or (cue.tense == "participle" and first[:1] == "ب"):
        return False
    words = position.layout.words[start : min(position.last, position.index + _FARTHEST)]
    if "tally" in cue.links:
        return any(word in speech_words("ar", "toll") for word in words[:_NEAR_TOLL])
    if "described" in cue.links:
        return any(word.startswith(("بان", "بال")) or word == "ب" for word in words)
    return "blame" not in cue.links or any(word.startswith(_BLAME) for word in words)


def _past_aside(position: Position, index: int) -> int:
    """Behind a comma, and behind an aside between commas when one follows at once (، رداً على سؤال،)."""
    layout = position.layout
    if layout.words[index + 1] in speech_words("ar", "aside_start") or _describes(position, index):
        for behind in range(index + 2, min(position.last - 1, index + _LONGEST_ASIDE)):
            if layout.words[behind] in _COMMAS:
                return behind + 1
    return index + 1


def _describes(position: Position, comma: int) -> bool:
    """Whether what stands behind the comma tells of the speaker: "، المعترف بها دولياً، قوات ..."; a party follows it."""
    layout, first = position.layout, comma + 1
    if not is_definite(layout.words[first]) or layout.words[first] in speech_words("ar", "accused"):
        return False
    relative = layout.words[first] in speech_words("ar", "relative")
    for behind in range(first + 1, min(position.last - 1, first + _LONGEST_ASIDE)):
        if layout.words[behind] in _COMMAS:
            return relative or layout.words[behind + 1] in speech_words("ar", "accused")
    return False


def _subject_end(position: Position, start: int, cue: Cue) -> int:
    """Where the subject ends and the object begins, both bare noun phrases; `start` when the subject is not named."""
    layout = position.layout
    if not _fits(layout.words[start], cue):
        return start
    end = _object_limit(position, start, cue)
    split = next((index for index in range(start + 1, end) if _splits(position, start, index, cue)), None)
    if split is not None:
        return split
    if end >= position.last:
        return start
    if layout.words[end] in _COMMAS or layout.words[end] in speech_words("ar", "time") or starts_object(layout, end):
        return end
    if end - start <= _ONE_PHRASE:
        return start if cue.particle else end
    return start + (end - start) // 2


def _splits(position: Position, start: int, index: int, cue: Cue) -> bool:
    """Whether the object starts at `index`."""
    layout = position.layout
    if layout.words[index] in speech_words("ar", "demonstrative") or _starts_object(position, start, index):
        return True
    quoted = (
        index in layout.opens
        and layout.words[index - 1] != "ل"
        and layout.words[index - 1] not in speech_words("ar", "head")
    )
    return quoted and "described" not in cue.links and cue.stance is not Stance.CALLS


def _fits(word: str, cue: Cue) -> bool:
    """Whether a noun can be the verb's subject by gender: a thing in the feminine is none of a masculine verb."""
    if word in speech_words("ar", "toll") or is_called_upon(word, cue):
        return False
    feminine = word.startswith("ال") and word.endswith("ه") and not is_source_noun(word)
    return not (feminine and cue.gender == "m" and cue.particle and word not in speech_words("ar", "accused"))


def _object_limit(position: Position, start: int, cue: Cue) -> int:
    """Index of the accusation itself ("بـ" and a verbal noun), else where the noun phrases end."""
    layout = position.layout
    pivots = ("بان", "بال") if "charge" in cue.links else ("بان",)
    for index in range(start, min(position.last, start + _FARTHEST)):
        word = layout.words[index]
        blamed = "blame" in cue.links and word.startswith(_BLAME)
        if blamed or word in _COMMAS or word in (".", "؛"):
            return index
        if index > start and word[:1] == "ب" and (is_verbal_noun(word[1:]) or word.startswith(pivots)):
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
    closed = is_definite(previous) or plural or source_use(previous) in (None, "name", "place")
    return closed and word in speech_words("ar", "accused")
