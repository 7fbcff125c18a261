"""Whether a form that may report speech does so where it stands: negation, passives, look-alikes, participles."""

from tawthiq.reading.arabic_links import Link, is_called
from tawthiq.reading.arabic_phrases import is_source_noun
from tawthiq.reading.cues import Cue, speech_words
from tawthiq.reading.position import Position

_FARTHEST_LINK = 7
_FACTUAL = ("بعد", "منذ", "الي", "سبق")  # before أن and a perfect: it has happened


def is_reporting(position: Position, cue: Cue) -> bool:
    """Whether the verb form at the position reports: not negated, not passive, not another word of that spelling."""
    return not (_is_negated(position, cue) or _is_passive(position, cue) or _is_other_word(position, cue))


def _is_other_word(position: Position, cue: Cue) -> bool:
    """Whether the spelling shows another word: taa marbuta where a pronoun is due (إدانة), a noun behind a
    preposition (على نفي), "بين" (between).
    """
    text = position.layout.tokens[position.index].text
    before = position.layout.words[position.index - 1] if position.index > position.first else ""
    noun = cue.tense != "participle" and not cue.particle and before in speech_words("ar", "before_noun")
    passed_on = cue.tense == "perfect" and before in speech_words("ar", "carried_out")
    if (
        noun
        or passed_on
        or (cue.object and text.endswith("ة"))
        or (cue.tense == "perfect" and text.endswith(("اً", "ًا")))
    ):
        return True
    following = position.layout.words[position.index + 1] if position.index + 1 < position.last else ""
    reaches = cue.lemma == "ابلغ" and cue.tense == "imperfect" and not cue.object and following in ("من", "عدد", "طول")
    answers = cue.lemma == "رد" and following == "علي"
    among = position.word in ("بين", "تبين", "وتبين", "يتبين") and following not in speech_words("ar", "that")
    return reaches or answers or among or _is_description(position, cue, before)


def _is_description(position: Position, cue: Cue, before: str) -> bool:
    """Whether the form describes: "أعضاء جدد" (new members), "من وصفهم بـ" (those whom it called), "يدعى" (is called)."""
    new = position.word == "جدد" and is_source_noun(before)
    called = "described" in cue.links and cue.object and before in ("من", "ممن")
    return new or called or is_called(position.layout, position.index)


def _is_passive(position: Position, cue: Cue) -> bool:
    """Whether the verb names no one who speaks: "يُذكر أن" (it is recalled that), "يُعتقد أنها" (it is thought to be)."""
    if cue.tense != "imperfect" or cue.gender != "m" or cue.number != "s" or position.index + 1 >= position.last:
        return False
    following = position.layout.words[position.index + 1]
    that = following in speech_words("ar", "that") or following in speech_words("ar", "that_subject")
    return (that or following == "الي") and cue.lemma in speech_words("ar", "often_passive")


def _is_negated(position: Position, cue: Cue) -> bool:
    before = position.layout.words[position.index - 1] if position.index > position.first else ""
    relative = before in ("ما", "وما") and cue.strength == "relayed"
    factual = before == "ان" and cue.tense == "perfect" and position.layout.words[position.index - 2] in _FACTUAL
    return before in speech_words("ar", "negation") and not (relative or factual)


def is_reporting_participle(position: Position, cue: Cue, link: Link | None) -> bool:
    """Whether a participle reports (مشيراً إلى) rather than names someone (متحدث, طالبة): accusative, its link near."""
    bare = position.layout.tokens[position.index].text.rstrip("\u064b")
    if cue.gender == "m" and cue.number == "s" and not bare.endswith("ا"):
        return False
    if cue.gender == "" and not bare.endswith("القول"):
        return False
    if link is None:
        return bool(cue.links & {"object", "blame", "described"})
    near = link.at - position.index - 1
    after_comma = position.layout.words[position.index - 1] in ("،", ",") or bool(cue.particle)
    return near == 0 or (near <= _FARTHEST_LINK and (after_comma or link.pattern in ("that", "quote", "colon")))
