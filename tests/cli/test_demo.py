import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import WrongUsage
from tawthiq.sample_site import sample_site
from tawthiq.store import ArchiveFolder
from tawthiq.store.verify import verify


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tawthiq, ["demo", *arguments], standalone_mode=False)


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("demo") / "archive"
    return run("--keep", str(folder)), folder


def test_the_demo_collects_every_page_reads_links_and_verifies(demonstrated: tuple[Result, Path]) -> None:
    result, folder = demonstrated
    pages = len(sample_site().pages)
    assert result.exception is None
    assert result.return_value == 0, result.stderr
    assert f"{pages} pages of {len(sample_site().outlets)} outlets kept" in result.stdout
    assert f"{pages} reports read" in result.stdout
    with ArchiveFolder.open(folder) as archive:
        assert sum(1 for _ in archive.captures()) == pages
    assert all(check.holds for check in verify(folder))


def test_incidents_show_their_claims_and_what_sources_dispute(demonstrated: tuple[Result, Path]) -> None:
    stdout = demonstrated[0].stdout
    assert re.search(r"2018-03-13 .*airstrike", stdout)
    assert "disputed" in stdout
    assert re.search(r"[1-9]\d* incidents proposed, 4 copied dispatches", stdout)


def test_it_says_what_linking_found_and_where_each_of_it_is(demonstrated: tuple[Result, Path]) -> None:
    stdout = demonstrated[0].stdout
    counts = re.search(
        r"(\d+) incidents have several independent sources, which contradict each other on (\d+) of them; "
        r"(\d+) of 4 copied dispatches have a likely origin; (\d+) statements of parties are attached",
        stdout,
    )
    assert counts
    assert all(int(number) >= 1 for number in counts.groups())
    looks = [line for line in stdout.splitlines() if line.startswith("  look at /incidents/")]
    assert len(looks) == 3
    assert re.search(r"[3-9] independent sources dispute \w+", looks[0])
    assert re.search(r"(\d+) reports, but (?!\1 )\d+ independent sources", looks[1])
    assert "denies" in looks[2]


def test_no_toll_is_cut_in_the_table(demonstrated: tuple[Result, Path]) -> None:
    table = demonstrated[0].stdout.partition("Statements")[0]
    assert "at least" in table
    assert "…" not in table


def test_statements_come_with_speaker_source_and_span(demonstrated: tuple[Result, Path]) -> None:
    rows = [line for line in demonstrated[0].stdout.splitlines() if re.search(r"#\d+\u2069?\s+\d+-\d+", line)]
    assert len(rows) >= 30
    assert any("الدفاع المدني" in line for line in rows)


def test_every_isolate_is_closed_on_its_own_line(demonstrated: tuple[Result, Path]) -> None:
    for line in demonstrated[0].stdout.splitlines():
        assert line.count("\u2068") == line.count("\u2069"), line


def test_it_says_where_to_look_next(demonstrated: tuple[Result, Path]) -> None:
    result, folder = demonstrated
    assert f"tawthiq --archive {folder} serve" in result.stdout


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    assert isinstance(run("--keep", str(tmp_path)).exception, WrongUsage)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
