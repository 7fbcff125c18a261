"""What a button of a page says, and so what a visit may do with it: the tables page_buttons, matched after folding.

A wording that any row lists under `never` is never pressed, whatever else lists it.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.page.wording import normal

CROSSES = frozenset("×✕✖✗✘⨯╳❌xX")
LONGEST = 80
_JOINER = "\u200c"


class Use(StrEnum):
    """What pressing a button does, by the codes of the tables."""

    REJECT = "reject"
    NECESSARY = "necessary"
    CLOSE = "close"
    TEXT = "text"
    COMMENTS = "comments"
    ITEMS = "items"


BANNER, NEVER = "banner", "never"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one use in their comparison form."""

    lines: frozenset[str]
    starts: tuple[str, ...]
    inside: tuple[str, ...]

    def match(self, form: str) -> bool:
        """Whether a wording in its comparison form says this."""
        return (
            form in self.lines
            or any(form == each or form.startswith(f"{each} ") for each in self.starts)
            or any(f" {each} " in f" {form} " for each in self.inside)
        )


@cache
def _tables() -> dict[str, _Phrases]:
    """The phrases of both tables by use. Raises BadLexicon."""
    found: dict[str, dict[str, set[str]]] = {}
    for language in ("ar", "en"):
        for row in load(f"{language}/page_buttons", ("use", "match", "phrases")):
            phrases = {_form(phrase.replace("#", "0")) for phrase in row.alternatives("phrases")} - {""}
            found.setdefault(row["use"], {}).setdefault(row["match"], set()).update(phrases)
    return {
        use: _Phrases(
            frozenset(by_match.get("line", ())),
            tuple(sorted(by_match.get("start", ()))),
            tuple(sorted(by_match.get("any", ()))),
        )
        for use, by_match in found.items()
    }


@lru_cache(maxsize=4096)
def use_of(wording: str) -> Use | None:
    """What a button with this wording does; None for one that is to be left alone or is not known."""
    if wording.strip() in CROSSES:
        return Use.CLOSE
    form = _form(wording[: LONGEST * 2])
    if not form or len(form) > LONGEST or _tables()[NEVER].match(form):
        return None
    return next((use for use in Use if _tables()[use].match(form)), None)


def is_forbidden(wording: str) -> bool:
    """Whether a button with this wording is not to be pressed, whatever else it says."""
    return _tables()[NEVER].match(_form(wording[: LONGEST * 2]))


def is_banner(text: str) -> bool:
    """Whether the words of something that stands before a page are those of a banner (consent, newsletter, notices)."""
    return _tables()[BANNER].match(_form(text[:2000]))


def _form(wording: str) -> str:
    """The comparison form: the joiner inside Persian words parts them, as those do who leave it out."""
    return normal(wording.replace(_JOINER, " "))
