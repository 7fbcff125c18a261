"""The words of statistics in both languages (lexicon table statistics_texts), and what codes of each cut are called."""

from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.lexicon.tables import load
from tawthiq.publication.statistics.cuts import NONE, OTHER, SEVERAL, UNDATED, WIDE

COLUMNS = ("key", "en", "ar")
ARABIC, ENGLISH = "ar", "en"
LANGUAGES = (ARABIC, ENGLISH)
_SPECIAL = {NONE: "none", SEVERAL: "several", OTHER: "other", UNDATED: "undated", WIDE: "wide"}
_ACTORS = ("code", "name_ar", "name_en", "country")


@cache
def _texts(table: str) -> dict[str, dict[str, str]]:
    rows = load(table, COLUMNS)
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}


@cache
def _actors() -> dict[str, dict[str, str]]:
    rows = load("actors", _ACTORS)
    return {language: {row["code"]: row[f"name_{language}"] for row in rows} for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The words with this key, filled in. Raises KeyError for a key that the table does not have."""
        return _texts("statistics_texts")[self.language][key].format(**values)

    def label(self, cut: str, code: str) -> str:
        """What a code of a cut is called; a code that no table knows is its own name."""
        if code in _SPECIAL:
            return self("code.nobody" if cut == "actors" and code == NONE else f"code.{_SPECIAL[code]}")
        return {
            "acts": self._act, "actors": self._actor, "countries": self._place, "governorates": self._governorate,
            "states": self._state,
        }.get(cut, str)(code)  # fmt: skip

    def toll(self, harm: str, group: str) -> str:
        """What a harm to a group is called."""
        texts = _texts("statistics_texts")[self.language]
        named = texts.get(f"harm.{harm}", harm)
        return texts.get(f"group.{group}", f"{{harm}}: {group}").format(harm=named)

    def _act(self, code: str) -> str:
        return _texts("site_texts")[self.language].get(f"act.{code}", code)

    def _actor(self, code: str) -> str:
        return _actors()[self.language].get(code, code)

    def _state(self, code: str) -> str:
        return _texts("statistics_texts")[self.language].get(f"state.{code}", code)

    def _place(self, code: str) -> str:
        place = gazetteer().of_code(code)
        return code if place is None else place.name if self.language == ARABIC else place.name_en

    def _governorate(self, code: str) -> str:
        return self("code.within", country=self._place(code[:-1])) if code.endswith("*") else self._place(code)
