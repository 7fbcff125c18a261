"""The adapters of the settings: none by default, read strictly, every mistake named with its key."""

from pathlib import Path

import pytest

from tawthiq.records.errors import WrongUsage
from tawthiq.store.adapter_settings import AdapterSettings
from tawthiq.store.settings import Settings, read_settings, settings_text

PLAIN = Settings(title="t", collector="c", origin="o")
CHAT = '[adapters.local]\nkind = "chat"\nmodel = "m:7b"\naddress = "http://127.0.0.1:1/v1"\n'


def written(folder: Path, more: str) -> Path:
    file = folder / "tawthiq.toml"
    file.write_text(f"{settings_text(PLAIN)}\n{more}", encoding="utf-8")
    return file


def test_there_are_no_adapters_unless_someone_writes_one(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")).adapters == ()


def test_an_adapter_stays_on_this_machine_unless_it_says_otherwise(tmp_path: Path) -> None:
    (adapter,) = read_settings(written(tmp_path, CHAT)).adapters
    assert adapter == AdapterSettings("local", "chat", "m:7b", "http://127.0.0.1:1/v1", allow_remote=False)


def test_adapters_come_back_as_they_were_written(tmp_path: Path) -> None:
    chosen = Settings(
        title="t", collector="c", origin="o",
        adapters=(
            AdapterSettings("a", "chat", "m", "https://models.example/v1", allow_remote=True, seconds=3.5),
            AdapterSettings("b-2", "tagger", "/models/ner", characters=900),
        ),
    )  # fmt: skip
    file = tmp_path / "tawthiq.toml"
    file.write_text(settings_text(chosen), encoding="utf-8")
    assert read_settings(file) == chosen


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("[adapters.local]\n" + CHAT.split("\n", 1)[1] + 'key = "secret"\n', "adapters.local.key"),
        (CHAT.replace('kind = "chat"', 'kind = "oracle"'), "adapters.local.kind"),
        (CHAT.replace('kind = "chat"\n', ""), "adapters.local.kind"),
        (CHAT.replace('model = "m:7b"\n', ""), "adapters.local.model"),
        (CHAT.replace('"m:7b"', '" "'), "adapters.local.model"),
        (CHAT.replace('"m:7b"', '"two\\nlines"'), "adapters.local.model"),
        (CHAT.replace('address = "http://127.0.0.1:1/v1"\n', ""), "adapters.local.address"),
        (CHAT + 'allow_remote = "yes"\n', "adapters.local.allow_remote"),
        (CHAT + "allow_remote = 1\n", "adapters.local.allow_remote"),
        (CHAT + "seconds = 0\n", "adapters.local.seconds"),
        (CHAT + "seconds = nan\n", "adapters.local.seconds"),
        (CHAT + "seconds = true\n", "adapters.local.seconds"),
        (CHAT + "characters = 1.5\n", "adapters.local.characters"),
        (CHAT.replace("adapters.local", 'adapters."two words"'), "adapters.two words"),
        (CHAT.replace("adapters.local", "adapters"), "adapters.kind"),
    ],
)
def test_a_mistake_is_named_with_its_key(tmp_path: Path, more: str, named: str) -> None:
    with pytest.raises(WrongUsage, match=named):
        read_settings(written(tmp_path, more))
