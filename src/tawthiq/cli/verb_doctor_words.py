"""What `tawthiq doctor` asks of the vocabulary: whether every table keeps its form, file, line and cell where one does not."""

from collections.abc import Iterator

from tawthiq.cli.verb_doctor_machine import Finding, Health
from tawthiq.lexicon.soundness import mistakes, table_names


def vocabulary() -> Iterator[Finding]:
    """The tables, or each mistake in them."""
    found = list(mistakes())
    for error in found:
        yield Finding("vocabulary", Health.MISSING, f"{error.item}: {error.happened}", error.advice)
    if not found:
        yield Finding("vocabulary", Health.OK, f"{len(table_names())} tables, all sound")
