"""Telephone numbers, addresses of e-mail and birth days of protected people, as they are written in texts.

A number is met with spaces, hyphens, stops, brackets or slashes between its digits, with eastern digits, with "+", "00" or
neither before the country's code, and without that code. A birth day (kept as an ISO date) is met in figures, in any order of
day, month and year, and only where a word for birth or one of the names stands near it: else no report of that day could leave.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tawthiq.lexicon.tables import load
from tawthiq.publication.redaction_names import SEVERAL, Naming
from tawthiq.publication.redaction_words import compared

LEAST_DIGITS, MOST_DIGITS = 7, 18
NEAR = 60
"""Characters between a birth day and the word or name that makes it one."""
LEAST_GLUED = 9
"""Digits of a number from which on letters may stand against it: fewer are found in any digest sooner or later."""
_RUN = re.compile(r"[+(]{0,2}\d(?:[ \u00a0\-.()/\u2010-\u2015]{0,3}\d){6,39}")
_RUN_ALONE = re.compile(_RUN.pattern.removeprefix("[+(]{0,2}"))
_REMEMBERED = 1 << 16
_DIGITS = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d{1,3}\.\d{4,}")
_DATE = re.compile(r"(?<!\d)(\d{1,4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,4})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.])@(\w{5,})")
_TRUNK = "0"


class NumberIndex:
    """The numbers and birth days of the people that an output must not tell. `kept` holds each person's strings."""

    def __init__(self, kept: Sequence[Iterable[str]]) -> None:
        self._numbers: dict[str, int] = {}
        self._local: dict[str, int] = {}
        self._days: dict[date, int] = {}
        for person, strings in enumerate(kept):
            for string in strings:
                self._take(person, compared(string))
        words = (row["heading"] for row in load("person_columns", ("heading", "field")) if row["field"] == "birth")
        self._clean: set[str] = set()
        self._born = re.compile("|".join(sorted((re.escape(compared(word)) for word in words), key=len, reverse=True)))

    def __bool__(self) -> bool:
        return bool(self._numbers or self._days)

    def namings(self, form: str, named: Sequence[Naming]) -> Iterator[Naming]:
        """The stretches of a compared form that are somebody's number or birth day; `named` are the names found in it."""
        if self._numbers:
            for run in _RUN.finditer(form):
                if not _DECIMAL.fullmatch(run[0]):
                    yield from self._within(form, run)
        if self._days:
            yield from self._births(form, named)

    def may_tell(self, form: str) -> bool:
        """Whether figures in a compared form are worth a closer look; never false where `namings` finds any."""
        if self._numbers:
            fresh = set(_RUN_ALONE.findall(form)).difference(self._clean)
            if any(self._may_hold(run) for run in fresh):
                return True
            if len(self._clean) < _REMEMBERED:
                self._clean |= fresh
        return bool(self._days) and any(day in self._days for found in _DATE.finditer(form) for day in _readings(found))

    def _may_hold(self, run: str) -> bool:
        groups = _DIGITS.findall(run)
        return any(
            self._of("".join(groups[at:to])) is not None
            for at in range(len(groups))
            for to in range(at + 1, len(groups) + 1)
        )

    def _take(self, person: int, text: str) -> None:
        if day := iso_day(text):
            _put(self._days, day, person)
            return
        for run in _RUN.finditer(text):
            digits = re.sub(r"\D", "", run[0])
            bare = digits.lstrip(_TRUNK)
            if len(bare) < LEAST_DIGITS:
                continue
            _put(self._numbers, bare, person)
            if run[0].lstrip("(").startswith("+") or digits.startswith("00"):
                for code in (1, 2, 3):
                    local = bare[code:].lstrip(_TRUNK)
                    if len(local) >= LEAST_DIGITS:
                        _put(self._numbers, local, person)
                        _put(self._local, local, person)
            else:
                _put(self._local, bare, person)

    def _within(self, form: str, run: re.Match[str]) -> Iterator[Naming]:
        """The numbers in a run of figures, of which others may stand before and behind them: the longest first."""
        groups = [(each.start(), each.end()) for each in _DIGITS.finditer(form, run.start(), run.end())]
        at = 0
        while at < len(groups):
            for to in range(len(groups), at, -1):
                start, end = groups[at][0], groups[to - 1][1]
                digits = re.sub(r"\D", "", form[start:end])
                person = self._of(digits) if LEAST_DIGITS <= len(digits) <= MOST_DIGITS else None
                glued = form[start - 1 : start].isalpha() or form[end : end + 1].isalpha()
                if person is not None and (not glued or len(digits) >= LEAST_GLUED):
                    begins = run.start() if at == 0 else start
                    yield Naming(begins, end, person)
                    at = to
                    break
            else:
                at += 1

    def _of(self, digits: str) -> int | None:
        """Whose number some digits are: as they stand, or behind a country's code of up to three figures."""
        bare = digits.lstrip(_TRUNK)
        if bare in self._numbers:
            return self._numbers[bare]
        for code in (1, 2, 3):
            local = bare[code:].lstrip(_TRUNK)
            if local in self._local:
                return self._local[local]
        return None

    def _births(self, form: str, named: Sequence[Naming]) -> Iterator[Naming]:
        for found in _DATE.finditer(form):
            person = next((self._days[day] for day in _readings(found) if day in self._days), None)
            if person is None:
                continue
            near = form[max(0, found.start() - NEAR) : found.end() + NEAR]
            by_name = any(each.start < found.end() + NEAR and each.end > found.start() - NEAR for each in named)
            if by_name or self._born.search(near):
                yield Naming(found.start(), found.end(), person)


def mail_addresses(string: str) -> list[str]:
    """The addresses and account names in a kept string, each as one word: "a@b.org", "@name"."""
    return [*_MAIL.findall(string), *(f"{name}" for name in _HANDLE.findall(string))]


def is_number(string: str) -> bool:
    """Whether a kept string holds a number or a day, and is no name."""
    form = compared(string)
    return iso_day(form) is not None or _RUN.search(form) is not None or "@" in form


def iso_day(text: str) -> date | None:
    """The day that an ISO date names; None for part of one, which tells nobody apart."""
    try:
        return date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None


def _readings(found: re.Match[str]) -> Iterator[date]:
    first, second, third = (int(part) for part in found.groups())
    for year, month, day in ((first, second, third), (third, second, first), (third, first, second)):
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _put(table: dict, key: object, person: int) -> None:  # type: ignore[type-arg]
    if table.setdefault(key, person) != person:
        table[key] = SEVERAL
