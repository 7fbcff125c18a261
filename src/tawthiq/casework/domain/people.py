"""Proposed pairs of persons kept, sealed, and decided about. Nothing here merges anybody.

Saving replaces what was proposed before; pairs that somebody decided about stay, with all decisions. Each decision adds one
row in one transaction and enters the custody log with its digest only: no name, no pair, no verdict. Who decides has seen the
pair's last revision; whoever comes second is told (Overtaken).
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.field_key import put, reveal
from tawthiq.casework.domain.field_key_cipher import FieldKeys
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import PersonDecision, PersonProposal
from tawthiq.casework.people_state import state_of
from tawthiq.custody.entry import digest_of, is_digest_of
from tawthiq.records.person import ListCell, PersonPair, PersonProposals, PersonRecord, TextPassage

PEOPLE = "people"
_AT_ONCE = 500
_NONCE_BYTES = 16


def save_proposals(found: PersonProposals, records: Mapping[str, PersonRecord], keys: FieldKeys) -> tuple[int, int]:
    """Keep the pairs in place of those proposed before; how many are kept, and how many of them are new.

    The caller holds `writing_keys`, of which `keys` come.
    """
    made = {row.key: row for row in (_row(pair, records, keys) for pair in found.pairs)}
    with transaction.atomic():
        known = {row.key: row for row in PersonProposal.objects.all()}
        gone = [row.number for key, row in known.items() if key not in made]
        decided = PersonDecision.objects.values("proposal")
        for begin in range(0, len(gone), _AT_ONCE):
            PersonProposal.objects.filter(number__in=gone[begin : begin + _AT_ONCE]).exclude(
                number__in=decided
            ).delete()
        new = [row for key, row in made.items() if key not in known]
        PersonProposal.objects.bulk_create(new, batch_size=_AT_ONCE)
        for key, row in made.items():
            if key in known:
                known[key].probability, known[key].sealed, known[key].content = row.probability, row.sealed, None
        again = [known[key] for key in made if key in known]
        PersonProposal.objects.bulk_update(again, ["probability", "sealed", "content"], batch_size=_AT_ONCE)
    return len(made), len(new)


def opened(proposal: PersonProposal, keys: FieldKeys) -> dict[str, Any]:
    """What `content_of` made, opened; whoever shows it logs that. Raises FieldKeyLost or FieldDiffers."""
    content: dict[str, Any] = (
        json.loads(reveal(proposal, "sealed", keys)) if proposal.sealed else proposal.content or {}
    )
    return content


def judge(folder: Path | None, proposal: PersonProposal, verdict: str, seen: int, by: str) -> PersonDecision:
    """Keep what a person says of a pair and log it in the archive at `folder`; `seen` is the last revision they saw.

    Raises Overtaken when a later revision is there.
    """
    at = datetime.now(UTC)
    content = {
        "schema": "tawthiq/people-decision/1",
        "pair": proposal.key,
        "revision": seen + 1,
        "verdict": PersonDecision.Verdict(verdict).value,
        "by": by,
        "at": at.isoformat(),
        "nonce": secrets.token_hex(_NONCE_BYTES),
    }
    row = PersonDecision(
        proposal=proposal, revision=seen + 1, verdict=verdict, content=content, sha256=digest_of(content), by=by, at=at
    )
    try:
        with transaction.atomic():
            before = list(PersonDecision.objects.filter(proposal=proposal).order_by("revision"))
            if (before[-1].revision if before else 0) != seen:
                raise _overtaken()
            row.save(force_insert=True)
            state = state_of([*((each.by, each.verdict) for each in before if is_unchanged(each)), (by, verdict)])
            PersonProposal.objects.filter(pk=proposal.pk).update(state=state)
    except IntegrityError as error:
        raise _overtaken() from error
    custody.record(folder, custody.PEOPLE_DECIDED, by, subject=PEOPLE, facts={"decision_sha256": row.sha256}, at=at)
    return row


def is_unchanged(row: PersonDecision) -> bool:
    """Whether a row says what its digest says it said when it was saved; one that does not is not counted."""
    content = row.content
    told = (content.get("pair"), content.get("revision"), content.get("verdict"), content.get("by"))
    same = told == (row.proposal.key, row.revision, row.verdict, row.by)
    return same and is_digest_of(content, row.sha256)


def content_of(pair: PersonPair, records: Mapping[str, PersonRecord]) -> dict[str, Any]:
    """A pair as it is kept: both records with their places, the reasons, the weight."""
    return {
        "first": _side(records[pair.first]),
        "second": _side(records[pair.second]),
        "weight": pair.weight,
        "reasons": [
            [reason.comparison, reason.found, reason.weight, reason.first, reason.second] for reason in pair.reasons
        ],
    }


def forget(captures: Iterable[str]) -> int:
    """Take out pairs, and decisions about them, that touch erased items; how many pairs there were."""
    gone = list(captures)
    pairs = PersonProposal.objects.filter(first_capture__in=gone) | PersonProposal.objects.filter(
        second_capture__in=gone
    )
    numbers = list(pairs.values_list("number", flat=True))
    PersonDecision.objects.filter(proposal__in=numbers).delete()
    PersonProposal.objects.filter(number__in=numbers).delete()
    return len(numbers)


def _row(pair: PersonPair, records: Mapping[str, PersonRecord], keys: FieldKeys) -> PersonProposal:
    first, second = records[pair.first], records[pair.second]
    places = json.dumps(sorted([_named_place(first), _named_place(second)], key=json.dumps), sort_keys=True)
    row = PersonProposal(
        key=hashlib.sha256(places.encode()).hexdigest(),
        first_capture=first.source,
        second_capture=second.source,
        probability=pair.probability,
    )
    put(row, "sealed", json.dumps(content_of(pair, records), ensure_ascii=False), keys)
    return row


def _named_place(record: PersonRecord) -> dict[str, Any]:
    """The place with the words of the name that stand there: a text read anew may have somebody else at these characters."""
    if isinstance(record.name.at, ListCell):
        return _place(record)
    return {**_place(record), "name": record.name.text}


def _place(record: PersonRecord) -> dict[str, Any]:
    """Where a record stands: a line of a list, or characters of a report."""
    at = record.name.at
    if isinstance(at, ListCell):
        return {"capture": at.file, "line": at.line}
    return {"capture": at.report, "start": at.span.start, "end": at.span.end}


def _side(record: PersonRecord) -> dict[str, Any]:
    values = {}
    for name, value in record.values().items():
        at = value.at
        spot = [at.span.start, at.span.end] if isinstance(at, TextPassage) else [at.line, at.column]
        values[name] = [value.text, *spot]
    return {**_place(record), "values": values}


def _overtaken() -> Overtaken:
    return Overtaken(
        item="this pair",
        happened="somebody else decided about it in the meantime",
        advice="look at what they decided, then decide again",
    )
