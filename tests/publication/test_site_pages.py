"""The site as files: links that lead somewhere, hostile names, the same bytes, what is withdrawn, what is never told."""

import json
import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.published_incidents import ABOUT, SETTINGS, claim, incident, many, places, report, toll
from tawthiq.lexicon.tables import load
from tawthiq.publication.site import history
from tawthiq.publication.site.about import SiteSettings
from tawthiq.publication.site.elements import Markup, element, escaped
from tawthiq.publication.site.search_index import keys_of
from tawthiq.publication.site.texts import COLUMNS, LANGUAGES, Words
from tawthiq.publication.site.wording import Named, Wording
from tawthiq.publication.site.writing import write_site
from tawthiq.records.claim import Slot
from tawthiq.records.count import Group
from tawthiq.records.disclosure import DisclosedAttribution, DisclosedIncident, DisclosedPlace, DisclosedSlot
from tawthiq.records.event import Act

HOSTILE = """<script>alert(1)</script>"'&\u202e\ud800\x00</title><img src=x onerror=alert(2)>"""
ATOM = "{http://www.w3.org/2005/Atom}"


class Pages(HTMLParser):
    """What a page links to and loads, its headings and identifiers."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.identifiers: list[str] = []
        self.tags: list[str] = []
        self.policies: list[str] = []
        self.attributes: set[str] = set()
        self.root: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes |= found.keys()
        self.links += [value for name in ("href", "src", "action") if (value := found.get(name)) is not None]
        if found.get("id"):
            self.identifiers.append(str(found["id"]))
        if found.get("http-equiv"):
            self.policies.append(str(found["content"]))
        if tag == "html":
            self.root = found


def parsed(path: Path) -> Pages:
    page = Pages()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def write(path: Path, incidents: list[DisclosedIncident], settings: SiteSettings = SETTINGS, **more: object) -> Path:
    write_site(incidents, ABOUT, settings, path, **more)  # type: ignore[arg-type]
    return path


def contents(path: Path) -> dict[str, str]:
    return {
        each.relative_to(path).as_posix(): sha256(each.read_bytes()).hexdigest()
        for each in path.rglob("*")
        if each.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("site") / "site", many(130))


def test_every_link_of_every_page_leads_to_a_file_and_every_fragment_to_an_element(site: Path) -> None:
    pages = {path: parsed(path) for path in site.rglob("*.html") if "data" not in path.relative_to(site).parts}
    assert len(pages) > 500
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme, (path, link)
            assert not parts.netloc, (path, link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_relative_to(site), (path, link)
            assert target.is_file() or target.name == "SHA256SUMS", (path, link)
            if parts.fragment:
                assert parts.fragment in pages[target].identifiers, (path, link)


def test_every_page_has_one_heading_a_language_a_direction_a_policy_and_nothing_inline(site: Path) -> None:
    for path in site.rglob("*.html"):
        if "data" in path.relative_to(site).parts:
            continue
        page = parsed(path)
        assert page.tags.count("h1") == 1, path
        language = "en" if path.relative_to(site).parts[0] == "en" else "ar"
        assert (page.root["lang"], page.root["dir"]) == (language, "rtl" if language == "ar" else "ltr")
        assert [policy.split(";")[0] for policy in page.policies] == ["default-src 'none'"]
        assert "style" not in page.tags
        assert not {name for name in page.attributes if name == "style" or name.startswith("on")}, path
        assert len(page.identifiers) == len(set(page.identifiers)), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", path.read_text(encoding="utf-8")), path


def test_each_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    for path in (site / "ar").rglob("*.html"):
        other = site / "en" / path.relative_to(site / "ar")
        assert other.is_file()
        link = re.search(r'class="language" href="([^"]+)"', path.read_text(encoding="utf-8"))
        assert link
        assert (path.parent / link[1]).resolve() == other.resolve()


def test_the_same_state_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = write(tmp_path / "first", many(30)), write(tmp_path / "other", many(30)[::-1])
    assert contents(first) == contents(second)
    previous = history.read((first / history.MANIFEST).read_bytes())
    again = write(tmp_path / "again", many(30), previous=previous)
    assert contents(again) == contents(first)


def test_hostile_names_stand_as_text_wherever_they_stand(tmp_path: Path) -> None:
    place = DisclosedPlace(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 33.5, 36.3, disputed=True)
    hostile = incident(
        7, place, outlets=(HOSTILE, "", HOSTILE + "2"), status=HOSTILE, violations=(HOSTILE,), warnings=(HOSTILE,),
        differing=(HOSTILE, "value:killed-all", "violation:KIL", f"attribution:{HOSTILE}"),
        attributions=(DisclosedAttribution(HOSTILE, HOSTILE, HOSTILE, (1, 99)),),
    )  # fmt: skip
    slot = DisclosedSlot(f"who-{HOSTILE}", "who", HOSTILE, "one", "3..x", (), (claim("who", 0, 1, HOSTILE, code="zz"),))
    settings = SiteSettings(title=HOSTILE, parties={"zz": Named(HOSTILE, HOSTILE)})
    path = write(tmp_path / "site", [replace(hostile, slots=(*hostile.slots, slot))], settings)
    for page in path.rglob("*.html"):
        if "data" in page.relative_to(path).parts:
            continue
        text = page.read_text(encoding="utf-8")
        assert "<script>" not in text
        assert "<img" not in text
        assert not set("\u202e\x00") & set(text), page
        found = parsed(page)
        assert "onerror" not in found.attributes
    for feed in path.rglob("feed.xml"):
        ElementTree.fromstring(feed.read_bytes())
    json.loads((path / "data" / "incidents.jsonl").read_text(encoding="utf-8"))


@given(st.text())
def test_no_text_can_leave_its_element(text: str) -> None:
    made = element("p", text, title=text)
    page = Pages()
    page.feed(made)
    assert page.tags == ["p"]
    assert escaped(Markup("<b>")) == "<b>"
    assert "<" not in escaped(text)


def test_what_is_withdrawn_vanishes_and_only_its_number_is_told(tmp_path: Path) -> None:
    everything = many(12)
    gone = replace(everything[4], reports=(report(1, "صحيفة الغيم الأزرق", date(2024, 3, 6)),))
    changed = replace(everything[2], status="holds_in_part")
    first = write(tmp_path / "first", [*everything[:4], gone, *everything[5:11]])
    assert any("صحيفة الغيم الأزرق" in page.read_text(encoding="utf-8") for page in first.rglob("*.html"))
    previous = history.read((first / history.MANIFEST).read_bytes())
    now = [*everything[:2], changed, *everything[3:4], *everything[5:]]
    second = write(tmp_path / "second", now, previous=previous)
    for path in second.rglob("*"):
        assert path.name != f"{gone.number}.html"
        if path.is_file() and path.suffix != ".parquet":
            data = path.read_bytes()
            assert "صحيفة الغيم الأزرق".encode() not in data, path
            assert f"incident/{gone.number}.html".encode() not in data, path
    last, before = history.read((second / history.MANIFEST).read_bytes()).publications
    assert (last.added, last.changed, last.withdrawn) == ((everything[11].number,), (changed.number,), (gone.number,))
    assert before.first
    page = (second / "en" / "changes.html").read_text(encoding="utf-8")
    assert re.search(rf"<dt>withdrawn</dt><dd><ul class=\"numbers\"><li>{gone.number}</li>", page)
    titles = [each.findtext(f"{ATOM}title") for each in _feed(second).iter(f"{ATOM}entry")]
    assert f"Withdrawn: incident {gone.number}" in titles
    assert any(title and title.startswith("Published anew: ") for title in titles)


def _feed(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring((path / "en" / "feed.xml").read_bytes())


def test_the_feed_tells_each_change_once_with_a_day_and_a_page(site: Path) -> None:
    entries = list(_feed(site).iter(f"{ATOM}entry"))
    identifiers = {each.findtext(f"{ATOM}id") for each in entries}
    assert len(identifiers) == len(entries) == 100
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (site / "en" / link.attrib["href"]).is_file()
        assert re.fullmatch(r"2026-\d\d-\d\dT00:00:00Z", entry.findtext(f"{ATOM}updated") or "")


def test_with_an_address_there_is_a_sitemap_of_every_page_and_a_page_for_what_is_lost(tmp_path: Path) -> None:
    settings = SiteSettings(base="https://records.example/site/")
    path = write(tmp_path / "site", many(3), settings)
    urls = ElementTree.fromstring((path / "sitemap.xml").read_bytes())
    found = {str(each.text).removeprefix(settings.base) for each in urls.iter() if each.tag.endswith("loc")}
    pages = {each.relative_to(path).as_posix() for each in path.rglob("*.html")}
    assert found == {page for page in pages if not page.endswith("404.html") and not page.startswith("data/")}
    assert f"Sitemap: {settings.base}sitemap.xml" in (path / "robots.txt").read_text()
    links = parsed(path / "404.html").links
    assert all(link.startswith(("/site/", "https://records.example/site/", "#")) for link in links), links
    assert not (write(tmp_path / "bare", many(3)) / "sitemap.xml").exists()


def test_contradicting_values_stand_side_by_side_with_who_says_each(site: Path) -> None:
    page = (site / "en" / "incident" / "300007.html").read_text(encoding="utf-8")
    slot = re.search(r"<h3>Number killed.*?</section>", page, re.DOTALL)
    assert slot
    assert slot[0].index("claims differ") < slot[0].index('class="positions several"')
    three, five = re.findall(r"<li( class=\"holds\")?><p><bdi class=\"value\">(\d)</bdi>", slot[0])
    assert (three, five) == ((' class="holds"', "3"), ("", "5"))
    assert slot[0].count("<time ") == 3


def test_a_sensitive_case_says_that_its_place_is_withheld_and_is_drawn_as_an_area(tmp_path: Path) -> None:
    area = next(place for place in places() if place.kind == "governorate")
    path = write(tmp_path / "site", [incident(9, area, sensitive=True, warnings=("child",))])
    page = (path / "en" / "incident" / "9.html").read_text(encoding="utf-8")
    assert "no exact place is published" in page
    assert "A victim may be a child" in page
    on_map = (path / "en" / "map.html").read_text(encoding="utf-8")
    row = re.search(r'<tr id="[^"]+" [^>]*data-reach="([\d.]+)"', on_map)
    assert row
    assert float(row[1]) > 5
    assert 'class="area-sign"' in on_map


def test_the_data_is_listed_with_the_digests_that_the_files_have(site: Path) -> None:
    page = (site / "en" / "data.html").read_text(encoding="utf-8")
    told = dict(re.findall(r'href="\.\./(data/[^"]+)" download>.*?<code dir="ltr">([0-9a-f]{64})</code>', page))
    files = {each.relative_to(site).as_posix() for each in (site / "data").rglob("*") if each.is_file()}
    assert told.keys() == files
    assert {path: sha256((site / path).read_bytes()).hexdigest() for path in files} == told
    assert len((site / "data" / "incidents.jsonl").read_bytes().splitlines()) == 130


def test_one_language_alone_stands_at_the_root(tmp_path: Path) -> None:
    path = write(tmp_path / "site", many(2), SiteSettings(languages=("en",)))
    assert not (path / "ar").exists()
    assert parsed(path / "index.html").root["lang"] == "en"
    assert 'class="language"' not in (path / "en" / "index.html").read_text(encoding="utf-8")


def test_a_site_without_incidents_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "site", [])
    assert "Nothing is published yet." in (path / "en" / "index.html").read_text(encoding="utf-8")
    assert not list(path.rglob("incident/*"))


def test_every_code_has_a_label_in_both_languages() -> None:
    texts = {row["key"] for row in load("site_texts", COLUMNS)}
    wanted = [f"act.{act.value}" for act in Act] + [f"group.{group.value}" for group in Group]
    wanted += [f"slot.{slot.value}" for slot in Slot]
    assert [key for key in wanted if key not in texts] == []


def test_both_languages_fill_in_the_same_words() -> None:
    gap = re.compile(r"\{(\w+)\}")
    for row in load("site_texts", COLUMNS):
        if not row["key"].startswith("counted."):
            assert sorted(gap.findall(row["en"])) == sorted(gap.findall(row["ar"])), row["key"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_program_asks_for_is_there(language: str) -> None:
    source = Path(__file__).parents[2] / "src" / "tawthiq" / "publication" / "site"
    asked = {
        key
        for file in source.glob("*.py")
        for key in re.findall(r'words(?:\.plain)?\(\s*"([a-z_.-]+)"', file.read_text())
    }
    assert len(asked) > 60
    assert [key for key in asked if not Words(language).has(key)] == []


def test_numbers_keep_what_is_open_and_agree_with_their_noun() -> None:
    arabic, english = Wording(Words("ar")), Wording(Words("en"))
    assert english.claim(toll(0, 1, 12, None)) == "at least 12"
    assert english.claim(replace(toll(0, 1, 2, 2, "children"), part_of=True)) == "of them 2 children"
    assert arabic.claim(toll(0, 1, 2, 2, "children")) == "طفلان"
    assert arabic.claim(toll(0, 1, 5, 5, "civilians")) == "٥ مدنيين"
    assert arabic.claim(toll(0, 1, 11, 11, "children")) == "١١ طفلاً"
    assert arabic.claim(toll(0, 1, 1200, 1500)) == "من ١٬٢٠٠ إلى ١٬٥٠٠"
    assert english.claim(toll(0, 1, None, None)) == "number not stated"


def test_days_are_no_finer_than_they_were_told_and_come_in_both_calendars_where_asked() -> None:
    day = date(2024, 3, 11)
    assert Words("ar").day(day) == "١١ آذار ٢٠٢٤"
    assert Words("en", both=True).day(day) == "11 March 2024 (1 Ramadan 1445 AH)"
    assert Words("en").period(date(2024, 3, 1), date(2024, 3, 31), "month") == "March 2024"
    assert Words("en").period(date(2024, 1, 1), date(2024, 12, 31), "year") == "2024"


@pytest.mark.parametrize(
    "damaged",
    [
        b"", b"[]", b"{}", b"null", b"\xff", b'{"schema": "other"}', b'{"schema": "tawthiq/site/1"}',
        b'{"schema":"tawthiq/site/1","archive":"a","title":"t","incidents":{"1":"x"},"publications":[]}',
        b'{"schema":"tawthiq/site/1","archive":"a","title":"t","incidents":{},"publications":[{"day":"<b>"}]}',
        json.dumps(
            {
                "schema": "tawthiq/site/1", "archive": "a", "title": "t", "incidents": {},
                "publications": [{"day": None, "first": False, "added": ["<b>"], "changed": [], "withdrawn": []}],
            }
        ).encode(),
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_manifest_that_others_wrote_is_none(damaged: bytes) -> None:
    with pytest.raises(history.NoManifest):
        history.read(damaged)


def test_the_manifest_comes_back_as_it_was_written() -> None:
    made = history.Manifest(
        "basil.example",
        "ع",
        {3: "a" * 64},
        (history.Publication(date(2026, 1, 2), (3,), (), (1, 2)), history.Publication(None)),
    )
    assert history.read(history.written(made)) == made


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("الرَّقّة", ["رقه"]),
        ("al-Raqqa, 2024", ["al", "raqqa", "2024"]),
        ("إِدْلِب", ["ادلب"]),
        ("٢٠٢٤", ["2024"]),
        ("آل", ["ال"]),
    ],
)
def test_words_of_the_index_are_folded_and_bare(text: str, words: list[str]) -> None:
    assert keys_of(text) == words
