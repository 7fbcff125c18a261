"""People counted without a number: one person, a dual, or an unnumbered plural, beside a word of harm.

Follows gold/GUIDE.md as docs/contracts.md states it: a dual is 2, one person is 1, a plural without number at least 2.
"""

from tawthiq.reading.marked import Marked
from tawthiq.reading.quantities import Quantity
from tawthiq.reading.vocabulary import Hit
from tawthiq.text.given_names import given_names

DETERMINERS = frozenset({"a", "an", "another", "one"})
POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "the"})
GLUED = ("ل", "ك")
_BEFORE_PLACES = frozenset(
    {"من", "في", "على", "الي", "عن", "عند", "يد", "ايدي", "برصاص", "بنيران", "نيران", "قبل", "مع", "الى", "علي"}
)
_SIZES: dict[str, tuple[int | None, int | None]] = {"dual": (2, 2), "singular": (1, 1), "plural": (2, None)}
_FAR = 6
_BEHIND = 8
_ADJECTIVES = 3
_SPEAKING = frozenset(
    [
        "said",
        "says",
        "told",
        "reported",
        "group",
        "groups",
        "organisation",
        "organization",
        "network",
        "agency",
        "monitor",
        "leader",
        "office",
        "team",
        "service",
        "station",
        "post",
        "camp",
        "hospital",
        "family",
        "crowd",
    ]
)
_OPENERS = frozenset({"ان", "وان", "بان", "وبان", "فان", "لكن", "ولكن", "كان"})


def single_persons(marked: Marked, taken: set[int]) -> list[Quantity]:
    """The nouns that count by themselves, outside the tokens already `taken` by numbers."""
    found: list[Quantity] = []
    for hit in marked.of("casualty_heads"):
        if hit.first in taken or hit.row["alone"] != "yes":
            continue
        single = _arabic(marked, hit, taken) if marked.language == "ar" else _english(marked, hit)
        if single is not None and not taken & set(range(single.first, single.last)):
            found.append(single)
            taken.update(range(single.first, single.last))
    return found


def _arabic(marked: Marked, hit: Hit, taken: set[int]) -> Quantity | None:
    before = marked.tokens[hit.first - 1].folded if hit.first else ""
    named = _named(marked, hit)
    exist = before == "في" and _told_dead(hit) and not hit.form.clitics  # colloquial "في شهيدين": there are two dead
    if named or exist or hit.form.article or hit.form.clitics.endswith(GLUED) or before in _BEFORE_PLACES:
        return Quantity(hit.first, hit.last, *_SIZES[hit.column], hit) if named or exist else None
    if hit.form.clitics.endswith("ب") and not (hit.first and _harm(marked, hit.first - 1)):
        return None
    if hit.form.clitics == "و" and hit.first > 1 and marked.tokens[hit.first - 2].folded == "بين":
        return None  # "بين قتيل وجريح" (dead and wounded together) names kinds, not persons
    plural = hit.column == "plural"
    if plural and (hit.form.pronoun or _may_be_the_doer(marked, hit)):
        return None
    if hit.row.optional("harm") is not None:
        own = hit.row["harm"] not in ("killed", "injured")
        allowed = _yielded(marked, hit) or _joined(marked, hit, taken) or _headed(marked, hit)
        allowed = allowed or (own and (_harmed_before(marked, hit) or _harmed_behind(marked, hit)))
    else:
        allowed = (
            _harmed_before(marked, hit) or _joined(marked, hit, taken) or (not plural and _harmed_behind(marked, hit))
        )
    if not allowed:
        return None
    minimum, maximum = _SIZES[hit.column]
    if plural and _role(marked, hit.first - 1) == "share":
        minimum = None
    return Quantity(hit.first, hit.last, minimum, maximum, hit)


def _told_dead(hit: Hit) -> bool:
    """Whether a dual by itself tells that two are dead or wounded."""
    return hit.column == "dual" and hit.row.optional("harm") in ("killed", "injured")


def _named(marked: Marked, hit: Hit) -> bool:
    """One person with the article and a name, right behind the word of harm: "استشهاد المدني خالد" (martyrdom of)."""
    if not hit.form.article or hit.column != "singular" or not hit.first or hit.last >= len(marked.tokens):
        return False
    harm = _harm(marked, hit.first - 1)
    return harm is not None and harm.last == hit.first and marked.tokens[hit.last].folded in given_names()


def _may_be_the_doer(marked: Marked, hit: Hit) -> bool:
    """Whether a plural of fighters stands behind a verb that may be active: "قتل مسلحون" (gunmen killed)."""
    if hit.row["group"] != "fighters" or marked.tokens[hit.first].folded.endswith("ين"):
        return False
    harm = next((h for at in range(hit.first - 1, max(hit.first - 3, -1), -1) if (h := _harm(marked, at))), None)
    return harm is not None and harm.row["side"] == "verb"


