"""Under which host a page is remembered, and which addresses are one."""

import pytest

from tawthiq.page.hosts import address_digest, host_of


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a", "http://www.news.example/a", "https://m.news.example/b?x=1", "https://amp.news.example/",
        "https://NEWS.example:8443/a", "https://news.example./a", "https://web.archive.example/web/20160401120000/http://www.news.example/a",
        "https://web.archive.example/web/20160401120000id_/https:/news.example/a",
    ],
)  # fmt: skip
def test_the_faces_of_a_site_are_one_host(url: str) -> None:
    assert host_of(url) == "news.example"


@pytest.mark.parametrize(
    "url", [None, "", "page.html", "file:///tmp/page.html", "mailto:a@b.example", "http://[::1", "http://"]
)
def test_what_is_no_web_address_has_no_host(url: str | None) -> None:
    assert host_of(url) is None


def test_a_host_that_is_only_a_prefix_keeps_it() -> None:
    assert host_of("https://m.example/") == "m.example"
    assert host_of("https://www.example/") == "www.example"


@pytest.mark.parametrize(
    "same",
    [
        "http://www.news.example/a", "https://news.example/a/", "https://news.example/a#top",
        "https://archive.example/web/20160401120000/https://news.example/a",
    ],
)  # fmt: skip
def test_recaptures_of_one_page_have_one_address(same: str) -> None:
    assert address_digest(same) == address_digest("https://news.example/a")


def test_another_path_or_query_is_another_address() -> None:
    assert len({address_digest(f"https://news.example/{rest}") for rest in ("a", "b", "a?id=1", "a?id=2")}) == 4
