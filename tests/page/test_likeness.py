"""Whether pages that share lines are different reports or one."""

from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page.blocks import blocks_of
from tawthiq.page.likeness import different, looked_at, print_of, seen_on_three
from tawthiq.records.block import PagePrint
from tawthiq.records.page import Zone, ZoneKind
from tawthiq.records.span import Span

ABOUT = "Harbour Lantern is run by nine reporters from four towns who share one desk and answer to their readers."
WIDGET = "Every dawn the Lantern letter brings you the roads that are open and the wells that are dry."
STORIES = (
    ("Shells fall on the grain market", "Residents of the river district said shells fell on the grain market before noon."),
    ("Council opens the eastern road", "Drivers may use the eastern road again after crews cleared two kilometres of rubble."),
    ("Teachers ask for winter pay", "Teachers in the valley have not been paid since autumn, their union said in a letter."),
    ("Doctors warn of cholera", "Three wells near the camp are unsafe, doctors warned, and asked parents to boil water."),
)  # fmt: skip
DISPATCH = (
    "Two lorries with flour reached the besieged town on Thursday after a week of talks between the two sides.",
    "The convoy had waited at the last checkpoint since Monday while guards counted the sacks one by one.",
    "An aid worker said the flour would last nine days if the bakeries run for four hours each night.",
)


def print_at(address: int, title: str, *lines: str) -> PagePrint:
    text = "\n".join(lines)
    zones = (Zone(ZoneKind.BODY, Span(0, len(text)), ""),)
    return print_of(address, title, text, blocks_of(text, zones, "news.example"))


def story(number: int, *furniture: str) -> PagePrint:
    title, line = STORIES[number]
    return print_at(number, title, line, *furniture)


def test_short_reports_under_much_furniture_are_different() -> None:
    pages = [story(number, ABOUT, WIDGET) for number in range(4)]
    assert all(different(one, other) for one, other in combinations(pages, 2))
    assert seen_on_three(pages)


def test_two_pages_are_not_three() -> None:
    assert not seen_on_three([story(0, ABOUT), story(1, ABOUT)])


def test_recaptures_of_one_address_are_one_whatever_they_say() -> None:
    title, line = STORIES[1]
    assert not different(story(0, ABOUT), print_at(0, title, line, ABOUT))


def test_a_dispatch_republished_under_other_addresses_and_titles_is_one_page() -> None:
    pages = [print_at(number, STORIES[number][0], *DISPATCH, ABOUT) for number in range(4)]
    assert not any(different(one, other) for one, other in combinations(pages, 2))


def test_versions_of_a_rolling_report_are_one_page() -> None:
    first = print_at(1, "Flour convoy reaches besieged town", *DISPATCH, STORIES[0][1])
    second = print_at(
        2,
        "Flour convoy in besieged town unloads under fire",
        "Two lorries with flour reached the besieged town on Thursday and were unloaded under fire, an aid worker said.",
        *DISPATCH[1:],
    )
    third = print_at(
        3,
        "Besieged town bakes bread again as flour convoy unloads",
        "Bakeries in the besieged town lit their ovens after two lorries with flour reached it on Thursday, residents said.",
        "The flour convoy drove back through the last checkpoint at night without escort.",
        *DISPATCH[1:],
    )
    assert not seen_on_three([first, second, third])


def test_a_page_with_hardly_any_text_beside_what_is_shared_is_no_other_page() -> None:
    assert not different(story(0, ABOUT), print_at(9, "Lantern", "Read more at the Lantern", ABOUT))


def test_one_odd_version_among_many_does_not_hide_three_reports() -> None:
    versions = [print_at(10 + number, "Flour convoy", *DISPATCH, ABOUT) for number in range(6)]
    pages = [*versions, story(0, ABOUT), story(1, ABOUT)]
    assert all(seen_on_three(order) for order in (pages, pages[::-1], [pages[6], *pages[:6], pages[7]]))


def test_up_to_eight_pages_are_all_looked_at_and_never_more_than_a_hundred() -> None:
    assert [looked_at(pages) for pages in range(9)] == [0, 0, 0, 3, 4, 5, 6, 7, 8]
    assert looked_at(9) == 8
    assert looked_at(10**6) == 100


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 3), max_size=5))
def test_the_answer_does_not_depend_on_the_order_of_pages(numbers: list[int]) -> None:
    pages = [story(number, ABOUT) for number in numbers]
    answers = {seen_on_three(order) for order in permutations(pages)}
    assert answers == {len(set(numbers)) >= 3}


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), max_size=5), st.integers(0, 3))
def test_another_page_never_takes_an_answer_back(numbers: list[int], more: int) -> None:
    pages = [story(number, ABOUT) for number in numbers]
    assert seen_on_three([*pages, story(more, ABOUT)]) >= seen_on_three(pages)
