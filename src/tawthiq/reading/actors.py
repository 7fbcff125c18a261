"""Parties named in a text: canonical codes, the wording kept.

Owns recognition by the alias tables, by composition of a force or attack with a nationality ("الطيران الحربي الروسي", a
Turkish drone), and the choice among meanings that depend on the country a report is about (التحالف, الجيش, the rebels).
Loaded wording never becomes identity: the mention keeps the words, the code is the same whoever speaks.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tawthiq.lexicon.languages import tables_of
from tawthiq.reading.actor_table import (
    Alias,
    aliases_from,
    arabic_bases,
    arabic_nationality,
    country_of,
    force_nouns,
    may_begin,
    nationalities,
    without_article,
)
from tawthiq.reading.prepared import Prepared
from tawthiq.records.actor import ActorMention
from tawthiq.records.authority import Overlay
from tawthiq.records.span import Mention
from tawthiq.text.tokens import Token

_FARTHEST_NATIONALITY = 4
_QUOTES = frozenset("«»\"“”„'‘’")
"""Marks that may stand inside a party's name and never end one: تنظيم «داعش»."""
_OWN = ("هم", "ها", "ه")
"""Pronouns by which a force is said to be a party's own: قواته (his forces)."""
_DOUBT_BEFORE, _DOUBT_BEHIND = 4, 2
Party = tuple[str, str]
"""A contract code, and the code of people's own entry that counts under it, or ""."""


@dataclass(frozen=True, slots=True)
class _About:
    """What decides the meaning of wordings in a text: its language, country and day, and what people decided."""

    language: str
    country: str | None
    published: date | None
    overlay: Overlay | None


def actor_mentions(
    prepared: Prepared, country: str | None = None, overlay: Overlay | None = None
) -> tuple[ActorMention, ...]:
    """Every mention of a party in the readable text, in order, none inside another.

    `country` (ISO 3166 alpha-2) decides wordings such as "the coalition"; left out, it is judged from the text. `overlay`
    holds the wordings that people decided about.
    """
    language = tables_of(prepared.language)
    overlay = overlay or None
    tokens = tuple([token for token in prepared.tokens if token.text not in _QUOTES])
    about = _About(language, country or document_country(prepared), prepared.document.published, overlay)
    found: list[ActorMention] = []
    heads: dict[str, Party] = {}
    behind = 0
    for index in [at for at, token in enumerate(tokens) if _may_be_party(token.folded, language, overlay)]:
        if index < behind:
            continue
        match = None
        if may_begin(tokens[index].folded, language, overlay):
            match = _alias_at(tokens, index, about) or _composed_at(tokens, index, language)
        if match is None and heads and language == "ar":
            match = _short_at(tokens, index, heads)
        if match is None and found and language == "ar" and _is_own_force(tokens[index].folded):
            match = (index + 1, (found[-1].actor, found[-1].entry))
        if match is None:
            continue
        last, party = match
        _remember(heads, tokens, index, party)
        first = _with_force(tokens, index, language)
        span_start = tokens[first].start
        if found and span_start < found[-1].mention.span.end:
            span_start = tokens[index].start
        mention = Mention.at(prepared.document.text, span_start, tokens[last - 1].end)
        found.append(ActorMention(mention, party[0], _is_doubted(tokens, first, last, language), party[1]))
        behind = last
    return tuple(found)


@lru_cache(maxsize=65536)
def _may_be_party(word: str, language: str, overlay: Overlay | None) -> bool:
    """Whether a folded word may begin a party's wording or, in Arabic, stand for a party named before."""
    return may_begin(word, language, overlay) or (language == "ar" and (_is_definite(word) or _is_own_force(word)))


def document_country(prepared: Prepared) -> str | None:
    """The country whose words stand most often in the text; None when nothing tells or two tie."""
    language = tables_of(prepared.language)
    votes: Counter[str] = Counter()
    for word, count in Counter([token.folded for token in prepared.tokens]).items():
        country = country_of(word, language)
        if country:
            votes[country] += count
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _alias_at(tokens: tuple[Token, ...], index: int, about: _About) -> tuple[int, Party] | None:
    """The longest wording that starts at token `index`: index behind it, and the party."""
    best: tuple[int, Party] | None = None
    generic = False
    for begun in aliases_from(tokens[index].folded, about.language, about.overlay):
        for alias in begun:
            width = len(alias.words)
            if best and width <= best[0] - index:
                break
            if alias.country not in (None, about.country) or not _continues(tokens, index, alias):
                continue
            if not alias.holds_on(about.published):
                continue
            best = (index + width, (alias.actor, alias.entry))
            generic = not alias.entry and (alias.country is not None or alias.actor == "unknown")
            break
    if best is None or not generic or best[0] >= len(tokens):
        return best
    return None if _names_a_party(tokens, best, about) else best


