"""Where an Arabic noun phrase ends: the grammar by which a speaker's name is told from what is said.

Works on comparison forms by token index. Covers idafa chains (مدير مركز الدفاع), definite adjectives, titles and names,
prepositional complements (مصدر في وزارة الداخلية), coordination, short quoted names and parentheses.
"""

from functools import cache

import regex

from tawthiq.reading.cues import arabic_sources, arabic_verbs, source_nouns, speech_words, verbal_nouns
from tawthiq.reading.layout import Layout

LONGEST_NAME = 26
_LONGEST_QUOTED_NAME, _LONGEST_BARE_NAME = 4, 3
_PATTERNS = regex.compile(r"ت..ي.ه?|است..ا.ه?|ان..ا.|ا.ت.ا.|ا..ا.ه?|م.ا..ه")
_SHORTEST_STEM = 3  # letters that a particle may be taken off: باب (gate) is not ب and أب (father)
_POSSESSIVES = ("هما", "هم", "ها", "نا", "ه")


def is_definite(word: str) -> bool:
    """Whether a word carries the article, a particle before it included."""
    return word.startswith(("ال", "لل", "وال", "بال", "ولل", "فال", "كال"))


@cache
def is_verbal_noun(word: str) -> bool:
    """Whether an indefinite word is a verbal noun, by table or by pattern; an attached possessive is allowed."""
    if len(word) < 2 or is_definite(word) or word in verbal_nouns("never"):
        return False
    return _verbal(word) or any(
        _verbal(stem) or (stem.endswith("ت") and _verbal(stem[:-1] + "ه"))
        for suffix in _POSSESSIVES
        if word.endswith(suffix) and len(stem := word[: -len(suffix)]) > 2
    )


def _verbal(word: str) -> bool:
    if word in verbal_nouns("object"):
        return True
    return word not in verbal_nouns("never") and _PATTERNS.fullmatch(word) is not None


def is_plural_pattern(layout: Layout, index: int) -> bool:
    """Whether a word has the pattern of a verbal noun but is written as a plural: أعماق, أهداف (a verbal noun has إ)."""
    return layout.tokens[index].text.startswith("أ") and layout.words[index] not in verbal_nouns("object")


def is_name_quotation(layout: Layout, index: int, limit: int) -> bool:
    """Whether the quotation opening at token `index` only sets off a name (منظمة "...", لـ"الوطن")."""
    number = layout.opens[index]
    count = layout.quoted_words(number)
    before = layout.words[index - 1] if index else ""
    if before == ":" or count > _LONGEST_QUOTED_NAME:
        return False
    if index and before in ("ل", "ب", "و", "لل", "ك") and layout.tokens[index - 1].end == layout.tokens[index].start:
        return before != "ب"
    behind = layout.after(number)
    inside = behind <= limit and behind < len(layout.tokens)
    return inside and layout.tokens[behind].text not in (".", "،", ",", ":") and count <= _LONGEST_BARE_NAME


def name_end(layout: Layout, first: int, limit: int, *, split_verbal: bool = True) -> int:
    """Index behind the noun phrase that starts at token `first`; `first` itself when none starts there.

    `split_verbal` ends the phrase before a verbal noun that cannot belong to a body's name.
    """
    index = first
    limit = min(limit, first + LONGEST_NAME)
    while index < limit:
        step = _step(layout, first, index, limit, split_verbal)
        if step == 0:
            break
        index += step
    while index > first and _is_loose_end(layout, index - 1):
        index -= 1
    return index


def _is_ali(layout: Layout, index: int) -> bool:
    """Whether على is written with ي, as the name Ali is."""
    return layout.words[index] == "علي" and layout.tokens[index].text.endswith("ي")


def _is_loose_end(layout: Layout, index: int) -> bool:
    """Whether the token cannot end a name: a preposition (على, but not the name علي), or a mark other than a bracket."""
    word = layout.words[index]
    if word in speech_words("ar", "complement"):
        return not _is_ali(layout, index)
    return layout.tokens[index].kind == "mark" and layout.within[index] < 0 and word not in (")", "]")


def _step(layout: Layout, first: int, index: int, limit: int, split_verbal: bool) -> int:
    """How many tokens to take at `index`; 0 where the phrase ends."""
    if index in layout.opens:
        return layout.after(layout.opens[index]) - index if is_name_quotation(layout, index, limit) else 0
    if layout.tokens[index].kind == "mark":
        return _mark_step(layout, first, index, limit)
    if _ends_name(layout, index, first):
        return 0
    word, previous = layout.words[index], layout.words[index - 1]
    if index > first and word in speech_words("ar", "relative"):
        return _relative(layout, index, limit)
    if index > first and split_verbal and is_verbal_noun(word) and not is_plural_pattern(layout, index):
        belongs = previous in speech_words("ar", "complement") or (not is_definite(previous) and _is_head(previous))
        return int(belongs)
    return 1


@cache
def _is_head(word: str) -> bool:
    """Whether an indefinite noun wants a complement, so that a verbal noun behind it belongs to a name: "لوحدات حماية"."""
    return word in speech_words("ar", "head") or source_use(word) in ("body", "media", "document")


def _mark_step(layout: Layout, first: int, index: int, limit: int) -> int:
    word = layout.words[index]
    if index == first:
        return 0
    return _bracketed(layout, index, limit) if word in ("(", "[") else int(word in ("-", "/", "ـ"))


