"""Who an Arabic reporting verb names: behind the verb (قال X إن), or before it (X يؤكد أن, قائد قال إن)."""

from tawthiq.reading.arabic_phrases import is_definite, is_source_noun, is_verbal_noun, name_end, source_use
from tawthiq.reading.cues import Cue, arabic_sources, source_nouns, speech_words
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position
from tawthiq.records.statement import Stance

Name = tuple[int, int]
FARTHEST_BEFORE = 24
_LONGEST_ASIDE = 5
_FARTHEST_RELATIVE = 8
_INSIDE_NAMES = frozenset("()/ـ-")


def find_subject(position: Position, cue: Cue, limit: int) -> Name | None:
    """The named subject of the cue, as a token range; behind the verb it ends before `limit`."""
    if cue.tense == "participle":
        return None
    layout = position.layout
    sure = _topic(position, cue) or _source_behind(position, cue, limit)
    if sure:
        return sure
    before = subject_before(position) if not cue.particle else None
    if before and (
        is_source_noun(layout.words[before[0]]) or layout.words[position.index - 1] in speech_words("ar", "auxiliary")
    ):
        return before
    start = past_aside(layout, past_addressee(layout, position.index + 1, limit), limit)
    start = past_addressee(layout, start, limit)
    end = _up_to_opener(layout, name_end(layout, start, limit), limit)
    if start < end and _is_nominal(layout, start) and _agrees(layout, start, cue):
        return start, end
    return before if before or cue.particle else subject_before(position)


def _source_behind(position: Position, cue: Cue, limit: int) -> Name | None:
    """A source named at once behind a verb of saying: it speaks, whatever stands before the verb."""
    layout, start = position.layout, position.index + 1
    if cue.stance is Stance.CALLS or start >= limit or cue.links & {"object", "described", "blame"}:
        return None
    word = layout.words[start]
    if source_use(word) not in ("person", "body", "name") or word[:1] in ("ل", "ب") or not _agrees(layout, start, cue):
        return None
    end = _up_to_opener(layout, name_end(layout, start, limit), limit)
    return (start, end) if end > start else None


def _up_to_opener(layout: Layout, end: int, limit: int) -> int:
    """The end of a name, its last word taken in where only that stands before the opener of what is said.

    Family names are often verbal nouns: "غسان سلامة إن" (Ghassan Salameh that ...).
    """
    named = limit - end == 1 and layout.tokens[end].kind == "word" and limit < len(layout.words)
    opened = named and layout.words[limit] in speech_words("ar", "that")
    return limit if opened and is_verbal_noun(layout.words[end]) else end


def who_calls(position: Position, cue: Cue, name: Name) -> Name | None:
    """Who calls in "دعت المنظمة الأطراف إلى": the name up to the party called upon; None when only that party is named."""
    layout = position.layout
    for index in range(name[0] + 1, name[1]):
        previous = layout.words[index - 1]
        inside = previous in speech_words("ar", "complement") or (index > name[0] + 1 and not is_definite(previous))
        word = layout.words[index]
        called = word in speech_words("ar", "called") or (word.startswith("ال") and word.endswith("ين"))
        if called and not inside and is_definite(previous):
            return name[0], index
    return None if is_called_upon(layout.words[name[0]], cue) else name


def is_called_upon(word: str, cue: Cue) -> bool:
    """Whether a noun behind "ودعا", "وناشد" is the party called upon, the speaker being the one of the sentence before."""
    called = cue.stance is Stance.CALLS and bool(cue.particle) and cue.lemma != "طالب"
    return called and word in speech_words("ar", "called") and word != "مجلس"


def _topic(position: Position, cue: Cue) -> Name | None:
    """The noun phrase behind أما in "أما X، عضو الحزب، فقال" (as for X, he said)."""
    layout = position.layout
    resumes = cue.particle == "ف" or layout.words[position.index - 1] == "فقد"
    if not resumes or position.index + 1 >= position.last or is_source_noun(layout.words[position.index + 1]):
        return None
    for index in range(position.index - 1, max(position.first, position.index - FARTHEST_BEFORE) - 1, -1):
        if layout.words[index] in ("اما", "واما"):
            end = name_end(layout, index + 1, position.index, split_verbal=False)
            return (index + 1, end) if end > index + 1 else None
    return None


def sentence_subject(position: Position) -> Name | None:
    """Whom the sentence is about, for a participle that reports with no speaker before it; None when that is not a source."""
    layout = position.layout
    index = position.first
    skipped = speech_words("ar", "opener") | speech_words("ar", "time") | speech_words("ar", "aside")
    while index < position.index and (layout.words[index] in skipped or layout.tokens[index].kind == "mark"):
        index += 1
    for start in (index, index + 1):
        if start < position.index and _may_speak(layout, start):
            end = name_end(layout, start, position.index)
            return (start, end) if end > start else None
    return None


def _may_speak(layout: Layout, index: int) -> bool:
    word = layout.words[index]
    return is_source_noun(word) or word in speech_words("ar", "accused")


def _agrees(layout: Layout, index: int, cue: Cue) -> bool:
    """Whether a noun behind the verb can be its subject.

    A feminine verb takes no definite masculine party; an accusative ("المواطنين", "صحفياً") is an object.
    """
    word = layout.words[index]
    if (word.startswith("ال") and word.endswith("ين") and len(word) > 6) or layout.tokens[index].text.endswith(
        ("اً", "ًا")
    ):
        return False
    if cue.gender == "f" and word in speech_words("ar", "masculine"):
        return False
    masculine = word.startswith("ال") and not word.endswith(("ه", "ات", "ا", "ي"))
    return not (cue.gender == "f" and cue.number == "s" and masculine and word in speech_words("ar", "accused"))


