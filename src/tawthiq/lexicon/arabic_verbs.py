"""Arabic verb forms made from two: the perfect and the imperfect, third person masculine singular.

Forms are comparison forms (see tawthiq.text.folding): no diacritics, hamza carriers folded, final ى as ي. The patterns
are those of the regular verb and of verbs with a weak last radical; a hollow verb's short stem (قال, قلت "I said") is
made for the first person. Object pronouns and the prefixes و ف س are added on request.
"""

from collections.abc import Iterator
from dataclasses import dataclass

OBJECTS = ("ه", "ها", "هم", "هما", "نا", "ني", "هن")
WEAK_ENDINGS = ("ي", "ا")


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One inflected form and what its ending says of the subject.

    `person` is 1 or 3 (2 is not made); `gender` "m", "f" or "" when open; `number` "s", "d" or "p". `object` is true when
    an object pronoun is attached.
    """

    text: str
    tense: str
    person: int
    gender: str
    number: str
    object: bool


def verb_forms(perfect: str, imperfect: str) -> Iterator[VerbForm]:
    """The forms of one verb, without prefixed particles. Both arguments are comparison forms."""
    for form in (*_perfect(perfect), *_imperfect(imperfect)):
        yield form
        if form.number == "s" or form.text.endswith("وا"):
            stem = _before_object(form)
            for suffix in OBJECTS:
                yield VerbForm(stem + suffix, form.tense, form.person, form.gender, form.number, object=True)


def participle_forms(masculine: str) -> Iterator[VerbForm]:
    """The accusative forms of an active participle, as used after a main verb ("adding that", مضيفاً)."""
    weak = masculine.endswith("ي")
    plural = masculine[:-1] if weak else masculine
    for ending, gender, number in (("ا", "m", "s"), ("ه", "f", "s"), ("", "", "s")):
        yield VerbForm(masculine + ending, "participle", 3, gender, number, object=False)
    for ending, gender in (("ين", "m"), ("ات", "f")):
        stem = plural if ending == "ين" else masculine
        yield VerbForm(stem + ending, "participle", 3, gender, "p", object=False)


def _perfect(verb: str) -> Iterator[VerbForm]:
    weak = verb.endswith(WEAK_ENDINGS)
    stem = verb[:-1] if weak else verb
    first = _first_person_stem(verb)
    endings = (
        (verb, 3, "m", "s"), (stem + "ت", 3, "f", "s"), (stem + "وا", 3, "m", "p"), (stem + "و", 3, "m", "p"),
        (verb + "ا", 3, "m", "d"), (stem + "تا", 3, "f", "d"), (first + "ن", 3, "f", "p"), (first + "نا", 1, "", "p"),
    )  # fmt: skip
    for text, person, gender, number in endings:
        yield VerbForm(text, "perfect", person, gender, number, object=False)


def _imperfect(verb: str) -> Iterator[VerbForm]:
    body = verb[1:]
    weak = body.endswith((*WEAK_ENDINGS, "و"))
    stem = body[:-1] if weak else body
    endings = (
        ("ي" + body, 3, "m", "s"), ("ت" + body, 3, "f", "s"), ("ن" + body, 1, "", "p"), ("ي" + stem + "ون", 3, "m", "p"),
        ("ي" + stem + "وا", 3, "m", "p"), ("ي" + body + "ان", 3, "m", "d"), ("ت" + body + "ان", 3, "f", "d"),
        ("ي" + stem + "ن", 3, "f", "p"),
    )  # fmt: skip
    for text, person, gender, number in endings:
        yield VerbForm(text, "imperfect", person, gender, number, object=False)


def _first_person_stem(verb: str) -> str:
    """The stem before ن: a hollow verb loses its long vowel, a weak last radical appears as ي."""
    if verb.endswith(WEAK_ENDINGS):
        return verb[:-1] + "ي"
    if len(verb) >= 3 and verb[-2] == "ا":
        return verb[:-2] + verb[-1]
    return verb


def _before_object(form: VerbForm) -> str:
    """The spelling before an object pronoun: final ي of a perfect opens to ا (نفى, نفاه), plural وا drops its ا."""
    if form.text.endswith("وا"):
        return form.text[:-1]
    if form.text.endswith("ي") and form.tense == "perfect":
        return form.text[:-1] + "ا"
    return form.text