def _ends_name(layout: Layout, index: int, first: int) -> bool:
    """Whether the word at `index` cannot stand in a speaker's name."""
    word = layout.words[index]
    following = layout.words[index + 1] if index + 1 < len(layout.words) else ""
    if index > first and starts_object(layout, index):
        return True
    told = word.startswith("ل") and _is_addressee(layout, index)
    occasion = word in ("في", "عن", "علي", "ضمن") and _is_occasion(following)
    general = (
        word in ("العام", "العامه") and index > first and source_use(layout.words[index - 1]) in ("person", "body")
    )
    if told or occasion or (word in _never_in_names() and not general):
        return True
    if index == first or _is_ali(layout, index):
        return False
    return word in arabic_sources() or _is_reporting(layout, index)


def starts_object(layout: Layout, index: int) -> bool:
    """Whether a number or an accusative begins what is said: "بحسب المرصد 12 قتيلاً", "تداول ناشطون رقماً"."""
    if layout.tokens[index].kind == "number":
        return layout.words[index - 1] not in speech_words("ar", "numbered")
    word = layout.words[index]
    if (
        word == "ما"
        and layout.words[index + 1 : index + 2]
        and layout.words[index + 1] in speech_words("ar", "at_least")
    ):
        return True
    if word[:1] == "ب" and is_verbal_noun(word[1:]) and not is_verbal_noun(word):
        return True
    if not _is_accusative(layout, index) or _is_accusative(layout, index - 1):
        return False  # "مسؤولاً كردياً": an adjective agrees with its noun
    return layout.words[index - 1] not in speech_words("ar", "complement")


def _is_accusative(layout: Layout, index: int) -> bool:
    return layout.tokens[index].text.endswith(("اً", "ًا"))


@cache
def _never_in_names() -> frozenset[str]:
    uses = ("that", "that_subject", "time", "never_in_name")
    return frozenset().union(*(speech_words("ar", use) for use in uses))


def _is_reporting(layout: Layout, index: int) -> bool:
    """Whether the word is a reporting verb rather than part of a name or of a relative clause."""
    cue = arabic_verbs().get(layout.words[index])
    if cue is None:
        return False
    if cue.tense == "participle":
        return layout.tokens[index].text.endswith(("اً", "ًا", "ا")) or layout.tokens[index - 1].kind == "mark"
    return bool(cue.particle) or cue.tense == "imperfect"


def _is_occasion(word: str) -> bool:
    return word in speech_words("ar", "occasion")


def _is_addressee(layout: Layout, index: int) -> bool:
    """Whether a word with ل names who was told: "للصحيفة", "لوكالة", "لـ" before a quoted outlet."""
    word = layout.words[index]
    if word == "ل":
        return index + 1 in layout.opens
    stem = word[2:] if word.startswith("لل") else word[1:]
    if source_nouns("ar").get(stem) in ("name", "media") or source_nouns("ar").get("ال" + stem) == "name":
        return True
    return stem in speech_words("ar", "addressee") or any(
        stem == noun[:-1] + "ت" + "نا" for noun in speech_words("ar", "addressee") if noun.endswith("ه")
    )


def _relative(layout: Layout, index: int, limit: int) -> int:
    """A relative clause after a name is taken while it stays short: "الذي لم يكشف عن اسمه" (who was not named)."""
    behind = index + 1
    cue = arabic_verbs().get(layout.words[behind]) if behind < limit else None
    if cue is not None and cue.strength == "speech" and cue.tense != "participle" and not cue.object:
        return 0  # "بحسب الطبيب الذي أوضح أن": a report of its own
    while behind < min(limit, index + 8):
        word = layout.words[behind]
        if layout.tokens[behind].kind == "mark" or word in speech_words("ar", "that") or is_verbal_noun(word):
            break
        behind += 1
    return behind - index


def _bracketed(layout: Layout, index: int, limit: int) -> int:
    """The length of a short parenthesis, or 0."""
    for behind in range(index + 1, min(limit, index + 8)):
        if layout.words[behind] in (")", "]"):
            return behind + 1 - index
    return 0


def head_word(layout: Layout, first: int, last: int) -> str:
    """The first word of a name that is not a particle, without its prefixed و or ل."""
    for index in range(first, last):
        word = layout.words[index]
        if layout.tokens[index].kind == "word" and word not in ("ان", "احد", "احدي", "بعض", "عدد", "من"):
            return _bare(word)
    return layout.words[first] if first < last else ""


def _bare(word: str) -> str:
    nouns = source_nouns("ar")
    if word in nouns:
        return word
    for prefix in ("و", "ف", "ل", "ب"):
        if word.startswith(prefix) and len(word) > _SHORTEST_STEM and word[1:] in nouns:
            return word[1:]
    if word.startswith("لل"):
        return "ال" + word[2:]
    return word


@cache
def is_source_noun(word: str) -> bool:
    """Whether a word, with or without article, particle and possessive, names people or bodies that say things."""
    return source_use(word) is not None


@cache
def source_use(word: str) -> str | None:
    """What a source noun names (person, body, media, document, place), the word taken without what is written onto it."""
    nouns = source_nouns("ar")
    bare = _bare(word)
    stem = bare.removeprefix("ال") if bare not in nouns else bare
    if stem in nouns:
        return nouns[stem]
    if stem.endswith("ا") and nouns.get(stem[:-1]) == "person":
        return "person"  # accusative: ضابطاً
    if stem.endswith(("و", "ي")) and stem[:-1] + "ون" in nouns:
        return nouns[stem[:-1] + "ون"]  # before a complement: محامو الطوارئ
    for suffix in _POSSESSIVES:
        owner = stem[: -len(suffix)]
        if stem.endswith(suffix) and len(owner) > 3:
            use = nouns.get(owner) or (nouns.get(owner[:-1] + "ه") if owner.endswith("ت") else None)
            if use == "person" and owner not in speech_words("ar", "amount"):
                return use
    return None
