"""`tawthiq verify`: recompute every digest and the whole tree, of an archive, an item or a package; one line a check."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from tawthiq.cli.desk_decisions import decided_otherwise
from tawthiq.cli.fixity_record import recording
from tawthiq.cli.located import locate
from tawthiq.cli.screen import say
from tawthiq.custody.found_words import in_arabic
from tawthiq.custody.meaning import ARABIC, ENGLISH, LANGUAGES, LEAVES_OPEN, OPEN, PROVES, Wording, explained, mark
from tawthiq.custody.note import VerifierKey
from tawthiq.pipeline.package_checks import package_checks
from tawthiq.records.check import Check
from tawthiq.records.errors import WrongUsage
from tawthiq.store.fixity import Tally
from tawthiq.store.printing import printable
from tawthiq.store.verify import expect_archive, verify
from tawthiq.store.verify_attested import kept_checkpoint_check, key_check
from tawthiq.store.verify_item import verify_item

_DIFFERS = 1
_INDENT = " " * 9
_SUMMARY = Wording("{held} checks hold, {differing} do not.", "سليم: {held} · مختلف: {differing}")
_OPEN = Wording("Not proven here ({count}): {what}.", "لم يثبت هنا ({count}): {what}.")
_WARNING = Wording(
    "What is marked DIFFERS is not what the log says it was.",
    "ما وُسم بكلمة «مختلف» ليس كما يقول السجل إنه كان.",
)


@click.command(name="verify")
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="Print only what differs, and the summary.")
@click.option("--key", metavar="KEY", help="The archive's key as it was written down elsewhere.")
@click.option(
    "--checkpoint",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Of an archive: a log/checkpoint that was kept elsewhere; the log must still begin with its entries.",
)
@click.option(
    "--item", metavar="ITEM", help="Verify one item alone: a capture, a file, an address, or an entry's number."
)
@click.option(
    "--decisions",
    is_flag=True,
    help="Of an archive: also compare what people did at the desk with the log. Opens the database.",
)
@click.option("--explain", is_flag=True, help="Say with each check what it proves, and what it does not prove.")
@click.option("--record", is_flag=True, help="Of an archive: log what was found, as the schedule of checks demands.")
@click.option("--if-due", is_flag=True, help="Verify and record only if fixity_days have passed since the last record.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=ENGLISH,
    show_default=True,
    help="The language of what is told; reasons why something differs may stay in English.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    archive: Path | None,
    quiet: bool,
    key: str | None,
    checkpoint: Path | None,
    item: str | None,
    decisions: bool,
    explain: bool,
    record: bool,
    if_due: bool,
    language: str,
) -> int:
    """Verify ARCHIVE, or the archive at hand, with no database and no network. Exits 0 only if everything holds.

    With --decisions the database is opened too, to hold what people did in the pages against the log.
    ARCHIVE may be a file: an evidence package that was handed over (NAME.wacz).
    """
    named, tally = archive or context.obj, Tally()
    checks = tally.counting(_checks(named, key, checkpoint, item))
    if record or if_due:
        if item is not None or (named is not None and named.is_file()):
            raise WrongUsage(item="--record", happened="only a whole archive is recorded", advice="leave --record out")
        checks = recording(named, checks, tally, only_if_due=if_due)
    open_questions: Counter[str] = Counter()
    for check in checks:
        if check.proves in OPEN:
            open_questions[explained(check, language)[1]] += 1
        if not check.holds or not quiet:
            for line in _lines(check, language, explain=explain):
                say(line)
    if tally.held or tally.differing:
        say(_SUMMARY.of(language).format(held=tally.held, differing=tally.differing))
    for what, count in open_questions.items():
        click.echo(_OPEN.of(language).format(count=count, what=what))
    changed = decided_otherwise(named) if decisions else 0
    if tally.differing:
        click.echo(_WARNING.of(language), err=True)
    return _DIFFERS if tally.differing or changed else 0


def _checks(named: Path | None, key: str | None, checkpoint: Path | None, item: str | None) -> Iterator[Check]:
    """The checks of an archive, of one item in it, or of a package where a file is named.

    Raises WrongUsage for a key that is none, and for an item or a checkpoint of a package.
    """
    key = str(VerifierKey.typed(key, "--key")) if key is not None else None
    if named is not None and named.is_file():
        if item is not None:
            raise WrongUsage(item="--item", happened="a package is verified whole", advice="leave --item out")
        if checkpoint is not None:
            happened = "a package holds no log to compare it with"
            raise WrongUsage(item="--checkpoint", happened=happened, advice="verify the archive with it")
        if named.suffix == ".tlog-proof":
            raise WrongUsage(
                item=printable(named.name),
                happened="a proof alone is not verified by this command",
                advice="verify the package beside it (NAME.wacz); for a dossier, run in its folder: sh -eu proofs/checks.txt",
            )
        return package_checks(named, key)
    if named is not None and named.suffix == ".wacz" and not named.exists():
        raise WrongUsage(item=str(named), happened="there is no such file", advice="check its name")
    path = locate(named)
    return chain(verify(path) if item is None else verify_item(path, item), _held_elsewhere(path, key, checkpoint))


def _held_elsewhere(path: Path, key: str | None, checkpoint: Path | None) -> Iterator[Check]:
    """The archive against what was kept outside of it, as far as that is given."""
    layout = expect_archive(path)
    if key is not None:
        yield key_check(layout, key)
    if checkpoint is not None:
        yield kept_checkpoint_check(layout, checkpoint)


def _lines(check: Check, language: str, *, explain: bool) -> Iterator[str]:
    """One check as one line, whatever characters a file's name holds; below it what it proves and what not, if asked for."""
    found = in_arabic(check.found) if language == ARABIC else check.found
    yield printable(f"{mark(check, language):<7}  {check.name}: {found}")
    if explain:
        proves, leaves_open = explained(check, language)
        yield printable(f"{_INDENT}{PROVES.of(language)}: {proves}")
        if leaves_open:
            yield printable(f"{_INDENT}{LEAVES_OPEN.of(language)}: {leaves_open}")
