"""Terms in which number words have become numbers and double month names one month: what the rules of time run over.

Owns the second of three passes. Each item has one class letter; the letters in a row are the string that `time_rules` matches,
so that a position in that string is an index of an item.

    M month  W weekday  D day  T today  E near day (yesterday)  H night before  r after midnight  P part of day  p part alone
    K clock  k clock tail  U period (week, year)  L last  C current  F next  S since  f from  t to  b between  & and  R before
    A after  G during  i preposition  B begin  X end  Z mid  V season  n now  m same day  z same period  J since then
    j until now  u open  g ago  a article  h Hijri mark  e Gregorian mark  q Jalali mark  d decade  y "early", "late"
    l letter "to"  w rest of  c "entered its (third) day"  s following  @ quarter  1 the same month  2 the same year
    N number to 31  O ordinal  o bare one  Y year 1900..2100  I year to 1500  Q other number  ~ about  > bound  v several
    , / - ( ) . : marks  ! end of a sentence  ¶ new line  " quotation mark  x anything else
"""

from functools import lru_cache
from typing import NamedTuple

from tawthiq.text.cardinals import Numeral, numerals
from tawthiq.text.terms import Term, Terms, terms
from tawthiq.text.vocabulary import Month

_CLASSES = {
    "month": "M", "weekday": "W", "today": "T", "near_day": "E", "night_before": "H", "after_midnight": "r", "part": "P",
    "part_alone": "p", "clock": "K", "clock_tail": "k", "period": "U", "day": "D", "last": "L", "current": "C", "next": "F",
    "since": "S", "from": "f", "to": "t", "between": "b", "and": "&", "before": "R", "after": "A", "during": "G", "prep": "i",
    "begin": "B", "end": "X", "mid": "Z", "season": "V", "now": "n", "same_day": "m", "same_period": "z", "since_then": "J",
    "until_now": "j", "open": "u", "ago": "g", "article": "a", "hijri_mark": "h", "gregorian_mark": "e", "jalali_mark": "q",
    "decade_name": "d", "begin_weak": "y", "to_letter": "l", "rest": "w", "day_of_it": "c",
    "following": "s", "same_month": "1", "same_year": "2", "quarter": "@",
}  # fmt: skip
_MARKS = {
    ",": ",", "،": ",", "/": "/", "\\": "/", "-": "-", "–": "-", "—": "-", "−": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    ".": ".", ":": ":", "~": "-", '"': '"', "٬": ",", "؛": ".", ";": ".", "|": "|", "!": "!", "?": "!", "؟": "!", "_": "-",
}  # fmt: skip
_PLAIN = {"word": "x", "line": "¶", "address": "x", "number": "x"}
_ABBREVIATION = 4
"""Letters of the longest abbreviated month, Sept."""
_YEAR = 4
_MONTHS = 12
_TANWIN = "\u064b"
"""The ending of an adverb (مساءً: in the evening), which folding drops."""
_BOUNDS = frozenset({"floor", "ceiling"})
_VERBS = ("may", "march")
_NEVER_COUNT = frozenset({"weekday", "month"})


class Item(NamedTuple):
    """One class letter and what stands behind it: folded positions, the value, clitics, and its first term's index."""

    kind: str
    start: int
    end: int
    value: object
    prefix: str
    raw: str
    term: int


class Items(NamedTuple):
    """The items of a text as class letters in a row, and the way back. `cells` holds an item, or the place of a plain term."""

    source: Terms
    cells: tuple[Item | int, ...]
    letters: str

    def item(self, index: int) -> Item:
        """The item at `index`; plain words get theirs only when asked for."""
        cell = self.cells[index]
        if isinstance(cell, Item):
            return cell
        term = self.source.terms[cell]
        return Item(self.letters[index], term.start, term.end, None, term.prefix, "", cell)


@lru_cache(maxsize=8)
def items(text: str) -> Items:
    """The items of `text`; the last few texts are remembered."""
    source = terms(text)
    cells: list[Item | int] = []
    letters: list[str] = []
    row = source.terms
    counted = {numeral.first: numeral for numeral in numerals(text)}
    at = 0
    while at < len(row):
        term = row[at]
        numeral = counted.get(at)
        if numeral is None and term.entry is None:
            letter, value = _PLAIN.get(term.kind) or _MARKS.get(term.text, "x"), None
            letter = "!" if letter == "." and at and _ends_sentence(row, at) else letter
        else:
            letter, value = _meaning(term)
        found: Item | int = at
        if numeral is not None and not (term.entry and term.entry.roles.keys() & _NEVER_COUNT):
            found = _numeral(row, numeral)
            letter, at = found.kind, numeral.end
        elif value is None:
            at += 1
        else:
            found, at = _item(source, at, letter, value)
            letter = found.kind
        cells.append(found)
        letters.append(letter)
    return Items(source, tuple(cells), "".join(letters))


