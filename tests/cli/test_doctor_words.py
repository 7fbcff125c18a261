"""`tawthiq doctor` on vocabulary and adapters: broken tables are named, an adapter that may send reports away is warned of."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tawthiq.cli import verb_doctor_words
from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import BadLexicon
from tawthiq.store import ArchiveFolder


def test_a_broken_table_makes_a_bad_answer_that_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    error = BadLexicon(item="ar/months.tsv:14:3", happened='"calendar" is empty', advice="mend the table")
    monkeypatch.setattr(verb_doctor_words, "mistakes", lambda: iter([error]))
    result = CliRunner().invoke(tawthiq, ["doctor"], standalone_mode=False)
    assert result.return_value == 2
    assert 'ar/months.tsv:14:3: "calendar" is empty; mend the table' in result.output


@pytest.mark.parametrize(("allowed", "told"), [("true", "warning   archive adapter"), ("false", "this machine only")])
def test_adapters_are_listed_with_what_they_may(tmp_path: Path, allowed: str, told: str) -> None:
    ArchiveFolder.create(tmp_path / "archive", title="t", collector="c").close()
    with (tmp_path / "archive" / "tawthiq.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'[adapters.a]\nkind = "chat"\nmodel = "m"\naddress = "http://127.0.0.1:1/v1"\nallow_remote = {allowed}\n'
        )
    result = CliRunner().invoke(tawthiq, ["--archive", str(tmp_path / "archive"), "doctor"], standalone_mode=False)
    assert told in result.output


def test_a_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    ArchiveFolder.create(tmp_path / "archive", title="t", collector="c").close()
    with (tmp_path / "archive" / "tawthiq.toml").open("a", encoding="utf-8") as file:
        file.write('[adapters.a]\nkind = "chat"\nmodel = "m"\naddress = "http://heron:reedbed@127.0.0.1:1/v1"\n')
    result = CliRunner().invoke(tawthiq, ["--archive", str(tmp_path / "archive"), "doctor"], standalone_mode=False)
    assert "127.0.0.1:1/v1" in result.output
    assert "reedbed" not in result.output
