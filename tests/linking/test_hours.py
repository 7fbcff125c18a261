import pytest

from linking.builders import event, on, report
from tawthiq.linking.hours import hour_of


def hour(text: str, trigger: str, when: str | None = None) -> tuple[str, str | None] | None:
    happened = event(text, trigger, when=on(text, when, "2021-05-04") if when else None)
    found = hour_of(text, happened, report("a", text, happened).reading)
    return (found.mention.text, found.code) if found else None


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        ("فجر يوم الثلاثاء", "فجر يوم", "02:30-06:30"),
        ("الثلاثاء عند الساعة 12:30 ظهراً", "عند الساعة 12:30 ظهراً", "12:30-12:30"),
        ("الثلاثاء الساعة الثالثة فجراً", "الساعة الثالثة فجراً", "03:00-03:00"),
        ("الثلاثاء الساعة ٥:١٥ مساء", "الساعة ٥:١٥ مساء", "17:15-17:15"),
        ("الثلاثاء الساعة الخامسة", "الساعة الخامسة", "05:00-05:00,17:00-17:00"),
        ("ليل الثلاثاء", "ليل", "00:00-06:30,17:30-23:59"),
        ("بعد منتصف ليل الثلاثاء", "بعد منتصف ليل", "00:00-05:30"),
        ("الثلاثاء الساعة 14:20 بتوقيت غرينتش", "الساعة 14:20 بتوقيت غرينتش", None),
    ],
)
def test_the_time_of_day_is_read_with_its_characters(words: str, told: str, code: str | None) -> None:
    assert hour(f"وقعت غارة {words} على القرية", "غارة", words) == (told, code)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An air strike hit the market at 4:15 pm on Tuesday.", ("at 4:15 pm", "16:15-16:15")),
        ("At dawn a strike hit the market.", ("dawn", "02:30-07:00")),
        ("A strike hit the market shortly after midnight.", ("shortly after midnight", "00:00-05:30")),
        ("A strike killed 12 people at 3 houses.", None),
        ("A strike hit the market. In the evening people fled.", None),
        ("ظهر من الصور أن الغارة أصابت بيتا", None),
    ],
)
def test_in_its_sentence_only_words_that_tell_a_time_count(text: str, found: tuple[str, str] | None) -> None:
    assert hour(text, "الغارة" if "الغارة" in text else "strike") == found


def test_the_time_of_another_event_is_not_taken() -> None:
    text = "غارة على القرية ثم قصف مساء الثلاثاء"
    struck, shelled = event(text, "غارة"), event(text, "قصف", when=on(text, "مساء الثلاثاء", "2021-05-04"))
    assert hour_of(text, struck, report("a", text, struck, shelled).reading) is None
