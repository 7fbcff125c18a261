# ruff: noqa: E501 (sample markup reads better unbroken)
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page import tree as tree_module
from tawthiq.page.labels import label
from tawthiq.page.tree import MAXIMUM_LINES, parse

PIECES = (
    "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<a href=x>", "</a>", "word ", " two  words ", "\n", "<br>", "<pre>", "</pre>", "x\ny",
    "<ul><li>", "</ul>", "<table><tr><td>", "</table>", "\u00a0", "<span> </span>", "<i></i>", "<template shadowrootmode=open>", "</template>",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(MARKUP)
@settings(deadline=None)
def test_white_space_is_one_space_and_lines_have_none_at_their_edges(markup: str) -> None:
    tree = parse(markup)
    lines = tree.text.split("\n") if tree.text else []
    assert all(line == " ".join(line.split()) and line for line in lines)
    assert [tree.of(line) for line in tree.lines] == lines


@given(MARKUP)
@settings(deadline=None)
def test_runs_cover_each_line_but_for_spaces(markup: str) -> None:
    tree = parse(markup)
    for line in tree.lines:
        position = line.start
        for run in line.runs:
            assert tree.text[position : run.start] in ("", " ")
            assert run.start < run.end
            position = run.end
        assert position == line.end


@given(MARKUP)
@settings(deadline=None)
def test_elements_know_their_lines_and_lie_inside_their_parents(markup: str) -> None:
    tree = parse(markup)
    for element in tree.elements:
        if element.start < element.end:
            lines = bisect_left(tree.starts, element.start), bisect_left(tree.starts, element.end)
            assert (element.first_line, element.last_line) == lines
            if element.parent >= 0:
                parent = tree.elements[element.parent]
                assert parent.start <= element.start <= element.end <= parent.end


def test_the_cues_around_an_element_are_those_of_all_elements_around_it() -> None:
    tree = parse("<nav><ul class=related><li id=comments><b>x</b></ul></nav><p>y</p>")
    label(tree)
    inner = next(element for element in tree.elements if element.tag == "b")
    assert {"navigation", "related", "comment"} <= inner.around
    outer = next(element for element in tree.elements if element.tag == "p")
    assert not outer.around & {"navigation", "related", "comment"}


def test_more_lines_than_are_taken_apart_are_kept_as_text() -> None:
    tree = parse("<p>before<pre>" + "x  y\n\n" * (MAXIMUM_LINES + 1) + "</pre>after")
    assert tree.too_large
    assert tree.text == "before\n" + "x y\n" * (MAXIMUM_LINES + 1) + "after"


def test_the_names_of_tags_hold_those_of_empty_and_hidden_ones() -> None:
    names = parse(
        "<body><div id=thread></div><iframe src='//frames.example/x'></iframe><script data-kind=talk></script><p class=shown>x</p>"
        "<div style='display:none'><section><i class=inner></i></section></div><a-b>y</a-b>"
    ).names()
    assert all(name in names for name in ("thread", "frames.example/x", "data-kind", "talk", "shown", "inner", "a-b"))


def test_a_text_of_millions_of_words_is_collapsed_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    words = " one  two\n\tthree  four" * 9 + "     " * 3 + "end "
    due = parse(f"<p>{words}<p>x").text
    monkeypatch.setattr(tree_module, "MAXIMUM_TEXT", 20)
    for piece in range(1, 9):
        monkeypatch.setattr(tree_module, "_FLOOD_PIECE", piece)
        assert parse(f"<p>{words}<p>x").text == due
