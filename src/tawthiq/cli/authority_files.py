"""Authority files at the command line: decisions of a file, each line that breaks the form told, and what they amount to."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tawthiq.cli.files import opened
from tawthiq.lexicon.authority import AuthorityRefused, in_force
from tawthiq.lexicon.authority_file import parse_authority
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.records.authority import Decision, Overlay
from tawthiq.records.errors import TawthiqError, UnreadableInput

LARGEST = 20_000_000  # bytes; a line of an authority file has about 200


def decisions_in_file(file: Path, report: Callable[[TawthiqError], None]) -> Iterator[tuple[int, Decision]]:
    """The decisions of a file with the numbers of their lines; `report` is told of each line that is none.

    Raises UnreadableInput when the file is no authority file, WrongUsage when it is not there.
    """
    with opened(file) as (stream, name):
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableInput(
            item=name, happened=f"it is larger than {LARGEST:,} bytes", advice="split it into several files"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            item=f"{name}:{line}", happened="this is no UTF-8", advice="save the file as UTF-8"
        ) from error
    for line_read in parse_authority(name, text):
        if isinstance(line_read.decision, UnreadableInput):
            report(line_read.decision)
        else:
            yield line_read.number, line_read.decision


def overlay_of_file(file: Path) -> Overlay:
    """What the decisions of a whole file change for readers. Raises the error of the first line that is none, or unsound."""

    def refuse(error: TawthiqError) -> None:
        raise error

    lines, made = [], []
    for number, decision in decisions_in_file(file, refuse):
        lines.append(number)
        made.append(decision)
    try:
        return overlay(in_force(made))
    except AuthorityRefused as error:
        raise at_line(file, lines, made, error) from error


def at_line(file: Path, lines: Sequence[int], made: Sequence[Decision], error: AuthorityRefused) -> AuthorityRefused:
    """The error of a decision of a file, with the line that it stands on."""
    number = next((line for line, decision in zip(lines, made, strict=True) if decision is error.decision), None)
    item = f"{file}:{number} ({error.item})" if number else f"{file} ({error.item})"
    return AuthorityRefused(item=item, happened=error.happened, advice=error.advice)
