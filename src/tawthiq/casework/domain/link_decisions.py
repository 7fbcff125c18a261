"""Deciding about links: confirming, merging and splitting incidents, judging two tellings, withdrawing what was decided.

Each act adds its decisions in one transaction, and enters the custody log as one entry that names the digests of all of
them and nothing of their words. Who decides has seen a state (`seen`, the number of the last act then): an act since then
about the same documents is told first (Overtaken). What contradicts decisions in force is refused (Contradicted), unless
the same act withdraws them: nothing that a person decided is overruled in silence. The next linking looks at
the reports that were decided about.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise, product
from pathlib import Path

from django.db import IntegrityError, transaction

from tawthiq.archive.link_memory import mark_documents
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.link_decisions import anchor_texts, awake, in_force_about, last_act, last_act_about
from tawthiq.custody.entry import digest_of
from tawthiq.linking.anchoring import find
from tawthiq.linking.decided_graph import DecidedGraph, reconciled
from tawthiq.linking.decision_contract import WITHDRAWN, decided, decision_to_json, withdrawal_to_json
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.incident import EventReference
from tawthiq.records.link_decision import EventAnchor, LinkVerdict
from tawthiq.records.link_decision import LinkDecision as Decision

LINKS = "links"
MOST_PAIRS = 2000  # decisions of one act; a split of fifty tellings out of forty stays below
_TRIES = 5
_Deed = LinkDecision.Deed
_Judged = tuple[LinkVerdict, EventAnchor, EventAnchor]


class Contradicted(TawthiqError):
    """Decisions in force say otherwise; nothing was saved. `earlier` are those that would have to be withdrawn."""

    earlier: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides, why, and what they have seen.

    `seen` is the number of the last act when the page was made, `withdrawing` the digests of decisions in force that this
    act takes back first, `at` the moment, now when it is left out.
    """

    by: str
    seen: int
    reason: str = ""
    withdrawing: tuple[str, ...] = ()
    at: datetime | None = None


def confirm(folder: Path | None, tellings: Sequence[EventAnchor], deciding: Deciding) -> list[LinkDecision]:
    """Say that all tellings of an incident are of one occurrence. Raises as `judge` does."""
    return _decide(folder, _Deed.CONFIRMED, _one(tellings), deciding)


def merge(
    folder: Path | None, first: Sequence[EventAnchor], second: Sequence[EventAnchor], deciding: Deciding
) -> list[LinkDecision]:
    """Say that two incidents are one occurrence: all tellings of both. Raises as `judge` does."""
    return _decide(folder, _Deed.MERGED, _one([*first, *second]), deciding)


def split(
    folder: Path | None,
    out: Sequence[EventAnchor],
    rest: Sequence[EventAnchor],
    deciding: Deciding,
    *,
    out_is_one: bool = False,
) -> list[LinkDecision]:
    """Say that the tellings `out` are of no occurrence that any of `rest` tells; with `out_is_one`, that they are of one.

    Raises as `judge` does, and WrongUsage where nothing is taken out, nothing is left, or there are too many pairs.
    """
    if not out or not rest:
        raise WrongUsage(
            item="a split",
            happened="all tellings or none were chosen",
            advice="choose those that tell another occurrence, and leave at least one",
        )
    apart: list[_Judged] = [(LinkVerdict.APART, one, other) for one, other in product(out, rest)]
    return _decide(folder, _Deed.SPLIT, (_one(out) if out_is_one else []) + apart, deciding)


def judge(
    folder: Path | None, verdict: LinkVerdict, one: EventAnchor, other: EventAnchor, deciding: Deciding
) -> list[LinkDecision]:
    """Say of two tellings whether they are of one occurrence.

    Raises Overtaken, Contradicted, and WrongUsage where a telling is not in the present reading or there are not two.
    """
    return _decide(folder, _Deed.JUDGED, [(verdict, one, other)], deciding)


def withdraw(folder: Path | None, digests: Collection[str], deciding: Deciding) -> list[LinkDecision]:
    """Take back decisions in force; their rows stay, and so do their entries in the log.

    Raises Overtaken when one of them is not in force any more.
    """
    return _decide(folder, _Deed.WITHDRAWN, [], replace(deciding, withdrawing=tuple(digests)))


def _one(tellings: Sequence[EventAnchor]) -> list[_Judged]:
    """A chain that holds all tellings together."""
    ordered = sorted(set(tellings), key=lambda anchor: (anchor.document, anchor.start, anchor.end, anchor.act))
    return [(LinkVerdict.TOGETHER, one, other) for one, other in pairwise(ordered)]


def _decide(
    folder: Path | None, deed: LinkDecision.Deed, judged: Sequence[_Judged], deciding: Deciding
) -> list[LinkDecision]:
    """Save the decisions as one act and log it."""
    if not judged and not deciding.withdrawing:
        raise WrongUsage(
            item="a decision", happened="there are not two tellings", advice="choose at least two tellings"
        )
    if len(judged) > MOST_PAIRS:
        raise WrongUsage(
            item="a decision",
            happened=f"{len(judged)} pairs of tellings would be decided at once",
            advice="confirm or split a part of the incident first",
        )
    at = (deciding.at or datetime.now(UTC)).astimezone(UTC)
    made = [decided(each[0], each[1], each[2], by=deciding.by, at=at, reason=deciding.reason) for each in judged]
    for patience in range(_TRIES - 1, -1, -1):
        try:
            with transaction.atomic():
                rows = _added(deed, made, deciding, at)
            break
        except IntegrityError:  # somebody decided about other documents in this moment, under the same number
            if not patience:
                raise
    facts = {
        "act": rows[0].act,
        "deed": deed.value,
        "decisions": [[row.kind, row.first_document, row.second_document, row.sha256] for row in rows],
    }
    custody.record(folder, custody.LINKS_DECIDED, deciding.by, subject=LINKS, facts=facts, at=at)
    return rows


