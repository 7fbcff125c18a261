"""A text without a date of publication is dated by the date line that it shows, and by nothing else."""

from datetime import date

from tawthiq.reading import read
from tawthiq.reading.prepared import completed
from tawthiq.records.reading import Document
from tawthiq.records.span import Span

SHOWN = "صوت البلد\n13 آذار 2018 - 20:15\nقتل خمسة مدنيين أمس في قصف على بلدة حمورية، وقال مسعفون إن القصف تجدد مساء."


def test_the_date_line_of_a_text_dates_it_and_what_it_tells() -> None:
    reading = read(Document("a", SHOWN, "ar"))
    assert reading.published == date(2018, 3, 13)
    days = {event.when.period.first for event in reading.events if event.when and event.when.period}
    assert days == {date(2018, 3, 12)}


def test_a_date_that_was_given_stands() -> None:
    assert completed(Document("a", SHOWN, "ar", date(2018, 3, 15))).published == date(2018, 3, 15)


def test_a_day_inside_the_report_is_no_date_of_publication() -> None:
    text = "قال مسعفون إن خمسة مدنيين قتلوا يوم 13 آذار 2018 في قصف على بلدة حمورية، وإن القصف تجدد بعد ذلك بأيام."
    assert completed(Document("a", text, "ar")).published is None


def test_a_page_that_was_taken_apart_is_left_as_it_is() -> None:
    page = Document("a", SHOWN, "ar", readable=(Span(33, len(SHOWN)),))
    assert completed(page) == page


def test_the_language_is_that_of_the_report_not_of_the_buttons_around_it() -> None:
    text = (
        "Conversation\nعين على السهل\n@SahlEye24\n#عاجل | سبعة شهداء من المدنيين بقصف على السهل\n9:48 PM · Oct 14, 2015\n"
        "31 Retweets 12 Likes\nReply\nRetweet\nLike\nShare\nShow replies\nSomebody Else @somebody_else\n"
        "How many more? The world looks away again and nobody answers for any of this\nReply\nLike\nShow more replies"
    )
    assert read(Document("a", text)).language == "ar"


def test_a_few_letters_of_another_keyboard_make_no_other_language() -> None:
    text = "خوتی الله يرحم والديكم الي عندو خبر عن بيت حمود الفرحان يرد علينا، هم ناس فقراء انقصف بیتهم البارحة"
    assert read(Document("a", text)).language == "ar"
