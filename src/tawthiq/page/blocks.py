"""Lines that a host repeats, taken out of the body of its pages (docs/adr/0007-boilerplate-memory.md).

Pure: `blocks_of` names the lines of a page's body by digest; whoever keeps the memory tells which digests are known;
`without_known` changes the zones. What a page teaches does not depend on what was known when it was read: lines that the
memory took are named as well, so that the order of reading changes nothing.

The law of what is taken. Only whole lines of the body, never the title's words, never inside a post of a social page.
Between lines that are the page's own, only what looks like furniture: its wording, an address or telephone in it, or a few
words that are no sentence; a sentence that outlets repeat in the middle of reports is theirs. Before the first and after the
last own line, any known line. Never a line that tells of people harmed and how many. Never all, and of the prose never more
than half: from the outermost line inwards, as far as that goes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.page.hosts import address_digest, digest_of, host_of
from tawthiq.page.wording import cues_of, normal
from tawthiq.records.block import Block, Leaves, PageBlocks
from tawthiq.records.page import Page, Zone, ZoneKind
from tawthiq.records.span import Span
from tawthiq.text.folding import fold
from tawthiq.text.numbers import numbers
from tawthiq.text.tokens import tokens

SHORTEST = 20
"""Characters, in the comparison form, below which a line is too common to be anybody's furniture."""
REASON = "seen on 3 or more pages of "
_PROSE = 60  # characters from which a line without other signs is a sentence
_FEW_WORDS = 6
_MOST = 200  # blocks at either end that a page teaches: what it costs to remember a page is bounded
_LONGEST = 1000  # characters; a longer line is a report that lost its line breaks
_KINDS = (
    ("about_sure", ZoneKind.ABOUT), ("about_opening", ZoneKind.ABOUT), ("related_heading", ZoneKind.RELATED),
    ("related_colon", ZoneKind.RELATED), ("ad", ZoneKind.AD), ("advert_contact", ZoneKind.AD), ("subscribe", ZoneKind.AD),
    ("share", ZoneKind.NAVIGATION), ("tags", ZoneKind.NAVIGATION), ("social_button", ZoneKind.NAVIGATION),
    ("menu_start", ZoneKind.NAVIGATION), ("copyright", ZoneKind.OTHER), ("disclaimer", ZoneKind.OTHER),
    ("comment_form", ZoneKind.OTHER), ("views", ZoneKind.OTHER), ("social_count", ZoneKind.OTHER),
)  # fmt: skip
_FURNITURE = frozenset(cue for cue, _ in _KINDS)
_SENTENCE = re.compile(r"[.!؟?…۔。:؛][\"'”»’)\]]*$")
_CONTACT = re.compile(
    r"https?://|www\.|(?<![\w.])@\w{3,}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w|\b[\w-]{1,63}\.(?:com|net|org|info|me|tv|news)\b"
    r"|(?:\+|(?<!\d)00) ?\d[\d ()\-]{6,}\d|(?<!\d)0\d{2,}[\d ()\-]{4,}\d|\d{9,}",
    re.IGNORECASE,
)
_JOINED = ("و", "ف")  # "and", written onto the next word
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body: `digest` is None when it is too short to be a block; `whole` when all of it is body.

    `gone` when the memory took it.
    """

    span: Span
    text: str
    digest: int | None
    whole: bool
    gone: bool


def blocks_of(text: str, zones: Iterable[Zone], host: str) -> tuple[Block, ...]:
    """The lines of a page's body, each wording once, lines that the memory took included; of very many, first and last."""
    found: dict[int, Block] = {}
    for line in _lines(text, zones, host):
        if line.digest is not None:
            found.setdefault(line.digest, Block(line.digest, line.span))
    blocks = tuple(found.values())
    return blocks if len(blocks) <= 2 * _MOST else blocks[:_MOST] + blocks[-_MOST:]


def page_blocks(page: Page, url: str | None) -> PageBlocks | None:
    """What `page`, collected from `url`, teaches the memory of its host; None when no address names one.

    A document of sheets teaches nothing and loses nothing: what its own sheets repeat is told by `running_lines`.
    """
    host = host_of(url)
    if url is None or host is None or page.sheets:
        return None
    return PageBlocks(host, address_digest(url), page.title or "", blocks_of(page.text, page.zones, host))


def without_known(
    text: str,
    zones: tuple[Zone, ...],
    *,
    host: str,
    known: frozenset[int],
    title: str | None,
    posts: Sequence[Span] = (),
) -> tuple[Zone, ...]:
    """The zones with lines of the body that are known on `host` taken out of it; see the module's law.

    `posts` are the ranges of the messages of a social page.
    """
    taken = _taken(list(_lines(text, zones, host)), known, title, posts)
    return tuple(_rezoned(text, zones, taken, host)) if taken else zones


def is_settled(
    text: str,
    zones: tuple[Zone, ...],
    *,
    host: str,
    known: frozenset[int],
    title: str | None,
    posts: Sequence[Span] = (),
) -> bool:
    """Whether a page with these zones, taken apart anew with what is `known`, would lose the same lines as it has lost."""
    lines = list(_lines(text, zones, host))
    taken = {line.span for line in _taken(lines, known, title, posts)}
    return taken == {line.span for line in lines if line.gone}


