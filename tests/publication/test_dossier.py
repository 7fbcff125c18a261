"""The HTML version of dossiers: what stands in it, in which order, and that nothing from outside becomes markup."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from disclosed_incidents import ABOUT, ANY_TEXT, claim, incidents, slot
from publication.dossier_samples import (
    DAY,
    DIGESTS,
    OUTLETS,
    PROOF,
    WORDS,
    dossier_of,
    evidence_for,
    public_incident,
    screenshot,
    told_incident,
)
from tawthiq.publication.dossier.document import SECTIONS
from tawthiq.publication.dossier.markup import apart, direction_of, element, filled, legible
from tawthiq.publication.dossier.pages import html_page
from tawthiq.publication.dossier.pictures import MOST_PARTS, TALLEST, WIDTH, pictures_of
from tawthiq.publication.dossier.writing import made_dossier, write_dossier
from tawthiq.records.disclosure import DisclosedIncident, Profile
from tawthiq.records.dossier import Attached, DossierEvidence

VOID = {"img", "meta", "br", "path", "rect", "circle", "line"}


class Read(HTMLParser):
    """What a program reads in a page: elements in order with their attributes, text, and whether each element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def page_of(about: DisclosedIncident | None = None, profile: Profile = Profile.COURT, *languages: str) -> Read:
    return Read(html_page(dossier_of(about, profile, languages or ("ar", "en"))).decode())


def addresses(page: Read) -> Iterator[str]:
    for tag, attributes in page.elements:
        for name in ("src", "href", "xlink:href", "srcset", "data", "poster", "action"):
            if name in attributes:
                yield f"{tag} {name} {attributes[name][:30]}"


@pytest.fixture(scope="module")
def both() -> Read:
    return page_of()


def test_both_languages_stand_one_after_the_other_arabic_first_each_with_its_direction(both: Read) -> None:
    parts = [found for tag, found in both.elements if tag == "article"]
    assert [(each["lang"], each["dir"]) for each in parts] == [("ar", "rtl"), ("en", "ltr")]
    assert both.elements[0] == ("html", {"lang": "ar", "dir": "rtl"})


@pytest.mark.parametrize("language", ["ar", "en"])
def test_sections_stand_in_the_order_of_the_contents(both: Read, language: str) -> None:
    names = [found["id"] for tag, found in both.elements if tag == "h2" and found.get("id", "").startswith(language)]
    assert names == [f"{language}-contents", *(f"{language}-{name}" for name, _ in SECTIONS)]


def test_every_claim_shows_its_words_who_says_so_and_the_pointer_to_its_characters(both: Read) -> None:
    told = " ".join(both.text.split())
    for at, words in enumerate(WORDS):
        assert f"item-{at}، الأحرف 10–{10 + len(words)}، SHA-256 {DIGESTS[at]}" in told
        assert f"item-{at}, characters 10–{10 + len(words)}, SHA-256 {DIGESTS[at]}" in told
        assert told.count(words) >= 2
    assert all(outlet in told for outlet in OUTLETS)


def test_contradictory_values_stand_side_by_side_and_no_average_of_them_anywhere(both: Read) -> None:
    told = " ".join(both.text.split())
    assert "against" in told
    assert "3 people" in told
    assert "7 people" in told
    assert not re.search(r"\b5 people|3 to 7|من 3 إلى 7", told)


def test_copies_are_told_from_independent_sources(both: Read) -> None:
    told = " ".join(both.text.split())
    assert "Preserved reports: 3. Independent sources: 2." in told
    assert told.count("copy") >= 1
    assert "3 people, according to 1 independent source (وكالة الضفة; موقع الساحل)" in told


def test_what_people_left_open_is_said_and_no_value_is_put_in_its_place(both: Read) -> None:
    told = " ".join(both.text.split())
    assert "They left open: number killed." in told
    assert "Of “number killed” they took" not in told
    assert "value of “number killed”" in told  # those who verified stayed apart on it


def test_decisions_are_shown_by_pseudonym_time_and_digest(both: Read) -> None:
    told = " ".join(both.text.split())
    assert "cd" * 32 in told
    assert "2026-01-02 03:04:05" in told
    assert "tern" in told


def test_a_partner_is_told_why_its_proofs_hold_no_words_of_the_log() -> None:
    said = "every entry names who of the team made it"
    assert said in page_of(None, Profile.PARTNER).text
    assert said not in page_of(None, Profile.COURT).text


def test_the_limits_are_those_of_refusal_8(both: Read) -> None:
    told = " ".join(both.text.split())
    assert "That what a report says is true." in told
    assert "أن ما يقوله تقرير صحيح." in told
    assert "2 stretches of text in which a protected person was named" in told


def test_a_fact_or_kind_that_no_table_knows_is_shown_as_it_is(both: Read) -> None:
    assert "strange-fact" in both.text
    assert "unknown-kind" in both.text


def test_each_report_says_why_it_has_no_picture_and_pictures_stand_in_one_part_only(both: Read) -> None:
    pictures = [found for tag, found in both.elements if tag == "img"]
    assert len(pictures) == 2  # 1500 pixels of 1000 across are 1200 of 800: two parts
    assert all(found["alt"] for found in pictures)
    assert both.text.count("No picture: none was made when the page was collected.") == 2
    assert both.text.count("The picture stands in the first part of this dossier.") == 1


def test_a_page_that_names_somebody_protected_is_said_to_be_withheld() -> None:
    told = told_incident()
    hidden = tuple(replace(each, withheld=True) for each in told.reports)
    evidence = replace(evidence_for(told), reports=())
    page = Read(html_page(made_dossier(replace(told, reports=hidden), evidence, ABOUT, ("en",))).decode())
    assert page.text.count("No picture: the page names somebody who is protected from this reader.") == 3
    assert "3 pages: no picture" in page.text


