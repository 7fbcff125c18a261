"""Showing a verified case to readers of what is published, and taking it back.

What is shown is kept as it was then, so that nobody can say later that something else stood there. Sensitive cases
(children, sexual violence) are proposed by one person and published by another. A case that is not verified any more
is taken out by itself.
"""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from tawthiq.archive.models import Post, Report
from tawthiq.casework.case_content import CaseContent, content_from_json
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.cases import DECIDED, NotAllowed, active, assigned_to, locked, rounds_of, sealed, subject
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.models import Case, Notice, Publication, User
from tawthiq.casework.public_content import Outlet, Publishing, public_content
from tawthiq.casework.queries.case_warnings import case_warnings, is_sensitive
from tawthiq.casework.queries.compartments import compartments
from tawthiq.casework.queries.verification_secrecy import Round
from tawthiq.casework.rules import may_publish
from tawthiq.casework.verification_outcome import NEEDED
from tawthiq.casework.verification_sheet import VIOLATION
from tawthiq.custody.entry import digest_of
from tawthiq.records.errors import WrongUsage

_Deed = Publication.Deed
_LOGGED = {
    _Deed.PROPOSED: custody.PUBLICATION_PROPOSED,
    _Deed.PUBLISHED: custody.CASE_PUBLISHED,
    _Deed.WITHDRAWN: custody.CASE_UNPUBLISHED,
}
LONGEST_REASON = 2000
PROGRAM = "tawthiq"
"""Who took a case out that is verified no more, as the log has it."""


def publish(folder: Path | None, case: Case, seen: int, by: str) -> Publication:
    """Publish a verified case, or propose it where it is sensitive; whoever confirms a proposal is another person.

    `seen` is the number of the last publication row that the person's page showed, 0 for none. Raises NotAllowed for
    who may not or who confirms their own proposal, WrongUsage for a case that is not verified as it is now, or that
    holds restricted items.
    """
    with transaction.atomic():
        held = locked(case.pk)
        _publisher(by)
        found = _verified_now(held)
        content = content_from_json(found.about.content)
        if compartments(content.documents):
            raise WrongUsage(
                item=f"case {held.incident}",
                happened="an item of it is restricted to a group",
                advice="what is restricted is not published; lift the restriction first",
            )
        last = held.publications.last()
        _expect_seen(last, seen)
        prepared = prepare(held, found)
        deed = _Deed.PUBLISHED
        if prepared.sensitive and not _confirms(last, content.digest):
            deed = _Deed.PROPOSED
        elif prepared.sensitive and last is not None and last.by == by:
            raise NotAllowed(
                item=f"case {held.incident}",
                happened="you proposed it yourself",
                advice="a second person looks at it and confirms",
            )
        row = _added(held, deed, public_content(prepared), by)
    return _told(folder, held, row, by)


def withdraw(folder: Path | None, case: Case, reason: str, by: str) -> Publication:
    """Take a case, or the proposal to publish it, out again. Raises NotAllowed, WrongUsage without a reason or where it
    is out.
    """
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise WrongUsage(item="a withdrawal", happened="it has no reason", advice="say why it is taken out")
    with transaction.atomic():
        held = locked(case.pk)
        _publisher(by)
        last = held.publications.last()
        if last is None or last.deed == _Deed.WITHDRAWN:
            raise WrongUsage(
                item=f"case {held.incident}", happened="it is not published", advice="nothing is to be done"
            )
        row = _added(held, _Deed.WITHDRAWN, {"reason": words}, by)
    return _told(folder, held, row, by)


def withdraw_when_unverified(folder: Path | None, case: Case, by: str) -> None:
    """Take out a case whose published content is not verified any more, or about which people have now decided otherwise.

    Neither the row nor the log nor a notice names who acted: whoever took a sheet back is as secret as the sheet.
    """
    with transaction.atomic():
        held = locked(case.pk)
        last = held.publications.last()
        if last is None or last.deed == _Deed.WITHDRAWN:
            return
        shown = next((each for each in rounds_of(held) if each.about.digest == last.content.get("about")), None)
        stands = shown is not None and shown.verdict.state == Case.State.VERIFIED
        if stands and (held.state not in DECIDED or held.state == Case.State.VERIFIED):
            return
        row = _added(held, _Deed.WITHDRAWN, {"reason": "", "cause": "not verified any more"}, "")
    _told(folder, held, row, by)


