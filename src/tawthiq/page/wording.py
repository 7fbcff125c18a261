"""What a line of page furniture says: the wording tables, and the one normal form by which lines are compared with them.

Vocabulary: lexicon/data/{ar,en}/page_lines.tsv. A line is folded, its numbers become "#", its marks, emoji and brackets
become spaces; then it equals a phrase ("line"), begins with one ("start") or holds one ("any"). Long lines are prose
and match nothing but what the table allows anywhere.

Cues: comments_heading, comment_form, disclaimer, says, related_heading, related_colon (a heading and its one headline on
a line), share, subscribe, tags, views, about_opening, about_sure, copyright, menu_word, menu_start, byline_prefix,
byline_desk, date_prefix, updated_prefix, today_prefix, end_mark, social_button, social_count, social_sharing,
social_reply_label, social_forwarded, social_suggested, social_translated, social_original, social_badge,
chat_attachment, chat_service, relative_time, reply, caption_prefix, caption_words, source_prefix, ad, advert_contact,
quiet_note, event_field, and the word lists count_word, not_a_person, name_joiner, byline_label,
agency_with, copyright_word, zone_name, moment_filler, month_word, time_unit, ago_word, signing_word, afternoon, morning.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import ahocorasick

from tawthiq.lexicon.tables import load
from tawthiq.text.folding import fold

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARKS = re.compile(r"[^\w#@'\-]+|_+|-(?!\w)|(?<!\w)-")
_PARTED = re.compile(r"[|/\-–—›»>·•\\]|\s\s")
LONGEST = 160


@lru_cache(maxsize=4096)
def normal(line: str) -> str:
    """The comparison form of a line."""
    numbered = _NUMBER.sub(" # ", fold(line).replace("#", " "))
    return " ".join(_MARKS.sub(" ", numbered).split())


@dataclass(frozen=True, slots=True)
class Wording:
    """The tables, ready to match: whole lines, first words and contained phrases (an automaton), each with its cues."""

    lines: dict[str, frozenset[str]]
    starts: dict[str, tuple[tuple[str, str], ...]]
    inside: Any
    words: dict[str, frozenset[str]]


_WORDS_ALONE = frozenset(
    (
        "menu_word", "count_word", "not_a_person", "moment_filler", "afternoon", "morning", "month_word", "time_unit",
        "ago_word", "signing_word",
    )
)  # fmt: skip


@cache
def wording() -> Wording:
    """The wording tables of all languages."""
    lines: dict[str, set[str]] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    inside: dict[str, list[str]] = {}
    for language in ("ar", "en"):
        for row in load(f"{language}/page_lines", ("cue", "match", "phrases")):
            for phrase in (normal(phrase.replace("#", "0")) for phrase in row.alternatives("phrases")):
                if not phrase:
                    continue
                if row["match"] == "line":
                    lines.setdefault(phrase, set()).add(row["cue"])
                elif row["match"] == "start":
                    starts.setdefault(phrase.split(" ", 1)[0], []).append((phrase, row["cue"]))
                else:
                    inside.setdefault(row["cue"], []).append(phrase)
    automaton = ahocorasick.Automaton()
    for cue, phrases in inside.items():
        if cue not in _WORDS_ALONE:
            for phrase in phrases:
                automaton.add_word(f" {phrase} ", cue)
    automaton.make_automaton()
    return Wording(
        {phrase: frozenset(cues) for phrase, cues in lines.items()},
        {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in starts.items()},
        automaton,
        {cue: frozenset(phrases) for cue, phrases in inside.items()},
    )


@lru_cache(maxsize=8192)
def cues_of(line: str) -> frozenset[str]:
    """The cues that `line` as a whole gives; none for a line longer than LONGEST characters but for `any` phrases."""
    form = normal(line[:600])
    if not form:
        return frozenset()
    table = wording()
    found: set[str] = set()
    if len(form) <= LONGEST:
        found |= table.lines.get(form, frozenset())
        found |= table.lines.get(form.replace("#", " ").strip(), frozenset()) - {"relative_time"}
        for phrase, cue in table.starts.get(form.split(" ", 1)[0], ()):
            if form == phrase or form.startswith(phrase + " "):
                found.add(cue)
    elif any(
        form.startswith(phrase + " ") for phrase, cue in table.starts.get(form.split(" ", 1)[0], ()) if cue in _LONG
    ):
        found |= {
            cue for phrase, cue in table.starts[form.split(" ", 1)[0]] if form.startswith(phrase + " ") and cue in _LONG
        }
    found |= {cue for _, cue in table.inside.iter(f" {form} ") if len(form) <= LONGEST or cue in _LONG}
    return frozenset(found)


_LONG = frozenset({"disclaimer", "about_opening", "about_sure", "copyright", "comment_form"})


def words_of(cue: str) -> frozenset[str]:
    """The words, in their comparison form, that the tables list under `cue` with match "any"."""
    return wording().words.get(cue, frozenset())


@cache
def phrases_of(cue: str) -> tuple[str, ...]:
    """The phrases under `cue` with match "line" or "start", in their comparison form, longest first."""
    table = wording()
    found = {phrase for phrase, cues in table.lines.items() if cue in cues}
    found |= {phrase for rows in table.starts.values() for phrase, named in rows if named == cue}
    return tuple(sorted(found, key=len, reverse=True))


def menu_share(line: str) -> float:
    """The share of the pieces between a line's separators that are words of menus."""
    if not _PARTED.search(line):
        return 0.0
    pieces = [normal(piece) for piece in re.split(r"\s*[|/\-–—›»>·•\\]\s*|\s{2,}", line) if piece.strip()]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 2:
        return 0.0
    words = words_of("menu_word")
    return sum(piece in words for piece in pieces) / len(pieces)


def is_counter(line: str, *, bare: bool) -> bool:
    """Whether a line is nothing but numbers and words of counters ("31 Retweets 12 Likes"); `bare` lets a lone number pass."""
    pieces = normal(line).split()
    words = words_of("count_word")
    counted = "#" in pieces and (bare or len(set(pieces)) > 1) and len(pieces) <= 14
    return counted and all(piece == "#" or piece in words for piece in pieces)
