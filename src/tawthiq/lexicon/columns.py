"""What the cells of each table may say: codes, numbers, yes or no. Anything else is a mistake, named when the table is loaded.

Codes are those of docs/contracts.md. Columns that are not listed here hold words. Rules over several rows stand in `misfits`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from tawthiq.records.claim import StatementKind
from tawthiq.records.count import Group, Harm
from tawthiq.records.event import Act
from tawthiq.records.place import PlaceKind
from tawthiq.records.statement import Stance

Check = Callable[[str], str | None]
NEEDED_INVISIBLE = "\u200c"  # the zero-width non-joiner of Persian
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})
_TIME = re.compile(r"(?:[01]?\d|2[0-4])(?::[0-5]\d)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_TYPE = re.compile(r"[A-Z]{3}")
_HURIDOCS = re.compile(r"[0-9]{2,12}")
NOTHING = "-"
SCRIPTS = (
    "arabic", "latin", "hebrew", "cyrillic", "greek", "han", "hangul", "armenian", "georgian", "devanagari", "syriac"
)  # fmt: skip


def _one_of(codes: Sequence[str], *, nothing: bool = False) -> Check:
    allowed = (*codes, NOTHING) if nothing else tuple(codes)
    return lambda cell: None if cell in allowed else f"is none of {', '.join(allowed)}"


def _codes(kind: type[StrEnum], *, nothing: bool = False) -> Check:
    return _one_of([code.value for code in kind], nothing=nothing)


def _number(low: float, high: float, *, whole: bool = False, nothing: bool = False) -> Check:
    def check(cell: str) -> str | None:
        if nothing and cell == NOTHING:
            return None
        try:
            value = int(cell) if whole else float(cell)
        except ValueError:
            return "is no whole number" if whole else "is no number (write a point for decimals)"
        return None if low <= value <= high else f"is not between {low:g} and {high:g}"

    return check


def _all(check: Check) -> Check:
    """The check of each alternative."""
    return lambda cell: next((wrong for part in cell.split("|") if (wrong := check(part.strip()))), None)


def _all_or_nothing(check: Check) -> Check:
    """The check of each alternative, or - for none."""
    each = _all(check)
    return lambda cell: None if cell == NOTHING else each(cell)


def _open_act(cell: str) -> str | None:
    return _codes(Act)(cell.removeprefix("?"))


def _clock(cell: str) -> str | None:
    return None if cell == NOTHING or _TIME.fullmatch(cell) else "is no time of day (HH:MM), hour or -"


def _country(cell: str) -> str | None:
    return None if cell == NOTHING or _COUNTRY.fullmatch(cell) else "is no country code of two capitals (ISO 3166)"


def _three_capitals(cell: str) -> str | None:
    return None if _TYPE.fullmatch(cell) else "is no code of three capitals"


def _huridocs(cell: str) -> str | None:
    codes = () if cell == NOTHING else cell.split("|")
    return None if all(_HURIDOCS.fullmatch(code) for code in codes) else "is no code of HURIDOCS (2 to 12 digits) or -"


_YES_NO = _one_of(("yes", "no"))
_ACT = {"act": _open_act, "strength": _one_of(("means", "general", "weak", "harm", "weakharm", "supported"))}
_WEIGHT = {"weight": _number(-100, 100)}
_PLACE = {"latitude": _number(-90, 90, nothing=True), "longitude": _number(-180, 180, nothing=True)}
CHECKS: Mapping[str, Mapping[str, Check]] = {
    "act_nouns": _ACT,
    "act_verbs": _ACT,
    "act_phrases": _ACT,
    "act_means": {"act": _codes(Act)},
    "act_contrary": {"act": _codes(Act), "contrary": _all(_codes(Act))},
    "act_kinship": {"act": _codes(Act), "kindred": _all(_codes(Act))},
    "actors": {"country": _country},
    "actor_aliases": {"country": _country, "wording": _one_of(("name", "part", "loaded"))},
    "agent_cues": {"side": _one_of(("after", "before", "object", "parties")), "hedged": _YES_NO},
    "casualty_harms": {"harm": _codes(Harm), "side": _one_of(("noun", "verb", "passive", "toll"))},
    "casualty_heads": {"group": _codes(Group), "harm": _codes(Harm, nothing=True), "alone": _YES_NO},
    "casualty_cues": {
        "role": _one_of(
            (
                "subset",
                "partitive",
                "share",
                "vague",
                "yields",
                "toll",
                "none",
                "thing",
                "connecting",
                "passive",
                "spared",
            )
        ),
        "value": _number(0, 10**9, whole=True, nothing=True),
    },
    "clause_links": {"link": _one_of(("result", "cause", "relative", "parallel"))},
    "country_words": {"use": _country},
    "export_columns": {
        "type": _one_of(("text", "integer", "number", "boolean", "date", "datetime", "array", "numbers", "pairs"))
    },
    "acled_events": {"acts": _all_or_nothing(_codes(Act))},
    "extents": {"kind": _codes(PlaceKind), "drawn": _one_of(("point", "area")), "kilometres": _number(0.1, 2000)},
    "force_nouns": {"use": _one_of(("force", "attack", "body", "doubt"))},
    "masdars": {"use": _one_of(("object", "never"))},
    "number_nouns": {"plural": _one_of(("sound", "broken", "irregular"))},
    "order_words": {"counted_from": _one_of(("end", "current")), "offset": _number(-100, 100, whole=True)},
    "page_buttons": {
        "use": _one_of(("reject", "necessary", "close", "text", "comments", "items", "banner", "never")),
        "match": _one_of(("line", "start", "any")),
    },
    "page_classes": {"match": _one_of(("token", "part", "exact"))},
    "page_lines": {"match": _one_of(("line", "start", "any"))},
    "page_platforms": {
        "part": _one_of(
            (
                "host",
                "sign",
                "frame",
                "message",
                "reply",
                "quote",
                "focus",
                "focusarea",
                "comments",
                "suggested",
                "heading",
                "shown",
                "about",
                "service",
                "chrome",
                "note",
                "origin",
                "answered",
                "preview",
                "words",
                "attachment",
                "moment",
                "handle",
                "account",
                "signature",
                "head",
            )
        )
    },
    "place_cues": {"role": _one_of(("preposition", "direction", "adjective", "epithet", "stop", "link", "origin"))},
    "scope_cues": {"reach": _one_of(("near", "start", "before"))},
    "source_nouns": {"use": _one_of(("person", "body", "media", "document", "place", "name"))},
    "months": {
        "month": _number(1, 12, whole=True),
        "calendar": _one_of(("gregorian", "hijri", "jalali")),
        "needs": _one_of(("free", "number")),
    },
    "verification_terms": {
        "list": _one_of(("reliability", "credibility", "status", "attribution", "party_type", "date_type")),
        "huridocs": _huridocs,
        "outcome": _one_of(("verified", "rejected", "undecided"), nothing=True),
    },
    "violation_types": {
        "code": _three_capitals,
        "acts": _all(_codes(Act)),
        "modifier": _YES_NO,
        "sensitive": _YES_NO,
    },
    "violation_mappings": {
        "code": _three_capitals,
        "scheme": _one_of(("huridocs", "icc", "acled", "plover", "ucdp", "caac")),
    },
    "child_signs": {"sign": _one_of(("word", "age"))},
    "weekdays": {"weekday": _number(0, 6, whole=True)},
    "given_names": {"word": _YES_NO},
    "name_words": {"part": _one_of(("servant", "kunya", "son", "family"))},
    "place_types": {"kind": _codes(PlaceKind), "site": _one_of(("yes", "no", "named", "known", "open", "capital"))},
    "reporting": {"stance": _codes(Stance), "strength": _one_of(("speech", "evidence", "relayed"))},
    "reporting_forms": {
        "tense": _one_of(("perfect", "imperfect", "participle")),
        "gender": _one_of(("m", "f"), nothing=True),
        "number": _one_of(("s", "d", "p"), nothing=True),
    },
    "sources": {
        "verb": _YES_NO,
        "place": _one_of(("after", "before", "in", "within", "rumour")),
        "stance": _codes(Stance),
    },
    "hour_words": {"kind": _one_of(("part", "clock", "hour", "zone")), "from": _clock, "to": _clock, "alone": _YES_NO},
    "quoted_bodies": {"country": _country},
    "statement_signs": {
        "kind": _one_of((*(kind.value for kind in StatementKind if kind is not StatementKind.SAYS), "own_part")),
        "place": _one_of(("cue", "content", "either", "text")),
    },
    "languages": {"script": _one_of(SCRIPTS)},
    "countries": {"code": _country, **_PLACE},
    "curated": {"kind": _codes(PlaceKind), "country": _country, **_PLACE},
    "geonames": {"country": _country, "population": _number(0, 10**9, whole=True), **_PLACE},
    "link_weights": {**_WEIGHT, "prior": _number(-100, 100)},
    "link_words": {"role": _one_of(("weapon", "site", "hour", "rising"))},
    **{f"weights_{choice}": _WEIGHT for choice in ("agent", "count", "merge", "place", "scope", "time")},
}
_UNIQUE = frozenset(
    {"actors", "countries", "curated", "extents", "languages", "violation_types"}
)  # their first column is a key
_UNIQUE_PAIRS = frozenset(
    {"verification_terms", "export_columns", "export_losses", "acled_events"}
)  # their first two columns are a key


def spelling(table: str, cell: str) -> str | None:
    """What is wrong with a cell as written: empty alternatives, invisible letters, a spreadsheet's quotation marks.

    Weights are written by a program, and their features may name any mark of a text; they only must not be empty.
    """
    if not cell:
        return 'is empty; write "-" for nothing'
    if table.startswith("weights_"):
        return None
    if "|" in cell and not all(part.strip() for part in cell.split("|")):
        return "has an empty alternative: a | too many"
    hidden = next((c for c in cell if c not in " " + NEEDED_INVISIBLE and unicodedata.category(c) in _INVISIBLE), None)
    if hidden:
        return f"holds the invisible character U+{ord(hidden):04X}; type the cell anew"
    if cell[0] == cell[-1] == '"' and '""' in cell[1:-1]:
        return "stands in quotation marks, as spreadsheets write it; take them away"
    return None


def checks(table: str) -> Mapping[str, Check]:
    """The checks of a table's columns; `table` is its name with or without the language."""
    return CHECKS.get(table.rpartition("/")[2], {})


def misfits(table: str, rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """(row, column, what is wrong), both from 0, of rows that do not go together: repeated lines and keys, lost parents."""
    name = table.rpartition("/")[2]
    seen: dict[Sequence[str], int] = {}
    keys: dict[str, int] = {}
    pairs: set[Sequence[str]] = set()
    for number, cells in enumerate(rows):
        if tuple(cells) in seen:
            yield number, 0, "repeats an earlier line"
        elif name in _UNIQUE and cells[0] in keys:
            yield number, 0, "is taken by an earlier line"
        elif name in _UNIQUE_PAIRS and tuple(cells[:2]) in pairs:
            yield number, 1, "is taken by an earlier line"
        pairs.add(tuple(cells[:2]))
        seen[tuple(cells)] = keys[cells[0]] = number
    if name == "curated":
        for number, cells in enumerate(rows):
            if cells[3] not in keys and cells[3] not in (NOTHING, cells[2]):
                yield number, 3, "is the code of no place in this table"