def _harmed_before(marked: Marked, hit: Hit) -> bool:
    """A word of harm, or of a part of those harmed, shortly before a noun, with no other person between."""
    accusative = marked.tokens[hit.first].folded.endswith("ا") and hit.column == "singular"
    for at in range(hit.first - 1, max(hit.first - _FAR - 1, -1), -1):
        if marked.clause_of[at] != marked.clause_of[hit.first]:
            return False
        gap = hit.first - at
        harm = _harm(marked, at)
        if harm is not None:
            gap = max(hit.first - harm.last, 0)
            return gap <= 1 or accusative or (gap <= 3 and harm.row["side"] != "noun")
        cue = marked.at("casualty_cues", at)
        if cue is not None and cue.row["role"] in ("subset", "share", "partitive"):
            return hit.first - cue.last <= 2
        if marked.at("casualty_heads", at) and not accusative:
            return False
    return False


def _harmed_behind(marked: Marked, hit: Hit) -> bool:
    """A person who opens a clause after "that" and is the subject of a verb of harm: "أن طفلاً جُرح"."""
    before = marked.tokens[hit.first - 1].folded if hit.first else ""
    if before not in _OPENERS:
        return False
    for at in range(hit.last, min(hit.last + _BEHIND, len(marked.tokens))):
        if marked.sentence_of[at] != marked.sentence_of[hit.first]:
            return False
        harm = _harm(marked, at)
        if harm is not None:
            return harm.row["side"] in ("verb", "passive")
    return False


def _yielded(marked: Marked, hit: Hit) -> bool:
    """Dead or wounded without a number behind what brought them forth: "أوقع شهداء" (it left martyrs)."""
    for at in range(hit.first - 1, max(hit.first - 4, -1), -1):
        if marked.clause_of[at] != marked.clause_of[hit.first]:
            return False
        cue = marked.at("casualty_cues", at)
        if cue is not None and cue.row["role"] == "yields":
            return 0 <= hit.first - cue.last <= 2
    return False


def _headed(marked: Marked, hit: Hit) -> bool:
    """Dead or wounded that open a headline or a post: "شهيدان بقصف ..." (two martyrs by shelling), "شهيد و٣ جرحى"."""
    if hit.form.clitics:
        return False
    if hit.column == "dual":
        return True
    opens = not hit.first or marked.sentence_of[hit.first - 1] != marked.sentence_of[hit.first]
    opens = opens or marked.tokens[hit.first - 1].kind == "mark"
    behind = marked.tokens[hit.last].folded if hit.last < len(marked.tokens) else ""
    return opens and behind[:1] == "و" and _goes_on(marked, hit.last)


def _goes_on(marked: Marked, at: int) -> bool:
    """Whether a token joins further people: "و٣ جرحى" (and 3 wounded), "وجرحى" (and wounded)."""
    near = [k for k in range(at, min(at + 3, len(marked.tokens))) if marked.clause_of[k] == marked.clause_of[at]]
    return any(marked.at("casualty_heads", k) for k in near)


def _joined(marked: Marked, hit: Hit, taken: set[int]) -> bool:
    """A noun joined by "و" (and) to people already counted."""
    if hit.form.clitics != "و":
        return False
    near = range(max(hit.first - 3, 0), hit.first)
    return any(at in taken for at in near) or (
        hit.row.optional("harm") is None and any(marked.at("casualty_heads", at) for at in near)
    )


def _english(marked: Marked, hit: Hit) -> Quantity | None:
    """One person with an article or a possessive, at most three adjectives before the noun."""
    tokens = marked.tokens
    behind = tokens[hit.last] if hit.last < len(tokens) else None
    named = behind is not None and (behind.text in ("-", "'", "’") or behind.folded in _SPEAKING)
    if named or hit.column != "singular":
        return None
    opener = _opener(marked, hit)
    if opener is None:
        return None
    definite = tokens[opener].folded in POSSESSIVES
    doer = opener > 0 and tokens[opener - 1].folded in ("by", "from", "like", "as")
    wanted = _close_harm(marked, opener, hit.last) if definite else not doer
    return Quantity(opener, hit.last, 1, 1, hit) if wanted else None


def _opener(marked: Marked, hit: Hit) -> int | None:
    """The article or possessive that opens a noun's phrase, at most three adjectives before the noun."""
    for at in range(hit.first - 1, max(hit.first - 2 - _ADJECTIVES, -1), -1):
        word = marked.tokens[at]
        if word.folded in DETERMINERS or word.folded in POSSESSIVES:
            return at
        if word.kind == "mark" and word.text != "-":
            return None
        if _harm(marked, at) or marked.at("act_verbs", at) or marked.at("casualty_cues", at):
            return None
    return None


def _close_harm(marked: Marked, first: int, last: int) -> bool:
    """Whether harm stands right before or right after: what "the" or "his" names is seldom a new person."""
    for at in range(first - 1, max(first - 4, -1), -1):
        harm = _harm(marked, at)
        if harm is not None and first - harm.last <= 1:
            return True
    if first > 1 and marked.tokens[first - 1].folded in ("and", ","):
        heads = (marked.at("casualty_heads", at) for at in range(max(first - 4, 0), first))
        if any(head is not None and head.last >= first - 1 for head in heads):
            return True
    return any(_harm(marked, at) for at in range(last, min(last + 3, len(marked.tokens))))


def _harm(marked: Marked, at: int) -> Hit | None:
    return marked.at("casualty_harms", at)


def _role(marked: Marked, at: int) -> str | None:
    cue = marked.at("casualty_cues", at) if at >= 0 else None
    return cue.row["role"] if cue else None
