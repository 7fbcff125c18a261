"""Visits of a real browser to local pages: what is done there, what is kept, and how a visit ends that goes wrong."""

from io import BytesIO

import pytest
from PIL import Image

from local_servers import hang, redirect, response, serving
from tawthiq.capture.browser.behaviours import Reader
from tawthiq.capture.browser.chromium import BrowserSession
from tawthiq.capture.browser.visiting import VisitOptions, visit
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.visit import Loss, PageVisit, Part, PartKind

pytestmark = pytest.mark.browser

QUICK = VisitOptions(page_seconds=20)
STILL = VisitOptions(page_seconds=20, behaviours=False)
READER = """<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>خبر السوق</title><body>
<div style="position:fixed;bottom:0;background:#eee">نستخدم ملفات تعريف الارتباط
<button onclick="fetch('/agreed')">قبول الكل</button><button onclick="this.parentElement.remove()">رفض الكل</button></div>
<div style="position:fixed;top:0">القائمة <button onclick="fetch('/menu')">إغلاق</button></div>
<h1>سوق البلدة</h1><div style="height:2600px">نص الخبر</div>
<p>مقدمة <span id="rest"></span><button onclick="rest.textContent='بقية الخبر';this.remove()">اقرأ المزيد</button></p>
<a href="/elsewhere">اقرأ المزيد</a><button onclick="location='/elsewhere'">عرض المزيد</button>
<form action="/elsewhere"><button>تحميل المزيد</button></form>
<button onclick="fetch('/liked')">أعجبني</button>
<button onclick="fetch('/comments.json').then(r=>r.json()).then(l=>{this.outerHTML=`<p>${l}</p>`})">عرض التعليقات</button>
<details><summary>شارك الخبر</summary>رابط</details><details><summary>خلفية</summary>تفاصيل</details>
<p>نهاية</p><img loading="lazy" src="/late.png" width="9" height="9" style="margin-top:3000px">
<div id="host"></div><script>host.attachShadow({mode:'open'}).innerHTML='<p>نص في الظل</p>'</script>
<iframe src="/frame"></iframe></body></html>"""


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (9, 9), "red").save(out, "PNG")
    return out.getvalue()


