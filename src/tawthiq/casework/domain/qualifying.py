"""What a lawyer says in law about a verified case: an opinion with name and day, beside the verification and never
part of it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.cases import DECIDED, NotAllowed, active, locked, sealed, subject
from tawthiq.casework.models import Case, Qualification
from tawthiq.casework.rules import may_qualify
from tawthiq.custody.entry import digest_of
from tawthiq.lexicon.verification_terms import violation_mappings
from tawthiq.records.errors import WrongUsage

LONGEST = 20_000
SCHEMA = "tawthiq/qualification/1"


def qualify(folder: Path | None, case: Case, codes: Sequence[str], words: str, by: str) -> Qualification:
    """Keep what a person says of a case in law, in place of what they said before; `codes` are of violation_mappings.tsv.

    Raises NotAllowed for who may not, WrongUsage for an unknown code, an empty opinion, or a case that nobody has
    verified.
    """
    known = {mapping.code for mapping in violation_mappings()}
    text = words.strip()
    if not set(codes) <= known or not (codes or text) or len(text) > LONGEST:
        raise WrongUsage(
            item="an opinion", happened="it is empty, too long, or names what no table holds", advice="choose or write"
        )
    at = datetime.now(UTC)
    with transaction.atomic():
        held = locked(case.pk)
        if not may_qualify(active(by)):
            raise NotAllowed(item=by, happened="this role gives no opinion", advice="ask an owner or an editor")
        if held.state not in DECIDED:
            raise WrongUsage(
                item=f"case {held.incident}", happened="it is not verified", advice="two people verify it first"
            )
        content = {"schema": SCHEMA, "case": held.incident, "codes": sorted(set(codes)), "words": text}
        kept = sealed({**content, "about": held.digest}, by, at)
        row = Qualification.objects.create(case=held, content=kept, sha256=digest_of(kept), by=by, at=at)
    custody.record(folder, custody.CASE_QUALIFIED, by, subject=subject(held), facts={"sha256": row.sha256}, at=at)
    return row
