"""Eastern digits: all that the program writes, none of a source, and never a tag."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.web.eastern_digits import EASTERN, with_eastern_digits


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>3 تقارير</p>", "<p>٣ تقارير</p>"),
        ('<p dir="rtl">12</p>', '<p dir="rtl">١٢</p>'),
        ('<a href="/reports/12/">12</a>', '<a href="/reports/12/">١٢</a>'),
        ("<p>1 <bdi>2</bdi> 3</p>", "<p>١ <bdi>2</bdi> ٣</p>"),
        ('<h2 dir="auto">قتل 5 <b>7</b></h2>8', '<h2 dir="auto">قتل 5 <b>7</b></h2>٨'),
        ('<span dir="ltr">35.95</span>1', '<span dir="ltr">35.95</span>١'),
        ("<code>a1<code>b2</code>c3</code>4", "<code>a1<code>b2</code>c3</code>٤"),
        ("<p>&#1633;&nbsp;1</p>", "<p>&#1633;&nbsp;١</p>"),
        ('<input dir="auto" value="1">2', '<input dir="auto" value="1">٢'),
        ("<textarea>1</textarea><option>2</option>", "<textarea>1</textarea><option>٢</option>"),
        ("<!-- 1 --><mark>2</mark><time datetime='2017'>19</time>", "<!-- 1 --><mark>2</mark><time datetime='2017'>١٩</time>"),
    ],
)  # fmt: skip
def test_digits_of_the_program_change_and_no_others(html: str, shown: str) -> None:
    assert with_eastern_digits(html) == shown


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<bdi>", "</bdi>", '<q dir="auto">', "</q>", "<br>", "7", "كلمة 12", "&amp;3", "<a id=x4>", "</a>"]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_only_digits_of_text_change_and_tags_stay_as_they_are(html: str) -> None:
    shown = with_eastern_digits(html)
    assert shown.translate(EASTERN) == html.translate(EASTERN)
    assert re.findall(r"<[^>]*>", shown) == re.findall(r"<[^>]*>", html)
    assert with_eastern_digits(shown) == shown
