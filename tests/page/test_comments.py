# ruff: noqa: E501 (sample markup reads better unbroken)
import json
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from page.splices import ARABIC, ENGLISH, MARKUPS, Reader, spliced
from tawthiq.page import anatomy
from tawthiq.page.comments import named_sections
from tawthiq.page.encoding import decode
from tawthiq.page.labels import label
from tawthiq.page.tree import parse
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


READER = (
    "<p><b>Reader {name}</b></p><p>12 March 2020, 10:05</p><p>Nobody has come to repair street {name} in ten years.</p>"
)
NAMES = ("".join(letters) for letters in product("abcdefghijklm", repeat=3))


def test_what_stands_under_a_heading_of_comments_beside_a_named_list_of_them_is_covered() -> None:
    named = "<div class='comment-list'><div class='comment' id='comment-1'><b class='author'>Anna</b> <p>Too late.</p></div>"
    others = "".join(READER.format(name=name) for name in ("Beth", "Carl", "Dora"))
    tree = parse(f"<h1>Roads</h1><p>{BODY[0]}</p><div><h3>4 Comments</h3>{named}</div>{others}</div>")
    label(tree)
    sections = named_sections(tree)
    assert len(sections.sections) == 1
    assert all(sections.covers(line.start, line.end) for line in tree.lines if "street" in tree.of(line))


def test_thousands_of_comments_that_nothing_names_stay_out_of_the_body_to_the_last() -> None:
    records = "".join(f"<div>{READER.format(name=name)}</div>" for name in list(NAMES)[:1500])
    page = anatomy(
        f"<h1>مشفى البلدة بلا وقود</h1>{''.join(f'<p>{line}</p>' for line in BODY)}{records}".encode(), id="many"
    )
    assert page.body == "\n".join(BODY)
    assert len(page.comments) == 1500
