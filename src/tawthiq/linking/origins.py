"""Where the dispatch of a copy family seems to come from: proposed from agency credits and times, decided by nobody here.

A credit names the agency on the first or last lines of a text (page.agencies); a member whose outlet is that agency is its
own page. Of the others the one published before all others stands out, by the moment where all pages give one, else by the
day. Copies often bear a later date than they had, and an agency is often left out: so each sign is kept with its characters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from tawthiq.linking.credits import credits_of
from tawthiq.page.agencies import agency_named
from tawthiq.records.copies import CopyFamily, CopyOrigin, OriginReason, OriginSign
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Document
from tawthiq.records.span import Mention


def with_origins(families: Sequence[CopyFamily], reports: Mapping[str, LinkInput]) -> tuple[CopyFamily, ...]:
    """The families, each with its proposed origin; `reports` holds every member by its identifier."""
    return tuple(replace(family, origin=_origin([reports[member] for member in family.ids])) for family in families)


def _origin(members: Sequence[LinkInput]) -> CopyOrigin | None:
    signs = [reason for member in members for reason in _credits(member.document)]
    named = {reason.agency for reason in signs if reason.agency}
    agency = next(iter(named)) if len(named) == 1 else None
    first = _first(members)
    reasons = (*signs, *([first] if first else []))
    own = [reason.document for reason in signs if reason.sign is OriginSign.OWN_PAGE and reason.agency == agency]
    earliest = first.document if first else None
    return CopyOrigin(agency, own[0] if len(own) == 1 else earliest, reasons) if reasons else None


def _credits(document: Document) -> Iterator[OriginReason]:
    """The agency whose own page this is, and the credits of its text, each agency once."""
    own = agency_named(document.outlet) if document.outlet else None
    if own:
        yield OriginReason(OriginSign.OWN_PAGE, document.id, own)
    seen = {own}
    for credit in credits_of(document):
        if credit.name and credit.name not in seen:
            seen.add(credit.name)
            words = Mention.at(document.text, credit.start, credit.end)
            yield OriginReason(OriginSign.CREDITED, document.id, credit.name, words)


def _first(members: Sequence[LinkInput]) -> OriginReason | None:
    """The member published before all others; None where a time is missing or two share the first."""
    moments = [(_utc(member.published_at), member) for member in members if member.published_at]
    if len(moments) == len(members):
        (first, member), (second, _) = sorted(moments, key=lambda found: (found[0], found[1].document.id))[:2]
        if first < second:
            return OriginReason(OriginSign.FIRST, member.document.id, day=first.date(), at=first)
    days = [(day, member) for member in members if (day := _day(member))]
    if len(days) == len(members):
        (day, member), (later, _) = sorted(days, key=lambda found: (found[0], found[1].document.id))[:2]
        if day < later:
            return OriginReason(OriginSign.FIRST, member.document.id, day=day)
    return None


def _utc(moment: datetime) -> datetime:
    """A moment without a zone is taken for UTC: outlets of one dispatch mostly stand in neighbouring zones."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(member: LinkInput) -> date | None:
    return member.reading.published or member.document.published
