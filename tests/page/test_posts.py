"""The posts of texts saved from social platforms."""

from datetime import date

from tawthiq.page import anatomy
from tawthiq.records.page import Page, ZoneKind

FACEBOOK = (
    "صفحة أهل الوادي\nMarch 15, 2021 · Shared with Public\n#الوادي اليوم ضربوا السوق مرتين والناس عم تنقل الجرحى بالسيارات\n"
    "All reactions:\n187\n52 comments\nLike\nComment\nShare\nأم سعيد\nالله يحميكم\nLike Reply 35w"
)
THREAD = (
    "مرصد السهل\n@sahl_watch\nقصف على أطراف #السهل الآن\n9:48 PM · Oct 14, 2015\nمرصد السهل\n@sahl_watch\n"
    "تحديث: ثلاثة جرحى وصلوا إلى المشفى\n10:05 PM · Oct 14, 2015\n31 Retweets 12 Likes\n@other_one كذب كله\nShow replies"
)
REPORT = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين هناك."


def read(text: str) -> Page:
    return anatomy(text.encode(), id="post", url="https://www.facebook.com/x", content_type="text/plain")


def test_a_saved_text_keeps_its_post_with_account_moment_and_words() -> None:
    page = read(FACEBOOK)
    (post,) = page.posts
    assert (post.account, post.handle, post.moment) == ("صفحة أهل الوادي", None, "March 15, 2021 · Shared with Public")
    assert post.published is not None
    assert post.published.day == date(2021, 3, 15)
    assert post.span.of(page.text) == page.body
    assert page.outlet == "صفحة أهل الوادي"


def test_each_post_of_a_thread_has_its_own_moment() -> None:
    page = read(THREAD)
    assert [(post.account, post.handle, post.moment, post.span.of(page.text)) for post in page.posts] == [
        ("مرصد السهل", "@sahl_watch", "9:48 PM · Oct 14, 2015", "قصف على أطراف #السهل الآن"),
        ("مرصد السهل", "@sahl_watch", "10:05 PM · Oct 14, 2015", "تحديث: ثلاثة جرحى وصلوا إلى المشفى"),
    ]


def test_a_report_holds_no_post_and_keeps_its_host_as_outlet() -> None:
    page = read(f"{REPORT}\n{REPORT}")
    assert (page.posts, page.outlet) == ((), "facebook.com")


def test_replies_of_a_saved_text_have_author_moment_and_words() -> None:
    page = read(
        "Lake Monitor\n@lake_monitor\nA drone struck the pumping station this morning; one worker was killed.\n"
        "2:05 PM · Mar 12, 2021\n31 Reposts 4 Quotes 187 Likes\nAngry Reader\n@angry_reader\n·\nMar 12, 2021\n"
        "Good, bomb the rest as well.\nWater Fan\n@water_fan\n·\nMar 12, 2021\nWhere is the list of the wounded?"
    )
    assert [(comment.author, comment.date, comment.span.of(page.text)) for comment in page.comments] == [
        ("Angry Reader", "Mar 12, 2021", "Good, bomb the rest as well."),
        ("Water Fan", "Mar 12, 2021", "Where is the list of the wounded?"),
    ]


def test_a_day_beside_the_name_dates_the_post_and_is_no_part_of_the_name() -> None:
    text = "عين الساحل @coast_eye · 5 Dec 2015\n#اللاذقية قصف على أطراف البلدة ولا معلومات عن الضحايا حتى الآن\n↩ 3  ⟲ 58  ♥ 21"
    page = read(text)
    (post,) = page.posts
    assert (post.account, post.handle) == ("عين الساحل", "@coast_eye")
    assert post.published is not None
    assert post.published.day.isoformat() == "2015-12-05"
    assert [zone.span.of(text) for zone in page.zones if zone.kind is ZoneKind.DATE] == ["5 Dec 2015\n"]
