"""Another extractor beside our own: asked about HTML only, within bounds, offline, and never listened to."""

import os
import socket
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page import anatomy, second_opinion
from tawthiq.page.second_opinion import DISAGREES, MOST_TAGS, opinion_to_json
from tawthiq.page.second_opinion import second_opinion as ask
from tawthiq.records.opinion import NoOpinion, SecondOpinion
from tawthiq.records.page import Page, Post, Sheet, SheetOrigin, ZoneKind
from tawthiq.records.span import Span

SENTENCES = (
    "<p>قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين الباعة والمتسوقين.</p>"
    "<p>وأضاف الشهود أن فرق الإسعاف وصلت إلى المكان بعد نحو نصف ساعة من سقوط القذائف على السوق.</p>"
)
HEAD = "<html><head><title>قصف على السوق</title></head><body>"
ARTICLE = f"{HEAD}<article><h1>قصف على السوق</h1>{SENTENCES}</article></body></html>"
TABLES = (
    f"{HEAD}<table><tr><td><a href=/>الصفحة الأولى</a> | <a href=/w>عرب وعالم</a> | <a href=/s>رياضة</a></td></tr>"
    f"<tr><td><h1>قصف على السوق</h1>{SENTENCES}</td>"
    "<td>أخبار ذات صلة<br><a href=/1>اجتماع للأهالي في صالة البلدية مساء غد</a><br>"
    "<a href=/2>عودة التيار إلى الأحياء الشرقية بعد انقطاع دام أسبوعاً كاملاً</a></td></tr>"
    "<tr><td>طباعة | إرسال إلى صديق | جميع الحقوق محفوظة لأصحابها وليس للموقع</td></tr></table></body></html>"
)
PIECES = (
    "<p>", "</p>", "<div class=comment>", "<div class='article-body'>", "</div>", "<table>", "<tr><td>", "</table>",
    "<ul><li>", "</ul>", "<article>", "</article>", "<a href=x>", "</a>", "<!--", "-->", "<script>", "</script>",
    "<pre>", "<b>", "</i>", "&amp;", "&#0;", "&#x110000;", "\u0000", "\ufffe", "\u202e", "<![CDATA[", "]]>",
    "<svg><title>", "<template>", "<iframe srcdoc='<p>x'>", "قال شهود ", "words of a sentence, ", "\n", "<h1>",
    "<blockquote>", "<math><mi>", "<noscript>", "<select><option>", "<br>" * 20, "x" * 300,
)  # fmt: skip


def taken(markup: str) -> tuple[bytes, Page]:
    data = markup.encode()
    return data, anatomy(data, id="p")


def opinion(markup: str) -> SecondOpinion:
    found = ask(*taken(markup))
    assert isinstance(found, SecondOpinion)
    return found


def test_an_ordinary_article_is_agreed_upon() -> None:
    found = opinion(ARTICLE)
    assert found.by.startswith("trafilatura ")
    assert found.agreement == 1.0


def test_a_page_laid_out_in_tables_is_not() -> None:
    found = opinion(TABLES)
    assert found.agreement < DISAGREES
    assert "رياضة" in found.text


def test_the_title_is_no_disagreement_where_the_other_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    body = anatomy(ARTICLE.encode(), id="p").body
    monkeypatch.setattr(second_opinion, "_body", lambda _extract, _markup: f"قصف على السوق\n{body}")
    assert opinion(ARTICLE).agreement == 1.0


@pytest.mark.parametrize(("theirs", "kept", "agreement"), [("", True, 0.0), ("كلام", False, 0.0), ("", False, 1.0)])
def test_nothing_agrees_with_nothing_only(
    monkeypatch: pytest.MonkeyPatch, theirs: str, kept: bool, agreement: float
) -> None:
    data, page = taken(ARTICLE)
    if not kept:
        page = replace(page, zones=tuple(replace(zone, kind=ZoneKind.OTHER) for zone in page.zones))
    monkeypatch.setattr(second_opinion, "_body", lambda _extract, _markup: theirs)
    found = ask(data, page)
    assert isinstance(found, SecondOpinion)
    assert found.agreement == agreement


