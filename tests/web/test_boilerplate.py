"""The pages that show what is remembered of each host."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.repeating_host import ABOUT, WIDGET, keep_page, story
from served_archive import Desk
from tawthiq.archive.models import BlockPage, KnownBlock, ShownBlock
from tawthiq.archive.models.keys import row_key
from tawthiq.archive.rebuilding import read_archive

PATHS = ("/boilerplate/", "/boilerplate/news.example/")


def teach(desk: Desk) -> None:
    for number in range(3):
        keep_page(desk.folder, f"https://www.news.example/{number}", story(number))
    read_archive(desk.folder, workers=1)


def add_known(first: int, last: int) -> None:
    """More lines and hosts that the reports at hand show."""
    for number in range(first, last):
        ShownBlock.objects.create(key=row_key(1, 1000 + number), block=number, start=0, end=20)
        KnownBlock.objects.create(block=number, host="news.example", pages=3)
        KnownBlock.objects.create(block=-number, host=f"host{number}.example", pages=3)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_hosts_and_lines_are_shown_in_the_readers_language(desk: Desk, language: str) -> None:
    teach(desk)
    for path in PATHS:
        answer = desk.client(language).get(path)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
        assert "news.example" in html
        assert "style=" not in html


def test_a_line_is_shown_with_its_count_and_links_to_the_first_reports(desk: Desk) -> None:
    teach(desk)
    html = desk.client("en").get(PATHS[1]).content.decode()
    assert ABOUT in html
    assert WIDGET in html
    numbers = BlockPage.objects.order_by("pk").values_list("pk", flat=True)
    assert re.findall(r'href="/reports/(\d+)/"', html) == [str(number) for number in numbers] * 2


def test_a_line_of_hostile_text_is_shown_as_text(desk: Desk) -> None:
    for number in range(3):
        keep_page(
            desk.folder,
            f"https://www.news.example/{number}",
            story(number).replace(WIDGET.encode(), b"&lt;script&gt;alert(1)&lt;/script&gt; every dawn"),
        )
    read_archive(desk.folder, workers=1)
    html = desk.client().get(PATHS[1]).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_nothing_is_remembered_of_a_host_that_is_not_known(desk: Desk) -> None:
    assert desk.client().get("/boilerplate/other.example/").status_code == 404
    assert desk.client().get("/boilerplate/").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_the_memory_before_signing_in(desk: Desk, path: str) -> None:
    assert desk.stranger().get(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", PATHS)
def test_the_number_of_queries_does_not_grow_with_the_memory(desk: Desk, path: str) -> None:
    teach(desk)
    client = desk.client()
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    add_known(1, 80)
    with CaptureQueriesContext(connection) as many:
        html = client.get(path).content.decode()
    assert len(many) <= len(few)
    assert 'rel="next"' in html
