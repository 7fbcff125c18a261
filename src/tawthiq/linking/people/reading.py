"""What a source states about a person, understood as far as it goes: name, age as a range, days of birth and death, sex.

A value that is not understood stays in the record as it was written and is compared with nothing. An age is a range of full
years ("in his thirties": 30 to 39), and so is the birth that follows from an age and a day of death.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from tawthiq.linking.people.names import name_words, words_as
from tawthiq.linking.people.vocabulary import ages, sexes
from tawthiq.records.period import Period, Precision
from tawthiq.records.person import NamePart, NameWord, PersonRecord, PersonValue, Sex, Years
from tawthiq.text.cardinals import numerals
from tawthiq.text.dates import times
from tawthiq.text.folding import fold
from tawthiq.text.language import language

OLDEST = 120
"""Full years that nobody is taken to have outlived."""
EARLIEST, LATEST = 1000, 2100
_LONGEST = 120
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
_AGES = re.compile(r"(\d{1,3})(?:\s*[-–—]\s*(\d{1,3}))?")
_WORDS = re.compile(r"[\w-]+")


def read_person(identifier: str, source: str, values: Mapping[str, PersonValue]) -> PersonRecord:
    """The record of one person. `values` are keyed by `records.person.PERSON_COLUMNS` and must hold a name."""
    told = {name: value.text for name, value in values.items()}
    born, died = _period(told.get("birth")), _period(told.get("death"))
    age = age_years(told.get("age"))
    return PersonRecord(
        identifier=identifier,
        source=source,
        **values,
        words=_words(told),
        age_years=age,
        birth_years=_birth_years(told.get("birth"), born, age, died),
        born=born,
        died=died,
        stated_sex=stated_sex(told.get("sex")),
    )


def _words(told: Mapping[str, str]) -> tuple[NameWord, ...]:
    """The words of all columns that hold names, none of them twice."""
    words = list(name_words(told["name"]))
    if "kunya" in told:
        words += [word for word in name_words(told["kunya"]) if word.part is NamePart.KUNYA]
    if "father" in told:
        father = words_as(NamePart.FATHER, told["father"])[:1]
        words = [_but_father(word, father) for word in words]
        words += father
    return tuple(dict.fromkeys(words))


def _but_father(word: NameWord, father: tuple[NameWord, ...]) -> NameWord:
    """A word that stands where a father's name would, though a column of its own tells the father, is another's."""
    moved = word.part is NamePart.FATHER and bool(father) and word.form != father[0].form
    return NameWord(NamePart.OTHER, word.form, word.sound) if moved else word


@lru_cache(maxsize=1 << 14)
def age_years(text: str | None) -> Years | None:
    """An age as a range of full years, None where the words do not tell one."""
    if not text:
        return None
    folded = fold(text[:_LONGEST])
    words = _WORDS.findall(folded)
    in_words = [ages()[word] for word in words if word in ages()]
    counted = _AGES.search(folded)
    if counted and not any(word in ages() and ages()[word][1] <= 1 for word in words):
        first, last = int(counted[1]), int(counted[2] or counted[1])
        return Years(first, last) if first <= last <= OLDEST else None
    if in_words:
        return Years(min(first for first, _ in in_words), max(last for _, last in in_words))
    spelled = [numeral.value for numeral in numerals(text[:_LONGEST])]
    whole = [value for value in spelled if isinstance(value, int) and 0 <= value <= OLDEST]
    return Years(whole[0], whole[0]) if len(whole) == 1 else None


@lru_cache(maxsize=256)
def stated_sex(text: str | None) -> Sex | None:
    """The sex that a word of the table states."""
    return sexes().get(fold(text.strip())) if text else None


@lru_cache(maxsize=1 << 16)
def _period(text: str | None) -> Period | None:
    """The days that a date in digits or words means; None where it is none, or several."""
    if not text:
        return None
    folded = fold(text[:_LONGEST]).strip()
    iso = _ISO.fullmatch(folded)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if folded.isdecimal():
        return _year(int(folded))
    found = {when.period for when in times(text[:_LONGEST], language(text), None) if when.period}
    return found.pop() if len(found) == 1 else None


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        that = date(year, month, day)
    except ValueError:
        return None
    return Period(that, that, Precision.DAY)


def _year(year: int) -> Period | None:
    return Period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR) if EARLIEST <= year <= LATEST else None


def _birth_years(birth: str | None, born: Period | None, age: Years | None, died: Period | None) -> Years | None:
    """Years in which the person was born, from a date, a year in words that are no date, or the age at death."""
    if born:
        return Years(born.first.year, born.last.year)
    years = [int(year) for year in _YEAR.findall(fold(birth[:_LONGEST]))] if birth else []
    if len(years) == 1:
        return Years(years[0], years[0])
    if age and died:
        return Years(died.first.year - age.last - 1, died.last.year - age.first)
    return None
