"""Who signed a report: persons only. A desk, a site or an agency is no byline, and null is better than a guess.

Vocabulary: byline_prefix and not_a_person of lexicon/data/{ar,en}/page_lines.tsv.
"""

import re

from tawthiq.page.agencies import agency_named
from tawthiq.page.wording import cues_of, normal, phrases_of, wording, words_of
from tawthiq.text.folding import fold

_LETTERS_ONLY = re.compile(r"^[^\W\d_][^\d_@/\\|<>{}\[\]=+*#;:!?؟،]*$")
_PLACE = re.compile(r"\s+[-–—|/]\s*|[-–—|/،,]\s+|\s*[|]\s*")  # "name - city", "name, city"
_AFTER_PREFIX = re.compile(r"^\s*[:：/\-–—]*\s*")
_LONGEST = 60


def person(words: str, sites: tuple[str, ...]) -> str | None:
    """The person that a byline names, without "by"; None for a site, a desk, an agency or anything doubtful."""
    name = _PLACE.split(without_prefix(words.strip()), maxsplit=1)[0].strip(" :،,-–—|·•/()\"'«»")
    parts = [part for part in re.split(r"[\s.]+", name) if part]
    if not 2 <= len(parts) <= 5 or len(name) > _LONGEST or not _LETTERS_ONLY.match(name):
        return None
    refused = words_of("not_a_person")
    if any(normal(part) in refused for part in parts) or agency_named(name) or cues_of(name):
        return None
    folded = fold(name)
    if any(site and (fold(site) in folded or folded in fold(site)) for site in sites):
        return None
    return None if normal(name) in wording().lines else name


def without_prefix(words: str) -> str:
    """`words` without the "by" that opens it, in any language of the tables."""
    for prefix in phrases_of("byline_prefix"):
        count = len(prefix.split())
        pieces = words.split(None, count)
        if normal(" ".join(pieces[:count])) == prefix and (len(pieces) > count):
            return _AFTER_PREFIX.sub("", pieces[count])
    return words


def has_prefix(words: str) -> bool:
    """Whether a line opens as bylines do ("بقلم ...", by)."""
    return len(words) <= 90 and without_prefix(words) != words
