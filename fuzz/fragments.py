# ruff: noqa: E501 (sample markup reads better unbroken)
"""Pieces of pages in our own wording, and the inputs that fuzzing starts from."""

from collections.abc import Iterator

_PROSE = (
    "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين. ",
    "Residents said that shells fell on the market at noon and that two people were taken to hospital. ",
)
FRAGMENTS = (
    *_PROSE, "<p>", "</p>", "<div>", "</div>", "<div class='comment'>", "<div id='comments' class=\"comments-area\">",
    "<li class='comment even depth-1' id='comment-12'>", "<ol class=commentlist>", "<ul><li>", "</li>", "</ul>", "<h1>", "</h1>",
    "<h2>", "</h2>", "<h3>3 تعليقات</h3>", "<table><tr><td>", "</td></tr></table>", "<tr>", "<td>", "<a href=/x>", "</a>",
    "<b>", "</b>", "<i>", "</i>", "<span class='author'>", "<span class=date>", "</span>", "<time datetime='2021-03-14T22:30'>",
    "</time>", "<br>", "<hr>", "<pre>", "</pre>", "<article>", "</article>", "<main>", "<aside>", "<nav>", "</nav>", "<footer>",
    "<figure><figcaption>", "</figcaption></figure>", "<blockquote>", "</blockquote>", "<form>", "<textarea>", "<select><option>",
    "<script>", "</script>", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script>",
    "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='windows-1256'?>",
    "<meta charset=windows-1256>", "<meta property='og:title' content='قصف على السوق - صوت السهل'>", "<title>", "</title>",
    "<meta property='article:published_time' content='2021-03-14T22:30:00Z'>", "<svg>", "</svg>", "<math><mi>", "<template>",
    "<template shadowrootmode=open>", "</template>", "<iframe srcdoc='<p>x</p>'>", "</iframe>", "<noscript>", "</noscript>",
    "<frameset>", "<plaintext>", "<xmp>", "<button>", "<details><summary>", "<div hidden>", "<div style='display:none'>",
    "<p style='white-space:pre-wrap'>", "&amp;", "&nbsp;", "&#1575;", "&#x202e;", "&notit;", "&", "<", ">", "\"", "'", "=", "/",
    "\n", "\n\n", "\r\n", " ", "  ", "\t", "\u00a0", "\u200f", "\u202e", "\u202c", "\u00ad", "\ufeff", "\x00", "\x0c", "\ufffd",
    "أحمد علي", "أبو سليم يقول:", "سمر: شكراً على الخبر", "1 - ", "2) ", "(أ ف ب)", "دمشق-سانا", "--(بترا)", "© 2021", "وكالات",
    "12 آذار 2020", "12 مارس 2021 - 14:05", "March 12, 2021 at 2:05 pm", "2021-03-12", "منذ 3 ساعات", "35w", "10:30", "١٢/٣/٢٠٢١",
    "بقلم: سلمى الحمصي", "By Mary Stone", "تعليق واحد", "3 تعليقات", "اترك تعليقاً", "آراء القراء", "اقرأ أيضاً", "شارك الخبر",
    "التعليقات المنشورة لا تعبر عن رأي الموقع", "نحن مجموعة من الصحفيين", "[ads3]", "[sociallocker id=1]", "المصدر: رويترز",
    "Comments (3)", "Reply", "Like", "See more", "All reactions:", "12 likes 3 comments", "@account", "Replying to @account",
    "https://example.org/x", "t.me/canal", "·", "|", "—", "...", "؟", "،", "الرئيسية | أخبار | رياضة", "Follow us", "#",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Inputs to begin with: an article with comments, a text, a post, and recipes of fragments."""
    article = (
        "<html><head><title>قصف على السوق - صوت السهل</title></head><body><div class=top>أهلا</div><article><h1>قصف على السوق</h1>"
        f"<div class=info>الإثنين 15 آذار 2021 - 01:30</div><p>دمشق-سانا</p><p>{_PROSE[0]}</p><p>{_PROSE[0]}</p></article>"
        "<div id=comments><h3>2 تعليقات</h3><ol><li class=comment><b class=fn>سمر</b> يقول: <p>شكراً على الخبر</p></li>"
        "<li class=comment><b class=fn>أبو سليم</b><p>كلام فارغ من يصدق هذه الأرقام</p></li></ol></div></body></html>"
    )
    text = f"قصف على السوق\nالإثنين 15 آذار 2021\n{_PROSE[0]}\n{_PROSE[0]}\n(أ ف ب)\n2 تعليقات\n1 - سمر: شكراً\n2 - سليم: كلام فارغ\n"
    post = "صفحة البلدة\n@account\n12 مارس 2021 · عام\nقصف الآن على السوق\n12 likes 3 comments\nLike\nReply\nسمر\nالله يستر\n"
    for content in (article, article.replace("<", "\n<"), text, post, _PROSE[1], f"<p>{_PROSE[1]}" * 3):
        for choice in range(4):
            yield bytes([choice]) + content.encode()
        yield b"\x03" + content.encode("windows-1256", "replace")
        yield b"\x00" + content.encode("utf-16")
    for start in range(0, len(FRAGMENTS), 6):
        yield bytes([4 + start % 4, *range(start, min(start + 40, len(FRAGMENTS)))])
