"""`tawthiq page`: pages taken apart into labelled zones, from one file or from a list of files (docs/contracts.md, page/1).

A list names files relative to itself (to the current folder when it comes from standard input). It may name any file that
the person running the command may read: look at a list from someone else before running it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click

from tawthiq.cli.document_progress import telling
from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.page.contract import page_to_json
from tawthiq.page.pointer_json import pointers_to_json
from tawthiq.page.second_opinion import opinion_to_json
from tawthiq.pipeline.ask_opinion import require_extractor, with_opinion
from tawthiq.pipeline.document_process import page_of_bytes
from tawthiq.pipeline.held_pages import HeldPages
from tawthiq.pipeline.lines import documents, written
from tawthiq.records.errors import TawthiqError, UnreadableInput, WrongUsage
from tawthiq.records.page import Page

SOME_FAILED = 3


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--input", "source", type=click.Path(path_type=Path), help="Pages, one JSON object a line; - is stdin.")
@click.option("--output", "target", type=click.Path(path_type=Path), help="Where the zones go; - is stdout.")
@click.option("--url", help="The address FILE was served at; names the outlet when the page does not.")
@click.option("--content-type", help="The Content-Type FILE was served with; a hint, the bytes decide.")
@click.option(
    "--second-opinion", "asking", is_flag=True, help="Add what trafilatura takes for the body, and the agreement."
)
@click.option(
    "--pointers", "pointing", is_flag=True, help="Add where each part of the text stands in the preserved file."
)
@click.option(
    "--recognize/--no-recognize",
    "recognizing",
    default=True,
    help="Recognize characters on pictures of sheets (scans, photographed leaflets); on where Tesseract is installed.",
)
@click.option(
    "--memory",
    metavar="[HOST]",
    is_flag=False,
    flag_value="",
    help="In an archive: the hosts whose repeated lines are remembered, or the lines of one HOST.",
)
@click.option(
    "--check",
    "checking",
    is_flag=True,
    help="In an archive: what the program alone says of the pages that people corrected. Run it before you update Tawthiq.",
)
@click.option(
    "--only-worse", is_flag=True, help="With --check: what was wrong already when a person decided is no failure."
)
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    help="With --check: write the cases, with the text of their pages, as JSON Lines; - is stdout.",
)
@click.option("--json", "as_json", is_flag=True, help="With --memory or --check: JSON instead of text.")
@click.pass_context
def command(
    context: click.Context,
    *,
    file: Path | None,
    source: Path | None,
    target: Path | None,
    url: str | None,
    content_type: str | None,
    asking: bool,
    pointing: bool,
    recognizing: bool,
    memory: str | None,
    checking: bool,
    only_worse: bool,
    export: Path | None,
    as_json: bool,
) -> int:
    """Take pages apart: title, byline, date, agency, body, readers' comments and furniture, every character kept.

    FILE (HTML or plain text in any encoding, PDF, or the picture of a leaflet) is taken apart on standard output. With
    --input and --output, the files that
    a list of JSON Lines names: {"id", "file", "url"?, "content_type"?}. With --memory, nothing is taken apart: what pages
    of the archive's hosts repeat is shown. With --check, what people decided about the archive's pages is the test: each
    page is taken apart by the program alone and compared; the exit code is 3 when some case fails.
    """
    if checking or only_worse or export is not None:
        if not checking or file is not None or source is not None or memory is not None:
            raise WrongUsage(
                item="--check", happened="it checks an archive by itself", advice="give --check, and no pages with it"
            )
        from tawthiq.cli.page_check import check_archive  # noqa: PLC0415  Django is loaded for archives only

        return check_archive(context.obj, as_json=as_json, only_worse=only_worse, export=export)
    if memory is not None:
        from tawthiq.cli.boilerplate_memory import show_memory  # noqa: PLC0415  Django is loaded for archives only

        if file is not None or source is not None:
            raise WrongUsage(item="--memory", happened="it shows the archive's memory", advice="give no pages with it")
        return show_memory(context.obj, memory, as_json=as_json)
    if (file is None) == (source is None):
        raise WrongUsage(
            item="page", happened="neither or both of FILE and --input were given", advice="give one of them"
        )
    if asking:
        require_extractor()
    extras = _Extras(asking, pointing, recognizing)
    with written_to(target or STANDARD) as output:
        if file is not None:
            output.write(_line({"id": file.name, "url": url, "content_type": content_type}, file, extras)[1])
            return 0
        return _take_list(source or STANDARD, output, extras)


@dataclass(frozen=True, slots=True)
class _Extras:
    """What is added to each page where it was asked for."""

    opinion: bool
    pointers: bool
    recognize: bool


def _take_list(source: Path, output: IO[bytes], extras: _Extras) -> int:
    """Take every page of a list apart, in order; a page that fails is named and the rest is done.

    Pages with an address wait until it is known what their hosts repeat.
    """
    done = failed = 0
    folder = Path.cwd() if source == STANDARD else source.parent
    with opened(source) as (stream, name), HeldPages() as held:
        for item in documents(stream, name):
            try:
                page, line = _of_item(item, folder, extras)
                if isinstance(item, dict) and held.waits(page, item.get("url"), item, line):
                    continue
                output.write(line)
                done += 1
            except TawthiqError as error:
                click.echo(f"tawthiq: {error}", err=True)
                failed += 1
        for waited in held.released():
            try:
                output.write(_of_item(waited.item, folder, extras, waited.known)[1] if waited.known else waited.line)
                done += 1
            except TawthiqError as error:
                click.echo(f"tawthiq: {error}", err=True)
                failed += 1
    click.echo(f"{done} taken apart, {failed} failed", err=True)
    return SOME_FAILED if failed else 0


def _of_item(
    item: Mapping[str, Any] | UnreadableInput, folder: Path, extras: _Extras, known: frozenset[int] = frozenset()
) -> tuple[Page, bytes]:
    if isinstance(item, UnreadableInput):
        raise item
    at = str(item["at"])
    for key in ("id", "file"):
        if not isinstance(item.get(key), str) or not item[key]:
            raise UnreadableInput(item=at, happened=f'"{key}" is missing or no text', advice=f'give "{key}" as text')
    for key in ("url", "content_type"):
        if item.get(key) is not None and not isinstance(item[key], str):
            raise UnreadableInput(
                item=at, happened=f'"{key}" is no text', advice=f'give "{key}" as text or leave it out'
            )
    try:
        return _line(item, folder / str(item["file"]), extras, known)
    except TawthiqError as error:
        raise type(error)(item=f"{at}: {error.item}", happened=error.happened, advice=error.advice) from error


def _line(
    item: Mapping[str, Any], path: Path, extras: _Extras, known: frozenset[int] = frozenset()
) -> tuple[Page, bytes]:
    """One page, and it as a line. Raises UnreadableInput when the file cannot be read, UnreadableCapture as `anatomy`."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            item=str(path),
            happened=getattr(error, "strerror", None) or str(error),
            advice="check that the file exists and may be read",
        ) from error
    page = page_of_bytes(
        data,
        id=str(item["id"]),
        url=item.get("url"),
        content_type=item.get("content_type"),
        known=known,
        recognize=extras.recognize,
        told=telling(str(path)),
    )
    added: dict[str, object] = {}
    if extras.pointers:
        added["pointers"] = pointers_to_json(page, data, item.get("content_type"))
    if extras.opinion:
        page, opinion = with_opinion(page, data, item.get("content_type"))
        added["second_opinion"] = opinion_to_json(opinion)
    return page, written({**page_to_json(page), **added})
