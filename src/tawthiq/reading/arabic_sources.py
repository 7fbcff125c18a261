"""Source phrases of Arabic: "بحسب X", "وفق ما أفاد X", "نقلاً عن X أن", "جاء في البيان أن" (lexicon/data/ar/sources.tsv)."""

from dataclasses import replace

from tawthiq.reading.arabic_content import content_before, content_from, resume
from tawthiq.reading.arabic_phrases import is_source_noun, is_verbal_noun, name_end, source_use, starts_object
from tawthiq.reading.arabic_subjects import Name, past_addressee, past_aside
from tawthiq.reading.cues import SourcePhrase, arabic_sources, arabic_verbs, source_nouns, speech_words
from tawthiq.reading.frames import Content, Frame
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position
from tawthiq.records.span import Span

_COMMAS = frozenset({"،", ",", ":"})
_MARKS = frozenset("،,:؛.-–—")
_FARTHEST_COMMA = 14
_FARTHEST_CONTENT = 18
_FARTHEST_DOCUMENT = 12
_NEAR_NEGATION = 3


def source_frame(position: Position) -> tuple[Frame, int] | None:
    """The frame of a source phrase that starts at the position, and where to look on; None when there is none."""
    for phrase in arabic_sources().get(position.word, ()):
        width = phrase_width(position.layout, position.index, phrase, position.last)
        found = _frame_of(position, phrase, width) if width else None
        if found:
            return found
    return None


def phrase_width(layout: Layout, index: int, phrase: SourcePhrase, last: int) -> int:
    """Tokens that the phrase takes at `index`, 0 when it is not there; its ل may stand glued to the name behind it."""
    for offset, expected in enumerate(phrase.words):
        if index + offset >= last:
            return 0
        word = layout.words[index + offset]
        if offset == 0:
            continue
        if expected == "ل" and word.startswith("ل"):
            return offset
        if word != expected:
            return 0
    return len(phrase.words)


def _frame_of(position: Position, phrase: SourcePhrase, width: int) -> tuple[Frame, int] | None:
    start = position.index + width
    if phrase.place == "rumour":
        return _rumour(position, phrase, start)
    if phrase.place == "within":
        return _introduced(position, phrase, (position.index, start), _document_before(position), start)
    cue_end = start
    if phrase.verb:
        if not _has_verb(position, start):
            return None
        cue_end = start + 1
        start = past_aside(position.layout, _past_resuming(position.layout, cue_end, position.last), position.last)
    name = _name(position, start)
    if name is None:
        return None
    cue = (position.index, cue_end)
    if phrase.place == "after":
        return _carried(position, phrase, cue, name)
    return _introduced(position, phrase, cue, name, name[1])


def _has_verb(position: Position, start: int) -> bool:
    """Whether a verb of saying stands behind "وفق ما"; "رداً على ما قاله" (in answer to what he said) names no source."""
    verb = arabic_verbs().get(position.layout.words[start]) if start < position.last else None
    if verb is None or verb.tense == "participle" or not verb.links & {"that", "relay", "quote", "عن"}:
        return False
    return position.layout.words[position.index - 1] not in speech_words("ar", "answering")


def _name(position: Position, start: int) -> Name | None:
    """The name that starts at `start`, when one can stand behind a source phrase."""
    layout = position.layout
    word = layout.words[start] if start < position.last else ""
    deed = is_verbal_noun(word) and not is_source_noun(word)
    if not word or word in _MARKS or _is_no_source(word) or deed:
        return None
    end = name_end(layout, start, position.last)
    return (start, end) if end > start else None


def _rumour(position: Position, phrase: SourcePhrase, start: int) -> tuple[Frame, int] | None:
    """ "أنباء عن ..." (there is word of ...): content without anyone who is named."""
    before = position.layout.words[max(position.first, position.index - _NEAR_NEGATION) : position.index]
    if start >= position.last or any(word in speech_words("ar", "negation") for word in before):
        return None
    content = content_from(position.layout, start, position.last)
    frame = Frame.of((position.index, start), None, content, phrase.stance, f"{phrase.at} rumour")
    return replace(frame, nameless=True), start


def _document_before(position: Position) -> Name | None:
    """Whose document it is in "بيان صادر عن X جاء فيه" and "أصدرت X بياناً جاء فيه", else the document itself."""
    layout = position.layout
    document: Name | None = None
    for index in range(position.index - 1, max(position.first, position.index - _FARTHEST_DOCUMENT) - 1, -1):
        use = source_use(layout.words[index])
        if use == "document" or source_nouns("ar").get(layout.words[index].removesuffix("ا")) == "document":
            document = index, position.index
            continue
        issuer = index + 1 if layout.words[index] == "عن" else index
        heads = use in ("person", "body", "name") and layout.words[index - 1] not in speech_words("ar", "head")
        if issuer > index or heads:
            end = name_end(layout, issuer, document[0] if document and document[0] > issuer else position.index)
            return (issuer, end) if end > issuer else document
    return document


