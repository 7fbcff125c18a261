"""Pages of others are hostile: nothing in them may become markup, script, a link or an answer of ours."""

import logging
import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from sample_archive import keep, page
from served_archive import INCIDENT, Desk
from tawthiq.archive.captures import take_in
from tawthiq.archive.models import Capture
from tawthiq.archive.saving import save_report
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.opinion import SecondOpinion
from tawthiq.records.page import ZoneKind
from tawthiq.records.reading import Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><a href=javascript:alert(3)>"
PATHS = (
    "/reports/", "/reports/9/", "/reports/9/page/", "/reports/9/page/correct/", "/reports/9/page/corrections/",
    "/review/pages/", "/statements/",
    "/search/?words=alert", "/evidence/", "/evidence/9/", f"/incidents/{INCIDENT}/",
)  # fmt: skip


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """An archive that also holds a page whose every part is an attack."""
    capture = Capture.objects.get(pk=2)
    capture.number, capture.identifier = 9, "hostile"
    capture.source = capture.final = f"javascript:alert(4)//{EVIL}"
    capture.content_type = f"text/html{EVIL}"
    capture.state_reason = EVIL
    capture.save(force_insert=True)
    parts = ((ZoneKind.TITLE, EVIL + "\n"), (ZoneKind.BODY, f"He said: {EVIL}\n"), (ZoneKind.COMMENT, EVIL))
    evil = page("hostile", parts, outlet=EVIL, byline=EVIL, agency=EVIL, notes=(EVIL,))
    text = evil.text
    speaker = Speaker(Mention.at(text, 0, len(EVIL)), None, implicit=False)
    said = Statement(speaker, None, Span(len(EVIL) + 1, len(text) - len(EVIL)), QuoteKind.DIRECT, Stance.ASSERTS, EVIL)
    opinion = SecondOpinion(EVIL, EVIL, 0.1)
    save_report(capture, ReadCapture(evil, Reading("hostile", "ar", None, (said,), ()), opinion=opinion))
    return desk


class _Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def tags(html: str) -> list[tuple[str, dict[str, str]]]:
    parser = _Tags()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize("path", PATHS)
def test_no_markup_of_a_page_reaches_ours(hostile: Desk, path: str) -> None:
    html = hostile.client().get(path).content.decode()
    assert "alert(1)" in html or path == f"/incidents/{INCIDENT}/", "the attack must be there to be harmless"
    for tag, attributes in tags(html):
        assert tag not in ("img", "iframe", "object", "embed", "base")
        assert tag != "script" or attributes["src"].startswith("/static/")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("path", PATHS)
def test_links_lead_to_this_application_only(hostile: Desk, path: str) -> None:
    html = hostile.client().get(path).content.decode()
    for target in (
        attributes[name] for _, attributes in tags(html) for name in ("href", "src", "action") if name in attributes
    ):
        assert target.startswith(("/", "#", "?")), target
        assert not target.startswith("//"), target


def test_words_of_a_search_are_escaped(hostile: Desk) -> None:
    html = hostile.client().get("/search/", {"words": EVIL}).content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize("path", ["/reports/", "/sign-in/", "/nowhere", "/static/css/tawthiq.css"])
def test_every_answer_forbids_what_pages_do_not_need(desk: Desk, path: str) -> None:
    headers = desk.client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    if not path.startswith("/static/"):
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store" or "no-store" in headers["Cache-Control"]


def test_the_payload_is_a_file_to_save_and_never_shown(desk: Desk) -> None:
    answer = desk.client().get("/evidence/1/payload")
    assert answer.content == b"<h1>arabic</h1>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Disposition"].endswith('.html"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_payload_that_differs_from_the_log_is_not_given(desk: Desk) -> None:
    Capture.objects.filter(pk=1).update(sha256="0" * 64)
    answer = desk.client().get("/evidence/1/payload")
    assert answer.status_code == 500
    assert b"arabic</h1>" not in answer.content
    assert "tawthiq verify" in answer.content.decode()


def test_a_file_name_holds_nothing_of_the_source(desk: Desk) -> None:
    keep(desk.folder, {"a\r\nSet-Cookie: x=1.html": b"<p>x</p>"})
    take_in(desk.folder)
    answer = desk.client().get(f"/evidence/{Capture.objects.count()}/payload")
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9_-]+\.\w+"', answer["Content-Disposition"])


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "0.0.0.0"])
def test_a_foreign_host_name_is_refused(desk: Desk, host: str) -> None:
    client = Client(SERVER_NAME=host)
    assert client.get("/sign-in/").status_code == 400


def test_forms_of_other_sites_are_refused(desk: Desk) -> None:
    strict = desk.stranger(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "heron", "password": "x"})
    assert answer.status_code == 403
    assert "out of date" in answer.content.decode()


def test_a_strange_host_is_refused_without_filling_the_terminal(desk: Desk) -> None:
    assert desk.stranger().get("/", headers={"host": "evil.example"}).status_code == 400
    logger = logging.getLogger("django.security.DisallowedHost")
    assert logging.StreamHandler not in [type(handler) for handler in logger.handlers]
    assert not logger.propagate