def test_text_posts_and_sheets_are_not_asked_about() -> None:
    data, page = taken(ARTICLE)
    whole = Span(0, len(page.text))
    assert ask(*taken("قال شهود إن القصف طال السوق.\n\nوأضافوا أن فرق الإسعاف وصلت.")) is None
    assert ask(data, replace(page, posts=(Post("account", None, None, None, whole),))) is None
    assert ask(data, replace(page, sheets=(Sheet(1, None, whole, SheetOrigin.TEXT, None),))) is None


def test_an_article_that_quotes_a_post_is_asked_about_all_the_same() -> None:
    data, page = taken(ARTICLE)
    quoted = Post("account", None, None, None, Span(page.zones_of(ZoneKind.BODY)[0].start, len(page.text) // 2))
    assert isinstance(ask(data, replace(page, posts=(quoted,))), SecondOpinion)


def test_a_page_past_the_bounds_is_not_asked_about_and_says_so() -> None:
    found = ask(*taken(ARTICLE.replace("</article>", "<b>x</b>" * (MOST_TAGS // 2) + "</article>")))
    assert isinstance(found, NoOpinion)
    assert "not asked" in found.reason


def test_a_failure_of_the_other_is_no_failure_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(second_opinion, "_extractor", lambda: ("trafilatura 0", fails))
    assert ask(*taken(ARTICLE)) == NoOpinion("trafilatura 0", "no answer: it failed on this page (RecursionError)")


def test_without_the_other_extractor_there_is_no_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion, "available", lambda: False)
    assert ask(*taken(ARTICLE)) is None


def test_structured_data_made_to_stall_its_test_for_forums_does_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []
    monkeypatch.setattr(second_opinion, "_extractor", lambda: ("x 0", lambda markup, **_: handed.append(markup)))
    flood = '<script type="application/ld+json">' + '"@type": [' * 1000 + "</script>"
    ask(*taken(ARTICLE.replace("</head>", f"{flood}</head>")))
    assert handed
    assert '"@type"' not in handed[0]


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuses)
    monkeypatch.setattr(socket, "getaddrinfo", refuses)
    linked = ARTICLE.replace(
        "</head>", '<link rel=canonical href="https://example.org/a"><base href="https://e.org/"></head>'
    )
    assert opinion(linked).agreement == 1.0


def test_the_same_page_gives_the_same_opinion_in_every_process() -> None:
    program = (
        "import sys; from tawthiq.page import anatomy; from tawthiq.page.second_opinion import second_opinion as ask;"
        "data = sys.stdin.buffer.read(); sys.stdout.write(repr(ask(data, anatomy(data, id='p'))))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=TABLES.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert answers == {repr(ask(*taken(TABLES))).encode()}


def test_it_is_not_imported_before_it_is_asked() -> None:
    program = "import sys; import tawthiq.cli.main, tawthiq.page.second_opinion; print('trafilatura' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    assert said.strip() == "False"


def test_its_form_in_pages_of_the_contract() -> None:
    assert opinion_to_json(None) is None
    assert opinion_to_json(SecondOpinion("x 1", "text", 0.87654)) == {"by": "x 1", "text": "text", "agreement": 0.8765}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_markup_makes_it_fail(pieces: list[str]) -> None:
    data, page = taken("<html><body>" + "".join(pieces))
    found = ask(data, page)
    assert isinstance(found, SecondOpinion)
    assert 0.0 <= found.agreement <= 1.0


def test_the_other_extractor_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    for markup in (
        "<html></html>",
        "<html><body><p>x",
        "<p>a</p>" * 3,
        '<?xml version="1.0" encoding="utf-16"?><html><p>a',
    ):
        ask(*taken(markup))
    assert capfd.readouterr() == ("", "")
