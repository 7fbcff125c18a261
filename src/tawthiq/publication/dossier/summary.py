"""The summary: plain sentences made from the record. Each says who says what; none says whether it is so."""

from collections.abc import Iterator

from tawthiq.lexicon.verification_terms import TermList
from tawthiq.publication.dossier.claims import independent, outlet_of, positions, values_of
from tawthiq.publication.dossier.contradictions import namings
from tawthiq.publication.dossier.markup import Html, apart, element, joined, shown
from tawthiq.publication.dossier.part import Part
from tawthiq.publication.dossier.wording import OPEN
from tawthiq.records.disclosure import DisclosedClaim, DisclosedSlot

_MOST_NAMES = 4
_VERIFIED = "verified"


def summary(part: Part) -> Html:
    """The section: one sentence a position, then what people settled, then denials, then what was left out."""
    sentences = [*_reports(part), *_settled(part), *_statements(part), *_left_out(part)]
    return part.section("summary", element("ul", *(element("li", each) for each in sentences), class_="sentences"))


def _reports(part: Part) -> Iterator[Html]:
    incident = part.incident
    yield part.text(
        "summary.intro",
        number=shown(str(incident.number)),
        act=shown(part.wording.act(incident.act)),
        reports=shown(f"{len(incident.reports):,}"),
        sources=shown(f"{incident.sources:,}"),
    )
    for slot in incident.slots:
        yield from (_position(part, slot, said) for _, said in positions(slot))
        if slot.standing in ("disputed", "several", "developing") and slot.claims:
            key = "summary.developing" if slot.standing == "developing" else "summary.disputed"
            if slot.standing != "several" or len(positions(slot)) > 1:
                yield part.text(key, slot=shown(part.wording.slot(slot)))


def _position(part: Part, slot: DisclosedSlot, said: tuple[DisclosedClaim, ...]) -> Html:
    names = list(dict.fromkeys(namings(part, said)))
    told = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        told.append(part.text("more_names", count=f"{len(names) - _MOST_NAMES:,}"))
    key = "summary.value_plain" if part.dossier.is_public else "summary.value"
    return part.text(
        key,
        slot=shown(part.wording.heading(slot)),
        value=element("strong", values_of(part, said)),
        sources=part.texts.counted(independent(said), "sources"),
        names=joined(told, part.between),
    )


def _settled(part: Part) -> Iterator[Html]:
    incident, wording = part.incident, part.wording
    if not incident.status:
        if incident.state != _VERIFIED:
            yield part.text("summary.undecided")
        return
    yield part.text("summary.settled", status=element("strong", wording.term(TermList.STATUS, incident.status)))
    for slot in incident.slots:
        if slot.chosen and slot.chosen != OPEN:
            value = element("strong", apart(wording.chosen(slot)))
            yield part.text("summary.chosen", slot=shown(wording.slot(slot)), value=value)
    left = [shown(wording.slot(slot)) for slot in incident.slots if slot.chosen == OPEN]
    if left:
        yield part.text("summary.left_open", slots=joined(left, "، " if part.texts.language == "ar" else ", "))
    for each in incident.attributions:
        degree = wording.term(TermList.ATTRIBUTION, each.degree)
        yield part.text("summary.attribution", party=apart(wording.actor(each.party)), degree=apart(degree))


def _statements(part: Part) -> Iterator[Html]:
    for said in part.incident.statements:
        if said.kind in ("denies", "claims_responsibility"):
            speaker = said.speaker or part.wording.actor(said.speaker_actor)
            yield part.text(
                "summary.statement",
                kind=shown(part.texts.label("statement_kind", said.kind)),
                speaker=apart(speaker) or part.text("own_voice"),
                outlet=outlet_of(part, said.document),
                day=shown(part.wording.day(said.told)) or part.text("no_day"),
            )


def _left_out(part: Part) -> Iterator[Html]:
    incident = part.incident
    if incident.redactions or incident.kept_back:
        yield part.text(
            "summary.withheld", count=shown(f"{incident.redactions:,}"), pages=shown(f"{len(incident.kept_back):,}")
        )
