"""Which source stands behind each claim, so that ten pages are not counted as ten witnesses.

A document's source is its copy family, else the agency it credits or is, else its outlet, else the document itself; captures
of one page are one source. A value that a report only quotes from a named body counts as that body's: two outlets that quote
one monitor are one source of it, and so is an outlet's own voice where it repeats, in one position, what it quotes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.credits import credits_of
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.quoted import Words, known_body, named_source, same_names
from tawthiq.linking.repeated import repeated
from tawthiq.records.claim import Claim
from tawthiq.records.links import LinkInput
from tawthiq.text.folding import fold

FAMILY, PLATFORM, OUTLET = "family ", "platform ", "outlet "


def sources(members: Sequence[Occurrence], reports: Mapping[str, LinkInput]) -> dict[str, str]:
    """The independent source behind each document, as a key that says what it is.

    "family DOCUMENT" (by its first member here), "body NAME", "outlet NAME", "platform HOST" where a post's account is not
    known, or "document ID". One page captured several times is one source, however much it was rewritten: its captures, and
    the families that they are members of, are taken together.
    """
    if len({member.reference.document for member in members}) == 1:
        document = members[0].reference.document
        return {document: _source(reports[document], None)}
    families: dict[int, str] = {}
    for member in members:
        if member.family is not None:
            document = member.reference.document
            families[member.family] = min(document, families.get(member.family, document))
    found: dict[str, str] = {}
    for member in members:
        document = member.reference.document
        if document not in found:
            family = None if member.family is None else families[member.family]
            found[document] = _source(reports[document], family)
    _join_spellings(found)
    _join_repeated(reports, found)
    _join_agency_families(reports, found)
    _join_pages(reports, found)
    return found


def _join_spellings(found: dict[str, str]) -> None:
    """Give one outlet one name where letters, spacing, invisible signs or "www." alone differ."""
    first: dict[str, str] = {}
    for document, source in sorted(found.items(), key=lambda entry: entry[1]):
        if source.startswith(OUTLET):
            bare = " ".join(fold(source.removeprefix(OUTLET)).split()).removeprefix("www.")
            found[document] = first.setdefault(bare, source)


def _join_repeated(reports: Mapping[str, LinkInput], found: dict[str, str]) -> None:
    """Give reports that repeat one text one source, however many they are.

    Wording in very many reports of an archive counts as standing phrases and makes no copy family, so the most copied dispatch
    of all has none. Inside one incident the texts are compared with each other, whatever the archive holds.
    """
    for document, first in repeated({document: reports[document].document for document in sorted(found)}).items():
        same = found[first] if found[first].startswith(FAMILY) else f"{FAMILY}{first}"
        other = found[document]
        found[document] = found[first] = same
        if other.startswith(FAMILY):
            found.update((each, same) for each, source in found.items() if source == other)


def _source(report: LinkInput, family: str | None) -> str:
    if family is not None:
        return f"{FAMILY}{family}"
    body = _agency(report)
    if body:
        return f"body {body}"
    outlet = report.document.outlet
    if outlet and outlet.lower().removeprefix("www.") in _platforms():
        return f"{PLATFORM}{outlet}"
    return f"{OUTLET}{outlet}" if outlet else f"document {report.document.id}"


@cache
def _platforms() -> frozenset[str]:
    """The hosts of social and messaging platforms, which are many people's and nobody's outlet."""
    rows = load("en/page_platforms", ("platform", "part", "elements"))
    return frozenset(host for row in rows if row["part"] == "host" for host in row.alternatives("elements"))


def independent(one: Claim, other: Claim) -> bool:
    """Whether two counted claims come from different sources. Of two posts whose account nothing tells, nobody knows.

    They are counted as one, so that no source is made up, and held against each other, so that no dispute is lost.
    """
    if one.source == other.source:
        return one.source.startswith(PLATFORM) and one.document != other.document
    return True


def _agency(report: LinkInput) -> str | None:
    """The agency or monitor that a report's outlet is, else the one agency that its first or last lines credit."""
    document = report.document
    own = known_body(document.outlet) if document.outlet else None
    if own:
        return own
    credited = {credit.name for credit in credits_of(document) if credit.name}
    return credited.pop() if len(credited) == 1 else None


def _join_agency_families(reports: Mapping[str, LinkInput], found: dict[str, str]) -> None:
    """A family whose members credit one agency, and no other, is that agency."""
    credited: dict[str, set[str]] = defaultdict(set)
    for document, source in found.items():
        if source.startswith(FAMILY) and (body := _agency(reports[document])):
            credited[source].add(body)
    for document, source in found.items():
        if len(credited.get(source, ())) == 1:
            found[document] = f"body {min(credited[source])}"


def _join_pages(reports: Mapping[str, LinkInput], found: dict[str, str]) -> None:
    pages: dict[str, list[str]] = {}
    for document in found:
        if address := reports[document].address:
            pages.setdefault(address, []).append(document)
    for documents in pages.values():
        _as_one_page(documents, found)


def _as_one_page(documents: Sequence[str], found: dict[str, str]) -> None:
    """Give the captures of one page the same source, a family's before others; its other families become that one too."""
    told = {found[document] for document in documents}
    families = sorted(source for source in told if source.startswith(FAMILY))
    one = min(families or told)
    found.update(dict.fromkeys(documents, one))
    for document, source in found.items():
        if source in families:
            found[document] = one


def speakers(claims: Iterable[Claim]) -> dict[tuple[str, str | None], str]:
    """The source key of each (speaker, party) of an incident's claims that is somebody in particular."""
    named = {
        (claim.speaker, claim.speaker_actor): who
        for claim in claims
        if claim.speaker and (who := named_source(claim.speaker, claim.speaker_actor))
    }
    keys = same_names(who for who in named.values() if not isinstance(who, str))
    return {speaker: who if isinstance(who, str) else _key(who, keys) for speaker, who in named.items()}


def _key(words: Words, keys: Mapping[Words, str]) -> str:
    return keys[words]


def counted(claims: Sequence[Claim], quoted: Mapping[tuple[str, str | None], str]) -> tuple[Claim, ...]:
    """The claims of one position, which bear their documents' sources, each with the source that it counts for there.

    `quoted` gives the source of each named speaker.
    """
    if not quoted:
        return tuple(claims)
    told_by: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.speaker and (who := quoted.get((claim.speaker, claim.speaker_actor))):
            told_by[claim.source].add(who)
    made = []
    for claim in claims:
        own = claim.source
        if claim.speaker:
            counts_for = quoted.get((claim.speaker, claim.speaker_actor), own)
        else:
            counts_for = min(told_by[own]) if own in told_by else own
        made.append(claim if counts_for == own else replace(claim, source=counts_for))
    return tuple(made)
