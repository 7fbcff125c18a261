# ruff: noqa: E501, ISC004 (sample markup reads better unbroken)
"""Pointers as a browser takes them: a real Chromium is served the preserved bytes and evaluates each path on them."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tawthiq.page.pointers import Source
from tawthiq.records.span import Span

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("TAWTHIQ_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
EVALUATED = """([path, frames]) => {
    let inside = document;
    for (const frame of frames) inside = inside.evaluate(frame, inside, null, 9, null).singleNodeValue.contentDocument;
    return inside.evaluate(path, inside, null, 9, null).singleNodeValue.data;
}"""
PAGES = {
    "tables": (
        "utf-8",
        "<!doctype html><title>t</title><!-- before --><table><caption>عنوان الجدول</caption>نص خارج الخلايا<b>وغامق<tr><td>أولى<td>ثانية <i>مائلة"
        "</table>بعد الجدول<p>one <b>two <i>three</b> four</i> five<p>six</x>seven<ul><li>a<li>b<o:p>مكتب</o:p></ul>"
        "<table><form><tr><td><input>خلية</form></table><h1>قصف <a href=#>على<div>السوق</a></div></h1>",
    ),
    "raw": (
        "utf-8",
        "<!doctype html><head><noscript><img src=x><p>hidden</p></noscript><meta name=a content=b></head><body><script>var a = '<p>' < 1;</script>"
        "<p>A&amp;B &lt;tag&gt; &#1575;&#x644; &copyright; &notit; 😀 &nbsp;end &bogus; &\r\n more<!-- c -->text<?pi?>again</3></p>"
        "<pre>\n\n one\r\n two\rthree </pre><xmp><b>\nraw</xmp><noscript>no</noscript><textarea>left out</textarea><svg><g><text>رسم</text>"
        "<text>ثان</text></g></svg><div>بعد <span hidden>لا</span>الرسم</div><iframe srcdoc='<p>داخل <b>الإطار</b>'></iframe><p>after",
    ),
    "windows-1256": (
        "windows-1256",
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1256'></head><body dir=rtl><font size=2>قال شهود "
        "<font color=red>من أهالي البلدة</font> إن القصف</font><center>طال السوق<br>ظهر اليوم<p>وأوقع <u>ضحايا</center></u> كثيرين<dl><dt>أولا<dd>ثانيا</dl>",
    ),
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    """An installed Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", *sandbox])
        yield browser
        browser.close()


@pytest.mark.parametrize("name", list(PAGES))
def test_each_path_leads_a_browser_to_the_same_characters(name: str, chromium: sync_api.Browser) -> None:
    encoding, markup = PAGES[name]
    data = markup.encode(encoding)
    kind = f"text/html; charset={encoding}"
    source = Source(data, kind)
    with chromium.new_page() as page:
        page.route("**/*", lambda route: route.fulfill(body=data, content_type=kind))
        page.goto("http://preserved.invalid/")
        found = source.pointers(Span(0, len(source.text)))
        assert len(found) >= 10
        for pointer in found:
            assert pointer.characters is not None, pointer
            node = page.evaluate(EVALUATED, [pointer.path, list(pointer.frames)])
            words = pointer.characters.of(node)
            assert " ".join(words.split()) == pointer.span.of(source.text), pointer
            assert pointer.bytes is not None or pointer.frames
