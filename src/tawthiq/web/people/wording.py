"""What a comparison of two records is called, and what it found, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

FIELDS: dict[str, Promise] = {
    "name": pgettext_lazy("person", "Name"),
    "father": pgettext_lazy("person", "Father’s name"),
    "mother": pgettext_lazy("person", "Mother’s name"),
    "kunya": pgettext_lazy("person", "Kunya"),
    "age": pgettext_lazy("person", "Age"),
    "birth": pgettext_lazy("person", "Birth"),
    "sex": pgettext_lazy("person", "Sex"),
    "birth_place": pgettext_lazy("person", "Place of birth"),
    "residence": pgettext_lazy("person", "Residence"),
    "place": pgettext_lazy("person", "Place of the incident"),
    "death": pgettext_lazy("person", "Death"),
    "occupation": pgettext_lazy("person", "Occupation"),
    "identity": pgettext_lazy("person", "Number or address"),
}
COMPARED: dict[str, Promise] = {
    **FIELDS,
    "given": pgettext_lazy("person", "Given name"),
    "other_names": pgettext_lazy("person", "Other names"),
}
FOUND: dict[str, Promise] = {
    "same": pgettext_lazy("person compared", "the same"),
    "sounds_alike": pgettext_lazy("person compared", "may be the same in another spelling or script"),
    "alike": pgettext_lazy("person compared", "alike"),
    "exchanged": pgettext_lazy("person compared", "first and last exchanged"),
    "initial": pgettext_lazy("person compared", "the same first letter"),
    "all_names": pgettext_lazy("person compared", "all names the same"),
    "family_only": pgettext_lazy("person compared", "shared, with another given name: of one family at most"),
    "same_day": pgettext_lazy("person compared", "the same day"),
    "one_sign": pgettext_lazy("person compared", "one sign differs"),
    "two_signs": pgettext_lazy("person compared", "two signs differ"),
    "same_year": pgettext_lazy("person compared", "the same year"),
    "range_holds": pgettext_lazy("person compared", "the ranges agree"),
    "holds": pgettext_lazy("person compared", "the ranges agree"),
    "near": pgettext_lazy("person compared", "near"),
    "days_apart": pgettext_lazy("person compared", "at most three days apart"),
    "month_apart": pgettext_lazy("person compared", "at most a month apart"),
    "part": pgettext_lazy("person compared", "one within the other"),
    "same_start": pgettext_lazy("person compared", "the same beginning"),
    "near_code": pgettext_lazy("person compared", "codes of one area"),
    "otherwise": pgettext_lazy("person compared", "different"),
}
SHARED = pgettext_lazy("person compared", "shared names")
SHARED_SOUNDS = pgettext_lazy("person compared", "shared names in another spelling or script")


def found_in_words(code: str) -> Promise | str:
    """What a level of a comparison says; the code itself where a table of another version made it."""
    if code.startswith("shared_"):
        return SHARED
    if code.startswith("sounds_") and code != "sounds_alike":
        return SHARED_SOUNDS
    return FOUND.get(code, code)
