"""Lines that the recognizer's first look loses are found by a second one, which changes nothing that was read."""

from tawthiq.pipeline.overlooked_lines import has_room, with_overlooked
from tawthiq.records.sheet_words import Box, RecognizedSheet, RecognizedWord


def line(words: str, top: float, left: float = 100, confidence: float = 0.9) -> tuple[RecognizedWord, ...]:
    return tuple(
        RecognizedWord(word, Box(left + 60 * at, top, left + 60 * at + 50, top + 28), confidence)
        for at, word in enumerate(words.split())
    )


def sheet(*lines: tuple[RecognizedWord, ...]) -> RecognizedSheet:
    return RecognizedSheet(1000, 800, lines)


def texts(found: RecognizedSheet) -> list[str]:
    return [" ".join(word.text for word in one) for one in found.lines]


FIRST, LOST, LAST = "استهدف الطيران بلدة", "أدى إلى مقتل سبعة", "تطالب التنسيقية بالتحقيق"


def test_a_lost_line_is_put_where_it_stands() -> None:
    first = sheet(line(FIRST, 220), line(LAST, 320))
    second = sheet(line("استهدق الطيران بلدة", 220), line(LOST, 258), line(LAST, 321))
    assert has_room(first)
    assert texts(with_overlooked(first, second)) == [FIRST, LOST, LAST]


def test_without_room_between_lines_no_second_look_is_asked_for() -> None:
    assert not has_room(sheet(line(FIRST, 220), line(LOST, 258), line(LAST, 296)))
    assert not has_room(sheet(line(FIRST, 220)))
    assert not has_room(sheet())


def test_lines_across_columns_and_grain_of_photographs_are_not_added() -> None:
    first = sheet(line(FIRST, 220), line(LAST, 320), line(LOST, 270, left=600))
    second = sheet(
        line(f"غلط {LOST}", 270, left=540), line("ووو ههه ييي", 270, confidence=0.4), line("1 2 3", 270, left=300)
    )
    assert with_overlooked(first, second) == first


def test_a_line_is_added_to_its_own_column() -> None:
    first = sheet(line(FIRST, 220, left=600), line(LAST, 320, left=600), line(FIRST, 220), line(LAST, 320))
    found = with_overlooked(first, sheet(line(LOST, 270, left=590)))
    assert texts(found) == [FIRST, LOST, LAST, FIRST, LAST]
