"""What an English reporting verb takes behind it: "that", a quotation, a bare clause, an object, a fixed companion."""

from tawthiq.reading.cues import Cue, english_verbs, speech_words
from tawthiq.reading.english_phrases import is_capital, is_pronoun
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position

_FARTHEST = 18
_FARTHEST_QUOTE, _FARTHEST_THAT, _FARTHEST_COMMA = 10, 12, 6
_LONGEST_ADVERBIAL, _LONGEST_OCCASION = 4, 6
_FARTHEST_HEAD = 6
_NO_PLURAL = frozenset({"s", "this", "was", "is", "has", "its", "his", "as", "us"})


def is_noun(position: Position, tense: str) -> bool:
    """Whether a form that is also a name, a noun or a passive participle (Said, "the report", "is believed") is one here.

    A base form reports only behind a plural ("officials say").
    """
    layout, index = position.layout, position.index
    before = layout.words[index - 1] if index > position.first else ""
    following = layout.words[index + 1 : min(position.last, index + 3)]
    if index > position.first and is_capital(layout, index):
        return True
    coordinated = "and" in layout.words[max(position.first, index - 6) : index]
    if tense == "base" and not (coordinated or _is_plural(before) or _has_plural_head(position)):
        return True
    if any(word in speech_words("en", "not_claimed") for word in following):
        return True
    return _is_passive(position.word, before, following) or _is_noun_form(position, before)


def _is_plural(word: str) -> bool:
    return word in speech_words("en", "plural") or (word.endswith("s") and word not in _NO_PLURAL)


def _has_plural_head(position: Position) -> bool:
    """Whether a plural opens the phrase before a verb and its clause: "authorities in the province claim that"."""
    layout, index = position.layout, position.index
    relative = "who" in layout.words[max(position.first, index - _FARTHEST_HEAD) : index]
    if not relative and layout.words[index + 1 : index + 2] != ("that",):
        return False
    for at in range(index - 1, max(position.first, index - _FARTHEST_HEAD) - 1, -1):
        if layout.tokens[at].kind == "mark":
            return False
        if _is_plural(layout.words[at]):
            return True
    return False


def _is_passive(word: str, before: str, following: tuple[str, ...]) -> bool:
    """Whether a past form is a participle: "is believed", "believed to", "the alleged attack"."""
    if word == "alleged":
        return following[:1] != ("that",)
    if (following[:1] == ("by",) and word not in speech_words("en", "only_active")) or before in speech_words(
        "en", "being"
    ):
        return True
    if word not in speech_words("en", "also_passive"):
        return False
    return before in speech_words("en", "passive_before") or following[:1] in (("to",), ("of",))


def _is_finite_report(word: str) -> bool:
    """Whether a word is the past of a verb of saying: what stands before it is its subject ("a report said")."""
    cue = english_verbs().get(word)
    return cue is not None and cue.tense == "past" and cue.strength == "speech" and "clause" in cue.links


def _is_noun_form(position: Position, before: str) -> bool:
    """Whether a form that is also a noun is one: "a report of", "a UN report said", "rejected claims that"."""
    if position.word not in speech_words("en", "also_noun"):
        return False
    following = position.layout.words[position.index + 1] if position.index + 1 < position.last else ""
    if following == "of" or _is_finite_report(following):
        return True
    if before.endswith("ed") and not is_capital(position.layout, position.index - 1):
        return True
    return position.index == position.first or before in speech_words("en", "noun_before")


def find_opener(layout: Layout, cue: Cue, start: int, last: int) -> tuple[int, str]:
    """Where content may start behind the verb, and by which link; the link is "" when the verb takes nothing there."""
    index = start
    if index < last and layout.words[index] == "," and not cue.links & {"goes", "out"}:
        return (index + 1, "quote") if index + 1 in layout.opens and "quote" in cue.links else (index, "")
    first = english_verbs().get(layout.words[index]) if index < last else None
    if first is not None and first.tense == "participle":
        return index, ""
    companions = speech_words("en", "companion") & cue.links
    if companions and index < last and layout.words[index] in (*companions, "upon"):
        return index + 1, "companion"
    fixed = _fixed(layout, cue, index, last)
    if fixed is not None:
        return fixed
    marked = _marked(layout, cue, index, last)
    if marked is not None:
        return marked
    index = _past_adverbial(layout, index, last)
    link = "clause" if "clause" in cue.links else "object" if "object" in cue.links else ""
    return index, link


