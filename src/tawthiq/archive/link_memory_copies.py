"""Copies found in the memory of shingles: a report is compared with those alone that share enough with it.

Pairs that are copies are kept (`RememberedCopy`); families are made anew of the connected parts of them in which something
changed. The caller holds the transaction.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tawthiq.archive.link_inputs import LinkInputs
from tawthiq.archive.link_memory_rows import put, select, take_out
from tawthiq.archive.link_memory_shingles import holders, standing_among
from tawthiq.archive.linking_rows import drop_families, save_families
from tawthiq.archive.models import CopyFamily, CopyMember, RememberedCopy, RememberedReport
from tawthiq.linking.copies import copy_edge, families_of, standing_phrases
from tawthiq.linking.origins import with_origins
from tawthiq.linking.sampled_index import KEEP_ALL, kept_of, worth_comparing
from tawthiq.records.copies import CopyEdge, SharedPassage
from tawthiq.records.copies import CopyFamily as FamilyRecord
from tawthiq.records.link_decision import Constraints
from tawthiq.records.span import Mention

Pair = tuple[int, int]
Row = tuple[Any, ...]
Decided = Callable[[Collection[str]], Constraints]


def compare(numbers: Collection[int], inputs: LinkInputs, decided: Decided) -> set[int]:
    """Find the copies of reports anew; the numbers of all that were or are copies of one of them, and of these.

    Reports of two compartments are no copies of each other.
    """
    asked = set(numbers)
    old = [pair for pair, _ in _edges_of(asked)]
    pairs = _candidates(asked, inputs)
    inputs.load_texts({number for pair in pairs for number in pair})
    involved = sorted({number for pair in pairs for number in pair})
    limits = decided([inputs.document(number) for number in involved])
    pairs = {pair for pair in pairs if limits.may_meet(inputs.document(pair[0]), inputs.document(pair[1]))}
    standing = standing_among(shingle for number in involved for shingle in inputs.shingled(number).shingles)
    phrases = standing_phrases(standing)
    new = [row for pair in sorted(pairs) if (row := _copy(pair, inputs, phrases))]
    take_out(RememberedCopy, ("first", "second"), old)
    put(RememberedCopy, new)
    return asked.union(*old, *((first, second) for first, second, *_ in new))


def forget_copies(number: int) -> set[int]:
    """Take a report's copies out of the memory; the numbers of the others."""
    pairs = [pair for pair, _ in _edges_of([number])]
    take_out(RememberedCopy, ("first", "second"), pairs)
    return set().union(*pairs) - {number}


def remembered(edge: CopyEdge, numbers: Mapping[str, int]) -> Row:
    """The values of a RememberedCopy."""
    passages = [
        [p.in_first.span.start, p.in_first.span.end, p.in_second.span.start, p.in_second.span.end]
        for p in edge.passages
    ]
    return numbers[edge.first], numbers[edge.second], edge.containment, passages


def family_anew(touched: Collection[int], compared: Collection[int], inputs: LinkInputs) -> set[int]:
    """Make the families anew that touched reports are or were in; the reports that have other members beside them now.

    Copies were found anew for the reports of `compared`: that these come and go changes nothing among the others.
    """
    part, edges, old = _part(touched)
    documents: dict[int, str] = dict(select(RememberedReport, ["number", "document"], "number", part if edges else ()))
    numbers = {document: number for number, document in documents.items()}
    records = families_of([CopyEdge(documents[a], documents[b], alike, ()) for (a, b), alike in edges.items()])
    new = {min(members): members for record in records if (members := {numbers[document] for document in record.ids})}
    stay = {number for number, members in new.items() if old.get(number) == members and members.isdisjoint(compared)}
    drop_families([number for number in old if number not in stay])
    made = [record for record in records if min(numbers[document] for document in record.ids) not in stay]
    if made:
        _save(made, numbers, inputs)
    return _parted(old, new, set(compared))


def _parted(old: Mapping[int, set[int]], new: Mapping[int, set[int]], compared: set[int]) -> set[int]:
    """The reports that stand in a family with others than before; whether compared ones do concerns these alone."""
    before = {number: members for members in old.values() for number in members}
    after = {number: members for members in new.values() for number in members}
    changed = set()
    for number in before.keys() | after.keys():
        left, right = before.get(number), after.get(number)
        aside = set() if number in compared else compared
        if (left is None) != (right is None) or (left or set()) - aside != (right or set()) - aside:
            changed.add(number)
    return changed


