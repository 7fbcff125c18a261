"""The index that the site's search asks, in parts that pages load as scripts: no server, no fetch, also from a disk.

Words are folded as everywhere (`text.folding`, of which assets/fold.js is a port) and stand without the Arabic article. A part
holds the words that begin alike, each with the places of its incidents in the site's order: differences, in base 36, parted by
full stops. What a result shows is in blocks of fifty incidents a language.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import regex

from tawthiq.lexicon.gazetteer import DEEPEST, gazetteer
from tawthiq.lexicon.verification_terms import violation_types
from tawthiq.publication.site.about import Site, year_of
from tawthiq.publication.site.elements import clean
from tawthiq.publication.site.listing import Written, country_name
from tawthiq.publication.site.texts import LANGUAGES
from tawthiq.publication.site.wording import Wording
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace
from tawthiq.text.folding import fold

BLOCK = 50
LARGEST = 40_000  # bytes of a part, above which it is cut by one more letter
ACT, YEAR = "@a.", "@y."
"""What words begin with that no text holds: they stand for the choices of the form."""
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_ARTICLE, _ROOT = "ال", 3
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def keys_of(text: str) -> list[str]:
    """The words of a text as the index knows them, in order."""
    return [_without_article(word) for word in _WORD.findall(fold(text))]


def index(site: Site) -> Iterator[Written]:
    """The files of the index."""
    postings: dict[str, list[int]] = {}
    for at, incident in enumerate(site.incidents):
        for word in sorted(_words_of(site, incident)):
            postings.setdefault(word, []).append(at)
    packed = {word: _packed(places) for word, places in postings.items()}
    parts = _parts(packed)
    for number, name in enumerate(sorted(parts)):
        content = {word: packed[word] for word in sorted(parts[name])}
        yield f"search/part-{number}.js", _call("part", number, content)
    meta = {"parts": sorted(parts), "incidents": len(site.incidents), "block": BLOCK}
    yield "search/meta.js", f"tawthiqSearch.meta={_json(meta)};\n".encode()
    for language in site.settings.languages:
        wording = site.wording(language)
        for begin in range(0, len(site.incidents), BLOCK):
            rows = [_shown(wording, incident) for incident in site.incidents[begin : begin + BLOCK]]
            yield f"search/{language}-{begin // BLOCK}.js", _call("rows", begin // BLOCK, rows)


def _words_of(site: Site, incident: DisclosedIncident) -> set[str]:
    """What finds an incident: its act, places and those around them, parties, outlets, violations, month, year, number."""
    texts = [incident.act.replace("_", " "), str(incident.number), *(report.outlet for report in incident.reports)]
    parties = dict.fromkeys(
        [each.party for each in incident.attributions]
        + [claim.code for slot in incident.slots if slot.slot == "who" for claim in slot.claims]
    )
    for language in LANGUAGES:
        wording = site.wording(language)
        texts += [wording.act(incident.act), *(wording.party(code) for code in parties)]
        texts += [
            violation_types()[code].term.name(language) for code in incident.violations if code in violation_types()
        ]
        if incident.first:
            texts.append(f"{wording.words(f'month.{incident.first.month}')} {incident.first.year}")
        for place in incident.places:
            texts += _names_around(wording, place)
    found = {word for text in texts for word in keys_of(text)}
    return found | {f"{ACT}{incident.act}", f"{YEAR}{year_of(incident)}"}


def _names_around(wording: Wording, place: DisclosedPlace) -> list[str]:
    """The names of a place, of the places that contain it, and of its country."""
    found = [wording.place(place), country_name(wording, place.country)]
    at = gazetteer().of_code(place.code) if place.code else None
    for _ in range(DEEPEST):
        at = gazetteer().of_code(at.parent) if at and at.parent else None
        if at is None:
            break
        found.append(at.name if wording.words.language == "ar" else at.name_en or at.name)
    return found


def _shown(wording: Wording, incident: DisclosedIncident) -> list[str | int]:
    words = wording.words
    place = wording.place(incident.places[0]) if incident.places else words.plain("value.no_place")
    facts = [
        wording.when(incident),
        _plain(words.digits(str(incident.sources)), wording, "list.sources"),
        _plain(words.digits(str(incident.number)), wording, "list.number"),
    ]
    return [incident.number, wording.act(incident.act), clean(place), *facts]


def _plain(number: str, wording: Wording, key: str) -> str:
    return wording.words.plain(key, number=number)


def _parts(packed: Mapping[str, str]) -> dict[str, list[str]]:
    """The words by how they begin: by one letter, by more where those of one beginning would be too many bytes.

    A word that is no longer than its beginning stays under it.
    """
    found: dict[str, list[str]] = {}
    waiting: list[tuple[str, list[str]]] = [("", list(packed))]
    while waiting:
        name, words = waiting.pop()
        size = sum(len(word.encode()) + len(packed[word]) + 6 for word in words)
        longer = [word for word in words if len(word) > len(name)]
        if name and (size <= LARGEST or not longer):
            found[name] = words
            continue
        if len(longer) < len(words):
            found[name] = [word for word in words if len(word) == len(name)]
        inner: dict[str, list[str]] = {}
        for word in longer:
            inner.setdefault(word[: len(name) + 1], []).append(word)
        waiting += inner.items()
    return found


def _packed(places: Sequence[int]) -> str:
    before = [0, *places]
    return ".".join(_base36(place - last) for last, place in zip(before, places, strict=False))


def _base36(number: int) -> str:
    found = ""
    while number >= 36:
        number, rest = divmod(number, 36)
        found = _DIGITS[rest] + found
    return _DIGITS[number] + found


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + _ROOT else word


def _call(name: str, number: int, content: object) -> bytes:
    return f"tawthiqSearch.{name}({number},{_json(content)});\n".encode()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
