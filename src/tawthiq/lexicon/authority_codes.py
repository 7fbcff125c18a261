"""Codes of people's own entries, made from English names."""

import re
import unicodedata
from collections.abc import Container

from tawthiq.records.authority import OWN

_LONGEST = 40
_OTHER = re.compile(r"[^a-z0-9]+")


def code_from(name: str, used: Container[str]) -> str:
    """A code for an entry of this English name, that none of the `used` ones is; numbered where the name recurs."""
    latin = "".join(sign for sign in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(sign))
    bare = _OTHER.sub("_", latin.replace("'", "").replace("’", "")).strip("_")[:_LONGEST].strip("_") or "entry"
    code, number = f"{OWN}{bare}", 2
    while code in used:
        code, number = f"{OWN}{bare}_{number}", number + 1
    return code
