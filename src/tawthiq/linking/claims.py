"""What each source says of an incident, and where independent sources cannot both be right.

Every claim stays with its document, speaker and characters; nothing is averaged. Two claims contradict each other when
their ranges have no number in common, they count the same group, and they come from independent sources: reports of one
copy family, of one outlet, or captures of one page, are one source.
"""

from collections.abc import Mapping, Sequence

from tawthiq.linking.occurrences import Occurrence
from tawthiq.records.claim import Claim
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Event
from tawthiq.records.links import LinkInput

TOTALS = {Group.ALL, Group.CIVILIANS}


def claims(members: Sequence[Occurrence], reports: Mapping[str, LinkInput], harm: Harm) -> tuple[Claim, ...]:
    """Every claim on the whole toll of one harm, in the order of documents and texts.

    Where an event gives no more than a subset ("among them 3 children"), that is a floor of the whole.
    """
    found: list[Claim] = []
    for member in members:
        report = reports[member.reference.document]
        event = report.reading.events[member.reference.event]
        counts = [count for count in event.counts if count.harm is harm]
        whole = [count for count in counts if not count.part_of]
        found += [_claim(count, event, report) for count in whole or counts]
    return tuple(found)


def _claim(count: Count, event: Event, report: LinkInput) -> Claim:
    statement = report.reading.statements[event.source] if event.source is not None else None
    speaker = statement.speaker.mention.text if statement and statement.speaker else None
    return Claim(
        harm=count.harm,
        minimum=count.minimum,
        maximum=None if count.part_of else count.maximum,
        document=report.document.id,
        speaker=speaker,
        mention=count.mention,
        group=count.group,
        part_of=count.part_of,
    )


def sources(members: Sequence[Occurrence], reports: Mapping[str, LinkInput]) -> dict[str, str]:
    """The independent source behind each document: its copy family, else its outlet, else the document itself.

    One page captured several times is one source, however much it was rewritten: its captures, and the families that they
    are members of, are taken together.
    """
    found = {}
    for member in members:
        if member.family is not None:
            source = f"family {member.family}"
        else:
            source = f"outlet {member.outlet}" if member.outlet else f"document {member.reference.document}"
        found[member.reference.document] = source
    pages: dict[str, list[str]] = {}
    for document in found:
        if address := reports[document].address:
            pages.setdefault(address, []).append(document)
    for documents in pages.values():
        _as_one_page(documents, found)
    return found


def _as_one_page(documents: Sequence[str], found: dict[str, str]) -> None:
    """Give the captures of one page the same source, a family's before others; its other families become that one too."""
    told = {found[document] for document in documents}
    families = sorted(source for source in told if source.startswith("family "))
    one = min(families or told)
    found.update(dict.fromkeys(documents, one))
    for document, source in found.items():
        if source in families:
            found[document] = one


def contradictions(
    members: Sequence[Occurrence], source: Mapping[str, str], killed: Sequence[Claim], injured: Sequence[Claim]
) -> tuple[str, ...]:
    """The slots on which independent sources disagree, in the order killed, injured, date, actor; `source` is of `sources`."""
    found = [name for name, tolls in (("killed", killed), ("injured", injured)) if _tolls_differ(tolls, source)]
    pairs = [
        (one, other)
        for index, one in enumerate(members)
        for other in members[index + 1 :]
        if source[one.reference.document] != source[other.reference.document]
    ]
    if any(_days_differ(one, other) for one, other in pairs):
        found.append("date")
    if any(one.actors and other.actors and not one.actors & other.actors for one, other in pairs):
        found.append("actor")
    return tuple(found)


def _tolls_differ(tolls: Sequence[Claim], source: Mapping[str, str]) -> bool:
    return any(
        source[one.document] != source[other.document] and _comparable(one, other) and _disjoint(one, other)
        for index, one in enumerate(tolls)
        for other in tolls[index + 1 :]
    )


def _comparable(one: Claim, other: Claim) -> bool:
    """Whether two claims count the same people: both totals, or the same group. A floor from a subset counts as a total."""
    return one.group is other.group or all(claim.part_of or claim.group in TOTALS for claim in (one, other))


def _disjoint(one: Claim, other: Claim) -> bool:
    return _below(one, other) or _below(other, one)


def _below(one: Claim, other: Claim) -> bool:
    return one.maximum is not None and other.minimum is not None and one.maximum < other.minimum


def _days_differ(one: Occurrence, other: Occurrence) -> bool:
    if not (one.dated and other.dated) or one.first is None or other.first is None or one.last is None:
        return False
    return one.last < other.first or (other.last is not None and other.last < one.first)
