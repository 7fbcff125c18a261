"""A document read from end to end."""

import importlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.reading import read
from tawthiq.reading.contract import reading_to_json
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement


def test_same_document_gives_the_same_reading() -> None:
    document = Document(id="a", text="قال شاهد إن القصف أصاب السوق.\nوأضاف أن خمسة جرحوا.")
    assert reading_to_json(read(document)) == reading_to_json(read(document))


def test_only_readable_stretches_are_read() -> None:
    text = "قال شاهد إن القصف أصاب السوق.\nقال معلق إن الخبر كاذب."
    document = Document(id="a", text=text, language="ar", readable=(Span(0, text.index("\n")),))
    assert [s.speaker.mention.text for s in read(document).statements if s.speaker] == ["شاهد"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u202e\u0000", "12.3", "«" * 50, "קול ישראל"])
def test_texts_without_words_to_read_give_empty_readings(text: str) -> None:
    reading = read(Document(id="a", text=text))
    assert reading.statements == ()
    assert reading.events == ()


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_fault(text: str) -> None:
    reading = read(Document(id="a", text=text))
    assert all(s.content.end <= len(text) for s in reading.statements)


def _seed(shared: Path, start: str) -> tuple[str, list[Statement]]:
    (path,) = (shared / "seeds").glob(f"{start}*.txt")
    text = path.read_text(encoding="utf-8")
    return text, list(read(Document(id=path.stem, text=text)).statements)


@pytest.mark.shared
def test_seed_of_a_magazine_names_its_speakers_and_keeps_the_share_in_the_statement(shared: Path) -> None:
    text, found = _seed(shared, "000")
    speakers = " | ".join(s.speaker.mention.text for s in found if s.speaker)
    for name in ("ريان ديلون", "الذي لم يكشف عن اسمه", "المجلة"):
        assert name in speakers
    shares = {number: [s for s in found if number in s.content.of(text)] for number in ("45%", "80%")}
    assert all(
        statement.speaker and "ديلون" in statement.speaker.mention.text
        for group in shares.values()
        for statement in group
    )
    assert all(shares.values())
    assert not any("نحن مجموعة" in s.content.of(text) for s in found)


@pytest.mark.shared
def test_seed_of_a_press_conference_names_the_spokesman_and_reads_no_comment(shared: Path) -> None:
    text, found = _seed(shared, "002")
    speakers = [s.speaker.mention.text for s in found if s.speaker]
    assert sum("وارين" in name for name in speakers) >= 5
    assert any("ستيف وارين" in name for name in speakers)
    body_end = text.index("التعليقات المنشورة")
    assert all(s.content.end <= body_end for s in found)


def _module(name: str) -> ModuleType:
    return importlib.import_module(name)


@pytest.mark.shared
def test_our_scorer_agrees_with_the_measuring_one(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2]))
    spec = importlib.util.spec_from_file_location("measuring", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    measuring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measuring)
    load, readings = _module("eval.reading").load, _module("eval.reading").readings
    ours_by = _module("eval.reading_score")
    documents = dict(list(load(shared / "gold" / "dev.jsonl").items())[:30])
    gold = {key: reading for key, reading in load(shared / "gold" / "dev.gold.jsonl").items() if key in documents}
    ours = json.loads(json.dumps(readings(documents.values())))
    theirs, found = measuring.score(gold, ours), ours_by.score(gold, ours)
    for name in ours_by.NAMES:
        ratio = found.ratios[name]
        assert (round(ratio.precision, 3), round(ratio.recall, 3), round(ratio.f1, 3)) == (
            theirs[name]["p"], theirs[name]["r"], theirs[name]["f1"],
        )  # fmt: skip
    assert found.leaks == theirs["background_leaks"]


def test_a_dump_of_reports_is_refused_instead_of_taking_all_memory() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(Document("dump", "قصفت طائرات الحي. " * 30_000, "ar"))
    assert caught.value.item == "dump"
    assert "split" in caught.value.advice