def answered(body: bytes, content_type: str, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {content_type}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def parts(made: PageVisit, kind: PartKind) -> list[Part]:
    return [part for part in made.parts if part.kind is kind]


def dom(made: PageVisit) -> str:
    return parts(made, PartKind.DOM)[0].data.decode()


def acts(made: PageVisit, behaviour: str) -> str:
    return "\n".join(act.detail for act in made.acts if act.behaviour == behaviour)


def test_page_is_read_to_its_end_and_nothing_is_agreed_sent_or_left(browser: BrowserSession) -> None:
    answers = {
        "/": response(READER.encode()),
        "/comments.json": answered('["تعليق أول من جار"]'.encode(), "application/json"),
        "/late.png": answered(png(), "image/png"),
        "/frame": response("<p>نص في إطار</p>".encode()),
    }
    with serving(answers) as server:
        made = visit(browser, server.url(), QUICK)
        asked = {request.split(b" ")[1].decode() for request in server.requests}
    assert asked - {"/favicon.ico"} == {"/", "/comments.json", "/late.png", "/frame"}
    text = dom(made)
    assert all(words in text for words in ("بقية الخبر", "تعليق أول من جار", "نص في الظل", "<details open"))
    assert "ملفات تعريف الارتباط" not in text
    assert "إغلاق" in text
    assert text.count("<details open") == 1
    assert 'pressed "رفض الكل"' in acts(made, "banner")
    assert "/elsewhere; prevented" in acts(made, "stay")
    assert "to the end" in acts(made, "scroll")
    assert "نص في إطار" in parts(made, PartKind.FRAME_DOM)[0].data.decode()
    assert (made.title, made.final, made.stopped) == ("خبر السوق", server.url(), None)
    assert made.requests == len(made.exchanges) + len(made.unrecorded)
    assert [each for each in made.unrecorded if each.loss is Loss.MISSED] == []
    assert [part.kind for part in made.parts if part.kind is not PartKind.FRAME_DOM] == [
        PartKind.DOM, PartKind.SCREENSHOT, PartKind.FRAMED_SCREENSHOT, PartKind.PDF
    ]  # fmt: skip


def test_without_behaviours_nothing_is_touched_and_all_parts_are_made(browser: BrowserSession) -> None:
    page = "<body style='margin:0;height:3000px;background:#00f'><button onclick=\"fetch('/x')\">عرض التعليقات</button>"
    with serving({"/old": redirect("/page"), "/page": response(page.encode())}) as server:
        made = visit(browser, server.url("/old"), STILL)
    assert made.acts == ()
    assert (made.asked, made.final) == (server.url("/old"), server.url("/page"))
    plain, framed = (
        Image.open(BytesIO(parts(made, kind)[0].data)) for kind in (PartKind.SCREENSHOT, PartKind.FRAMED_SCREENSHOT)
    )
    assert plain.size == (1280, 3000)
    assert plain.convert("RGB").getpixel((640, 2990)) == (0, 0, 255)
    assert framed.height > plain.height
    assert parts(made, PartKind.PDF)[0].data.startswith(b"%PDF-")


def test_tampering_page_cannot_reach_our_scripts(browser: BrowserSession) -> None:
    page = """<body><p>الأصل</p><script>
    Document.prototype.querySelectorAll = () => { document.body.textContent = 'forged'; return [] };
    Element.prototype.getHTML = () => 'forged'; window.tawthiq = { serialised: () => 'forged' };
    JSON.stringify = () => 'forged'; Array.prototype.map = () => ['forged'];</script>"""
    with serving({"/": response(page.encode())}) as server:
        made = visit(browser, server.url(), QUICK)
    assert "<p>الأصل</p>" in dom(made)


def test_page_that_never_stops_loading_is_kept_with_the_reason(browser: BrowserSession) -> None:
    page = "<p>نص</p><script>setInterval(() => fetch('/again?' + Math.random()), 100)</script>"
    with serving({"/": response(page.encode())}) as server:
        made = visit(browser, server.url(), VisitOptions(page_seconds=4))
    assert made.stopped is not None
    assert "still loading" in made.stopped
    assert "<p>نص</p>" in dom(made)
    assert parts(made, PartKind.FRAMED_SCREENSHOT)


def test_endless_page_is_scrolled_to_a_bound(browser: BrowserSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.capture.browser.behaviours.SCROLL_STEPS", 6)
    monkeypatch.setattr("tawthiq.capture.browser.pictures.TILE", 1500)
    monkeypatch.setattr("tawthiq.capture.browser.pictures.TALLEST", 2500)
    page = (
        "<body><div style='height:2000px'>بداية</div><script>onscroll = () => { const more = "
        "document.createElement('div'); more.style.height = '2000px'; document.body.append(more) }</script>"
    )
    with serving({"/": response(page.encode())}) as server:
        made = visit(browser, server.url(), QUICK)
    assert "it grew from" in acts(made, "scroll")
    pictures = parts(made, PartKind.SCREENSHOT)
    assert [Image.open(BytesIO(each.data)).height for each in pictures] == [1500, 1000]
    assert "piece 1 of 2" in pictures[0].converted
    assert "below pixel 2500 is cut off" in pictures[1].converted
    assert len({each.target for each in made.parts}) == len(made.parts)


@pytest.mark.parametrize("content_type", ["application/zip", "application/pdf"])
def test_address_of_a_file_brings_the_file(browser: BrowserSession, content_type: str) -> None:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>" * 3
    saved = ["Content-Disposition: attachment; filename=x.zip"] if content_type == "application/zip" else []
    with serving({"/file": answered(body, content_type, *saved)}) as server:
        made = visit(browser, server.url("/file"), QUICK)
    assert made.main is not None
    assert [each.payload for each in made.exchanges if each.url == server.url("/file")] == [body]
    assert parts(made, PartKind.DOM) == []
    if saved:
        (download,) = parts(made, PartKind.DOWNLOAD)
        assert (download.data, download.content_type, download.target) == (body, content_type, server.url("/file"))


def test_answer_of_an_error_status_is_kept(browser: BrowserSession) -> None:
    with serving({"/": response("<p>لا توجد صفحة</p>".encode(), status="404 Not Found")}) as server:
        made = visit(browser, server.url(), QUICK)
    assert made.main is not None
    assert made.exchanges[made.main].status_line.endswith("404 Not Found")
    assert "لا توجد صفحة" in dom(made)


@pytest.mark.parametrize(
    ("address", "happened"),
    [
        ("http://127.0.0.1:1/", "browsers do not go"),
        ("http://no.invalid/", r"be reached \(its name is not resolved"),
        ("ftp://x/", "cannot be fetched"),
    ],
)
def test_address_that_nothing_answers_for_fails_with_the_reason(
    browser: BrowserSession, address: str, happened: str
) -> None:
    with pytest.raises(CaptureFailed, match=happened):
        visit(browser, address, QUICK)


def test_server_that_never_answers_is_given_up(browser: BrowserSession) -> None:
    with serving({"/": hang}) as server, pytest.raises(CaptureFailed, match="did not answer in time"):
        visit(browser, server.url(), VisitOptions(page_seconds=2))


def test_page_that_navigates_away_under_our_hands_is_brought_back(browser: BrowserSession) -> None:
    page = "<title>أصل</title><div style='height:3000px'>الأصل</div><p id=end>نهاية</p>"
    with serving({"/": response(page.encode()), "/other": response("<p>أخرى</p>".encode())}) as server:
        moved = page + "<script>onscroll = () => { top.open('/other', '_blank'); location.assign('/other') }</script>"
        server.answers["/"] = response(moved.encode())
        made = visit(browser, server.url(), QUICK)
    assert "الأصل" in dom(made)
    assert made.final == server.url()
    assert "/other" in acts(made, "stay")


def test_script_that_never_ends_is_broken_off_and_the_page_kept(browser: BrowserSession) -> None:
    page = "<p>نص الخبر</p><script>addEventListener('load', () => setTimeout(() => { while (true) {} }, 50))</script>"
    with serving({"/": response(page.encode())}) as server:
        made = visit(browser, server.url(), VisitOptions(page_seconds=2))
    assert "نص الخبر" in dom(made)
    assert parts(made, PartKind.FRAMED_SCREENSHOT)
    assert "it was broken off" in acts(made, "stop")


def test_dialogs_are_dismissed_and_told(browser: BrowserSession) -> None:
    page = """<p id="t">نص</p><script>alert('تنبيه'); t.textContent = confirm('هل توافق؟') ? 'وافق' : 'رفض';
    for (let n = 0; n < 9; n++) prompt(n)</script>"""
    with serving({"/": response(page.encode())}) as server:
        made = visit(browser, server.url(), STILL)
    told = acts(made, "dialog").splitlines()
    assert "رفض" in dom(made)
    assert told[:2] == [
        'the page opened a dialog (alert: "تنبيه"); dismissed',
        'the page opened a dialog (confirm: "هل توافق؟"); dismissed',
    ]
    assert told[-1] == "3 further dialogs; dismissed"


def test_page_whose_process_dies_is_kept_as_received(browser: BrowserSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(reader: Reader) -> None:
        reader.worlds.session.send("Page.crash")

    monkeypatch.setattr("tawthiq.capture.browser.visiting.behave", crash)
    with serving({"/": response("<p>نص</p>".encode())}) as server:
        made = visit(browser, server.url(), QUICK)
        monkeypatch.undo()
        after = visit(browser, server.url(), STILL)
    assert made.stopped is not None
    assert "crashed" in made.stopped
    assert made.main is not None
    assert made.exchanges[made.main].payload == "<p>نص</p>".encode()
    assert "نص" in dom(after)


def test_frames_of_other_sites_are_read_and_a_page_that_sends_on_is_followed(browser: BrowserSession) -> None:
    inner = "<p>من موقع آخر</p><button onclick=\"this.outerHTML='<p>رد جديد</p>'\">عرض الردود</button>"
    with serving({"/inner": response(inner.encode())}) as server:
        outer = f"<h1>أصل</h1><iframe src='http://localhost:{server.port}/inner'></iframe>"
        server.answers["/outer"] = response(outer.encode())
        server.answers["/"] = response(b"<meta http-equiv='Refresh' content='1; URL=/outer'>")
        made = visit(browser, server.url(), QUICK)
    assert (made.asked, made.final) == (server.url(), server.url("/outer"))
    (frame,) = parts(made, PartKind.FRAME_DOM)
    assert frame.target == f"urn:frame:1:http://localhost:{server.port}/inner"
    assert "رد جديد" in frame.data.decode()


def test_menus_are_left_closed_and_windows_that_open_are_closed_again(browser: BrowserSession) -> None:
    page = """<nav><button onclick="fetch('/menu')">المزيد</button></nav><p>نص</p>
    <button onclick="w.showModal()">عرض المزيد</button><dialog id="w">صورة مكبرة فوق الصفحة</dialog>"""
    with serving({"/": response(page.encode())}) as server:
        made = visit(browser, server.url(), QUICK)
        asked = [request for request in server.requests if b" /menu " in request]
    assert asked == []
    assert "pressed Escape: it went away" in acts(made, "expand")
    assert '<dialog id="w">' in dom(made)
