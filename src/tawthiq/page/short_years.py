"""Years of two figures beside a month's name ("18 Nov 19", "March 5, ’21"), as displayed dates abbreviate them.

A number behind day and month is a year only where nothing is counted by it: at the end of the line, before a mark, or
before a clock. The century follows POSIX `strptime`: 69 to 99 are of the last one.
"""

import re

_MONTH = r"[^\W\d_]{3,12}\.?(?:\s[^\W\d_]{3,8})?"
_YEAR = re.compile(
    r"(?<=[\s,،-])(['’‘]?)(\d{2})(?![\d:٫.]|\s?[hH]\d)"
    r"(?=\s*(?:$|[,،|·•–—)\]/-]|(?:at|@|um|à|a las|الساعة)?\s*\d{1,2}\s?[:.٫h]\s?\d{2}))"
)
_DAY_AND_MONTH = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?[\s-]+{_MONTH}[\s,،-]+|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?P<bare>[,،]?\s*))$"
)
_REACH = 40  # characters before a year in which day and month stand
_PIVOT = 69


def with_whole_year(line: str) -> tuple[str, int] | None:
    """`line` with the century written before its first short year, and where those two figures stand; None without one.

    A mark of omission before the year becomes a blank, so that what stands elsewhere keeps its place.
    """
    for match in _YEAR.finditer(line):
        before = line[: match.start()]
        found = _DAY_AND_MONTH.search(before, max(0, len(before) - _REACH))
        if found and (match[1] or not (found["bare"] and found["bare"].isspace())):
            century = "19" if int(match[2]) >= _PIVOT else "20"
            at = match.start(2)
            return before + " " * len(match[1]) + century + line[at:], at
    return None


def displayed(position: int, inserted: int) -> int:
    """The place in the line as displayed of a place in the line with the century written at `inserted`."""
    return position if position <= inserted else max(inserted, position - 2)
