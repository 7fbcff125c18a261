"""Which languages have vocabulary of their own: each folder of lexicon/data that holds a table of acts.

A new language is a new folder (docs/lexicons.md). Its texts are read with its tables by the grammar that English has; the word
order and clitics of Arabic are the only other one. Who says what is read in Arabic and English only.
"""

from functools import cache
from importlib import resources


@cache
def with_tables() -> frozenset[str]:
    """The codes of the languages that are read."""
    folders = (resources.files("tawthiq.lexicon") / "data").iterdir()
    return frozenset(folder.name for folder in folders if (folder / "act_nouns.tsv").is_file())


def tables_of(language: str) -> str:
    """The language whose tables serve a text: its own, else English."""
    return language if language in with_tables() else "en"
