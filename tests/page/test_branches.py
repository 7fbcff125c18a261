# ruff: noqa: E501 (sample markup reads better unbroken)
import pytest

from tawthiq.page.branches import branches
from tawthiq.page.comments import CommentSections
from tawthiq.page.labels import label
from tawthiq.page.prose import Masses, prose_weight
from tawthiq.page.tree import parse
from tawthiq.records.page import ZoneKind

PROSE = "<p>Witnesses in the town said that the shelling hit the market at noon and that people were hurt.</p>" * 4
LINKS = "<a href='/1'>A quiet day in the port of the valley</a><a href='/2'>Rain is expected in the north on Friday</a>"


def kinds(markup: str, vouched: frozenset[int] = frozenset()) -> list[tuple[ZoneKind, str]]:
    tree = parse(f"<body><main>{PROSE}{markup}</main>")
    label(tree)
    weights = [prose_weight(tree, line) for line in tree.lines]
    masses = Masses(tree, weights, [len(line) for line in tree.lines])
    return [(kind, tree.text[start:end]) for start, end, kind, _ in branches(tree, masses, CommentSections(), vouched)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("related-news", ZoneKind.RELATED), ("newsletter", ZoneKind.AD), ("breadcrumbs", ZoneKind.NAVIGATION), ("wp-caption-text", ZoneKind.CAPTION),
     ("image-author", ZoneKind.CAPTION), ("tags", ZoneKind.NAVIGATION), ("cookie-notice", ZoneKind.OTHER), ("video-player", ZoneKind.CAPTION), ("sr-only", ZoneKind.OTHER)],
)  # fmt: skip
def test_names_of_elements_take_branches_out(name: str, kind: ZoneKind) -> None:
    assert [found for found, _ in kinds(f"<div class='{name}'>{LINKS}</div>")] == [kind]


def test_a_list_of_links_has_links() -> None:
    assert (
        kinds("<p class='teaser'>People fled the market after the shelling, and nobody knows when they may return.</p>")
        == []
    )


def test_no_name_takes_the_heading_the_marked_body_or_most_of_the_prose() -> None:
    assert kinds(f"<div class='related'><h1>Market shelled at noon</h1>{LINKS}</div>") == []
    assert kinds(f"<div class='related' itemprop='articleBody'>{LINKS}</div>") == []
    assert kinds(f"<div class='widget'>{PROSE}{PROSE}{LINKS}</div>") == []


def test_vouched_lines_protect_their_branch() -> None:
    markup = f"<div class='related'>{LINKS}<p>People fled the market and went to the villages in the north.</p></div>"
    assert kinds(markup)
    assert kinds(markup, frozenset({5})) == []


@pytest.mark.parametrize("name", ["twitter-tweet", "video-container", "social-embed"])
def test_an_embedded_post_is_no_row_of_buttons(name: str) -> None:
    post = f"<blockquote class='twitter-tweet'>{PROSE[:150]}</p><a href='/s'>12 March 2021</a></blockquote>"
    assert kinds(f"<div class='{name}'>{post}</div>") == []
    assert kinds(f"<div class='{name}'><a href='/1'>Share</a><a href='/2'>Send</a></div>") != []
