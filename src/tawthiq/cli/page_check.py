"""`tawthiq page --check`: the decisions of people about this archive's pages, run as tests of the program.

One line a case on standard output, split by tabs: pass or FAIL, the item, its source, then what differs, expected and
found. Where the program was wrong in the same way when the person decided, the line says so.
"""

import json
from collections import Counter
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import IO, Any

import click

from tawthiq.archive.database import open_database
from tawthiq.capture.names import shown
from tawthiq.casework.in_force import cases_of
from tawthiq.cli.files import STANDARD, written_to
from tawthiq.cli.located import open_archive
from tawthiq.page.correction_contract import correction_to_json
from tawthiq.pipeline.lines import written
from tawthiq.records.correction import PageCase, Verdict
from tawthiq.records.errors import WrongUsage

SCHEMA = "tawthiq/page-check/1"
SOME_FAILED = 3
_WORDS = {Verdict.PASSED: "pass", Verdict.KNOWN: "FAIL", Verdict.WORSE: "FAIL"}
_KNOWN = "as when the person decided"


def check_archive(archive: Path | None, *, as_json: bool, only_worse: bool, export: Path | None) -> int:
    """Check every decision in force; the exit code of docs/contracts.md.

    With `only_worse`, what was wrong already when the person decided is shown and does not count. `export` is a file for
    the cases with the text of their pages.
    """
    if as_json and export == STANDARD:
        raise WrongUsage(
            item="--export", happened="results and cases cannot share standard output", advice="give --export a file"
        )
    counted: Counter[Verdict] = Counter()
    found = []
    with open_archive(archive) as folder, ExitStack() as files:
        open_database(folder.database, writing=False)
        output = files.enter_context(written_to(export) if export else nullcontext())
        for case in cases_of(folder):
            counted[case.verdict] += 1
            if as_json:
                found.append(case_to_json(case))
            else:
                click.echo(shown_case(case), err=export == STANDARD)
            if output and case.decision:
                _export(case, output)
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, "cases": found, **_summary(counted)}, ensure_ascii=False))
    _tell(counted, export)
    failed = counted[Verdict.WORSE] + (0 if only_worse else counted[Verdict.KNOWN])
    return SOME_FAILED if failed else 0


def shown_case(case: PageCase) -> str:
    """One case as a line for people and for scripts."""
    cells = [_WORDS[case.verdict], case.capture, case.source]
    if case.verdict is Verdict.KNOWN:
        cells.append(_KNOWN)
    cells += [f"{each.part}: expected {each.expected}, found {each.found}" for each in case.differences]
    return "\t".join(shown(cell.replace("\t", " ")) for cell in cells)


def case_to_json(case: PageCase) -> dict[str, Any]:
    """One case as a JSON object."""
    return {
        "capture": case.capture,
        "source": case.source,
        "kind": case.kind,
        "verdict": case.verdict.value,
        "body_f1": case.body_f1,
        "differences": [
            {"part": each.part, "expected": each.expected, "found": each.found} for each in case.differences
        ],
    }


def _export(case: PageCase, output: IO[bytes]) -> None:
    if case.decision:
        output.write(written({**correction_to_json(case.decision), "text": case.decision.text, "by": "", "note": ""}))


def _summary(counted: Counter[Verdict]) -> dict[str, int]:
    return {
        "passed": counted[Verdict.PASSED],
        "failed": counted[Verdict.KNOWN] + counted[Verdict.WORSE],
        "worse": counted[Verdict.WORSE],
    }


def _tell(counted: Counter[Verdict], export: Path | None) -> None:
    """The summary, and a warning about what an exported file holds."""
    numbers = _summary(counted)
    if not counted:
        click.echo("nobody has decided about a page of this archive yet: there is nothing to check", err=True)
    else:
        worse = f", {numbers['worse']} of them worse than when the person decided" if numbers["failed"] else ""
        click.echo(f"{numbers['passed']} passed, {numbers['failed']} failed{worse}", err=True)
    if export:
        advice = "it holds the text of pages, readers' comments too: look at it before you send it to anyone"
        click.echo(f"{export}: {advice}", err=True)