def _names_a_party(tokens: tuple[Token, ...], found: tuple[int, Party], about: _About) -> bool:
    """Whether the word behind a force or gunmen tells whose they are: "الطيران الحربي الروسي", "مسلحون حوثيون"."""
    behind, (code, _entry) = found
    if about.language != "ar" or tokens[behind].folded.startswith("و"):
        return False
    if arabic_nationality(tokens[behind].folded) is not None:
        return True
    return code == "unknown" and _alias_at(tokens, behind, about) is not None


def _continues(tokens: tuple[Token, ...], index: int, alias: Alias) -> bool:
    if alias.cased and not tokens[index].text.isupper():
        return False
    width = len(alias.words)
    return width == 1 or (
        index + width <= len(tokens)
        and tokens[index + 1].folded == alias.words[1]
        and all(tokens[index + at].folded == alias.words[at] for at in range(2, width))
    )


def _remember(heads: dict[str, Party], tokens: tuple[Token, ...], index: int, party: Party) -> None:
    """Keep the noun that heads a party's full name, so that "التنظيم" (the organisation) can be resolved later."""
    for base in without_article(tokens[index].folded):
        if force_nouns("ar").get(base) == "body":
            heads[base] = party
    if party[0] in ("isis", "pkk"):
        heads["تنظيم"] = party


def _is_definite(word: str) -> bool:
    return "ال" in word[:3] or word.startswith("لل")


def _short_at(tokens: tuple[Token, ...], index: int, heads: dict[str, Party]) -> tuple[int, Party] | None:
    """A second mention by the head noun and the article alone, resolved to the party last named with that noun."""
    if not _is_definite(tokens[index].folded):
        return None
    party = next((heads[base] for base in without_article(tokens[index].folded) if base in heads), None)
    return (index + 1, party) if party else None


@lru_cache(maxsize=65536)
def _is_own_force(word: str) -> bool:
    """Whether a word is a force with a pronoun, which stands for the party last named: "مقاتليها" (its fighters)."""
    for base in arabic_bases(word):
        for pronoun in _OWN:
            rest = base.removesuffix(pronoun)
            if rest != base and len(rest) > 3 and force_nouns("ar").get(rest) == "force":
                return True
    return False


def _composed_at(tokens: tuple[Token, ...], index: int, language: str) -> tuple[int, Party] | None:
    """A nationality beside a force or an attack, from the word at `index` on: index behind it, and the code."""
    if language == "ar":
        code = arabic_nationality(tokens[index].folded)
        return (index + 1, (code, "")) if code and _force_before(tokens, index) else None
    code = nationalities(language).get(tokens[index].folded) if tokens[index].text[:1].isupper() else None
    if code is None:
        return None
    for behind in range(index + 1, min(len(tokens), index + 1 + _FARTHEST_NATIONALITY)):
        use = force_nouns("en").get(tokens[behind].folded)
        if use == "force":
            return behind + 1, (code, "")
        if use == "attack":
            return index + 1, (code, "")
        if tokens[behind].kind == "mark" and tokens[behind].text != "-":
            return None
    return None


def _force_before(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether one of the words before an adjective is a force or an attack that it can belong to."""
    for before in range(index - 1, max(-1, index - 1 - _FARTHEST_NATIONALITY), -1):
        if tokens[before].kind == "mark":
            return False
        if any(force_nouns("ar").get(base) in ("force", "attack") for base in without_article(tokens[before].folded)):
            return True
    return False


def _with_force(tokens: tuple[Token, ...], index: int, language: str) -> int:
    """The first token of the mention when the force's noun stands before the party's name ("مقاتلات التحالف")."""
    first = index
    while language == "ar" and first > 0 and index - first < 3:
        bases = without_article(tokens[first - 1].folded)
        if not any(force_nouns("ar").get(base) == "force" for base in bases):
            break
        first -= 1
    return first


def _is_doubted(tokens: tuple[Token, ...], first: int, last: int, language: str) -> bool:
    """Whether words of doubt stand beside the mention ("يُعتقد أنها روسية", "روسية على الأرجح")."""
    near = (*tokens[max(0, first - _DOUBT_BEFORE) : first], *tokens[last : last + _DOUBT_BEHIND])
    table = force_nouns(language)
    return any(table.get(token.folded) == "doubt" or table.get(token.folded[1:]) == "doubt" for token in near)
