"""How well readings agree with readings marked by hand (reading/1 objects, matched by identifier).

Definitions. A statement is found when its content overlaps the gold content by at least half (intersection over union of
characters) and the speakers share a word, or neither has one; pairs are made one to one, best overlap first. Events are
paired one to one, best first, among those whose triggers lie at most 300 characters apart and that share the act or touch
by their triggers. The facts of an event of scope "single" are its act, first place, dates, each perpetrator's code, the
killed and injured tolls, and the speaker of its source; facts of events without a partner are missed or spurious.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tawthiq.text.folding import fold

Reading = Mapping[str, Any]
FACTS = ("act", "place", "date", "by", "killed", "injured", "source")
NAMES = ("statement", "statement_content", "direct_quote", "event", *FACTS, "fact")
_ARTICLE = re.compile(r"^[وفبلك]?(?:ال|لل)(?=\w{3})")
_FARTHEST_TRIGGER = 300
_HALF = 0.5


@dataclass(slots=True)
class Ratio:
    """How many of the values due were found: `right` of `found` of `due`."""

    right: int = 0
    found: int = 0
    due: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was due that was found."""
        return self.right / self.due if self.due else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.due) if self.right else 0.0

    def add(self, right: int, found: int, due: int) -> None:
        """Count one document's values."""
        self.right += right
        self.found += found
        self.due += due


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one set of documents; `leaks` counts background or totals told as single events."""

    ratios: Mapping[str, Ratio]
    kind_accuracy: float
    stance_accuracy: float
    leaks: int
    documents: int


@dataclass(slots=True)
class _Counts:
    ratios: dict[str, Ratio] = field(default_factory=lambda: {name: Ratio() for name in NAMES})
    matched: int = 0
    kinds: int = 0
    stances: int = 0
    leaks: int = 0


def score(gold: Mapping[str, Reading], predicted: Mapping[str, Reading]) -> Figures:
    """The figures of `predicted` against `gold`, both by identifier; a document not predicted counts as empty."""
    counts = _Counts()
    for identifier, due in gold.items():
        found = predicted.get(identifier, {"statements": [], "events": []})
        _count_statements(counts, due["statements"], found["statements"])
        _count_events(counts, due, found)
    matched = counts.matched or 1
    return Figures(counts.ratios, counts.kinds / matched, counts.stances / matched, counts.leaks, len(gold))


def _count_statements(counts: _Counts, due: Sequence[Reading], found: Sequence[Reading]) -> None:
    pairs = _pairs(due, found, lambda a, b: _agreement(a["content"], b["content"]))
    overlapping = [(due[i], found[j]) for i, j in pairs if _agreement(due[i]["content"], found[j]["content"]) >= _HALF]
    right = [(a, b) for a, b in overlapping if _same_speaker(a, b)]
    counts.ratios["statement"].add(len(right), len(found), len(due))
    counts.ratios["statement_content"].add(len(overlapping), len(found), len(due))
    counts.ratios["direct_quote"].add(
        sum(a["kind"] == b["kind"] == "direct" for a, b in right), _directs(found), _directs(due)
    )
    counts.matched += len(right)
    counts.kinds += sum(a["kind"] == b["kind"] for a, b in right)
    counts.stances += sum(a["stance"] == b["stance"] for a, b in right)


def _directs(statements: Iterable[Reading]) -> int:
    return sum(statement["kind"] == "direct" for statement in statements)


def _count_events(counts: _Counts, gold: Reading, predicted: Reading) -> None:
    due, found = gold["events"], predicted["events"]
    partner = {j: i for i, j in _pairs(due, found, _event_weight)}
    met: set[int] = set()
    for index, event in enumerate(found):
        if event["scope"] != "single":
            continue
        match = due[partner[index]] if index in partner else None
        if match is not None and match["scope"] != "single":
            counts.leaks += 1
            match = None
        if match is not None:
            met.add(partner[index])
        _count_facts(counts, match, gold["statements"], event, predicted["statements"])
    for index, event in enumerate(due):
        if event["scope"] == "single" and index not in met:
            _count_facts(counts, event, gold["statements"], None, ())


def _count_facts(
    counts: _Counts, due: Reading | None, said_due: Sequence[Reading], found: Reading | None, said: Sequence[Reading]
) -> None:
    """Compare the facts of one pair of events; one side may be missing."""
    counts.ratios["event"].add(int(bool(due and found)), int(found is not None), int(due is not None))
    open_facts = _facts(due, said_due) if due else []
    our_facts = _facts(found, said) if found else []
    for kind, _ in open_facts:
        counts.ratios[kind].due += 1
        counts.ratios["fact"].due += 1
    for kind, value in our_facts:
        hit = next((fact for fact in open_facts if fact[0] == kind and _same(kind, fact[1], value, due, found)), None)
        if hit:
            open_facts.remove(hit)
        for name in (kind, "fact"):
            counts.ratios[name].add(int(hit is not None), 1, 0)


def _facts(event: Reading, statements: Sequence[Reading]) -> list[tuple[str, Any]]:
    """The facts of one event by kind."""
    facts: list[tuple[str, Any]] = [("act", event["act"])]
    if event["places"]:
        facts.append(("place", event["places"][0]["text"]))
    when = event.get("when") or {}
    if when.get("from"):
        facts.append(("date", (when["from"], when.get("to") or when["from"])))
    facts.extend(("by", code) for code in dict.fromkeys(by["actor"] for by in event["by"]) if code)
    for harm in ("killed", "injured"):
        toll = _toll(event, harm)
        if toll:
            facts.append((harm, toll))
    source = event.get("source")
    speaker = _speaker(statements[source]) if source is not None else None
    return [*facts, ("source", speaker)] if speaker else facts


def _toll(event: Reading, harm: str) -> tuple[tuple[int, int | None], frozenset[tuple[int | None, int | None]]] | None:
    """The sum of an event's whole counts of one harm, and every value that it may stand for; None without a count."""
    whole = [count for count in event["counts"] if count["kind"] == harm and not count.get("part_of")]
    if not whole:
        return None
    maxima = [count["max"] for count in whole]
    total = (sum(count["min"] or 0 for count in whole), None if None in maxima else sum(maxima))
    return total, frozenset([total, *((count["min"], count["max"]) for count in whole)])


