"""Rules that every page of the desk keeps, whoever adds it: found by links, one heading, nothing from elsewhere."""

import re

import pytest

from crawled import crawled
from served_archive import Desk

_ELSEWHERE = re.compile(r"""(?:src|action|poster|srcset|data|href)=["'](?:https?:)?//""")
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_says_its_language_has_one_heading_and_nothing_inline_or_from_elsewhere(
    desk: Desk, language: str
) -> None:
    client = desk.client(language)
    for name, address in crawled(client).items():
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        direction = "rtl" if language == "ar" else "ltr"
        assert f'<html lang="{language}" dir="{direction}">' in html, name
        assert len(re.findall(r"<h1[\s>]", html)) == 1, name
        assert not _INLINE.search(html), (name, _INLINE.search(html))
        for link in _ELSEWHERE.finditer(html):
            assert html[: link.start()].rstrip().rpartition("<")[2].startswith("a "), (name, html[link.start() :][:80])