def _part(touched: Collection[int]) -> tuple[set[int], dict[Pair, float], dict[int, set[int]]]:
    """What touched reports bring along: reports and pairs of copies that are connected, and families with their members."""
    part, edges = _connected(touched)
    old = _old_families(part)
    while more := set().union(*old.values()) - part:  # a family may have lost the pairs that connected it
        part, edges = _connected(part | more)
        old = _old_families(part)
    return part, edges, old


def _save(made: Sequence[FamilyRecord], numbers: Mapping[str, int], inputs: LinkInputs) -> None:
    """The rows of families, with passages and origins."""
    members = {numbers[document] for record in made for document in record.ids}
    inputs.load_texts(members)
    rows = select(RememberedCopy, ("first", "second", "passages"), "first", members)
    passages = {(first, second): json.loads(places) for first, second, places in rows}

    def shown(edge: CopyEdge) -> CopyEdge:
        places = passages[numbers[edge.first], numbers[edge.second]]
        return replace(edge, passages=tuple(_passage(edge, place, inputs) for place in places))

    whole = [replace(record, edges=tuple(map(shown, record.edges))) for record in made]
    whole = [replace(record, passages=tuple(p for edge in record.edges for p in edge.passages)) for record in whole]
    save_families(with_origins(whole, inputs.texts), numbers)


def _passage(edge: CopyEdge, places: list[int], inputs: LinkInputs) -> SharedPassage:
    first, second = (inputs.texts[document].document.text for document in (edge.first, edge.second))
    return SharedPassage(
        edge.first, edge.second, Mention.at(first, places[0], places[1]), Mention.at(second, places[2], places[3])
    )


def _candidates(asked: set[int], inputs: LinkInputs) -> set[Pair]:
    """Pairs, lower number first, of an asked report and any other that share enough of the index."""
    kept = {number: kept_of(inputs.shingled(number).shingles) for number in asked}
    every = {shingle for found in kept.values() for shingle in found}
    held = holders(every - standing_among(every))
    shared: Counter[Pair] = Counter()
    for number, shingles in kept.items():
        others = Counter(other for shingle in shingles for other in held.get(shingle, ()) if other != number)
        shared.update({(min(number, other), max(number, other)): count for other, count in others.items()})
    for pair in list(shared):
        if asked.issuperset(pair):
            shared[pair] //= 2  # counted from both sides
    columns = ("number", "shingles", "whole", "sampled")
    involved = {number for pair in shared for number in pair}
    sizes = {number: size for number, *size in select(RememberedReport, columns, "number", involved)}
    return {pair for pair, count in shared.items() if worth_comparing(count, _smaller(sizes[pair[0]], sizes[pair[1]]))}


def _smaller(first: Sequence[int], second: Sequence[int]) -> int:
    """Two short reports are compared on all they keep, others on the sample (`sampled_index`)."""
    return min(first[1], second[1]) if max(first[0], second[0]) < KEEP_ALL else min(first[2], second[2])


def _copy(pair: Pair, inputs: LinkInputs, standing: frozenset[int]) -> Row | None:
    first, second = sorted((inputs.shingled(number) for number in pair), key=lambda one: one.document.id)
    edge = copy_edge(first, second, standing)
    return remembered(edge, inputs.numbers) if edge else None


def _edges_of(numbers: Collection[int]) -> Iterator[tuple[Pair, float]]:
    """Every pair of copies that one of the reports is in, with its containment; some come twice."""
    for column in ("first", "second"):
        rows = select(RememberedCopy, ("first", "second", "containment"), column, numbers)
        yield from (((first, second), containment) for first, second, containment in rows)


def _connected(numbers: Collection[int]) -> tuple[set[int], dict[Pair, float]]:
    """The reports that pairs of copies connect with any of these, and all pairs among them with their containment."""
    part: set[int] = set()
    edges: dict[Pair, float] = {}
    new = set(numbers)
    while new:
        part |= new
        found = dict(_edges_of(new))
        edges |= found
        new = {number for pair in found for number in pair} - part
    return part, edges


def _old_families(reports: Collection[int]) -> dict[int, set[int]]:
    """The members of each family that has one of the reports for member, or its number for its own."""
    found: dict[int, set[int]] = {
        number: set() for (number,) in select(CopyMember, ["family_id"], "report_id", reports)
    }
    found |= {number: set() for (number,) in select(CopyFamily, ["number"], "number", reports)}
    for family, report in select(CopyMember, ("family_id", "report_id"), "family_id", found):
        found[family].add(report)
    return found
