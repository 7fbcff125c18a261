"""Text that any terminal can show as it stands: what does not print is written as an escape.

Control characters, characters that turn the direction of what follows, lone surrogates and odd spaces are escaped. The two
joiners stay: Persian and Kurdish words are spelt with them.
"""

JOINERS = "\u200c\u200d"


def is_printable(text: str) -> bool:
    """Whether every character of `text` can stand as it is."""
    return all(each.isprintable() or each in JOINERS for each in text)


def printable(text: str) -> str:
    """`text` with every other character written as Python escapes it (`\\u202e`)."""
    return "".join(
        each if is_printable(each) else each.encode("unicode_escape", "surrogatepass").decode("ascii") for each in text
    )
