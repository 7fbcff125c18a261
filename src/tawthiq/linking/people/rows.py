"""Records of persons as the columns that are compared: one frozen row a record, one tuple a column for DuckDB.

Only forms for comparison stand here (folded, without marks); what was written stays in the records.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from tawthiq.linking.people.names import base_of, comparable, sounds_of
from tawthiq.linking.people.rarity import common_shares, rarities
from tawthiq.linking.people.sounds import skeleton
from tawthiq.records.person import NamePart, NameWord, PersonRecord, PersonValue
from tawthiq.text.folding import fold

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """The comparable forms of one record; None and empty where it does not tell.

    `words` and `sounds` are numbers (`rarity`) of all words of the name but the kunya, `others` and `other_sounds` those
    without the given name; `given` is None where there is one word only, which may be a family's name. Birth and age are in
    years, death in days (proleptic ordinals). `birth_written` is a date in digits even where no such day exists.
    """

    number: int
    name_key: str | None
    given: str | None
    given_sounds: tuple[str, ...] | None
    given_skeleton: str | None
    last: str | None
    last_skeleton: str | None
    words: tuple[int, ...] | None
    sounds: tuple[int, ...] | None
    others: tuple[int, ...] | None
    other_sounds: tuple[int, ...] | None
    rarest: str | None
    father: str | None
    father_sounds: tuple[str, ...] | None
    mother: str | None
    mother_sounds: tuple[str, ...] | None
    kunya: str | None
    kunya_sound: str | None
    birth_written: str | None
    birth_first: int | None
    birth_last: int | None
    age_first: int | None
    age_last: int | None
    death_first: int | None
    death_last: int | None
    birth_place: str | None
    birth_place_sound: str | None
    residence: str | None
    residence_sound: str | None
    residence_start: str | None
    place: str | None
    place_sound: str | None
    occupation: str | None
    identity: str | None
    sex: str | None


COLUMNS = tuple(field.name for field in fields(PersonRow))


def person_rows(records: Sequence[PersonRecord]) -> list[PersonRow]:
    """The rows of records, numbered in the order given."""
    named = [[word for word in record.words if word.part is not NamePart.KUNYA] for record in records]
    forms, sounds = common_shares()
    by_form = rarities((form for words in named for form in {word.form for word in words}), forms, len(records))
    by_sound = rarities((sound for words in named for sound in {word.sound for word in words}), sounds, len(records))
    return [
        _row(number, record, words, by_form, by_sound)
        for number, (record, words) in enumerate(zip(records, named, strict=True))
    ]


def _row(
    number: int, record: PersonRecord, words: list[NameWord], by_form: dict[str, int], by_sound: dict[str, int]
) -> PersonRow:
    several = len({word.form for word in words}) > 1
    given = next((word for word in words if word.part is NamePart.GIVEN), None) if several else None
    last = next((word for word in reversed(words) if word.part in (NamePart.FAMILY, NamePart.GIVEN)), None)
    others = [word for word in words if word is not given]
    father = next((word for word in words if word.part is NamePart.FATHER), None)
    kunya = next((word for word in record.words if word.part is NamePart.KUNYA), None)
    mother = _form(record.mother)
    return PersonRow(
        number=number,
        name_key=" ".join(sorted({word.form for word in words})) if several else None,
        given=given.form if given else None,
        given_sounds=sounds_of(given.form) if given else None,
        given_skeleton=given.sound if given else None,
        last=last.form if last else None,
        last_skeleton=last.sound if last else None,
        words=_numbers((word.form for word in words), by_form),
        sounds=_numbers((word.sound for word in words), by_sound),
        others=_numbers((word.form for word in others), by_form) if several else None,
        other_sounds=_numbers((word.sound for word in others), by_sound) if several else None,
        rarest=min((word.form for word in words), key=lambda form: (-(by_form[form] % 1024), form), default=None),
        father=father.form if father else None,
        father_sounds=sounds_of(father.form) if father else None,
        mother=mother,
        mother_sounds=sounds_of(mother.split()[0]) if mother else None,
        kunya=kunya.form if kunya else None,
        kunya_sound=kunya.sound if kunya else None,
        birth_written=_written_date(record),
        birth_first=record.birth_years.first if record.birth_years else None,
        birth_last=record.birth_years.last if record.birth_years else None,
        age_first=record.age_years.first if record.age_years else None,
        age_last=record.age_years.last if record.age_years else None,
        death_first=record.died.first.toordinal() if record.died else None,
        death_last=record.died.last.toordinal() if record.died else None,
        birth_place=_form(record.birth_place),
        birth_place_sound=_sound(record.birth_place),
        residence=_form(record.residence),
        residence_sound=_sound(record.residence),
        residence_start=_start(record.residence),
        place=_form(record.place),
        place_sound=_sound(record.place),
        occupation=_form(record.occupation),
        identity=_identity(record.identity),
        sex=record.stated_sex.value if record.stated_sex else None,
    )


def _numbers(words: Iterable[str], numbers: dict[str, int]) -> tuple[int, ...] | None:
    return tuple(sorted({numbers[word] for word in words})) or None


def _form(value: PersonValue | None) -> str | None:
    return (comparable(value.text) or None) if value else None


def _sound(value: PersonValue | None) -> str | None:
    """The consonants of all words, so that a place meets itself in another script."""
    form = _form(value)
    return (
        " ".join(skeleton(base_of(word.removeprefix("ال"))) for word in form.split() if word != "al") if form else None
    )


def _start(value: PersonValue | None) -> str | None:
    """The first word of an address of several: the district of a postcode, the town before its quarter."""
    form = _form(value)
    return form.split()[0] if form and " " in form else None


def _identity(value: PersonValue | None) -> str | None:
    """A number or address of a person, without the marks that people set differently."""
    return (re.sub(r"[\s\-/()+]", "", fold(value.text)) or None) if value else None


def _written_date(record: PersonRecord) -> str | None:
    """The date of birth in ten digits and marks: as written where it is in digits, else as it was understood."""
    if record.birth is not None:
        found = _DATE.search(fold(record.birth.text))
        if found:
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if record.born is not None and record.born.first == record.born.last:
        return record.born.first.isoformat()
    return None
