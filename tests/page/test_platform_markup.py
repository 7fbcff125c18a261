"""The selectors of the platform table, and the signs by which a page is known."""

import pytest

from tawthiq.page.platforms.markup import EMBED, Markup, Part, is_host_of, signs_of
from tawthiq.page.tree import parse


@pytest.mark.parametrize(
    ("markup", "platforms"),
    [
        ("<article data-testid='tweet'>x</article>", ["x"]),
        ("<div class='tgme_widget_message text_not_supported_wrap' data-post='a/1'>x</div>", ["telegram-preview"]),
        ("<div class='message default clearfix joined'>x</div>", ["telegram-export"]),
        ("<div class='message default'>x</div>", []),
        ("<div class='bubble' data-mid='4'>x</div>", ["telegram-web"]),
        ("<div class='bubble'>x</div>", []),
        ("<blockquote class='twitter-tweet'><p>x</p></blockquote>", [EMBED]),
        ("<article role='article' class='node'>x</article>", []),
        ("<div data-ad-comet-preview='message'>x</div><div data-ad-preview='other'>x</div>", ["facebook"]),
        ("<ytd-comment-thread-renderer>x</ytd-comment-thread-renderer>", ["youtube"]),
    ],
)
def test_only_strong_signs_make_a_page_a_platforms(markup: str, platforms: list[str]) -> None:
    assert signs_of(parse(f"<html><body>{markup}</body>")) == platforms


def test_an_element_is_matched_by_all_that_its_selector_names() -> None:
    tree = parse(
        "<body><div class='page_header'><b class='text'>a</b></div><div class='message default'><b class='text'>b</b></div>"
    )
    parts = {tree.of(e): Markup("telegram-export").parts(tree, e) for e in tree.elements if e.tag == "b"}
    assert parts == {"a": frozenset({Part.SHOWN}), "b": frozenset({Part.WORDS})}


@pytest.mark.parametrize(
    ("platform", "host", "served"),
    [
        ("x", "x.com", True),
        ("x", "mobile.x.com", True),
        ("x", "netflix.com", False),
        ("facebook", "m.facebook.com", True),
    ],
)
def test_a_host_is_a_platforms_or_below_it(platform: str, host: str, served: bool) -> None:
    assert is_host_of(platform, host) is served
