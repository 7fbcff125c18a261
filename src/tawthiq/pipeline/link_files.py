"""Linking the documents of a file (docs/contracts.md, links/1): each is read, unless its reading is given, then all are linked.

Only the title and body of a document that survives as text are compared for copies; menus and comments are not. A document
that cannot be read or whose identifier has been used already is reported and left out; the rest is linked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.linking import link
from tawthiq.linking.anchoring import anchor_text, constraints
from tawthiq.linking.contract import links_to_json
from tawthiq.linking.decision_contract import decision_from_json, in_force, is_withdrawal
from tawthiq.pipeline.document_lines import document_of_line
from tawthiq.pipeline.lines import documents, written
from tawthiq.reading import read
from tawthiq.reading.contract import reading_from_json
from tawthiq.reading.prepared import readable
from tawthiq.records.errors import BadLexicon, TawthiqError, UnreadableInput
from tawthiq.records.link_decision import LinkDecision
from tawthiq.records.links import LinkInput, Links
from tawthiq.records.reading import Document, Reading

Report = Callable[[TawthiqError], None]


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """The links of a file's documents, how many were linked and how many lines failed."""

    links: Links
    linked: int
    failed: int

    def line(self) -> bytes:
        """The links as one line of links/1."""
        return written(links_to_json(self.links))


def link_lines(
    source: IO[bytes],
    name: str,
    report: Report,
    readings: tuple[IO[bytes], str] | None = None,
    known: Gazetteer | None = None,
    *,
    decisions: tuple[IO[bytes], str] | None = None,
) -> LinkedFile:
    """Link every document of `source`; `report` is told of each line that fails.

    `readings` is a stream of reading/1 lines and its name; a document without a reading there is read. A reading whose
    characters are not the document's own is refused. `known` is the gazetteer to read with, the embedded one when not given.
    `decisions` is a stream of link-decision/1 lines and its name: what people decided holds whatever the scores. One that
    does not fit the readings constrains nothing, and counts as failed.
    """
    failures: list[TawthiqError] = []

    def fail(error: TawthiqError) -> None:
        failures.append(error)
        report(error)

    given = _readings(*readings, fail) if readings else {}
    made = _decisions(*decisions, fail) if decisions else []
    inputs = list(_inputs(source, name, given, fail, known))
    decided = constraints(made, {each.document.id: anchor_text(each) for each in inputs}) if made else None
    for decision in decided.unfit if decided else ():
        fail(_unfit(decision))
    return LinkedFile(link(inputs, decided), len(inputs), len(failures))


def _decisions(stream: IO[bytes], name: str, fail: Report) -> list[LinkDecision]:
    """The decisions in force of a file."""
    found: list[Mapping[str, Any]] = []
    for entry in documents(stream, name):
        if isinstance(entry, TawthiqError):
            fail(entry)
            continue
        try:
            if not is_withdrawal(entry):
                decision_from_json(entry)
        except UnreadableInput as error:
            fail(_at(entry, error))
            continue
        found.append(entry)
    return in_force(found)


def _unfit(decision: LinkDecision) -> UnreadableInput:
    first, second = decision.first, decision.second
    return UnreadableInput(
        item=f"the decision by {decision.by} of {decision.at:%Y-%m-%d} ({first.document}, {second.document})",
        happened=f'"{first.text}" or "{second.text}" is not found in the readings, or not for certain',
        advice="withdraw it, or decide about the events as they are read now; it constrained nothing",
    )


def _readings(stream: IO[bytes], name: str, fail: Report) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for entry in documents(stream, name):
        if isinstance(entry, TawthiqError):
            fail(entry)
            continue
        try:
            reading = reading_from_json(entry)
        except UnreadableInput as error:
            fail(_at(entry, error))
            continue
        found[reading.id] = reading
    return found


def _inputs(
    source: IO[bytes], name: str, given: Mapping[str, Reading], fail: Report, known: Gazetteer | None
) -> Iterator[LinkInput]:
    used: set[str] = set()
    for entry in documents(source, name):
        if isinstance(entry, TawthiqError):
            fail(entry)
            continue
        try:
            document = document_of_line(entry)
            if document.id in used:
                raise UnreadableInput(
                    item=document.id,
                    happened='an earlier document has the same "id"',
                    advice="give each document its own",
                )
            reading = given.get(document.id) or _read(document, known)
            _check(document, reading)
        except UnreadableInput as error:
            fail(_at(entry, error))
            continue
        used.add(document.id)
        yield LinkInput(_with_readable(document), reading)


def _read(document: Document, known: Gazetteer | None) -> Reading:
    """The document's reading. A fault of the reader becomes an error that names the document."""
    try:
        return read(document, known=known)
    except BadLexicon:
        raise
    except Exception as error:
        raise UnreadableInput(
            item=document.id,
            happened=f"reading failed ({type(error).__name__}: {error})",
            advice="this is a fault of Tawthiq: please report it with the document; the others were linked",
        ) from error


def _check(document: Document, reading: Reading) -> None:
    """Refuse a reading that cannot be this document's: an event's words do not stand where it says."""
    for event in reading.events:
        trigger = event.trigger
        if trigger.span.of(document.text) != trigger.text:
            raise UnreadableInput(
                item=document.id,
                happened=f'its reading points at characters {trigger.span.start} to {trigger.span.end}, which are not "'
                f'{trigger.text}"',
                advice="read the document again with tawthiq read",
            )


def _with_readable(document: Document) -> Document:
    return document if document.readable is not None else replace(document, readable=readable(document.text))


def _at(entry: Mapping[str, Any], error: UnreadableInput) -> UnreadableInput:
    """The error with the input line that it belongs to."""
    return UnreadableInput(item=f"{entry['at']} ({error.item})", happened=error.happened, advice=error.advice)
