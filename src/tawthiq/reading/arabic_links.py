"""Where the content of an Arabic reporting verb opens: أنّ and kin, a quotation, a colon, a preposition, a verbal noun.

The links that a verb takes are listed in lexicon/data/ar/reporting.tsv.
"""

from dataclasses import dataclass
from functools import cache

from tawthiq.reading.arabic_phrases import is_name_quotation, is_plural_pattern, is_verbal_noun, name_end, source_use
from tawthiq.reading.cues import Cue, arabic_verbs, month_names, speech_words
from tawthiq.reading.layout import Layout

FARTHEST = 64
_FARTHEST_LATER = 14
_DATE_MARKS = ("/", "-", ":", ".")
_PREPOSITIONS = {"الي": "إلى", "عن": "عن", "من": "من", "علي": "على"}


@dataclass(frozen=True, slots=True)
class Link:
    """The opener found at token `at`; the content starts at token `content`; `pattern` names the kind of opener."""

    at: int
    content: int
    pattern: str


def find_link(layout: Layout, after: int, limit: int, cue: Cue) -> Link | None:
    """The first opener of content behind the cue that ends before token `after`, within its sentence up to `limit`."""
    index = after
    while index < min(limit, after + FARTHEST):
        if index in layout.opens:
            if "quote" in cue.links and not _only_name(layout, after, index, limit):
                return Link(index, index, "quote")
            index = layout.after(layout.opens[index])
            continue
        link = _link_at(layout, after, index, limit, cue)
        if link is not None:
            return link
        if _blocks(layout, after, index, cue):
            return None
        index += 1
    return None


def _only_name(layout: Layout, after: int, index: int, limit: int) -> bool:
    """Whether a quotation is part of a name: short, glued to a particle, or with an أنّ still to come."""
    if is_name_quotation(layout, index, limit):
        return True
    number = layout.opens[index]
    if layout.quoted_words(number) > 5 or layout.words[index - 1] == ":" or index == after:
        return False
    behind = layout.after(number)
    coming = layout.words[behind : min(limit, behind + 14)]
    return any(word in speech_words("ar", "that") or word in speech_words("ar", "that_subject") for word in coming)


def _link_at(layout: Layout, after: int, index: int, limit: int, cue: Cue) -> Link | None:
    word = layout.words[index]
    following = layout.words[index + 1] if index + 1 < limit else ""
    if word in _PREPOSITIONS and _is_that(following):
        return _that(layout, index + 1, cue, bound=_PREPOSITIONS[word] in cue.links)
    if "described" in cue.links and cue.object and word.startswith("بان"):
        return _that(layout, index, cue, bound=True)
    if _is_that(word):
        temporal = index > after and layout.words[index - 1] in speech_words("ar", "not_that_before")
        return None if temporal else _that(layout, index, cue)
    if word == ":" and "quote" in cue.links and (index + 1 < limit or index + 1 in layout.opens):
        if _is_that(following):
            return _that(layout, index + 1, cue)
        return Link(index, index + 1, "quote" if index + 1 in layout.opens else "colon")
    return _phrase_link(layout, after, index, cue) if index + 1 < limit else None


def _phrase_link(layout: Layout, after: int, index: int, cue: Cue) -> Link | None:
    """A count, a preposition or a verbal noun as opener."""
    word = layout.words[index]
    if "count" in cue.links and index > after and _counts(layout, index):
        return Link(index, index, "count")
    if _PREPOSITIONS.get(word) in cue.links:
        return _prepositional(layout, after, index, word)
    if _is_glued(layout, after, index, cue):
        return Link(index, index, "preposition")
    named = "ب" in cue.links or ("described" in cue.links and cue.object)
    if word == "ب" and named and index + 1 in layout.opens:
        return Link(index, index + 1, "quote")
    return _deed_link(layout, after, index, cue) if "masdar" in cue.links else None


def _is_glued(layout: Layout, after: int, index: int, cue: Cue) -> bool:
    """Whether a word with a preposition written onto it opens content: "بمقتل", "للأمر الذي"."""
    word = layout.words[index]
    pointed = index > after and word.startswith("لل") and "ل" in cue.links and not _is_told(word[2:])
    near = index == after and len(word) > 3 and word[:1] == "ب"
    return pointed or (word[:1] in "بل" and word[:1] in cue.links and (near or is_verbal_noun(word[1:])))


def _deed_link(layout: Layout, after: int, index: int, cue: Cue) -> Link | None:
    """A verbal noun outside the speaker's name and description as opener."""
    word, before = layout.words[index], layout.words[index - 1]
    described = bool({word, before} & speech_words("ar", "anonymity")) or is_plural_pattern(layout, index)
    described = described or (index > after and before in speech_words("ar", "before_noun"))
    if described or not _is_deed(word, first=index == after) or not _free(layout, after, index):
        return None
    at_once = index == past_times(layout, after, index)
    later = None if at_once else _later_that(layout, index, len(layout.words), cue)
    return later or Link(index, index, "masdar")


