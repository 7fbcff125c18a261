"""The authority as its rows hold it: all decisions, what is in force, and what readers were given at an earlier revision."""

from functools import lru_cache
from hashlib import blake2b

from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast

from tawthiq.casework.models import AuthorityDecision
from tawthiq.lexicon.authority import in_force
from tawthiq.lexicon.authority_file import content_of, decision_of, identifier_of
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.records.authority import Authority, Decision, Overlay
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput

SHORT = 12
"""Signs of an overlay's digest in a stamp."""


def history(entry: str) -> QuerySet[AuthorityDecision]:
    """Every decision about an entry, the last one first."""
    return AuthorityDecision.objects.filter(entry=entry).order_by("-revision")


def last_about(entry: str) -> AuthorityDecision | None:
    """The last decision about an entry; None when nobody decided about it."""
    return history(entry).first()


def last_revision() -> int:
    """The number of the last decision of all; 0 when there is none."""
    return AuthorityDecision.objects.aggregate(last=Max("revision"))["last"] or 0


def decisions(until: int | None = None) -> tuple[Decision, ...]:
    """All decisions in order, or those up to a revision.

    Raises EvidenceDiffers for a row that is not what its digest says, or a row that is missing.
    """
    rows = AuthorityDecision.objects.order_by("revision")
    if until is not None:
        rows = rows.filter(revision__lte=until)
    return tuple(_decision(row, due) for due, row in enumerate(rows, 1))


def is_unchanged(row: AuthorityDecision) -> bool:
    """Whether what a row holds is what its digest says it was when the person saved it."""
    try:
        decision = decision_of(row.content, "a decision")
    except (UnreadableInput, AttributeError, TypeError):
        return False
    same = content_of(decision) == row.content and (decision.by, decision.at) == (row.by, row.at)
    return same and identifier_of(decision) == row.sha256 and decision.step.value == row.step


def _decision(row: AuthorityDecision, due: int) -> Decision:
    if row.revision != due or not is_unchanged(row):
        told = f"decision {due} is missing" if row.revision != due else "the row is not what the person saved"
        raise EvidenceDiffers(
            item=f"the authority, decision {row.revision}",
            happened=told,
            advice="restore the database from a backup; the custody log holds the digest of every decision",
        )
    return decision_of(row.content, f"decision {row.revision}")


def authority_of(until: int | None = None) -> Authority:
    """The authority in force, or as it was at a revision. Raises as `decisions` does.

    Applied once for as long as every row stays what it is: rows changed by other hands are noticed as ever.
    """
    return _applied(_fingerprint(until), until)


@lru_cache(maxsize=4)
def _applied(_fingerprint: bytes, until: int | None) -> Authority:
    return in_force(decisions(until))


def _fingerprint(until: int | None) -> bytes:
    """A digest of everything that the rows up to a revision hold, unread."""
    rows = AuthorityDecision.objects.order_by("revision").annotate(held=Cast("content", TextField()))
    if until is not None:
        rows = rows.filter(revision__lte=until)
    digest = blake2b()
    for row in rows.values_list("revision", "step", "sha256", "by", "at", "held").iterator():
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.digest()


class AuthorityInForce:
    """The authority as reading asks for it (archive.authority.Authorities)."""

    def now(self) -> tuple[str, Overlay]:
        """The stamp of the authority in force, empty where it changes nothing for readers, and what it changes.

        Raises EvidenceDiffers as `decisions` does.
        """
        found = overlay(authority_of())
        return (f"{last_revision()}@{found.digest[:SHORT]}" if found else ""), found

    def stamped(self, stamp: str) -> Overlay | None:
        """What the authority changed when readings got this stamp; None where that cannot be told."""
        if not stamp:
            return Overlay()
        revision, _, digest = stamp.partition("@")
        if not (revision.isdecimal() and int(revision) <= last_revision()):
            return None
        found = overlay(authority_of(int(revision)))
        return found if found.digest.startswith(digest) and len(digest) == SHORT else None
