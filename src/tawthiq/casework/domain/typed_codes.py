"""Codes as people type them: with spaces and dashes, in digits of any script, in either case."""

import unicodedata

_LONGEST = 100


def code_of(typed: str) -> str:
    """The letters and digits of a typed code, digits as 0 to 9, letters small; all else is left out."""
    kept = []
    for letter in unicodedata.normalize("NFKC", typed[:_LONGEST]):
        if letter.isdecimal():
            kept.append(str(unicodedata.decimal(letter)))
        elif letter.isascii() and letter.isalpha():
            kept.append(letter.lower())
    return "".join(kept)
