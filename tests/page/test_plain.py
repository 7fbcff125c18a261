# ruff: noqa: E501, PT018 (sample markup reads better unbroken)
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.plain_pages import PAGES
from tawthiq.page import anatomy
from tawthiq.page.painting import is_partition
from tawthiq.page.plain import PlainPage, plain_zones
from tawthiq.records.page import ZoneKind

FIRST = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين هناك."
LINES = (FIRST, "عنوان قصير للخبر", "3 تعليقات", "1. كلام فارغ", "اقرأ أيضاً", "All reactions:", "12", "Like", "@handle_x", "12 آذار 2020", "(رويترز)", "[ads3]", "", "  ", "———", "نحن مجموعة من الهواة نكتب في كل شيء ولا نتبع أحداً من الناس في هذه البلاد كلها")  # fmt: skip


def kinds(text: str) -> dict[str, str]:
    return {zone.span.of(text).strip(): zone.kind.value for zone in plain_zones(text)}


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join) | st.text(max_size=200))
def test_zones_cover_any_text(text: str) -> None:
    assert is_partition(tuple(plain_zones(text)), len(text))


def test_the_parts_of_a_plain_page_are_told_apart() -> None:
    text = (
        "الرئيسية | سياسة | محليات\nقصف على سوق البلدة يوقع ضحايا\nالإثنين 15 آذار 2021\n\n"
        f"{FIRST}\nوأضافوا أن الإسعاف تأخر. (ANADOLU)[ads3]\n"
        "اقرأ أيضاً\nخبر عن القرية المجاورة\nالتعليقات المنشورة لا تعبر عن رأي الموقع\nتعليق واحد\n1. لا تصدقوا أحداً من هؤلاء\nاترك رد"
    )
    page = PlainPage(text)
    found = kinds(text)
    assert page.title == "قصف على سوق البلدة يوقع ضحايا"
    assert page.agency == "Anadolu"
    assert found["[ads3]"] == "ad"
    assert found["الرئيسية | سياسة | محليات"] == "navigation"
    assert found["1. لا تصدقوا أحداً من هؤلاء"] == "comment"
    assert found["اترك رد"] == "comment_form"
    assert found["الإثنين 15 آذار 2021"] == "date"
    assert [record.comment.span.of(text) for record in page.records] == ["لا تصدقوا أحداً من هؤلاء"]
    body = "\n".join(zone.span.of(text) for zone in page.zones if zone.kind is ZoneKind.BODY)
    assert body == f"{FIRST}\nوأضافوا أن الإسعاف تأخر."


def test_a_facebook_post_is_told_from_its_furniture_and_replies() -> None:
    text = (
        "صفحة أهل الوادي\nMarch 15, 2021 · Shared with Public\n#الوادي اليوم ضربوا السوق مرتين والناس عم تنقل الجرحى بالسيارات\n"
        "All reactions:\n187\n52 comments\nLike\nComment\nShare\nأم سعيد\nالله يحميكم\nLike Reply 35w\nابن الوادي\nوين الإسعاف؟\nLike Reply 2h"
    )
    page = PlainPage(text)
    body = "".join(zone.span.of(text) for zone in page.zones if zone.kind is ZoneKind.BODY)
    assert body.startswith("#الوادي") and body.endswith("بالسيارات")
    assert [seen.value.day.isoformat() for seen in page.dates] == ["2021-03-15"]
    assert [(r.comment.author, r.comment.span.of(text)) for r in page.records] == [
        ("أم سعيد", "الله يحميكم"),
        ("ابن الوادي", "وين الإسعاف؟"),
    ]


def test_a_reply_on_x_is_no_part_of_the_post() -> None:
    text = "مرصد السهل\n@sahl_watch\nقصف على أطراف #السهل الآن\n9:48 PM · Oct 14, 2015\n31 Retweets 12 Likes\n@other_one كذب كله\nShow replies"
    assert kinds(text)["@other_one كذب كله"] == "comment"


