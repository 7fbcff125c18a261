"""Settings: written out in full, read back alike, every mistake named with its key."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.settings import Settings, read_settings, settings_text

lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"]), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=lines, collector=lines)
def test_any_printable_text_comes_back(tmp_path: Path, title: str, collector: str) -> None:
    file = tmp_path / "tawthiq.toml"
    chosen = Settings(
        title=title, collector=collector, origin="o", largest_item=5, read_seconds=0.5, second_opinion=False
    )
    file.write_text(settings_text(chosen), "utf-8")
    assert read_settings(file) == chosen


def test_a_persian_title_keeps_its_joiner(tmp_path: Path) -> None:
    with ArchiveFolder.create(tmp_path / "archive", title="می\u200cکند", collector="c") as archive:
        assert archive.settings.title == "می\u200cکند"


def test_a_title_that_turns_its_direction_is_escaped(tmp_path: Path) -> None:
    with ArchiveFolder.create(tmp_path / "archive", title="a\u202eb\n", collector="c\x00") as archive:
        assert archive.settings.title == "a\\u202eb\\n"
        assert archive.settings.collector == "c\\x00"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda text: text + "colour = 1\n", "page.colour"),
        (lambda text: text.replace("second_opinion = true", "second_opinion = 1"), "page.second_opinion"),
        (lambda text: text.replace("[fetch]", "[fetching]"), "fetching"),
        (lambda text: "colour = 1\n" + text, "colour"),
        (lambda text: text.replace("collector =", "colector ="), "archive.colector"),
        (lambda text: text.replace('collector = "c"\n', ""), "archive.collector"),
        (lambda text: text.replace("redirects = 10", "redirects = 1.5"), "fetch.redirects"),
        (lambda text: text.replace("redirects = 10", "redirects = 0"), "fetch.redirects"),
        (lambda text: text.replace("redirects = 10", "redirects = true"), "fetch.redirects"),
        (lambda text: text.replace("read_seconds = 30.0", "read_seconds = nan"), "fetch.read_seconds"),
        (lambda text: text.replace('user_agent = ""', 'user_agent = "a\\nb"'), "fetch.user_agent"),
        (lambda text: text.replace('user_agent = ""', 'user_agent = "متصفح"'), "fetch.user_agent"),
        (lambda text: text.replace('user_agent = ""', 'user_agent = " a"'), "fetch.user_agent"),
        (lambda text: text.replace('user_agent = ""', f'user_agent = "{"a" * 501}"'), "fetch.user_agent"),
        (lambda text: text.replace('user_agent = ""', "user_agent = 1"), "fetch.user_agent"),
        (lambda text: text.replace('"t"', '"two\\nlines"'), "archive.title"),
        (lambda text: text.replace('"t"', "7"), "archive.title"),
        (lambda text: text + "[", "TOML"),
        (lambda _: "a = " + "[" * 100_000, "TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_key(tmp_path: Path, change: object, named: str) -> None:
    file = tmp_path / "tawthiq.toml"
    assert callable(change)
    file.write_text(change(settings_text(Settings(title="t", collector="c", origin="o"))), "utf-8")
    with pytest.raises(WrongUsage, match=named):
        read_settings(file)


def test_settings_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "tawthiq.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongUsage, match=r"tawthiq\.toml"):
        read_settings(tmp_path / "tawthiq.toml")


def test_another_origin_in_the_settings_is_refused(archive: ArchiveFolder) -> None:
    archive.close()
    file = archive.path / "tawthiq.toml"
    file.write_text(file.read_text("utf-8").replace(archive.settings.origin, "elsewhere"), "utf-8")
    with pytest.raises(WrongUsage, match="origin"):
        ArchiveFolder.open(archive.path)