@lru_cache(maxsize=1024)
def leaves(words: str) -> Leaves:
    """Where a known line of this wording leaves the body."""
    if len(words) > _LONGEST or _tells_harm(words):
        return Leaves.NEVER
    return Leaves.ANYWHERE if _is_furniture(words) else Leaves.EDGES


def _lines(text: str, zones: Iterable[Zone], host: str) -> Iterator[_Line]:
    """The lines most of which is body, or was until the memory took it, in reading order."""
    covered: dict[tuple[int, int], int] = {}
    gone: set[tuple[int, int]] = set()
    for zone in zones:
        left = zone.reason.startswith(REASON)
        if left or zone.kind is ZoneKind.BODY:
            for start, end in _lines_in(text, zone.span):
                gone |= {(start, end)} if left else set()
                covered[start, end] = (
                    covered.get((start, end), 0) + min(end, zone.span.end) - max(start, zone.span.start)
                )
    for (start, end), own in covered.items():
        if own * 2 >= end - start:
            words = text[start:end]
            yield _Line(Span(start, end), words, _digest(words, host), own == end - start, (start, end) in gone)


def _lines_in(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The lines, without white space around them, that overlap the span."""
    at = text.rfind("\n", 0, span.start) + 1
    while at < span.end:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        words = text[at:end]
        if stripped := words.strip():
            start = at + words.index(stripped)
            if start < span.end and start + len(stripped) > span.start:
                yield start, start + len(stripped)
        at = end + 1


def _digest(words: str, host: str) -> int | None:
    """The digest of a line on a host; None for a short line. A sentence keeps its figures, a counter does not."""
    form = normal(words)
    if len(form) < SHORTEST:
        return None
    figures = ",".join(_FIGURES.findall(fold(words))) if _is_sentence(words) else ""
    return digest_of(f"{host}\n{form}\n{figures}")


def _taken(lines: list[_Line], known: frozenset[int], title: str | None, posts: Sequence[Span]) -> list[_Line]:
    """The known lines that leave the body, in no order."""
    repeated = [line.digest in known for line in lines]
    if not any(repeated):
        return []
    own = [number for number, line in enumerate(lines) if line.digest is not None and not repeated[number]]
    if not own:
        return []
    heading = normal(title or "")
    free = [
        again and line.whole and not _is_kept(line, heading, posts) for line, again in zip(lines, repeated, strict=True)
    ]
    taken = [line for line, loose in zip(lines, free, strict=True) if loose and not _prose(line)]
    left = sum(_prose(line) for line in lines) / 2
    for side in (range(len(lines) - 1, own[-1], -1), range(own[0])):
        for number in side:
            cost = _prose(lines[number])
            if free[number] and cost and cost > left:
                break
            if free[number] and cost:
                taken.append(lines[number])
                left -= cost
    return taken


def _is_kept(line: _Line, heading: str, posts: Sequence[Span]) -> bool:
    if len(line.text) > _LONGEST or normal(line.text) == heading:
        return True
    return any(post.overlaps(line.span) for post in posts) or leaves(line.text) is Leaves.NEVER


def _is_sentence(words: str) -> bool:
    return len(words) >= _PROSE or bool(_SENTENCE.search(words)) or len(words.split()) > _FEW_WORDS


@lru_cache(maxsize=1024)
def _is_furniture(words: str) -> bool:
    """Whether a line looks like furniture wherever it stands."""
    return not _is_sentence(words) or bool(cues_of(words) & _FURNITURE) or bool(_CONTACT.search(fold(words)))


def _prose(line: _Line) -> int:
    """How many characters of the line are prose."""
    return 0 if len(line.text) <= _LONGEST and _is_furniture(line.text) else len(line.text)


@cache
def _harms() -> frozenset[str]:
    """Words by which reports tell that people were harmed."""
    rows = [
        row
        for language in ("ar", "en")
        for row in load(f"{language}/casualty_harms", ("forms", "harm", "side", "gloss"))
    ]
    return frozenset(fold(form) for row in rows for form in row.alternatives("forms"))


def _tells_harm(words: str) -> bool:
    """Whether a line tells of people harmed: a sentence with how many, as reports often end, or a heading of few words."""
    forms = {token.folded for token in tokens(words)}
    forms |= {form[1:] for form in forms if form.startswith(_JOINED)}
    if _harms().isdisjoint(forms):
        return False
    return not _is_sentence(words) or any(not number.identifier for number in numbers(words, ""))


def _kind(words: str) -> ZoneKind:
    cues = cues_of(words)
    return next((kind for cue, kind in _KINDS if cue in cues), ZoneKind.OTHER)


def _rezoned(text: str, zones: tuple[Zone, ...], taken: list[_Line], host: str) -> Iterator[Zone]:
    """The zones with the taken lines cut out of the body; white space around them goes with them."""
    waiting = sorted(taken, key=lambda line: line.span)
    for zone in zones:
        inside = [line for line in waiting if zone.kind is ZoneKind.BODY and zone.span.contains(line.span)]
        at = zone.span.start
        for line in inside:
            start, end = line.span.start, line.span.end
            while start > at and text[start - 1].isspace():
                start -= 1
            while end < zone.span.end and text[end].isspace():
                end += 1
            if start > at:
                yield Zone(zone.kind, Span(at, start), zone.reason)
            yield Zone(_kind(line.text), Span(start, end), REASON + host)
            at = end
        if at < zone.span.end:
            yield Zone(zone.kind, Span(at, zone.span.end), zone.reason)
