"""`tawthiq page --memory`: what the archive remembers of each host, as lines for a terminal or as JSON Lines."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from tawthiq.archive.database import open_database
from tawthiq.capture.names import shown
from tawthiq.cli.located import open_archive
from tawthiq.records.errors import WrongUsage

_AT_ONCE = 200
_SHOWN = 300  # characters of a line on the terminal


def show_memory(archive: Path | None, host: str, *, as_json: bool) -> int:
    """Print the hosts that the archive remembers lines of, or the lines of one `host`; the exit code.

    Raises WrongUsage for a host of which nothing is remembered.
    """
    with open_archive(archive) as folder:
        open_database(folder.database, writing=False)
        told = None
        for told in _lines_of(host) if host else _hosts():
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else shown(_as_text(told)))
        if told is None:
            click.echo("nothing is remembered yet: no line stands on three pages of one host", err=True)
    return 0


def _hosts() -> Iterator[dict[str, object]]:
    from tawthiq.archive.queries.blocks import hosts  # noqa: PLC0415  models need an open database

    for one in hosts():
        yield {"host": one["host"], "blocks": one["blocks"], "reports": one["reports"]}


def _lines_of(host: str) -> Iterator[dict[str, object]]:
    from tawthiq.archive.queries.blocks import blocks_of, repeated_lines  # noqa: PLC0415  models need an open database

    source = blocks_of(host).iterator(chunk_size=_AT_ONCE)
    found = False
    while some := list(islice(source, _AT_ONCE)):
        found = True
        for line in repeated_lines(some):
            first = [report.capture_id for report in line.reports]
            yield {"host": host, "text": line.text, "pages": line.pages, "leaves": line.leaves.value, "reports": first}
    if not found:
        raise WrongUsage(
            item=host,
            happened="nothing is remembered of this host",
            advice="run `tawthiq page --memory` to see the hosts; addresses are without www. and without a port",
        )


def _as_text(told: dict[str, object]) -> str:
    if "text" not in told:
        return f"{told['host']}: {told['blocks']} repeated lines, {told['reports']} reports"
    text = str(told["text"])
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    reports = told["reports"]
    first = ", ".join(map(str, reports)) if isinstance(reports, list) else ""
    return f"{told['pages']} pages, leaves the body: {told['leaves']}, reports {first}: {cut}"
