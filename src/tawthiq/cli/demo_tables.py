"""The tables that `tawthiq demo` prints: incidents with their claims, statements with their speakers, from an archive's rows.

Import only once the archive's database is open. Arabic stays in its logical order; each cell, and each line of a wrapped
one, stands in directional isolates (U+2068, U+2069), so that a terminal that knows the bidirectional algorithm shows it
properly and no cell disturbs its neighbours.
"""

from collections.abc import Iterable
from textwrap import wrap
from typing import Literal

from rich import box
from rich.table import Table

from tawthiq.archive.models import Claim, Incident, Statement
from tawthiq.archive.queries.incidents import incidents
from tawthiq.archive.queries.statements import statements

ISOLATE, POP = "\u2068", "\u2069"
DISPUTED = "disputed"
QUOTE_WIDTH, LONGEST_QUOTE = 46, 180
SOURCE_WIDTH = 18
TOLL_WIDTH = 15  # the least; Rich would take all from these columns, which alone may wrap
SAID_A_REPORT = 2  # statements shown of one report, unless all are


def isolated(text: str, width: int = 0) -> str:
    """The text in isolates of its own, wrapped to `width` columns when given."""
    lines = wrap(text, width, break_on_hyphens=False) if width else [text]
    return "\n".join(f"{ISOLATE}{line}{POP}" for line in lines)


def incident_table(*, everything: bool) -> Table:
    """Incidents that several reports tell, by date; with `everything`, those of one report as well."""
    found = [row for row in incidents().prefetch_related("told_in__report") if everything or row.report_count > 1]
    found.sort(key=lambda row: (row.first is None, row.first, row.number))
    whole = Incident.objects.count()
    caption = (
        f"{len(found)} of {whole} proposed incidents; each number is a claim of the sources named, none is an average"
    )
    table = Table(title="Incidents", caption=caption, box=box.SIMPLE_HEAD, show_lines=True, title_justify="left")
    for column in ("date", "place", "act", "killed", "injured", "sources", "told by"):
        toll = column in ("killed", "injured")
        justify: Literal["left", "right"] = "right" if column == "sources" else "left"
        table.add_column(column, no_wrap=not toll, min_width=TOLL_WIDTH if toll else None, justify=justify)
    for row in found:
        reports = [entry.report for entry in row.told_in.all()]
        table.add_row(
            _days(row),
            isolated(row.place or "-", 18),
            row.act,
            _toll(row, "killed"),
            _toll(row, "injured"),
            str(row.independent_sources),
            "\n".join(isolated(f"{report.publisher} #{report.pk}", SOURCE_WIDTH) for report in reports),
        )
    return table


def _days(row: Incident) -> str:
    if row.first is None or row.last is None:
        return "-"
    disputed = f"\n{DISPUTED}" if "when" in row.contradictions else ""
    return (row.first.isoformat() if row.first == row.last else f"{row.first} to\n{row.last}") + disputed


def _toll(row: Incident, harm: str) -> str:
    """Every claim on one harm, equal ones together, with who makes it."""
    told: dict[str, list[str]] = {}
    for slot in row.slots.all():
        claims = (claim for position in slot.positions.all() for claim in position.claims.all())
        if slot.slot == harm:
            for claim in claims:
                if claim.group == slot.group:  # a floor of the whole is told under its own group
                    told.setdefault(_number(claim), []).append(f"#{claim.report_id}")
    lines = [f"{number}: {' '.join(sorted(set(who), key=lambda name: int(name[1:])))}" for number, who in told.items()]
    if harm in row.contradictions:
        lines.append(f"[bold]{DISPUTED}[/bold]")
    return "\n".join(lines) or "-"


_ONE = {"civilians": "civilian", "children": "child", "women": "woman", "fighters": "fighter"}


def _number(claim: Claim) -> str:
    """A claim's number with the group counted, as an English phrase."""
    toll = _toll_of(claim)
    number = (
        toll if claim.group == "all" else f"{toll} {_ONE.get(claim.group, claim.group) if toll == '1' else claim.group}"
    )
    return f"of them {number}" if claim.part_of else number


def _toll_of(claim: Claim) -> str:
    if claim.minimum == claim.maximum:
        return str(claim.minimum)
    if claim.maximum is None:
        return f"at least {claim.minimum}"
    return f"at most {claim.maximum}" if claim.minimum is None else f"{claim.minimum} to {claim.maximum}"


def statement_table(*, everything: bool) -> Table:
    """Statements with a named speaker, some of each report; with `everything`, all of them."""
    said = [row for row in statements() if everything or row.speaker_text]
    found = said if everything else list(_some_of_each(said))
    caption = (
        f"{len(found)} of {Statement.objects.count()} statements; a span counts the characters of the report's text"
    )
    table = Table(title="Statements", caption=caption, box=box.SIMPLE_HEAD, show_lines=True, title_justify="left")
    for column in ("speaker", "stance", "said", "source", "span"):
        table.add_column(column, overflow="fold")
    for row in found:
        table.add_row(
            isolated(row.speaker_text or "(nobody named)", 22),
            row.stance,
            isolated(row.text if len(row.text) <= LONGEST_QUOTE else row.text[:LONGEST_QUOTE] + "…", QUOTE_WIDTH),
            isolated(f"{row.report.publisher} #{row.report_id}", SOURCE_WIDTH),
            f"{row.start}-{row.end}",
        )
    return table


def _some_of_each(rows: Iterable[Statement]) -> Iterable[Statement]:
    """The first few statements of each report, in the order given."""
    shown: dict[int, int] = {}
    for row in rows:
        shown[row.report_id] = shown.get(row.report_id, 0) + 1
        if shown[row.report_id] <= SAID_A_REPORT:
            yield row
