"""Years of two figures beside a month's name ("18 Nov 19", "March 5, ’21"), as displayed dates abbreviate them.

A number behind day and month is a year only where nothing is counted by it: at the end of the line, before a mark, or
before a clock. The century follows POSIX `strptime`: 69 to 99 are of the last one.
"""

import re

_MONTH = r"[^\W\d_]{3,12}\.?(?:\s[^\W\d_]{3,8})?"
_ENDS = r"(?![\d:٫.]|\s?[hH]\d)(?=\s*(?:$|[,،|·•–—)\]/-]|(?:at|@|um|à|a las|الساعة)?\s*\d{1,2}\s?[:.٫h]\s?\d{2}))"
_SHORT = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?[\s-]+{_MONTH}[\s,،-]+|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:[,،]\s*|\s+(?=['’‘])))(?P<mark>['’‘]?)(?P<year>\d{{2}}){_ENDS}"
)
_PIVOT = 69


def with_whole_year(line: str) -> tuple[str, int] | None:
    """`line` with the century written before its first short year, and where those two figures stand; None without one.

    A mark of omission before the year becomes a blank, so that what stands elsewhere keeps its place.
    """
    match = _SHORT.search(line)
    if match is None:
        return None
    at = match.start("year")
    century = "19" if int(match["year"]) >= _PIVOT else "20"
    before = line[: match.start("mark")] + " " * len(match["mark"])
    return before + century + line[at:], at


def displayed(position: int, inserted: int) -> int:
    """The place in the line as displayed of a place in the line with the century written at `inserted`."""
    return position if position <= inserted else max(inserted, position - 2)
