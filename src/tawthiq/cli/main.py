"""The command's entry: finds a verb's file when it is called, turns errors into one message and an exit code.

Verbs are imported only when used, so that `tawthiq --help` starts in well under a third of a second. A fault of our own
is told in one line too; `python -X dev -m tawthiq ...` shows its traceback.
"""

import importlib
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import click

from tawthiq import __version__
from tawthiq.records.errors import TawthiqError, WrongUsage

# In the order a case runs through them. The summaries stand here so that `--help` imports no verb.
VERBS = {
    "new": "Make an archive: one folder for evidence, its log, its keys and what is read of it.",
    "collect": "Preserve pages, files, folders and WARC files in the archive.",
    "watch": "Ask addresses, feeds, sitemaps and channels again on schedule; keep what changed.",
    "page": "Take pages apart into labelled zones with offsets.",
    "read": "Read who says that who did what to whom, where, when and how many.",
    "import": "Let the rows of a table of incidents in, after a dry run.",
    "media": "Tell what a picture, film, sound or PDF says of its own making.",
    "places": "Add, list, remove and fetch gazetteers of whole countries to read with.",
    "authority": "Add, name, correct and merge actors and places of your own; readings follow.",
    "link": "Propose which reports tell one incident and which copy one dispatch.",
    "people": "Propose which records of lists and reports may be one person.",
    "estimate": "Estimate, as a range, how many no list names; or refuse, with the reason.",
    "search": "Find words in what was read, Arabic spelling variants included.",
    "serve": "Look at the archive in a browser on this machine.",
    "user": "Add people to the team, change roles, close accounts, help somebody back in.",
    "dossier": "Write one incident as a document with its proofs, for a court, a partner or everybody.",
    "publish": "Write the published incidents as a site of plain files, Arabic and English.",
    "statistics": "Count incidents and tolls, with what is and is not counted, as pages and tables.",
    "export": "Write incidents as tables and in formats of other programs, redacted for who receives them.",
    "push": "Send incidents to another team's server, after showing what leaves.",
    "package": "Hand items over as a package that others can check with public tools.",
    "verify": "Recompute every digest and the whole log; name whatever differs.",
    "log": "Show the custody log, or the whole chain of one item.",
    "timestamp": "Have the log stamped by timestamp authorities, or tell what is stamped.",
    "erase": "Take an item out for good, and leave the proof that it was there.",
    "key": "Show the signing key, and guard it with a passphrase.",
    "witness": "Have other teams cosign this log, and cosign theirs.",
    "move": "Move readings and casework to PostgreSQL, or back to the SQLite file.",
    "backup": "Back the archive up, encrypted; check and restore backups.",
    "doctor": "Tell what is installed, what is missing and what to do.",
    "demo": "Run the whole chain on a bundled sample site.",
}
CANNOT_TELL = 2
INTERRUPTED = 130
_TOLD = 300
_NOBODY_ELSE = 0o077


class Verbs(click.Group):
    """The group of verbs; each lives in `tawthiq.cli.verb_NAME` and exposes a click command named `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order a case runs through them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, or None when there is no such verb."""
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"tawthiq.cli.verb_{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs for `--help`, from their summaries alone."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--archive", type=click.Path(path_type=Path), envvar="TAWTHIQ_ARCHIVE", help="The archive folder to work on."
)
@click.version_option(__version__, prog_name="tawthiq")
@click.pass_context
def tawthiq(context: click.Context, archive: Path | None) -> None:
    """Collect, prove, read, link, verify and publish what is reported about violence against people."""
    _hide_passphrases()
    context.obj = archive


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with the exit code of docs/contracts.md."""
    _keep_to_its_owner()
    try:
        code = tawthiq.main(args=arguments, prog_name="tawthiq", standalone_mode=False)
    except TawthiqError as error:
        click.echo(f"tawthiq: {error}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo("tawthiq: interrupted; run the same command again to finish", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(CANNOT_TELL)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        click.echo(f"tawthiq: {_unforeseen(error)}", err=True)
        sys.exit(CANNOT_TELL)
    sys.exit(code if isinstance(code, int) else 0)


def _keep_to_its_owner() -> None:
    """What is written is not for other users of the machine, and memory, with keys and pages in it, goes into no core dump."""
    os.umask(_NOBODY_ELSE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _hide_passphrases() -> None:
    """No program that a verb starts, such as a browser with a hostile page in it, inherits a passphrase."""
    if any("PASSPHRASE" in name for name in os.environ):
        from tawthiq.store import passphrases  # noqa: PLC0415  the store is slow to load, and few commands need it for this

        passphrases.take_out()
    if "TAWTHIQ_DATABASE" in os.environ:
        from tawthiq.archive import database_address  # noqa: PLC0415  it may hold a password as well

        database_address.take_out()


def _unforeseen(error: Exception) -> str:
    """What to say of an error that no verb foresaw: its kind and where it arose, in one line."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "an unknown line"
    told = str(error).partition("\n")[0][:_TOLD]
    fault = WrongUsage(
        item="this command",
        happened=f"it met a fault that was not foreseen ({type(error).__name__} at {place}: {told})",
        advice="what is kept so far is sound; check free disk and memory, run it again, and report this line",
    )
    return "".join(letter if letter.isprintable() else " " for letter in str(fault))
