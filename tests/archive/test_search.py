"""Search: spellings find each other, phrases hold, nothing typed is an error, snippets are the original characters."""

import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawthiq.archive.queries.reports import ReportFilter, reports
from tawthiq.archive.rebuilding import read_archive
from tawthiq.archive.search import Results, search
from tawthiq.archive.snippets import Found, snippet
from tawthiq.archive.word_places import packed, unpacked
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder


@pytest.fixture
def searched(folder: ArchiveFolder) -> ArchiveFolder:
    read_archive(folder, workers=1)
    return folder


def titles(words: str, comments: bool = False) -> list[str]:
    return [hit.report.title for hit in search(words, comments=comments)]


@pytest.mark.parametrize("words", ["الرقّة", "الرقة", "الرقه", "الـرقـة", "رقة", "سوق الرقه", "اربعه مدنيين", "مدنيون"])
def test_spellings_and_forms_of_arabic_words_find_each_other(searched: ArchiveFolder, words: str) -> None:
    assert titles(words) == ["قصف على سوق الرقّة"]


@pytest.mark.parametrize("words", ["villages", "BURNED", "burning homes"])
def test_forms_of_english_words_find_each_other(searched: ArchiveFolder, words: str) -> None:
    assert titles(words) == ["Two homes burn in a village"]


def test_all_words_must_be_there(searched: ArchiveFolder) -> None:
    assert titles("village homes")
    assert titles("village aeroplane") == []


def test_a_phrase_holds_its_words_together_and_in_order(searched: ArchiveFolder) -> None:
    assert titles('"two homes"')
    assert titles("«على سوق»") == ["قصف على سوق الرقّة"]
    assert titles('"homes two"') == []


@pytest.mark.parametrize(
    "words", ["", "   ", '"', '""', "*", "NOT", "AND OR", "a* NEAR(b c)", "title:x", "^", "\0", "😀", "ـ"]
)
def test_what_the_index_calls_syntax_is_never_an_error(searched: ArchiveFolder, words: str) -> None:
    titles(words)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_nothing_typed_is_an_error(searched: ArchiveFolder, words: str) -> None:
    titles(words, comments=True)
    list(reports(ReportFilter(words=words)))


def test_a_snippet_is_made_of_original_characters_with_the_matches_told_apart(searched: ArchiveFolder) -> None:
    (hit,) = search("مدنيون")
    matched = [text for text, is_match in hit.snippet.parts if is_match]
    assert matched == ["مدنيين"]
    assert hit.snippet.first is not None
    assert hit.snippet.first.of(hit.report.text) == "مدنيين"


def found(text: str, *matched: str) -> Found:
    words = [Span(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    forms = [span.of(text) for span in words]
    return Found(words, forms, [number for number, form in enumerate(forms) if form in matched])


def test_a_long_snippet_is_cut_on_both_sides() -> None:
    text = "word " * 100 + "needle " + "word " * 100
    shown = snippet(text, [Span(0, len(text))], found(text, "needle"))
    assert shown.text.startswith("… word")
    assert shown.text.endswith("word …")
    assert len(shown.text) < 200
    assert ("needle", True) in shown.parts


def test_a_snippet_does_not_reach_beyond_its_zone() -> None:
    text = "menu menu\nbefore needle after\nmenu menu"
    shown = snippet(text, [Span(10, 30)], found(text, "needle", "menu"))
    assert shown.text.strip() == "before needle after"


def test_the_window_with_most_different_words_is_shown() -> None:
    text = "red " * 3 + "word " * 60 + "red blue " + "word " * 60
    shown = snippet(text, [Span(0, len(text))], found(text, "red", "blue"))
    assert ("blue", True) in shown.parts


def test_matches_outside_the_shown_zones_give_an_empty_snippet() -> None:
    assert snippet("one two", [Span(0, 3)], found("one two", "two")).parts == ()


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 70_000)), max_size=30))
def test_places_of_words_come_back_as_they_were(steps: list[tuple[int, int]]) -> None:
    spans, at = [], 0
    for gap, length in steps:
        spans.append(Span(at + gap, at + gap + length))
        at += gap + length
    assert unpacked(packed(spans)) == spans


def test_a_character_that_unfolds_to_several_words_does_not_shift_the_matches(folder: ArchiveFolder) -> None:
    body = "<h1>خبر</h1><p>قال الرجل ﷺ ثم ذهب إلى المدينة القديمة مع أهله.</p>"
    page = f"<html lang='ar'><body><article>{body}</article></body></html>"
    folder.keep_file("a.html", BytesIO(page.encode()), "text/html", {})
    read_archive(folder, workers=1)
    (hit,) = search("القديمة")
    assert [text for text, matched in hit.snippet.parts if matched] == ["القديمة"]


def test_readers_comments_are_searched_on_request_only(folder: ArchiveFolder) -> None:
    page = (
        '<html lang="en"><body><article><h1>A quiet day</h1><p>The council of the town met and talked about the water '
        'supply for most of the afternoon.</p></article><div id="comments"><h3>Comments</h3><ol class="comment-list">'
        '<li class="comment"><b>visitor</b><p>zebra zebra says the visitor</p></li></ol></div></body></html>'
    )
    folder.keep_file("quiet.html", BytesIO(page.encode()), "text/html", {})
    read_archive(folder, workers=1)
    assert titles("zebra") == []
    assert titles("zebra", comments=True) == ["A quiet day"]


def test_results_are_a_sequence_that_pages_can_cut(searched: ArchiveFolder) -> None:
    found = Results("الرقة")
    assert len(found) == 1
    assert found[0].report.title == found[0:1][0].report.title
    assert found[1:5] == []
    with pytest.raises(IndexError):
        found[1]