def past_aside(layout: Layout, index: int, limit: int) -> int:
    """Index behind a time or "من جهته" (for his part) between a verb and its subject."""
    skipped = (speech_words("ar", "time") | speech_words("ar", "aside")) - speech_words("ar", "time_preposition")
    start = index
    while index < limit and index - start < _LONGEST_ASIDE and layout.words[index] in skipped:
        if layout.words[index] == "من" and not layout.words[index + 1].startswith("جه"):
            break
        index += 1
    return index


def _is_nominal(layout: Layout, index: int) -> bool:
    if index in layout.opens:
        return True
    return layout.tokens[index].kind == "word" and layout.words[index] not in speech_words("ar", "not_a_name")


def past_addressee(layout: Layout, index: int, limit: int) -> int:
    """Index behind "لـ"الوطن"" or "للصحيفة" (who was told) between a verb and its subject."""
    if index >= limit:
        return index
    word = layout.words[index]
    if word == "ل" and index + 1 in layout.opens:
        return layout.after(layout.opens[index + 1])
    if (
        word in ("لنا", "لي")
        or word.startswith("لل")
        or (word.startswith("ل") and word.endswith("نا") and len(word) > 5)
    ):
        return index + 1
    if not word.startswith("ل") or len(word) <= 3:
        return index
    if word not in speech_words("ar", "lam") and source_use(word[1:]) == "person" and word not in source_nouns("ar"):
        end = name_end(layout, index + 1, limit)
        return max(index + 1, end)
    stem = word[2:] if word.startswith("لل") else word[1:]
    return _past_outlet(layout, index, limit, stem) if stem in speech_words("ar", "addressee") else index


def _past_outlet(layout: Layout, index: int, limit: int, stem: str) -> int:
    if index + 1 in layout.opens:
        return layout.after(layout.opens[index + 1])
    if is_definite(layout.words[index]) or stem.endswith("نا"):
        return index + 1
    return name_end(layout, index + 1, min(limit, index + 3))


def subject_before(position: Position) -> Name | None:
    """The noun phrase before the verb, when the clause starts with it: "لكن مسؤولاً في القوات نفى"."""
    layout, end = position.layout, position.index
    relative = speech_words("ar", "relative")
    while end > position.first and (
        layout.words[end - 1] in speech_words("ar", "auxiliary") or layout.words[end - 1] in relative
    ):
        end -= 1
    before = layout.words[end - 1] if end > position.first else ""
    if before in speech_words("ar", "contrast"):
        return None
    if end < position.index and layout.words[end] in relative:
        after_comma = before in ("،", ",") and end > position.first + 1
        return _before_comma(position, end - 1) if after_comma else _embedded(layout, _clause_start(position, end), end)
    return _opening_name(layout, _clause_start(position, end), end)


def _opening_name(layout: Layout, start: int, end: int) -> Name | None:
    """The name that the clause `start`..`end` opens with, or the source that a clause opening with a verb holds."""
    if start >= end or not _is_nominal(layout, start):
        return None
    stop = name_end(layout, start, end, split_verbal=False)
    if _opens_with_verb(layout, start, end) or (stop < end and not is_source_noun(layout.words[start])):
        return _embedded(layout, start, end)
    return (start, stop) if stop > start else None


def _before_comma(position: Position, comma: int) -> Name | None:
    """The name before ", الذي يؤكد" (..., which affirms): the last source noun before the comma and what belongs to it."""
    layout = position.layout
    for index in range(comma - 1, max(position.first, comma - _FARTHEST_RELATIVE) - 1, -1):
        if is_source_noun(layout.words[index]) and name_end(layout, index, comma) == comma:
            return index, comma
    return None


def _clause_start(position: Position, end: int) -> int:
    """The first word of the clause that ends before `end`, openers such as لكن and times such as أمس left out."""
    layout = position.layout
    start = end
    farthest = max(position.first, end - FARTHEST_BEFORE)
    while start > farthest and not _breaks_clause(layout, start - 1):
        start -= 1
    skipped = speech_words("ar", "opener") | speech_words("ar", "time")
    while start < end and (layout.words[start] in skipped or layout.words[start] in arabic_sources()):
        start += 1
    return start


def _breaks_clause(layout: Layout, index: int) -> bool:
    word = layout.words[index]
    if index in layout.opens:
        return True
    if layout.tokens[index].kind == "mark" and layout.within[index] < 0:
        spaced = layout.text[layout.tokens[index].start - 1 : layout.tokens[index].start].isspace()
        return word not in _INSIDE_NAMES or (word == "-" and spaced)
    return word in speech_words("ar", "that") or word in speech_words("ar", "that_subject")


def _opens_with_verb(layout: Layout, start: int, end: int) -> bool:
    """Whether the clause opens with a verb rather than with a name: a feminine perfect, an imperfect before a noun."""
    word = layout.words[start]
    following = layout.words[start + 1] if start + 1 < end else ""
    if is_source_noun(word) or is_definite(word) or not following:
        return False
    if word.endswith("ت") and not word.endswith("ات"):
        return True
    imperfect = word.removeprefix("و")
    return imperfect[:1] in ("ي", "ت") and len(imperfect) > 3 and is_definite(following) and not is_verbal_noun(word)


def _embedded(layout: Layout, start: int, end: int) -> Name | None:
    """The last source noun of a clause before a relative verb: "مقابلة مع قائد عسكري قال إن"."""
    for index in range(end - 1, max(start, end - 12) - 1, -1):
        if is_source_noun(layout.words[index]) and not (index > start and is_source_noun(layout.words[index - 1])):
            return index, end
    return None
