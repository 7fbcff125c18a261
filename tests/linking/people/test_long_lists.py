"""Lists long enough to estimate their own weights: planted repetitions are found, and twice the same comes out."""

import random

from tawthiq.linking.people import propose, read_person
from tawthiq.linking.people.model import OWN_ESTIMATES
from tawthiq.records.person import ListCell, PersonRecord, PersonValue

REPEATED = 300
ROOTS = ("زيت", "نهر", "ورد", "قمر", "بست", "صخر", "جدل", "ميد", "سهل", "وعر", "غيم", "رمل")
ENDINGS = ("ون", "ان", "ي", "اوي", "ات", "ين", "ور", "يد", "ام", "اس")
GIVEN = (
    "سامر",
    "نبيل",
    "طارق",
    "هشام",
    "رائد",
    "وسيم",
    "جابر",
    "فادي",
    "ماهر",
    "باسل",
    "غسان",
    "منذر",
    "زهير",
    "عدنان",
)


def person(number: int, source: str, told: dict[str, str]) -> PersonRecord:
    values = {name: PersonValue(text, ListCell(source, number, name)) for name, text in told.items()}
    return read_person(f"{source}:{number:05}", source, values)


def long_lists() -> tuple[list[PersonRecord], set[tuple[str, str]]]:
    """A list, and a second one that repeats some of its people with a day off, a word left out or a letter mistyped."""
    rnd = random.Random(11)
    made, true = [], set()
    for number in range(OWN_ESTIMATES):
        family = rnd.choice(ROOTS) + rnd.choice(ENDINGS) + rnd.choice(("", "ة", "ه", "ية"))
        father, given = rnd.choice(GIVEN), rnd.choice(GIVEN)
        told = {
            "name": f"{given} {father} {family}",
            "birth": f"{rnd.randint(1940, 2010)}-{rnd.randint(1, 12):02}-{rnd.randint(1, 28):02}",
            "death": f"{rnd.randint(2012, 2018)}-{rnd.randint(1, 12):02}-{rnd.randint(1, 28):02}",
            "place": f"قرية {rnd.randint(1, 300)}",
        }
        made.append(person(number, "a", told))
        if number < REPEATED:
            changed = rnd.choice(({}, {"name": f"{given} {family}"}, {"name": f"{given} {father} {family[:-1]}"}))
            made.append(person(number, "b", told | changed))
            true.add((f"a:{number:05}", f"b:{number:05}"))
    return made, true


def test_a_long_list_estimates_its_weights_and_finds_who_is_repeated() -> None:
    records, true = long_lists()
    found = propose(records)
    pairs = {(pair.first, pair.second) for pair in found.pairs}
    assert len(pairs & true) / len(true) > 0.95
    assert len(pairs & true) / len(pairs) > 0.9
    assert found.distinct.least <= OWN_ESTIMATES <= found.distinct.most
    random.Random(3).shuffle(records)
    assert propose(records) == found
