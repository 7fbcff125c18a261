"""The tagger adapter, over callables that answer in the documented form of transformers' aggregated pipeline.

No real model runs here: docs/adapters.md says so.
"""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tawthiq.pipeline.adapters.tagger import TaggerAdapter, loaded
from tawthiq.reading.adapting import read_adapted
from tawthiq.records.errors import AdapterUnavailable
from tawthiq.records.proposal import PersonOffer, PlaceOffer
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.store.adapter_settings import AdapterSettings

TEXT = "قال سامي ورد إن القصف طال بلدة زهرستان.\nوأعلنت منظمة الإغاثة وصول قافلة إلى الرقة."
DOCUMENT = Document("d", TEXT, language="ar", readable=(Span(0, len(TEXT)),))
NAMES = {"سامي ورد": "PER", "زهرستان": "LOC", "منظمة الإغاثة": "ORG", "الرقة": "LOC"}


def tag(text: str) -> list[dict[str, Any]]:
    """What `pipeline("token-classification", aggregation_strategy="simple")` returns: groups with score, word, offsets."""
    found = []
    for name, label in NAMES.items():
        if (at := text.find(name)) >= 0:
            found.append(
                {
                    "entity_group": label,
                    "score": 0.98,
                    "word": name.replace(" ", " ##"),
                    "start": at,
                    "end": at + len(name),
                }
            )
    return found


def adapter(tagging: Any, folder: str = "some/where/arabic-ner") -> TaggerAdapter:
    return TaggerAdapter(AdapterSettings("names", "tagger", folder), tagging)


def test_places_and_persons_are_offered_where_they_stand_and_organisations_are_not() -> None:
    offers = adapter(tag).propose(DOCUMENT)
    assert [(type(offer), offer.quote.text) for offer in offers] == [
        (PersonOffer, "سامي ورد"), (PlaceOffer, "زهرستان"), (PlaceOffer, "الرقة"),
    ]  # fmt: skip
    assert all(TEXT.startswith(offer.quote.text, offer.quote.start) for offer in offers)


def test_offsets_stay_right_behind_many_pieces() -> None:
    text = "جملة بلا أسماء. " * 400 + "وصل سامي ورد."
    offers = adapter(tag).propose(Document("d", text, language="ar", readable=(Span(0, len(text)),)))
    assert [(offer.quote.text, offer.quote.start) for offer in offers] == [("سامي ورد", text.index("سامي"))]


@pytest.mark.parametrize(
    "group",
    [
        {"entity_group": "LOC", "score": 0.3, "word": "x", "start": 0, "end": 3},
        {"entity_group": "LOC", "score": float("nan"), "word": "x", "start": 0, "end": 3},
        {"entity_group": "MISC", "score": 0.9, "word": "x", "start": 0, "end": 3},
        {"entity_group": "LOC", "score": 0.9, "word": "x", "start": 0, "end": 10_000},
        {"entity_group": "LOC", "score": 0.9, "word": "x", "start": 9, "end": 4},
    ],
)
def test_what_is_unsure_or_stands_nowhere_is_not_offered(group: dict[str, Any]) -> None:
    assert adapter(lambda _text: [group]).propose(DOCUMENT) == []


def test_a_tagger_without_offsets_or_with_a_fault_leaves_the_reading_as_it_was() -> None:
    def fails(_text: str) -> list[dict[str, Any]]:
        raise RuntimeError("size mismatch")

    slow = [{"entity_group": "LOC", "score": 0.9, "word": "زهرستان", "start": None, "end": None}]
    reasons = [read_adapted(DOCUMENT, adapter(tagging)).refused[0].reason for tagging in (lambda _text: slow, fails)]
    assert "no offsets" in reasons[0]
    assert "size mismatch" in reasons[1]


def test_the_stamp_names_the_models_folder_and_no_path() -> None:
    assert str(adapter(tag, "/home/heron/models/arabic-ner").identity) == "adapter:names model arabic-ner"


def test_a_model_that_is_no_folder_is_never_downloaded(tmp_path: Path) -> None:
    with pytest.raises(AdapterUnavailable, match="never downloaded"):
        loaded(str(tmp_path / "CAMeL-Lab/bert-base-arabic-camelbert-mix-ner"))


@pytest.mark.skipif(importlib.util.find_spec("transformers") is not None, reason="transformers is installed")
def test_without_the_extra_the_message_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(AdapterUnavailable, match=r"tawthiq\[ner\]"):
        loaded(str(tmp_path))