@pytest.mark.parametrize("text", [FIRST, f"{FIRST}\n{FIRST}", f"وقال الشاهد: لا تعليق.\n{FIRST}"])
def test_a_report_without_furniture_stays_whole(text: str) -> None:
    assert {zone.kind for zone in plain_zones(text)} <= {ZoneKind.BODY, ZoneKind.TITLE}


def test_the_seeds_come_out_right(shared: Path) -> None:
    pages = [anatomy(path.read_bytes(), id=path.stem) for path in sorted((shared / "seeds").glob("*.txt"))]
    first, second = pages
    assert first.zones_of(ZoneKind.ABOUT) and first.zones_of(ZoneKind.COMMENT_FORM) and not first.comments
    assert second.agency == "Anadolu"
    assert [span.of(second.text).strip() for span in second.zones_of(ZoneKind.AD)] == ["[ads3]"]
    assert len(second.comments) == 1
    assert second.comments[0].span.of(second.text) not in second.body
    assert all(page.title and page.text.startswith(page.title) for page in pages)


def test_composed_reports_keep_almost_all_their_sentences(shared: Path) -> None:
    rows = [
        json.loads(line) for line in (shared / "samples" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    long_lines = lost = 0
    for row in rows:
        if row["split"] == "train":
            zones = [zone.span for zone in plain_zones(row["text"]) if zone.kind in (ZoneKind.BODY, ZoneKind.TITLE)]
            for line in (line for line in row["text"].split("\n") if len(line) > 150):
                long_lines += 1
                lost += not any(line[40:120] in span.of(row["text"]) for span in zones)
    assert lost <= 0.01 * long_lines


@pytest.mark.parametrize("habit", PAGES)
def test_every_line_of_a_page_has_its_zone(habit: str) -> None:
    rows = [row.split(" | ", 1) for row in PAGES[habit].strip().splitlines()]
    text = "\n".join(line for _, line in rows)
    zones = plain_zones(text)
    found, position = [], 0
    for _, line in rows:
        start = text.index(line, position)
        position = start + len(line)
        kinds = [z.kind.value for z in zones if text[max(z.span.start, start) : min(z.span.end, position)].strip()]
        found.append(("+".join(sorted(set(kinds))), line))
    assert found == [("+".join(sorted(zone.split("+"))), line) for zone, line in rows]


def test_values_of_plain_pages_stand_in_their_zones() -> None:
    pages = {
        habit: PlainPage("\n".join(row.split(" | ", 1)[1] for row in page.strip().splitlines()))
        for habit, page in PAGES.items()
    }
    signed = pages["a signed report with caption, photo credit and update"]
    assert (signed.byline, [one.marked for one in signed.dates]) == ("سلمى الحمصي", ["published", "updated"])
    assert pages["a news site in English with a dateline"].agency == "Reuters"
    assert pages["a Kurdish outlet's report in Arabic with a desk"].byline is None
    assert (
        pages["an outlet's name above the headline, counters and a source"].title
        == "إصابة مزارعين اثنين بانفجار لغم في أطراف القرية"
    )


REPORT = (
    "مقتل مدنيين اثنين بانفجار لغم في ريف حماة\nكتب: سامر العلي\n9 أيار 2021\n\n"
    "قُتل مدنيان اثنان وأصيب ثالث بجروح خطيرة جراء انفجار لغم أرضي من مخلفات الحرب في محيط القرية صباح الأحد.\n"
    "وقال مصدر في الدفاع المدني إن اللغم انفجر في أثناء حراثة أرض زراعية.\n\n"
)
ANGRY, SAD = "الله يرحمهم، كانوا أربعة", "وين فرق الهندسة؟ قتلتونا."


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        (f"شارك الخبر\n\nابو محمد يقول:\n10 مايو، 2021 الساعة 9:00 ص\n{ANGRY}\n\nهند تقول:\n10 مايو، 2021\n{SAD}\n", ["ابو محمد", "هند"]),
        (f"ابو محمد\n10/5/2021 9:00\n{ANGRY}\nهند\n10/5/2021 11:15\n{SAD}\n", ["ابو محمد", "هند"]),
        (f"2 تعليقات\n\nابو محمد\n10 أيار 2021\n{ANGRY}\nرد\n\nهند يقول:\n11 أيار 2021\n{SAD}\nرد\n\nاترك تعليقاً\n", ["ابو محمد", "هند"]),
        (f"آراء القراء (2)\n\n1 - ابو محمد - 10/5/2021\n{ANGRY}\n2 - هند\n{SAD}\n", ["ابو محمد", "هند"]),
        (f"تعليقان\n1- ابو محمد: {ANGRY}\n2- هند: {SAD}\n", ["ابو محمد", "هند"]),
        (f"تعليقان\n1- {ANGRY}\n2- {SAD}\n", [None, None]),
    ],
)  # fmt: skip
def test_comments_of_a_plain_page_are_read_with_their_authors(below: str, authors: list[str | None]) -> None:
    page = anatomy((REPORT + below).encode(), id="t")
    assert [comment.author for comment in page.comments] == authors
    assert [comment.span.of(page.text) for comment in page.comments] == [ANGRY, SAD]
    assert not any(words in page.body for words in (ANGRY, SAD, "ابو محمد"))
    assert page.title == "مقتل مدنيين اثنين بانفجار لغم في ريف حماة"


