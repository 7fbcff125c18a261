"""The characters that a form selects: code points from a script, or the first and last of the numbered words.

The words that the browser saw selected are compared with those at the offsets: a page whose offsets have gone wrong saves
nothing.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tawthiq.reading.correcting_anchors import snapped
from tawthiq.reading.correcting_selection import LONGEST
from tawthiq.records.span import Span
from tawthiq.web.desk.opened import Opened

WORDS_SHOWN = 400  # numbered words on one page
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")
_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Selection:
    """What was selected: characters, nothing (`span` and `fault` None), or something that cannot be (`fault`)."""

    span: Span | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One numbered word of the report itself; numbers begin with 1 and run through all of it."""

    number: int
    span: Span
    text: str
    breaks: bool


def words(opened: Opened) -> list[Word]:
    """Every word that may be selected, in text order; `breaks` says that a new paragraph or zone begins with it."""
    found: list[Word] = []
    for zone in opened.report.zones.all():
        if not opened.may_select(Span(zone.start, zone.end)):
            continue
        before = zone.start
        for match in _WORD.finditer(opened.text, zone.start, zone.end):
            breaks = before == zone.start or "\n" in opened.text[before : match.start()]
            found.append(Word(len(found) + 1, Span(match.start(), match.end()), match[0], breaks))
            before = match.end()
    return found


def selection(sent: Mapping[str, str], opened: Opened) -> Selection:
    """The characters that a form selects."""
    if sent.get("start", "").strip() or sent.get("end", "").strip():
        return _by_offsets(sent, opened)
    if sent.get("first", "").strip() or sent.get("last", "").strip():
        return _by_words(sent, opened)
    return Selection()


def whole_number(told: str) -> int | None:
    """A number as people type it, in any digits; None for anything else."""
    told = told.strip()
    if not 0 < len(told) <= 9 or not all(unicodedata.decimal(sign, None) is not None for sign in told):
        return None
    return int(told)


def _by_offsets(sent: Mapping[str, str], opened: Opened) -> Selection:
    start, end = whole_number(sent.get("start", "")), whole_number(sent.get("end", ""))
    if start is None or end is None:
        return Selection(fault=_("The selected characters could not be told. Select them again."))
    start, end = min(start, end), max(start, end)  # a selection may be drawn from its end
    if end > len(opened.text):
        return Selection(fault=_("The selection reaches beyond the text. Select the characters again."))
    told = sent.get("words", "")
    if told and _SPACE.sub("", told) != _SPACE.sub("", opened.text[start:end]):
        return Selection(fault=_("The selected words are not those of the preserved text. Open the page again."))
    return _checked(Span(start, end), opened)


def _by_words(sent: Mapping[str, str], opened: Opened) -> Selection:
    first = whole_number(sent.get("first", ""))
    last = whole_number(sent.get("last", "")) if sent.get("last", "").strip() else first
    first = last if not sent.get("first", "").strip() else first
    listed = words(opened)
    if first is None or last is None or not 1 <= min(first, last) <= max(first, last) <= len(listed):
        return Selection(fault=_("Give the numbers of the first and the last word as they stand in the text."))
    first, last = min(first, last), max(first, last)
    return _checked(Span(listed[first - 1].span.start, listed[last - 1].span.end), opened)


def _checked(span: Span, opened: Opened) -> Selection:
    span = snapped(opened.text, span)
    if not len(span):
        return Selection(fault=_("Nothing but spaces was selected. Select the words that say it."))
    if len(span) > LONGEST:
        return Selection(fault=_("The selection is too long for one value. Select only the words that say it."))
    if not opened.may_select(span):
        return Selection(
            fault=_(
                "These characters are no part of the report: comments, menus and headlines of other pages say nothing."
            )
        )
    return Selection(span)
