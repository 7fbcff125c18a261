"""Each preserved report: what it is, its picture or why there is none, how it was collected, its custody chain, its proofs."""

from collections.abc import Iterator

from tawthiq.publication.dossier.markup import Html, apart, code, element, joined, pairs, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.publication.dossier.pictures import Picture
from tawthiq.records.disclosure import DisclosedReport
from tawthiq.records.dossier import ReportEvidence

_TOLD_ALREADY = frozenset({"sha256", "log-index", "media-type"})
"""Facts that stand among what is said about the report."""


def sources(part: Part) -> Html:
    """The section of all reports."""
    if part.dossier.is_public:
        return part.section("sources", part.paragraph("sources.public"), _outlets(part))
    told = [_report(part, number, each) for number, each in enumerate(part.incident.reports, start=1)]
    return part.section("sources", part.paragraph("sources.lead"), *told)


def _outlets(part: Part) -> Html:
    labels = [part.text("report.outlet"), part.text("report.published")]
    rows = [
        row(labels, (apart(each.outlet) or part.text("no_outlet"), shown(part.wording.day(each.published))))
        for each in part.incident.reports
    ]
    return table(labels, [element("tbody", *rows)]) if rows else Html("")


def _report(part: Part, number: int, report: DisclosedReport) -> Html:
    preserved = part.preserved(report.document)
    title = apart(report.title) or part.text("sources.untitled")
    looks = "report pictured" if part.is_first and part.dossier.pictures.get(report.document) else "report"
    heading = element(
        "h3",
        part.text("report.number", number=shown(str(number))),
        ": ",
        title,
        id=part.anchor(f"report-{number}"),
    )
    found = [_facts(part, preserved), _chain(part, preserved), _proofs(part, preserved)] if preserved else []
    return element("div", heading, pairs(_about(part, report)), _picture(part, report, preserved), *found, class_=looks)


def _about(part: Part, report: DisclosedReport) -> Iterator[tuple[str, str]]:
    text, label = part.text, part.texts.label
    yield text("report.outlet"), apart(report.outlet) or text("no_outlet")
    yield text("report.agency"), apart(report.agency)
    yield text("report.published"), shown(part.wording.day(report.published)) or text("no_day")
    yield text("report.language"), shown(label("language", report.language)) if report.language else ""
    yield text("report.address"), code(report.address) if report.address else ""
    yield text("report.source"), text("source_number", number=shown(str(report.source)))
    yield text("report.collected"), code(part.wording.moment(report.collected)) if report.collected else ""
    yield text("report.collector"), apart(report.collector)
    yield text("report.content_type"), code(report.content_type) if report.content_type else ""
    yield text("report.document"), code(report.document) if report.document else ""
    yield text("report.log_index"), code(str(report.log_index)) if report.log_index is not None else ""
    yield text("report.sha256"), code(report.sha256) if report.sha256 else ""


def _facts(part: Part, preserved: ReportEvidence) -> Html:
    told = [
        (shown(part.texts.label("fact", name)), _fact(part, name, value))
        for name, value in preserved.facts
        if name not in _TOLD_ALREADY
    ]
    return joined([element("h4", part.text("facts")), pairs(told)]) if told else Html("")


def _fact(part: Part, name: str, value: str) -> Html:
    label = part.texts.label(name, value)
    return shown(label) if label != value else code(value)


def _chain(part: Part, preserved: ReportEvidence) -> Html:
    heading = element("h4", part.text("chain"))
    if not preserved.chain:
        return joined([heading, part.paragraph("chain.none")])
    labels = [part.text(f"column.{name}") for name in ("entry", "event", "at", "actor")]
    rows = [
        row(
            labels,
            (
                code(str(each.index)),
                shown(part.texts.label("event", each.kind)),
                code(part.wording.moment(each.at)),
                apart(each.actor),
            ),
        )
        for each in preserved.chain
    ]
    return joined([heading, table(labels, [element("tbody", *rows)])])


def _proofs(part: Part, preserved: ReportEvidence) -> Html:
    heading = element("h4", part.text("proofs"))
    if not preserved.proofs:
        return joined([heading, part.paragraph("proofs.none")])
    return joined([heading, element("ul", *(element("li", code(f"proofs/{name}")) for name in preserved.proofs))])


def _picture(part: Part, report: DisclosedReport, preserved: ReportEvidence | None) -> Html:
    heading = element("h4", part.text("picture"))
    if preserved is None or preserved.screenshot is None:
        why = f"no_screenshot.{'withheld' if report.withheld else preserved.no_screenshot if preserved else 'other'}"
        known = part.texts.label("no_screenshot", why.partition(".")[2]) != why.partition(".")[2]
        return joined([heading, part.paragraph(why if known else "no_screenshot.other", of="note")])
    pictures = part.dossier.pictures.get(report.document, ())
    if not pictures:
        return joined([heading, part.paragraph("picture.unreadable", of="note")])
    if not part.is_first:
        number = part.numbers[report.document]
        where = f"#{part.dossier.languages[0]}-report-{number}"
        return joined([heading, element("p", element("a", part.text("picture.elsewhere"), href=where), class_="note")])
    cut = part.paragraph("picture.cut", of="note") if pictures[0].is_cut else Html("")
    return joined([heading, element("div", *(_part(part, each) for each in pictures), class_="pictures"), cut])


def _part(part: Part, picture: Picture) -> Html:
    alt = part.texts.filled("picture.alt", part=picture.part, parts=picture.parts)
    return element("img", src=part.dossier.address(picture), alt=alt, width=picture.width, height=picture.height)