def test_an_interview_on_a_plain_page_is_not_taken_for_comments() -> None:
    talk = "أبو محمد يقول:\nكنا في البيت حين سقطت القذيفة ولم يبق من الجدار شيء.\nهند تقول:\nخرجنا ليلاً ومشينا حتى الصباح.\n"
    page = anatomy((REPORT + talk).encode(), id="t")
    assert not page.comments
    assert "خرجنا ليلاً" in page.body


def test_a_sentence_about_the_outlet_after_furniture_is_no_report() -> None:
    about = "نحن مجموعة من الصحفيين ننقل أخبار الناس منذ عام 2013."
    page = anatomy(f"{REPORT}تابعونا على فيسبوك وتلغرام\n\n{about}\n".encode(), id="t")
    assert about not in page.body
    assert any(zone.kind is ZoneKind.ABOUT and about in zone.span.of(page.text) for zone in page.zones)


MENU = "الرئيسية\nأخبار\nرياضة\nبحث\nSearch\nEmail\n{above}\nمقتل مدنيين اثنين بانفجار لغم في ريف حماة\n9 أيار 2021 10:15\n"
ADDED = "وأضاف المصدر أن فرق الهندسة لم تصل إلى الأراضي الواقعة شرقي القرية منذ أن عاد إليها أهلها قبل ثلاث سنوات."
PARAGRAPHS = "\n".join([*REPORT.strip().splitlines()[-2:], ADDED])


@pytest.mark.parametrize(
    "above", ["Like\nShare\n187 shares\n52 comments", "Comment", "0 comments", "Join the conversation", "سجل الدخول\nتعليقات"]
)  # fmt: skip
def test_a_page_copied_whole_keeps_its_report_below_buttons_counters_and_jump_links(above: str) -> None:
    page = anatomy((MENU.format(above=above) + PARAGRAPHS).encode(), id="t")
    assert page.comments == ()
    assert all(line in page.body for line in PARAGRAPHS.splitlines())


def test_long_comments_of_several_paragraphs_are_no_report_where_each_is_signed() -> None:
    long = "\n".join(f"{line} {line}" for line in PARAGRAPHS.splitlines())
    text = f"{REPORT}2 تعليقات\n\nابو محمد\n10/5/2021 9:00\n{long}\nهند\n10/5/2021 11:15\n{long}\n"
    page = anatomy(text.encode(), id="t")
    assert [comment.author for comment in page.comments] == ["ابو محمد", "هند"]
    assert [comment.span.of(page.text) for comment in page.comments] == [long, long]
