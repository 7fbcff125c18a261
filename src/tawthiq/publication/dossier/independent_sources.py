"""How many independent sources there are, which reports stand for each, and why copies count once."""

from tawthiq.publication.dossier.claims import outlet_of
from tawthiq.publication.dossier.markup import Html, element, joined, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.records.disclosure import DisclosedReport


def independent_sources(part: Part) -> Html:
    """The section: the count, the reason, and the reports by source."""
    incident = part.incident
    count = part.paragraph(
        "independent.lead", reports=shown(f"{len(incident.reports):,}"), sources=shown(f"{incident.sources:,}")
    )
    why = part.paragraph("independent.why")
    if part.dossier.is_public:
        return part.section("independent", count, why, part.paragraph("independent.public"))
    return part.section("independent", count, why, _by_source(part))


def _by_source(part: Part) -> Html:
    found: dict[int, list[DisclosedReport]] = {}
    for report in part.incident.reports:
        found.setdefault(report.source, []).append(report)
    labels = [part.text("column.source"), part.text("cover.reports")]
    rows = []
    for source, reports in sorted(found.items()):
        told = [
            joined([outlet_of(part, each.document), shown(part.wording.day(each.published))], " ") for each in reports
        ]
        listed = element("ul", *(element("li", each) for each in told))
        rows.append(row(labels, (part.text("source_number", number=shown(str(source))), listed)))
    return table(labels, [element("tbody", *rows)])
