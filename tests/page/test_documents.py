from collections import Counter
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.pdf_maker import HEIGHT, WIDTH, Text, from_right, pdf, written
from tawthiq.page import anatomy
from tawthiq.page.document_bytes import raw_document, words_of_sheet
from tawthiq.page.documents import made_on
from tawthiq.page.painting import is_partition
from tawthiq.page.sheets import RawSheet
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.page import Page, SheetOrigin, ZoneKind

RIGHT = 545
BODY = (
    "زار مندوب المجلة الحي القديم صباح الأحد وسأل أهله عن أسعار الخبز",
    "والوقود وعن المدارس التي أغلقت أبوابها منذ بداية الشتاء الماضي",
    "فأجاب أكثرهم بأن الأسعار ارتفعت وبأن المياه مقطوعة كل يوم تقريبا.",
)
GREY = b"P5\n8 8\n255\n" + bytes(64)


def lines(top: float, *words: str, size: float = 11, right: float = RIGHT, leading: float = 16) -> list[Text]:
    return [from_right(right, top - leading * at, line, size) for at, line in enumerate(words)]


def page_of(*sheets: list[Text], facts: str = "") -> Page:
    return anatomy(pdf(sheets, facts=facts), id="document")


def magazine(count: int, first: int = 1) -> list[list[Text]]:
    """Sheets with a running head, text of their own, and a printed number that begins at `first`."""
    return [
        [
            from_right(RIGHT, 810, "صدى الساحل", 9),
            *lines(760, f"أخبار القسم {'أبجدهوزحطيكلمنسعفصقرشت'[number]} من العدد", *BODY),
            Text(290, 30, str(first + number), 9),
        ]
        for number in range(count)
    ]


def kind_of(page: Page, words: str) -> ZoneKind:
    at = page.text.index(words)
    return next(zone.kind for zone in page.zones if zone.span.start <= at < zone.span.end)


def test_lines_of_a_paragraph_are_one_line_of_text_and_paragraphs_are_not() -> None:
    page = page_of([*lines(760, *BODY), *lines(700, "فقرة ثانية قصيرة.")])
    assert page.text.split("\n") == [" ".join(BODY), "فقرة ثانية قصيرة."]


def test_columns_are_read_from_the_right_one_after_the_other() -> None:
    right = [f"سطر العمود الأول رقم {number} في الخبر" for number in range(6)]
    left = [f"سطر العمود الثاني رقم {number} في الخبر" for number in range(6)]
    heading = from_right(RIGHT, 800, "عنوان كبير فوق عمودين من أعمدة النص", 22)
    page = page_of([heading, *lines(760, *left, right=280, size=13), *lines(752, *right, size=13)])
    places = [page.text.index(line) for line in (*right, *left)]
    assert places == sorted(places)


