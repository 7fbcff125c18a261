"""Contradictions: positions that independent sources hold against each other, side by side and never averaged."""

from collections.abc import Iterator

from tawthiq.publication.dossier.claims import independent, positions, values_of
from tawthiq.publication.dossier.markup import Html, apart, element, joined, shown
from tawthiq.publication.dossier.part import Part
from tawthiq.records.disclosure import DisclosedClaim, DisclosedSlot

_DENIES = "denies"
_MOST_NAMES = 6


def contradictions(part: Part) -> Html:
    """The section: every disputed slot, each of its positions with who makes it."""
    found = list(_disputed(part))
    if any(said.kind == _DENIES for said in part.incident.statements):
        found.append(part.paragraph("contradictions.denied"))
    lead = "contradictions.lead" if found else "contradictions.none"
    return part.section("contradictions", part.paragraph(lead), *found)


def _disputed(part: Part) -> Iterator[Html]:
    for slot in part.incident.slots:
        found = dict(positions(slot))
        held = {position for pair in slot.disputes for position in pair if position in found}
        if slot.standing == "several":
            held = set(found)
        if len(held) > 1:
            yield _side_by_side(part, slot, {position: found[position] for position in sorted(held)})


def _side_by_side(part: Part, slot: DisclosedSlot, held: dict[int, tuple[DisclosedClaim, ...]]) -> Html:
    columns = [_column(part, said) for said in held.values()]
    between = element("p", part.text("contradictions.against"), class_="against")
    note = part.paragraph("contradictions.several") if slot.standing == "several" else Html("")
    heading = element("h3", shown(part.wording.heading(slot)))
    return element("div", heading, note, element("div", joined(columns, between), class_="sides"), class_="slot")


def _column(part: Part, said: tuple[DisclosedClaim, ...]) -> Html:
    names = list(dict.fromkeys(namings(part, said)))
    shown_names = element("ul", *(element("li", name) for name in names[:_MOST_NAMES]))
    more = len(names) - _MOST_NAMES
    rest = part.paragraph("more_names", count=str(more)) if more > 0 else Html("")
    count = part.texts.counted(independent(said), "sources")
    counted = Html("") if part.dossier.is_public else element("p", count, class_="count")
    value = element("p", values_of(part, said), class_="value")
    return element("div", value, counted, shown_names, rest, class_="side")


def namings(part: Part, said: tuple[DisclosedClaim, ...]) -> Iterator[Html]:
    """Who makes each claim: the outlet, and whom it cites."""
    for claim in said:
        report = part.report(claim.document, claim.source)
        outlet = apart(report.outlet) if report and report.outlet else part.text("no_outlet")
        cited = claim.speaker or (part.wording.actor(claim.speaker_actor) if claim.speaker_actor else "")
        yield part.text("citing", outlet=outlet, speaker=apart(cited)) if cited else outlet
