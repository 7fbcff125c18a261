"""What terms mean: a sentence where a page shows a term first, and every term on the page of terms."""

import re

import pytest
from django.template import Context, Template

from served_archive import INCIDENT, Desk
from tawthiq.lexicon.verification_terms import TermList, terms, violation_types
from tawthiq.web import term_help


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("address", ["/reports/1/", "/reports/1/desk/", f"/incidents/{INCIDENT}/"])
def test_a_page_explains_a_term_once_and_outside_of_paragraphs(desk: Desk, address: str, language: str) -> None:
    html = desk.client(language).get(address).content.decode()
    explained = re.findall(r'<details class="term-help">.*?<p>(.*?)</p></details>', html, re.DOTALL)
    assert explained
    assert len(explained) == len(set(explained))
    assert not re.search(r"<(p|h\d)[ >](?:(?!</\1>).)*<details class=\"term-help\">", html, re.DOTALL)


def test_a_term_is_explained_where_it_comes_first_in_included_parts_too() -> None:
    whole = Template('{% term_help "act" "siege" %}|{% include part %}|{% term_help "act" "arrest" %}')
    part = Template('{% term_help "act" "siege" %}{% term_help "stance" "denies" %}')
    first, included, last = whole.render(Context({"part": part})).split("|")
    assert first.count("term-help") == included.count("term-help") == last.count("term-help") == 1


def test_a_code_without_a_sentence_gets_no_question_mark() -> None:
    assert Template('{% term_help "act" "nonsense" %}').render(Context()).strip() == ""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_terms_holds_grades_and_types_of_violations(desk: Desk, language: str) -> None:
    html = desk.client(language).get("/help/terms/").content.decode()
    for of in TermList:
        for code, term in terms(of).items():
            assert f'id="{term_help.anchor(of.value, code)}"' in html
            assert term.name(language) in html
    for code, kind in violation_types().items():
        assert f'id="{term_help.anchor("violation", code)}"' in html
        assert kind.term.name(language).replace("'", "&#x27;") in html
    assert len(re.findall(r'id="([^"]+)"', html)) == len(set(re.findall(r'id="([^"]+)"', html)))