def _fixed(layout: Layout, cue: Cue, index: int, last: int) -> tuple[int, str] | None:
    """Verbs that only report with a fixed companion: "pointed out that", "put the toll at", "called on"."""
    if "out" in cue.links:
        fits = index + 1 < last and layout.words[index] == "out" and layout.words[index + 1] == "that"
        return (index + 2, "that") if fits else (index, "")
    if "toll" in cue.links:
        return (index, "object") if "at" in layout.words[index : min(last, index + 14)] else (index, "")
    if "naming" in cue.links:
        return (index, "naming") if _is_named_so(layout, index, last) else (index, "")
    if "responsible" in cue.links:
        fits = any(word in ("responsible", "responsibility") for word in layout.words[index : min(last, index + 10)])
        return (index, "object") if fits else (index, "")
    if "that" in cue.links and "that" not in layout.words[index : min(last, index + _FARTHEST_THAT)]:
        return None if cue.links & {"quote", "object"} else (index, "")
    only_companion = bool(speech_words("en", "companion") & cue.links) and not cue.links & {"clause", "quote"}
    return (index, "") if only_companion or "goes" in cue.links else None


def _is_named_so(layout: Layout, index: int, last: int) -> bool:
    """Whether a quotation with no verb before it follows: "called the attack "a crime""."""
    for behind in range(index, min(last, index + _FARTHEST_QUOTE)):
        if behind in layout.opens:
            return behind > index
        if layout.words[behind] in (",", ";", ":") or layout.words[behind] in speech_words("en", "finite"):
            return False
    return False


def _marked(layout: Layout, cue: Cue, index: int, last: int) -> tuple[int, str] | None:
    """The first quotation, "that" or colon near the verb."""
    for behind in range(index, min(last, index + _FARTHEST)):
        word = layout.words[behind]
        if behind in layout.opens and behind <= index + _FARTHEST_QUOTE and not _inside_clause(layout, index, behind):
            return (behind, "quote") if "quote" in cue.links else None
        if word == "that" and cue.links & {"clause", "that"} and behind <= index + _FARTHEST_THAT:
            return None if _inside_clause(layout, index, behind) else (behind + 1, "that")
        if word == ":" and "quote" in cue.links and not layout.is_clock(behind):
            return behind + 1, "quote"
        if word in (",", ";") and behind > index + _FARTHEST_COMMA:
            return None
        if word in english_verbs() and behind > index and layout.words[behind - 1] != "to":
            return None
    return None


def _inside_clause(layout: Layout, start: int, end: int) -> bool:
    """Whether a clause has begun between the verb and a later opener: "said it had ... and "annihilated" a force"."""
    between = layout.words[start:end]
    return any(is_pronoun(word) or word == "and" or word in speech_words("en", "finite") for word in between)


def _past_adverbial(layout: Layout, index: int, last: int) -> int:
    """Index behind "on Thursday", "in a statement late Monday" between the verb and its clause."""
    at = _past_occasion(layout, index, last)
    start = at
    while at < min(last, start + _LONGEST_ADVERBIAL) and layout.words[at] in speech_words("en", "time"):
        at += 1
    return at if at - start < _LONGEST_ADVERBIAL and at < last else start


def _past_occasion(layout: Layout, index: int, last: int) -> int:
    """Index behind "in a statement", "on its website"; `index` where no such phrase stands."""
    if index >= last or layout.words[index] not in ("in", "on", "via", "by", "during", "through"):
        return index
    for at in range(index + 1, min(last - 1, index + _LONGEST_OCCASION)):
        if layout.words[at] in speech_words("en", "medium"):
            return at + 1
        if layout.tokens[at].kind == "mark":
            break
    return index