def _ends_sentence(row: tuple[Term, ...], at: int) -> bool:
    """Whether the point at `at` behind a whole month name ends a sentence: no year of it follows ("16. April. 2016")."""
    before, after = row[at - 1], row[at + 1] if at + 1 < len(row) else None
    whole = before.entry is not None and "month" in before.entry.roles and len(before.text) > _ABBREVIATION
    glued = after is not None and (after.start == row[at].end or (after.kind == "number" and len(after.text) == _YEAR))
    return whole and not glued


def _numbers_month(row: tuple[Term, ...], at: int) -> bool:
    """Whether the figures at `at` number the Arabic month word before them ("بشهر 3", in month 3) and count nothing behind."""
    word, figures = row[at - 1], row[at] if at < len(row) else None
    singular = word.entry is not None and word.entry.roles.get("period") == "month" and not word.text.isascii()
    if figures is None or not singular or word.prefix.endswith("ال") or not figures.text.isdigit() or figures.prefix:
        return False
    after = row[at + 1] if at + 1 < len(row) else None
    counts = after is not None and after.kind == "word" and not word.prefix.endswith("ب")
    return 1 <= int(figures.text[:3]) <= _MONTHS and not counts


def _numeral(row: tuple[Term, ...], numeral: Numeral) -> Item:
    at, end, value, kind = numeral
    raw = row[at].text if row[at].kind == "number" and end == at + 1 else ""
    letter = "Q"
    if kind == "ordinal":
        letter, raw = _ordinal_letter(row[at], value), row[at].text if row[at].kind == "number" else ""
    elif kind in ("several", "vague", "many"):
        letter = "v"
    elif kind == "dual":
        letter = "x"
    elif isinstance(value, int):
        plain = not raw or raw.isdigit()
        if 0 <= value <= 31 and plain:
            letter = "N"
        elif plain and 1900 <= value <= 2100:
            letter = "Y"
        elif plain and 1300 <= value <= 1500:
            letter = "I"
    return Item(letter, row[at].start, row[end - 1].end, value, row[at].prefix, raw, at)


def _ordinal_letter(first: Term, value: int | float) -> str:
    """ "o" for an Arabic ordinal without its article (ثانٍ: another), which is no day or hour; أول is both."""
    bare = first.kind == "phrase" and not first.text.isascii() and not first.prefix.endswith("ال") and value != 1
    return "o" if bare else "O"


def _meaning(term: Term) -> tuple[str, object]:
    """The class letter of a phrase by its first role of time, and that role's value; else by its modifiers."""
    if term.entry is None:
        return "x", None
    for name, content in term.entry.roles.items():
        if name in _CLASSES:
            return _CLASSES[name], content
    modifiers = term.entry.modifiers
    return ("~" if "about" in modifiers else ">" if modifiers & _BOUNDS else "x"), None


def _item(source: Terms, at: int, letter: str, value: object) -> tuple[Item, int]:
    """The item of a phrase with a value, and where the row goes on."""
    term = source.terms[at]
    if letter == "P" and source.span(term.start, term.end).of(source.text).endswith(_TANWIN):
        letter = "p"
    raw = ""
    if isinstance(value, Month) and value.needs_number and term.text in _VERBS:
        raw = _written(source, term)
        value = value._replace(needs_number=raw != "month")
    found = Item(letter, term.start, term.end, value, term.prefix, raw, at)
    if letter == "M":
        return _double_month(found, source.terms, at + 1)
    if letter == "U" and _numbers_month(source.terms, at + 1):
        figures = source.terms[at + 1]
        number = Month(int(figures.text), "gregorian", needs_number=False)
        return found._replace(kind="M", end=figures.end, value=number), at + 2
    return found, at + 1


def _written(source: Terms, term: Term) -> str:
    """ "month" where an English month that is also a verb has a capital inside a sentence, "verb" where it has none."""
    text, start = source.text, source.folded.original(term.start, term.end).start
    if not text[start].isupper():
        return "verb"
    return "month" if text[:start].rstrip()[-1:] not in ("", ".", "!", "?") else ""


def _double_month(first: Item, row: tuple[Term, ...], at: int) -> tuple[Item, int]:
    """Joins "نيسان / أبريل", "يونيو (حزيران)" and "يونيو حزيران": two names of one month. Also where the row goes on."""
    month = first.value
    look = at
    opened = False
    if look < len(row) and row[look].text in ("/", "\\", "-", "(", "–", "|"):
        opened = row[look].text == "("
        look += 1
    second = row[look].entry if look < len(row) else None
    other = second.roles.get("month") if second is not None else None
    if not isinstance(month, Month) or not isinstance(other, Month):
        return first, at
    if (other.number, other.calendar) != (month.number, month.calendar) or row[look].prefix:
        return first, at
    end = look + 1
    if opened and end < len(row) and row[end].text == ")":
        end += 1
    return first._replace(end=row[end - 1].end, value=month._replace(needs_number=False)), end