def prepare(case: Case, found: Round) -> Publishing:
    """What would be published of a case now: shown before anybody publishes it."""
    content, verdict = content_from_json(found.about.content), found.verdict
    violations = [name.partition(":")[2] for name in verdict.settled if name.startswith(f"{VIOLATION}:")]
    warnings = case_warnings(case.incident, violations)
    return Publishing(
        content=content,
        verdict=verdict,
        outlets=outlets_of(content),
        says=_marked(found),
        act=_act(content),
        verified=max(given.row.at for given in found.in_force).date(),
        people=len({given.row.by for given in found.in_force}),
        warnings=warnings,
        sensitive=is_sensitive(warnings, violations),
    )


def _marked(found: Round) -> dict[str, frozenset[str]]:
    """The claims and statements that at least two of those who verified marked as saying so, by party."""
    marks = Counter(
        (each.party, key) for given in found.in_force for each in given.sheet.attributions for key in set(each.says)
    )
    parties = {party for party, _ in marks}
    return {
        party: frozenset(key for (of, key), times in marks.items() if of == party and times >= NEEDED)
        for party in parties
    }


def outlets_of(content: CaseContent) -> dict[str, Outlet]:
    """How the reports of a case are named to the public, by their documents."""
    rows = Report.objects.filter(capture__identifier__in=content.documents)
    personal = set(Post.objects.filter(report__in=rows.values("pk")).values_list("report_id", flat=True))
    told = rows.values_list("pk", "capture__identifier", "capture__source", "outlet", "published")
    return {
        document: Outlet(_outlet("" if number in personal else outlet, source), day)
        for number, document, source, outlet, day in told
    }


def _outlet(outlet: str, source: str) -> str:
    """The outlet as its page names it, else the host of its address; a file's name is never shown."""
    if outlet:
        return outlet
    try:
        parts = urlsplit(source)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _act(content: CaseContent) -> str:
    acts = [telling.act for telling in content.tellings]
    return max(dict.fromkeys(acts), key=acts.count)


def _verified_now(case: Case) -> Round:
    found = next((each for each in rounds_of(case) if each.about.digest == case.digest), None)
    if case.changed or found is None or found.verdict.state != Case.State.VERIFIED:
        raise WrongUsage(
            item=f"case {case.incident}",
            happened="it is not verified as it is now",
            advice="two people verify it first",
        )
    return found


def _confirms(last: Publication | None, about: str) -> bool:
    """Whether the act at hand confirms a proposal of the same content."""
    return last is not None and last.deed == _Deed.PROPOSED and last.content.get("about") == about


def _expect_seen(last: Publication | None, seen: int) -> None:
    if (last.pk if last else 0) != seen:
        raise WrongUsage(
            item="this case", happened="somebody did something about its publication meanwhile", advice="look again"
        )


def _publisher(name: str) -> User:
    user = active(name)
    if not may_publish(user):
        raise NotAllowed(item=name, happened="this role does not publish", advice="ask an owner or an editor")
    return user


def _added(case: Case, deed: Publication.Deed, content: dict[str, Any], by: str) -> Publication:
    at = datetime.now(UTC)
    kept = sealed({**content, "deed": str(deed)}, by, at)
    row = Publication.objects.create(case=case, deed=deed, content=kept, sha256=digest_of(kept), by=by, at=at)
    case.published = deed == _Deed.PUBLISHED
    case.save(update_fields=["published"])
    return row


def _told(folder: Path | None, case: Case, row: Publication, by: str) -> Publication:
    kind = _LOGGED[_Deed(row.deed)]
    custody.record(folder, kind, row.by or PROGRAM, subject=subject(case), facts={"sha256": row.sha256}, at=row.at)
    authors = {given.row.by for each in rounds_of(case) for given in each.in_force}
    notice = {_Deed.PUBLISHED: Notice.Kind.PUBLISHED, _Deed.WITHDRAWN: Notice.Kind.UNPUBLISHED}.get(_Deed(row.deed))
    if notice:
        tell({*authors, *assigned_to(case)} - {by}, notice, subject(case), row.by)
    return row
