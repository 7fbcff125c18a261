"""When a post was made, by words and attributes, on a Facebook page of older markup."""

from datetime import date, time

import pytest

from tawthiq.page import anatomy
from tawthiq.records.page import DateSource, PageDate


def published(moment: str) -> PageDate | None:
    source = (
        "<html id='facebook'><body><div class='_5pcr userContentWrapper'><h5><span class='fwb'><a href='/x.y'>Hill</a></span>"
        f"</h5>{moment}<div class='userContent'><p>The road is closed.</p></div></div></body></html>"
    )
    return anatomy(source.encode(), id="post").posts[0].published


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("<abbr title='Friday, March 12, 2021 at 2:05 PM'>35w</abbr>", date(2021, 3, 12)),
        ("<abbr title='3/4/2021, 2:05 PM'>35w</abbr>", None),
        ("<abbr title='3/4/2021, 2:05 PM' data-utime='1617537900'>35w</abbr>", date(2021, 4, 3)),
        ("<abbr title='4/3/2021, 2:05 PM' data-utime='1617537900'>35w</abbr>", date(2021, 4, 4)),
        ("<abbr title='3/14/2021, 2:05 PM'>35w</abbr>", date(2021, 3, 14)),
        ("<abbr data-utime='99'>35w</abbr>", None),
        ("<abbr data-utime='soon'>35w</abbr>", None),
        ("<abbr>March 12 at 2:05 PM</abbr>", None),
        ("<abbr>March 12, 2021</abbr>", date(2021, 3, 12)),
    ],
)
def test_a_date_is_one_that_words_or_an_attribute_give_in_full(moment: str, day: date | None) -> None:
    found = published(moment)
    assert (found.day if found else None) == day


def test_seconds_are_told_in_the_zone_they_are_counted_in() -> None:
    found = published("<abbr data-utime='1615550733'>35w</abbr>")
    assert found == PageDate(date(2021, 3, 12), time(12, 5, 33), "UTC", DateSource.METADATA, "1615550733")


def test_displayed_words_come_before_an_attribute_of_another_day() -> None:
    found = published("<abbr title='Saturday, March 13, 2021 at 1:05 AM'>March 12, 2021</abbr>")
    assert found is not None
    assert (found.day, found.source) == (date(2021, 3, 12), DateSource.VISIBLE)