def _added(deed: LinkDecision.Deed, made: Sequence[Decision], deciding: Deciding, at: datetime) -> list[LinkDecision]:
    """The rows of one act, saved. The caller holds the transaction."""
    taken_back = list(LinkDecision.objects.filter(sha256__in=deciding.withdrawing).exclude(kind=WITHDRAWN))
    documents = {document for row in taken_back for document in (row.first_document, row.second_document)}
    documents |= {anchor.document for decision in made for anchor in (decision.first, decision.second)}
    _expect_nothing_new(documents, deciding)
    earlier = in_force_about(documents).decisions
    in_force = {decision.identifier for decision in earlier}
    if not set(deciding.withdrawing) <= in_force:
        raise _overtaken(last_act_about(documents))
    _expect_one_compartment(made)
    _expect_agreement([each for each in awake(earlier) if each.identifier not in deciding.withdrawing], made)
    act = last_act() + 1
    rows = [_withdrawal(row, deciding, at) for row in taken_back] + [_row(decision) for decision in made]
    for place, row in enumerate(rows):
        row.act, row.place, row.deed, row.by, row.at = act, place, deed, deciding.by, at
        row.sha256 = digest_of(row.content)
    LinkDecision.objects.bulk_create(rows)
    mark_documents(documents)
    return rows


def _row(decision: Decision) -> LinkDecision:
    return LinkDecision(
        kind=decision.verdict.value,
        first_document=decision.first.document,
        second_document=decision.second.document,
        content=decision_to_json(decision),
    )


def _withdrawal(row: LinkDecision, deciding: Deciding, at: datetime) -> LinkDecision:
    return LinkDecision(
        kind=WITHDRAWN,
        first_document=row.first_document,
        second_document=row.second_document,
        content=withdrawal_to_json(row.sha256, by=deciding.by, at=at, reason=deciding.reason),
        withdraws=row.sha256,
    )


def _expect_nothing_new(documents: Collection[str], deciding: Deciding) -> None:
    last = last_act_about(documents)
    if last is not None and last.act > deciding.seen:
        raise _overtaken(last)


def _expect_one_compartment(made: Sequence[Decision]) -> None:
    """Raises WrongUsage when a decision is about reports that not the same groups may see."""
    if len(awake(made)) < len(made):
        raise WrongUsage(
            item="a decision",
            happened="it is about reports that are restricted to different groups, or of which one is open to everybody",
            advice="restrict them to the same groups first, or decide about reports of one kind",
        )


def _expect_agreement(earlier: Sequence[Decision], made: Sequence[Decision]) -> None:
    """Raises Contradicted when the new decisions and those in force cannot all hold of the present readings.

    A new decision must be about two events that stand in the readings now; earlier ones may have lost theirs.
    """
    anchors = {anchor for decision in (*earlier, *made) for anchor in (decision.first, decision.second)}
    now = anchor_texts({anchor.document for anchor in anchors})
    nodes: dict[EventAnchor, EventReference | EventAnchor] = {}
    for anchor in anchors:
        event = find(anchor, now[anchor.document]) if anchor.document in now else None
        nodes[anchor] = anchor if event is None else EventReference(anchor.document, event)
    for decision in made:
        one, other = nodes[decision.first], nodes[decision.second]
        if one == other or not isinstance(one, EventReference) or not isinstance(other, EventReference):
            raise WrongUsage(
                item=decision.first.document,
                happened="a telling that was decided about is not in the reading as it is now",
                advice="open the incident again and decide about what it shows",
            )
    against = _against(reconciled(earlier, nodes)[0], made, nodes)
    if against:
        raise _contradicted(against)


def _against(
    earlier: list[Decision], made: Sequence[Decision], nodes: dict[EventAnchor, EventReference | EventAnchor]
) -> list[Decision]:
    """The earlier decisions without which the new ones could hold, in the order in which they were made."""
    new = {decision.identifier for decision in made}
    against: list[Decision] = []
    while clash := DecidedGraph([*earlier, *made], nodes).clash():
        blamed = (
            [clash.apart]
            if clash.apart.identifier not in new
            else [each for each in clash.chain if each.identifier not in new]
        )
        if not blamed:
            raise WrongUsage(
                item="a decision",
                happened="it says of two tellings that they are of one occurrence and that they are not",
                advice="choose again",
            )
        against += blamed
        gone = {each.identifier for each in blamed}
        earlier = [each for each in earlier if each.identifier not in gone]
    return sorted(against, key=lambda each: (each.at, each.identifier))


def _overtaken(last: LinkDecision | None) -> Overtaken:
    who = f"{last.by} decided" if last else "somebody else decided"
    error = Overtaken(
        item=f"{last.at:%Y-%m-%d %H:%M} UTC" if last else LINKS,
        happened=f"{who} about these reports in the meantime",
        advice="look at what they decided, then decide again",
    )
    error.act = last.act if last else 0
    return error


def _contradicted(earlier: Sequence[Decision]) -> Contradicted:
    told = "; ".join(f"{each.by} said {each.verdict.value} on {each.at:%Y-%m-%d}" for each in earlier[:5])
    more = f" and {len(earlier) - 5} more" if len(earlier) > 5 else ""
    error = Contradicted(
        item=LINKS,
        happened=f"decisions in force say otherwise ({told}{more})",
        advice="withdraw them, or leave it as it is",
    )
    error.earlier = tuple(earlier)
    return error
