# ruff: noqa: E501 (markup reads better unbroken)
"""Readers' comments in our own wording, and the markups in which systems print them, to be spliced into any page."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """One comment as spliced."""

    author: str
    date: str
    text: str


ARABIC = (
    Reader("أبو سليم", "12 مارس 2021 - 14:05", "كلام فارغ، من يصدق هذه الأرقام بعد كل ما رأيناه في الشهور الماضية"),
    Reader("ابن البلد", "12 مارس 2021 - 15:40", "الله يفرجها على الناس، تعبنا من هذه الحال"),
    Reader(
        "مغترب",
        "13 مارس 2021 - 09:12",
        "كنت هناك في ذلك اليوم وشاهدت كل شيء بعيني. لم تذكروا نصف ما حدث، ولا أحد سأل أهل الحي عما جرى لهم!",
    ),
    Reader("سمر", "13 مارس 2021 - 10:01", "شكراً على الخبر"),
    Reader(
        "نور الدين ع",
        "14 مارس 2021 - 22:47",
        "المسؤول الأول هو من وقع على القرار، أما الباقون فليسوا سوى أدوات. عيب عليكم أن تنشروا مثل هذا الكلام ولا تذكروا المسؤول",
    ),
    Reader("Karim1982", "15 مارس 2021 - 08:30", "أين المصدر يا جماعة؟"),
    Reader(
        "أم خالد", "15 مارس 2021 - 11:11", "حسبنا الله ونعم الوكيل في كل ظالم، اللهم انتقم منهم جميعاً يا رب العالمين"
    ),
    Reader(
        "قارئ دائم", "16 مارس 2021 - 19:26", "تحليل سطحي جداً\nوكان الأجدر بالكاتب أن يراجع التقرير السابق قبل أن يكتب"
    ),
)
ENGLISH = (
    Reader(
        "Old Reader",
        "March 12, 2021 at 2:05 pm",
        "Nobody believes these numbers after everything we have seen over the past months",
    ),
    Reader("maria_k", "March 12, 2021 at 3:40 pm", "Thank you for reporting this."),
    Reader(
        "Tom",
        "March 13, 2021 at 9:12 am",
        "I was there that day and saw all of it. You have not told half of what happened, and nobody asked the neighbours!",
    ),
    Reader(
        "D. Frost",
        "March 14, 2021 at 10:47 pm",
        "The man who signed the order is to blame, the others are tools. Shame on you.",
    ),
    Reader("sceptic", "March 15, 2021 at 8:30 am", "Where is the source?"),
)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n"))


def _wordpress(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<li id="comment-{number}" class="comment even depth-1"><article id="div-comment-{number}" class="comment-body">'
        f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{reader.author}</b> '
        f'<span class="says">يقول:</span></div><div class="comment-metadata"><a href="#c{number}"><time datetime="2021-03-12">'
        f'{reader.date}</time></a></div></footer><div class="comment-content">{_paragraphs(reader.text)}</div>'
        f'<div class="reply"><a href="?reply={number}">رد</a></div></article></li>'
        for number, reader in enumerate(readers, start=410)
    )
    return f'<div id="comments" class="comments-area"><h2 class="comments-title">{len(readers)} تعليقات</h2><ol class="comment-list">{items}</ol></div>'


def _hespress(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<li class="comment even thread-even depth-1"><div class="comment-body"><div class="comment-head"><div class="comment-author vcard">'
        f'<span class="fn heey">{reader.author}</span></div><div class="comment-date">{reader.date}</div></div>'
        f'<div class="comment-text">{_paragraphs(reader.text)}</div><div class="comment-like">{number}</div></div></li>'
        for number, reader in enumerate(readers)
    )
    return f'<div class="comments-section"><div class="section-title">تعليقات الزوار</div><ul class="comment-list">{items}</ul></div>'


def _bem(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<div class="article__comment-item"><span class="article__comment-name">{reader.author}</span>'
        f'<span class="article__comment-date">{reader.date}</span><div class="article__comment-text">{_paragraphs(reader.text)}</div></div>'
        for reader in readers
    )
    return f'<div class="article__comments">{items}</div>'


def _old_table(readers: tuple[Reader, ...]) -> str:
    rows = "".join(
        f'<tr><td bgcolor="#eeeeee"><font size="2"><b>{reader.author}</b></font></td><td align="left">{reader.date}</td></tr>'
        f'<tr><td colspan="2"><font size="3">{reader.text.replace(chr(10), "<br>")}</font></td></tr>'
        for reader in readers
    )
    return f'<table width="100%" cellpadding="2"><tr><td colspan="2"><b>آراء القراء</b></td></tr>{rows}</table>'


def _plain_paragraphs(readers: tuple[Reader, ...]) -> str:
    parts = "".join(
        f"<p><strong>{reader.author}</strong> ({reader.date})</p><p>{reader.text.replace(chr(10), '<br>')}</p>"
        for reader in readers
    )
    return f"<h3>التعليقات ({len(readers)})</h3>{parts}"


def _bare(readers: tuple[Reader, ...]) -> str:
    return "".join(
        f"<div><div><b>{reader.author}</b> <i>{reader.date}</i></div><div>{reader.text.replace(chr(10), '<br>')}</div></div>"
        for reader in readers
    )


def _numbered_transliterated(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<div class="ta3liq_box"><div class="ta3liq_top">{number} - <span>{reader.author}</span> | {reader.date}</div>'
        f'<div class="ta3liq_matn">{_paragraphs(reader.text)}</div></div>'
        for number, reader in enumerate(readers, start=1)
    )
    return f'<div id="ta3liqat">{items}</div>'


def _microdata(readers: tuple[Reader, ...]) -> str:
    return (
        "<section>"
        + "".join(
            f'<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">{reader.author}</span>'
            f'<time itemprop="datePublished">{reader.date}</time><div itemprop="text">{_paragraphs(reader.text)}</div></div>'
            for reader in readers
        )
        + "</section>"
    )


def _blogger(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<li class="comment" id="bc_0_{number}B"><div class="avatar-image-container"><img src="a.png"></div><div class="comment-block" id="c7{number}">'
        f'<div class="comment-header"><cite class="user"><a href="/p{number}">{reader.author}</a></cite><span class="icon user"></span>'
        f'<span class="datetime secondary-text"><a href="#c7{number}">{reader.date}</a></span></div><p class="comment-content">{reader.text.replace(chr(10), "<br>")}</p>'
        f'<span class="comment-actions"><a>Reply</a></span></div></li>'
        for number, reader in enumerate(readers)
    )
    return f'<div class="comments" id="comments"><h4>{len(readers)} comments:</h4><div class="comments-content"><ol>{items}</ol></div></div>'


def _drupal(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<article class="comment js-comment by-anonymous clearfix" id="comment-8{number}"><footer class="comment__meta"><p class="comment__author"><span>{reader.author}</span></p>'
        f'<p class="comment__time">{reader.date}</p></footer><div class="comment__content"><div class="field field--name-comment-body">{_paragraphs(reader.text)}</div>'
        f'<ul class="links inline"><li class="comment-reply"><a href="/r">رد</a></li></ul></div></article>'
        for number, reader in enumerate(readers)
    )
    return (
        f'<section class="field field--name-comment comment-wrapper"><h2 class="title">التعليقات</h2>{items}</section>'
    )


def _definition_list(readers: tuple[Reader, ...]) -> str:
    items = "".join(f"<dt>{r.author}<br>{r.date}</dt><dd>{_paragraphs(r.text)}</dd>" for r in readers)
    return f"<dl>{items}</dl>"


def _name_text_moment(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f"<li><span></span><div><a href='/u'>{r.author}</a></div><div>{_paragraphs(r.text)}</div>"
        f"<div><span>{r.date}</span> <a href='#r'>Reply</a></div></li>"
        for r in readers
    )
    return f"<ul>{items}</ul>"


def _moment_name_text(readers: tuple[Reader, ...]) -> str:
    return "".join(f"<div><div>{r.date}</div><div><b>{r.author}</b></div>{_paragraphs(r.text)}</div>" for r in readers)


def _hashed(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<div class="x1q9f2"><div class="b7Kz"><p class="aa0Q">{r.author}</p><p class="cc3T">{r.date}</p></div><div class="tt8">{_paragraphs(r.text)}</div>'
        f"<button>أعجبني</button><button>رد</button></div>"
        for r in readers
    )
    return f'<section class="z9Xw"><h3 class="h1k">{len(readers)} تعليقات</h3>{items}</section>'


def _nested(readers: tuple[Reader, ...]) -> str:
    """Every second comment answers the one before it, inside its element; no names at all."""
    items = []
    for number in range(0, len(readers), 2):
        first, *rest = (
            f"<div><div><b>{r.author}</b></div><div><time>{r.date}</time></div></div><div>{_paragraphs(r.text)}</div>"
            for r in readers[number : number + 2]
        )
        items.append(
            f"<li><article>{first}</article>{''.join(f'<ol><li><article>{r}</article></li></ol>' for r in rest)}</li>"
        )
    return f"<ol>{''.join(items)}</ol>"


def _line_breaks(readers: tuple[Reader, ...]) -> str:
    parts = "".join(f"<b>{r.author}</b> - {r.date}<br>{r.text.replace(chr(10), '<br>')}<br><br>" for r in readers)
    return f"<div><font size='2'>{parts}</font></div>"


def _numbered_rows(readers: tuple[Reader, ...]) -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td><i>{r.author}</i></td></tr><tr><td>{r.date}</td></tr><tr><td colspan='2'>{r.text.replace(chr(10), '<br>')}</td></tr>"
        for n, r in enumerate(readers, start=1)
    )
    return f"<table><tr><td colspan='2'>عدد التعليقات : {len(readers)}</td></tr>{rows}</table>"


def _saved_frame(readers: tuple[Reader, ...]) -> str:
    items = "".join(
        f'<li class="post" id="post-4{n}"><div class="post-content"><header><span class="author publisher-anchor-color">{r.author}</span>'
        f'<span class="bullet time-ago-bullet">•</span><a class="time-ago">{r.date}</a></header><div class="post-message">{_paragraphs(r.text)}</div>'
        f"<footer><menu><li>2</li><li>Reply</li><li>Share ›</li></menu></footer></div></li>"
        for n, r in enumerate(readers)
    )
    return f'<div id="disqus_thread"><section id="conversation"><ul id="post-list" class="post-list">{items}</ul></section></div>'


MARKUPS: dict[str, Callable[[tuple[Reader, ...]], str]] = {
    "wordpress": _wordpress,
    "hespress": _hespress,
    "bem": _bem,
    "old_table": _old_table,
    "plain_paragraphs": _plain_paragraphs,
    "bare": _bare,
    "transliterated": _numbered_transliterated,
    "microdata": _microdata,
    "blogger": _blogger,
    "drupal": _drupal,
    "definition_list": _definition_list,
    "name_text_moment": _name_text_moment,
    "moment_name_text": _moment_name_text,
    "hashed": _hashed,
    "nested": _nested,
    "line_breaks": _line_breaks,
    "numbered_rows": _numbered_rows,
    "saved_frame": _saved_frame,
}


def spliced(page: str, last_words: str, comments: str, *, inside: bool) -> str:
    """`page` with `comments` put after the paragraph that ends in `last_words`: inside its container or after it."""
    at = page.rindex(last_words)
    if inside:
        closing = re.compile(r"</p>|<br\s*/?>|</div>", re.IGNORECASE).search(page, at)
        position = (
            closing.end()
            if closing and closing.group().lower() == "</p>"
            else closing.start()
            if closing
            else len(page)
        )
    else:
        closing = re.compile(r"</article>|</main>|</section>", re.IGNORECASE).search(page, at) or re.compile(
            r"</div>\s*</div>|</td>", re.IGNORECASE
        ).search(page, at)
        position = closing.end() if closing else len(page)
    return page[:position] + comments + page[position:]