def test_everybody_gets_values_outlets_and_days_and_is_told_what_is_missing() -> None:
    page = page_of(public_incident(), Profile.PUBLIC)
    assert all(outlet in page.text for outlet in OUTLETS)
    assert not any(digest in page.text for digest in DIGESTS)
    assert not any(words in page.text for words in WORDS)
    assert "This version carries no proofs." in page.text
    assert "this version by itself proves nothing" in page.text
    assert [tag for tag, _ in page.elements if tag == "img"] == []
    assert "source 1" not in page.text  # which reports copy each other is not published


def test_the_page_asks_nobody_and_runs_nothing(both: Read) -> None:
    assert not {tag for tag, _ in both.elements} & {"script", "iframe", "object", "embed", "link", "form", "base"}
    assert [each for each in addresses(both) if not re.search(r" (#|data:image/jpeg;base64,)", each)] == []
    assert not [found for _, found in both.elements if any(name.startswith("on") or name == "style" for name in found)]
    policy = next(found["content"] for tag, found in both.elements if found.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_markup_in_a_source_stays_text() -> None:
    evil = '</td><script>alert(1)</script><img src="http://evil.example/x" onerror=x>'
    said = claim(text=evil, speaker=evil, document="item-0", told=DAY)
    told = told_incident()
    reports = tuple(replace(each, outlet=evil, title=evil, address=evil, collector=evil) for each in told.reports)
    page = page_of(
        replace(told, reports=reports, slots=(slot("killed-all", said),), act=evil, status=evil, differing=(evil,))
    )
    assert "script" not in {tag for tag, _ in page.elements}
    assert [each for each in addresses(page) if "evil" in each] == []
    assert evil in page.text
    assert page.crossed == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(incidents(ANY_TEXT))
def test_any_incident_makes_a_whole_page_in_every_profile(found: list[DisclosedIncident]) -> None:
    for each in found[:1]:
        for profile in (Profile.COURT, Profile.PUBLIC):
            evidence = DossierEvidence((), (), "")
            data = html_page(made_dossier(each, evidence, replace(ABOUT, profile=profile), ("ar",)))
            page = Read(data.decode())
            assert page.crossed == []
            assert page.open == []
            assert not {tag for tag, _ in page.elements} & {"script", "iframe"}
            assert not re.search("[\u202a-\u202e]|[\x00-\x08]", re.sub("(?s)<svg.*?</svg>", "", data.decode()))


def test_four_hundred_claims_and_words_without_a_space_are_all_shown() -> None:
    said = [
        claim(key=f"k{number}", position=number % 5, text=f"{number}-" + "ا" * 3000, document="item-0", told=DAY)
        for number in range(400)
    ]
    page = page_of(told_incident(slots=(slot("killed-all", *said),)), Profile.COURT, "en")
    assert all(f"{number}-ا" in page.text for number in range(400))


def test_odd_characters_are_shown_by_their_code_and_directions_are_written_out() -> None:
    assert legible("a\u202eb\u2066c\ud800d\x00e\u200ff\u00adg\n\th") == "a[U+202E]b[U+2066]c[U+D800]d[U+0000]efg h"
    assert legible("می\u200cخواهم") == "می\u200cخواهم"  # Persian needs its joiner
    assert apart("قصف (3)") == '<bdi dir="rtl">قصف (3)</bdi>'
    assert apart(" 3 people ") == '<bdi dir="ltr">3 people</bdi>'
    assert apart("\u200f ") == ""
    assert direction_of("123 ?") == "ltr"


def test_braces_in_values_are_not_filled_again() -> None:
    assert filled("{a} & {b}", a="{b}", b="<x>") == "{b} &amp; &lt;x&gt;"
    with pytest.raises(KeyError):
        filled("{missing}")
    assert element("p", "a < b", title='"') == '<p title="&quot;">a &lt; b</p>'


def test_tall_pictures_are_cut_into_parts_and_what_is_beyond_them_is_said() -> None:
    parts = pictures_of(screenshot(height=20_000, width=1600), "picture-1")
    assert len(parts) == MOST_PARTS
    assert all(each.is_cut and each.width == WIDTH and each.height == TALLEST for each in parts)
    assert len({each.name for each in parts}) == MOST_PARTS
    assert pictures_of(screenshot(height=20_000, width=1600), "picture-1") == parts
    assert not pictures_of(screenshot(height=300), "p")[0].is_cut


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", screenshot()[:-2000]])
def test_a_picture_that_cannot_be_read_is_left_out(data: bytes) -> None:
    assert pictures_of(data, "p") == ()


@pytest.mark.parametrize("name", ["../out", "/out", "", "..", "a/b", "a\\b"])
def test_no_attached_file_leaves_the_folder(tmp_path: Path, name: str) -> None:
    evidence = DossierEvidence((), (Attached(name, "text/plain", b"x", "proof"),), "")
    dossier = made_dossier(told_incident(), evidence, ABOUT, ("en",))
    with pytest.raises(ValueError, match="no name of a file"):
        write_dossier(dossier, tmp_path / "made", ("html",))


def test_proofs_lie_beside_the_page_under_the_names_that_it_tells(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    write_dossier(dossier_of(languages=("en",)), folder, ("html",))
    assert (folder / "proofs" / PROOF.name).read_bytes() == PROOF.data
    assert f"proofs/{PROOF.name}" in (folder / "dossier.html").read_text(encoding="utf-8")
    assert not (folder / "dossier.pdf").exists()
