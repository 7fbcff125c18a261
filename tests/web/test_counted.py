"""Numbers of a group agree with their noun in both languages; what is open stays open."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from tawthiq.archive.database import set_up_django

set_up_django()

from tawthiq.records.count import Group  # noqa: E402
from tawthiq.web.counted import counted  # noqa: E402
from tawthiq.web.templatetags.wording import claimed  # noqa: E402


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "مدني واحد"),
        (2, "مدنيان"),
        (3, "3 مدنيين"),
        (10, "10 مدنيين"),
        (11, "11 مدنياً"),
        (99, "99 مدنياً"),
        (100, "100 مدني"),
        (103, "103 مدنيين"),
    ],
)
def test_arabic_nouns_agree_with_their_number(number: int, words: str) -> None:
    with override("ar"):
        assert counted(number, "civilians") == words


def test_english_tells_one_from_several() -> None:
    with override("en"):
        assert [counted(number, "children") for number in (1, 2, 7, 11, 100)] == [
            "1 child", "2 children", "7 children", "11 children", "100 children",
        ]  # fmt: skip


@pytest.mark.parametrize("group", list(Group))
def test_every_group_is_counted_with_its_digits_from_three_on(group: Group) -> None:
    with override("ar"):
        assert all(str(number) in counted(number, group) for number in (3, 12, 250))


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [
        (12, None, "12 مدنياً على الأقل"),
        (None, 4, "4 مدنيين على الأكثر"),
        (1, 2, "من 1 إلى 2 (مدنيون)"),
        (12, 15, "من 12 إلى 15 مدنياً"),
    ],
)
def test_open_numbers_and_ranges_agree_too(minimum: int | None, maximum: int | None, words: str) -> None:
    with override("ar"):
        assert claimed(SimpleNamespace(minimum=minimum, maximum=maximum, group="civilians", part_of=False)) == words
