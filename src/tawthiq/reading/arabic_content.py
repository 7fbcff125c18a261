"""How far reported content reaches in Arabic, and whether it is quoted whole, in part or not at all."""

from functools import cache

from tawthiq.reading.arabic_phrases import is_source_noun
from tawthiq.reading.cues import arabic_sources, arabic_verbs, speech_words
from tawthiq.reading.frames import Content
from tawthiq.reading.layout import Layout
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind

_COMMAS = ("،", ",", "؛", ";")
_CLOSERS = frozenset({".", "،", ",", "؛", ";", "؟", "!", ")", "…", ":"})
_FEWEST_DIRECT = 6
_NAME_QUOTED = 2
_FARTHEST_THAT = 4
_LONGEST_MEANWHILE = 4
_KEPT_MARKS = frozenset({")", "]", "%"})


def content_from(layout: Layout, start: int, last: int, *, colon: bool = False) -> Content:
    """The content that starts at token `start` of a sentence that ends before `last`."""
    if start in layout.opens:
        number = layout.opens[start]
        behind = layout.after(number)
        quotation = layout.quotations[number]
        if quotation.inner.start < quotation.inner.end and _is_whole(layout, number, behind, last):
            return Content(quotation.inner, QuoteKind.DIRECT)
        end = _end(layout, behind, max(last, behind))
        return Content(_trimmed(layout, start, end, inside=number), QuoteKind.MIXED)
    end = _end(layout, start + 1, last)
    span = _trimmed(layout, start, end)
    kind = _kind(layout, start, end)
    return Content(span, QuoteKind.DIRECT if colon and kind is QuoteKind.INDIRECT else kind)


def _is_whole(layout: Layout, number: int, behind: int, last: int) -> bool:
    """Whether the content ends with the quotation that opens it."""
    if behind >= len(layout.tokens) or behind >= last:
        return True
    if layout.words[behind] in _COMMAS and layout.words[behind + 1 : behind + 2] and _goes_on(layout, behind + 1):
        return False
    if layout.words[behind] in _CLOSERS:
        return True
    if not layout.quotations[number].closed:
        return True
    word = layout.words[behind]
    if layout.quoted_words(number) >= _FEWEST_DIRECT and (
        word in speech_words("ar", "after_quote") or word in speech_words("ar", "turn")
    ):
        return True
    cue = arabic_verbs().get(word)
    return _is_new_report(layout, behind) or (cue is not None and cue.tense == "participle")


def _goes_on(layout: Layout, index: int) -> bool:
    """Whether the words behind a quotation and its comma are a further أنّ of the same verb: "«...»، وأن ..."."""
    word = layout.words[index]
    return word[:1] == "و" and (
        word[1:] in speech_words("ar", "that") or word[1:] in speech_words("ar", "that_subject")
    )


def _end(layout: Layout, start: int, last: int) -> int:
    """Index behind the last token of content that runs on from `start`."""
    index = start
    while index < last:
        if index in layout.opens:
            index = layout.after(layout.opens[index])
            continue
        if layout.within[index] < 0 and _stops(layout, index, last):
            return index
        index += 1
    return max(last, start)


@cache
def _stopping() -> frozenset[str]:
    """The words at which content may end; what stands around them decides."""
    spoken = (word for use in ("contrast", "relative", "turn") for word in speech_words("ar", use))
    return frozenset({*arabic_verbs(), *arabic_sources(), *spoken, "حيث", "اذ", "؛", ";", "من", "في"})


def _stops(layout: Layout, index: int, last: int) -> bool:
    word = layout.words[index]
    if word not in _stopping():
        return False
    after_comma = layout.words[index - 1] in _COMMAS
    following = layout.words[index + 1 : index + 3]
    if word in speech_words("ar", "contrast") and any(item in arabic_verbs() for item in following):
        return True
    if (word in speech_words("ar", "relative") or word in ("حيث", "اذ")) and _reports_that(layout, index + 1):
        return True
    if word in ("؛", ";") or (after_comma and word in speech_words("ar", "turn")):
        return True
    if (
        after_comma
        and word in ("من", "في")
        and index + 1 < last
        and layout.words[index + 1] in ("دون", "غير", "حين", "وقت", "اشاره")
    ):
        return True
    return _is_new_report(layout, index)


