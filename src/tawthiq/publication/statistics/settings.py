"""The settings that numbers were really made with, in words: what was asked for, for whom, of which state, by which program."""

from collections.abc import Iterator

from tawthiq import __version__
from tawthiq.publication.drawing.words import isolated
from tawthiq.publication.statistics.texts import ARABIC, Texts
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.statistics import Statistics


def settings(found: Statistics, about: AboutArchive, words: Texts) -> Iterator[tuple[str, str]]:
    """Names and values, in the order in which they are told."""
    asked = found.filter
    yield words("archive"), about.title
    yield words("profile"), words(f"profile.{about.profile.value}")
    yield words("until"), about.until.isoformat() if about.until else words("until_none")
    yield words("asked.acts"), _several([words.label("acts", act) for act in asked.acts], words)
    yield words("asked.places"), _several([words.label("countries", place) for place in asked.places], words)
    yield words("asked.days"), _days(found, words)
    yield words("key_of_log"), about.verifier_key
    yield words("program"), f"tawthiq {__version__}"


def _several(names: list[str], words: Texts) -> str:
    return ("، " if words.language == ARABIC else ", ").join(names) or words("asked.all")


def _days(found: Statistics, words: Texts) -> str:
    first, last = found.filter.first, found.filter.last
    told = [words("asked.from", day=isolated(first))] if first else []
    told += [words("asked.to", day=isolated(last))] if last else []
    return " ".join(told) or words("asked.all")
