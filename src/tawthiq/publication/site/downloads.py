"""The data of the site: the same incidents as files, by the writers of `publication.formats`, and the page that offers them."""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tawthiq.publication.formats import FORMATS
from tawthiq.publication.site.about import Download, Site
from tawthiq.publication.site.elements import Markup, element, joined
from tawthiq.publication.site.frame import DATA, Body, Page, framed, section
from tawthiq.publication.site.listing import Written
from tawthiq.publication.site.published import line_of
from tawthiq.publication.site.texts import Words
from tawthiq.records.disclosure import DisclosedIncident

FOLDER, OFFERED = "data", ("csv", "parquet", "geojson")
SUMS = "SHA256SUMS"


def write_data(site: Site, path: Path) -> tuple[Download, ...]:
    """Make the files of the data in the site's folder. Raises as the writers of the formats do."""
    folder = path / FOLDER
    folder.mkdir()
    with (folder / "incidents.jsonl").open("wb") as stream:
        for incident in site.incidents:
            stream.write(line_of(incident))
    for name in OFFERED:
        found = FORMATS[name]
        target = folder / (f"incidents{found.suffix}" if found.suffix else name)
        found.writer()(_by_number(site), site.about, target)
    return tuple(_downloads(path, folder))


def data_page(site: Site, language: str) -> Written:
    """The page that offers the files, with their digests and how to check them."""
    words, page = site.wording(language).words, Page(language, DATA)
    head = (element("th", words(f"data.{key}"), scope="col") for key in ("file", "size", "sum"))
    groups = (
        _group(words, page, kind, list(files)) for kind, files in groupby(site.downloads, lambda each: each.about)
    )
    table = element("table", element("thead", element("tr", *head)), *groups, class_="downloads")
    main = joined(
        (
            element("div", element("h1", words("data.title")), element("p", words("data.lead"), class_="lead"),
                    class_="page-head"),
            element("div", table, class_="scrolling", tabindex="0", role="region", aria_label=words("data.title")),
            section(words("data.check"), element("p", words("data.check_text")), _commands(words, page), id_="check"),
            section(words("data.count"), element("p", words("data.count_text")), id_="count"),
        )
    )  # fmt: skip
    return page.full, framed(site, page, Body(words.plain("data.title"), main, "data"))


def _by_number(site: Site) -> Iterator[DisclosedIncident]:
    return iter(sorted(site.incidents, key=lambda incident: incident.number))


def _downloads(path: Path, folder: Path) -> Iterator[Download]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            place = file.relative_to(path).as_posix()
            kind = place.split("/")[1].rpartition(".")[2]
            yield Download(place, kind, len(data), hashlib.sha256(data).hexdigest())


def _group(words: Words, page: Page, kind: str, files: list[Download]) -> Markup:
    """The files of one kind, under a line that says what they hold."""
    told = element("tr", element("th", words(f"data.{kind}"), colspan=3, scope="rowgroup"), class_="kind")
    return element("tbody", told, *(_row(words, page, file) for file in files))


def _row(words: Words, page: Page, file: Download) -> Markup:
    link = element(
        "a", element("bdi", file.path.partition("/")[2], dir="ltr"), href=page.asset(file.path), download=True
    )
    return element(
        "tr",
        element("td", link),
        element("td", words("data.bytes", number=words.number(file.length)), class_="number"),
        element("td", element("code", file.sha256, dir="ltr")),
    )


def _commands(words: Words, page: Page) -> Markup:
    commands = (
        ("on_linux", f"sha256sum --check --quiet {SUMS}"),
        ("on_mac", f"shasum --algorithm 256 --check {SUMS}"),
        ("on_windows", "Get-FileHash data/incidents.jsonl -Algorithm SHA256"),
    )
    rows = (
        element("div", element("dt", words(f"data.{key}")), element("dd", _command(command)))
        for key, command in commands
    )
    sums = element("p", element("a", element("bdi", SUMS, dir="ltr"), href=page.asset(SUMS)))
    return joined((element("dl", *rows, class_="commands"), sums))


def _command(command: str) -> Markup:
    return element("pre", element("code", command), dir="ltr", tabindex="0")
