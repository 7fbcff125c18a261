"""The tagger adapter: a transformers token-classification model in a local folder, for names of places and persons.

Needs the extra `tawthiq[ner]`. Nothing is downloaded: the model is a folder on this machine, opened with `local_files_only`,
and no code of a model is run. Only the offsets that the pipeline reports are used; its `word` is put together from pieces and
may differ from the text. A tagger knows no codes of parties, so organisations are left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tawthiq.pipeline.adapters.chat_request import passages
from tawthiq.records.errors import AdapterFailed, AdapterUnavailable
from tawthiq.records.proposal import AdapterIdentity, Offer, PersonOffer, PlaceOffer, Quote
from tawthiq.records.reading import Document
from tawthiq.store.adapter_settings import AdapterSettings

Tag = Callable[[str], Sequence[Mapping[str, Any]]]
PLACES = frozenset({"LOC", "LOCATION", "GPE", "FAC"})  # CoNLL, OntoNotes, WikiANN and ANERcorp labels
PERSONS = frozenset({"PER", "PERS", "PERSON"})
PIECE = 1_000  # code points; the models hold 512 pieces of words
LEAST_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class TaggerAdapter:
    """A Proposer (records.proposal) over a tagger. `tag` stands in for the model of the settings where it is given."""

    settings: AdapterSettings
    tag: Tag | None = None

    @property
    def identity(self) -> AdapterIdentity:
        """The adapter's name, and the folder's own name as the model: paths of this machine go into no record."""
        return AdapterIdentity(self.settings.name, Path(self.settings.model).name or self.settings.model)

    def propose(self, document: Document) -> Sequence[Offer]:
        """Places and persons that the model marks. Raises AdapterFailed when it reports no offsets."""
        tag = self.tag or loaded(self.settings.model)
        return list(_offers(document, tag))


@cache
def loaded(folder: str) -> Tag:
    """The pipeline of a model folder, loaded once a process. Raises AdapterUnavailable when it cannot be."""
    if not Path(folder).is_dir():
        raise AdapterUnavailable(
            item=folder,
            happened="it is no folder, and models are never downloaded",
            advice="give the folder of a token-classification model as `model`",
        )
    try:
        from transformers import (  # noqa: PLC0415  an optional part of some gigabytes
            AutoModelForTokenClassification,
            AutoTokenizer,
            pipeline,
        )
    except ImportError as error:
        raise AdapterUnavailable(
            item="adapter of kind tagger",
            happened=f"its libraries are not installed ({error})",
            advice='run: pip install "tawthiq[ner]"',
        ) from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModelForTokenClassification.from_pretrained(folder, local_files_only=True)
        found: Tag = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="simple")
    except Exception as error:  # transformers raises whatever its parts raise
        raise AdapterUnavailable(
            item=folder,
            happened=f"the model cannot be loaded ({type(error).__name__}: {error})",
            advice="check that the folder holds a whole token-classification model",
        ) from error
    return found


def _offers(document: Document, tag: Tag) -> Iterator[Offer]:
    for passage in passages(document, PIECE):
        for stretch in passage:
            for group in _tagged(document, tag, stretch.of(document.text)):
                start, end = group.get("start"), group.get("end")
                if not isinstance(start, int) or not isinstance(end, int):
                    raise _failed(document, "it reports no offsets: its tokenizer must be a fast one")
                label = str(group.get("entity_group", "")).upper()
                kind = PlaceOffer if label in PLACES else PersonOffer if label in PERSONS else None
                if (
                    kind is None
                    or not float(group.get("score", 0)) >= LEAST_SCORE
                    or not 0 <= start < end <= len(stretch)
                ):
                    continue
                words = document.text[stretch.start + start : stretch.start + end]
                yield kind(Quote(words, start=stretch.start + start))


def _tagged(document: Document, tag: Tag, text: str) -> Sequence[Mapping[str, Any]]:
    try:
        return tag(text)
    except Exception as error:  # a model's own fault costs its offers, never the reading
        raise _failed(document, f"the model failed ({type(error).__name__}: {error})") from error


def _failed(document: Document, happened: str) -> AdapterFailed:
    return AdapterFailed(item=document.id, happened=happened, advice="grammar's own reading stands; use another model")
