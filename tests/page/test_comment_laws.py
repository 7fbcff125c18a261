"""What a reader wrote never becomes the outlet's words, whatever the markup, the name, the moment and the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.splices import MARKUPS, Reader, spliced
from tawthiq.page import anatomy
from tawthiq.page.painting import is_partition
from tawthiq.page.records import bare_name
from tawthiq.page.wording import cues_of, is_counter
from tawthiq.records.page import ZoneKind

BODY = (
    "أعلنت بلدية الميناء أن المخبز الرابع عاد إلى العمل صباح الأربعاء بعد أن وصل الطحين من المستودع القديم.",
    "وقال رئيس البلدية إن الأفران ستعمل حتى منتصف الليل، وإن الأسعار لن تتغير قبل نهاية الشهر الجاري.",
    "وكان سكان الحي الشرقي قد انتظروا ثلاثة أيام أمام الأبواب المغلقة، وبات بعضهم على الرصيف في البرد.",
    "وتنتظر البلدية شاحنتين أخريين من المرفأ، وتقول إن الطريق إليه صار سالكاً منذ ليلة أمس.",
)
PAGE = (
    "<html><head><title>المخبز الرابع يعود - صوت الميناء</title></head><body><header><a href='/'>الرئيسية</a></header>"
    "<div class='page'><h1>المخبز الرابع يعود</h1><div class='text'>"
    + "".join(f"<p>{line}</p>" for line in BODY)
    + "</div></div><footer><a href='/about'>من نحن</a></footer></body></html>"
)
ARABIC_WORDS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=3, max_size=8)
LATIN_WORDS = st.text("abcdefghijklmnoprstuvwz", min_size=3, max_size=8)
NAMES = st.one_of(
    st.lists(ARABIC_WORDS, min_size=1, max_size=3).map(" ".join),
    st.lists(LATIN_WORDS.map(str.capitalize), min_size=1, max_size=3).map(" ".join),
    st.tuples(LATIN_WORDS, st.integers(2, 99)).map(lambda pair: f"{pair[0]}_{pair[1]}"),
)
DAYS = st.integers(1, 28)
MOMENTS = st.one_of(
    st.tuples(DAYS, st.sampled_from(["آذار", "مارس", "أفريل", "تشرين الثاني"])).map(
        lambda p: f"{p[0]} {p[1]} 2019 - 10:2{p[0] % 10}"
    ),
    DAYS.map(lambda day: f"March {day}, 2019 at {day % 12 + 1}:07 pm"),
    DAYS.map(lambda day: f"{day:02}/11/2019 - 18:45"),
    DAYS.map(lambda day: f"{day} avril 2019 à 9h41"),
    DAYS.map(lambda day: f"{day}. Mai 2019 um 17:30 Uhr"),
    st.integers(3, 20).map(lambda hours: f"منذ {hours} ساعات"),
    st.integers(2, 20).map(lambda days: f"{days} days ago"),
    st.integers(2, 20).map(lambda days: f"hace {days} días"),
)
SIGNING = NAMES.filter(
    # A name of digits and a word that counts ("score_2") is a counter on some pages and is left alone.
    lambda name: (
        bare_name(name) == name
        and not is_counter(name, bare=True)
        and not any(cues_of(part) for part in (name, *name.split()))
    )
)
SENTENCES = st.lists(st.one_of(ARABIC_WORDS, LATIN_WORDS), min_size=6, max_size=40).map(
    lambda words: "قارئ " + " ".join(words) + "."
)
READERS = st.lists(
    st.builds(Reader, SIGNING, MOMENTS, SENTENCES),
    min_size=2,
    max_size=6,
    unique_by=(lambda r: r.author, lambda r: r.text),
)


@settings(max_examples=50, deadline=None)
@given(name=st.sampled_from(sorted(MARKUPS)), readers=READERS, inside=st.booleans())
def test_a_spliced_comment_never_lands_in_the_body(name: str, readers: list[Reader], inside: bool) -> None:
    page = anatomy(spliced(PAGE, BODY[-1], MARKUPS[name](tuple(readers)), inside=inside).encode(), id="law")
    body = page.body.split("\n")
    assert not [line for line in body if any(reader.text in line for reader in readers)]
    assert set(BODY) <= set(body)
    assert is_partition(page.zones, len(page.text))


@settings(max_examples=50, deadline=None)
@given(name=st.sampled_from(sorted(MARKUPS)), readers=READERS)
def test_every_spliced_comment_is_kept_with_its_author_and_moment(name: str, readers: list[Reader]) -> None:
    page = anatomy(spliced(PAGE, BODY[-1], MARKUPS[name](tuple(readers)), inside=False).encode(), id="law")
    found = {comment.span.of(page.text): (comment.author, comment.date) for comment in page.comments}
    for reader in readers:
        author, date = found[reader.text]
        assert author == reader.author
        assert date is not None
        assert date in reader.date


@pytest.mark.parametrize("name", sorted(MARKUPS))
def test_comments_longer_than_the_article_leave_it_whole(name: str) -> None:
    longer = tuple(
        Reader(f"قارئ {word}", f"{day} نيسان 2020 - 11:30", " ".join([f"كلام طويل من القارئ {word} لا ينتهي."] * 40))
        for day, word in enumerate(("أول", "ثان", "ثالث", "رابع"), start=3)
    )
    page = anatomy(spliced(PAGE, BODY[-1], MARKUPS[name](longer), inside=True).encode(), id="long")
    assert page.body == "\n".join(BODY)
    assert len(page.comments) == len(longer)


@pytest.mark.parametrize("name", sorted(MARKUPS))
def test_a_comment_that_quotes_the_article_takes_nothing_from_it(name: str) -> None:
    quoting = (
        Reader("سامر ن", "5 نيسان 2020 - 11:30", BODY[1]),
        Reader("ليلى ق", "5 نيسان 2020 - 12:10", "هذا ليس صحيحاً، فالأفران لم تعمل ليلة أمس في حينا."),
        Reader("زائر", "6 نيسان 2020 - 08:00", BODY[2]),
    )
    page = anatomy(spliced(PAGE, BODY[-1], MARKUPS[name](quoting), inside=True).encode(), id="quote")
    assert page.body == "\n".join(BODY)
    assert sum(zone.kind is ZoneKind.COMMENT for zone in page.zones) >= 1
    assert [comment.author for comment in page.comments] == ["سامر ن", "ليلى ق", "زائر"]
