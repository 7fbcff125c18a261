"""Second tellings of one occurrence: each draft is linked to an earlier one of the document or starts a new event.

Features follow what readers use: the act, definiteness ("the blast"), place containment, equal or summed tolls, time,
parties, how far apart, and words that announce a further event ("another"). Acts that exclude one another block.
"""

from functools import cache, lru_cache

from tawthiq.lexicon.folded import word_key
from tawthiq.lexicon.tables import load
from tawthiq.reading.choosing import Features, active, best
from tawthiq.reading.drafts import Draft
from tawthiq.reading.place_chains import lone_type
from tawthiq.reading.setting import Setting
from tawthiq.reading.vocabulary import TABLES
from tawthiq.reading.words import stems

HARMFUL = frozenset({"killing", "injury", "other"})
MEANT = (
    "airstrike",
    "shelling",
    "explosive",
    "shooting",
    "clash",
    "execution",
    "crackdown",
    "chemical",
    "custody_death",
)
VIOLENT = frozenset((*MEANT, "destruction"))
TAKEN = frozenset({"arrest", "abduction", "disappearance", "torture", "custody_death"})
BOMBED = frozenset({"airstrike", "shelling", "explosive", "chemical"})
FURTHEST = 12
EARLIER = 48
LATEST = 8
SHORT_STEM = 3
LATEST_HEADLINE = 4  # sentences: the name of the outlet and a menu may stand before the headline
LONGEST_HEADLINE = 24  # tokens
HEADLINE_ACTS = 1


def clusters(setting: Setting, drafts: list[Draft]) -> list[list[Draft]]:
    """The drafts of each event, in text order."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        resumed = _resumed(setting, groups[-EARLIER:], draft)
        if resumed is not None:
            resumed.append(draft)
            continue
        announced = _told_in_headline(setting, groups, draft)
        if announced is not None:
            announced.append(draft)
            continue
        options = candidates(groups, draft)
        table = [link_features(setting, group, draft) for group in options]
        at = best("merge", setting.marked.language, [*table, new_features(setting, draft)])
        if at < len(options):
            options[at].append(draft)
        else:
            groups.append([draft])
    return groups


def _resumed(setting: Setting, groups: list[list[Draft]], draft: Draft) -> list[Draft] | None:
    """The event that a definite noun without toll or place of its own takes up ("the blast"): the latest of its act."""
    trigger = draft.occurrence.trigger
    if trigger.verb or not trigger.definite or trigger.strength not in ("means", "general") or draft.counts:
        return None
    chain = draft.chain
    if (
        chain is not None
        and chain.width < 5
        and not lone_type(chain)
        and setting.marked.sentence_of[chain.first] == draft.occurrence.sentence
    ):
        return None
    return next((group for group in reversed(groups) if again_told(group, draft)), None)


def _told_in_headline(setting: Setting, groups: list[list[Draft]], draft: Draft) -> list[Draft] | None:
    """The event of the headline that the first sentence below tells again: no other place, toll, time or party."""
    group = groups[-1] if groups else None
    if group is None or len(groups) > HEADLINE_ACTS or not may_be_toll(group, draft):
        return None
    if not all(is_headline(setting, other.occurrence.sentence) for other in group):
        return None
    if is_headline(setting, draft.occurrence.sentence):
        return None
    if group[0].occurrence.act != draft.occurrence.act and not setting.few_acts:
        return None
    found = _time_features(group, draft) | _agent_features(group, draft)
    return None if found.get("other time") or found.get("other doer") else group


def is_headline(setting: Setting, sentence: int) -> bool:
    """Whether a sentence is a headline: near the start, a short line of its own without a full stop, with prose below it."""
    marked = setting.marked
    first, last = marked.sentence_bounds(sentence)
    if sentence > LATEST_HEADLINE or last >= len(marked.tokens) or last - first > LONGEST_HEADLINE:
        return False
    if marked.tokens[last - 1].text in ".،," or marked.paragraph_of[last] == marked.paragraph_of[last - 1]:
        return False
    return first == 0 or marked.paragraph_of[first] != marked.paragraph_of[first - 1]


def candidates(groups: list[list[Draft]], draft: Draft) -> list[list[Draft]]:
    """The latest earlier events that a draft may belong to; the bounds keep the cost of long texts linear.

    What a party is said not to have done ("لم تقتل", did not kill) and what was done are never one event.
    """
    return [
        group
        for group in groups[-EARLIER:]
        if compatible(group[0], draft) and group[0].occurrence.negated == draft.occurrence.negated
    ][-FURTHEST:]


def again_told(group: list[Draft], draft: Draft) -> bool:
    """Whether a draft that is no occurrence of its own may retell an earlier event: one act, no other place or toll."""
    if not any(other.occurrence.act == draft.occurrence.act for other in group):
        return False
    group = [group[0], *group[1:][-LATEST:]]
    found = _place_features(group, draft) | _toll_features(group, draft)
    return not (found.get("other place") or found.get("other toll"))


def may_be_toll(group: list[Draft], draft: Draft) -> bool:
    """Whether the toll that a draft tells may be that of an event: no other place, no other toll, no denial."""
    if not compatible(group[0], draft) or group[0].occurrence.negated != draft.occurrence.negated:
        return False
    found = _place_features(group, draft) | _toll_features(group, draft)
    return not (found.get("other place") or found.get("other toll"))


def compatible(first: Draft, second: Draft) -> bool:
    """Whether two acts may be one occurrence: the same, or one without means and one with, or kindred ones."""
    a, b = first.occurrence.act, second.occurrence.act
    if a == b:
        return True
    pair = {a, b}
    if pair & HARMFUL:
        return True
    return pair <= TAKEN or pair <= BOMBED or (pair <= VIOLENT and bool(pair & {"clash", "destruction"}))


def new_features(setting: Setting, draft: Draft) -> Features:
    """The case for a new event."""
    trigger = draft.occurrence.trigger
    found = {
        "new": True,
        f"new {trigger.strength}": True,
        "new definite": trigger.definite,
        "new with toll": bool(draft.counts),
        "new another": _announced(setting, draft),
    }
    return active(found)


def link_features(setting: Setting, group: list[Draft], draft: Draft) -> Features:
    """How a draft stands to an earlier event."""
    group = [group[0], *group[1:][-LATEST:]]
    last, first = group[-1], group[0]
    here, there = draft.occurrence, last.occurrence
    gap = here.sentence - there.sentence
    found: dict[str, object] = {
        "same act": any(d.occurrence.act == here.act for d in group),
        "harm and means": here.act != there.act and bool({here.act, there.act} & HARMFUL),
        "same word": any(_same_word(d, draft) for d in group),
        "same sentence": gap == 0,
        "same clause": gap == 0 and here.clause == there.clause,
        "next sentence": gap == 1,
        "near": gap in (2, 3),
        "far": gap > 6,
        "same paragraph": gap > 0 and _paragraph(setting, last) == _paragraph(setting, draft),
        "from title": gap > 0 and setting.is_title(first.occurrence.sentence),
        "definite": here.trigger.definite,
        "another": _announced(setting, draft),
        "weak": here.trigger.strength == "weak",
        "words between<=6": gap == 0 and here.trigger.first - there.trigger.last <= 6,
        "latest": True,
        "same statement": setting.statement_at(here.start) == setting.statement_at(there.start),
    }
    found |= _place_features(group, draft)
    found |= _toll_features(group, draft)
    found |= _time_features(group, draft)
    found |= _agent_features(group, draft)
    return active(found)


def _same_word(first: Draft, second: Draft) -> bool:
    return first.occurrence.trigger.row.at == second.occurrence.trigger.row.at


def _paragraph(setting: Setting, draft: Draft) -> int:
    return setting.marked.paragraph_of[draft.occurrence.trigger.first]


def _announced(setting: Setting, draft: Draft) -> bool:
    """Whether a word for a further event stands beside the trigger or opens its clause."""
    marked, trigger = setting.marked, draft.occurrence.trigger
    for at in range(max(trigger.first - 3, 0), min(trigger.last + 2, len(marked.tokens))):
        cue = marked.at("scope_cues", at)
        if cue is not None and cue.row["effect"] == "another":
            return True
    return False


def place_words(draft: Draft) -> frozenset[str]:
    """The keys of the words of a draft's most specific place."""
    return _keys(draft.chain.places[0].mention.text) if draft.chain else frozenset()


