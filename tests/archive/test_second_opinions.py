"""The second opinion in an archive: beside the reading, never in it; kept whole only where there is something to compare."""

import pytest
from django.db import connection

from sample_archive import keep
from tawthiq.archive.models import Report, SecondOpinion
from tawthiq.archive.rebuilding import read_archive
from tawthiq.store import ArchiveFolder

TABLES = (
    b"<html><head><title>A cell of a table</title></head><body><table><tr><td><a href=/>First page</a> | "
    b"<a href=/w>World</a> | <a href=/s>Sports</a></td></tr><tr><td><h1>A cell of a table</h1><p>Residents said that shells "
    b"hit the village on Tuesday and that two homes burned down.</p><p>The mayor of the district said that nobody was hurt in "
    b"the houses.</p></td><td>Other news<br><a href=/1>Meeting of farmers in the hall of the town tomorrow evening</a><br>"
    b"<a href=/2>Power comes back to the eastern quarters after a week</a></td></tr><tr><td>Print | Send to a friend | All "
    b"rights belong to their owners</td></tr></table></body></html>"
)


def rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        return cursor.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def test_every_page_is_asked_about_and_only_a_differing_text_is_kept(folder: ArchiveFolder) -> None:
    keep(folder, {"tables.html": TABLES})
    read_archive(folder, workers=1)
    opinions = {opinion.report_id: opinion for opinion in SecondOpinion.objects.all()}
    assert set(opinions) == {1, 2, 3}
    assert opinions[3].agreement < 0.9
    assert "Sports" in opinions[3].text
    assert all(opinion.by.startswith("trafilatura ") for opinion in opinions.values())
    assert all(opinions[number].agreement >= 0.95 and not opinions[number].text for number in (1, 2))


def test_the_reading_is_the_same_with_and_without(folder: ArchiveFolder) -> None:
    keep(folder, {"tables.html": TABLES})
    read_archive(folder, workers=1)
    tables = ("archive_report", "archive_zone", "archive_statement", "archive_event", "archive_searchtext")
    with_opinions = {table: rows(table) for table in tables}
    read_archive(folder, again=True, workers=1, second_opinion=False)
    assert {table: rows(table) for table in tables} == with_opinions
    assert not SecondOpinion.objects.exists()


def test_the_archives_settings_decide_where_nobody_said_otherwise(folder: ArchiveFolder) -> None:
    file = folder.path / "tawthiq.toml"
    file.write_text(file.read_text("utf-8").replace("second_opinion = true", "second_opinion = false"), "utf-8")
    folder.close()
    with ArchiveFolder.open(folder.path) as changed:
        read_archive(changed, workers=1)
        assert not SecondOpinion.objects.exists()
        read_archive(changed, again=True, workers=1, second_opinion=True)
        assert SecondOpinion.objects.count() == Report.objects.count() == 2


def test_without_the_extractor_pages_are_read_all_the_same(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.archive.rebuilding.available", lambda: False)
    assert read_archive(folder, workers=1).read == 2
    assert not SecondOpinion.objects.exists()


def test_a_page_that_got_no_answer_says_why(folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.page.second_opinion.MOST_TAGS", 3)
    read_archive(folder, workers=1)
    assert not SecondOpinion.objects.exists()
    assert "trafilatura" in Report.objects.get(pk=1).notes[-1]