def _same(kind: str, due: Any, ours: Any, gold: Reading | None, found: Reading | None) -> bool:
    if kind == "place" and gold and found:
        return _share_word(due, found["places"][0]["text"]) or _share_word(gold["places"][0]["text"], ours)
    if kind == "source":
        return _share_word(due, ours)
    if kind in ("killed", "injured"):
        return due[0] in ours[1] or ours[0] in due[1]
    return bool(due == ours)


def _event_weight(due: Reading, found: Reading) -> float:
    """How well two events fit; 0 when they may not be paired."""
    first, second = due["trigger"], found["trigger"]
    gap = max(first["start"], second["start"]) - min(first["end"], second["end"])
    same_act, touch = due["act"] == found["act"], _overlap(first, second) > 0
    if gap > _FARTHEST_TRIGGER or not (same_act or touch):
        return 0.0
    place = any(_share_word(a["text"], b["text"]) for a in due["places"][:1] for b in found["places"][:2])
    counts = bool(_count_values(due) & _count_values(found))
    closeness = 1 - max(gap, 0) / (_FARTHEST_TRIGGER + 1)
    return 4 * touch + 3 * same_act + 3 * place + 3 * counts + closeness + (due["scope"] == found["scope"])


def _count_values(event: Reading) -> set[tuple[Any, ...]]:
    return {(count["kind"], count["min"], count["max"]) for count in event["counts"]}


def _pairs(
    due: Sequence[Reading], found: Sequence[Reading], weight: Callable[[Reading, Reading], float]
) -> list[tuple[int, int]]:
    """Pairs of indexes, one to one, heaviest first, earlier ones first among equals; no pair weighs 0."""
    weighed = sorted(((weight(a, b), -i, -j) for i, a in enumerate(due) for j, b in enumerate(found)), reverse=True)
    left, right = set(range(len(due))), set(range(len(found)))
    pairs = []
    for value, i, j in weighed:
        if value > 0 and -i in left and -j in right:
            left.discard(-i)
            right.discard(-j)
            pairs.append((-i, -j))
    return pairs


def _overlap(a: Reading, b: Reading) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def _agreement(a: Reading, b: Reading) -> float:
    """Intersection over union of two ranges."""
    union = max(a["end"], b["end"]) - min(a["start"], b["start"])
    return _overlap(a, b) / union if union > 0 else 0.0


def _speaker(statement: Reading) -> str | None:
    speaker = statement.get("speaker")
    return speaker.get("text") if speaker else None


def _same_speaker(due: Reading, found: Reading) -> bool:
    a, b = _speaker(due), _speaker(found)
    return (a is None and b is None) or _share_word(a, b)


def _share_word(a: str | None, b: str | None) -> bool:
    """Whether two mentions have a content word in common; one glued prefix letter is forgiven."""
    ours, theirs = _content_words(a), _content_words(b)
    if ours & theirs:
        return True
    long_ours, long_theirs = ({word for word in words if len(word) > 3} for words in (ours, theirs))
    return any(x[1:] == y or y[1:] == x for x in long_ours for y in long_theirs)


def _content_words(text: str | None) -> set[str]:
    words = (_ARTICLE.sub("", word) for word in re.findall(r"\w+", fold(text or "")))
    return {word for word in words if len(word) > 1 or word.isdigit()}
