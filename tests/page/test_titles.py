import pytest

from tawthiq.page import anatomy
from tawthiq.page.titles import site_in_title, without_site

TEXT = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين هناك."


def title(head: str, body: str) -> str | None:
    return anatomy(f"<html><head>{head}</head><body>{body}<p>{TEXT}</p><p>{TEXT}</p>".encode(), id="t").title


def test_a_kicker_in_the_heading_is_set_off_where_the_metadata_names_the_headline() -> None:
    head = "<meta property='og:title' content='Market shelled at noon again'>"
    assert (
        title(head, "<h1><span>Northern valley</span> <b>Market shelled at noon again</b></h1>")
        == "Market shelled at noon again"
    )
    assert title(head, "<h1>Northern valley: Market shelled at noon again</h1>") == "Market shelled at noon again"


def test_a_heading_that_only_ends_like_the_metadata_stays_whole() -> None:
    head = "<meta property='og:title' content='shelled at noon'>"
    assert title(head, "<h1>Market in the valley shelled at noon</h1>") == "Market in the valley shelled at noon"


@pytest.mark.parametrize(
    ("words", "sites", "expected"),
    [
        ("قصف على السوق | صوت السهل", ("صوت السهل",), "قصف على السوق"),
        ("صوت السهل - قصف على السوق", ("صوت السهل",), "قصف على السوق"),
        (
            "A quiet day - and a loud night in the valley",
            ("Valley Times",),
            "A quiet day - and a loud night in the valley",
        ),
    ],
)
def test_a_site_name_at_either_end_is_no_part_of_the_title(words: str, sites: tuple[str, ...], expected: str) -> None:
    assert without_site(words, sites) == expected


def test_the_section_above_the_headline_is_no_title() -> None:
    head = "<title>قصف على سوق البلدة</title>"
    assert title(head, "<h1>سياسة</h1><h2>قصف على سوق البلدة</h2>") == "قصف على سوق البلدة"


def test_the_title_tag_names_a_site_only_beside_the_headline() -> None:
    assert site_in_title("Market shelled - Valley Times", "Market shelled") == "Valley Times"
    assert site_in_title("Valley Times", "Market shelled") is None