def test_english_columns_are_read_from_the_left() -> None:
    left = [Text(50, 760 - 16 * at, f"left column line {at} of the report") for at in range(6)]
    right = [Text(310, 760 - 16 * at, f"right column line {at} of the report") for at in range(6)]
    text = page_of([*right, *left]).text
    assert text.index("left column line 5") < text.index("right column line 0")


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("المنطقة", "القتلى", "الجرحى"), ("حلب", "12", "40"), ("إدلب", "5", "17"), ("درعا", "8", "21")]
    drawn = [
        from_right(RIGHT - 150 * column, 760 - 20 * at, cell)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    assert page_of(drawn).text.split("\n") == ["\t".join(row) for row in rows]


def test_a_word_broken_at_a_line_end_keeps_a_soft_hyphen() -> None:
    page = page_of([Text(50, 760, "The team documented the dis-"), Text(50, 744, "placement of families in May.")])
    assert page.text == "The team documented the dis\u00adplacement of families in May."


def test_the_sign_of_a_note_does_not_lengthen_a_number() -> None:
    page = page_of([Text(50, 760, "They killed 12", 12), Text(134, 764, "3", 7), Text(50, 744, "on Monday.", 12)])
    assert page.text == "They killed 12 3 on Monday."


def test_sheets_keep_their_number_and_the_number_printed_on_them() -> None:
    page = page_of(*magazine(6, first=31))
    assert [(sheet.number, sheet.label) for sheet in page.sheets] == [(n + 1, str(31 + n)) for n in range(6)]
    assert all(sheet.origin is SheetOrigin.TEXT and sheet.confidence is None for sheet in page.sheets)
    assert [page.text[s.span.start : s.span.end].count("زار مندوب المجلة") for s in page.sheets] == [1] * 6


def test_eastern_and_roman_numerals_are_labels_as_printed() -> None:
    eastern = page_of(
        *[[*sheet[:-1], Text(290, 30, f"- {numeral} -", 9)] for sheet, numeral in zip(magazine(3), "٧٨٩", strict=True)]
    )
    assert [sheet.label for sheet in eastern.sheets] == ["٧", "٨", "٩"]
    roman = page_of(
        *[
            [*sheet[:-1], Text(290, 30, numeral, 9)]
            for sheet, numeral in zip(magazine(3), ("iv", "v", "vi"), strict=True)
        ]
    )
    assert [sheet.label for sheet in roman.sheets] == ["iv", "v", "vi"]


def test_a_number_that_does_not_run_on_is_no_label() -> None:
    years = [
        [*sheet[:-1], Text(290, 30, year, 9)] for sheet, year in zip(magazine(3), ("2013", "1987", "2001"), strict=True)
    ]
    assert [sheet.label for sheet in page_of(*years).sheets] == [None, None, None]


def test_running_heads_and_printed_numbers_are_no_body() -> None:
    page = page_of(*magazine(5))
    assert "صدى الساحل" not in page.body
    assert kind_of(page, "صدى الساحل") is ZoneKind.NAVIGATION
    assert {zone.reason for zone in page.zones if zone.kind is ZoneKind.OTHER} == {"the printed number of the sheet"}
    assert page.body.count(BODY[1]) == 5


def test_the_largest_type_of_the_first_sheet_is_the_title() -> None:
    cover = [from_right(RIGHT, 700, "صدى الساحل الشهرية", 40), from_right(RIGHT, 640, "12 آذار 2014", 14)]
    page = page_of(cover, *magazine(3))
    assert page.title == "صدى الساحل الشهرية"
    assert (page.published and page.published.day) == date(2014, 3, 12)


def test_several_dates_on_the_first_sheet_are_no_date() -> None:
    cover = [from_right(RIGHT, 700, "تقرير البعثة", 30), *lines(640, "12 آذار 2014"), *lines(500, "15 نيسان 2014")]
    assert page_of(cover).published is None


def test_a_date_in_figures_that_can_be_read_two_ways_is_left_open_in_english_and_read_in_arabic() -> None:
    told = "The market was closed after the strike on Monday, they said."
    english = page_of([Text(50, 640, "03/12/2014"), Text(50, 500, told)])
    assert english.published is None
    assert "03/12/2014 can be 3 December or 12 March" in english.notes
    arabic = page_of(
        [from_right(RIGHT, 700, "تقرير البعثة عن حال السوق", 30), *lines(640, "03/12/2014"), *lines(500, *BODY)]
    )
    assert arabic.published
    assert arabic.published.day == date(2014, 12, 3)


def test_the_day_of_the_files_making_is_metadata_only() -> None:
    page = page_of(lines(760, *BODY), facts="/CreationDate(D:20240312101500+03'00')")
    assert page.published is None
    assert page.published_metadata
    assert (page.published_metadata.day, page.published_metadata.clock) == (date(2024, 3, 12), time(10, 15))
    assert page.published_metadata.zone == "+03:00"


@pytest.mark.parametrize("told", ["", "yesterday", "D:20241399", "D:99999999999999", "D:2024", None])
def test_a_making_that_is_no_day_is_no_date(told: str | None) -> None:
    assert made_on(told) is None


def test_an_encrypted_or_damaged_file_is_a_clear_error() -> None:
    with pytest.raises(UnreadableCapture, match="damaged past repair"):
        anatomy(b"%PDF-1.7\n" + bytes(range(256)) * 40, id="x")
    locked = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">>>",
    )
    with pytest.raises(UnreadableCapture, match="password"):
        anatomy(locked, id="x")