def _is_told(stem: str) -> bool:
    """Whether a noun behind لـ names who was told ("للصحيفة"), not what was pointed to ("للأمر الذي")."""
    return stem in speech_words("ar", "addressee") or source_use(stem) is not None


@cache
def _is_deed(word: str, *, first: bool) -> bool:
    """Whether a word is a verbal noun, no participle that reports (مطالبة) and, right behind the verb, no document."""
    cue = arabic_verbs().get(word)
    reports = cue is not None and cue.tense == "participle"
    return is_verbal_noun(word) and not reports and not (first and source_use(word) == "document")


def _counts(layout: Layout, index: int) -> bool:
    """Whether a count of people starts at the token: a number that is no date, or "at least", "more than"."""
    word, before = layout.words[index], layout.words[index - 1]
    least = word == "ما" and layout.words[index + 1] in speech_words("ar", "at_least")
    if least or word in speech_words("ar", "approximator"):
        return True
    dated = before in speech_words("ar", "dating") or layout.words[index + 1] in _DATE_MARKS or before in _DATE_MARKS
    return layout.tokens[index].kind == "number" and not dated and layout.words[index + 1] not in month_names()


def past_times(layout: Layout, index: int, limit: int) -> int:
    """Index behind words of time ("أعلنت الخميس حصولها على")."""
    while index < limit and layout.words[index] in speech_words("ar", "time"):
        index += 1
    return index


def _later_that(layout: Layout, index: int, limit: int, cue: Cue) -> Link | None:
    """أنّ behind a comma shortly after: the verbal noun belonged to a description of the speaker."""
    for at in range(index + 1, min(limit, index + _FARTHEST_LATER)):
        if layout.words[at - 1] in ("،", ",") and _is_that(layout.words[at]):
            return _that(layout, at, cue)
    return None


def _is_that(word: str) -> bool:
    return word in speech_words("ar", "that") or word in speech_words("ar", "that_subject")


def _that(layout: Layout, index: int, cue: Cue, *, bound: bool = False) -> Link | None:
    """أنّ as opener; `bound` when it stands behind a preposition that the verb takes."""
    if not bound and "that" not in cue.links:
        return None
    content = index + 1 if layout.words[index] in speech_words("ar", "that") else index
    if layout.words[content : content + 1] == (":",):
        content += 1
    if index + 1 in layout.opens:
        content = index + 1
    return Link(index, content, "that") if content < len(layout.tokens) else None


def _prepositional(layout: Layout, after: int, index: int, word: str) -> Link | None:
    """A preposition as opener; من and على need a verbal noun or an article behind, so as not to cut a speaker's name."""
    following = layout.words[index + 1]
    if (
        word in ("من", "علي")
        and index > after
        and not is_verbal_noun(following)
        and layout.words[index - 1] in ("مصدر", "عدد")
    ):
        return None
    if following in speech_words("ar", "occasion") and word != "عن":
        return None
    behind = word == "عن" or (index + 1 in layout.opens and not is_name_quotation(layout, index + 1, index + 40))
    return Link(index, index + 1 if behind else index, "preposition")


def _free(layout: Layout, after: int, index: int) -> bool:
    """Whether a verbal noun stands outside the speaker's name."""
    return index == after or name_end(layout, after, index + 1) <= index


def is_called(layout: Layout, index: int) -> bool:
    """Whether a form of ادعى is written as "is called" (يُدعى), with ى."""
    return layout.words[index].endswith("دعي") and layout.tokens[index].text.endswith("ى")


def _blocks(layout: Layout, after: int, index: int, reporting: Cue) -> bool:
    """Whether the search may not pass this token: another reporting verb, or a new thought after a comma."""
    word = layout.words[index]
    if word in (".", "؟", "!", "؛"):
        return True
    if layout.words[index : index + 2] == ("نقلا", "عن"):
        return True
    turns = word in speech_words("ar", "turn") and word not in ("وهو", "وهي", "وهما")
    if index > after and turns and layout.words[index - 1] in ("،", ","):
        return True
    if "object" in reporting.links and word in speech_words("ar", "demonstrative"):
        return True
    cue = None if is_called(layout, index) else arabic_verbs().get(word)
    if cue is not None and cue.tense == "participle" and index > after:
        return layout.tokens[index].text.endswith(("اً", "ًا", "ا")) and layout.words[index - 1] in ("،", ",")
    return (
        cue is not None
        and cue.strength == "speech"
        and bool(cue.particle)
        and cue.tense != "participle"
        and index > after
    )
