"""Who signed a report: persons only. A desk, a site or an agency is no byline, and null is better than a guess.

Several persons are kept ("A and B", "أ وب"). Vocabulary: byline_prefix, byline_label, not_a_person and name_joiner of
lexicon/data/{ar,en}/page_lines.tsv.
"""

import re
from functools import cache

from tawthiq.page.agencies import agency_named
from tawthiq.page.wording import cues_of, normal, phrases_of, wording, words_of
from tawthiq.text.folding import fold

_LETTERS_ONLY = re.compile(r"^[^\W\d_][^\d_@/\\|<>{}\[\]=+*#;:!?؟،]*$")
_PLACE = re.compile(r"\s+[-–—|/•·]\s*|[-–—|/،,(]\s+|\s*[|(]\s*|[،,]")  # "name - city", "name, city", "name (desk)"
_COMMAS = re.compile(r"\s*[,،;؛]\s*")
_AFTER_PREFIX = re.compile(r"^\s*[:：/\-–—]*\s*")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_MARKS = (":", "：", "/", "|", "-", "–", "—")
_LONGEST = 60
_MOST_PARTS = 5


def person(words: str, sites: tuple[str, ...]) -> str | None:
    """The person that a byline names, without "by"; None for a site, a desk, an agency or anything doubtful."""
    name = _PLACE.split(without_prefix(words.strip()), maxsplit=1)[0].strip(" :،,-–—|·•/()\"'«»؛;")
    parts = [part for part in re.split(r"[\s.]+", name) if part]
    if not 2 <= len(parts) <= _MOST_PARTS or len(name) > _LONGEST or not _LETTERS_ONLY.match(name):
        return None
    if not _is_written_as_name(parts):
        return None
    refused = words_of("not_a_person")
    if any(normal(part) in refused for part in parts) or agency_named(name) or cues_of(name):
        return None
    folded = fold(name)
    if any(site and (fold(site) in folded or folded in fold(site)) for site in sites):
        return None
    return None if normal(name) in wording().lines else name


def _is_written_as_name(parts: list[str]) -> bool:
    """Whether the first and last word begin as names do: in capitals, where the script has them."""
    return all(not part[0].islower() for part in (parts[0], parts[-1]))


def persons(words: str, sites: tuple[str, ...]) -> list[str]:
    """All persons that a byline names. A list of names ends with a joiner ("A, B and C"); a comma alone may set off a city."""
    rest = without_prefix(words.strip())
    pieces = [piece for piece in _joiner().split(rest) if piece.strip()]
    pieces = [part for piece in pieces for part in (_parted_arabic(piece) if _ARABIC.search(piece) else [piece])]
    listed = [part for piece in pieces[:-1] for part in _COMMAS.split(piece)]
    found = [person(piece, sites) for piece in (*listed, *pieces[-1:])]
    if len(pieces) == 1 and ("," in rest or ";" in rest or "،" in rest or "؛" in rest):
        several = [person(piece, sites) for piece in _COMMAS.split(rest) if piece.strip()]
        if len(several) > 1 and all(several):
            found = several
    return list(dict.fromkeys(name for name in found if name))


def _parted_arabic(piece: str) -> list[str]:
    """Two names joined by the letter "و" (and), written to the second: each has two words or more."""
    words = piece.split()
    for number in range(2, len(words) - 1):
        if words[number].startswith("و") and len(words[number]) > 3 and len(words) > _LONGEST_SINGLE:
            return [" ".join(words[:number]), " ".join([words[number][1:], *words[number + 1 :]])]
    return [piece]


_LONGEST_SINGLE = 3  # words of one person's name past which a "و" inside begins another's


@cache
def _joiner() -> re.Pattern[str]:
    words = sorted((re.escape(word) for word in phrases_of("name_joiner")), key=len, reverse=True)
    return re.compile(rf"\s+(?:{'|'.join(words)}|&|\+)\s+|\s+و\s+", re.IGNORECASE)


def joined(names: list[str]) -> str:
    """Names as one line: "A, B and C", in Arabic script "أ، ب وج"."""
    if len(names) < 2:
        return "".join(names)
    if _ARABIC.search(names[0]):
        return f"{'، '.join(names[:-1])} و{names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def same_person(name: str, other: str) -> bool:
    """Whether two forms name one person: the same words, whatever their case and marks, or one within the other."""
    first, second = set(normal(name).split()), set(normal(other).split())
    return len(first & second) >= 2 and (first <= second or second <= first)


def without_prefix(words: str) -> str:
    """`words` without the "by" that opens it, in any language of the tables.

    What is also a common noun ("تقرير", a report) opens a byline only with a mark after it.
    """
    for count, prefixes in _prefixes():
        pieces = words.split(None, count)
        if len(pieces) <= count:
            continue
        prefix = normal(" ".join(pieces[:count]))
        if prefix not in prefixes:
            continue
        marked = pieces[count - 1].endswith(_MARKS) or pieces[count].startswith(_MARKS)
        if marked or prefix not in phrases_of("byline_label"):
            return _AFTER_PREFIX.sub("", pieces[count])
    return words


@cache
def _prefixes() -> tuple[tuple[int, frozenset[str]], ...]:
    """The prefixes of bylines by their number of words, the longest first: a line is compared once for each number."""
    prefixes = phrases_of("byline_prefix")
    counts = sorted({len(prefix.split()) for prefix in prefixes}, reverse=True)
    return tuple((count, frozenset(p for p in prefixes if len(p.split()) == count)) for count in counts)


def has_prefix(words: str) -> bool:
    """Whether a line opens as bylines do ("بقلم ...", by)."""
    return len(words) <= 120 and without_prefix(words) != words


def is_prefix(words: str) -> bool:
    """Whether a line is nothing but a "by", whose name stands on the next."""
    return len(words) <= 40 and normal(words) in phrases_of("byline_prefix")
