"""Which Arabic words may stand where in a place mention: names, adjectives behind them, prepositions before them.

The grammar itself is places_arabic.py.
"""

from tawthiq.reading.cues import month_names
from tawthiq.reading.marked import Marked
from tawthiq.reading.names import KnownName
from tawthiq.reading.vocabulary import Hit

HASHTAG = frozenset({"#", "_"})
# Imperfects of derived stems and verbs with an object: no name begins or ends so.
VERB_BEGINNINGS = ("يست", "تست", "نست", "يتم", "تتم")
# Behind a month: it is no place ("آب الماضي", last August, and not the city of Ibb).
_DATED = frozenset({"الماضي", "المقبل", "الجاري", "الحالي", "القادم", "المنصرم", "الفائت", "من", "عام", "سنه"})
VERB_ENDINGS = ("ونه", "ونها", "تهم", "نهم", "دمه", "دمها")


def goes_on(marked: Marked, at: int) -> bool:
    """Whether a name goes on behind this word: "باب" (gate of) does, "الباب", a name by itself, does not."""
    hit = marked.at("place_compounds", at)
    return hit is not None and not hit.form.article


def opens_compound(marked: Marked, at: int) -> bool:
    """Whether a compound name opens here: its first word as it stands ("كفر", "أم"), and a word behind it."""
    hit = marked.at("place_compounds", at)
    if hit is None or hit.form.article or at + 1 >= len(marked.tokens):
        return False
    behind = marked.tokens[at + 1]
    return behind.kind == "word" and adjacent(marked, at, at + 1) and marked.at("place_blocks", at + 1) is None


def may_name(marked: Marked, at: int) -> bool:
    """Whether a word can be a place's name that no table knows; "كفر" (village of) is no "like" before "fled" (ك+فر)."""
    if opens_compound(marked, at):
        return True
    if marked.tokens[at].kind != "word" or len(marked.tokens[at].folded) < 3:
        return False
    if marked.tokens[at].folded[:3] in VERB_BEGINNINGS or marked.tokens[at].folded.endswith(VERB_ENDINGS):
        return False
    tables = ("place_blocks", "act_nouns", "act_verbs", "clause_links", "casualty_harms")
    return not any(marked.at(table, at) for table in tables)


def past_adjectives(marked: Marked, end: int) -> int:
    """The end moved past compass adjectives: "ريف حلب الشمالي الغربي"."""
    while end < len(marked.tokens):
        cue = marked.at("place_cues", end)
        if cue is None or cue.form.clitics or marked.tokens[end].folded[:2] != "ال" or not _is_adjective(cue):
            return end
        end = cue.last
    return end


def _is_adjective(cue: Hit) -> bool:
    return cue.row["role"] in ("adjective", "epithet", "direction") and (
        cue.form.article or cue.row["role"] != "direction"
    )


def heads_line(marked: Marked, at: int, name: KnownName) -> bool:
    """Whether a line begins with the name and a colon, as the items of a digest do: "- دابق: 14 مدنياً".

    A pack's name needs a bullet before it: "المكان:" (place:) is no village.
    """
    if name.last >= len(marked.tokens) or marked.tokens[name.last].text != ":":
        return False
    first = at
    while (
        first and marked.tokens[first - 1].kind != "word" and marked.paragraph_of[first - 1] == marked.paragraph_of[at]
    ):
        first -= 1
    if first == at and not name.embedded:
        return False
    return first == 0 or marked.paragraph_of[first - 1] != marked.paragraph_of[at]


def is_blocked(marked: Marked, at: int) -> bool:
    """Whether the word, as it stands or behind "ب", never names a place."""
    block = marked.at("place_blocks", at)
    return block is not None and (not block.form.clitics or block.form.clitics == "ب")


def is_month(marked: Marked, at: int) -> bool:
    """Whether the word is a month's name used as one: a figure or "last" beside it, or "آب" by its spelling (إب is a city)."""
    token = marked.tokens[at]
    if token.folded not in month_names():
        return False
    before = marked.tokens[at - 1] if at else None
    behind = marked.tokens[at + 1] if at + 1 < len(marked.tokens) else None
    dated = behind is not None and (behind.kind == "number" or behind.folded in _DATED)
    return dated or "آ" in token.text or (before is not None and before.kind == "number")


def is_common(marked: Marked, at: int) -> bool:
    """Whether the word is a common noun of the tables."""
    return (
        is_other_word(marked, at) or marked.at("place_types", at) is not None or marked.at("place_cues", at) is not None
    )


def is_stopped(marked: Marked, at: int, cue: Hit | None) -> bool:
    """Whether the word is a common one that also names a place; `cue` is its hit in place_cues."""
    return (cue is not None and cue.row["role"] in ("stop", "adjective")) or marked.at("place_blocks", at) is not None


def is_other_word(marked: Marked, at: int) -> bool:
    """Whether the word is vocabulary of another kind (an act, a head noun, a cue)."""
    tables = (
        "act_nouns",
        "act_verbs",
        "casualty_heads",
        "casualty_harms",
        "casualty_cues",
        "scope_cues",
        "clause_links",
    )
    return any(marked.at(table, at) is not None for table in tables)


def after_preposition(marked: Marked, at: int) -> bool:
    """Whether "في", "قرب", a direction or the like stands just before."""
    end = at
    while end and marked.tokens[end - 1].text in HASHTAG:
        end -= 1
    for back in (1, 2):
        if end - back < 0:
            break
        cue = marked.at("place_cues", end - back)
        if cue is not None and cue.last == end and cue.row["role"] in ("preposition", "direction", "origin"):
            return True
    return False


def past_marks(marked: Marked, at: int) -> int:
    """Past the marks of a hashtag: "مدينة #حمورية", "#مدينة_حمورية"."""
    while at < len(marked.tokens) and marked.tokens[at].text in HASHTAG:
        at += 1
    return at


def adjacent(marked: Marked, left: int, right: int) -> bool:
    """Whether two neighbouring tokens stand on one line without a mark between."""
    return right < len(marked.tokens) and marked.tokens[right].start - marked.tokens[left].end <= 2
