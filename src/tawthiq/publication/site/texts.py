"""Texts of the site in the reader's language, from lexicon/data/site_texts.tsv; numbers and days as that reader writes them.

Arabic pages write eastern digits and the names of months that are used from Iraq to Palestine. Plurals follow the classes of
Unicode CLDR for "ar". Hijri days are those of `text.calendars` (Umm al-Qura).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.publication.site.elements import Markup, escaped
from tawthiq.text.calendars import to_hijri

COLUMNS = ("key", "en", "ar")
LANGUAGES = ("ar", "en")
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FEW, _MANY, _TWO = (3, 10), (11, 99), 2


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language. `both` asks for Hijri days beside Gregorian ones."""

    language: str
    both: bool = False

    @property
    def direction(self) -> str:
        """The direction in which the language is written."""
        return "rtl" if self.language == "ar" else "ltr"

    def __call__(self, key: str, **values: str) -> Markup:
        """A text as markup, its gaps filled with values, each escaped unless it is markup. Raises KeyError for no such text."""
        text = _texts(self.language)[key]
        return Markup(escaped(text).format_map({name: escaped(value) for name, value in values.items()}))

    def plain(self, key: str, **values: str) -> str:
        """A text that is no markup yet, its gaps filled with values that are none either. Raises KeyError as a call does."""
        return _texts(self.language)[key].format_map(values)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in _texts(self.language)

    def numbered(self, page: str) -> list[tuple[Markup, Markup]]:
        """The numbered sections of a page of prose: heading and text each."""
        found: list[tuple[Markup, Markup]] = []
        while self.has(f"{page}.{len(found) + 1}.head"):
            at = f"{page}.{len(found) + 1}"
            found.append((self(f"{at}.head"), self(f"{at}.text")))
        return found

    def label(self, kind: str, code: str) -> str:
        """What a code is called; the code itself where no text names it."""
        return _texts(self.language).get(f"{kind}.{code}", code)

    def digits(self, text: str) -> str:
        """A text of ours with the digits of the language."""
        return text.translate(EASTERN) if self.language == "ar" else text

    def number(self, value: int) -> str:
        """A number with separators of thousands."""
        shown = f"{value:,}"
        return shown.translate(EASTERN).replace(",", "٬") if self.language == "ar" else shown

    def counted(self, number: int, group: str) -> str:
        """So many of a group in words; the number alone of people as such."""
        form = f"counted.{group}.{_form(number)}"
        if group == "all" or not self.has(form):
            return self.number(number)
        return _texts(self.language)[form].format(number=self.number(number))

    def day(self, day: date) -> str:
        """A day in words, with the Hijri day behind it where both calendars are asked for."""
        return _day(self, day)

    def month(self, day: date) -> str:
        """The month and year of a day."""
        return self.plain("day.month", month=self.plain(f"month.{day.month}"), year=self.digits(str(day.year)))

    def period(self, first: date | None, last: date | None, precision: str = "") -> str:
        """Days in words, no finer than they were told; empty where they stay open."""
        if first is None or last is None:
            return ""
        if precision == "year":
            return self.digits(str(first.year))
        if precision == "month":
            return self.month(first)
        if first == last:
            return self.day(first)
        return self.plain("day.range", first=self.day(first), last=self.day(last))


@cache
def _texts(language: str) -> dict[str, str]:
    return {row["key"]: row[language] for row in load("site_texts", COLUMNS)}


@cache
def _day(words: Words, day: date) -> str:
    month = words.plain(f"month.{day.month}")
    shown = words.plain("day.written", day=words.digits(str(day.day)), month=month, year=words.digits(str(day.year)))
    found = to_hijri(day) if words.both else None
    if found is None:
        return shown
    year, at, number = found
    month = words.plain(f"hijri.{at}")
    hijri = words.plain("day.hijri", day=words.digits(str(number)), month=month, year=words.digits(str(year)))
    return words.plain("day.both", day=shown, hijri=hijri)


def _form(number: int) -> str:
    """Which of the five forms a number asks for."""
    if 1 <= number <= _TWO:
        return ("one", "two")[number - 1]
    rest = number % 100
    return "few" if _FEW[0] <= rest <= _FEW[1] else "many" if _MANY[0] <= rest <= _MANY[1] else "hundreds"
