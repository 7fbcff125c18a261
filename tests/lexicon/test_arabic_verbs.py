"""Arabic verb forms made from two."""

import pytest

from tawthiq.lexicon.arabic_verbs import participle_forms, verb_forms


@pytest.mark.parametrize(
    ("perfect", "imperfect", "expected"),
    [
        ("قال", "يقول", {"قال", "قالت", "قالوا", "قالا", "قالتا", "قلن", "قلنا", "يقول", "تقول", "يقولون", "نقول"}),
        ("نفي", "ينفي", {"نفي", "نفت", "نفوا", "ينفي", "تنفي", "ينفون", "نفاه", "نفته", "تنفيه"}),
        ("دعا", "يدعو", {"دعا", "دعت", "دعوا", "يدعو", "تدعو", "يدعون"}),
    ],
)
def test_regular_hollow_and_weak_verbs(perfect: str, imperfect: str, expected: set[str]) -> None:
    assert expected <= {form.text for form in verb_forms(perfect, imperfect)}


def test_object_pronouns_are_marked() -> None:
    forms = {form.text: form for form in verb_forms("اتهم", "يتهم")}
    assert forms["اتهمهم"].object
    assert not forms["اتهمت"].object


def test_participles_tell_gender_and_number() -> None:
    forms = {form.text: form for form in participle_forms("مشير")}
    assert (forms["مشيره"].gender, forms["مشيرين"].number) == ("f", "p")
