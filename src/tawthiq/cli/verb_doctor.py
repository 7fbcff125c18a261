"""`tawthiq doctor`: what is installed, what is missing, what to do; a line a part.

Exit code 0 when every needed part is there, 2 when one is missing. Parts that only some work needs are "optional" when
they are not there. The doctor changes nothing, and a probe that fails is a line, never a traceback.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.cli import verb_doctor_machine as machine
from tawthiq.cli.verb_doctor_archive import archive, located
from tawthiq.cli.verb_doctor_machine import Finding, Health
from tawthiq.cli.verb_doctor_words import vocabulary

NEEDED_MISSING = 2


@click.command(name="doctor")
@click.pass_context
def command(context: click.Context) -> int:
    """Say what is installed, what is missing and what to do."""
    chosen: Path | None = context.obj
    missing = False
    for name, probe in _probes(chosen):
        for finding in _found(name, probe):
            click.echo(_line(finding))
            missing = missing or finding.health is Health.MISSING
    return NEEDED_MISSING if missing else 0


def _probes(chosen: Path | None) -> list[tuple[str, Callable[[], Iterator[Finding]]]]:
    """Every probe under the name that stands for it should it fail."""
    return [
        ("Python", machine.python),
        ("packages", machine.packages),
        ("SQLite", machine.sqlite),
        ("Chromium", machine.chromium),
        ("Tesseract", machine.tesseract),
        ("extras", machine.extras),
        ("PostgreSQL", machine.postgresql),
        ("vocabulary", vocabulary),
        ("disk", lambda: machine.disk(located(chosen) or Path.cwd())),
        ("clock", machine.clock),
        ("terminal", machine.terminal),
        ("archive", partial(archive, chosen)),
    ]


def _found(name: str, probe: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A probe's findings; should it fail, a finding that says so."""
    try:
        yield from probe()
    except Exception as error:
        found = f"it could not be looked at ({type(error).__name__}: {error})"
        yield Finding(name, Health.WARNING, found, "look at it by hand, or report this fault")


def _line(finding: Finding) -> str:
    advice = f"; {finding.advice}" if finding.advice else ""
    return f"{finding.health:<9} {finding.part:<22} {shown(finding.found)}{shown(advice)}"
