"""`tawthiq search`: find words in the archive's reports."""

import sys
from typing import TYPE_CHECKING

import click

from tawthiq.capture.names import shown
from tawthiq.cli.located import open_archive

if TYPE_CHECKING:
    from tawthiq.archive.search import Hit


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many to print at most.")
@click.option("--comments", is_flag=True, help="Search readers' comments too.")
@click.pass_context
def command(context: click.Context, words: tuple[str, ...], limit: int, comments: bool) -> int:
    """Find WORDS in titles, bodies, captions and bylines; "words in quotes" are a phrase.

    Spellings of one Arabic word find each other, and so do forms of a word. Exit code 0 with no match, too.
    """
    with open_archive(context.obj) as folder:
        from tawthiq.archive.database import open_database  # noqa: PLC0415  Django is loaded only by verbs that need it

        open_database(folder.database, writing=False)
        from tawthiq.archive.rebuilding import unread_items  # noqa: PLC0415
        from tawthiq.archive.search import Results  # noqa: PLC0415  models need the database opened above
        from tawthiq.cli.reading_archive import advise  # noqa: PLC0415

        found = Results(" ".join(words), comments)
        for hit in found[:limit]:
            click.echo(_shown(hit))
        click.echo(f"{min(limit, len(found))} of {len(found)} reports", err=True)
        advise(unread_items(folder))
    return 0


def _shown(hit: "Hit") -> str:
    """Title; outlet, date, item; the words in their place. Matches are bold on a terminal, in brackets elsewhere.

    Titles and words are a page's: whatever would steer the terminal is escaped.
    """
    report = hit.report
    facts = (report.publisher, str(report.published or "no date"), f"report {report.pk}", report.capture.identifier)
    bold = sys.stdout.isatty()
    words = "".join(
        (click.style(shown(text), bold=True) if bold else f"[{shown(text)}]") if matched else shown(text)
        for text, matched in hit.snippet.parts
    )
    return f"{shown(report.title) or '(no title)'}\n  {shown(' · '.join(facts))}\n  {words}\n"
