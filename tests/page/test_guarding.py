# ruff: noqa: E501 (sample markup reads better unbroken)
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page.guarding import MAXIMUM_ATTRIBUTES, MAXIMUM_DEPTH, bounded, too_many_tags, without_tags
from tawthiq.page.markup import TOKEN
from tawthiq.page.tree import parse

PIECES = (
    "<b x=1>", "<b y='</b>'>", "</b>", "<i class=a>", "</i>", "<div>", "</div>", "<p>", "word ", "<a href=x>", "</a>", "<table><tr><td>",
    "</table>", "<svg>", "<path d=x />", "</svg>", "<x-y>", "</x-y>", "<!-- </div> -->", "<script></div></script>", "<ul><li>", "</ul>",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_bounds_keep_every_character(pieces: list[str], times: int) -> None:
    markup = "<body>" + "".join(pieces) * times
    kept, _ = bounded(markup)
    assert sorted(parse(kept).text.split()) == sorted(parse(markup).text.split())


def test_no_more_elements_are_open_than_the_bound_whatever_hides_the_ends() -> None:
    for hidden in (
        "<div title='</div>'>",
        "<div></x-y>",
        "<div/>",
        "<div><script></div></script>",
        "<span><div></span>",
    ):
        kept, notes = bounded(hidden * 7000 + "end")
        tree = parse(kept)
        assert notes, hidden
        assert max(len(tree.ancestors(element.index)) for element in tree.elements[-3:]) <= 2 * MAXIMUM_DEPTH + 3


def test_a_drawing_may_close_its_own_tags() -> None:
    markup = "<p>text</p>" + "<svg><path d='x'/><circle r=1 /></svg>" * 3000
    assert bounded(markup) == (markup, ())


def test_tags_with_too_many_attributes_are_bare_and_the_others_whole() -> None:
    flood = " ".join(f"a{number}" for number in range(MAXIMUM_ATTRIBUTES + 1))
    filler = "<p class=x>word</p>" * 5000
    kept, notes = bounded(f"{filler}<div title='>' {flood}>kept</div>{filler}")
    assert kept == f"{filler}<div>kept</div>{filler}"
    assert notes


def test_attributes_are_counted_as_a_browser_reads_them() -> None:
    names = [match["name"] for match in TOKEN.finditer("""<a title=">"><b x='<i>'><c =">d<!-- <e> --><f/></g x><h""")]
    assert names == ["a", "b", "c", None, "f", "g", "h"]


def test_markup_past_parsing_keeps_its_text() -> None:
    markup = "<script>no</script><p>one &amp; two</p>\n" * 80_000
    assert too_many_tags(markup)
    assert set(without_tags(markup).split("\n")) == {"one & two"}
