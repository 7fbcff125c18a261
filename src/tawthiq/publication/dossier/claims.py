"""Claims slot by slot: each with its words, who says so, outlet and day, and the pointer to the characters that say it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from tawthiq.publication.dossier.markup import Html, apart, element, joined, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.records.disclosure import DisclosedClaim, DisclosedSlot, DisclosedStatement


def claims(part: Part) -> Html:
    """The section of claims."""
    told = [_slot(part, slot) for slot in part.incident.slots if slot.claims]
    lead = "claims.public" if part.dossier.is_public else "claims.lead"
    return part.section("claims", part.paragraph(lead), *(told or [part.paragraph("claims.empty")]))


def positions(slot: DisclosedSlot) -> list[tuple[int, tuple[DisclosedClaim, ...]]]:
    """The claims of a slot by position, in order."""
    ordered = sorted(slot.claims, key=lambda claim: claim.position)
    return [(position, tuple(said)) for position, said in groupby(ordered, key=lambda claim: claim.position)]


def values_of(part: Part, said: Iterable[DisclosedClaim]) -> Html:
    """The different values of some claims, in their order."""
    return joined([apart(value) for value in dict.fromkeys(map(part.wording.value, said))], part.between)


def independent(said: Iterable[DisclosedClaim]) -> int:
    """How many independent sources make some claims."""
    return len({claim.source for claim in said})


def outlet_of(part: Part, document: str, source: int = 0) -> Html:
    """The outlet behind a claim or statement; a link to its report where that is shown."""
    report = part.report(document, source)
    name = apart(report.outlet) if report and report.outlet else part.text("no_outlet")
    if not report or part.dossier.is_public:
        return name
    number = part.numbers[report.document]
    return element("a", name, href=f"#{part.anchor(f'report-{number}')}")


def outlet_and_day(part: Part, said: DisclosedClaim | DisclosedStatement, source: int = 0) -> Html:
    """Who published it, and when."""
    day = part.wording.day(said.told)
    between = " · " if part.dossier.is_public else Html("<br>")
    return joined([outlet_of(part, said.document, source), shown(day) if day else part.text("no_day")], between)


def speaker_of(part: Part, said: DisclosedClaim | DisclosedStatement) -> Html:
    """Who says so: the words of the report, the party's neutral name beside them where it is known."""
    party = part.wording.actor(said.speaker_actor) if said.speaker_actor not in ("", "other", "unknown") else ""
    if not said.speaker and not party:
        return part.text("own_voice")
    named = [apart(each) for each in (said.speaker, party) if each]
    return joined(named, Html("<br>")) if len(named) > 1 else named[0]


def quoted(part: Part, said: DisclosedClaim | DisclosedStatement) -> Html:
    """The words of the report."""
    marks = [part.text("redacted")] if said.redacted else []
    if isinstance(said, DisclosedClaim) and said.hedged:
        marks.append(part.text("hedged"))
    notes = [element("small", mark, class_="mark") for mark in marks]
    words = apart(part.texts.filled("quoted", words=said.text)) if said.text.strip() else part.text("no_words")
    return joined([words, *notes], " ") if notes else words


def pointer(part: Part, said: DisclosedClaim | DisclosedStatement) -> Html:
    """The preserved item, the characters, and the digest of the item; nothing where the item is not shown."""
    report = part.report(said.document, 0)
    if not said.document or report is None:
        return Html("")
    return part.text("pointer", document=said.document, start=str(said.start), end=str(said.end), sha256=report.sha256)


def _slot(part: Part, slot: DisclosedSlot) -> Html:
    standing = element("span", part.wording.standing(slot), class_=f"standing {_known(slot.standing)}")
    heading = element("h3", joined([shown(part.wording.heading(slot)), standing], " "))
    chosen = part.wording.chosen(slot)
    settled = (
        element("p", part.text("claims.settled"), ": ", element("strong", apart(chosen)), class_="settled")
        if chosen
        else Html("")
    )
    found = positions(slot)
    told = [_position(part, position, said, alone=len(found) == 1) for position, said in found]
    return element("div", heading, settled, *told, class_="slot")


def _known(standing: str) -> str:
    return standing if standing.isascii() and standing.isalpha() else "unknown"


def _position(part: Part, position: int, said: Sequence[DisclosedClaim], *, alone: bool) -> Html:
    number = shown(str(position + 1))
    if part.dossier.is_public:
        label = part.text("claims.position", number=number)
        told = _public_table(part, said)
    else:
        sources = part.texts.counted(independent(said), "sources")
        label = part.text("claims.position_sources", number=number, sources=sources)
        told = _table(part, said)
    heading = element("h4", label, ": ", values_of(part, said))
    return told if alone and part.dossier.is_public else element("div", heading, told, class_="position")


def _table(part: Part, said: Sequence[DisclosedClaim]) -> Html:
    labels = [part.text(f"column.{name}") for name in ("value", "words", "speaker", "outlet", "source")]
    rows: list[Html] = []
    seen: set[int] = set()
    for claim in said:
        counts = part.text("source_number", number=shown(str(claim.source)))
        if claim.source in seen:
            counts = joined([counts, element("small", part.text("copy"), class_="mark")], Html("<br>"))
        seen.add(claim.source)
        value = apart(part.wording.value(claim))
        cells = (value, quoted(part, claim), speaker_of(part, claim), outlet_and_day(part, claim), counts)
        rows.append(with_pointer(labels, cells, pointer(part, claim)))
    return table(labels, rows, of="claims-table")


def with_pointer(labels: Sequence[str], cells: Sequence[str], found: Html) -> Html:
    """A row and, below it, the row of its pointer, which stay together."""
    below = element("tr", element("td", found, colspan=len(labels)), class_="pointer") if found else Html("")
    return element("tbody", row(labels, cells), below)


def _public_table(part: Part, said: Sequence[DisclosedClaim]) -> Html:
    labels = [part.text("column.value"), part.text("column.outlet")]
    rows = [row(labels, (apart(part.wording.value(each)), _public_outlet(part, each))) for each in said]
    return table(labels, [element("tbody", *rows)], of="claims-table")


def _public_outlet(part: Part, claim: DisclosedClaim) -> Html:
    return outlet_and_day(part, claim, claim.source)
