"""Reading a stream of documents into a stream of readings (docs/contracts.md, reading/1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.pipeline.lines import documents, written
from tawthiq.reading import read
from tawthiq.reading.contract import document_from_json, reading_to_json
from tawthiq.records.errors import BadLexicon, TawthiqError, UnreadableInput


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents were read and how many failed."""

    read: int
    failed: int


def read_lines(
    source: IO[bytes],
    name: str,
    target: IO[bytes],
    report: Callable[[TawthiqError], None],
    known: Gazetteer | None = None,
) -> Tally:
    """Read every document of `source` and write its reading, in order; `report` is told of each that fails.

    `known` is the gazetteer to read with, the embedded one when not given.
    """
    done = failed = 0
    for entry in documents(source, name):
        try:
            if isinstance(entry, TawthiqError):
                raise entry
            target.write(_read_one(entry, known))
            done += 1
        except BadLexicon:
            raise
        except TawthiqError as error:
            failed += 1
            report(error)
    return Tally(done, failed)


def _read_one(entry: dict[str, Any], known: Gazetteer | None) -> bytes:
    """The line of one reading. Any failure becomes an error that names the input line."""
    try:
        return written(reading_to_json(read(document_from_json(entry), known=known)))
    except BadLexicon:
        raise
    except UnreadableInput as error:
        raise UnreadableInput(
            item=f"{entry['at']} ({error.item})", happened=error.happened, advice=error.advice
        ) from error
    except Exception as error:
        raise UnreadableInput(
            item=f"{entry['at']} ({entry.get('id')})",
            happened=f"reading failed ({type(error).__name__}: {error})",
            advice="this is a fault of Tawthiq: please report it with the document; the others were read",
        ) from error
