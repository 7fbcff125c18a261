"""The page of numbers: each cut with its figure, its table and what is and is not counted in it."""

from collections.abc import Iterable, Iterator

from tawthiq.publication.drawing.markup import Markup, element, joined
from tawthiq.publication.drawing.words import amount, number
from tawthiq.publication.statistics.elements import document, facts, figure, link, listed, section, table
from tawthiq.publication.statistics.figures import ON_PAGE, SUPPORT, figures, span
from tawthiq.publication.statistics.settings import settings
from tawthiq.publication.statistics.texts import Texts
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.statistics import Reach, Statistics, StatisticsRow, TollRow

_COLUMNS = ("incidents", "decided", "verified", "published", "sources_1", "sources_2", "sources_3", "disputed")
_EXTRA = {"years": "possible", "months": "possible", "actors": "attributed"}
_NOTES = {
    "acts": "acts", "actors": "actors", "countries": "places", "governorates": "places", "years": "months",
    "months": "months",
}  # fmt: skip


def page(found: Statistics, about: AboutArchive, languages: tuple[str, ...]) -> bytes:
    """The page in some languages, one after another."""
    return document(
        Texts(languages[0])("title"), languages, (_language(found, about, each, languages) for each in languages)
    )


def _language(found: Statistics, about: AboutArchive, language: str, languages: tuple[str, ...]) -> Markup:
    words = Texts(language)
    drawn = dict(figures(found, language, ON_PAGE))
    others = [link(f"#{each}", words("other_language"), lang=each) for each in languages if each != language]
    return section(
        language,
        element("h1", words("title")),
        element("p", words("lead"), class_="lead"),
        element("nav", *others, link("methods.html", words("to_methods"))),
        _part(
            words("counted"),
            facts(_counted(found, words)),
            facts(settings(found, about, words)),
            _left_out(found, words),
        ),
        *_effects(found, drawn, words),
        _tolls(found, drawn, words),
        *(_cut(cut, getattr(found, cut), drawn, words) for cut in ("acts", "actors", "countries", "governorates")),
        *(_cut(cut, getattr(found, cut), drawn, words) for cut in ("years", "months", "states")),
    )


def _part(heading: str, *content: str) -> Markup:
    return element("section", element("h2", heading), *content, class_="part")


def _counted(found: Statistics, words: Texts) -> Iterator[tuple[str, str]]:
    yield words("total"), number(found.total.incidents)
    if found.straddling:
        yield words("straddling"), number(found.straddling)


def _left_out(found: Statistics, words: Texts) -> Markup:
    if not found.left_out:
        return element("p", words("nothing_left_out"), class_="note")
    told = (f"{words(f'why.{why}')}: {number(times)}" for why, times in found.left_out)
    return joined((element("p", words("left_out")), listed(told)))


def _effects(found: Statistics, drawn: dict[str, str], words: Texts) -> Iterator[Markup]:
    note = element("p", words("note.verification"), class_="note")
    yield _part(
        words("section.verification"),
        note,
        figure(drawn["verification"], words("section.verification")),
        _files("verification", "total", words),
    )
    header = ("", *(words(f"support.{each}") for each in SUPPORT))
    rows = (
        (words(f"copies.{by}"), *(number(getattr(found.total, f"{by}_{each}")) for each in SUPPORT))
        for by in ("reports", "sources")
    )
    sums = ((words(f"copies.{by}"), number(getattr(found.total, by))) for by in ("reports", "sources"))
    heading = words("section.copies")
    yield _part(
        heading,
        element("p", words("note.copies"), class_="note"),
        figure(drawn["copies"], heading),
        facts(sums),
        table(heading, header, rows),
        _files("copies", "total", words),
    )


def _cut(cut: str, rows: Iterable[StatisticsRow], drawn: dict[str, str], words: Texts) -> Markup:
    extra = _EXTRA.get(cut, "")
    columns = (*_COLUMNS, extra) if extra else _COLUMNS
    header = (words("col.name"), *(words(f"col.{name}") for name in columns))
    lines = ((words.label(cut, row.code), *_cells(row, extra)) for row in rows)
    note = [element("p", words(f"note.{_NOTES[cut]}"), class_="note")] if cut in _NOTES else []
    heading = words(f"section.{cut}")
    return _part(heading, *note, figure(drawn[cut], heading), table(heading, header, lines), _files(cut, cut, words))


def _cells(row: StatisticsRow, extra: str) -> Iterator[str]:
    yield from (number(getattr(row.tally, name)) for name in _COLUMNS)
    if extra:
        yield number(getattr(row, extra))


def _tolls(found: Statistics, drawn: dict[str, str], words: Texts) -> Markup:
    notes = [element("p", words(f"note.{name}"), class_="note") for name in ("tolls", "tolls_disputed", "tolls_copies")]
    names = ("toll", "whole", "agreed", "toll_disputed", "toll_verified", "by_sources", "by_reports")
    rows = (_toll(row, words) for row in found.tolls)
    heading = words("section.tolls")
    drawing = table(heading, tuple(words(f"col.{name}") for name in names), rows)
    over = element("p", words("over_note"), class_="note")
    return _part(heading, *notes, figure(drawn["tolls"], heading), drawing, over, _files("tolls", "tolls", words))


def _toll(row: TollRow, words: Texts) -> tuple[str, ...]:
    reaches = (_range(reach, words) for reach in (row.whole, row.agreed, row.disputed, row.verified))
    return (words.toll(row.harm, row.group), *reaches, number(row.by_sources), number(row.by_reports))


def _range(reach: Reach, words: Texts) -> str:
    if not reach.incidents:
        return words("nothing")
    said = amount(span(reach, ""), words.language)
    return words("over", range=said, incidents=number(reach.incidents))


def _files(drawn: str, name: str, words: Texts) -> Markup:
    return element(
        "p", link(f"figures/{drawn}-{words.language}.svg", words("figure_file")), " · ",
        link(f"tables/{name}.csv", words("download")), class_="files",
    )  # fmt: skip
