# ruff: noqa: E501 (sample markup reads better unbroken)
import json
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from page.splices import ARABIC, ENGLISH, MARKUPS, Reader, spliced
from tawthiq.page import anatomy
from tawthiq.page.encoding import decode
from tawthiq.records.page import Page, ZoneKind
from tawthiq.text.tokens import tokens

BODY = (
    "قال مدير مشفى البلدة إن ثلاث قذائف سقطت على الطريق العام قبل صلاة الظهر، وإن المصابين نقلوا في سيارات الأهالي.",
    "وأضاف أن المولد الوحيد توقف عن العمل منذ ليلة الأحد بسبب نفاد الوقود، فأجريت عمليتان على ضوء الهواتف.",
    "وطالب المجلس المحلي بفتح الطريق أمام القوافل قبل نهاية الأسبوع، محذراً من إغلاق القسم الوحيد للأطفال.",
)
PAGE = (
    "<html><head><title>مشفى البلدة بلا وقود - صوت السهل</title><meta property='og:site_name' content='صوت السهل'></head><body>"
    "<nav><a href='/'>الرئيسية</a> <a href='/a'>سياسة</a></nav><div class='main'><h1>مشفى البلدة بلا وقود</h1><div class='text'>"
    + "".join(f"<p>{line}</p>" for line in BODY)
    + "</div></div><div class='bottom'><a href='/b'>من نحن</a></div></body></html>"
)


def words(text: str) -> Counter[str]:
    return Counter(token.folded for token in tokens(text) if token.kind != "mark")


def recovered(page: Page, readers: tuple[Reader, ...]) -> float:
    due = words(" ".join(reader.text for reader in readers))
    found = words(" ".join(comment.span.of(page.text) for comment in page.comments))
    return sum((due & found).values()) / sum(due.values())


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("name", list(MARKUPS))
@pytest.mark.parametrize("readers", [ARABIC, ENGLISH])
def test_comments_in_any_markup_stay_out_of_the_body_and_are_kept(
    name: str, inside: bool, readers: tuple[Reader, ...]
) -> None:
    page = anatomy(spliced(PAGE, BODY[-1], MARKUPS[name](readers), inside=inside).encode(), id=name)
    assert page.body == "\n".join(BODY)
    assert recovered(page, readers) >= 0.95
    assert {comment.author for comment in page.comments} >= {readers[0].author, readers[1].author}


def test_comments_spliced_into_real_pages_do_not_leak(shared: Path) -> None:
    gold = json.loads((shared / "pages" / "gold.json").read_text(encoding="utf-8"))
    leaks, shares = [], []
    for due in gold:
        source = decode((shared / "pages" / due["file"]).read_bytes()).text
        anchor = next(
            line[-size:].strip()
            for line in reversed(due["body"].split("\n"))
            for size in (25, 15)
            if len(line) >= size and line[-size:].strip() in source
        )
        for name, inside in product(MARKUPS, (True, False)):
            page = anatomy(spliced(source, anchor, MARKUPS[name](ARABIC), inside=inside).encode(), id=name)
            own = words(due["body"])
            foreign = Counter({w: n for w, n in words(" ".join(r.text for r in ARABIC)).items() if w not in own})
            leaks.append(sum((foreign & words(page.body)).values()) / sum(foreign.values()))
            shares.append(recovered(page, ARABIC))
    print(f"{len(leaks)} pages: leak {sum(leaks) / len(leaks):.4f}, recovered {sum(shares) / len(shares):.4f}")
    assert sum(leaks) / len(leaks) <= 0.01
    assert sum(shares) / len(shares) >= 0.95


def test_a_section_named_after_comments_never_takes_the_article() -> None:
    source = PAGE.replace("class='main'", "class='post comments-open with-comments'")
    assert anatomy(source.encode(), id="open").body == "\n".join(BODY)


def test_a_related_list_with_dates_is_no_comment_section() -> None:
    related = "".join(
        f"<div><a href='/{n}'>خبر آخر من أخبار البلدة والقرى رقم {n}</a><span>{n} آذار 2021</span></div>"
        for n in range(1, 6)
    )
    page = anatomy(
        PAGE.replace("<div class='bottom'>", f"<div class='more'>{related}</div><div class='bottom'>").encode(), id="r"
    )
    assert page.comments == ()
    assert page.body == "\n".join(BODY)


def test_the_form_and_rules_for_commenting_are_no_comments() -> None:
    form = "<div id='respond'><h3>اترك تعليقاً</h3><p>لن يتم نشر عنوان بريدك الإلكتروني.</p></div>"
    page = anatomy(PAGE.replace("<div class='bottom'>", form + "<div class='bottom'>").encode(), id="f")
    assert page.comments == ()
    assert page.zones_of(ZoneKind.COMMENT_FORM)
