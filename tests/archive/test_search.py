"""Search: spellings find each other, phrases hold, nothing typed is an error, snippets are the original characters."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawthiq.archive.queries.reports import ReportFilter, reports
from tawthiq.archive.rebuilding import read_archive
from tawthiq.archive.search import Results, search
from tawthiq.archive.snippets import snippet
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder
from tawthiq.text.analysis import analyse_query


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


def test_a_long_snippet_is_cut_on_both_sides() -> None:
    text = "word " * 100 + "needle " + "word " * 100
    found = snippet(text, [Span(0, len(text))], analyse_query("needle"))
    assert found.text.startswith("… word")
    assert found.text.endswith("word …")
    assert len(found.text) < 200


def test_words_that_stand_nowhere_in_the_shown_zones_give_an_empty_snippet() -> None:
    assert snippet("one two", [Span(0, 7)], analyse_query("three")).parts == ()


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