def test_a_document_without_sheets_is_a_clear_error() -> None:
    empty = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])
    with pytest.raises(UnreadableCapture, match="no sheets"):
        anatomy(empty, id="x")


def test_a_sheet_that_is_a_picture_stays_empty_and_is_told_of() -> None:
    page = anatomy(pdf([[], []], picture=GREY), id="x")
    assert [len(sheet.span) for sheet in page.sheets] == [0, 0]
    assert "sheets 1-2 hold pictures only" in page.notes[0]


def test_a_text_layer_of_characters_without_meaning_is_told_of() -> None:
    mojibake = "ÞÇá ÔåæÏ ãä Ãåá ÇáÈáÏÉ Åä ÇáÞÕÝ ØÇá ÇáÓæÞ ÇáÔÚÈí Ùåñ Çáíæã"
    assert "characters without meaning" in anatomy(pdf([[Text(50, 700, mojibake)]]), id="x").notes[0]
    unmapped = pdf([[Text(20, 700, "abcdefghijklmnopqrstuvwxyz abcdefghij")]], unmapped="abcdefghijklmnopqr")
    assert unread(unmapped)[0].garbled
    french = "Le comité a été chargé d'évaluer la sécurité des réfugiés déplacés près du fleuve"
    assert anatomy(pdf([[Text(20, 700, french)]]), id="x").notes == ()


def unread(data: bytes) -> tuple[RawSheet, ...]:
    return raw_document(data, "x").sheets


def test_words_of_a_sheet_point_into_the_text_and_to_their_place() -> None:
    data = pdf(magazine(3))
    page = anatomy(data, id="x")
    found = words_of_sheet(data, 2)
    assert [word.span.of(page.text) for word in found][:4] == ["صدى", "الساحل", "أخبار", "القسم"]
    assert all(page.sheets[1].span.contains(word.span) and word.sheet == 2 for word in found)
    assert all(0 <= word.box.left < word.box.right <= WIDTH and 0 <= word.box.top < HEIGHT for word in found)
    assert found[0].box.left > found[1].box.left


@given(
    st.lists(
        st.builds(
            Text,
            st.integers(0, 560),
            st.integers(10, 830),
            st.text("ابتلمن abcXYZ0123().", min_size=1, max_size=30).filter(str.strip),
            st.sampled_from([8, 11, 12, 24]),
        ),
        max_size=25,
    )
)
@settings(max_examples=60, deadline=None)
def test_zones_cover_the_text_and_no_character_is_lost(drawn: list[Text]) -> None:
    data = pdf([drawn])
    page = anatomy(data, id="x")
    assert is_partition(page.zones, len(page.text))
    shown = Counter(
        letter for stretch in raw_document(data, "x").sheets[0].stretches for p in stretch.pieces for letter in p.text
    )
    kept = Counter(page.text)
    fold = str.maketrans("()", "((")
    for letter, count in Counter("".join(shown.elements()).translate(fold)).items():
        if not letter.isspace():
            assert kept["("] + kept[")"] == count if letter == "(" else kept[letter] == count


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_changed_bytes_give_a_page_or_a_clear_error(data: st.DataObject) -> None:
    document = bytearray(pdf(magazine(2)))
    for _ in range(data.draw(st.integers(1, 12))):
        document[data.draw(st.integers(8, len(document) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(20, len(document)))
    try:
        page = anatomy(bytes(document[:cut]), id="x")
    except UnreadableCapture:
        return
    assert is_partition(page.zones, len(page.text))


def test_what_is_odd_about_one_sheet_is_said_of_one_sheet() -> None:
    page = anatomy(pdf([[]], picture=GREY), id="scan")
    assert page.notes == (
        "sheet 1 holds a picture only; with Tesseract, `tawthiq read --again --recognize` reads what is shown",
    )
