"""People whom a text introduces before they speak: "امرأة في الثلاثين تعدّ ... تقول إن", "Jan Doe waits ... She says".

A report without a subject, before anyone has spoken, belongs to the nearest person named shortly before who agrees with it.
"""

from tawthiq.reading import arabic_phrases, english_phrases
from tawthiq.reading.cues import source_nouns
from tawthiq.reading.frames import Subject
from tawthiq.reading.layout import Layout

_FARTHEST = 60  # tokens
_FEWEST_CAPITALS = 2


def introduced(layout: Layout, before: int, subject: Subject, language: str) -> tuple[int, int] | None:
    """The name of the person introduced last before token `before`; None when no one fits."""
    for index in range(before - 1, max(-1, before - _FARTHEST - 1), -1):
        found = _arabic(layout, index, before, subject) if language == "ar" else _english(layout, index, before)
        if found is not None:
            return found
    return None


def _arabic(layout: Layout, index: int, before: int, subject: Subject) -> tuple[int, int] | None:
    word = layout.words[index]
    if source_nouns("ar").get(word) != "person" or layout.within[index] >= 0:
        return None
    feminine = word.endswith(("ه", "ات")) or word == "ام"
    plural = word.endswith(("ون", "ين", "ات"))
    if (subject.number == "s" and plural) or (subject.gender and (subject.gender == "f") != feminine and not plural):
        return None
    end = arabic_phrases.name_end(layout, index, before)
    return (index, end) if end > index else None


def _english(layout: Layout, index: int, before: int) -> tuple[int, int] | None:
    """A name of two capitalised words or more that opens its sentence, or a source noun that does."""
    if not layout.starts_sentence(index):
        return None
    end = index
    while end < before and english_phrases.is_capital(layout, end):
        end += 1
    if end - index >= _FEWEST_CAPITALS:
        return index, end
    alone = source_nouns("en").get(layout.words[index]) == "person" and layout.words[index].endswith("s")
    return (index, index + 1) if alone else None
