"""All tables at once: sound as they ship, and the first mistake of each that is broken."""

from pathlib import Path

import pytest

from tawthiq.lexicon import soundness, tables
from tawthiq.lexicon.soundness import mistakes, table_names


def test_every_table_that_ships_is_looked_at_and_sound() -> None:
    assert {"actors", "ar/months", "en/months", "places/curated"} <= set(table_names())
    assert [str(error) for error in mistakes()] == []


def test_each_broken_table_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    (data / "ar").mkdir(parents=True)
    (data / "ar" / "weekdays.tsv").write_text("form\tweekday\tgloss\nالأحد\t9\t-\nالاثنين\t8\t-\n", encoding="utf-8")
    (data / "ar" / "months.tsv").write_bytes(b"form\tmonth\n\xff\t1\n")
    (data / "empty.tsv").write_text("", encoding="utf-8")
    (data / "act_kinship.tsv").write_text("act\tkindred\nairstrike\tshelling\n", encoding="utf-8")
    for module in (tables, soundness):
        monkeypatch.setattr(module.resources, "files", lambda _package: tmp_path)
    tables.load.cache_clear()
    try:
        assert [error.item for error in mistakes()] == ["ar/months.tsv:2:1", "ar/weekdays.tsv:2:2", "empty.tsv:1:1"]
    finally:
        tables.load.cache_clear()
