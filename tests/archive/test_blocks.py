"""The memory of lines that hosts repeat: what is learned, what is read again, and that the order changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.repeating_host import ABOUT, DISPATCH, STORIES, WIDGET, keep_page, page, story
from sample_archive import empty_database, keep, make_folder
from tawthiq.archive.dropping import drop_readings
from tawthiq.archive.models import BlockPage, Capture, KnownBlock, Report, ShownBlock
from tawthiq.archive.reading_run import Result
from tawthiq.archive.rebuilding import ReadOutcome, link_archive, read_archive
from tawthiq.archive.replacing import drop_report
from tawthiq.page.blocks import REASON
from tawthiq.pipeline.read_capture import Item
from tawthiq.store import ArchiveFolder

SITE = "https://www.news.example"


@pytest.fixture
def folder(tmp_path: Path) -> ArchiveFolder:
    return make_folder(tmp_path / "archive", {})


@pytest.fixture(autouse=True)
def _settled(tmp_path: Path) -> None:
    empty_database(tmp_path)


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of derived state."""
    tables = [model._meta.db_table for model in apps.get_app_config("archive").get_models()]
    with connection.cursor() as cursor:
        return {table: cursor.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def bodies() -> dict[str, str]:
    """The body of each report by its address."""
    return {
        report.capture.final: "\n".join(
            report.text[zone.start : zone.end] for zone in report.zones.all() if zone.kind == "body"
        )
        for report in Report.objects.select_related("capture").prefetch_related("zones")
    }


def test_three_reports_teach_the_host_and_are_read_again_without_what_they_share(folder: ArchiveFolder) -> None:
    for number in range(2):
        keep_page(folder, f"{SITE}/{number}", story(number))
    read_archive(folder, workers=1)
    assert all(ABOUT in body and WIDGET in body for body in bodies().values())
    assert not KnownBlock.objects.exists()
    keep_page(folder, f"{SITE}/2", story(2))
    summary = read_archive(folder, workers=1)
    assert (summary.read, summary.again, summary.failed) == (1, 3, ())
    assert list(bodies().values()) == ["\n".join(STORIES[number][1]) for number in range(3)]
    assert {(known.host, known.pages) for known in KnownBlock.objects.all()} == {("news.example", 3)}
    assert Report.objects.get(pk=1).zones.filter(reason=REASON + "news.example").count() == 2


def test_the_fourth_page_comes_out_clean_at_once_and_is_counted(folder: ArchiveFolder) -> None:
    for number in range(4):
        keep_page(folder, f"{SITE}/{number}", story(number))
        read_archive(folder, workers=1)
    assert bodies()[f"{SITE}/3"] == "\n".join(STORIES[3][1])
    assert {known.pages for known in KnownBlock.objects.all()} == {4}


def test_what_would_stay_in_the_body_is_learned_without_reading_anything_again(folder: ArchiveFolder) -> None:
    stock = "The province has had neither regular power nor a working court since the governor left the capital."
    for number in range(4):
        keep_page(folder, f"{SITE}/{number}", page(*STORIES[number], "", stock))
        assert read_archive(folder, workers=1).again == 0
    assert [known.pages for known in KnownBlock.objects.all()] == [4]
    stepwise = dump()
    read_archive(folder, again=True, workers=1)
    assert dump() == stepwise


def test_recaptures_and_other_faces_of_one_page_teach_nothing(folder: ArchiveFolder) -> None:
    for address in (f"{SITE}/a", "http://news.example/a", "https://m.news.example/a/", f"{SITE}/a#top"):
        keep_page(folder, address, story(0))
    read_archive(folder, workers=1)
    assert not KnownBlock.objects.exists()
    assert all(ABOUT in body for body in bodies().values())


def test_a_dispatch_republished_under_other_addresses_keeps_its_body(folder: ArchiveFolder) -> None:
    for number in range(4):
        keep_page(folder, f"{SITE}/section-{number}/flour", page(*DISPATCH, ABOUT))
    read_archive(folder, workers=1)
    assert not KnownBlock.objects.exists()
    assert set(bodies().values()) == {"\n".join((*DISPATCH[1], ABOUT))}


def test_a_page_that_carries_only_what_others_share_keeps_its_body(folder: ArchiveFolder) -> None:
    for number in range(3):
        keep_page(folder, f"{SITE}/{number}", story(number))
    keep_page(folder, f"{SITE}/about", page("Who we are", (ABOUT, WIDGET)))
    read_archive(folder, workers=1)
    assert ABOUT in bodies()[f"{SITE}/about"]


def test_hosts_do_not_teach_each_other(folder: ArchiveFolder) -> None:
    for number in range(3):
        keep_page(folder, f"https://outlet{number}.example/a", story(number))
    read_archive(folder, workers=1)
    assert not KnownBlock.objects.exists()


def test_files_have_no_host_and_no_memory(folder: ArchiveFolder) -> None:
    keep(folder, {f"{number}.html": story(number) for number in range(4)})
    read_archive(folder, workers=1)
    assert Report.objects.count() == 4
    assert not BlockPage.objects.exists()
    assert not ShownBlock.objects.exists()


def test_what_is_read_again_counts_once_and_is_told_once(folder: ArchiveFolder) -> None:
    for number in range(4):
        keep_page(folder, f"{SITE}/{number}", story(number))
    told: list[ReadOutcome] = []
    summary = read_archive(folder, workers=1, progress=told.append)
    assert (summary.read, summary.again) == (4, 4)
    assert [(outcome.done, outcome.total) for outcome in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert set(Capture.objects.values_list("state", flat=True)) == {Capture.State.READ}


def test_an_interrupted_run_is_finished_by_the_next_to_the_same_rows(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.archive.reading_run.SAVED_AT_ONCE", 1)
    for number in range(5):
        keep_page(folder, f"{SITE}/{number}", story(number))

    def interrupt(outcome: ReadOutcome) -> None:
        if outcome.number == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_archive(folder, workers=1, progress=interrupt)
    assert Capture.objects.filter(state=Capture.State.UNREAD, report__isnull=False).exists(), "nothing was left to do"
    read_archive(folder, workers=1)
    finished = dump()
    read_archive(folder, again=True, workers=1)
    assert dump() == finished
    assert all(ABOUT not in body for body in bodies().values())


def all_drawn_first(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int | None
) -> Iterator[tuple[Item, Result]]:
    """A pool so large that every item is on its way before the first is saved."""
    yield from [(item, work(item)) for item in list(items)]


def test_items_on_their_way_while_the_memory_grows_are_read_again(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        keep_page(folder, f"{SITE}/{number}", story(number))
    read_archive(folder, workers=1)
    expected = dump()
    monkeypatch.setattr("tawthiq.archive.reading_run.SAVED_AT_ONCE", 1)
    monkeypatch.setattr("tawthiq.archive.reading_run.in_order", all_drawn_first)
    assert read_archive(folder, again=True, workers=1).again == 5
    assert dump() == expected


def test_dropping_readings_drops_the_memory(folder: ArchiveFolder) -> None:
    for number in range(3):
        keep_page(folder, f"{SITE}/{number}", story(number))
    read_archive(folder, workers=1)
    drop_readings()
    assert not KnownBlock.objects.exists()
    assert not ShownBlock.objects.exists()
    assert not BlockPage.objects.exists()


def test_a_report_that_is_dropped_takes_its_rows_along_and_is_counted_no_longer(folder: ArchiveFolder) -> None:
    for number in range(4):
        keep_page(folder, f"{SITE}/{number}", story(number))
    read_archive(folder, workers=1)
    shown = ShownBlock.objects.count()
    drop_report(1)
    assert ShownBlock.objects.count() == shown - 5
    assert not BlockPage.objects.filter(pk=1).exists()
    assert {known.pages for known in KnownBlock.objects.all()} == {3}


def test_links_can_be_made_after_pages_were_read_again(folder: ArchiveFolder) -> None:
    for number in range(2):
        keep_page(folder, f"{SITE}/{number}", story(number))
    read_archive(folder, workers=1)
    link_archive(folder)
    for number in range(2, 4):
        keep_page(folder, f"{SITE}/{number}", story(number))
    read_archive(folder, workers=1)
    link_archive(folder)
    linked = dump()
    read_archive(folder, again=True, workers=1)
    link_archive(folder)
    assert dump() == linked


PAGES = {
    **{f"{SITE}/{number}": story(number) for number in range(4)},
    f"{SITE}/flour": page(*DISPATCH, ABOUT),
    f"{SITE}/world/flour": page(*DISPATCH, ABOUT),
    "https://other.example/a": story(0),
}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(PAGES)), st.sets(st.integers(0, len(PAGES) - 1)), st.integers(1, 3))
def test_no_order_of_collecting_and_reading_changes_a_body_and_no_order_of_reading_a_row(
    order: list[str], pauses: set[int], at_once: int
) -> None:
    with TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setattr("tawthiq.archive.reading_run.SAVED_AT_ONCE", at_once)
        folder = make_folder(Path(scratch) / "archive", {})
        for number, url in enumerate(order):
            keep_page(folder, url, PAGES[url])
            if number in pauses:
                read_archive(folder, workers=1)
        read_archive(folder, workers=1)
        stepwise = dump()
        clean = {f"{SITE}/{number}": "\n".join(STORIES[number][1]) for number in range(4)}
        flour = "\n".join(DISPATCH[1])
        other = "\n".join((*STORIES[0][1][:2], WIDGET, STORIES[0][1][2], ABOUT))
        assert bodies() == {
            **clean,
            f"{SITE}/flour": flour,
            f"{SITE}/world/flour": flour,
            "https://other.example/a": other,
        }
        read_archive(folder, again=True, workers=1)
        assert dump() == stepwise
        connection.close()
        folder.close()
