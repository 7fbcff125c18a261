"""Reading a stream of documents into a stream of readings (docs/contracts.md, reading/1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.pipeline.document_lines import document_of_line
from tawthiq.pipeline.lines import documents, written
from tawthiq.reading import gathered, read
from tawthiq.reading.adapted_contract import adapted_to_json
from tawthiq.reading.adapting import read_adapted
from tawthiq.reading.contract import reading_to_json
from tawthiq.reading.explaining import explain
from tawthiq.reading.explanation_contract import explanation_to_json
from tawthiq.records.errors import AdapterFailed, AdapterUnavailable, BadLexicon, TawthiqError, UnreadableInput
from tawthiq.records.explanation import Explanation
from tawthiq.records.proposal import AdaptedReading, Proposer


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


PLAIN = Way()


@dataclass(frozen=True, slots=True)
class _Result:
    """One document read: its line, the answers of an adapter that could not be used, and the reasons where asked for."""

    line: bytes
    remarks: tuple[AdapterFailed, ...]
    explanation: Explanation | None


def read_lines(
    source: IO[bytes],
    name: str,
    target: IO[bytes] | None,
    report: Callable[[TawthiqError], None],
    way: Way = PLAIN,
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
            result = _read_one(entry, way)
            if target is not None:
                target.write(result.line)
            if way.told is not None and result.explanation is not None:
                way.told(result.explanation)
            done += 1
            unhelped += bool(result.remarks)
            for remark in result.remarks:
                report(remark)
        except (BadLexicon, AdapterUnavailable):
            raise
        except TawthiqError as error:
            failed += 1
            report(error)
    return Tally(done, failed, unhelped)


def _read_one(entry: dict[str, Any], way: Way) -> _Result:
    """One document read. Any failure becomes an error that names the input line."""
    remarks: tuple[AdapterFailed, ...] = ()
    try:
        document = document_of_line(entry)
        if way.adapter is None:
            reading = read(document, known=way.known)
            out = reading_to_json(reading)
        else:
            adapted = read_adapted(document, way.adapter, way.known)
            reading, remarks = adapted.reading, tuple(_unused(adapted, f"{entry['at']} ({document.id})"))
            out = adapted_to_json(adapted)
        explanation = explain(reading, gathered(document, way.known)) if way.told or way.explain else None
        if way.explain and explanation is not None:
            out["explanation"] = explanation_to_json(explanation)
        return _Result(written(out), remarks, explanation)
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


def _unused(adapted: AdaptedReading, item: str) -> Iterator[AdapterFailed]:
    """The answers that could not be used, as errors to be told; refused values stand in the reading."""
    for refusal in adapted.refused:
        if refusal.kind == "answer":
            yield AdapterFailed(item=item, happened=refusal.reason, advice="grammar's own reading was written")
