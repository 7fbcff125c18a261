import pytest

from tawthiq.page import anatomy
from tawthiq.page.comment_services import comment_services

ARTICLE = (
    "<h1>القارب عاد فارغاً</h1><p>عاد قارب الصيد الأخير إلى الميناء فجر الثلاثاء بلا صيد، وقال صاحبه إن الشباك تمزقت.</p>"
    "<p>وتقول نقابة الصيادين إن ثلاثين قارباً توقفت عن الخروج منذ بداية الشهر بسبب غلاء الوقود.</p>"
)


@pytest.mark.parametrize(
    ("markup", "service"),
    [
        ('<div class="fb-comments" data-href="https://example.org/1"></div>', "Facebook"),
        ('<fb:comments href="https://example.org/1"></fb:comments>', "Facebook"),
        ('<iframe title="f1" src="https://www.facebook.com/plugins/comments.php?href=x"></iframe>', "Facebook"),
        ('<div id="disqus_thread"></div>', "Disqus"),
        ("<section id=disqus_thread></section>", "Disqus"),
        ('<div data-spotim-module="conversation"></div>', "OpenWeb"),
        ('<vf-conversations limit="5"></vf-conversations>', "Viafoura"),
        ('<script src="https://utteranc.es/client.js" async></script>', "utterances"),
        ('<section id="isso-thread"></section>', "Isso"),
    ],
)
def test_a_place_that_a_service_fills_is_noted_by_its_name(markup: str, service: str) -> None:
    page = anatomy(f"<body>{ARTICLE}{markup}</body>".encode(), id="s")
    assert [note for note in page.notes if service in note and "not in these bytes" in note]
    assert page.comments == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="#disqus_thread">3 comments</a>',
        '<script>var where = "disqus_thread";</script>',
        "<p>The word fb-comments stands in a sentence about disqus_thread and livefyre.</p>",
        '<link rel="preload" href="https://disqus.com/embed.js">',
    ],
)
def test_a_name_of_a_service_elsewhere_is_no_place_for_comments(markup: str) -> None:
    assert comment_services(f"<body>{ARTICLE}{markup}</body>", comments=False) == ()


def test_a_service_that_writes_into_the_page_is_not_noted_where_its_comments_were_saved() -> None:
    markup = '<div class="livefyre-thread"></div><div id="disqus_thread"></div>'
    assert comment_services(markup, comments=False) == ("Disqus", "Livefyre")
    assert comment_services(markup, comments=True) == ("Disqus",)
