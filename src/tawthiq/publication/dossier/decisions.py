"""What people decided: findings, types of violation, grades of sources, and each decision with its digest in the log."""

from collections.abc import Iterator

from tawthiq.lexicon.verification_terms import TermList
from tawthiq.publication.dossier.markup import Html, apart, code, element, joined, pairs, row, shown, table
from tawthiq.publication.dossier.part import Part

_OF = frozenset({"value", "violation", "attribution", "party_type"})


def decisions(part: Part) -> Html:
    """The section of grades and decisions."""
    found = [*_findings(part), *_grades(part), *_deeds(part)]
    if part.dossier.is_public:
        found.append(part.paragraph("decisions.public"))
    return part.section("decisions", part.paragraph("decisions.lead"), *(found or [part.paragraph("decisions.none")]))


def _findings(part: Part) -> Iterator[Html]:
    incident, text, wording = part.incident, part.text, part.wording
    facts = [
        (text("decisions.status"), apart(wording.term(TermList.STATUS, incident.status))),
        (text("decisions.verified"), shown(wording.day(incident.verified))),
        (text("decisions.published"), shown(wording.day(incident.published))),
        (
            text("decisions.violations"),
            joined([shown(wording.violation(each)) for each in incident.violations], part.between),
        ),
        (text("decisions.differing"), joined([_field(part, each) for each in incident.differing], part.between)),
    ]
    told = pairs(facts)
    if told:
        yield told
    if incident.violations:
        yield part.paragraph("decisions.violations_help", of="note")


def _field(part: Part, name: str) -> Html:
    """A field of sheets in words."""
    kind, _, of = name.partition(":")
    slot = next((each for each in part.incident.slots if each.key == of), None)
    wording = part.wording
    told = {
        "value": wording.slot(slot) if slot else of,
        "violation": wording.violation(of),
        "attribution": wording.actor(of),
        "party_type": wording.actor(of),
    }
    if kind in _OF:
        return part.text(f"field.{kind}", of=apart(told[kind]))
    return shown(part.texts.label("field", name))


def _grades(part: Part) -> Iterator[Html]:
    if not part.incident.grades:
        return
    labels = [part.text(f"column.{name}") for name in ("source", "by", "reliability", "credibility")]
    rows = [
        row(
            labels,
            (
                part.text("source_number", number=shown(str(each.source))),
                apart(each.by),
                shown(part.wording.term(TermList.RELIABILITY, each.reliability)),
                shown(part.wording.term(TermList.CREDIBILITY, each.credibility)),
            ),
        )
        for each in sorted(part.incident.grades, key=lambda each: (each.source, each.by))
    ]
    yield table(labels, [element("tbody", *rows)])


def _deeds(part: Part) -> Iterator[Html]:
    if not part.incident.decisions:
        return
    labels = [part.text(f"column.{name}") for name in ("deed", "by", "at", "digest")]
    rows = [
        row(
            labels,
            (
                shown(part.texts.label("deed", each.deed)),
                apart(each.by),
                code(part.wording.moment(each.at)),
                code(each.sha256),
            ),
        )
        for each in part.incident.decisions
    ]
    yield table(labels, [element("tbody", *rows)], of="digests")
