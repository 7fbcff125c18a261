"""Numbers without a noun that still count people: "بلغ عدد القتلى ثلاثين", "اثنان قضوا", "seven killed", "منهم 13".

A bare number counts people only where what stands around it does: a word of harm that touches it, a word for a part of the
count before, a word for a toll with the figure behind or before it, or a list of counts that goes on.
"""

from tawthiq.reading.count_found import PARTS, CountFound, Ruling, role_at
from tawthiq.reading.marked import Marked
from tawthiq.reading.quantities import Quantity, bare
from tawthiq.reading.vocabulary import Hit

BARE = 8
LIST = 8
BEFORE = 14
DOZENS = 20


def bare_ruling(marked: Marked, quantity: Quantity, previous: CountFound | None) -> Ruling | None:
    """The harm of a number without a known noun: only where what stands around it counts people."""
    if not bare(marked, quantity) or (marked.tokens[quantity.first].folded.startswith("ال") and quantity.maximum):
        return None
    direct = _right_behind(marked, quantity) or _right_before(marked, quantity) or _of_part(marked, quantity, previous)
    if direct is not None or (quantity.minimum == 2 and quantity.maximum is None):
        return direct
    return _of_toll(marked, quantity, previous) or _of_list(marked, quantity, previous)


def _right_before(marked: Marked, quantity: Quantity) -> Ruling | None:
    """A harm word before the number with nothing but connecting words between."""
    part = False
    # "أودت الغارة بتسعة" (the raid took nine): the ب of the object lets the doer stand between.
    spare = 2 if marked.tokens[quantity.first].folded.startswith("ب") and marked.language == "ar" else 0
    for at in range(quantity.first - 1, max(quantity.first - BARE, -1), -1):
        if marked.sentence_of[at] != marked.sentence_of[quantity.first]:
            return None
        harm = marked.at("casualty_harms", at)
        if harm is not None and harm.last <= quantity.first:
            return Ruling(harm.row["harm"], harm.first, "before", part)
        part = part or role_at(marked, at) == "partitive"
        if role_at(marked, at) not in ("connecting", "toll", "partitive"):
            spare -= 1
        if spare < 0:
            return None
    return None


def _right_behind(marked: Marked, quantity: Quantity) -> Ruling | None:
    """A verb of harm right behind the number: "اثنان قضوا", "seven killed", "four of them were killed"."""
    for at in range(quantity.last, min(quantity.last + 4, len(marked.tokens))):
        if marked.sentence_of[at] != marked.sentence_of[quantity.first]:
            return None
        harm = marked.at("casualty_harms", at)
        if harm is not None:
            told = harm.row["side"] in ("verb", "passive") and not harm.form.clitics.startswith("و")
            if marked.language == "ar" and not told:
                return None
            part = any(role_at(marked, k) in PARTS for k in range(max(quantity.first - 2, 0), at))
            return Ruling(harm.row["harm"], harm.first, "behind", part)
        if role_at(marked, at) not in ("passive", "partitive") and marked.tokens[at].folded not in (
            "اخرون",
            "اخرين",
            "ممن",
            "قد",
        ):
            return None
    return None


def _of_part(marked: Marked, quantity: Quantity, previous: CountFound | None) -> Ruling | None:
    """A number marked as part of the count before: "منهم 13", "سبعة منهم", "six of them"."""
    if previous is None:
        return None
    marks = range(max(quantity.first - 3, 0), min(quantity.last + 1, len(marked.tokens)))
    near = any(
        (cue := marked.at("casualty_cues", at)) and cue.row["role"] in PARTS and 0 <= quantity.first - cue.last <= 1
        for at in marks
        if at < quantity.first
    )
    behind = quantity.last < len(marked.tokens) and role_at(marked, quantity.last) == "partitive"
    if not (near or behind):
        return None
    same = marked.sentence_of[previous.first] == marked.sentence_of[quantity.first]
    return Ruling(str(previous.count.harm), previous.harm_at, "part", True) if same else None


def _of_toll(marked: Marked, quantity: Quantity, previous: CountFound | None) -> Ruling | None:
    """A figure behind a word for a toll: "لتصل الحصيلة إلى 16", "bringing the toll to 21"."""
    if not quantity.first or role_at(marked, quantity.first - 1) not in ("connecting", "toll"):
        glued = marked.tokens[quantity.first].folded.startswith(("ب", "ل")) if quantity.first else False
        if not glued:
            return None
    start = max(quantity.first - BEFORE, 0)
    for at in range(quantity.first - 1, start - 1, -1):
        if marked.sentence_of[at] != marked.sentence_of[quantity.first]:
            break
        if role_at(marked, at) == "toll":
            harm = _toll_harm(marked, at, quantity)
            if harm is None:
                kind = str(previous.count.harm) if previous else "killed"
                return Ruling(kind, at, "toll")
            return Ruling(harm.row["harm"], harm.first, "toll")
    return _toll_behind(marked, quantity)


def _toll_harm(marked: Marked, at: int, quantity: Quantity) -> Hit | None:
    """The harm word that a toll word counts, between it and the figure or close before it."""
    near = (*range(at, quantity.first), *range(at - 1, max(at - 4, -1), -1))
    return next((hit for k in near if (hit := marked.at("casualty_harms", k))), None)


def _toll_behind(marked: Marked, quantity: Quantity) -> Ruling | None:
    """A figure before its toll word: "ارتفع إلى عشرة عدد القتلى"."""
    rising = quantity.first > 1 and marked.tokens[quantity.first - 1].folded in ("الي", "الى", "to")
    for at in range(quantity.last, min(quantity.last + (BEFORE if rising else 4), len(marked.tokens))):
        if marked.sentence_of[at] != marked.sentence_of[quantity.first]:
            return None
        if role_at(marked, at) == "toll":
            near = range(at, min(at + 6, len(marked.tokens)))
            harm = next((hit for k in near if (hit := marked.at("casualty_harms", k))), None)
            return Ruling(harm.row["harm"], harm.first, "toll") if harm else None
    return None


def _of_list(marked: Marked, quantity: Quantity, previous: CountFound | None) -> Ruling | None:
    """A number that goes on with a list of counts: "ستة في الطيبة وثلاثة في المزة", "40 killed and 60 more"."""
    if previous is None or quantity.first - previous.last > LIST:
        return None
    if marked.sentence_of[previous.first] != marked.sentence_of[quantity.first]:
        return None
    token = marked.tokens[quantity.first].folded
    before_it = marked.tokens[quantity.first - 1].folded
    arabic = (token.startswith("و") and not token.startswith(("واحد", "واحده"))) or before_it == "و"
    joined = arabic if marked.language == "ar" else before_it in ("and", ",")
    at = quantity.last
    behind = marked.tokens[at].folded if at < len(marked.tokens) else ""
    onwards = behind in _GOES_ON or behind[:1] == "ب" or bool(at < len(marked.tokens) and marked.at("place_types", at))
    if not joined or not onwards:
        return None
    return Ruling(str(previous.count.harm), previous.harm_at, "list", previous.count.part_of)


_GOES_ON = frozenset(
    [
        "شرق",
        "غرب",
        "شمال",
        "جنوب",
        "شرقي",
        "غربي",
        "شمالي",
        "جنوبي",
        "وسط",
        "في",
        "من",
        "اخرين",
        "اخرون",
        "على",
        "قرب",
        "عند",
        "in",
        "at",
        "near",
        "on",
        "from",
        "more",
        "others",
        "of",
        "when",
    ]
)