def _is_new_report(layout: Layout, index: int) -> bool:
    """Whether another report of speech starts here: a participle, a cue with و after a comma, or a source phrase."""
    word = layout.words[index]
    after_comma = layout.words[index - 1] in _COMMAS
    if word in arabic_sources() and (after_comma or not word.startswith("كما")):
        return _is_source_here(layout, index)
    cue = arabic_verbs().get(word)
    if cue is None or cue.strength != "speech" or cue.object or cue.person == 1:
        return False
    if cue.tense == "participle":
        accusative = layout.tokens[index].text.rstrip("\u064b").endswith(("ا", "ة", "ين"))
        return accusative and (after_comma or bool(cue.particle) or _opens_report(layout, index + 1))
    if not cue.particle:
        coming = layout.words[index + 1 : index + 12]
        opens = any(item in speech_words("ar", "that") for item in coming) or is_source_noun(
            coming[0] if coming else ""
        )
        return after_comma and cue.tense == "perfect" and opens
    following = layout.words[index + 1 : index + 9]
    that = any(
        item in speech_words("ar", "that") or item in speech_words("ar", "that_subject") or item == ":"
        for item in following
    )
    return after_comma or that or index + 1 in layout.opens


def _reports_that(layout: Layout, index: int) -> bool:
    """Whether a verb of saying and its أنّ stand at the token: "التي قالت إن"."""
    cue = arabic_verbs().get(layout.words[index]) if index < len(layout.words) else None
    speaks = cue is not None and cue.strength == "speech" and cue.tense != "participle" and not cue.object
    return speaks and any(_is_that(layout, at) for at in range(index + 1, index + _FARTHEST_THAT))


def _opens_report(layout: Layout, index: int) -> bool:
    """Whether أنّ, a colon or a quotation stands behind a participle, "في الوقت نفسه" (at the same time) between."""
    if index in layout.opens or layout.words[index : index + 1] == (":",):
        return True
    behind = index + _LONGEST_MEANWHILE if layout.words[index : index + 1] == ("في",) else index
    return any(_is_that(layout, at) for at in range(index, behind + 1))


def _is_that(layout: Layout, index: int) -> bool:
    """Whether أنّ stands at the token, a preposition before it left out."""
    words = layout.words[index : index + 2]
    if words and words[0] in ("الي", "علي"):
        words = words[1:]
    return bool(words) and (words[0] in speech_words("ar", "that") or words[0] in speech_words("ar", "that_subject"))


def _is_source_here(layout: Layout, index: int) -> bool:
    for phrase in arabic_sources()[layout.words[index]]:
        width = len(phrase.words)
        words = layout.words[index : index + width]
        if len(words) < width or any(b not in (a, "ل") for a, b in zip(words[1:], phrase.words[1:], strict=True)):
            continue
        if not phrase.verb:
            return True
        behind = layout.words[index + width : index + width + 1]
        return bool(behind) and behind[0] in arabic_verbs()
    return False


def _trimmed(layout: Layout, start: int, end: int, inside: int = -1) -> Span:
    """The characters of tokens `start`..`end` without punctuation and conjunctions at the end."""
    while end > start + 1 and (
        (layout.tokens[end - 1].kind == "mark" and layout.words[end - 1] not in _KEPT_MARKS)
        or layout.words[end - 1] in speech_words("ar", "dangling")
    ):
        end -= 1
    begin = layout.quotations[inside].inner.start if inside >= 0 else layout.tokens[start].start
    return Span(begin, max(begin, layout.tokens[end - 1].end))


def _kind(layout: Layout, start: int, end: int) -> QuoteKind:
    """Mixed when a quotation of more than a name stands inside."""
    for index in range(start, min(end, len(layout.tokens))):
        if index in layout.opens and layout.quoted_words(layout.opens[index]) > _NAME_QUOTED:
            return QuoteKind.MIXED
    return QuoteKind.INDIRECT


def content_before(layout: Layout, floor: int, index: int) -> Content | None:
    """The content that a source phrase at `index` carries, back to `floor`: the sentence's start or the last report."""
    end = index
    while end > floor and layout.tokens[end - 1].kind == "mark" and layout.words[end - 1] not in (")", "%"):
        end -= 1
    start = floor
    while start < end and (layout.tokens[start].kind == "mark" and start not in layout.opens):
        start += 1
    if end - start < 2:
        return None
    if start in layout.opens and layout.after(layout.opens[start]) >= end:
        return Content(layout.quotations[layout.opens[start]].inner, QuoteKind.DIRECT)
    return Content(Span(layout.tokens[start].start, layout.tokens[end - 1].end), _kind(layout, start, end))


def resume(layout: Layout, content: Content, start: int) -> int:
    """Where to look for the next cue: behind a quotation, inside anything else."""
    return max(start, layout.index_at(content.span.end)) if content.kind is QuoteKind.DIRECT else start
