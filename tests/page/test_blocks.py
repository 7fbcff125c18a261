"""Lines that a host repeats: which are blocks, and which leave the body of a page."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.pdf_maker import Text, pdf
from tawthiq.page import anatomy
from tawthiq.page.blocks import REASON, blocks_of, is_settled, leaves, page_blocks, without_known
from tawthiq.page.painting import is_partition
from tawthiq.records.block import Leaves
from tawthiq.records.page import Page, Zone, ZoneKind
from tawthiq.records.span import Span

HOST = "news.example"
URL = "https://www.news.example/a"
OWN = (
    "Residents of the river district said that shells fell on the grain market shortly before noon on Tuesday.",
    "A doctor at the field clinic said that the wards were full and that there was no fuel for the generator.",
    "The town council asked for a pause so that families could leave the district by the eastern road.",
)
STOCK = "The war has drawn in neighbouring states and has left much of the country without power or clean water."
HARM = "More than half a million people have been killed since the war began, according to a monitoring group."
ABOUT = "Harbour Lantern is run by nine reporters from four towns who share one desk and answer to their readers."
SHORT = "Lantern letters every dawn"


def page_of(*lines: str, title: str = "Shells fall on the grain market") -> tuple[str, tuple[Zone, ...]]:
    """A text whose lines below the title are all body."""
    text = "\n".join((title, *lines))
    at = len(title) + 1
    return text, (Zone(ZoneKind.TITLE, Span(0, at), "title"), Zone(ZoneKind.BODY, Span(at, len(text)), "body"))


def known(*lines: str) -> frozenset[int]:
    text, zones = page_of(*lines)
    return frozenset(block.digest for block in blocks_of(text, zones, HOST))


def body(text: str, zones: tuple[Zone, ...]) -> list[str]:
    return [
        line for zone in zones if zone.kind is ZoneKind.BODY for line in zone.span.of(text).split("\n") if line.strip()
    ]


def left(*lines: str, remembered: tuple[str, ...], title: str = "Shells fall on the grain market") -> list[str]:
    """The lines that stay body when the others are remembered."""
    text, zones = page_of(*lines, title=title)
    found = without_known(text, zones, host=HOST, known=known(*remembered), title=title)
    assert is_partition(found, len(text))
    return body(text, found)


def test_a_known_line_at_either_edge_leaves_the_body() -> None:
    assert left(ABOUT, *OWN, remembered=(ABOUT,)) == list(OWN)
    assert left(*OWN, ABOUT, remembered=(ABOUT,)) == list(OWN)


def test_a_known_sentence_between_own_lines_stays_the_outlets_words() -> None:
    lines = (OWN[0], STOCK, *OWN[1:])
    assert left(*lines, remembered=(STOCK,)) == list(lines)


def test_a_few_known_words_between_own_lines_leave_the_body() -> None:
    assert left(OWN[0], SHORT, *OWN[1:], remembered=(SHORT,)) == list(OWN)


def test_a_known_line_with_an_address_or_telephone_leaves_the_body_wherever_it_stands() -> None:
    for contact in ("on t.me/lanterndesk", "at lantern.example.org/join", "on +000 11 222 3333", "@lanterndesk"):
        line = f"Readers who saw what happened in their street can write to the night desk of the paper {contact}"
        assert left(OWN[0], line, *OWN[1:], remembered=(line,)) == list(OWN), contact


@pytest.mark.parametrize("unit", ["a", "a-", "a.", "+1 ", "000 ", "@", '."', ".", "(0"])
def test_hostile_lines_cost_little(unit: str) -> None:
    lines = [f"{number} {unit * (900 // len(unit))}" for number in range(100)]
    text, zones = page_of(*OWN, *lines, unit * 100_000)
    named = frozenset(block.digest for block in blocks_of(text, zones, HOST)[3:])
    assert is_partition(without_known(text, zones, host=HOST, known=named, title=None), len(text))


def test_years_and_dates_are_no_telephone() -> None:
    for figures in ("in 2011-2019", "from 01.02.2011 to 15/03/2012", "on 01-02-2011", "by 1 200 000 tons"):
        line = f"The valley lost its orchards and its river terraces to the drought that it lived through {figures}."
        assert leaves(line) is Leaves.EDGES, figures


def test_a_heading_of_few_words_that_tells_of_harm_stays() -> None:
    heading = "Wounded on both river banks"
    assert left(OWN[0], heading, *OWN[1:], remembered=(heading,)) == [OWN[0], heading, *OWN[1:]]


def test_a_known_line_that_tells_of_people_harmed_and_how_many_stays_even_as_the_last() -> None:
    assert left(*OWN, HARM, remembered=(HARM,)) == [*OWN, HARM]
    arabic = "وقتل أكثر من نصف مليون شخص منذ بدء الحرب في البلاد وفق منظمة محلية ترصد الضحايا"
    assert left(*OWN, arabic, remembered=(arabic,)) == [*OWN, arabic]


def test_lines_behind_a_kept_one_still_leave() -> None:
    assert left(*OWN, HARM, ABOUT, remembered=(HARM, ABOUT)) == [*OWN, HARM]


def test_a_page_of_which_every_line_is_known_keeps_its_body() -> None:
    assert left(*OWN, remembered=OWN) == list(OWN)
    assert left(SHORT, *OWN, remembered=(SHORT, *OWN)) == [SHORT, *OWN]


def test_at_most_half_of_the_prose_leaves_from_the_outermost_line_inwards() -> None:
    lines = (*OWN[:2], STOCK, ABOUT, OWN[2])
    assert left(*lines, remembered=(*lines[1:],)) == [OWN[0], OWN[1], STOCK]


def test_the_title_repeated_in_the_body_stays() -> None:
    assert left(ABOUT, *OWN, remembered=(ABOUT,), title=ABOUT) == [ABOUT, *OWN]


def test_figures_make_sentences_different_but_not_counters() -> None:
    assert known("The office of the district counted 12 burnt shops in the old market.") != known(
        "The office of the district counted 15 burnt shops in the old market."
    )
    assert known("Lantern readers now: 1,204 today") == known("Lantern readers now: ٩٨٧ today")


def test_short_lines_are_no_blocks_and_hide_no_edge() -> None:
    assert known("Read on") == frozenset()
    assert left(*OWN, ABOUT, "Read on", remembered=(ABOUT,)) == [*OWN, "Read on"]


def test_spelling_variants_are_one_block() -> None:
    assert known("انضموا إلى قناة المنارة ليصلكم الخبر") == known("انضمّوا الى قناه المناره ليصلكم الخبر")


def test_another_host_has_other_blocks() -> None:
    text, zones = page_of(ABOUT)
    assert {b.digest for b in blocks_of(text, zones, "one.example")}.isdisjoint(
        b.digest for b in blocks_of(text, zones, "two.example")
    )


def test_the_words_of_a_post_stay() -> None:
    text, zones = page_of(*OWN, ABOUT)
    assert without_known(text, zones, host=HOST, known=known(ABOUT), title=None, posts=(zones[1].span,)) == zones


def test_wording_names_the_zone_of_what_leaves() -> None:
    about = "من نحن: المنارة موقع إخباري مستقل يعمل فيه صحفيون من أربع بلدات ويغطي أخبار الضفة كلها"
    text, zones = page_of(*OWN, about, ABOUT)
    found = without_known(text, zones, host=HOST, known=known(about, ABOUT), title=None)
    kinds = {zone.span.of(text).strip(): zone.kind for zone in found}
    assert kinds[about] is ZoneKind.ABOUT
    assert kinds[ABOUT] is ZoneKind.OTHER


def html(*lines: str, comment: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    written = "".join(
        f'<li class="comment"><b class="author">Reader {number}</b><p>{words}</p></li>'
        for number, words in enumerate((comment, "I was there that morning and saw the same thing happen."))
    )
    comments = f'<div id="comments"><h3>Comments</h3><ol class="comment-list">{written}</ol></div>' if comment else ""
    return (
        f"<html><head><title>Shells fall on the market</title></head><body><article><h1>Shells fall on the market</h1>"
        f"<div class='entry-content'>{paragraphs}</div></article>{comments}</body></html>"
    ).encode()


def digests(page: Page) -> frozenset[int]:
    shown = page_blocks(page, URL)
    assert shown is not None
    return frozenset(block.digest for block in shown.blocks)


def test_anatomy_takes_known_lines_out_and_names_the_host() -> None:
    raw = anatomy(html(*OWN, ABOUT), id="x", url=URL)
    assert ABOUT in raw.body
    page = anatomy(html(*OWN, ABOUT), id="x", url=URL, known=known(ABOUT))
    assert page.body == "\n".join(OWN)
    assert page.text == raw.text
    assert REASON + HOST in {zone.reason for zone in page.zones}


def test_what_a_page_teaches_does_not_depend_on_what_was_known() -> None:
    raw = anatomy(html(*OWN, STOCK, ABOUT, SHORT), id="x", url=URL)
    page = anatomy(html(*OWN, STOCK, ABOUT, SHORT), id="x", url=URL, known=known(ABOUT, SHORT, STOCK))
    assert page.body != raw.body
    assert page_blocks(page, URL) == page_blocks(raw, URL)


def test_a_page_without_an_address_teaches_and_forgets_nothing() -> None:
    page = anatomy(html(*OWN, ABOUT), id="x", known=known(ABOUT))
    assert ABOUT in page.body
    assert page_blocks(page, None) is None
    assert page_blocks(page, "saved-page.html") is None


def test_a_readers_comment_in_the_words_of_a_known_line_stays_a_comment() -> None:
    page = anatomy(html(*OWN, comment=ABOUT), id="x", url=URL, known=known(ABOUT))
    assert page.comments[0].span.of(page.text) == ABOUT
    assert any(zone.kind is ZoneKind.COMMENT and ABOUT in zone.span.of(page.text) for zone in page.zones)
    assert not digests(page) & known(ABOUT)


def test_a_page_of_very_many_lines_teaches_its_first_and_last() -> None:
    lines = [f"The clerk read out the name of street number {number} of the old quarter." for number in range(900)]
    text, zones = page_of(*lines)
    named = blocks_of(text, zones, HOST)
    assert len(named) == 400
    assert (named[0].span.of(text), named[-1].span.of(text)) == (lines[0], lines[-1])


LINES = st.lists(
    st.one_of(
        st.sampled_from((*OWN, STOCK, ABOUT, SHORT, HARM)),
        st.text(string.ascii_letters + " .:ابتث\u200f", min_size=1, max_size=90),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(LINES, st.sets(st.integers(0, 11)))
def test_zones_still_cover_the_text_and_at_most_half_of_the_prose_leaves(lines: list[str], picked: set[int]) -> None:
    text, zones = page_of(*lines)
    named = blocks_of(text, zones, HOST)
    chosen = frozenset(block.digest for number, block in enumerate(named) if number in picked)
    found = without_known(text, zones, host=HOST, known=chosen, title=None)
    assert is_partition(found, len(text))
    assert "".join(zone.span.of(text) for zone in found) == text
    assert blocks_of(text, found, HOST) == named
    assert is_settled(text, found, host=HOST, known=chosen, title=None)
    assert is_settled(text, zones, host=HOST, known=chosen, title=None) == (found == zones)
    before, after = body(text, zones), body(text, found)
    assert bool(before) == bool(after)
    prose = [line for line in before if leaves(line) is not Leaves.ANYWHERE]
    kept = [line for line in after if leaves(line) is not Leaves.ANYWHERE]
    assert 2 * sum(map(len, kept)) >= sum(map(len, prose))


def test_the_rule_of_a_line_can_be_told_by_its_wording() -> None:
    assert (leaves(SHORT), leaves(ABOUT), leaves(HARM)) == (Leaves.ANYWHERE, Leaves.EDGES, Leaves.NEVER)
    assert leaves(f"{STOCK} " * 30) is Leaves.NEVER


def test_a_document_of_sheets_teaches_its_host_nothing() -> None:
    page = anatomy(
        pdf([[Text(50, 760, "The market of the northern town was closed on Monday, said its mayor.")]]), id="x"
    )
    assert page.body
    assert page_blocks(page, "https://news.example/a.pdf") is None
