import pytest

from tawthiq.page.furniture import furniture, is_caption
from tawthiq.page.tree import Tree, parse
from tawthiq.records.page import ZoneKind


def zone(markup: str, *, after: bool = True) -> ZoneKind | None:
    tree: Tree = parse(f"<body>{markup}")
    found = furniture(tree, tree.lines[0], after=after)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("اقرأ أيضاً", ZoneKind.RELATED),
        ("شاهد أيضاً", ZoneKind.RELATED),
        ("اقرأ أيضاً: انقطاع المياه عن أحياء البلدة", ZoneKind.RELATED),
        ("Read also: Rain in the north", ZoneKind.RELATED),
        ("تابعنا على فيسبوك", ZoneKind.AD),
        ("اشترك في النشرة البريدية", ZoneKind.AD),
        ("Sign up for our newsletter", ZoneKind.AD),
        ("Share this article", ZoneKind.NAVIGATION),
        ("شارك الخبر", ZoneKind.NAVIGATION),
        ("تصوير: خالد السالم", ZoneKind.CAPTION),
        ("(Photo: James Field)", ZoneKind.CAPTION),
        ("خيام في مخيم الزيتون (صورة أرشيفية)", ZoneKind.CAPTION),
        ("People flee the market. File photo: James Field", ZoneKind.CAPTION),
        ("© REUTERS / James Field", ZoneKind.CAPTION),
        ("Advertisement", ZoneKind.AD),
        ("جميع الحقوق محفوظة", ZoneKind.OTHER),
        ("https://www.example.org/news/1", ZoneKind.OTHER),
    ],
)
def test_wording_tells_what_a_line_inside_an_article_is(line: str, kind: ZoneKind) -> None:
    assert zone(f"<p>{line}</p>") is kind


@pytest.mark.parametrize(
    "line",
    [
        "تصوير المشهد كان صعباً على الجميع بعد ما جرى في السوق ظهر أمس.",
        "صورة الطفل التي هزت العالم كله في ذلك اليوم البعيد.",
        "The picture that emerges from the talks is one of confusion on all sides.",
        "قال شهود إن القصف طال السوق.",
        "Home owners in the valley were told to leave before the evening.",
        "القائمة التي نشرها المجلس تضم أسماء أحد عشر من سكان البلدة.",
        "Share prices fell by a tenth after the shelling of the port on Sunday.",
    ],
)
def test_sentences_that_begin_alike_are_no_furniture(line: str) -> None:
    assert zone(f"<p>{line}</p>") is None


def test_a_line_that_is_nothing_but_a_link_leads_elsewhere() -> None:
    assert zone("<p><a href='/1'>A quiet day in the port of the valley</a></p>") is ZoneKind.RELATED
    assert zone("<p>People fled <a href='/1'>the port</a> of the valley.</p>") is None


def test_a_caption_is_short_and_no_sentence() -> None:
    assert is_caption("تصوير: خالد السالم")
    assert not is_caption("تصوير الحادثة استغرق ساعات طويلة من العمل المتواصل تحت القصف.")
    assert not is_caption("Photo: " + "x" * 200)