@lru_cache(maxsize=1 << 14)
def _keys(name: str) -> frozenset[str]:
    """The keys of a name's words under each of their analyses."""
    return frozenset(
        word_key(stem)
        for word in name.split()
        if stems(word_key(word)).isdisjoint(_kinds())
        for stem in stems(word_key(word))
        if len(stem) > SHORT_STEM
    )


@cache
def _kinds() -> frozenset[str]:
    """Arabic words before a name that say what sort of place it is, and do not tell two places of a sort apart."""
    rows = load("ar/place_types", TABLES["place_types"])
    return frozenset(word_key(form) for row in rows for form in row.alternatives("forms"))


def _place_features(group: list[Draft], draft: Draft) -> dict[str, object]:
    placed = [other for other in group if other.chain is not None and not lone_type(other.chain)]
    if draft.chain is None or lone_type(draft.chain) or not placed:
        return {"place open": True}
    if any(other.chain is draft.chain for other in placed):
        return {"same mention": True}
    words = place_words(draft)
    if any(words & place_words(other) for other in placed):
        return {"same place": True}
    codes = {place.code for p in draft.chain.places for place in p.candidates}
    wider = {place.code for other in placed if other.chain for p in other.chain.places for place in p.candidates}
    if codes & wider:
        return {"shared wider place": True}
    if draft.chain.width >= 5 or all(other.chain.width >= 5 for other in placed if other.chain):
        return {"wide place": True}
    return {"other place": True}


def _toll_features(group: list[Draft], draft: Draft) -> dict[str, object]:
    mine = draft.tolls
    theirs = {toll for other in group for toll in other.tolls}
    if not mine or not theirs:
        return {"toll open": True, "toll only here": bool(mine), "toll only there": bool(theirs)}
    if mine & theirs:
        large = any((minimum or 0) > 3 for _, minimum in mine & theirs)
        return {"same toll": True, "same large toll": large}
    return {"other toll": {harm for harm, _ in mine} & {harm for harm, _ in theirs}}


def _time_features(group: list[Draft], draft: Draft) -> dict[str, object]:
    times = [other.when.period for other in group if other.when is not None and other.when.period is not None]
    if draft.when is None or draft.when.period is None or not times:
        return {"time open": True}
    mine = draft.when.period
    if any(mine.first == other.first and mine.last == other.last for other in times):
        return {"same time": True}
    if any(mine.first <= other.last and other.first <= mine.last for other in times):
        return {"overlapping time": True}
    return {"other time": True}


def _agent_features(group: list[Draft], draft: Draft) -> dict[str, object]:
    mine = draft.doers
    theirs = {actor for other in group for actor in other.doers}
    if not mine or not theirs:
        return {"doer open": True}
    return {"same doer": True} if mine & theirs else {"other doer": True}
