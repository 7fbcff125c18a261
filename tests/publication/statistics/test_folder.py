"""The folder of statistics: self-contained pages in both languages, drawings, tables, and the settings really used."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plain_incidents import DAY, TOWN, claim, incident, slot
from plain_incidents import count as toll
from tawthiq import __version__
from tawthiq.publication.statistics import count, write
from tawthiq.publication.statistics.tables import CUTS
from tawthiq.records.disclosure import DisclosedPlace, Profile
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.statistics import StatisticsFilter

HOSTILE = '=SUM(1)"><script>alert(1)</script>\u202e'
ABOUT = AboutArchive(f"أرشيف {HOSTILE}", "example.org/log+0a1b2c3d+AbCd", Profile.PARTNER, date(2026, 11, 3))
WANTED = StatisticsFilter(acts=("airstrike",), places=("SY",), first=date(2021, 1, 1))
INCIDENTS = (
    incident(1, slots=(slot(toll("killed", 5, 5), toll("killed", 7, None, 2), standing="disputed"),)),
    incident(2, first=date(2021, 5, 30), last=date(2021, 6, 2), slots=(slot(claim("who", code=HOSTILE)),)),
    incident(3, places=(DisclosedPlace(HOSTILE, HOSTILE, HOSTILE, "town", "SY", None, None, False),)),
    incident(4, act="shelling"),
    incident(5, state="rejected"),
    incident(6, first=None, last=None),
    incident(7, places=()),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("numbers") / "numbers"
    write(count(INCIDENTS, WANTED), ABOUT, ("ar", "en"), path)
    return path


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(path: Path) -> _Seen:
    page = _Seen()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_pages_fetch_nothing_run_nothing_and_show_each_language_in_its_direction(made: Path) -> None:
    for name in ("index.html", "methods.html"):
        page = seen(made / name)
        assert not any(tag in ("script", "img", "link", "iframe", "object") for tag, _ in page.tags)
        assert not any(name.startswith("on") or name == "style" for _, attributes in page.tags for name in attributes)
        sections = [
            attributes for tag, attributes in page.tags if tag == "section" and attributes.get("class") == "language"
        ]
        assert [(each["lang"], each["dir"]) for each in sections] == [("ar", "rtl"), ("en", "ltr")]


def test_every_link_leads_to_a_file_or_place_that_is_there(made: Path) -> None:
    for name in ("index.html", "methods.html"):
        page = seen(made / name)
        places = {attributes.get("id") for _, attributes in page.tags}
        for address in [attributes["href"] for tag, attributes in page.tags if tag == "a"]:
            assert address
            if address.startswith("#"):
                assert address[1:] in places
            else:
                assert (made / address).is_file(), address


def test_identifiers_of_a_page_are_unique(made: Path) -> None:
    names = [attributes["id"] for _, attributes in seen(made / "index.html").tags if "id" in attributes]
    assert len(names) == len(set(names))


def test_drawings_are_sound_xml_with_a_title_and_a_description(made: Path) -> None:
    drawings = sorted((made / "figures").iterdir())
    assert len(drawings) == 2 * 10
    for path in drawings:
        root = ElementTree.fromstring(path.read_bytes())
        spaces = {"svg": "http://www.w3.org/2000/svg"}
        assert root.find("svg:title", spaces) is not None
        description = root.find("svg:desc", spaces)
        assert description is not None
        assert description.text
        assert "style" not in {name for node in root.iter() for name in node.attrib}


def test_tables_hold_the_numbers_and_no_formula(made: Path) -> None:
    assert {path.stem for path in (made / "tables").iterdir()} == {*CUTS, "tolls", "total", "left_out"}
    tolls = rows(made / "tables" / "tolls.csv")
    assert [(row["harm"], row["whole_low"], row["whole_high"], row["whole_open"]) for row in tolls] == [
        ("killed", "5", "7", "1")
    ]
    assert {row["reason"]: row["incidents"] for row in rows(made / "tables" / "left_out.csv")} == {
        "act": "1", "place": "1", "rejected": "1", "undated": "1",
    }  # fmt: skip
    for path in (made / "tables").iterdir():
        cells = [cell for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_methods_say_the_settings_really_used(made: Path) -> None:
    words = " ".join(" ".join(seen(made / "methods.html").words).split())
    for said in (
        __version__,
        ABOUT.verifier_key,
        "2026-11-03",
        "a partner team",
        "فريق شريك",
        "Air strike",
        "غارة جوية",
    ):
        assert said in words
    assert re.search(r"from .?2021-01-01", words)
    assert "found not to hold: 1." in words


def test_same_numbers_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    write(count(reversed(INCIDENTS), WANTED), ABOUT, ("ar", "en"), tmp_path / "again")
    names = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    assert [(tmp_path / "again" / name).read_bytes() for name in names] == [
        (made / name).read_bytes() for name in names
    ]


def test_one_language_alone_names_no_other(tmp_path: Path) -> None:
    write(count(INCIDENTS), ABOUT, ("en",), tmp_path / "english")
    page = seen(tmp_path / "english" / "index.html")
    assert {attributes["lang"] for _, attributes in page.tags if attributes.get("lang")} == {"en"}
    assert {path.stem[-3:] for path in (tmp_path / "english" / "figures").iterdir()} == {"-en"}


def test_nothing_to_count_is_said(tmp_path: Path) -> None:
    write(count([]), ABOUT, ("ar", "en"), tmp_path / "none")
    assert "Nothing to count" in (tmp_path / "none" / "index.html").read_text(encoding="utf-8")


def test_incident_is_placed_by_the_gazetteer() -> None:
    found = count([incident(places=(TOWN,))])
    assert [row.code for row in found.countries] == ["SY"]
    assert DAY.year == int(found.years[0].code)
