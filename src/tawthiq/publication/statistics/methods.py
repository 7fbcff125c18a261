"""The methods page: how the numbers were made, from the settings really used and the numbers really left out."""

from collections.abc import Iterator

from tawthiq.publication.drawing.markup import Markup, element
from tawthiq.publication.drawing.words import number
from tawthiq.publication.statistics.cuts import MOST_MONTHS, MOST_YEARS, REJECTED
from tawthiq.publication.statistics.elements import document, facts, link, listed, section
from tawthiq.publication.statistics.settings import settings
from tawthiq.publication.statistics.tables import REACHES, TALLY
from tawthiq.publication.statistics.texts import Texts
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.statistics import Statistics

COUNTED = ("incident", "sources", "days", "places", "parties", "stages", "tolls", "bound")
NOT_COUNTED = ("rejected", "background", "subsets", "groups", "restricted")
LIMITS = ("coverage", "sample", "unseen", "links")


def methods(found: Statistics, about: AboutArchive, languages: tuple[str, ...]) -> bytes:
    """The page in some languages, one after another."""
    return document(Texts(languages[0])("methods"), languages, (_language(found, about, each) for each in languages))


def _language(found: Statistics, about: AboutArchive, language: str) -> Markup:
    words = Texts(language)
    values = _values(found)

    def rules(kind: str, names: tuple[str, ...]) -> Markup:
        return listed(words(f"rule.{kind}.{name}", **values) for name in names)

    return section(
        language,
        element("h1", words("methods")),
        element("nav", link("index.html", words("to_numbers"))),
        _part(words("methods.settings"), facts(settings(found, about, words))),
        _part(words("methods.counted"), rules("counted", COUNTED)),
        _part(words("methods.not_counted"), rules("not", NOT_COUNTED), listed(_left_out(found, words))),
        _part(words("methods.limits"), rules("limit", LIMITS)),
        _part(words("methods.columns"), facts(_columns(words))),
    )


def _part(heading: str, *content: str) -> Markup:
    return element("section", element("h2", heading), *content, class_="part")


def _values(found: Statistics) -> dict[str, object]:
    left_out = dict(found.left_out)
    return {
        "total": number(found.total.incidents),
        "reports": number(found.total.reports),
        "sources": number(found.total.sources),
        "rejected": number(left_out.get(REJECTED, 0)),
        "subsets": number(sum(row.subsets for row in found.tolls)),
        "months": MOST_MONTHS,
        "years": MOST_YEARS,
    }


def _left_out(found: Statistics, words: Texts) -> Iterator[str]:
    for why, times in found.left_out:
        if why != REJECTED:
            yield f"{words(f'why.{why}')}: {number(times)}"
    if found.straddling:
        yield f"{words('straddling')}: {number(found.straddling)}"


def _columns(words: Texts) -> Iterator[tuple[str, str]]:
    yield "code", words("column.code")
    yield " ".join(TALLY[:4]), words("column.stages")
    yield " ".join(name for name in TALLY[4:] if name != "disputed"), words("column.support")
    yield " ".join(f"{name}_low {name}_high {name}_open" for name in REACHES), words("column.ranges")
    yield "disputed", words("col.disputed")
    yield "possible", words("legend.possible")
    yield "attributed", words("col.attributed")
    yield "by_sources by_reports", words("note.tolls_copies")
