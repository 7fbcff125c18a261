"""`tawthiq authority` in an archive: what is decided, weighed and kept, and the lines that tell it.

Django is set up and the archive's database open before this module is imported.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from tawthiq.archive.authority import naming
from tawthiq.capture.names import shown
from tawthiq.casework.domain.authority import Deciding, Weighed, decide, entry_of, sift, weigh
from tawthiq.casework.queries.authority import authority_of
from tawthiq.lexicon.authority import contract_code, contract_codes
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.reading.occurring import changed_names
from tawthiq.records.authority import OWN, Authority, Decision, Entry, EntryKind, Step
from tawthiq.records.errors import TawthiqError
from tawthiq.store import ArchiveFolder

SHORT = 12


def kind_of(code: str) -> EntryKind:
    """Whether a code is an actor's or a place's; what nobody knows is taken for a place's."""
    entry = authority_of().entries.get(code)
    if entry is not None:
        return entry.kind
    return EntryKind.ACTOR if code in contract_codes() else EntryKind.PLACE


def keep(folder: ArchiveFolder, made: Sequence[Decision], plain: Gazetteer, by: str | None, *, dry: bool) -> int:
    """Keep decisions, or with `dry` only tell what they would change; the exit code."""
    before = authority_of()
    deciding = Deciding(by or folder.settings.collector, plain=plain, at=datetime.now(UTC))
    weighed = weigh(made, deciding)
    tell(weighed)
    reports = _naming(before, weighed.authority, plain)
    count = "1 decision" if len(made) == 1 else f"{len(made)} decisions"
    if dry:
        click.echo(f"{count} would be kept; what would change is named in {reports} already read", err=True)
        return 0
    decide(folder.path, made, deciding)
    advice = ": run `tawthiq read`" if not reports.startswith("0 ") else ""
    click.echo(f"{count} kept; what changed is named in {reports} already read{advice}", err=True)
    return 0


def tell(weighed: Weighed) -> None:
    """One line for each new decision, and what a person should know of it."""
    held = len(weighed.authority.decisions) - len(weighed.made)
    for at, (decision, told) in enumerate(zip(weighed.made, weighed.remarks, strict=True), held):
        click.echo(decision_line(decision, weighed.authority.identifiers[at]))
        for remark in told:
            click.echo(shown(f"  note: {remark}"), err=True)


def _naming(before: Authority, after: Authority, plain: Gazetteer) -> str:
    names = changed_names(with_overlay(plain, overlay(before)), with_overlay(plain, overlay(after)))
    count = naming(names)
    return "1 report" if count == 1 else f"{count} reports"


def decision_line(decision: Decision, identifier: str) -> str:
    """A decision in one line: identifier, what, about which entry, what is given."""
    given = (
        decision.name_ar, decision.name_en, decision.alias if decision.code else "", decision.wording, decision.sort,
        decision.country, decision.parent, *_bounds(decision),
        f"into {decision.target}" if decision.step is Step.MERGE else decision.target,
    )  # fmt: skip
    about = entry_of(decision)
    facts = (identifier[:SHORT], decision.step.value, decision.kind.value, about, " · ".join(filter(None, given)))
    return "\t".join(map(shown, facts))


def _bounds(decision: Decision) -> Iterator[str]:
    if decision.latitude is not None and decision.longitude is not None:
        yield f"{decision.latitude:g}, {decision.longitude:g}"
    if decision.first:
        yield f"from {decision.first}"
    if decision.last:
        yield f"until {decision.last}"


def entry_lines(authority: Authority, kind: EntryKind | None, *, every: bool) -> Iterator[str]:
    """The entries, one a line: code, names, what it counts under or where it lies, further wordings, state."""
    for code in sorted(authority.entries):
        entry = authority.entries[code]
        if kind in (None, entry.kind) and (every or not (entry.merged or entry.ended)):
            yield "\t".join(map(shown, _facts(authority, entry)))
    if kind is not EntryKind.ACTOR:
        for word, code in authority.never:
            yield "\t".join(map(shown, ("-", word, "-", f"never {code or 'a place'}", "-", "in force")))


def _facts(authority: Authority, entry: Entry) -> Iterator[str]:
    yield entry.code
    yield entry.name_ar or "-"
    yield entry.name_en or "-"
    if entry.kind is EntryKind.ACTOR:
        above = entry.parent or entry.code
        code = contract_code(authority.entries, entry.code)
        yield f"counts under {code}" + (f", part of {above}" if above.startswith(OWN) and above != entry.code else "")
    else:
        at = "" if entry.latitude is None else f" {entry.latitude:g}, {entry.longitude:g}"
        yield f"{entry.sort or 'place'} {entry.country}{at}".strip()
    yield " | ".join(f"{alias.text} ({alias.wording})" for alias in entry.aliases) or "-"
    yield f"merged into {entry.merged}" if entry.merged else "ended" if entry.ended else "in force"


def history_lines(authority: Authority, code: str | None) -> Iterator[str]:
    """Every decision, the first one first: number, identifier, what, by whom, when, why; withdrawn ones say so."""
    wanted = {
        identifier
        for decision, identifier in zip(authority.decisions, authority.identifiers, strict=True)
        if code is None or entry_of(decision) == code
    }
    for number, decision in enumerate(authority.decisions, 1):
        identifier = authority.identifiers[number - 1]
        takes_back = decision.step is Step.WITHDRAW and any(each.startswith(decision.target) for each in wanted)
        if identifier not in wanted and not takes_back:
            continue
        moment = f"{decision.at:%Y-%m-%d %H:%M} UTC" if decision.at else "-"
        source = f" ({decision.source})" if decision.source else ""
        state = "withdrawn" if number in authority.withdrawn else "in force"
        facts = (str(number), decision_line(decision, identifier), state, decision.by, moment, decision.reason + source)
        yield facts[0] + "\t" + facts[1] + "\t" + "\t".join(map(shown, facts[2:]))


def keep_lines(
    folder: ArchiveFolder,
    file: Path,
    lines: Sequence[tuple[int, Decision]],
    plain: Gazetteer,
    by: str | None,
    *,
    dry: bool,
    report: Callable[[TawthiqError], None],
) -> None:
    """Keep the decisions of a file that can be kept; `report` is told of the others, with file and line."""
    made = [decision for _, decision in lines]
    found = sift(made, Deciding(by or folder.settings.collector, plain=plain))
    for place, error in found.refused:
        item = f"{file}:{lines[place][0]} ({error.item})"
        report(type(error)(item=item, happened=error.happened, advice=error.advice))
    if found.held:
        click.echo(f"{len(found.held)} of the decisions are here already", err=True)
    if found.sound:
        keep(folder, [made[place] for place in found.sound], plain, by, dry=dry)
    else:
        click.echo("nothing new", err=True)
    if dry and found.sound:
        click.echo("this was a look only: --apply keeps them", err=True)