def _is_no_source(word: str) -> bool:
    """Whether a word names no one who speaks: "وفق القانون" (by law), "وفق تفسيرها" (by its reading)."""
    if word in speech_words("ar", "not_a_source") or (word in speech_words("ar", "not_a_name") and word != "من"):
        return True
    return word.endswith(("ها", "هم")) and len(word) > 4 and not is_source_noun(word[:-2])


def _past_resuming(layout: Layout, index: int, last: int) -> int:
    """Index behind "به" and "لـ"الوطن"" between the verb and the name."""
    if index < last and layout.words[index] in speech_words("ar", "resuming"):
        index += 1
    return past_addressee(layout, index, last)


def _carried(position: Position, phrase: SourcePhrase, cue: tuple[int, int], name: Name) -> tuple[Frame, int] | None:
    """ "CONTENT، بحسب X" and, at the start of a sentence, "بحسب X، CONTENT"."""
    layout, index = position.layout, position.index
    rule = f"{phrase.at} {phrase.place}"
    opens = layout.words[index] != phrase.words[0] and layout.words[index - 1] in (".", "،", ",", "؛")
    if index <= position.first + 1 or opens:
        forward = _behind_name(layout, name[1], position.last)
        if forward is not None:
            content = content_from(layout, forward, position.last)
            return Frame.of(cue, name, content, phrase.stance, f"{rule} forward"), name[1]
        if index == position.first:
            return None
    before = content_before(layout, position.floor, index) if position.floor < index else None
    if before and _is_embedded(layout, index, name[1], position.last):
        whole = content_from(layout, name[1], position.last)
        before = Content(Span(before.span.start, whole.span.end), before.kind)
    elif before and _is_parenthesis(layout, index, name[1], position.last):
        whole = content_from(layout, name[1] + 1, position.last)
        before = Content(Span(before.span.start, whole.span.end), before.kind)
    return (Frame.of(cue, name, before, phrase.stance, rule), name[1]) if before else None


def _is_embedded(layout: Layout, index: int, end: int, last: int) -> bool:
    """Whether the clause goes on behind the name without a comma on either side: "خلفت بحسب X 12 قتيلاً"."""
    if layout.words[index - 1] in _COMMAS or end >= last:
        return False
    return layout.words[end] in speech_words("ar", "exception") or starts_object(layout, end)


def _is_parenthesis(layout: Layout, index: int, end: int, last: int) -> bool:
    """Whether ، بحسب X، stands inside what X says: the clause goes on behind the second comma without a conjunction."""
    if layout.words[index - 1] not in _COMMAS or end + 3 >= last or layout.words[end] not in _COMMAS:
        return False
    following = layout.words[end + 1]
    return (
        not following.startswith(("و", "ف"))
        and following not in speech_words("ar", "turn")
        and following not in speech_words("ar", "relative")
        and not (following in arabic_verbs() or following in arabic_sources() or following.startswith("لي"))
    )


def _behind_name(layout: Layout, end: int, last: int) -> int | None:
    """Where content starts behind "بحسب X،": after the comma, a فإن taken off."""
    index = end
    while index < min(last - 1, end + _FARTHEST_COMMA) and layout.words[index] not in _COMMAS:
        if layout.words[index] in ("فان", "ان"):
            return index + 1
        if layout.words[index] in ("فانه", "فانها"):
            return index
        index += 1
    if index >= last - 2 or layout.words[index] not in _COMMAS:
        return None
    return index + 2 if layout.words[index + 1] in ("فان", "ان") else index + 1


def _introduced(
    position: Position, phrase: SourcePhrase, cue: tuple[int, int], name: Name | None, behind: int
) -> tuple[Frame, int] | None:
    """ "نقلاً عن X أن ..." and "جاء في البيان أن ...": content behind the name."""
    layout = position.layout
    rule = f"{phrase.at} {phrase.place}"
    for index in range(behind, min(position.last, behind + _FARTHEST_CONTENT)):
        start, colon = _opened_content(layout, index)
        if start is not None and (start < position.last or start in layout.opens):
            content = content_from(layout, start, position.last, colon=colon)
            return Frame.of(cue, name, content, phrase.stance, rule), resume(layout, content, start)
    return None


def _opened_content(layout: Layout, index: int) -> tuple[int | None, bool]:
    """Where content starts when token `index` opens it, and whether a colon does."""
    word = layout.words[index]
    if word in speech_words("ar", "that"):
        return index + 1, False
    if word in speech_words("ar", "that_subject") or index in layout.opens:
        return index, False
    return (index + 1, True) if word == ":" else (None, False)
