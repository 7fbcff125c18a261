"""`tawthiq authority`: actors and places of people's own, added, named, corrected, merged, ended and taken back.

Every change is a decision: who, when, why. Readings follow with the next `tawthiq read` (docs/authority.md).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawthiq.capture.names import shown
from tawthiq.cli.authority_files import decisions_in_file
from tawthiq.cli.files import written_to
from tawthiq.cli.located import open_archive
from tawthiq.lexicon.authority_codes import code_from
from tawthiq.lexicon.authority_file import decision_of, format_authority
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.records.authority import Decision, EntryKind, Step, Wording
from tawthiq.records.errors import TawthiqError
from tawthiq.records.place import PlaceKind
from tawthiq.store import ArchiveFolder
from tawthiq.store.place_packs import chosen, gazetteer_with, packs_folder

if TYPE_CHECKING:
    from tawthiq.records.authority import Authority

SOME_FAILED = 3
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command() -> None:
    """Actors and places of your own: add, name, correct, merge, end; list, export and import them.

    Nothing is deleted: each change is a decision with its reason, in the custody log, and can be withdrawn.
    """


def _decision_options(made: Callable[..., int]) -> Callable[..., int]:
    """Who decides and why, and whether only to look."""
    for option in (
        click.option("--dry-run", "dry", is_flag=True, help="Show what would change, and keep nothing."),
        click.option("--by", metavar="NAME", help="Who decides; else the archive's collector."),
        click.option("--source", default="", help="Where the reason can be read: a report, a map, a page."),
        click.option("--reason", default="", help="Why."),
    ):
        made = option(made)
    return made


def _name_options(made: Callable[..., int]) -> Callable[..., int]:
    for option in (
        click.option("--parent", default="", help="The containing place; of an actor, the party it counts under."),
        click.option("--country", default="", help="ISO 3166, such as SY."),
        click.option("--en", "name_en", default="", help="The neutral name in English."),
        click.option("--ar", "name_ar", default="", help="The neutral name in Arabic."),
    ):
        made = option(made)
    return made


def _place_options(made: Callable[..., int]) -> Callable[..., int]:
    kinds = click.Choice([kind.value for kind in PlaceKind])
    for option in (
        click.option("--longitude", default="", help="Degrees east."),
        click.option("--latitude", default="", help="Degrees north."),
        click.option("--kind", "sort", default="", type=click.Choice(["", *kinds.choices]), help="Such as village."),
    ):
        made = option(made)
    return made


def _day_options(made: Callable[..., int]) -> Callable[..., int]:
    made = click.option("--to", "last", type=_DAY, help="The last day of publication on which the name means it.")(made)
    return click.option("--from", "first", type=_DAY, help="The first such day.")(made)


@command.command("add-actor")
@_name_options
@_day_options
@click.option("--code", default="", help="Its code; else one is made from the English name.")
@_decision_options
@click.pass_context
def add_actor(context: click.Context, /, **given: Any) -> int:
    """Add an actor that the lexicon does not know; --parent says under which contract code it counts."""
    return _add(context, EntryKind.ACTOR, given)


@command.command("add-place")
@_name_options
@_place_options
@click.option("--code", default="", help="Its code; else one is made from the English name.")
@_decision_options
@click.pass_context
def add_place(context: click.Context, /, **given: Any) -> int:
    """Add a place that no gazetteer at hand has."""
    return _add(context, EntryKind.PLACE, given)


@command.command()
@click.argument("code")
@click.argument("words")
@click.option(
    "--wording",
    type=click.Choice([wording.value for wording in Wording]),
    default="name",
    show_default=True,
    help="name, part of a party, loaded wording; of a place: a name, or one that is a common word too.",
)
@click.option("--country", default="", help="Only in reports about this country (actors).")
@_day_options
@_decision_options
@click.pass_context
def alias(context: click.Context, /, code: str, words: str, **given: Any) -> int:
    """Add the wording WORDS to the entry CODE: a name of an actor, a spelling of a place."""
    return _about(context, Step.ALIAS, code, {**given, "alias": words})


@command.command("not-place")
@click.argument("word")
@click.option("--code", default="", help="Only never this place; else no place at all.")
@_decision_options
@click.pass_context
def not_place(context: click.Context, /, word: str, code: str, **given: Any) -> int:
    """Say that WORD never names a place, or never the place --code."""
    return _about(context, Step.NOT_PLACE, code, {**given, "alias": word}, EntryKind.PLACE)


@command.command()
@click.argument("code")
@_name_options
@_place_options
@_day_options
@_decision_options
@click.pass_context
def correct(context: click.Context, /, code: str, **given: Any) -> int:
    """Correct the entry CODE: what is given replaces what was."""
    return _about(context, Step.CORRECT, code, given)


@command.command()
@click.argument("code")
@click.argument("into")
@_decision_options
@click.pass_context
def merge(context: click.Context, /, code: str, into: str, **given: Any) -> int:
    """Say that CODE and INTO are one: CODE stays as a redirect to INTO."""
    return _about(context, Step.MERGE, code, {**given, "target": into})


@command.command()
@click.argument("code")
@_day_options
@_decision_options
@click.pass_context
def end(context: click.Context, /, code: str, **given: Any) -> int:
    """End the entry CODE: its names mean it no more, or with --to only in reports published until then."""
    return _about(context, Step.END, code, given)


@command.command()
@click.argument("identifier")
@_decision_options
@click.pass_context
def withdraw(context: click.Context, /, identifier: str, **given: Any) -> int:
    """Take a decision back, named by 12 or more signs of its identifier (`tawthiq authority history`)."""
    with _opened(context) as folder:
        authority = _authority()
        kinds = [d.kind for d, i in zip(authority.decisions, authority.identifiers, strict=True) if _is(i, identifier)]
        made = _decision(Step.WITHDRAW, kinds[0] if kinds else EntryKind.ACTOR, {**given, "target": identifier})
        return _keep(folder, made, given)


def _is(identifier: str, wanted: str) -> bool:
    return bool(wanted) and identifier.startswith(wanted)


@command.command(name="list")
@click.argument("kind", required=False, type=click.Choice(["actors", "places"]))
@click.option("--all", "every", is_flag=True, help="Merged and ended ones too.")
@click.pass_context
def list_(context: click.Context, kind: str | None, every: bool) -> int:
    """List entries: code, Arabic and English name, what it counts under or where it lies, wordings, state."""
    wanted = {"actors": EntryKind.ACTOR, "places": EntryKind.PLACE}.get(kind or "")
    with _opened(context):
        from tawthiq.cli.authority_desk import entry_lines  # noqa: PLC0415  models need an open database

        for line in entry_lines(_authority(), wanted, every=every):
            click.echo(line)
    return 0


@command.command()
@click.argument("code", required=False)
@click.pass_context
def history(context: click.Context, /, code: str | None) -> int:
    """Show every decision, or those about CODE: what, by whom, when, why."""
    with _opened(context):
        from tawthiq.cli.authority_desk import history_lines  # noqa: PLC0415  models need an open database

        for line in history_lines(_authority(), code):
            click.echo(line)
    return 0


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def export(context: click.Context, file: Path) -> int:
    """Write every decision to FILE, a table that `import` and `tawthiq read --authority` take; - is stdout."""
    with _opened(context):
        decisions = _authority().decisions
        with written_to(file) as stream:
            stream.write(format_authority(decisions).encode())
    click.echo(f"{len(decisions)} decisions", err=True)
    return 0


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Keep them; without it, only what would change is shown.")
@click.option("--by", metavar="NAME", help="Who decides, for lines that do not say; else the archive's collector.")
@click.pass_context
def import_(context: click.Context, file: Path, apply: bool, by: str | None) -> int:
    """Take the decisions of FILE over. Lines that cannot be kept are named and left out; the exit code is then 3."""
    failed = 0

    def report(error: TawthiqError) -> None:
        nonlocal failed
        failed += 1
        click.echo(shown(f"tawthiq: {error}"), err=True)

    with _opened(context) as folder:
        lines = list(decisions_in_file(file, report))
        from tawthiq.cli.authority_desk import keep_lines  # noqa: PLC0415  models need an open database

        keep_lines(folder, file, lines, _plain(), by, dry=not apply, report=report)
    return SOME_FAILED if failed else 0


def _add(context: click.Context, kind: EntryKind, given: dict[str, Any]) -> int:
    with _opened(context) as folder:
        used = {decision.code for decision in _authority().decisions}
        code = given["code"] or code_from(given["name_en"], used)
        return _keep(folder, _decision(Step.ADD, kind, {**given, "code": code}), given)


def _about(context: click.Context, step: Step, code: str, given: dict[str, Any], kind: EntryKind | None = None) -> int:
    with _opened(context) as folder:
        from tawthiq.cli.authority_desk import kind_of  # noqa: PLC0415  models need an open database

        return _keep(folder, _decision(step, kind or kind_of(code), {**given, "code": code}), given)


def _decision(step: Step, kind: EntryKind, given: dict[str, Any]) -> Decision:
    """The decision of what was typed. Raises UnreadableInput as lines of a file do."""
    cells = {name: _cell(value) for name, value in given.items() if name not in ("dry", "by") and value}
    return decision_of({**cells, "step": step.value, "kind": kind.value}, f"{step} {given.get('code', '')}".strip())


def _cell(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _keep(folder: ArchiveFolder, made: Decision, given: dict[str, Any]) -> int:
    from tawthiq.cli.authority_desk import keep  # noqa: PLC0415  models need an open database

    return keep(folder, [made], _plain(), given.get("by"), dry=given["dry"])


def _plain() -> Gazetteer:
    """The gazetteer with the packs at hand, without anybody's decisions."""
    return gazetteer_with(chosen(packs_folder(), ()))


def _authority() -> "Authority":
    from tawthiq.casework.queries.authority import authority_of  # noqa: PLC0415  models need an open database

    return authority_of()


@contextmanager
def _opened(context: click.Context) -> Iterator[ArchiveFolder]:
    """The archive at hand with its database open."""
    from tawthiq.archive.database import open_database, storing_rows  # noqa: PLC0415  Django is loaded for archives only

    with open_archive(context.obj) as folder:
        open_database(folder.database)
        with storing_rows(folder.database):
            yield folder
