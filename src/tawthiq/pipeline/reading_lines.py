"""Reading a stream of documents into a stream of readings (docs/contracts.md, reading/1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.pipeline.lines import documents, written
from tawthiq.reading import gathered, read
from tawthiq.reading.adapted_contract import adapted_to_json
from tawthiq.reading.adapting import read_adapted
from tawthiq.reading.contract import document_from_json, reading_to_json
from tawthiq.reading.explaining import explain
from tawthiq.reading.explanation_contract import explanation_to_json
from tawthiq.records.errors import AdapterFailed, AdapterUnavailable, BadLexicon, TawthiqError, UnreadableInput
from tawthiq.records.explanation import Explanation
from tawthiq.records.proposal import AdaptedReading, Proposer
from tawthiq.records.reading import Document, Reading


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents were read, how many failed, and for how many an adapter's answer was of no use."""

    read: int
    failed: int
    unhelped: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """How documents are read: with which gazetteer (None: the embedded one), and which adapter may add values.

    `explain` puts the reasons of every value into the reading's line; `told` is given them apart.
    """

    known: Gazetteer | None = None
    adapter: Proposer | None = None
    explain: bool = False
    told: Callable[[Explanation], None] | None = None


def read_lines(
    source: IO[bytes],
    name: str,
    target: IO[bytes] | None,
    report: Callable[[TawthiqError], None],
    way: Way | None = None,
) -> Tally:
    """Read every document of `source` and write its reading, in order; `report` is told of each that fails.

    Without a `target` readings are made and not written. Where an adapter's answer cannot be used, grammar's reading is
    written and `report` is told. Raises AdapterUnavailable when no answer can be had at all, BadLexicon when no document
    can be read.
    """
    done = failed = unhelped = 0
    for entry in documents(source, name):
        try:
            if isinstance(entry, TawthiqError):
                raise entry
            line, remarks = _read_one(entry, way or Way())
            if target is not None:
                target.write(line)
            done += 1
            unhelped += bool(remarks)
            for remark in remarks:
                report(remark)
        except (BadLexicon, AdapterUnavailable):
            raise
        except TawthiqError as error:
            failed += 1
            report(error)
    return Tally(done, failed, unhelped)


def _read_one(entry: dict[str, Any], way: Way) -> tuple[bytes, list[AdapterFailed]]:
    """The line of one reading, and what an adapter did not do. Any failure becomes an error that names the input line."""
    try:
        document = document_from_json(entry)
        if way.adapter is None:
            reading, remarks = read(document, known=way.known), []
            out = reading_to_json(reading)
        else:
            adapted = read_adapted(document, way.adapter, way.known)
            reading, remarks = adapted.reading, list(_unused(adapted, f"{entry['at']} ({document.id})"))
            out = adapted_to_json(adapted)
        return written(out | _reasons(document, reading, way)), remarks
    except (BadLexicon, AdapterUnavailable):
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


def _reasons(document: Document, reading: Reading, way: Way) -> dict[str, Any]:
    """The reasons of a reading, told apart or as a further key of its line, where they were asked for."""
    if way.told is None and not way.explain:
        return {}
    explanation = explain(reading, gathered(document, way.known))
    if way.told is not None:
        way.told(explanation)
    return {"explanation": explanation_to_json(explanation)} if way.explain else {}


def _unused(adapted: AdaptedReading, item: str) -> Iterator[AdapterFailed]:
    """The answers that could not be used, as errors to be told; refused values stand in the reading."""
    for refusal in adapted.refused:
        if refusal.kind == "answer":
            yield AdapterFailed(item=item, happened=refusal.reason, advice="grammar's own reading was written")
