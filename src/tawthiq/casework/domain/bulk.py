"""Acts on many rows: one transaction, one entry of the custody log that names all of them, all or none.

What an act does to one row is what the domain does to it anywhere else, with its own checks; a row to which it cannot be done
is left out with the reason, which the plan tells before. The single acts log nothing themselves: the entry of the whole names
every row and the digest of what it made. Restricting is the exception, for its entries tell item by item who may see what.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from tawthiq.archive.models import Capture, Incident, Report
from tawthiq.casework.domain import custody, reading_corrections, restrictions
from tawthiq.casework.domain.assignments import Assigned, assign, put_back, receiver_called
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.models import Case, Group, ItemRestriction, ReadingCorrection, ReportReview, User
from tawthiq.casework.queries.queue_subjects import REPORT, seen_of, subject_of
from tawthiq.casework.queries.reviewed import unreviewed
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.casework.rules import may_assign, may_decide_readings, may_restrict
from tawthiq.records.correction import text_digest
from tawthiq.records.errors import WrongUsage

MOST = 500
_AT_ONCE = 400


class Act(StrEnum):
    """What can be done to many rows at once."""

    ASSIGN = "assign"
    REVIEW = "review"
    RESTRICT = "restrict"
    OPEN = "open"


class LeftOut(StrEnum):
    """Why a row is left out."""

    GONE = "gone"
    SAME = "same"
    REVIEWED = "reviewed"
    HAS_CASE = "has-case"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done: to whom and with which word, or to which groups."""

    act: Act
    to: str = ""
    word: str = ""
    groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What would happen: the subjects to which it is done, and those left out by the reason."""

    asked: Asked
    subjects: tuple[str, ...]
    left_out: dict[LeftOut, int] = field(default_factory=dict)


class NotAllowed(WrongUsage):
    """The person may not do this to anything; nothing was done."""


def may_do(act: Act, user: User) -> bool:
    """Whether a person may do something of this kind at all."""
    rule = {Act.RESTRICT: may_restrict, Act.REVIEW: may_decide_readings}.get(act, may_assign)
    return rule(user)


def plan(asked: Asked, subjects: Sequence[str], by: User) -> Plan:
    """What an act would do to some subjects, in a constant number of queries; nothing is changed.

    Raises NotAllowed where the person may not do it, WrongUsage where a part of what is asked is missing.
    """
    if not may_do(asked.act, by):
        raise NotAllowed(item=asked.act.value, happened="your role may not do this", advice="ask an editor or an owner")
    wanted = list(dict.fromkeys(subjects))[:MOST]
    seen = seen_of(wanted, by, sight_of(by))
    left: dict[LeftOut, int] = {}
    _count(left, LeftOut.GONE, len(wanted) - len(seen))
    kept = [text for text in wanted if text in seen]
    fitting = _FITTING[asked.act](asked, kept, left)
    return Plan(asked, tuple(fitting), left)


def carry_out(folder: Path | None, asked: Asked, subjects: Sequence[str], by: User) -> tuple[Plan, dict[str, Any]]:
    """Do it to all that the plan keeps, or to none; the plan as it was carried out, and what undoing needs.

    Raises as `plan` does, and whatever the single acts raise: then nothing was changed.
    """
    with transaction.atomic():
        made = plan(asked, subjects, by)
        done: dict[str, Any] = {}
        digests: list[list[str]] = []
        if made.subjects and asked.act != Act.RESTRICT:
            done, digests = _DOING[asked.act](made, by)
    if made.subjects and asked.act == Act.RESTRICT:
        done, digests = _restricted(folder, made, by)
    if digests:
        facts = {"act": asked.act.value, "rows": digests}
        custody.record(folder, custody.BULK_DONE, by.name, subject="bulk", facts=facts)
    return made, done


def undo(folder: Path | None, content: dict[str, Any], by: User) -> int:
    """Take an act back as far as nobody changed its rows since; how many are as they were. All or none."""
    act = Act(content["act"])
    if act == Act.ASSIGN:
        return put_back(folder, Assigned(content["before"], content["after"]), by)
    if act == Act.RESTRICT:
        return len(restrictions.lift(folder, content["items"], by)) if content["items"] else 0
    if act != Act.REVIEW:
        return 0
    back = []
    with transaction.atomic():
        for capture, digest in content["reviews"]:
            last = ReportReview.objects.filter(capture=capture).order_by("-revision").first()
            if last is not None and last.sha256 == digest:
                row = reading_corrections.take_back_review(None, capture, _last_act(capture), by.name)
                back.append([f"{REPORT}:{capture}", row.sha256])
    if back:
        facts = {"act": act.value, "rows": back}
        transaction.on_commit(lambda: custody.record(folder, custody.BULK_UNDONE, by.name, subject="bulk", facts=facts))
    return len(back)


def _fit_assign(asked: Asked, kept: list[str], left: dict[LeftOut, int]) -> list[str]:
    if not asked.to:
        return kept
    receiver = receiver_called(asked.to)
    theirs = seen_of(kept, receiver, sight_of(receiver))
    _count(left, LeftOut.UNSEEN, len(kept) - len(theirs))
    return [text for text in kept if text in theirs]


def _fit_review(_: Asked, kept: list[str], left: dict[LeftOut, int]) -> list[str]:
    captures = _keys(kept)
    rows = unreviewed(Report.objects.filter(capture__identifier__in=captures)).order_by()
    open_ones = set(rows.values_list("capture__identifier", flat=True))
    _count(left, LeftOut.REVIEWED, len(captures) - len(open_ones))
    return [f"{REPORT}:{capture}" for capture in captures if capture in open_ones]


def _fit_restrict(asked: Asked, kept: list[str], _: dict[LeftOut, int]) -> list[str]:
    if not asked.groups:
        raise WrongUsage(item="a restriction", happened="no group was chosen", advice="choose a group that you are in")
    return kept


def _fit_open(_: Asked, kept: list[str], left: dict[LeftOut, int]) -> list[str]:
    numbers = [int(key) for key in _keys(kept)]
    known = set(Case.objects.filter(incident__in=numbers).values_list("incident", flat=True))
    there = set(Incident.objects.filter(number__in=numbers).values_list("number", flat=True))
    _count(left, LeftOut.HAS_CASE, len(known))
    return [f"incident:{number}" for number in numbers if number in there - known]


def _assigned(made: Plan, by: User) -> tuple[dict[str, Any], list[list[str]]]:
    done = assign(None, made.subjects, made.asked.to or None, by, made.asked.word)
    rows = [[text, sha256(repr([text, done.after[text]]).encode()).hexdigest()] for text in done.changed]
    rows += [list(case) for case in done.opened]
    return {"act": Act.ASSIGN.value, "before": done.before, "after": done.after}, rows


def _reviewed(made: Plan, by: User) -> tuple[dict[str, Any], list[list[str]]]:
    captures = _keys(made.subjects)
    texts = Report.objects.filter(capture__identifier__in=captures)
    found = {name: (text, reader) for name, text, reader in texts.values_list("capture__identifier", "text", "reader")}
    acts = dict(
        ReadingCorrection.objects.filter(capture__in=captures)
        .order_by()
        .values_list("capture")
        .annotate(last=Max("act"))
    )
    at, reviews = datetime.now(UTC), []
    for capture in captures:
        text, reader = found[capture]
        seen = reading_corrections.Seen(capture, text_digest(text), reader, acts.get(capture, 0))
        reviews.append([capture, reading_corrections.review(None, seen, by.name, at=at).sha256])
    rows = [[f"{REPORT}:{capture}", digest] for capture, digest in reviews]
    return {"act": Act.REVIEW.value, "reviews": reviews}, rows


def _opened(made: Plan, by: User) -> tuple[dict[str, Any], list[list[str]]]:
    cases = [open_case(None, int(key), by.name) for key in _keys(made.subjects)]
    return {}, [[f"case:{case.incident}", case.digest] for case in cases]


def _restricted(folder: Path | None, made: Plan, by: User) -> tuple[dict[str, Any], list[list[str]]]:
    groups = list(Group.objects.filter(pk__in=made.asked.groups))
    captures = _keys(made.subjects)
    before = set(ItemRestriction.objects.filter(item__in=captures).values_list("item", flat=True))
    changed = restrictions.restrict(folder, captures, groups, by)
    digests = dict(Capture.objects.filter(identifier__in=changed).values_list("identifier", "sha256"))
    rows = [[f"{REPORT}:{capture}", digests.get(capture, "")] for capture in changed]
    return {"act": Act.RESTRICT.value, "items": [each for each in changed if each not in before]}, rows


def _last_act(capture: str) -> int:
    return ReadingCorrection.objects.filter(capture=capture).aggregate(last=Max("act"))["last"] or 0


def _keys(subjects: Collection[str]) -> list[str]:
    return [subject.key for text in subjects if (subject := subject_of(text))]


def _count(left: dict[LeftOut, int], why: LeftOut, number: int) -> None:
    if number:
        left[why] = left.get(why, 0) + number


_FITTING: dict[Act, Callable[[Asked, list[str], dict[LeftOut, int]], list[str]]] = {
    Act.ASSIGN: _fit_assign,
    Act.REVIEW: _fit_review,
    Act.RESTRICT: _fit_restrict,
    Act.OPEN: _fit_open,
}
_DOING: dict[Act, Callable[[Plan, User], tuple[dict[str, Any], list[list[str]]]]] = {
    Act.ASSIGN: _assigned,
    Act.REVIEW: _reviewed,
    Act.OPEN: _opened,
}
